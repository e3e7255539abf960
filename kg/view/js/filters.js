// The legend, which is also the filter.
const words = Intl.Collator("en", { numeric: true });
function tally(items, key) {
  const found = new Map();
  for (const item of items) for (const part of parts(item, key)) found.set(part, (found.get(part) || 0) + 1);
  return found;
}
function listed(items, key) {
  return [...tally(items, key)].sort(([a], [b]) => words.compare(a, b)).map(([v, n]) => [v, v || "not stated", n]);
}
function boxesFor(name, values, icon) {
  for (const [value, text, n] of values) {
    const box = el("input", { type: "checkbox", checked: true, name, value });
    box.addEventListener("change", () => {
      state.off[name][box.checked ? "delete" : "add"](value);
      limit = PAGE;
      refresh();
    });
    $(`by-${name}`).append(el("label", { class: "row" }, box, icon ? icon(value) : "",
      el("span", { class: "text" }, bdi(text)), el("span", { class: "n", textContent: n.toLocaleString("en") })));
  }
}
function legendLine(text, look) {
  return el("p", { class: "row key" }, lineIcon("occurred", look), el("span", { class: "text", textContent: text }));
}
function setFilters() {
  const groups = tally(nodes, "group");
  boxesFor("group", details.groups.filter(([key]) => groups.has(key)).map(([key, name]) => [key, name, groups.get(key)]), symbolIcon);
  const stati = tally(edges, "status");
  boxesFor("status", [...STATUS.keys(), ""].filter((key) => stati.has(key)).map((key) => [key, statusName(key), stati.get(key)]), lineIcon);
  boxesFor("kind", listed(nodes, "kind"));
  boxesFor("role", listed(edges, "role"));
  boxesFor("attribution", listed(edges, "attribution"));
  if (edges.some((edge) => edge.quoted)) $("keys").append(legendLine("only someone's quoted words", { quoted: true }));
  if (details.years.length) {
    $("keys").append(legendLine("may hold in the year chosen", { hatched: true, pale: true }),
      legendLine("date not stated", { pale: true }));
    [$("year-from").placeholder, $("year-to").placeholder] = details.years;
  }
  if (regions.length) $("regions").hidden = false;
  $("undated-n").textContent = edges.filter(undated).length.toLocaleString("en");
  for (const [id, name] of [["year-from", "from"], ["year-to", "to"]]) {
    $(id).addEventListener("input", () => {
      state[name] = Number.isNaN($(id).valueAsNumber) ? null : $(id).valueAsNumber;
      refresh();
    });
  }
  $("undated").addEventListener("input", () => { state.undated = $("undated").checked; refresh(); });
  $("reset").addEventListener("click", () => {
    for (const set of Object.values(state.off)) set.clear();
    Object.assign(state, { from: null, to: null, undated: true, focus: null, year: null });
    state.folded.clear();
    showFilters();
    refresh();
  });
}
// The controls say what the state says, also after a link has been followed.
function showFilters() {
  for (const box of document.querySelectorAll("#filters input[name]")) box.checked = !state.off[box.name].has(box.value);
  $("year-from").value = state.from ?? "";
  $("year-to").value = state.to ?? "";
  $("undated").checked = state.undated;
}
