// What is shown now, worked out from the state: filters, year, focus, folded leaves, groups.
const undated = (item) => item.years[0] === null && item.years[1] === null;
// Several roles or attributions of one link are joined by a slash; each counts.
const parts = (item, key) => item[key].split("/");
const allowed = (item, key) => {
  const off = state.off[key];
  return !off.size || parts(item, key).some((part) => !off.has(part));
};
function inYears(item) {
  if (state.from === null && state.to === null) return state.undated || !undated(item);
  if (undated(item)) return state.undated;
  return !(item.years[0] !== null && state.to !== null && item.years[0] > state.to)
    && !(item.years[1] !== null && state.from !== null && item.years[1] < state.from);
}
// yes, possible, not stated or no, as worked out from the bounds of the dates when the page was made.
function answerIn(edge, year) {
  if (year === null) return "yes";
  if (!edge.spans.length) return "not stated";
  const run = edge.spans.find(([first, last]) => (first === null || first <= year) && (last === null || year <= last));
  return run ? run[2] : "no";
}

function work() {
  for (const node of nodes) node.wanted = allowed(node, "group") && allowed(node, "kind");
  for (const edge of edges) {
    edge.answer = answerIn(edge, state.year);
    edge.passes = edge.a.wanted && edge.b.wanted && allowed(edge, "status") && allowed(edge, "role")
      && allowed(edge, "attribution") && inYears(edge);
  }
  for (const node of nodes) node.kept = node.wanted && (node.links.length ? node.links.some((e) => e.passes) : inYears(node));
  if (state.focus) keepNear(state.focus);
  for (const edge of edges) {
    edge.passes &&= edge.a.kept && edge.b.kept;
    edge.kept = edge.passes && edge.answer !== "no" && (edge.answer !== "not stated" || state.undated);
  }
  foldLeaves();
  gatherRegions();
  for (const edge of edges) edge.shown = edge.kept && edge.a.shown && edge.b.shown;
}
function keepNear({ node, depth }) {
  const near = new Set([node]);
  let wave = [node];
  for (let step = 0; step < depth; step += 1) {
    wave = wave.flatMap((n) => n.links.filter((e) => e.passes).map((e) => other(e, n))).filter((n) => n.kept && !near.has(n));
    for (const n of wave) near.add(n);
  }
  node.kept = node.wanted;
  for (const n of nodes) n.kept &&= near.has(n);
}
const leavesOf = (node) => node.links.map((edge) => other(edge, node)).filter((leaf, i, all) =>
  leaf !== node && leaf.kept && all.indexOf(leaf) === i && leaf.links.every((e) => !e.passes || other(e, leaf) === node || other(e, leaf) === leaf));
function foldLeaves() {
  for (const node of nodes) {
    node.away = false;
    node.badge = 0;
  }
  for (const node of state.folded) {
    if (!node.kept || node.away) continue;
    const leaves = leavesOf(node).filter((leaf) => !state.folded.has(leaf));
    node.badge = leaves.length;
    for (const leaf of leaves) leaf.away = true;
  }
}
function gatherRegions() {
  for (const region of regions) {
    region.count = 0;
    region.opened = state.open.has(region) || Boolean(state.focus);
    region.mix = new Map();
  }
  for (const node of nodes) {
    const { home } = node;
    if (home && node.kept) {
      home.count += 1;
      home.mix.set(node.group, (home.mix.get(node.group) || 0) + 1);
    }
    node.shown = node.kept && !node.away && (!home || home.opened);
    // With a year set, items without a link in it stay where they are, but pale.
    node.pale = state.year !== null && node.links.length > 0 && !node.links.some((e) => e.kept && e.answer !== "not stated");
  }
  for (const region of regions) region.shown = !region.opened && region.count > 0;
  bundles = regions.length ? bundle() : [];
}

// Links that end at a closed group, counted by pair of ends.
let bundles = [];
const HAPPENED = new Set(["occurred", "ongoing"]);
const STRONGEST = 3;
function bundle() {
  const found = new Map();
  const top = (node) => (node.home && node.home.shown ? node.home : node.shown ? node : null);
  const rank = (item) => (isRegion(item) ? item.number : regions.length + item.id);
  for (const edge of edges) {
    if (!edge.kept) continue;
    let [a, b] = [top(edge.a), top(edge.b)];
    if (!a || !b || a === b || (isNode(a) && isNode(b))) continue;
    if (rank(a) > rank(b)) [a, b] = [b, a];
    const key = rank(a) * 1e7 + rank(b);
    if (!found.has(key)) found.set(key, { a, b, count: 0, sure: 0, perhaps: 0, done: 0, status: "", quoted: true, bend: 0 });
    const one = found.get(key);
    one.count += 1;
    one.sure += Number(edge.answer === "yes");
    one.perhaps += Number(edge.answer === "possible");
    one.done += Number(HAPPENED.has(edge.status) && !edge.quoted);
    one.quoted &&= Boolean(edge.quoted);
    if (edge.status === "planned") one.status = "planned"; // shown where nothing of it has happened
  }
  const list = [...found.values()].sort((m, n) => n.count - m.count || rank(m.a) - rank(n.a) || rank(m.b) - rank(n.b));
  const times = new Map();
  for (const one of list) {
    const [n, m] = [times.get(one.a) || 0, times.get(one.b) || 0];
    one.strong = isRegion(one.a) && isRegion(one.b) && (n < STRONGEST || m < STRONGEST);
    times.set(one.a, n + 1);
    times.set(one.b, m + 1);
  }
  return list;
}
