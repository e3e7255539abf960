"""Participations that a filter keeps, read in bulk from the merge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from kg import columns, period, vocab
from kg.namespaces import RDF_TYPE, sp
from kg.period import Answer, Period
from kg.projection._filter import LEVELS, Filter
from kg.store import Key, View


class Tie(NamedTuple):
    """One claim that an actor takes part in an activity, as the filter sees it.

    Attributes:
        actor: IRI of the actor at the level of the projection.
        activity: IRI of the activity.
        claim: IRI of the claim.
        role: Slug of the role, or "".
        status: Slug of the status.
        edtf: Period, or "".
        certain: True when nothing stated leaves room for doubt that it falls in the time asked.
        via: IRI of the agency that acts for the actor, or "" for the actor's own tie.
    """

    actor: str
    activity: str
    claim: str
    role: str
    status: str
    edtf: str
    certain: bool
    via: str


@dataclass(slots=True)
class Reading:
    """Ties, sorted, and what must be said about how they were chosen.

    Attributes:
        ties: The ties kept.
        role_not_stated: Ties kept although their role is not stated.
        undated: Ties kept that have no date.
        unattached: Organisations that are not said to act for one state (level "state").
    """

    ties: list[Tie] = field(default_factory=list)
    role_not_stated: int = 0
    undated: int = 0
    unattached: int = 0


def instances(view: View, classes: Iterable[str]) -> set[str]:
    """Return the IRIs of the instances of some classes (IRIs, subclasses already listed)."""
    return {thing for cls in classes for thing in view.subjects(RDF_TYPE, cls)}


def ties(view: View, chosen: Filter, among: Container[str] | None = None) -> list[Tie]:
    """Return the ties that a filter keeps, sorted.

    Args:
        view: The documents that count.
        chosen: The filter.
        among: IRIs of the only activities to look at; None for all.
    """
    return read(view, chosen, among).ties


def read(view: View, chosen: Filter, among: Container[str] | None = None) -> Reading:
    """Return the ties that a filter keeps and the counts that its notes need.

    A claim without a stated start does not count before the first start that another claim states
    for the same actor in the same activity, and an undated one counts only when a dated one does.

    Args:
        view: The documents that count.
        chosen: The filter.
        among: IRIs of the only activities to look at; None for all.
    """
    all_of = _gathered(
        Key(view), replace(chosen, from_year=None, to_year=None, on=None, dated_only=False)
    )
    reading = Reading(unattached=all_of.unattached)
    times = _Times(view, chosen)
    for (participant, activity), claims in all_of.pairs.items():
        if among is not None and activity not in among:
            continue
        if times.miss(all_of.extents[participant, activity]):
            continue
        for claim, answer in times.kept(claims):
            reading.role_not_stated += not claim.role
            reading.undated += not claim.edtf
            reading.ties += [
                Tie(
                    actor=actor,
                    activity=activity,
                    claim=claim.claim,
                    role=claim.role,
                    status=claim.status,
                    edtf=claim.edtf,
                    certain=answer is Answer.YES,
                    via=via,
                )
                for actor, via in all_of.actors[participant]
            ]
    reading.ties.sort()
    return reading


_Pair: TypeAlias = "tuple[str, str]"
_Extent: TypeAlias = "tuple[date, date] | None"
_UNDATED = [""]


class _Claim(NamedTuple):
    claim: str
    role: str
    status: str
    edtf: str


class _Gathered(NamedTuple):
    """All that the filter keeps, whatever its time.

    Attributes:
        pairs: Participant and activity → their claims.
        extents: Participant and activity → first and last day that their claims can mean, or
            None where none is dated.
        actors: Participant → the nodes it stands for, with the agency through which, or "".
        unattached: Organisations that are not said to act for one state.
    """

    pairs: dict[_Pair, list[_Claim]]
    extents: dict[_Pair, _Extent]
    actors: dict[str, list[tuple[str, str]]]
    unattached: int


@lru_cache(maxsize=1)
def _gathered(key: Key, chosen: Filter) -> _Gathered:
    """Read once for all the times that an analysis looks at."""
    view, classes = key.view, chosen.class_iris()
    actors, unattached = _actors(view, chosen.level)
    activities = instances(view, classes) if classes else None
    pairs: dict[_Pair, list[_Claim]] = defaultdict(list)
    for actor, activity, claim in _participations(view, chosen):
        if actor in actors and (activities is None or activity in activities):
            pairs[actor, activity].append(claim)
    extents = {pair: _extent(claims) for pair, claims in pairs.items()}
    return _Gathered(pairs, extents, actors, unattached)


def _participations(view: View, chosen: Filter) -> Iterator[tuple[str, str, _Claim]]:
    """Yield actor, activity and claim of the participations whose role and status count."""
    activities, roles = columns.single(view, "inActivity"), columns.single(view, "role")
    statuses = _slugs(chosen.status_iris())
    known, wanted = columns.single(view, "status"), chosen.role_iris()
    slugs = _slugs(roles.values() if wanted is None else wanted)
    if wanted is None or chosen.roles is None:
        slugs[""] = ""
    periods, edtf = columns.several(view, "period"), columns.single(view, "edtf")
    for claim, actor in columns.single(view, "participant").items():
        role, status = slugs.get(roles.get(claim, "")), statuses.get(known.get(claim, ""))
        if role is not None and status is not None and claim in activities:
            for period_ in periods.get(claim, _UNDATED):
                said = _Claim(claim, role, status, edtf.get(period_, ""))
                yield actor, activities[claim], said


def _slugs(concepts: Iterable[str]) -> dict[str, str]:
    return {concept: concept.rsplit("/", 1)[-1] for concept in concepts}


def _extent(claims: list[_Claim]) -> _Extent:
    found = [period.parse(c.edtf) for c in claims if c.edtf]
    if not found:
        return None
    first = min(p.start_earliest or date.min for p in found)
    return first, max(p.end_latest or date.max for p in found)


def _actors(view: View, level: str) -> tuple[dict[str, list[tuple[str, str]]], int]:
    """Participant → the nodes it stands for; and how many organisations stand for none.

    An organisation that acts for several states would make partners of them all: it stands for
    none.
    """
    words = vocab.load()
    own = instances(view, words.subclasses(LEVELS[level]))
    found: dict[str, list[tuple[str, str]]] = {actor: [(actor, "")] for actor in own}
    if level == "agency":
        return found, 0
    unattached = 0
    for agency in instances(view, words.subclasses(LEVELS["agency"])):
        states = [s for s in view.objects(agency, sp("actsFor")) if s in own]
        found[agency] = [(state, agency) for state in states] if len(states) == 1 else []
        unattached += len(states) != 1
    return found, unattached


class _Times:
    """Periods of claims, and the days on which documents state them to be still true."""

    def __init__(self, view: View, chosen: Filter) -> None:
        self._chosen, self._window, self._latest = chosen, chosen.window, chosen.latest
        self._asked = chosen.timed or chosen.dated_only
        self._issued = _issue_days(Key(view)) if chosen.timed else {}

    def miss(self, extent: _Extent) -> bool:
        """Whether no claim of an extent can fall in the window asked for."""
        if not extent:
            return self._chosen.dated_only
        first, last = self._window or extent
        return extent[0] > last or extent[1] < first

    def kept(self, claims: list[_Claim]) -> Iterator[tuple[_Claim, Answer]]:
        """Yield the claims of one pair that can fall in the time asked for, with the answer."""
        if not self._asked:
            yield from ((claim, Answer.YES) for claim in claims)
            return
        found = [(c, self._when(c)) for c in claims if c.edtf]
        starts = [d for c, _ in found if (d := period.parse(c.edtf).start_earliest)]
        if self._latest and starts and self._latest < min(starts):
            found = []
        dated = [(c, answer) for c, answer in found if answer is not Answer.NO]
        yield from dated
        if dated or all(not c.edtf for c in claims):
            undated = [(c, self._when(c)) for c in claims if not c.edtf]
            yield from ((c, answer) for c, answer in undated if answer is not Answer.NO)

    def _when(self, claim: _Claim) -> Answer:
        day = self._issued.get(claim.claim, "") if claim.edtf.endswith("/..") else ""
        return _when(self._chosen, claim.edtf, day)


@lru_cache(maxsize=65536)
def _when(chosen: Filter, edtf: str, attested: str) -> Answer:
    extent: Period | None = period.parse(edtf) if edtf else None
    return chosen.when(extent, [date.fromisoformat(attested)] if attested else [])


def issue_days(view: View) -> dict[str, str]:
    """Return each claim with an open end and the latest day of issue of what supports it."""
    return _issue_days(Key(view))


@lru_cache(maxsize=1)
def _issue_days(key: Key) -> dict[str, str]:
    return {claim: days[-1] for claim, days in columns.open_ended(key.view).items()}
