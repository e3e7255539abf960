// Labels, placed as on a map: upright, of one size, the important first, none over another.
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK JP", "Liberation Sans", sans-serif';
const ruler = document.createElement("canvas").getContext("2d");
const isolate = (line) => `\u2068${line}\u2069`;

function wrap(text) {
  const short = [...text.slice(0, 200)].length > 46 ? [...text.slice(0, 200)].slice(0, 44).join("").trimEnd() + "…" : text;
  if ([...short].length <= 18) return [short];
  const middle = short.length / 2;
  let best = -1;
  for (let at = short.indexOf(" "); at >= 0; at = short.indexOf(" ", at + 1)) {
    if (best < 0 || Math.abs(at - middle) < Math.abs(best - middle)) best = at;
  }
  return best < 0 ? [short] : [short.slice(0, best), short.slice(best + 1)];
}
function measured(item, text = item.label) {
  if (item.text !== text) {
    ruler.font = `600 12px ${FONT}`;
    item.text = text;
    item.lines = text.split("\n").flatMap(wrap);
    item.width = Math.max(...item.lines.map((line) => ruler.measureText(isolate(line)).width));
  }
  return item;
}

// A group's name stands inside its disc, cut to what fits; where the disc is small, beside it.
function measuredDisc(region, radius) {
  const count = plural(region.count, "item");
  region.font = radius < 50 ? 10 : 11;
  ruler.font = `600 ${region.font}px ${FONT}`;
  region.inside = radius > 26;
  if (!region.inside) return measured(region, `${region.label}\n${count}`);
  const room = radius * 1.6;
  const most = Math.max(1, Math.floor((radius * 1.35) / 14) - 1);
  const all = broken(region.label.slice(0, 200), room);
  const lines = all.slice(0, most);
  if (all.length > most) lines[most - 1] += " …";
  region.text = "";
  const short = ruler.measureText(count).width > room + 8 ? `${region.count}` : count;
  region.lines = [...lines.map((line) => cut(line, room + 8)), short];
  region.width = Math.max(...region.lines.map((line) => ruler.measureText(line).width));
  return region;
}
function cut(line, width) {
  if (ruler.measureText(line).width <= width) return line;
  const signs = [...line];
  while (signs.length > 1 && ruler.measureText(`${signs.join("")}…`).width > width) signs.pop();
  return `${signs.join("")}…`;
}
function broken(text, width) {
  const lines = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (line && ruler.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

class Grid {
  constructor() { this.cells = new Map(); }
  keys([left, top, right, bottom]) {
    const found = [];
    for (let i = Math.floor(left / 64); i <= Math.floor(right / 64); i += 1) {
      for (let j = Math.floor(top / 64); j <= Math.floor(bottom / 64); j += 1) found.push(i * 100003 + j);
    }
    return found;
  }
  // A label may lie on symbols much smaller than its own, never on another label (radius Infinity).
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

// `items`: { item, x, y, r, lines, width, strong, centred } in pixels of the screen, important first.
// Returns boxes [left, top, right, bottom, item, radius] with their text, in the order of drawing.
function placeLabels([w, h], items) {
  const grid = new Grid();
  for (const it of items) if (it.r) grid.add([it.x - it.r, it.y - it.r, it.x + it.r, it.y + it.r, it.item, it.r]);
  const placed = [];
  items.forEach((it, rank) => {
    const inside = it.x > 0 && it.x < w && it.y > 0 && it.y < h;
    const boxes = spotsFor(it).filter((b) => !inside || (b[0] >= 2 && b[2] <= w - 2 && b[1] >= 2 && b[3] <= h - 2));
    const covers = it.r * (rank < 15 ? 0.85 : 0.6);
    const box = boxes.find((b) => !grid.hits(b, it.item, covers))
      || (it.strong && boxes.find((b) => !grid.hits(b, null, 1e9)));
    if (!box) return;
    grid.add(box);
    placed.push({ box, it });
  });
  return placed;
}
function spotsFor({ item, x, y, r, width, lines, centred }) {
  const height = lines.length * 14 + 2;
  const half = width / 2 + 3;
  const below = [[0, r + 3 + height / 2], [0, -r - 3 - height / 2], [r + 4 + half, 0], [-r - 4 - half, 0],
    ...[[1, 1], [-1, 1], [1, -1], [-1, -1]].map(([i, j]) => [i * (half + r * 0.5), j * (r * 0.8 + height / 2)])];
  const spots = centred ? [[0, 0], ...(r ? below : [])] : below;
  return spots.map(([dx, dy]) => [x + dx - half, y + dy - height / 2, x + dx + half, y + dy + height / 2, item, Infinity]);
}
