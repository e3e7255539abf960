// Search by label, without accents and case, as a combobox with a list.
let hits = [];
let active = -1;
function showHits() {
  const text = fold($("search").value.trim());
  const found = (node) => node.kept && (node.key ??= fold(node.label)).includes(text);
  hits = !text ? [] : byWeight.filter(found)
    .sort((m, n) => Number(n.key.startsWith(text)) - Number(m.key.startsWith(text))).slice(0, 12);
  active = hits.length ? 0 : -1;
  $("hits").replaceChildren(...hits.map((node, i) => {
    const item = el("li", { id: `hit-${i}`, role: "option" }, symbolIcon(node.group),
      el("span", {}, bdi(node.label), el("small", {}, bdi(node.kind))));
    item.addEventListener("mousedown", (event) => { event.preventDefault(); take(node); });
    return item;
  }));
  if (text && !hits.length) $("hits").append(el("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false", textContent: "No item on the page has this name." }));
  $("hits").hidden = !text;
  $("search").setAttribute("aria-expanded", String(Boolean(text)));
  pointAt();
}
function pointAt() {
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
function setSearch() {
  $("search").addEventListener("input", showHits);
  $("search").addEventListener("focus", () => { if ($("search").value) showHits(); });
  $("search").addEventListener("blur", hideHits);
  $("search").addEventListener("keydown", (event) => {
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && hits.length) {
      event.preventDefault();
      active = (active + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length;
      pointAt();
    } else if (event.key === "Enter" && active >= 0 && !$("hits").hidden) {
      event.preventDefault();
      take(hits[active]);
    } else if (event.key === "Escape" && !$("hits").hidden) {
      event.stopPropagation();
      hideHits();
    }
  });
}
