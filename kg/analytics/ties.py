"""Bilateral ties by year and by theme."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache
from itertools import combinations

from kg.analytics import _cells, _options
from kg.analytics._options import Plain
from kg.errors import KGError
from kg.projection import Filter, Tie, years
from kg.projection import ties as read_ties
from kg.store import View
from kg.table import NOT_STATED, Cell, Table

KEPT = True
"""Kept beside a large store, with what it says by default."""

DEFINITION = (
    "a tie = one activity that two actors share; it belongs to a year when each of the two takes "
    "part in it on at least one day of the year; certain = nothing stated leaves room for doubt, "
    "possible = an uncertain start or end may exclude the year (an open end is certain up to the "
    "day of issue of its document); ties without any date stand in a row of their own; an activity "
    "with several themes counts under each"
)
_Key = tuple[str, str]
_LONGEST = 200


def run(
    view: View, *, actor: str = "", other: str = "", theme: str = "", **filters: Plain
) -> Table:
    """Count shared activities by year and theme.

    Args:
        view: The documents that count.
        actor: Only ties of this actor, one row a partner; all pairs summed up when empty.
        other: Only ties with this partner. Needs `actor`.
        theme: Slug of the only theme to show; all when empty.
        **filters: Options of :class:`kg.projection.Filter`; years run from `from_year` (default:
            the first stated start) to `to_year` (default: the day of the view).

    Returns:
        One row a pair (or "all pairs"), theme and year: how many ties are certain, how many only
        possible, and the activities.

    Raises:
        KGError: If an option is unknown, or a name means nothing.
    """
    chosen = _options.filter_of(filters, ("actor", "other", "theme"))
    if other and not actor:
        raise KGError("a partner without actor", fix="give actor= too")
    one, two = _options.entity(view, actor), _options.entity(view, other)
    everything = replace(chosen, from_year=None, to_year=None)
    themes = _themes(view)
    _check_theme(theme, themes)
    cells = _Cells(view, one, two, theme, themes)
    undated = replace(everything, dated_only=False)
    found = read_ties(view, undated)
    first, last = span(view, chosen, found)
    shared = _shared(found)
    for year in range(first, last + 1):
        window = replace(everything, from_year=year, to_year=year, dated_only=True)
        cells.add(str(year), read_ties(view, window, among=shared))
    if not chosen.dated_only:
        cells.add(NOT_STATED, _wholly_undated(found))
    columns = ("pair", "theme", "year", "certain", "possible", "activities", "document")
    more = (
        f"edge rule: {everything.rule()}",
        f"level: {chosen.level}; years {first} to {last}",
    )
    title = "Bilateral ties by year and theme"
    return Table(columns, tuple(cells.rows()), title, _cells.notes(view, DEFINITION, *more))


def span(view: View, chosen: Filter, found: list[Tie]) -> tuple[int, int]:
    """Return the first and the last year to count, the last before the first when there is none.

    Args:
        view: Its `today` ends the count.
        chosen: Its years, where given, bound the count.
        found: The ties.

    Raises:
        KGError: If that is more years than a table should have.
    """
    starts = [a for t in found if t.edtf and (a := years(t.edtf)[0])]
    last = chosen.to_year or view.today.year
    first = chosen.from_year or min(starts, default=last + 1)
    if last - first > _LONGEST:
        raise KGError(f"{last - first} years are too many", fix="give from_year= and to_year=")
    return first, last


def _shared(found: list[Tie]) -> frozenset[str]:
    """Return the activities of two actors or more: others make no pair."""
    actors = Counter(activity for _, activity in {(t.actor, t.activity) for t in found})
    return frozenset(activity for activity, count in actors.items() if count > 1)


def _wholly_undated(found: list[Tie]) -> list[Tie]:
    dated = {(t.actor, t.activity) for t in found if t.edtf}
    return [t._replace(certain=False) for t in found if (t.actor, t.activity) not in dated]


def _themes(view: View) -> dict[str, list[str]]:
    """Activity → labels and slugs of its themes."""
    query = "SELECT ?x ?theme { ?x sp:topic ?theme }"
    found: dict[str, list[str]] = defaultdict(list)
    for thing, theme in view.rows(query):
        found[thing].append(theme)
    return found


def _check_theme(theme: str, themes: dict[str, list[str]]) -> None:
    if theme:
        known = sorted({t.rsplit("/", 1)[-1] for found in themes.values() for t in found})
        _options.choice("theme", theme, known)


class _Cells:
    """Fills the cells of the matrix."""

    def __init__(
        self, view: View, one: str, two: str, theme: str, themes: dict[str, list[str]]
    ) -> None:
        self._label = cache(view.label)
        self._view, self._one, self._two = view, one, two
        self._theme, self._themes = theme, themes
        self._surely: dict[tuple[str, str, str], set[tuple[str, _Key]]] = defaultdict(set)
        self._maybe: dict[tuple[str, str, str], set[tuple[str, _Key]]] = defaultdict(set)
        self._claims: dict[tuple[str, str, str], set[str]] = defaultdict(set)

    def add(self, year: str, found: list[Tie]) -> None:
        """Count the ties of a year."""
        by_activity: dict[str, dict[str, list[Tie]]] = defaultdict(lambda: defaultdict(list))
        for tie in found:
            by_activity[tie.activity][tie.actor].append(tie)
        for activity, actors in sorted(by_activity.items()):
            for pair in combinations(sorted(actors), 2):
                if self._wanted(pair):
                    self._count(year, activity, pair, [t for a in pair for t in actors[a]])

    def _wanted(self, pair: _Key) -> bool:
        return all(end in pair for end in (self._one, self._two) if end)

    def _count(self, year: str, activity: str, pair: _Key, found: list[Tie]) -> None:
        certain = all(any(t.certain for t in found if t.actor == a) for a in pair)
        for theme in self._themes.get(activity, [""]):
            if self._theme and theme.rsplit("/", 1)[-1] != self._theme:
                continue
            key = (self._pair(pair), self._label(theme) if theme else NOT_STATED, year)
            (self._surely if certain else self._maybe)[key].add((activity, pair))
            self._claims[key] |= {t.claim for t in found}

    def _pair(self, pair: _Key) -> str:
        if not self._one:
            return "all pairs"
        partner = pair[1] if pair[0] == self._one else pair[0]
        return f"{self._label(self._one)} – {self._label(partner)}"

    def rows(self) -> list[tuple[Cell, ...]]:
        """Return the rows: pair, theme, year; the undated last of each theme."""
        documents = _cells.Documents(self._view)
        rows: list[tuple[Cell, ...]] = []
        for key in sorted(self._claims):
            surely, maybe = self._surely.get(key, set()), self._maybe.get(key, set())
            names = tuple(sorted({self._label(m) for m, _ in surely | maybe}))
            counts = (str(len(surely)), str(len(maybe)))
            rows.append((*key, *counts, names, documents.of(self._claims[key])))
        return rows
