"""Shortcuts by rule: what follows from the claims, marked by the graph it is put in.

Rules: dated links become plain triples (``?part sp:partOf ?whole``), roles become ``sp:leads`` and
the like, an event realises the plan that it fulfils, and claims that cannot both be true become
entries of the contradiction register.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg import conflicts, model
from kg.errors import Origin
from kg.model import Statement
from kg.namespaces import iri, sp
from kg.store import DERIVED, View

_RULE = Origin("rule")
_HELD = "FILTER(?status IN (status:ongoing, status:occurred))"
_PROVIDERS = (
    "provider", "module-provider", "instrument-provider", "vehicle-provider", "ground-provider",
    "data-provider", "crew-seat-provider",
)  # fmt: skip

_LINKS = f"""SELECT ?s ?p ?o {{ ?c a sp:Relation ; sp:relationSubject ?s ;
    sp:relationType ?p ; sp:relationObject ?o ; sp:status ?status . {_HELD} }}"""
_PARTICIPATES = f"""SELECT ?a ?m ?role {{ ?c sp:participant ?a ; sp:inActivity ?m ;
    sp:status ?status . {_HELD} OPTIONAL {{ ?c sp:role ?role }} }}"""
_PLANS = """SELECT ?p ?fact ?kind ?announced ?object ?name ?instrument {
    ?p a sp:PlannedEvent ; sp:ofFact ?fact ; sp:kind ?kind ; sp:announcedOn ?announced .
    OPTIONAL { ?p sp:object ?object } OPTIONAL { ?p sp:eventName ?name }
    OPTIONAL { ?p sp:instrument ?instrument } }"""
_EVENTS = """SELECT ?e ?fact ?kind ?day ?object ?name ?instrument {
    ?e sp:onDate/sp:endLatest ?day ; sp:ofFact ?fact ; sp:kind ?kind ;
       sp:status status:occurred .
    OPTIONAL { ?e sp:object ?object } OPTIONAL { ?e sp:eventName ?name }
    OPTIONAL { ?e sp:instrument ?instrument } }"""
_TYPES = """SELECT ?thing ?type { ?r a sp:Relation ; sp:relationType sp:ofType ;
    sp:relationSubject ?thing ; sp:relationObject ?type }"""


def derive(view: View) -> Iterator[Statement]:
    """Yield the shortcuts that follow from a view's claims, in a fixed order.

    Args:
        view: A view without its derived graph, or with it: derived triples are no premises.
    """
    yield from _links(view)
    yield from _participations(view)
    yield from _realized(view)
    yield from conflicts.register(view)


def shortcut(subject: str, predicate: str, value: str) -> Statement:
    """Return one derived triple."""
    return Statement(subject, iri(DERIVED), ((predicate, model.ref(value)),), _RULE)


def _links(view: View) -> Iterator[Statement]:
    for subject, relation, value in view.rows(_LINKS):
        yield shortcut(subject, relation, value)
        if relation == sp("partOf"):
            yield shortcut(value, sp("hasPart"), subject)


def _participations(view: View) -> Iterator[Statement]:
    providers = {iri("role:" + p) for p in _PROVIDERS}
    for actor, activity, role in view.rows(_PARTICIPATES):
        yield shortcut(actor, sp("participatesIn"), activity)
        if role == iri("role:lead"):
            yield shortcut(actor, sp("leads"), activity)
        if role in providers:
            yield shortcut(activity, sp("providedBy"), actor)
        if role == iri("role:operator"):
            yield shortcut(activity, sp("operatedBy"), actor)


@dataclass(slots=True)
class _Timed:
    """A plan or an event: what it is about, and the day it was announced or happened."""

    fact: str
    kind: str
    day: str
    objects: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    instruments: set[str] = field(default_factory=set)


def _realized(view: View) -> Iterator[Statement]:
    """The first event that fits a plan realises it; a later one of the same kind does not."""
    types: dict[str, set[str]] = defaultdict(set)
    for thing, kind in view.rows(_TYPES):
        types[thing].add(kind)
    about: dict[tuple[str, str], list[_Timed]] = defaultdict(list)
    for event in _timed(view, _EVENTS):
        said = {*event.objects, *event.names, *(t for o in event.objects for t in types[o])}
        for one in said:
            about[event.kind, one].append(event)
    first: dict[str, tuple[str, str]] = {}
    for plan in _timed(view, _PLANS):
        for wanted in plan.objects or plan.names:
            for event in about[plan.kind, wanted]:
                other = plan.instruments and event.instruments - plan.instruments
                if event.day >= plan.day and not other:
                    found = (event.day, event.fact)
                    first[plan.fact] = min(first.get(plan.fact, found), found)
    for fact, (_, happened) in sorted(first.items()):
        yield shortcut(happened, sp("realizes"), fact)


def _timed(view: View, query: str) -> Iterable[_Timed]:
    found: dict[str, _Timed] = {}
    for node, fact, kind, day, thing, name, instrument in view.rows(query):
        one = found.setdefault(node, _Timed(fact, kind, day))
        for value, values in (
            (thing, one.objects),
            (name, one.names),
            (instrument, one.instruments),
        ):
            if value:
                values.add(value)
    return found.values()
