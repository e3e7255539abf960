// Choosing, focusing, folding: every change of what is shown ends in `refresh`.
let origin = null; // where focus goes back to when the panel closes

function refresh({ table = true } = {}) {
  work();
  toRings();
  syncPoints();
  if (state.chosen && !state.chosen.shown && !(state.chosen.kept && !isNode(state.chosen))) close(false);
  if (cursor && !cursor.shown) cursor = null;
  hovered = hovered && hovered.shown ? hovered : null;
  markNear();
  if (!state.moved) fit();
  network.redraw();
  if (table) fillTable();
  count();
  showTime();
  showTools();
  keepAddress();
}
function markNear() {
  const item = state.chosen;
  near = item && new Set(isNode(item) ? [item, ...item.links.filter((e) => e.shown).map((e) => other(e, item))] : [item.a, item.b]);
}
function count() {
  const n = nodes.filter((node) => node.kept && !node.away).length;
  const m = edges.filter((edge) => edge.kept && !edge.a.away && !edge.b.away).length;
  $("counts").textContent = `${n} of ${nodes.length} items, ${m} of ${edges.length} links shown`;
  $("empty").hidden = n > 0;
}

function choose(item, { from = null, focus = true } = {}) {
  state.chosen = item;
  if (from) origin = from;
  reveal(isNode(item) ? [item] : [item.a, item.b]);
  markNear();
  const opening = $("panel").hidden;
  fillPanel(item);
  $("panel").hidden = false;
  $("panel").scrollTop = 0;
  $("stage").classList.add("open");
  if (opening) resized();
  if (!wide.matches) host.scrollIntoView({ block: "start" });
  intoView(isNode(item) ? [item] : [item.a, item.b]);
  network.redraw();
  markRow();
  keepAddress();
  if (focus) $("panel-title").focus({ preventScroll: true });
}
function close(giveBack = true) {
  if ($("panel").hidden) return;
  const back = origin && origin.isConnected ? origin : host;
  state.chosen = near = origin = null;
  $("panel").hidden = true;
  $("stage").classList.remove("open");
  network.unselectAll();
  resized();
  markRow();
  keepAddress();
  if (giveBack) back.focus();
}
function resized() {
  network.redraw();
  if (!state.moved) fit();
}
// What is chosen must be on the drawing: unfold what hides it.
function reveal(items) {
  const hidden = items.filter((node) => !node.shown && node.kept);
  if (!hidden.length) return;
  for (const node of hidden) {
    if (node.home) state.open.add(node.home);
    for (const neighbour of node.links.map((edge) => other(edge, node))) if (node.away) state.folded.delete(neighbour);
  }
  refresh();
  if (hidden[0].home) zoomTo(hidden[0].home);
}

// ---- groups -------------------------------------------------------------------------------
function unfold(region) {
  state.open.add(region);
  refresh();
  zoomTo(region);
  cursor = region.hub !== null && nodes[region.hub].shown ? nodes[region.hub] : region.members.find((node) => node.shown) || null;
  say(`${region.label}: ${plural(region.count, "item")} unfolded.`);
}
function zoomTo(region) {
  state.moved = true;
  fitTo([{ ...region, opened: true }], 1.3);
  keepAddress();
}
function gather(region) {
  state.open.delete(region);
  if (state.chosen && (isNode(state.chosen) ? [state.chosen] : [state.chosen.a, state.chosen.b]).some((n) => n.home === region)) close(false);
  refresh();
  cursor = region;
  say(`${region.label}: folded.`);
}
function allRegions(open) {
  state.open = new Set(regions.filter((region) => region.small || open));
  if (!open) close(false);
  state.moved = false;
  refresh();
}

// ---- one item -----------------------------------------------------------------------------
function focusOn(node, depth = 1) {
  state.focus = node ? { node, depth } : null;
  state.moved = false;
  refresh();
  say(node ? `Only what is ${plural(depth, "link")} away from ${node.label}.` : "Everything is shown again.");
  if (node && state.chosen === node) fillPanel(node);
}
// In a large picture the neighbours lie far apart: around a focus they come near, ring by ring.
function toRings() {
  if (!regions.length) return;
  for (const node of nodes) {
    if (!node.before || (state.focus && node.kept)) continue;
    place(node, node.before);
    delete node.before;
  }
  if (!state.focus) return;
  const middle = state.focus.node;
  const spot = spotOf(middle);
  const seen = new Set([middle]);
  const angle = new Map([[middle, 0]]);
  let wave = [middle];
  let reach = 0;
  while (wave.length) {
    const next = [...new Set(wave.flatMap((n) => n.links.filter((e) => e.kept).map((e) => other(e, n))))].filter((n) => n.kept && !seen.has(n));
    const toward = (n) => (wave[0] === middle ? Math.atan2(spotOf(n).y - spot.y, spotOf(n).x - spot.x)
      : angle.get(n.links.map((e) => other(e, n)).find((m) => angle.has(m))));
    const sorted = next.map((n) => [toward(n), n]).sort(([t, m], [u, n]) => m.group.localeCompare(n.group) * (wave[0] === middle) || t - u || m.id - n.id);
    const rings = Math.max(1, Math.ceil(next.length / 36));
    const step = Math.max(120, (next.length * 62) / (2 * Math.PI * rings) - reach);
    sorted.forEach(([, n], i) => {
      const turn = (i / sorted.length) * 2 * Math.PI;
      angle.set(n, turn);
      seen.add(n);
      n.before ??= { x: n.x, y: n.y };
      const far = reach + step + (i % rings) * 62;
      place(n, { x: spot.x + far * Math.cos(turn) * 1.25, y: spot.y + far * Math.sin(turn) });
    });
    reach += step + (rings - 1) * 62;
    wave = next;
  }
}
function toggleFold(node) {
  if (!state.folded.delete(node)) state.folded.add(node);
  refresh();
  say(state.folded.has(node) ? `${plural(node.badge, "leaf", "leaves")} folded into ${node.label}.` : `The leaves of ${node.label} are shown.`);
  if (state.chosen === node) fillPanel(node);
}
function togglePin(node) {
  if (state.pins.delete(node)) place(node, node.home0);
  else state.pins.add(node);
  network.redraw();
  keepAddress();
  say(state.pins.has(node) ? `${node.label} is pinned.` : `${node.label} is back in its place.`);
  if (state.chosen === node) fillPanel(node);
}
// Buttons over the drawing that only make sense now and then.
function showTools() {
  $("all").hidden = !state.focus && !state.folded.size;
  const gathered = regions.filter((region) => !region.small);
  $("unfold-all").hidden = !gathered.length || Boolean(state.focus) || gathered.every((r) => state.open.has(r));
  $("gather-all").hidden = !gathered.some((region) => state.open.has(region)) || Boolean(state.focus);
}
