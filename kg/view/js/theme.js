// Colours: all of them stand in the style sheet; the canvas reads them from there.
let palette = {};

function readPalette() {
  const style = getComputedStyle(document.documentElement);
  const get = (name) => style.getPropertyValue(name).trim();
  palette = { ink: get("--ink"), soft: get("--soft"), back: get("--canvas"), rim: get("--rim"),
    accent: get("--accent"), focus: get("--focus"), bubble: get("--bubble"), groups: {}, lines: {} };
  for (const [key] of details.groups) palette.groups[key] = get(`--g-${key}`);
  for (const key of [...STATUS.keys(), "none"]) palette.lines[key] = get(`--s-${key}`);
}
const dark = matchMedia("(prefers-color-scheme: dark)");
function applyTheme(paper = false) {
  const theme = paper ? "light" : state.theme || (dark.matches ? "dark" : "light");
  document.documentElement.dataset.theme = theme;
  readPalette();
  if (!paper) $("theme").textContent = theme === "dark" ? "Light" : "Dark";
}
