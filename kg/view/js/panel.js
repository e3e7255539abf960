// The evidence panel: text only, never markup.
const chip = (text, kind) => el("span", { class: `chip ${kind}`, textContent: text });
function safeLink(url, text) {
  let address = null;
  try { address = new URL(url); } catch { return bdi(text); }
  if (address.protocol !== "http:" && address.protocol !== "https:") return bdi(text);
  return el("a", { href: address.href, rel: "noopener noreferrer", target: "_blank" }, bdi(text));
}
function factItem([text, status, attribution, period, locator, quote, gist, number]) {
  const [name, title, publisher, issued, url] = evidence().docs[number];
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
  if (publisher) source.append(" · ", bdi(publisher));
  if (name || title || url || publisher) source.append(" · ", bdi(issued || "date not stated", { class: "whole" }));
  if (locator || (name && title)) {
    source.append(el("span", { class: "where" }, bdi([title ? name : "", locator].filter(Boolean).join(" "))));
  }
  if (name || title || url || publisher) item.append(source);
  return item;
}
function factList(numbers, body) {
  body.append(el("h3", { textContent: numbers.length === 1 ? "Evidence" : `Evidence (${numbers.length})` }));
  if (!numbers.length) body.append(el("p", { class: "missing", textContent: "No evidence was given with this item." }));
  else body.append(el("ul", { class: "facts" }, ...numbers.map((n) => factItem(evidence().facts[n]))));
}
const span = ([first, last]) => (first === null && last === null ? "" : first === last ? `${first}`
  : `${first ?? "…"} – ${last ?? "…"}`);
const ANSWERS = { yes: "holds", possible: "may hold: the dates leave it open", "not stated": "date not stated", no: "does not hold" };

function button(text, action, pressed = null) {
  const made = el("button", { type: "button", textContent: text });
  if (pressed !== null) made.setAttribute("aria-pressed", String(pressed));
  made.addEventListener("click", action);
  return made;
}
function actionsOf(node) {
  const focused = state.focus && state.focus.node === node;
  const leaves = state.folded.has(node) || (node.kept && leavesOf(node).length);
  return el("p", { class: "actions" },
    button("Focus on neighbours", () => focusOn(focused ? null : node), Boolean(focused)),
    focused ? button("One link further", () => focusOn(node, state.focus.depth + 1)) : "",
    leaves ? button("Fold leaves", () => toggleFold(node), state.folded.has(node)) : "",
    button("Pin", () => togglePin(node), state.pins.has(node)),
    node.home && !node.home.small && !state.focus ? button("Fold this group", () => gather(node.home)) : "");
}
function fillPanel(item) {
  const body = $("panel-body");
  body.replaceChildren();
  $("panel-title").replaceChildren(bdi(isNode(item) ? item.label : item.name || "Link"));
  (isNode(item) ? nodePanel : edgePanel)(item, body);
}
function nodePanel(node, body) {
  $("panel-kind").replaceChildren(symbolIcon(node.group), bdi(node.kind));
  body.append(el("p", { class: "iri" }, bdi(node.iri)), actionsOf(node));
  if (span(node.years)) body.append(el("p", { class: "meta", textContent: `Years: ${span(node.years)}` }));
  const links = node.links.filter((edge) => edge.kept);
  // What happened or is planned is its evidence; a body or a mission is first of all its links.
  const tell = [() => factList(node.facts, body), () => linkList(node, links, body)];
  for (const part of node.group === "event" || !links.length ? tell : tell.reverse()) part();
}
function linkList(node, links, body) {
  body.append(el("h3", { textContent: `Links (${links.length})` }));
  body.append(el("ul", { class: "linklist" }, ...links.map((edge) => {
    const one = el("button", { type: "button" }, lineIcon(edge.status, { quoted: edge.quoted }),
      el("span", {}, bdi(other(edge, node).label), el("small", {}, bdi([edge.name, edge.when || "date not stated"].filter(Boolean).join(" · ")))));
    one.addEventListener("click", () => choose(edge, { from: origin }));
    return el("li", {}, one);
  })));
}
function edgePanel(edge, body) {
  $("panel-kind").replaceChildren(lineIcon(edge.status, { quoted: edge.quoted }),
    bdi([statusName(edge.status), edge.attribution].filter(Boolean).join(" · ")));
  const ends = [edge.a, edge.b].map((node) => {
    const end = el("button", { type: "button" }, symbolIcon(node.group), bdi(node.label));
    end.addEventListener("click", () => choose(node, { from: origin }));
    return end;
  });
  body.append(el("p", { class: "ends" }, ...ends));
  body.append(el("p", { class: "meta" }, "Period: ", bdi(edge.when || "not stated")));
  if (state.year !== null) body.append(el("p", { class: "meta" }, `In ${state.year}: ${ANSWERS[edge.answer]}`));
  factList(edge.facts, body);
}
$("close").addEventListener("click", () => close());
