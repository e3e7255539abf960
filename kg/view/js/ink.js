// Puts a scene on paper: a canvas, or an SVG that answers to the same calls.
function paint(ctx, { view, unit, batches, circles, symbols, labels }) {
  ctx.save();
  ctx.lineCap = "butt";
  for (const circle of circles) paintCircle(ctx, circle, view);
  for (const batch of batches) paintBatch(ctx, batch, unit);
  for (const circle of circles.filter(({ closed }) => closed)) paintBubble(ctx, circle, view);
  paintSymbols(ctx, symbols, view);
  paintLabels(ctx, labels, view);
  ctx.restore();
}
const CHUNK = 24;
function paintBatch(ctx, { colour, dash, width, alpha, courses, heads }, unit) {
  ctx.globalAlpha = alpha;
  ctx.strokeStyle = ctx.fillStyle = colour;
  ctx.lineWidth = width;
  ctx.setLineDash(dash ? dash.split(" ").map(Number) : []);
  // One path of thousands of crossing lines is far slower to fill in than several short ones.
  for (let i = 0; i < courses.length; i += CHUNK) {
    ctx.beginPath();
    for (const course of courses.slice(i, i + CHUNK)) traceCourse(ctx, course);
    ctx.stroke();
  }
  ctx.setLineDash([]);
  if (!heads.length) return;
  ctx.beginPath();
  for (const course of heads) traceHead(ctx, course, (6 + 1.4 * width) * Math.min(unit, 1.5));
  ctx.fill();
}
function paintCircle(ctx, { region, closed }, view) {
  if (closed) return;
  ctx.globalAlpha = 0.5;
  ctx.strokeStyle = palette.soft;
  ctx.fillStyle = palette.bubble;
  ctx.lineWidth = 1 / view.scale;
  ctx.beginPath();
  ctx.arc(region.x, region.y, region.full, 0, 2 * Math.PI);
  ctx.fill();
  ctx.stroke();
}
// A closed group: a disc whose ring shows how its items divide by kind.
function paintBubble(ctx, { region, strong, faint }, view) {
  const { x, y, r, mix, count } = region;
  const width = Math.min(r * 0.16, 7 / view.scale);
  ctx.globalAlpha = 1;
  ctx.fillStyle = palette.bubble;
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.fill();
  ctx.globalAlpha = faint ? 0.3 : 1;
  ctx.lineWidth = width;
  let angle = -Math.PI / 2;
  for (const [group] of details.groups) {
    if (!mix.has(group)) continue;
    const next = angle + (mix.get(group) / count) * 2 * Math.PI;
    ctx.strokeStyle = palette.groups[group];
    ctx.beginPath();
    ctx.arc(x, y, r - width / 2, angle, next);
    ctx.stroke();
    angle = next;
  }
  if (!strong) return;
  ctx.globalAlpha = 1;
  ctx.strokeStyle = palette.ink;
  ctx.lineWidth = 2.5 / view.scale;
  ctx.beginPath();
  ctx.arc(x, y, r + 2 / view.scale, 0, 2 * Math.PI);
  ctx.stroke();
}
function paintSymbols(ctx, symbols, view) {
  for (const { node, r } of symbols) {
    if (node === state.chosen) paintHalo(ctx, node, r);
    if (node === cursor) paintRing(ctx, node, r, palette.focus, 2.5 / view.scale);
  }
  const sets = new Map();
  for (const one of symbols) {
    const key = `${one.alpha}|${one.node.group}`;
    if (!sets.has(key)) sets.set(key, []);
    sets.get(key).push(one);
  }
  ctx.lineJoin = "round";
  for (const set of [...sets.values()].sort((m, n) => m[0].alpha - n[0].alpha)) {
    ctx.globalAlpha = set[0].alpha;
    ctx.fillStyle = palette.groups[set[0].node.group];
    ctx.strokeStyle = palette.rim;
    ctx.lineWidth = 1.4;
    ctx.beginPath();
    for (const { node, r } of set) trace(ctx, node.group, node.x, node.y, r);
    ctx.fill();
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
  for (const { node, r } of symbols) {
    if (node === hovered || node === state.chosen) paintOutline(ctx, node, r, view);
    if (state.pins.has(node)) paintPin(ctx, node, r);
  }
}
function paintHalo(ctx, node, r) {
  ctx.globalAlpha = 0.25;
  ctx.fillStyle = palette.accent;
  ctx.beginPath();
  ctx.arc(node.x, node.y, r + 9, 0, 2 * Math.PI);
  ctx.fill();
}
function paintRing(ctx, node, r, colour, width) {
  ctx.globalAlpha = 1;
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.beginPath();
  ctx.arc(node.x, node.y, r + 6, 0, 2 * Math.PI);
  ctx.stroke();
}
function paintOutline(ctx, node, r, view) {
  ctx.strokeStyle = palette.ink;
  ctx.lineWidth = Math.max(2, 2 / view.scale);
  ctx.beginPath();
  trace(ctx, node.group, node.x, node.y, r);
  ctx.stroke();
}
function paintPin(ctx, node, r) {
  ctx.fillStyle = palette.back;
  ctx.beginPath();
  ctx.arc(node.x, node.y, r * 0.32, 0, 2 * Math.PI);
  ctx.fill();
}
function paintLabels(ctx, labels, view) {
  const { scale } = view;
  ctx.globalAlpha = 1;
  ctx.textBaseline = "middle";
  ctx.textAlign = "center";
  ctx.lineJoin = "round";
  ctx.lineWidth = 4 / scale;
  ctx.strokeStyle = palette.back;
  for (const { box, it } of labels) {
    ctx.font = `${it.strong ? 600 : 500} ${12 / scale}px ${FONT}`;
    ctx.fillStyle = it.soft ? palette.soft : palette.ink;
    it.lines.forEach((line, i) => {
      const x = ((box[0] + box[2]) / 2 - view.w / 2) / scale + view.x;
      const y = (box[1] + 8 + i * 14 - view.h / 2) / scale + view.y;
      if (!it.centred || !isRegion(it.item)) ctx.strokeText(isolate(line), x, y);
      if (isRegion(it.item)) ctx.font = `${i < it.lines.length - 1 ? 600 : 400} ${it.item.font / scale}px ${FONT}`;
      ctx.fillText(isolate(line), x, y);
    });
  }
}

// The calls of a canvas that `paint` makes, written down as SVG.
class SvgInk {
  constructor(parent) {
    Object.assign(this, { parent, d: "", globalAlpha: 1, dash: [], lineWidth: 1, lineJoin: "miter", lineCap: "butt" });
  }
  save() {}
  restore() {}
  setLineDash(dash) { this.dash = dash; }
  beginPath() { this.d = ""; }
  moveTo(x, y) { this.d += `M${n1(x)} ${n1(y)}`; }
  lineTo(x, y) { this.d += `L${n1(x)} ${n1(y)}`; }
  quadraticCurveTo(a, b, x, y) { this.d += `Q${n1(a)} ${n1(b)} ${n1(x)} ${n1(y)}`; }
  closePath() { this.d += "Z"; }
  arc(x, y, r, from, to) {
    const at = (angle) => `${n1(x + r * Math.cos(angle))} ${n1(y + r * Math.sin(angle))}`;
    const half = (from + to) / 2;
    this.d += `${this.d && !this.d.endsWith("Z") ? "L" : "M"}${at(from)}A${n1(r)} ${n1(r)} 0 0 1 ${at(half)}A${n1(r)} ${n1(r)} 0 0 1 ${at(to)}`;
  }
  fill() { svg("path", { d: this.d, fill: this.fillStyle, opacity: this.globalAlpha }, this.parent); }
  stroke() {
    const dash = this.dash.length ? { "stroke-dasharray": this.dash.map(n1).join(" ") } : {};
    svg("path", { d: this.d, fill: "none", stroke: this.strokeStyle, "stroke-width": n1(this.lineWidth),
      "stroke-linejoin": this.lineJoin, opacity: this.globalAlpha, ...dash }, this.parent);
  }
  text(string, x, y, paintAs) {
    const [, weight, size] = /^(\d+) ([\d.e+-]+)px/.exec(this.font);
    svg("text", { x: n1(x), y: n1(y), "font-size": n1(Number(size)), "font-weight": weight, "font-family": FONT,
      "text-anchor": this.textAlign === "left" ? "start" : "middle", "dominant-baseline": "central", ...paintAs }, this.parent).textContent = string;
  }
  fillText(string, x, y) { this.text(string, x, y, { fill: this.fillStyle }); }
  strokeText(string, x, y) {
    this.text(string, x, y, { fill: "none", stroke: this.strokeStyle, "stroke-width": n1(this.lineWidth), "stroke-linejoin": "round" });
  }
}
const n1 = (value) => Math.round(value * 100) / 100;
