"""Participations that a filter keeps, read in bulk from the merge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg import period, vocab
from kg.namespaces import RDF_TYPE, sp
from kg.period import Answer, Period
from kg.projection._filter import LEVELS, Filter
from kg.store import Key, View

_PARTICIPATIONS = """SELECT ?claim ?actor ?activity ?role ?status ?edtf {
    { SELECT ?claim ?status { VALUES ?status { %s } ?claim sp:status ?status } }
    { SELECT ?claim ?actor { ?claim sp:participant ?actor } }
    { SELECT ?claim ?activity { ?claim sp:inActivity ?activity } }
    OPTIONAL { SELECT ?claim ?role { ?claim sp:role ?role } }
    FILTER(%s)
    OPTIONAL { { SELECT ?claim ?period { ?claim sp:period ?period } }
        { SELECT ?period ?edtf { ?period sp:edtf ?edtf } } } }"""
"""Columns that are joined in the engine: claim after claim is ten times slower."""
_OPEN = """SELECT ?claim ?day {
    { SELECT ?time { ?time sp:edtf ?edtf FILTER(STRENDS(STR(?edtf), "/..")) } }
    { { SELECT ?claim ?time { ?claim sp:period ?time } }
        UNION { SELECT ?claim ?time { ?claim sp:onDate ?time } }
        UNION { SELECT ?claim ?time { ?claim sp:plannedFor ?time } } }
    { SELECT ?claim ?place { ?claim sp:evidence ?place } }
    { SELECT ?place ?document { ?place sp:document ?document } }
    { SELECT ?document ?day { ?document sp:issuedLatest ?day } } }"""


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


def column(view: View, name: str) -> dict[str, str]:
    """Return subject → value of a property of ours that has one value, in bulk."""
    prop = ox.NamedNode(sp(name))
    quads: Iterable[Any] = view.store.quads_for_pattern(None, prop, None, ox.DefaultGraph())
    return {q.subject.value: q.object.value for q in quads}


def instances(view: View, classes: Iterable[str]) -> set[str]:
    """Return the IRIs of the instances of some classes (IRIs, subclasses already listed)."""
    return {thing for cls in classes for thing in view.subjects(RDF_TYPE, cls)}


def ties(view: View, chosen: Filter) -> list[Tie]:
    """Return the ties that a filter keeps, sorted.

    Args:
        view: The documents that count.
        chosen: The filter.
    """
    return read(view, chosen).ties


def read(view: View, chosen: Filter) -> Reading:
    """Return the ties that a filter keeps and the counts that its notes need.

    A claim without a stated start does not count before the first start that another claim states
    for the same actor in the same activity, and an undated one counts only when a dated one does.

    Args:
        view: The documents that count.
        chosen: The filter.
    """
    reading = Reading()
    actors = _actors(view, chosen, reading)
    times = _Times(view, chosen)
    pairs: dict[tuple[str, str], list[_Claim]] = defaultdict(list)
    for claim in _claims(view, chosen, actors):
        pairs[claim.participant, claim.activity].append(claim)
    for claims in pairs.values():
        for claim, answer in _answers(claims, chosen, times):
            reading.role_not_stated += not claim.role
            reading.undated += not claim.edtf
            reading.ties += [
                Tie(
                    actor=actor,
                    activity=claim.activity,
                    claim=claim.claim,
                    role=claim.role,
                    status=claim.status,
                    edtf=claim.edtf,
                    certain=answer is Answer.YES,
                    via=via,
                )
                for actor, via in actors[claim.participant]
            ]
    reading.ties.sort()
    return reading


class _Claim(NamedTuple):
    participant: str
    activity: str
    claim: str
    role: str
    status: str
    edtf: str


def _claims(view: View, chosen: Filter, actors: Collection[str]) -> Iterator[_Claim]:
    """Yield the claims that the filter keeps, whatever their time."""
    classes = chosen.class_iris()
    kept_activities = instances(view, classes) if classes else None
    for claim in _participations(Key(view), _question(chosen)):
        known = kept_activities is None or claim.activity in kept_activities
        if known and claim.participant in actors:
            yield claim


@lru_cache(maxsize=1)
def _participations(key: Key, question: str) -> list[_Claim]:
    """Read once for all the times that an analysis looks at."""
    found = []
    for row in key.view.select(question):
        claim, actor, activity, role, status, edtf = (t.value if t else "" for t in row)
        slug, how = role.rsplit("/", 1)[-1], status.rsplit("/", 1)[-1]
        found.append(_Claim(actor, activity, claim, slug, how, edtf))
    return found


def _question(chosen: Filter) -> str:
    """The participations of a role and a status that count: of others no term is looked up."""
    statuses = " ".join(f"<{s}>" for s in sorted(chosen.status_iris()))
    roles = chosen.role_iris()
    if roles is None:
        return _PARTICIPATIONS % (statuses, "true")
    counts = f"?role IN ({', '.join(f'<{r}>' for r in sorted(roles))})"
    return _PARTICIPATIONS % (
        statuses,
        f"!BOUND(?role) || {counts}" if chosen.roles is None else f"BOUND(?role) && {counts}",
    )


def _answers(
    claims: list[_Claim], chosen: Filter, times: _Times
) -> Iterator[tuple[_Claim, Answer]]:
    """Yield the claims of one pair that can fall in the time asked for, with the answer."""
    if not chosen.timed and not chosen.dated_only:
        yield from ((claim, Answer.YES) for claim in claims)
        return
    found = [(c, times.when(c.claim, c.edtf)) for c in claims if c.edtf]
    starts = [d for c, _ in found if (d := period.parse(c.edtf).start_earliest)]
    if starts and chosen.latest and chosen.latest < min(starts):
        found = []
    dated = [(c, answer) for c, answer in found if answer is not Answer.NO]
    yield from dated
    if dated or all(not c.edtf for c in claims):
        undated = [(c, times.when(c.claim, "")) for c in claims if not c.edtf]
        yield from ((c, answer) for c, answer in undated if answer is not Answer.NO)


def _actors(view: View, chosen: Filter, reading: Reading) -> dict[str, list[tuple[str, str]]]:
    """Participant → the node it stands for, with the agency through which, or "".

    An organisation that acts for several states would make partners of them all: it stands for
    none.
    """
    words = vocab.load()
    own = instances(view, words.subclasses(LEVELS[chosen.level]))
    found: dict[str, list[tuple[str, str]]] = {actor: [(actor, "")] for actor in own}
    if chosen.level == "agency":
        return found
    for agency in instances(view, words.subclasses(LEVELS["agency"])):
        states = [s for s in view.objects(agency, sp("actsFor")) if s in own]
        found[agency] = [(state, agency) for state in states] if len(states) == 1 else []
        reading.unattached += len(states) != 1
    return found


class _Times:
    """Periods of claims, and the days on which documents state them to be still true."""

    def __init__(self, view: View, chosen: Filter) -> None:
        self._chosen = chosen
        self._issued = issue_days(view) if chosen.timed else {}

    def when(self, claim: str, edtf: str) -> Answer:
        if not self._chosen.timed and not self._chosen.dated_only:
            return Answer.YES
        day = self._issued.get(claim, "") if edtf.endswith("/..") else ""
        return _when(self._chosen, edtf, day)


@lru_cache(maxsize=65536)
def _when(chosen: Filter, edtf: str, attested: str) -> Answer:
    extent: Period | None = period.parse(edtf) if edtf else None
    return chosen.when(extent, [date.fromisoformat(attested)] if attested else [])


def issue_days(view: View) -> dict[str, str]:
    """Return each claim with an open end and the latest day of issue of what supports it."""
    found: dict[str, str] = defaultdict(str)
    for claim, day in view.select(_OPEN):
        found[claim.value] = max(found[claim.value], day.value)
    return found
