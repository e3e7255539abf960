(() => {
  const $ = (id) => document.getElementById(id);
  const read = (id) => JSON.parse($(id).textContent);
  const details = read("data-details");
  const nodes = read("data-nodes");
  const edges = read("data-edges");
  const options = JSON.parse(read("data-options"));
  const STATUS = new Map(details.statuses.map(([key, name, dashes]) => [key, { name, dashes }]));
  const statusName = (key) => (STATUS.has(key) ? STATUS.get(key).name : "not stated");
  const PAGE = 200;
  const wide = matchMedia("(min-width: 62rem)");

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

  // ---- the data, joined -------------------------------------------------------------------
  for (const node of nodes) Object.assign(node, { links: [], shown: true, key: fold(node.label) });
  for (const edge of edges) {
    Object.assign(edge, { a: nodes[edge.from], b: nodes[edge.to], shown: true });
    edge.a.links.push(edge);
    if (edge.a !== edge.b) edge.b.links.push(edge);
  }
  for (const node of nodes) {
    node.r = Math.min(7 + 2.6 * Math.sqrt(node.links.length), 26);
    node.lines = Draw.wrap(node.label);
    node.width = Draw.measure(node.lines);
  }
  const byWeight = [...nodes].sort((m, n) => n.links.length - m.links.length || m.id - n.id);
  let chosen = null; // a node or an edge
  let near = null; // nodes that stay strong while something is chosen
  let hovered = null;
  let origin = null; // where focus goes back to when the panel closes
  let boxes = []; // labels on the canvas, for clicks
  let moved = false; // the reader has panned or zoomed

  // ---- drawing ----------------------------------------------------------------------------
  let palette = Draw.readPalette();
  const lineColour = (edge) => palette.lines[edge.status || "none"];
  function edgeLook(edge) {
    const touches = chosen === edge || (chosen && (edge.a === chosen || edge.b === chosen));
    const faint = chosen && !touches;
    const labelled = chosen === edge || (touches && chosen.links && chosen.links.length <= 12);
    return {
      id: edge.id,
      hidden: !edge.shown,
      width: touches ? 2.6 : edge.status === "ongoing" ? 2 : 1.3,
      label: labelled && edge.name ? `\u2068${edge.name}\u2069` : "",
      font: { face: Draw.FONT, size: 11, color: palette.soft, strokeColor: palette.back, strokeWidth: 4, align: "top" },
      color: { color: touches ? palette.accent : lineColour(edge), highlight: palette.accent,
        hover: palette.accent, opacity: faint ? 0.12 : 1, inherit: false },
    };
  }
  const look = (id) => ({ chosen: chosen === nodes[id], faint: near !== null && !near.has(nodes[id]) });
  const upright = $("graph").clientHeight > $("graph").clientWidth * 1.05; // a phone: lay it on its side
  const points = new vis.DataSet(nodes.map((node) => ({
    id: node.id, x: upright ? node.y : node.x, y: upright ? node.x : node.y, shape: "custom", size: node.r,
    ctxRenderer: Draw.symbol(node.group, node.r, look),
  })));
  const lines = new vis.DataSet(edges.map((edge) => ({
    id: edge.id, from: edge.from, to: edge.to, smooth: edge.smooth || false, ...edgeLook(edge),
    ...(edge.dashes ? { dashes: edge.dashes } : {}),
    ...(edge.arrows ? { arrows: edge.arrows } : {}),
    ...(edge.selfReference ? { selfReference: edge.selfReference } : {}),
  })));
  const network = new vis.Network($("graph"), { nodes: points, edges: lines }, options);
  const repaint = () => lines.update(edges.map(edgeLook));

  network.on("afterDrawing", (ctx) => {
    const scale = network.getScale();
    const place = network.getPositions();
    const { clientWidth: w, clientHeight: h } = $("graph");
    const first = [];
    const later = [];
    for (const node of byWeight) {
      if (!node.shown) continue;
      const at = network.canvasToDOM(place[node.id]);
      if (at.x < -90 || at.y < -40 || at.x > w + 90 || at.y > h + 40) continue;
      const { faint } = look(node.id);
      const strong = node === chosen || node === hovered || (chosen && (node === chosen.a || node === chosen.b));
      if (faint && !strong) continue;
      (strong || (near && near.has(node)) ? first : later).push({ id: node.id, x: at.x, y: at.y,
        r: node.r * scale, lines: node.lines, width: node.width, strong, faint: false });
    }
    first.sort((m, n) => Number(n.strong) - Number(m.strong));
    boxes = Draw.labels(ctx, scale, [w, h], (at) => network.DOMtoCanvas(at), [...first, ...later]);
    document.documentElement.dataset.drawn = "yes";
  });

  function fit() {
    const left = nodes.filter((node) => node.shown).map((node) => node.id);
    moved = false;
    if (!left.length) return;
    // The library's own fit does not know our labels: leave room for them.
    const { clientWidth: w, clientHeight: h } = $("graph");
    const at = Object.values(network.getPositions(left));
    const [x0, x1, y0, y1] = [[Math.min, "x"], [Math.max, "x"], [Math.min, "y"], [Math.max, "y"]]
      .map(([pick, axis]) => at.reduce((best, point) => pick(best, point[axis]), at[0][axis]));
    const scale = Math.min((w - Math.min(170, w * 0.3)) / (x1 - x0 + 1), (h - 92) / (y1 - y0 + 1), 1.3);
    network.moveTo({ position: { x: (x0 + x1) / 2, y: (y0 + y1) / 2 }, scale: Math.max(scale, 0.02) });
  }
  function zoom(factor) {
    moved = true;
    network.moveTo({ scale: Math.min(Math.max(network.getScale() * factor, 0.03), 6) });
  }
  function refit() {
    network.redraw();
    if (!moved) fit();
  }
  network.on("zoom", () => { moved = true; });
  network.on("dragEnd", () => { moved = true; });
  network.on("resize", () => { if (!moved) requestAnimationFrame(fit); });
  network.on("hoverNode", ({ node }) => { hovered = nodes[node]; network.redraw(); });
  network.on("blurNode", () => { hovered = null; network.redraw(); });
  network.on("click", ({ nodes: [node], edges: [edge], pointer: { DOM: at } }) => {
    const label = boxes.find((b) => at.x > b[0] && at.x < b[2] && at.y > b[1] && at.y < b[3]);
    const target = node !== undefined ? nodes[node] : label ? nodes[label[4]]
      : edge !== undefined ? edges[edge] : null;
    if (target) choose(target, { from: $("graph"), focus: false });
    else close(false);
  });

  // ---- the evidence panel: text only ------------------------------------------------------
  const chip = (text, kind) => el("span", { class: `chip ${kind}`, textContent: text });
  function safeLink(url, text) {
    let address = null;
    try { address = new URL(url); } catch { return bdi(text); }
    if (address.protocol !== "http:" && address.protocol !== "https:") return bdi(text);
    return el("a", { href: address.href, rel: "noopener noreferrer", target: "_blank" }, bdi(text));
  }
  function factItem([text, status, attribution, period, locator, quote, gist, number]) {
    const [name, title, publisher, issued, url] = details.docs[number];
    const item = el("li", { class: "fact" });
    item.append(el("p", { class: "says" }, bdi(text)));
    const chips = [status && chip(statusName(status), `s-${status}`), attribution && chip(attribution, "by"),
      period && chip(period, "when")].filter(Boolean);
    if (chips.length) item.append(el("p", { class: "chips" }, ...chips));
    if (quote) item.append(el("blockquote", {}, bdi(quote)));
    if (gist) {
      item.append(el("p", { class: "gist" }, el("span", { class: "hint", textContent: "In our words: " }), bdi(gist)));
    }
    if (!quote) item.append(el("p", { class: "missing", textContent: `Quote: ${details.notAtHand}.` }));
    const source = el("p", { class: "source" }, url ? safeLink(url, title || name || url) : bdi(title || name));
    for (const part of [publisher, issued]) if (part) source.append(" · ", bdi(part, { class: "whole" }));
    if (locator || (name && title)) {
      source.append(el("span", { class: "where" }, bdi([title ? name : "", locator].filter(Boolean).join(" "))));
    }
    if (name || title || url || publisher) item.append(source);
    return item;
  }
  function factList(numbers, body) {
    body.append(el("h3", { textContent: numbers.length === 1 ? "Evidence" : `Evidence (${numbers.length})` }));
    if (!numbers.length) body.append(el("p", { class: "missing", textContent: "No evidence was given with this item." }));
    else body.append(el("ul", { class: "facts" }, ...numbers.map((n) => factItem(details.facts[n]))));
  }
  const span = ([first, last]) => (first === null && last === null ? "" : first === last ? `${first}`
    : `${first ?? "…"} – ${last ?? "…"}`);
  function nodePanel(node, body) {
    $("panel-kind").replaceChildren(Draw.symbolIcon(node.group), bdi(node.kind));
    body.append(el("p", { class: "iri" }, bdi(node.iri)));
    if (span(node.years)) body.append(el("p", { class: "meta", textContent: `Years: ${span(node.years)}` }));
    factList(node.facts, body);
    const links = node.links.filter((edge) => edge.shown);
    body.append(el("h3", { textContent: `Links (${links.length})` }));
    body.append(el("ul", { class: "linklist" }, ...links.map((edge) => {
      const other = edge.a === node ? edge.b : edge.a;
      const button = el("button", { type: "button" }, Draw.lineIcon(edge.status, edge.dashes || []),
        el("span", {}, bdi(other.label), el("small", {}, bdi([edge.name, edge.when].filter(Boolean).join(" · ")))));
      button.addEventListener("click", () => choose(edge, { from: origin }));
      return el("li", {}, button);
    })));
  }
  function edgePanel(edge, body) {
    $("panel-kind").replaceChildren(Draw.lineIcon(edge.status, edge.dashes || []),
      bdi([statusName(edge.status), edge.attribution].filter(Boolean).join(" · ")));
    const ends = [edge.a, edge.b].map((node) => {
      const button = el("button", { type: "button" }, Draw.symbolIcon(node.group), bdi(node.label));
      button.addEventListener("click", () => choose(node, { from: origin }));
      return button;
    });
    body.append(el("p", { class: "ends" }, ...ends));
    if (edge.when) body.append(el("p", { class: "meta" }, "Period: ", bdi(edge.when)));
    factList(edge.facts, body);
  }
  function choose(item, { from = null, focus = true } = {}) {
    chosen = item;
    if (from) origin = from;
    near = new Set(item.links ? item.links.filter((e) => e.shown).flatMap((e) => [e.a, e.b]) : [item.a, item.b]);
    if (item.links) near.add(item);
    const body = $("panel-body");
    body.replaceChildren();
    const title = item.links ? [bdi(item.label)] : [bdi(item.name || "Link")];
    $("panel-title").replaceChildren(...title);
    (item.links ? nodePanel : edgePanel)(item, body);
    const opening = $("panel").hidden;
    $("panel").hidden = false;
    $("panel").scrollTop = 0;
    $("stage").classList.add("open");
    if (item.links) network.selectNodes([item.id], false);
    else network.setSelection({ nodes: [], edges: [item.id] });
    repaint();
    if (opening) refit();
    if (!wide.matches) $("graph").scrollIntoView({ block: "start" });
    intoView([...(item.links ? [item] : [item.a, item.b])]);
    markRow();
    if (focus) $("panel-title").focus({ preventScroll: true });
  }
  function intoView(items) {
    const { clientWidth: w, clientHeight: h } = $("graph");
    const place = network.getPositions(items.map((node) => node.id));
    const out = items.some((node) => {
      const at = network.canvasToDOM(place[node.id]);
      return at.x < 20 || at.y < 20 || at.x > w - 20 || at.y > h - 20;
    });
    if (out) network.fit({ nodes: items.map((node) => node.id), animation: false, maxZoomLevel: network.getScale() });
  }
  function close(giveBack = true) {
    if ($("panel").hidden) return;
    const back = origin && origin.isConnected ? origin : $("graph");
    chosen = near = origin = null;
    $("panel").hidden = true;
    $("stage").classList.remove("open");
    network.unselectAll();
    repaint();
    refit();
    markRow();
    if (giveBack) back.focus();
  }
  $("close").addEventListener("click", () => close());

  // ---- filters ----------------------------------------------------------------------------
  const allowed = {};
  function boxesFor(host, name, values, icon) {
    allowed[name] = new Set(values.map(([value]) => value));
    for (const [value, text, count] of values) {
      const box = el("input", { type: "checkbox", checked: true, name, value });
      box.addEventListener("change", () => {
        allowed[name][box.checked ? "add" : "delete"](value);
        apply();
      });
      $(host).append(el("label", { class: "row" }, box, icon ? icon(value) : "",
        el("span", { class: "text" }, bdi(text)), el("span", { class: "n", textContent: count })));
    }
  }
  // Several roles or attributions of one link are joined by a slash; each counts.
  const parts = (item, key) => item[key].split("/");
  function tally(items, key) {
    const count = new Map();
    for (const item of items) for (const part of parts(item, key)) count.set(part, (count.get(part) || 0) + 1);
    return count;
  }
  const some = (item, key) => parts(item, key).some((part) => allowed[key].has(part));
  const words = Intl.Collator("en", { numeric: true });
  function listed(items, key) {
    return [...tally(items, key)].sort(([a], [b]) => words.compare(a, b)).map(([v, n]) => [v, v || "not stated", n]);
  }
  const groups = tally(nodes, "group");
  boxesFor("by-group", "group", details.groups.filter(([key]) => groups.has(key))
    .map(([key, name]) => [key, name, groups.get(key)]), Draw.symbolIcon);
  const stati = tally(edges, "status");
  boxesFor("by-status", "status", [...STATUS.keys(), ""].filter((key) => stati.has(key))
    .map((key) => [key, statusName(key), stati.get(key)]),
  (key) => Draw.lineIcon(key, STATUS.has(key) ? STATUS.get(key).dashes : []));
  boxesFor("by-kind", "kind", listed(nodes, "kind"));
  boxesFor("by-role", "role", listed(edges, "role"));
  boxesFor("by-attribution", "attribution", listed(edges, "attribution"));
  const years = edges.flatMap((edge) => edge.years).filter((year) => year !== null);
  if (years.length) {
    $("year-from").placeholder = years.reduce((a, b) => Math.min(a, b));
    $("year-to").placeholder = years.reduce((a, b) => Math.max(a, b));
  }
  const undated = (item) => item.years[0] === null && item.years[1] === null;
  $("undated-n").textContent = edges.filter(undated).length;

  function inYears(item) {
    const from = $("year-from").valueAsNumber;
    const to = $("year-to").valueAsNumber;
    if (undated(item)) return $("undated").checked;
    return !(item.years[0] !== null && item.years[0] > to) && !(item.years[1] !== null && item.years[1] < from);
  }
  function apply() {
    for (const node of nodes) node.wanted = allowed.group.has(node.group) && some(node, "kind");
    for (const edge of edges) {
      edge.shown = edge.a.wanted && edge.b.wanted && allowed.status.has(edge.status)
        && some(edge, "role") && some(edge, "attribution") && inYears(edge);
    }
    const changed = [];
    for (const node of nodes) {
      const shown = node.wanted && (node.links.length ? node.links.some((edge) => edge.shown) : inYears(node));
      if (shown !== node.shown) changed.push({ id: node.id, hidden: !shown });
      node.shown = shown;
    }
    if (chosen && !chosen.shown) close(false);
    else if (chosen && chosen.links) choose(chosen, { focus: false });
    points.update(changed);
    repaint();
    if (!moved) fit();
    limit = PAGE;
    fillTable();
    const [n, m] = [nodes, edges].map((list) => list.filter((item) => item.shown).length);
    $("counts").textContent = `${n} of ${nodes.length} items, ${m} of ${edges.length} links shown`;
    $("empty").hidden = n > 0;
  }
  for (const id of ["year-from", "year-to", "undated"]) $(id).addEventListener("input", apply);
  $("reset").addEventListener("click", () => {
    for (const box of document.querySelectorAll("#filters input[type=checkbox]")) {
      box.checked = true;
      if (box.name) allowed[box.name].add(box.value);
    }
    $("year-from").value = $("year-to").value = "";
    apply();
  });

  // ---- the table --------------------------------------------------------------------------
  const COLUMNS = [
    ["From", (edge) => edge.a.label], ["Role", (edge) => edge.name], ["To", (edge) => edge.b.label],
    ["Status", (edge) => statusName(edge.status)], ["Said", (edge) => edge.attribution],
    ["Period", (edge) => edge.when], ["Evidence", (edge) => `${edge.facts.length}`],
  ];
  let limit = PAGE;
  let order = { column: 0, up: true };
  let current = null; // the edge whose row takes the tab stop
  const rowOf = new Map();
  COLUMNS.forEach(([name], column) => {
    const button = el("button", { type: "button", textContent: name });
    button.addEventListener("click", () => {
      order = { column, up: order.column === column ? !order.up : true };
      fillTable();
    });
    $("heads").append(el("th", { scope: "col" }, button));
  });
  function row(edge) {
    const button = el("button", { type: "button", class: "go", tabIndex: -1 }, bdi(edge.a.label),
      el("span", { class: "aside" }, ` ${edge.name} `, bdi(edge.b.label)));
    const cells = COLUMNS.slice(1).map(([name, value]) =>
      el("td", { "data-name": name }, name === "Status" ? Draw.lineIcon(edge.status, edge.dashes || []) : "", bdi(value(edge))));
    const line = el("tr", {}, el("th", { scope: "row" }, button), ...cells);
    button.addEventListener("focus", () => stop(edge));
    line.addEventListener("click", () => {
      if (!String(getSelection())) choose(edge, { from: button });
    });
    rowOf.set(edge, { line, button });
    return line;
  }
  function stop(edge) {
    if (current && rowOf.has(current)) rowOf.get(current).button.tabIndex = -1;
    current = edge;
    if (edge) rowOf.get(edge).button.tabIndex = 0;
  }
  function fillTable() {
    const value = COLUMNS[order.column][1];
    const list = edges.filter((edge) => edge.shown).map((edge) => [value(edge), edge]);
    list.sort(([v, e], [w, f]) => (order.up ? 1 : -1) * words.compare(v, w) || e.id - f.id);
    rowOf.clear();
    $("rows").replaceChildren(...list.slice(0, limit).map(([, edge]) => row(edge)));
    [...$("heads").children].forEach((head, i) =>
      head.setAttribute("aria-sort", i !== order.column ? "none" : order.up ? "ascending" : "descending"));
    $("more").hidden = list.length <= limit;
    $("more").textContent = `Show ${Math.min(PAGE, list.length - limit)} more of ${list.length}`;
    current = null;
    stop(chosen && rowOf.has(chosen) ? chosen : list.length ? list[0][1] : null);
    markRow();
  }
  function markRow() {
    for (const [edge, { line, button }] of rowOf) {
      line.classList.toggle("current", edge === chosen);
      if (edge === chosen) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }
  $("more").addEventListener("click", () => {
    const first = limit;
    limit += PAGE;
    fillTable();
    $("rows").children[first].querySelector("button").focus();
  });
  $("rows").addEventListener("keydown", (event) => {
    const buttons = [...rowOf.values()].map(({ button }) => button);
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1,
      PageDown: at + 10, PageUp: at - 10 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    buttons[Math.max(0, Math.min(to, buttons.length - 1))].focus();
  });

  // ---- search -----------------------------------------------------------------------------
  let hits = [];
  let active = -1;
  function showHits() {
    const text = fold($("search").value.trim());
    hits = !text ? [] : byWeight.filter((node) => node.shown && node.key.includes(text))
      .sort((m, n) => Number(n.key.startsWith(text)) - Number(m.key.startsWith(text))).slice(0, 12);
    active = hits.length ? 0 : -1;
    $("hits").replaceChildren(...hits.map((node, i) => {
      const item = el("li", { id: `hit-${i}`, role: "option" }, Draw.symbolIcon(node.group),
        el("span", {}, bdi(node.label), el("small", {}, bdi(node.kind))));
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(node); });
      return item;
    }));
    if (text && !hits.length) $("hits").append(el("li", { class: "none", role: "option", "aria-disabled": "true", textContent: "No item on the page has this name." }));
    $("hits").hidden = !text;
    $("search").setAttribute("aria-expanded", String(Boolean(text)));
    point();
  }
  function point() {
    hits.forEach((_, i) => $(`hit-${i}`).setAttribute("aria-selected", String(i === active)));
    if (active >= 0) {
      $("search").setAttribute("aria-activedescendant", `hit-${active}`);
      $(`hit-${active}`).scrollIntoView({ block: "nearest" });
    } else $("search").removeAttribute("aria-activedescendant");
  }
  function hideHits() {
    $("hits").hidden = true;
    $("search").setAttribute("aria-expanded", "false");
    $("search").removeAttribute("aria-activedescendant");
  }
  function take(node) {
    $("search").value = node.label;
    hideHits();
    choose(node, { from: $("search") });
  }
  $("search").addEventListener("input", showHits);
  $("search").addEventListener("focus", () => { if ($("search").value) showHits(); });
  $("search").addEventListener("blur", hideHits);
  $("search").addEventListener("keydown", (event) => {
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && hits.length) {
      event.preventDefault();
      active = (active + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length;
      point();
    } else if (event.key === "Enter" && active >= 0 && !$("hits").hidden) {
      event.preventDefault();
      take(hits[active]);
    } else if (event.key === "Escape" && !$("hits").hidden) {
      event.stopPropagation();
      hideHits();
    }
  });

  // ---- the rest ---------------------------------------------------------------------------
  $("zoom-in").addEventListener("click", () => zoom(1.3));
  $("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  $("fit").addEventListener("click", fit);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    const typing = event.target instanceof HTMLInputElement && event.target.type !== "checkbox";
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      $("search").focus();
    }
  });
  function recolour(print) {
    palette = Draw.readPalette(print);
    repaint();
    network.redraw();
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => recolour(false));
  addEventListener("beforeprint", () => { $("filters").open = true; limit = Infinity; fillTable(); recolour(true); });
  addEventListener("afterprint", () => { $("filters").open = wide.matches; limit = PAGE; fillTable(); recolour(false); });
  $("filters").open = wide.matches;
  wide.addEventListener("change", () => { if (wide.matches) $("filters").open = true; });
  apply();
  fit();
  window.kgNetwork = network;
})();
