// The canvas: vis-network holds the view, hit tests and drags of symbols; all ink is ours.
const host = $("graph");
// On an upright screen, such as a phone's, the picture lies on its side.
const turned = host.clientHeight > host.clientWidth * 1.05;
const swap = (at) => (turned ? { x: at.y, y: at.x } : { x: at.x, y: at.y });
for (const item of [...nodes, ...regions]) Object.assign(item, swap(item));
for (const node of nodes) node.home0 = swap(node.home0);

const BLANK = { drawNode() {} };
const point = (node) => ({ id: node.id, x: node.x, y: node.y, shape: "custom", size: node.r,
  ctxRenderer: () => ({ ...BLANK, nodeDimensions: { width: 2 * node.r, height: 2 * node.r } }) });
const points = new vis.DataSet();
let network = null;
let scene = null;
const held = new Set(); // nodes that vis-network has now

let size = { w: host.clientWidth, h: host.clientHeight }; // on paper the canvas itself is not shown
function viewNow() {
  const { x, y } = network.getViewPosition();
  if (host.clientWidth) size = { w: host.clientWidth, h: host.clientHeight };
  return { scale: network.getScale(), x, y, ...size };
}
function setStage() {
  syncPoints();
  network = new vis.Network(host, { nodes: points, edges: new vis.DataSet() }, JSON.parse(read("data-options")));
  network.on("beforeDrawing", (ctx) => {
    if (still) return showStill(ctx);
    scene = sceneOf(viewNow());
    return paint(ctx, scene);
  });
  network.once("afterDrawing", () => { document.documentElement.dataset.drawn = Math.round(performance.now()); });
  network.on("zoom", () => { state.moved = true; keepAddress(); });
  network.on("dragStart", ({ nodes: [id] }) => {
    dragged = id === undefined ? null : nodes[id];
    if (!dragged && edges.filter((edge) => edge.shown).length > MANY) still = takeStill();
  });
  network.on("dragging", follow);
  network.on("dragEnd", dropped);
  network.on("resize", () => requestAnimationFrame(() => { if (!state.moved) fit(); }));
  network.on("click", ({ nodes: [id], pointer: { DOM: at } }) => clicked(id, at));
  network.on("hoverNode", ({ node }) => hover(nodes[node]));
  network.on("blurNode", () => hover(null));
  host.addEventListener("mousemove", (event) => {
    if (!regions.length || (hovered && isNode(hovered))) return;
    const box = host.getBoundingClientRect();
    hover(regionAt({ x: event.clientX - box.x, y: event.clientY - box.y }));
  });
  host.addEventListener("mouseleave", () => hover(null));
}
function hover(item) {
  if (hovered === item) return;
  hovered = item;
  host.style.cursor = item ? "pointer" : "";
  network.redraw();
}
function syncPoints() {
  const gone = [...held].filter((node) => !node.shown);
  const come = nodes.filter((node) => node.shown && !held.has(node));
  for (const node of gone) held.delete(node);
  for (const node of come) held.add(node);
  if (gone.length) points.remove(gone.map((node) => node.id));
  if (come.length) points.add(come.map(point));
}

let dragged = null;
function follow() {
  if (dragged) Object.assign(dragged, network.getPosition(dragged.id));
}
// A large picture is moved as it stands, and drawn anew where it is let go.
let still = null;
function takeStill() {
  const canvas = host.querySelector("canvas");
  const image = new OffscreenCanvas(canvas.width, canvas.height);
  image.getContext("2d").drawImage(canvas, 0, 0);
  return { image, ratio: canvas.width / host.clientWidth, ...network.getViewPosition() };
}
function showStill(ctx) {
  const { x, y, scale } = viewNow();
  const factor = scale * still.ratio;
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.drawImage(still.image, (still.x - x) * factor, (still.y - y) * factor);
  ctx.restore();
}
function dropped() {
  still = null;
  if (dragged) {
    follow();
    if (!dragged.before) state.pins.add(dragged);
    dragged = null;
  } else state.moved = true;
  network.redraw();
  keepAddress();
}
function place(node, at) {
  Object.assign(node, at);
  if (held.has(node)) network.moveNode(node.id, node.x, node.y);
}

function clicked(id, at) {
  const label = scene.labels.find(({ box: b }) => at.x > b[0] && at.x < b[2] && at.y > b[1] && at.y < b[3]);
  const where = network.DOMtoCanvas(at);
  const target = id !== undefined ? nodes[id] : (label && (isNode(label.it.item) || isRegion(label.it.item) || edges.includes(label.it.item)) ? label.it.item : null)
    || regionAt(at) || lineNear(where, 7 / network.getScale());
  cursor = null;
  if (!target) close(false);
  else if (isRegion(target)) unfold(target);
  else choose(target, { from: host, focus: false });
}
function regionAt(at) {
  const { x, y } = network.DOMtoCanvas(at);
  return regions.find((region) => region.shown && Math.hypot(region.x - x, region.y - y) < region.r) || null;
}

// ---- the view -----------------------------------------------------------------------------
function fitTo(items, most = 1.3) {
  if (!items.length || !host.clientWidth) return;
  // Leave room for labels, which the library's own fit does not know.
  const [w, h] = [host.clientWidth, host.clientHeight];
  const reach = (item) => (isRegion(item) ? (item.opened ? item.full : item.r) : 0);
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const item of items) {
    [x0, y0] = [Math.min(x0, item.x - reach(item)), Math.min(y0, item.y - reach(item))];
    [x1, y1] = [Math.max(x1, item.x + reach(item)), Math.max(y1, item.y + reach(item))];
  }
  const aside = items.some(isRegion) ? 36 : Math.min(170, w * 0.3);
  const scale = Math.min((w - aside) / (x1 - x0 + 1), (h - Math.min(96, aside * 1.5)) / (y1 - y0 + 1), most);
  network.moveTo({ position: { x: (x0 + x1) / 2, y: (y0 + y1) / 2 }, scale: Math.max(scale, 0.01), animation: false });
}
function fit() {
  state.moved = false;
  fitTo([...nodes.filter((node) => node.shown), ...regions.filter((region) => region.shown)], 1.6);
  keepAddress();
}
function zoom(factor) {
  state.moved = true;
  network.moveTo({ scale: Math.min(Math.max(network.getScale() * factor, 0.01), 6) });
  keepAddress();
}
function shift(dx, dy) {
  state.moved = true;
  const { x, y, scale } = viewNow();
  network.moveTo({ position: { x: x + dx / scale, y: y + dy / scale } });
  keepAddress();
}
function intoView(items) {
  const { scale, x, y, w, h } = viewNow();
  const out = items.some((item) => Math.abs(item.x - x) * scale > w / 2 - 24 || Math.abs(item.y - y) * scale > h / 2 - 24);
  if (out && items.length === 1) network.moveTo({ position: { x: items[0].x, y: items[0].y } });
  else if (out) fitTo(items, scale);
}
