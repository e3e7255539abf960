"""The contradiction register: claims of one fact that cannot all be true, found by rule.

Two calendar days that can be one instant in two time zones are no contradiction, nor are a time to
the minute and one to the second within it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import combinations

from kg import model, vocab
from kg.errors import Origin
from kg.model import Statement
from kg.namespaces import RDF_TYPE, iri, sp
from kg.store import DERIVED, View

_DAY = timedelta(days=1)
_ROUNDED, _CUT = timedelta(seconds=30), timedelta(seconds=59)
"""A time without seconds may be rounded, or have its seconds cut off."""
_EASTMOST, _WESTMOST = timedelta(hours=14), timedelta(hours=-12)
_LOW, _HIGH = datetime.min, datetime.max
_SEVERAL = """{ SELECT ?fact { ?c sp:ofFact ?fact } GROUP BY ?fact HAVING(COUNT(?c) > 1) }
    { SELECT ?claim ?fact { ?claim sp:ofFact ?fact } }"""
"""Facts with several claims: no other can contradict itself, and most of a table have one."""
_SINGLE = """SELECT ?fact ?claim ?property ?value {
    VALUES ?property { sp:value sp:lowerBound }
    ?claim sp:ofFact ?fact ; ?property ?value }"""
_MOMENTS = f"""SELECT ?fact ?claim ?first ?last ?instant ?zone {{ {_SEVERAL}
    OPTIONAL {{ SELECT ?claim ?on ?first ?last {{ {{ SELECT ?claim ?on {{ ?claim sp:onDate ?on }} }}
        OPTIONAL {{ SELECT ?on ?first {{ ?on sp:startEarliest ?first }} }}
        OPTIONAL {{ SELECT ?on ?last {{ ?on sp:endLatest ?last }} }} }} }}
    OPTIONAL {{ SELECT ?claim ?instant {{ ?claim sp:atTime ?instant }} }}
    FILTER(BOUND(?on) || BOUND(?instant)) OPTIONAL {{ ?claim sp:dateZone ?zone }} }}"""
_OFFICIAL = """SELECT ?claim { ?document sp:tier tier:official . ?evidence sp:document ?document .
    ?claim sp:evidence ?evidence ; sp:onDate ?on }"""
_PERIODS = f"""SELECT ?fact ?claim ?a ?b ?c ?d {{ {_SEVERAL}
    {{ SELECT ?claim ?p {{ ?claim sp:period ?p }} }}
    OPTIONAL {{ ?p sp:startEarliest ?a }} OPTIONAL {{ ?p sp:startLatest ?b }}
    OPTIONAL {{ ?p sp:endEarliest ?c }} OPTIONAL {{ ?p sp:endLatest ?d }} }}"""
_AGENTS = f"""SELECT ?fact ?claim ?agent {{ {_SEVERAL}
    {{ SELECT ?claim ?agent {{ ?claim sp:agent ?agent }} }} }}"""

_HEADS = """SELECT ?post ?day ?fact ?claim ?person { ?post a sp:HeadPost .
    ?claim sp:post ?post ; sp:attestedOn ?day ; sp:ofFact ?fact ; sp:person ?person }"""


@dataclass(slots=True)
class _Dated:
    claim: str
    low: datetime
    high: datetime
    exact: bool = False
    bounded: bool = False
    trusted: bool = False


def register(view: View) -> Iterator[Statement]:
    """Yield the entries of the contradiction register, sorted.

    Args:
        view: The documents that count.
    """
    found = [*_values(view), *_moments(view), *_extents(view), *_actors(view), *_heads(view)]
    for fact, prop, kind, claims in sorted(found):
        local = fact.rsplit("/", 1)[-1]
        body = [
            (RDF_TYPE, model.ref(sp("Conflict"))),
            (sp("conflictProperty"), model.ref(sp(prop))),
            (sp("conflictKind"), model.text(kind)),
            *((sp("concerns"), model.ref(c)) for c in sorted(set(claims))),
        ]
        node = iri(f"conflict:{local}.{prop}")
        yield Statement(node, iri(DERIVED), tuple(body), Origin("rule"))


Entry = tuple[str, str, str, tuple[str, ...]]


def _values(view: View) -> Iterator[Entry]:
    groups: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for fact, claim, prop, value in view.rows(_SINGLE):
        groups[fact, prop][claim].add(value)
    for (fact, prop), claims in groups.items():
        if len({frozenset(v) for v in claims.values()}) > 1:
            yield fact, prop.rsplit("#", 1)[-1], "different-values", tuple(claims)


def _moments(view: View) -> Iterator[Entry]:
    groups: dict[str, dict[str, _Dated]] = defaultdict(dict)
    official = {claim for (claim,) in view.rows(_OFFICIAL)}
    for fact, claim, first, last, instant, zone in view.rows(_MOMENTS):
        if first or last or instant:
            trusted = claim in official
            groups[fact][claim] = _dated(claim, first, last, instant, zone, trusted)
    for fact, dated in groups.items():
        apart = _apart(list(dated.values()), lambda d: (d.low, d.high))
        if apart:
            yield fact, "onDate", "different-dates", apart
        elif finer := _finer_than_trusted(list(dated.values())):
            yield fact, "onDate", "finer-than-official", finer


def _dated(claim: str, first: str, last: str, instant: str, zone: str, trusted: bool) -> _Dated:
    if instant:
        at = datetime.fromisoformat(instant.removesuffix("Z"))
        low, high = (at, at) if at.second else (at - _ROUNDED, at + _CUT)
        return _Dated(claim, low, high, exact=True, bounded=True, trusted=trusted)
    offset = _offset(zone)
    low = _shift(first, _LOW, -(offset if offset is not None else _EASTMOST))
    high = _shift(last, _HIGH, -(offset if offset is not None else _WESTMOST), end=True)
    return _Dated(claim, low, high, first == last != "", bool(first and last), trusted)


def _shift(day: str, missing: datetime, by: timedelta, *, end: bool = False) -> datetime:
    if not day:
        return missing
    at = datetime.combine(date.fromisoformat(day), time())
    return at + by + (_DAY - timedelta(seconds=1) if end else timedelta())


def _offset(zone: str) -> timedelta | None:
    if not zone:
        return None
    sign = -1 if zone.startswith("-") else 1
    hours, _, minutes = zone.lstrip("+-").partition(":")
    return sign * timedelta(hours=int(hours), minutes=int(minutes or 0))


def _apart(
    dated: Sequence[_Dated], span: Callable[[_Dated], tuple[datetime, datetime]]
) -> tuple[str, ...]:
    found: set[str] = set()
    for one, other in combinations(dated, 2):
        (a, b), (c, d) = span(one), span(other)
        if b < c or d < a:
            found |= {one.claim, other.claim}
    return tuple(sorted(found))


def _finer_than_trusted(dated: Sequence[_Dated]) -> tuple[str, ...]:
    vague = [d.claim for d in dated if d.trusted and not d.bounded]
    finer = [d.claim for d in dated if not d.trusted and d.exact]
    return tuple(sorted(vague + finer)) if vague and finer else ()


def _extents(view: View) -> Iterator[Entry]:
    sides: dict[tuple[str, str], list[_Dated]] = defaultdict(list)
    for fact, claim, a, b, c, d in view.rows(_PERIODS):
        for side, first, last in (("start", a, b), ("end", c, d)):
            if first or last:
                low, high = _shift(first, _LOW, timedelta()), _shift(last, _HIGH, timedelta())
                sides[fact, side].append(_Dated(claim, low, high))
    for (fact, side), dated in sides.items():
        if apart := _apart(dated, lambda d: (d.low, d.high)):
            yield fact, "period", f"different-{side}s", apart


def _actors(view: View) -> Iterator[Entry]:
    groups: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for fact, claim, agent in view.rows(_AGENTS):
        groups[fact][claim].add(agent)
    for fact, claims in groups.items():
        pairs = combinations(sorted(claims), 2)
        apart = {c for one, other in pairs if not claims[one] & claims[other] for c in (one, other)}
        if any(_is_event(view, claim) for claim in apart):
            yield fact, "agent", "different-actors", tuple(sorted(apart))


def _is_event(view: View, claim: str) -> bool:
    return any(vocab.load().is_a(cls, "Event") for cls in view.types(claim))


def _heads(view: View) -> Iterator[Entry]:
    """Two persons at the head of one body on one day, each by a document of that day."""
    groups: dict[tuple[str, str], dict[str, tuple[str, str]]] = defaultdict(dict)
    for post, day, fact, claim, person in view.rows(_HEADS):
        groups[post, day][claim] = fact, person
    for claims in groups.values():
        if len({person for _, person in claims.values()}) > 1:
            yield (
                min(fact for fact, _ in claims.values()),
                "person",
                "different-heads",
                tuple(claims),
            )
