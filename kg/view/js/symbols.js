// Symbols, one shape a kind: they differ without colour too.
const TURN = Math.PI / 180;
const ring = (corners, start, inner = 1) => Array.from({ length: corners }, (_, i) => {
  const angle = (start + (360 / corners) * i) * TURN;
  const r = i % 2 ? inner : 1;
  return [r * Math.cos(angle), r * Math.sin(angle)];
});
// Corners around (0, 0), radius about 1; none means a circle.
const SHAPES = {
  actor: null,
  state: [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
  person: ring(3, -90).map(([x, y]) => [x * 1.12, y * 1.12 + 0.15]),
  mission: [[0, -1.18], [1.18, 0], [0, 1.18], [-1.18, 0]],
  agreement: [[-0.75, -1], [0.35, -1], [0.75, -0.6], [0.75, 1], [-0.75, 1]],
  object: ring(3, 90).map(([x, y]) => [x * 1.12, y * 1.12 - 0.15]),
  activity: ring(6, 0),
  event: ring(10, -90, 0.5).map(([x, y]) => [x * 1.2, y * 1.2]),
  other: [[-0.35, -1], [0.35, -1], [0.35, -0.35], [1, -0.35], [1, 0.35], [0.35, 0.35],
    [0.35, 1], [-0.35, 1], [-0.35, 0.35], [-1, 0.35], [-1, -0.35], [-0.35, -0.35]],
};
function trace(ctx, group, x, y, r) {
  const corners = SHAPES[group];
  if (!corners) {
    ctx.moveTo(x + r, y);
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  corners.forEach(([dx, dy], i) => ctx[i ? "lineTo" : "moveTo"](x + dx * r, y + dy * r));
  ctx.closePath();
}

function svg(tag, attributes, parent) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (parent) parent.append(node);
  return node;
}
function symbolIcon(group) {
  const icon = svg("svg", { viewBox: "-10 -10 20 20", class: `icon g-${group}`, "aria-hidden": "true" });
  const corners = SHAPES[group];
  if (corners) svg("polygon", { points: corners.map(([x, y]) => `${x * 7.5},${y * 7.5}`).join(" ") }, icon);
  else svg("circle", { r: 7.5 }, icon);
  return icon;
}
// A line as the drawing shows it: its pattern, and ticks across it where a date leaves it open.
function lineIcon(status, { quoted = false, hatched = false, pale = false } = {}) {
  const icon = svg("svg", { viewBox: "0 0 34 12", class: `line s-${status || "none"}`, "aria-hidden": "true" });
  const shape = { x1: 1, x2: 33, y1: 6, y2: 6 };
  if (hatched) svg("line", { ...shape, class: "ticks", "stroke-dasharray": HATCH.join(" ") }, icon);
  svg("line", { ...shape, class: pale ? "pale" : "", "stroke-dasharray": dashesOf({ status, quoted }).join(" ") || "none" }, icon);
  return icon;
}
const HATCH = [1.4, 3.6];
const SAID = [2, 4];
const dashesOf = ({ status, quoted }) => {
  const own = STATUS.has(status) ? STATUS.get(status).dashes : [];
  return own.length || !quoted ? own : SAID;
};
