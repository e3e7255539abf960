// Pictures (PNG, SVG) with legend and caption, saved positions, and the link to what is shown.
const MARGIN = 18;
const LINE = 17;

function download(name, blob) {
  const address = URL.createObjectURL(blob);
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
const fileName = (end) => `${details.title.normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60).replace(/^-|-$/g, "") || "graph"}.${end}`;

// What stands under the picture: what the signs mean, what a line is, as of when, from where.
function captionLines(width) {
  const year = state.year === null ? "" : ` Year shown: ${state.year}.`;
  const text = [`${details.title}.${year} As known on ${details.today || "a day not stated"}.`, details.definition,
    details.sources.length ? `Sources: ${details.sources.join("; ")}.` : "Sources: not stated."];
  return text.flatMap((paragraph) => broken(paragraph, width - 2 * MARGIN));
}
function legendItems() {
  const groups = new Set(nodes.filter((node) => node.kept).map((node) => node.group));
  const kept = edges.filter((edge) => edge.kept);
  const stati = new Set(kept.map((edge) => edge.status));
  const lines = [...STATUS.keys(), ""].filter((key) => stati.has(key)).map((key) => [statusName(key), { status: key }]);
  if (kept.some((edge) => edge.quoted)) lines.push(["only quoted words", { status: "", quoted: true }]);
  if (state.year !== null) lines.push(["may hold in that year", { status: "", hatched: true }], ["date not stated", { status: "", pale: true }]);
  return [...details.groups.filter(([key]) => groups.has(key)).map(([group, name]) => [name, { group }]), ...lines];
}
function footOf(width) {
  ruler.font = `400 12px ${FONT}`;
  let [x, y] = [MARGIN, 22];
  const items = legendItems().map(([text, look]) => {
    const room = (look.group ? 20 : 42) + ruler.measureText(text).width + 18;
    if (x + room > width - MARGIN && x > MARGIN) [x, y] = [MARGIN, y + LINE + 3];
    const item = { text, look, x, y };
    x += room;
    return item;
  });
  const lines = captionLines(width).map((text, i) => ({ text, y: y + 28 + i * LINE }));
  return { items, lines, height: lines.at(-1).y + MARGIN };
}
function paintFoot(ctx, { items, lines }) {
  Object.assign(ctx, { globalAlpha: 1, textAlign: "left", textBaseline: "middle", font: `400 12px ${FONT}` });
  for (const { text, look, x, y } of items) {
    if (look.group) {
      ctx.fillStyle = palette.groups[look.group];
      ctx.beginPath();
      trace(ctx, look.group, x + 7, y, 6);
      ctx.fill();
    } else paintKey(ctx, look, x, y);
    ctx.fillStyle = palette.ink;
    ctx.fillText(isolate(text), x + (look.group ? 20 : 42), y);
  }
  ctx.fillStyle = palette.soft;
  for (const { text, y } of lines) ctx.fillText(isolate(text), MARGIN, y);
}
function paintKey(ctx, look, x, y) {
  ctx.strokeStyle = palette.lines[look.status || "none"];
  ctx.globalAlpha = look.pale || look.hatched ? 0.5 : 1;
  for (const [dash, width] of [...(look.hatched ? [[HATCH, 6]] : []), [dashesOf(look), look.status === "ongoing" ? 2.2 : 1.4]]) {
    ctx.setLineDash(dash);
    ctx.lineWidth = width;
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x + 34, y);
    ctx.stroke();
  }
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}
function svgPicture() {
  const view = viewNow();
  const foot = footOf(view.w);
  const height = view.h + foot.height;
  const root = svg("svg", { viewBox: `0 0 ${view.w} ${height}`, width: view.w, height, role: "img" });
  svg("title", {}, root).textContent = details.title;
  svg("desc", {}, root).textContent = captionLines(view.w).join(" ");
  svg("rect", { width: view.w, height, fill: palette.back }, root);
  const frame = svg("svg", { width: view.w, height: view.h, viewBox: `0 0 ${view.w} ${view.h}` }, root);
  const move = `translate(${n1(view.w / 2)} ${n1(view.h / 2)}) scale(${view.scale}) translate(${n1(-view.x)} ${n1(-view.y)})`;
  paint(new SvgInk(svg("g", { transform: move }, frame)), sceneOf(view));
  paintFoot(new SvgInk(svg("g", { transform: `translate(0 ${view.h})` }, root)), foot);
  return root;
}
const svgText = () => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svgPicture())}\n`;
function pngCanvas(ratio = 2) {
  const view = viewNow();
  const foot = footOf(view.w);
  const canvas = el("canvas", { width: view.w * ratio, height: (view.h + foot.height) * ratio });
  const ctx = canvas.getContext("2d");
  ctx.fillStyle = palette.back;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  const zoomed = view.scale * ratio;
  ctx.setTransform(zoomed, 0, 0, zoomed, (view.w / 2 - view.x * view.scale) * ratio, (view.h / 2 - view.y * view.scale) * ratio);
  paint(ctx, sceneOf(view));
  ctx.setTransform(ratio, 0, 0, ratio, 0, view.h * ratio);
  ctx.fillStyle = palette.back;
  ctx.fillRect(0, 0, view.w, foot.height);
  paintFoot(ctx, foot);
  return canvas;
}
function positionsText() {
  // What the reader has placed; or, where nothing is, everything as it stands.
  const kept = state.pins.size ? [...state.pins] : nodes.filter((node) => node.shown);
  const found = Object.fromEntries(kept.sort((m, n) => m.id - n.id).map((n) => [n.iri, [Math.round(swap(spotOf(n)).x), Math.round(swap(spotOf(n)).y)]]));
  return `${JSON.stringify({ format: "kg-positions/1", positions: found }, null, 1)}\n`;
}
function showLink() {
  clearTimeout(writing);
  const text = toAddress();
  $("link-text").value = location.href.replace(/#.*$/, "") + (text ? `#${text}` : "");
  $("link-dialog").showModal();
  $("link-text").select();
}
function setSave() {
  $("save-svg").addEventListener("click", () => download(fileName("svg"), new Blob([svgText()], { type: "image/svg+xml" })));
  $("save-png").addEventListener("click", () => pngCanvas().toBlob((blob) => download(fileName("png"), blob)));
  $("save-positions").addEventListener("click", () => download("kg-positions.json", new Blob([positionsText()], { type: "application/json" })));
  $("link").addEventListener("click", showLink);
}
