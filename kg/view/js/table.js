// The table: the same links as the drawing, for reading, for screen readers, for paper.
const PAGE = 200;
const PAPER = 600; // rows that are printed at most
const sourceOf = (edge) => {
  if (!edge.facts.length) return "";
  const [name, title, , issued] = evidence().docs[evidence().facts[edge.facts[0]][7]];
  const more = edge.facts.length > 1 ? ` (+${edge.facts.length - 1})` : "";
  return `${title || name}, ${issued || "date not stated"}${more}`;
};
const COLUMNS = [
  ["From", (edge) => edge.a.label], ["Role", (edge) => edge.name], ["To", (edge) => edge.b.label],
  ["Status", (edge) => statusName(edge.status)], ["Said", (edge) => edge.attribution],
  ["Period", (edge) => edge.when || "not stated"], ["Evidence", sourceOf],
];
let limit = PAGE;
let order = { column: 0, up: true };
let current = null; // the edge whose row takes the tab stop
let paper = false; // rows carry the words of their evidence
const rowOf = new Map();

function setTable() {
  COLUMNS.forEach(([name], column) => {
    const head = el("button", { type: "button", textContent: name });
    head.addEventListener("click", () => {
      order = { column, up: order.column === column ? !order.up : true };
      fillTable();
    });
    $("heads").append(el("th", { scope: "col" }, head));
  });
  $("more").addEventListener("click", () => {
    const first = limit;
    limit += PAGE;
    fillTable();
    $("rows").children[first].querySelector("button").focus();
  });
  $("rows").addEventListener("keydown", stepRows);
}
function row(edge) {
  const go = el("button", { type: "button", class: "go", tabIndex: -1 }, bdi(edge.a.label),
    el("span", { class: "aside" }, ` ${edge.name} `, bdi(edge.b.label)));
  const cells = COLUMNS.slice(1).map(([name, value]) => el("td", { "data-name": name },
    name === "Status" ? lineIcon(edge.status, { quoted: edge.quoted }) : "", bdi(value(edge)),
    name === "Evidence" && paper ? wordsOf(edge) : ""));
  const line = el("tr", {}, el("th", { scope: "row" }, go), ...cells);
  go.addEventListener("focus", () => stop(edge));
  line.addEventListener("click", () => {
    if (!String(getSelection())) choose(edge, { from: go });
  });
  rowOf.set(edge, { line, button: go });
  return line;
}
function wordsOf(edge) {
  const [, , , , , quote, gist] = evidence().facts[edge.facts[0]] || [];
  return quote ? el("q", { class: "words" }, bdi(quote)) : gist ? el("span", { class: "words" }, bdi(`In our words: ${gist}`)) : "";
}
function stop(edge) {
  if (current && rowOf.has(current)) rowOf.get(current).button.tabIndex = -1;
  current = edge;
  if (edge) rowOf.get(edge).button.tabIndex = 0;
}
function fillTable() {
  const value = COLUMNS[order.column][1];
  const list = edges.filter((edge) => edge.kept).map((edge) => [value(edge), edge]);
  list.sort(([v, e], [w, f]) => (order.up ? 1 : -1) * (v < w ? -1 : v > w ? 1 : 0) || e.id - f.id);
  rowOf.clear();
  $("rows").replaceChildren(...list.slice(0, limit).map(([, edge]) => row(edge)));
  [...$("heads").children].forEach((head, i) =>
    head.setAttribute("aria-sort", i !== order.column ? "none" : order.up ? "ascending" : "descending"));
  $("more").hidden = list.length <= limit;
  $("more").textContent = `Show ${Math.min(PAGE, list.length - limit)} more of ${list.length}`;
  $("left").textContent = paper && list.length > limit ? `${plural(list.length - limit, "further link")} not printed: narrow the filters.` : "";
  current = null;
  stop(state.chosen && rowOf.has(state.chosen) ? state.chosen : list.length ? list[0][1] : null);
  markRow();
}
function markRow() {
  for (const [edge, { line, button: go }] of rowOf) {
    line.classList.toggle("current", edge === state.chosen);
    if (edge === state.chosen) go.setAttribute("aria-current", "true");
    else go.removeAttribute("aria-current");
  }
}
function stepRows(event) {
  const buttons = [...rowOf.values()].map(({ button: go }) => go);
  const at = buttons.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1,
    PageDown: at + 10, PageUp: at - 10 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  buttons[Math.max(0, Math.min(to, buttons.length - 1))].focus();
}
