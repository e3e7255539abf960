// The year: a slider and its play button. Lines appear and end; those that may hold are hatched.
const STEP = 800; // milliseconds a year
let playing = 0;

function setTime() {
  if (!details.years.length) return;
  $("time").hidden = false;
  [$("year").min, $("year").max] = details.years;
  $("year").addEventListener("input", () => { stopPlaying(); setYear($("year").valueAsNumber); });
  $("play").addEventListener("click", () => (playing ? stopPlaying() : startPlaying()));
  $("all-years").addEventListener("click", () => { stopPlaying(); setYear(null); });
}
function setYear(year) {
  state.year = year;
  refresh({ table: !playing });
  if (state.chosen && !isNode(state.chosen)) fillPanel(state.chosen);
  if (!playing) say($("year-words").textContent);
}
function startPlaying() {
  const [first, last] = details.years;
  const next = () => {
    if (state.year !== null && state.year >= last) stopPlaying();
    else setYear(state.year === null ? first : state.year + 1);
  };
  if (state.year !== null && state.year >= last) state.year = null;
  playing = setInterval(next, STEP);
  next();
  showTime();
}
function stopPlaying() {
  if (!playing) return;
  clearInterval(playing);
  playing = 0;
  fillTable();
  showTime();
  say($("year-words").textContent);
}
function showTime() {
  if (!details.years.length) return;
  const { year } = state;
  $("play").textContent = playing ? "❚❚" : "▶";
  $("play").setAttribute("aria-label", playing ? "Pause" : "Play the years");
  $("all-years").hidden = year === null;
  $("year").value = year ?? details.years[1];
  $("time").classList.toggle("off", year === null);
  const counted = { yes: 0, possible: 0, "not stated": 0 };
  for (const edge of edges) if (edge.kept) counted[edge.answer] += 1;
  $("year-words").textContent = year === null ? `All years, ${details.years[0]} to ${details.years[1]}`
    : `${year}: ${plural(counted.yes, "link")} held, ${counted.possible} may have, ${counted["not stated"]} not dated`;
  $("year").setAttribute("aria-valuetext", $("year-words").textContent);
}
