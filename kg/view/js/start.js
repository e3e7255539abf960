// The page comes to life: first the picture, then what can wait.
function recolour(print = false) {
  applyTheme(print);
  network.redraw();
}
function setPage() {
  const click = { "zoom-in": () => zoom(1.3), "zoom-out": () => zoom(1 / 1.3), fit, all: () => { state.folded.clear(); focusOn(null); },
    "unfold-all": () => allRegions(true), "gather-all": () => allRegions(false),
    theme: () => { state.theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark"; recolour(); keepAddress(); } };
  for (const [id, action] of Object.entries(click)) $(id).addEventListener("click", action);
  dark.addEventListener("change", () => recolour());
  wide.addEventListener("change", () => { if (wide.matches) $("filters").open = true; });
  addEventListener("beforeprint", () => { printed(true); });
  addEventListener("afterprint", () => { printed(false); });
  addEventListener("hashchange", () => { if (location.hash.slice(1) !== written) restore(location.hash); });
}
// On paper the picture is a vector graphic with its legend and caption, then the links with their words.
function printed(on) {
  [paper, limit] = [on, on ? PAPER : PAGE];
  fillTable();
  recolour(on);
  if (on) palette.back = "#ffffff";
  $("caption").replaceChildren(...(on ? [svgPicture()] : []));
}
// Brings the page to the state that an address names.
function restore(address) {
  const view = fromAddress(address);
  const { chosen } = state;
  state.chosen = null;
  showFilters();
  applyTheme();
  $("panel").hidden = true;
  $("stage").classList.remove("open");
  refresh();
  fit();
  if (chosen) choose(chosen, { from: host, focus: false });
  if (!view) return;
  state.moved = true;
  network.moveTo({ position: { x: view[0], y: view[1] }, scale: view[2] });
}
$("filters").open = wide.matches;
start();
function start() {
  // The table and the address can wait for the first picture.
  work();
  applyTheme();
  setStage();
  fit();
  setFilters();
  setTime();
  setTable();
  setSearch();
  setSave();
  setKeys();
  setPage();
  showTools();
  showTime();
  count();
  if (location.hash.length > 1) restore(location.hash);
  else requestAnimationFrame(() => setTimeout(fillTable));
}
window.kgPage = { network, state, nodes, edges, regions, scene: () => sceneOf(viewNow()), svgText, positionsText, toAddress };
