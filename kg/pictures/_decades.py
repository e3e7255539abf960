"""In which decades an activity is shared by two actors, as far as is stated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import TypeAlias

from kg import period
from kg.errors import KGError
from kg.projection import Filter, ties
from kg.store import View

RULE = (
    "A tie stands in each decade in which both take part for at least a day. Where no period of "
    "the participation is stated, it stands in the decade in which the activity was launched, "
    "signed, founded or begun; where that is not stated either, it is left out."
)
_BEGUN = """SELECT ?thing (MIN(?day) AS ?first) { ?e sp:object ?thing ; sp:status status:occurred ;
    sp:onDate/sp:endLatest ?day ; a ?kind .
    VALUES ?kind { sp:Launch sp:Signing sp:Founding } } GROUP BY ?thing"""
Pair: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Placed:
    """Activities with their actors in each decade.

    Attributes:
        held: Decade → activity → actor → whether its part is certain.
        undated: How many shared activities have no decade.
        large: Labels of the activities with more actors than asked for, and how many each has.
    """

    held: dict[int, dict[str, dict[str, bool]]]
    undated: int
    large: tuple[tuple[str, int], ...]

    def pairs(self) -> Iterator[tuple[int, str, Pair, bool]]:
        """Yield decade, activity, pair of actors, and whether both take part for certain."""
        for decade in sorted(self.held):
            for activity, actors in sorted(self.held[decade].items()):
                for pair in combinations(sorted(actors), 2):
                    yield decade, activity, pair, all(actors[a] for a in pair)


def left_out(found: Placed) -> str:
    """Say which shared activities are left out, and why."""
    said = f"Left out: {found.undated} shared activities without any date"
    if not found.large:
        return f"{said}."
    names = ", ".join(f"{name} ({n})" for name, n in found.large)
    return f"{said}; those with so many actors that they would hide all others: {names}."


def placed(view: View, chosen: Filter, largest: int) -> Placed:
    """Put the ties of a filter into decades.

    Args:
        view: The documents that count.
        chosen: What counts as a tie; its years are not used.
        largest: Activities with more actors are left out: a body of n members makes n(n-1)/2 ties
            (Newman 2001, "Scientific collaboration networks. II", on large collaborations).

    Raises:
        KGError: If `largest` is less than two.
    """
    if largest < 2:
        raise KGError(f"largest={largest} leaves no tie", fix="ask for 2 or more")
    begun = {thing: date.fromisoformat(day) for thing, day in view.rows(_BEGUN) if day}
    held: dict[int, dict[str, dict[str, bool]]] = defaultdict(lambda: defaultdict(dict))
    shared: dict[str, set[str]] = defaultdict(set)
    dated: dict[str, set[str]] = defaultdict(set)
    for tie in ties(view, replace(chosen, from_year=None, to_year=None, dated_only=False)):
        shared[tie.activity].add(tie.actor)
        for decade, certain in _when(tie.edtf, begun.get(tie.activity), view.today):
            parts = held[decade][tie.activity]
            parts[tie.actor] = parts.get(tie.actor, False) or certain
            dated[tie.activity].add(tie.actor)
    lost = sum(len(actors) > 1 > len(dated[a]) - 1 for a, actors in shared.items())
    large = {a for a, actors in shared.items() if len(actors) > largest}
    kept = {d: {a: p for a, p in found.items() if a not in large} for d, found in held.items()}
    named = sorted((-len(shared[a]), view.label(a)) for a in large)
    return Placed({d: a for d, a in kept.items() if a}, lost, tuple((a, -n) for n, a in named))


def _when(edtf: str, begun: date | None, today: date) -> Iterator[tuple[int, bool]]:
    """Yield decades and whether the part in it is certain."""
    extent = period.parse(edtf) if edtf else None
    if extent is None or not (extent.start_earliest or extent.start_latest):
        if begun:
            yield begun.year // 10 * 10, True
        return
    first = extent.start_earliest or extent.start_latest
    sure = extent.start_latest or first
    last = extent.end_latest or (today if extent.open_end else extent.start_latest) or first
    surely = extent.end_earliest or (today if extent.open_end else sure)
    assert first and sure and last and surely  # noqa: S101
    for decade in range(first.year // 10 * 10, last.year + 1, 10):
        yield decade, sure.year < decade + 10 and surely.year >= decade
