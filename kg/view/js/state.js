// What the reader has set, and the page's address, which keeps all of it.
const FILTERS = { group: "g", status: "s", kind: "k", role: "r", attribution: "a" };
const state = {
  year: null, from: null, to: null, undated: true, theme: "",
  off: Object.fromEntries(Object.keys(FILTERS).map((name) => [name, new Set()])),
  focus: null, // { node, depth }
  folded: new Set(), // nodes that have taken their leaves in
  open: new Set(regions.filter((region) => region.small)),
  pins: new Set(nodes.filter((node) => node.pinned)),
  chosen: null, // a node or an edge
  moved: false, // the reader has panned or zoomed
};
const SEPARATOR = "~"; // percent-encoded inside values
const pack = (values) => values.map((v) => encodeURIComponent(v).replaceAll("~", "%7E")).join(SEPARATOR);
const unpack = (text) => text.split(SEPARATOR).map(decodeURIComponent);

function toAddress() {
  const found = [];
  const put = (key, value) => { if (value !== null && value !== "") found.push(`${key}=${value}`); };
  put("year", state.year);
  put("from", state.from);
  put("to", state.to);
  if (!state.undated) put("undated", "no");
  for (const [name, key] of Object.entries(FILTERS)) if (state.off[name].size) put(key, pack([...state.off[name]].sort()));
  if (state.focus) put("focus", pack([keyOf(state.focus.node), state.focus.depth]));
  if (state.folded.size) put("fold", pack([...state.folded].map(keyOf).sort()));
  const open = regions.filter((region) => state.open.has(region) && !region.small);
  if (open.length) put("open", open.length === regions.filter((r) => !r.small).length ? "all" : pack(open.map(regionKey)));
  const pinned = [...state.pins].filter((n) => spotOf(n).x !== n.home0.x || spotOf(n).y !== n.home0.y || !n.pinned).sort((m, n) => m.id - n.id);
  if (pinned.length) put("pin", pack(pinned.flatMap((n) => [keyOf(n), Math.round(swap(spotOf(n)).x), Math.round(swap(spotOf(n)).y)])));
  if (state.chosen) put("sel", isNode(state.chosen) ? pack([keyOf(state.chosen)]) : `link${SEPARATOR}${state.chosen.id}`);
  if (state.moved) {
    const { x, y } = network.getViewPosition();
    put("at", [x.toFixed(0), y.toFixed(0), network.getScale().toFixed(3)].join(SEPARATOR));
  }
  put("theme", state.theme);
  return found.join("&");
}
// While a large picture is focused its items stand on rings; this is where they belong.
const spotOf = (node) => node.before || node;
const regionKey = (region) => (region.hub === null ? "rest" : keyOf(nodes[region.hub]));
const number = (text) => (/^-?\d{1,9}(\.\d+)?$/.test(text) ? Number(text) : null);

// A stranger's address may hold anything: what is not understood is left out.
function fromAddress(text) {
  const given = new Map();
  for (const part of text.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    try {
      if (at > 0) given.set(part.slice(0, at), unpack(part.slice(at + 1)));
    } catch {
      continue; // no text in percent-encoding
    }
  }
  const one = (key) => number((given.get(key) || [""])[0]);
  state.year = details.years.length && one("year") !== null
    ? Math.min(Math.max(Math.round(one("year")), details.years[0]), details.years[1]) : null;
  state.from = one("from");
  state.to = one("to");
  state.undated = (given.get("undated") || [])[0] !== "no";
  for (const [name, key] of Object.entries(FILTERS)) state.off[name] = new Set(given.get(key) || []);
  const [key, depth] = given.get("focus") || [];
  state.focus = nodeOf(key) ? { node: nodeOf(key), depth: Math.min(Math.max(number(depth || "1") || 1, 1), 9) } : null;
  state.folded = new Set((given.get("fold") || []).map(nodeOf).filter(Boolean));
  const open = new Set(given.get("open") || []);
  state.open = new Set(regions.filter((region) => region.small || open.has("all") || open.has(regionKey(region))));
  readPins(given.get("pin") || []);
  const [kind, id] = given.get("sel") || [];
  state.chosen = kind === "link" && id !== undefined ? edges[number(id)] || null : nodeOf(kind) || null;
  state.theme = ["dark", "light"].find((name) => name === (given.get("theme") || [])[0]) || "";
  const view = (given.get("at") || []).map(number);
  state.moved = false;
  return view.length === 3 && view.every((v) => v !== null) && view[2] > 0 ? view : null;
}
function readPins(list) {
  for (const node of nodes) {
    delete node.before;
    place(node, node.home0);
  }
  state.pins = new Set(nodes.filter((node) => node.pinned));
  for (let i = 0; i + 2 < list.length; i += 3) {
    const [node, x, y] = [nodeOf(list[i]), number(list[i + 1]), number(list[i + 2])];
    if (node && x !== null && y !== null) {
      place(node, swap({ x, y }));
      state.pins.add(node);
    }
  }
}
let writing = 0;
let written = "";
function keepAddress() {
  clearTimeout(writing);
  writing = setTimeout(() => {
    written = toAddress();
    history.replaceState(null, "", written ? `#${written}` : location.pathname + location.search);
  }, 150);
}
