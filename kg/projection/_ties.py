"""Participations that a filter keeps, read in bulk from the merge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from kg import columns, period, vocab
from kg.namespaces import RDF_TYPE, sp
from kg.period import Answer
from kg.projection._filter import LEVELS, Filter
from kg.projection._participations import participations
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


def ties(view: View, chosen: Filter, among: frozenset[str] | None = None) -> list[Tie]:
    """Return the ties that a filter keeps, sorted.

    Args:
        view: The documents that count.
        chosen: The filter.
        among: IRIs of the only activities to look at; None for all.
    """
    return read(view, chosen, among).ties


def read(view: View, chosen: Filter, among: frozenset[str] | None = None) -> Reading:
    """Return the ties that a filter keeps and the counts that its notes need.

    A claim without a stated start does not count before the first start that another claim states
    for the same actor in the same activity, and an undated one counts only when a dated one does.

    Args:
        view: The documents that count.
        chosen: The filter.
        among: IRIs of the only activities to look at; None for all.
    """
    whenever = replace(chosen, from_year=None, to_year=None, on=None, dated_only=False)
    all_of = _gathered(Key(view), whenever)
    reading = Reading(unattached=all_of.unattached)
    for alike in _all_alike(Key(view), whenever, among):
        kept = _fitting(chosen, alike)
        for participant, activity in alike.pairs if kept else ():
            claims = all_of.pairs[participant, activity]
            for place, answer in kept:
                claim, role, status, edtf = claims[place]
                reading.role_not_stated += not role
                reading.undated += not edtf
                certain = answer is Answer.YES
                reading.ties += [
                    Tie(actor, activity, claim, role, status, edtf, certain, via)
                    for actor, via in all_of.actors[participant]
                ]
    reading.ties.sort()
    return reading


_Pair: TypeAlias = "tuple[str, str]"


class _Claim(NamedTuple):
    claim: str
    role: str
    status: str
    edtf: str


class _Gathered(NamedTuple):
    """All that the filter keeps, whatever its time.

    Attributes:
        pairs: Participant and activity → their claims.
        actors: Participant → the nodes it stands for, with the agency through which, or "".
        unattached: Organisations that are not said to act for one state.
    """

    pairs: dict[_Pair, list[_Claim]]
    actors: dict[str, list[tuple[str, str]]]
    unattached: int


@lru_cache(maxsize=1)
def _gathered(key: Key, chosen: Filter) -> _Gathered:
    """Read once for all the times that an analysis looks at."""
    view, classes = key.view, chosen.class_iris()
    actors, unattached = _actors(view, chosen.level)
    activities = instances(view, classes) if classes else None
    pairs: dict[_Pair, list[_Claim]] = defaultdict(list)
    for actor, activity, *said in participations(view, chosen):
        if actor in actors and (activities is None or activity in activities):
            pairs[actor, activity].append(_Claim(*said))
    return _Gathered(pairs, actors, unattached)


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


class _Alike(NamedTuple):
    """Participants in activities whose claims have the same times.

    Attributes:
        moments: Of each claim the period, and until when an open end is stated.
        extent: First and last day that the claims can mean, or None where none is dated.
        pairs: Participants and activities.
    """

    moments: tuple[tuple[str, str], ...]
    extent: tuple[date, date] | None
    pairs: list[_Pair]


@lru_cache(maxsize=2)
def _all_alike(key: Key, chosen: Filter, among: frozenset[str] | None) -> list[_Alike]:
    """Group what has the same times: many an activity has those of many others."""
    issued = _issue_days(key)
    found: dict[tuple[tuple[str, str], ...], list[_Pair]] = defaultdict(list)
    for pair, claims in _gathered(key, chosen).pairs.items():
        if among is None or pair[1] in among:
            found[tuple((c.edtf, issued.get(c.claim, "")) for c in claims)].append(pair)
    return [_Alike(moments, _extent(moments), pairs) for moments, pairs in found.items()]


def _extent(moments: Iterable[tuple[str, str]]) -> tuple[date, date] | None:
    found = [period.parse(edtf) for edtf, _ in moments if edtf]
    if not found:
        return None
    first = min(p.start_earliest or date.min for p in found)
    return first, max(p.end_latest or date.max for p in found)


def _fitting(chosen: Filter, alike: _Alike) -> list[tuple[int, Answer]]:
    """Return the places of the claims that can fall in the time asked for, with the answer."""
    window, moments = chosen.window, alike.moments
    if not (chosen.timed or chosen.dated_only):
        return [(n, Answer.YES) for n in range(len(moments))]
    if window and alike.extent and (alike.extent[0] > window[1] or alike.extent[1] < window[0]):
        return []
    found = [(n, _when(chosen, *moment)) for n, moment in enumerate(moments) if moment[0]]
    starts = [d for edtf, _ in moments if edtf and (d := period.parse(edtf).start_earliest)]
    if chosen.latest and starts and chosen.latest < min(starts):
        found = []
    dated: list[tuple[int, Answer]] = [(n, a) for n, a in found if a is not Answer.NO]
    undated = [n for n, (edtf, _) in enumerate(moments) if not edtf]
    if dated or len(undated) == len(moments):
        answer = _when(chosen, "", "")
        dated += [(n, answer) for n in undated if answer is not Answer.NO]
    return dated


@lru_cache(maxsize=65536)
def _when(chosen: Filter, edtf: str, day: str) -> Answer:
    attested = [date.fromisoformat(day)] if day and edtf.endswith("/..") else []
    return chosen.when(period.parse(edtf) if edtf else None, attested)


def issue_days(view: View) -> dict[str, str]:
    """Return each claim with an open end and the latest day of issue of what supports it."""
    return _issue_days(Key(view))


@lru_cache(maxsize=1)
def _issue_days(key: Key) -> dict[str, str]:
    return {claim: days[-1] for claim, days in columns.open_ended(key.view).items()}
