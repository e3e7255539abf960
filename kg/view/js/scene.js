// What the drawing consists of just now: lines in batches of one look, symbols, groups, labels.
const MANY = 1500; // lines; from here on they are drawn paler
const LABELLED = 300; // labels tried at most
let hovered = null; // node or group under the pointer
let cursor = null; // node or group that the keyboard stands on
let near = null; // nodes that stay strong while something is chosen

const lead = () => hovered || (state.chosen && isNode(state.chosen) ? state.chosen : null) || cursor;
const touches = (line, item) => line === item || line.a === item || line.b === item;

// `view`: { scale, x, y, w, h }; x and y of the drawing stand in the middle of w by h pixels.
function sceneOf(view) {
  const [halfW, halfH] = [view.w / 2 / view.scale, view.h / 2 / view.scale];
  const seen = (x0, y0, x1, y1) => x1 > view.x - halfW && x0 < view.x + halfW && y1 > view.y - halfH && y0 < view.y + halfH;
  const unit = Math.max(1, 0.75 / view.scale); // a line never gets thinner than that on the screen
  return { view, unit, batches: batchesOf(view, unit, seen), circles: circlesOf(),
    symbols: symbolsOf(view, seen), labels: placeLabels([view.w, view.h], labelsOf(view)) };
}

function batchesOf(view, unit, seen) {
  const found = new Map();
  const put = (look, course, head) => {
    const key = `${look.layer}|${look.colour}|${look.dash}|${look.width}|${look.alpha}`;
    if (!found.has(key)) found.set(key, { ...look, courses: [], heads: [] });
    found.get(key).courses.push(course);
    if (head) found.get(key).heads.push(course);
  };
  const focused = lead();
  const shown = edges.filter((edge) => edge.shown);
  const heads = shown.length < MANY && view.scale > 0.3;
  for (const edge of shown) {
    const reach = Math.abs(edge.bend) * 300 + 60;
    if (!seen(Math.min(edge.a.x, edge.b.x) - reach, Math.min(edge.a.y, edge.b.y) - reach,
      Math.max(edge.a.x, edge.b.x) + reach, Math.max(edge.a.y, edge.b.y) + reach)) continue;
    const look = lookOf(edge, focused, unit, shown.length);
    const course = courseOf(edge);
    if (look.hatched) put({ ...look, dash: HATCH.map((n) => n * unit).join(" "), width: 6 * unit }, course, false);
    put(look, course, heads && edge.directed);
  }
  for (const one of bundles) {
    const touched = touches(one, focused);
    if (!touched && (!one.strong || !isRegion(one.a))) continue;
    const look = bundleLook(one, touched, focused, view.scale);
    const course = courseOf(one);
    if (look.hatched) put({ ...look, dash: HATCH.map((n) => n / view.scale).join(" "), width: 7 / view.scale }, course, false);
    put(look, course, false);
  }
  return [...found.values()].sort((m, n) => m.layer - n.layer);
}
function lookOf(edge, focused, unit, many) {
  const touched = touches(edge, state.chosen) || touches(edge, focused);
  const faint = state.chosen !== null && !touched;
  const across = regions.length && !state.focus && edge.a.home !== edge.b.home;
  const possible = edge.answer === "possible" && state.year !== null;
  const unstated = edge.answer === "not stated" && state.year !== null;
  const dense = touched && near !== null && near.size > 40;
  let alpha = touched ? (dense ? 0.7 : 1) : faint ? 0.1 : across ? 0.16 : many > MANY ? 0.4 : 0.85;
  if (possible) alpha *= 0.6;
  if (unstated) alpha *= 0.3;
  return {
    colour: touched ? palette.accent : palette.lines[edge.status || "none"],
    dash: dashesOf(edge).map((n) => n * unit).join(" "),
    width: (touched ? (dense ? 1.3 : 2.2) : edge.status === "ongoing" ? 1.9 : 1.2) * unit * (unstated ? 0.6 : 1),
    alpha: Number(alpha.toFixed(3)), layer: touched ? 2 : faint ? 0 : 1, hatched: possible,
  };
}
// Ties between groups: dashed or dotted where nothing of them has happened, pale where none is dated.
function bundleLook(one, touched, focused, scale) {
  const dated = state.year === null || one.sure + one.perhaps > 0;
  const crowded = regions.length > 30;
  const strength = state.year === null ? one.count : one.sure + one.perhaps;
  const dash = one.done ? [] : dashesOf({ status: one.status || "intended", quoted: one.quoted });
  return {
    colour: touched ? palette.accent : palette.soft, dash: dash.map((n) => n / scale).join(" "), layer: touched ? 2 : 0,
    width: ((0.5 + 0.66 * Math.log2(strength + 1)) / scale) * (crowded ? 0.5 : 1),
    alpha: (touched ? 0.85 : focused || state.chosen ? 0.16 : crowded ? 0.26 : 0.42) * (dated ? 1 : 0.35),
    hatched: state.year !== null && !one.sure && one.perhaps > 0,
  };
}
function circlesOf() {
  const focused = lead();
  return regions.filter((region) => region.count && !state.focus && !region.small).map((region) => ({
    region, closed: region.shown, strong: region === focused,
    faint: near !== null && region.shown && region !== focused,
  }));
}
function symbolsOf(view, seen) {
  const least = 2 / view.scale;
  const found = [];
  for (const node of nodes) {
    if (!node.shown) continue;
    const r = Math.max(node.r, least);
    if (!seen(node.x - r, node.y - r, node.x + r, node.y + r)) continue;
    const faint = near !== null && !near.has(node);
    found.push({ node, r, alpha: faint ? 0.16 : node.pale ? 0.28 : 1 });
  }
  return found;
}

function labelsOf(view) {
  const at = (item) => ({ item, x: (item.x - view.x) * view.scale + view.w / 2, y: (item.y - view.y) * view.scale + view.h / 2 });
  const ends = state.chosen && !isNode(state.chosen) ? [state.chosen.a, state.chosen.b] : [state.chosen];
  const strongest = new Set([...ends, cursor, hovered].filter((item) => item && item.shown));
  const [first, later] = [[], []];
  const put = (list, item, more) => {
    const place = at(item);
    if (place.x < -90 || place.y < -40 || place.x > view.w + 90 || place.y > view.h + 40) return;
    list.push({ ...place, r: item.r * view.scale, lines: item.lines, width: item.width, ...more });
  };
  for (const region of regions) {
    if (!region.shown) continue;
    measuredDisc(region, region.r * view.scale);
    put(first, region, { centred: region.inside, strong: region.inside || strongest.has(region), order: region.inside ? -2 : strongest.has(region) ? -1 : 1 });
  }
  for (const node of byWeight) {
    if (!node.shown) continue;
    const strong = strongest.has(node);
    if (!strong && ((near && !near.has(node)) || node.pale)) continue;
    if (!strong && later.length > LABELLED) break;
    measured(node, node.badge ? `${node.label} (+${node.badge} folded)` : node.label);
    put(strong || near ? first : later, node, { strong, order: strong ? 0 : 2 });
  }
  return [...first.sort((m, n) => m.order - n.order), ...linkLabels(at), ...later];
}
function linkLabels(at) {
  const focused = lead();
  const named = edges.filter((edge) => edge.shown && edge.name && touches(edge, state.chosen));
  const counted = bundles.filter((one) => focused && touches(one, focused) && (one.strong || isNode(focused)));
  const found = named.length > 12 ? named.filter((edge) => edge === state.chosen) : named;
  const middle = (line) => pointOn(courseOf(line), 0.5);
  return [...found.map((edge) => [edge, edge.name]), ...counted.slice(0, 12).map((one) => [one, `${one.count}`])].map(([line, text]) => {
    measured(line, text);
    const { x, y } = at(middle(line));
    return { item: line, x, y, r: 0, lines: line.lines, width: line.width, strong: line === state.chosen, centred: true, soft: true };
  });
}
