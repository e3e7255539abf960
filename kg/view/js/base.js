// Small helpers, and the data of the page joined to one graph.
const $ = (id) => document.getElementById(id);
const read = (id) => JSON.parse($(id).textContent);
const details = read("data-details");
const nodes = read("data-nodes");
const edges = read("data-edges");
const STATUS = new Map(details.statuses.map(([key, name, dashes]) => [key, { name, dashes }]));
const statusName = (key) => (STATUS.has(key) ? STATUS.get(key).name : "not stated");
const wide = matchMedia("(min-width: 62rem)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

// The evidence is large and not needed for the first picture: parsed when first asked for.
let evidenceRead = null;
const evidence = () => (evidenceRead ??= read("data-evidence"));

function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (key === "class") node.className = value;
    else if (key in node) node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== ""));
  return node;
}
const bdi = (text, props = {}) => el("bdi", { ...props, textContent: text });
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const plural = (n, one, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
const isNode = (item) => item.links !== undefined;
const isRegion = (item) => item.members !== undefined;

// Words that are read out, once they stand still.
let saying = 0;
function say(text) {
  clearTimeout(saying);
  saying = setTimeout(() => { $("said").textContent = text; }, 120);
}

const regions = details.regions.map((region, i) => ({ ...region, id: `r${i}`, number: i, members: [], r: 0.74 * region.r, full: region.r }));
for (const node of nodes) {
  node.links = [];
  if (node.region !== undefined) {
    node.home = regions[node.region];
    node.home.members.push(node);
  }
}
for (const edge of edges) {
  edge.a = nodes[edge.from];
  edge.b = nodes[edge.to];
  edge.bend ??= 0;
  edge.a.links.push(edge);
  if (edge.a !== edge.b) edge.b.links.push(edge);
}
// Busy items matter more; what happened to a thing less than the thing.
const WEIGHT = { actor: 3, state: 3, mission: 2, agreement: 2, object: 1.5, activity: 1.5, person: 1, other: 1, event: 0.4 };
for (const node of nodes) {
  node.r = Math.min(7 + 2.4 * Math.sqrt(node.links.length), 24);
  node.weight = (node.links.length + 0.5) * WEIGHT[node.group];
  node.home0 = { x: node.x, y: node.y };
}
for (const region of regions) {
  region.label = region.hub === null ? "No link to these" : nodes[region.hub].label;
  region.weight = 1e6 + region.members.length;
  // Drawn as themselves from the start: too few to be gathered.
  region.small = region.members.length < 4;
}
const byWeight = [...nodes].sort((m, n) => n.weight - m.weight || m.id - n.id);
const keyOf = (node) => (node.iri.startsWith(details.base) ? node.iri.slice(details.base.length) : node.iri);
let byKey = null;
function nodeOf(key) {
  byKey ??= new Map(nodes.map((node) => [keyOf(node), node]));
  return byKey.get(key);
}
const other = (edge, node) => (edge.a === node ? edge.b : edge.a);
