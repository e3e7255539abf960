"use strict";
// What the canvas looks like: colours from the style sheet, symbols, and labels placed like on a map.
const Draw = (() => {
  const TURN = Math.PI / 180;
  const ring = (corners, start, inner = 1) =>
    Array.from({ length: corners }, (_, i) => {
      const angle = (start + (360 / corners) * i) * TURN;
      const r = i % 2 ? inner : 1;
      return [r * Math.cos(angle), r * Math.sin(angle)];
    });
  // Corners of each symbol around (0, 0), radius about 1; none means a circle.
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
  let palette = {};

  function readPalette(print) {
    const style = getComputedStyle(document.documentElement);
    const get = (name) => style.getPropertyValue(name).trim();
    document.documentElement.classList.toggle("on-paper", Boolean(print));
    palette = { ink: get("--ink"), soft: get("--soft"), back: get("--canvas"), rim: get("--rim"),
      accent: get("--accent"), groups: {}, lines: {} };
    for (const key of Object.keys(SHAPES)) palette.groups[key] = get(`--g-${key}`);
    for (const key of ["occurred", "ongoing", "planned", "intended", "cancelled", "none"]) {
      palette.lines[key] = get(`--s-${key}`);
    }
    return palette;
  }

  function trace(path, group, x, y, r) {
    const corners = SHAPES[group];
    path.beginPath();
    if (!corners) path.arc(x, y, r, 0, 2 * Math.PI);
    else corners.forEach(([dx, dy], i) => path[i ? "lineTo" : "moveTo"](x + dx * r, y + dy * r));
    path.closePath();
  }

  // The renderer vis-network calls for each node; `look` says how strong it is shown now.
  function symbol(group, radius, look) {
    return ({ ctx, id, x, y, state }) => ({
      drawNode() {
        const how = look(id);
        ctx.globalAlpha = how.faint ? 0.16 : 1;
        if (how.chosen) {
          ctx.fillStyle = palette.accent;
          ctx.globalAlpha = 0.22;
          ctx.beginPath();
          ctx.arc(x, y, radius + 9, 0, 2 * Math.PI);
          ctx.fill();
          ctx.globalAlpha = 1;
        }
        trace(ctx, group, x, y, radius);
        ctx.lineJoin = "round";
        ctx.fillStyle = palette.groups[group];
        ctx.fill();
        ctx.lineWidth = how.chosen || state.hover ? 3 : 1.6;
        ctx.strokeStyle = how.chosen || state.hover ? palette.ink : palette.rim;
        ctx.stroke();
      },
      nodeDimensions: { width: 2 * radius, height: 2 * radius },
    });
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

  function lineIcon(status, dashes) {
    const icon = svg("svg", { viewBox: "0 0 34 12", class: `line s-${status || "none"}`, "aria-hidden": "true" });
    svg("line", { x1: 1, x2: 33, y1: 6, y2: 6, "stroke-dasharray": dashes.join(" ") || "none" }, icon);
    return icon;
  }

  // Labels: two lines at most, always upright and of one size on the screen.
  function wrap(text) {
    const short = [...text].length > 46 ? [...text].slice(0, 44).join("").trimEnd() + "…" : text;
    if ([...short].length <= 18) return [short];
    const middle = short.length / 2;
    let best = -1;
    for (let at = short.indexOf(" "); at >= 0; at = short.indexOf(" ", at + 1)) {
      if (best < 0 || Math.abs(at - middle) < Math.abs(best - middle)) best = at;
    }
    return best < 0 ? [short] : [short.slice(0, best), short.slice(best + 1)];
  }
  const isolate = (line) => `\u2068${line}\u2069`;

  class Grid {
    constructor() { this.cells = new Map(); }
    keys(box) {
      const found = [];
      for (let i = Math.floor(box[0] / 64); i <= Math.floor(box[2] / 64); i += 1) {
        for (let j = Math.floor(box[1] / 64); j <= Math.floor(box[3] / 64); j += 1) found.push(i * 100003 + j);
      }
      return found;
    }
    // A label may lie on symbols much smaller than its own (b[5] is their radius), never on a label.
    hits(box, except, covers) {
      return this.keys(box).some((key) => (this.cells.get(key) || []).some((b) =>
        b[4] !== except && b[5] > covers && b[0] < box[2] && b[2] > box[0] && b[1] < box[3] && b[3] > box[1]));
    }
    add(box) {
      for (const key of this.keys(box)) {
        if (!this.cells.has(key)) this.cells.set(key, []);
        this.cells.get(key).push(box);
      }
    }
  }

  // Draws what fits, the important first; returns the boxes for hit tests.
  // `items`: {id, x, y, r, lines, width, strong, faint} in screen pixels, most important first.
  function labels(ctx, scale, [w, h], toCanvas, items) {
    const grid = new Grid();
    for (const it of items) {
      if (!it.faint) grid.add([it.x - it.r, it.y - it.r, it.x + it.r, it.y + it.r, it.id, it.r]);
    }
    const placed = [];
    ctx.save();
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    items.forEach((it, rank) => {
      const height = it.lines.length * 14 + 2;
      const half = it.width / 2 + 3;
      const spots = [[0, it.r + 3 + height / 2], [0, -it.r - 3 - height / 2],
        [it.r + 4 + half, 0], [-it.r - 4 - half, 0],
        ...[[1, 1], [-1, 1], [1, -1], [-1, -1]].map(([i, j]) => [i * (half + it.r * 0.5), j * (it.r * 0.8 + height / 2)])];
      const boxes = spots.map(([dx, dy]) =>
        [it.x + dx - half, it.y + dy - height / 2, it.x + dx + half, it.y + dy + height / 2, it.id, Infinity]);
      const inside = it.x > 0 && it.x < w && it.y > 0 && it.y < h;
      let box = boxes.find((b) => !grid.hits(b, it.id, it.r * (rank < 15 ? 0.85 : 0.6))
        && !(inside && (b[0] < 2 || b[2] > w - 2 || b[1] < 2 || b[3] > h - 2)));
      if (!box && it.strong) box = boxes[0];
      if (!box) return;
      grid.add(box);
      placed.push(box);
      ctx.globalAlpha = it.faint ? 0.3 : 1;
      ctx.textAlign = "center";
      ctx.font = `${it.strong ? 600 : 500} ${12 / scale}px ${FONT}`;
      ctx.lineWidth = 4 / scale;
      ctx.strokeStyle = palette.back;
      ctx.fillStyle = palette.ink;
      it.lines.forEach((line, i) => {
        const at = toCanvas({ x: (box[0] + box[2]) / 2, y: box[1] + 8 + i * 14 });
        ctx.strokeText(isolate(line), at.x, at.y);
        ctx.fillText(isolate(line), at.x, at.y);
      });
    });
    ctx.restore();
    return placed;
  }

  const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
  const ruler = document.createElement("canvas").getContext("2d");
  function measure(lines) {
    ruler.font = `600 12px ${FONT}`;
    return Math.max(...lines.map((line) => ruler.measureText(line).width));
  }

  return { readPalette, symbol, symbolIcon, lineIcon, wrap, measure, labels, FONT };
})();
