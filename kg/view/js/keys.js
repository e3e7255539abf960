// Everything by keyboard: walking from neighbour to neighbour on the drawing, and shortcuts.
const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

function neighboursOf(item) {
  const linked = isNode(item) ? item.links.filter((edge) => edge.shown).map((edge) => other(edge, item)) : [];
  const gathered = bundles.filter((one) => touches(one, item)).map((one) => (one.a === item ? one.b : one.a));
  return [...new Set([...linked, ...gathered])].filter((one) => one !== item);
}
// The nearest in that direction, neighbours first; a turn costs as much as distance.
function towards(item, [dx, dy], list) {
  let best = null;
  let least = Infinity;
  for (const one of list) {
    const [x, y] = [one.x - item.x, one.y - item.y];
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy - y * dx);
    if (one === item || along <= 0 || aside > along * 1.8) continue;
    if (along + 2 * aside < least) [best, least] = [one, along + 2 * aside];
  }
  return best;
}
function walk(way) {
  const items = [...regions.filter((region) => region.shown), ...byWeight.filter((node) => node.shown)];
  const from = cursor || (state.chosen && isNode(state.chosen) && state.chosen.shown ? state.chosen : null);
  if (!items.length) return;
  const next = from ? towards(from, way, neighboursOf(from)) || towards(from, way, items) : items[0];
  if (!next) {
    say("Nothing lies that way.");
    return;
  }
  stand(next);
}
function stand(item) {
  cursor = item;
  intoView([item]);
  network.redraw();
  const links = isRegion(item) ? `group of ${plural(item.count, "item")}; Enter unfolds it` : `${item.kind}, ${plural(item.links.filter((e) => e.kept).length, "link")}`;
  say(`${item.label}: ${links}.`);
}
// One of the links of an item after the other, so that lines can be reached without the table.
function nextLink(back) {
  const item = cursor && isNode(cursor) ? cursor : state.chosen && !isNode(state.chosen) ? state.chosen.a : state.chosen;
  if (!item) return;
  const links = item.links.filter((edge) => edge.shown);
  if (!links.length) return;
  const at = links.indexOf(state.chosen);
  choose(links[(at + (back ? links.length - 1 + (at < 0) : 1)) % links.length], { from: host, focus: false });
  say(`${state.chosen.a.label} ${state.chosen.name} ${state.chosen.b.label}`);
}
function enter() {
  const item = cursor || state.chosen;
  if (!item) return;
  if (isRegion(item)) unfold(item);
  else choose(item, { from: host });
}
const here = () => (cursor && isNode(cursor) ? cursor : state.chosen && isNode(state.chosen) ? state.chosen : null);
const ON_DRAWING = {
  Enter: enter,
  "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: fit,
  n: () => nextLink(false), N: () => nextLink(true),
  f: () => here() && focusOn(state.focus && state.focus.node === here() ? null : here()),
  c: () => here() && toggleFold(here()),
  g: () => here() && here().home && !here().home.small && gather(here().home),
  p: () => here() && togglePin(here()),
  " ": () => details.years.length && $("play").click(),
};
function onDrawing(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const way = WAYS[event.key];
  const action = way ? (event.shiftKey ? () => shift(way[0] * 60, way[1] * 60) : () => walk(way)) : ON_DRAWING[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}
function anywhere(event) {
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") {
    if (!$("panel").hidden) close();
    else if (cursor) { cursor = null; network.redraw(); }
    return;
  }
  const typing = event.target instanceof HTMLInputElement && !["checkbox", "range"].includes(event.target.type);
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    event.preventDefault();
    $("search").focus();
  } else if (event.key === "?") {
    event.preventDefault();
    $("help-dialog").showModal();
  }
}
function setKeys() {
  host.addEventListener("keydown", onDrawing);
  host.addEventListener("focus", () => { if (!cursor && !state.chosen && host.matches(":focus-visible")) walk([1, 0]); });
  document.addEventListener("keydown", anywhere);
  $("help").addEventListener("click", () => $("help-dialog").showModal());
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.querySelector(".close").addEventListener("click", () => dialog.close());
  }
}
