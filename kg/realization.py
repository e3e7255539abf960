"""Which event realises which plan, by the rules of `ontology/realizes.toml`."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg import resources, vocab
from kg.errors import InputError, Origin, suggest
from kg.namespaces import iri, sp
from kg.store import View

NAME = "realizes.toml"
_KEYS = {"id", "kinds", "shares", "equal", "agrees", "window"}
_PLANS = """SELECT ?c ?fact ?kind ?announced ?first ?last {
    ?c a sp:PlannedEvent ; sp:ofFact ?fact ; sp:kind ?kind ; sp:announcedOn ?announced .
    OPTIONAL { ?c sp:plannedFor ?window OPTIONAL { ?window sp:startEarliest ?first }
               OPTIONAL { ?window sp:endLatest ?last } } }"""
_TYPES = """SELECT ?thing ?type { ?r a sp:Relation ; sp:relationType sp:ofType ;
    sp:relationSubject ?thing ; sp:relationObject ?type }"""


@dataclass(frozen=True, slots=True)
class Rule:
    """When an event realises a plan.

    Attributes:
        id: Its name.
        kinds: Local names of kinds of event; "*" for every kind.
        shares: Properties; the first that the plan states decides.
        equal: Properties in which both must have the same values.
        agrees: Properties that may be missing in the event, but must not differ.
        window: Whether the event must be able to lie in the window of the plan.
    """

    id: str
    kinds: frozenset[str]
    shares: tuple[str, ...]
    equal: tuple[str, ...] = ()
    agrees: tuple[str, ...] = ()
    window: bool = False

    def fits(self, plan: _Timed, event: _Timed) -> bool:
        """Say whether an event that shares a thing with a plan realises it."""
        if any(plan.parts.get(p) != event.parts.get(p) for p in self.equal):
            return False
        for name in self.agrees:
            wanted = plan.parts.get(name)
            if wanted and event.parts.get(name, set()) - wanted:
                return False
        return event.day >= plan.day and (not self.window or _overlap(plan, event))


@dataclass(slots=True)
class _Timed:
    """A plan or an event: its fact, the day it was announced or happened, its bounds, its parts."""

    fact: str
    kind: str
    day: str
    first: str
    last: str
    parts: dict[str, set[str]] = field(default_factory=dict)


def _overlap(plan: _Timed, event: _Timed) -> bool:
    """A plan without days cannot tell which of several events it meant."""
    starts = not event.first or event.first <= plan.last
    return bool(plan.first and plan.last) and starts and event.last >= plan.first


def load(path: Path | None = None) -> tuple[Rule, ...]:
    """Read the rules.

    Args:
        path: The file; by default that of the ontology.

    Raises:
        InputError: If it is no TOML, or a key, a kind or a property is unknown.
    """
    path = path or resources.ontology() / NAME
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"no file of rules: {error}", origin=Origin(str(path))) from None
    return tuple(_rule(given, Origin(str(path))) for given in content.get("rule", []))


def _rule(given: Mapping[str, Any], where: Origin) -> Rule:
    words = vocab.load()
    for name, value, known in (
        *(("key", key, _KEYS) for key in given),
        *(("kind", kind, {"*", *words.classes}) for kind in given.get("kinds", [])),
        *(("property", p, words.properties) for k in ("shares", "equal", "agrees")
          for p in given.get(k, [])),
    ):  # fmt: skip
        if value not in known:
            message = f"rule '{given.get('id', '?')}': unknown {name} '{value}'"
            raise InputError(message, origin=where, fix=suggest(value, known))
    if not given.get("shares"):
        fix = "add shares = [...]"
        raise InputError(f"rule '{given.get('id', '?')}' shares nothing", origin=where, fix=fix)
    lists = {k: tuple(given.get(k, ())) for k in ("shares", "equal", "agrees")}
    kinds = frozenset(given.get("kinds", ["*"]))
    return Rule(str(given.get("id", "?")), kinds, window=bool(given.get("window")), **lists)


def realized(view: View, rules: tuple[Rule, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield the fact of an event and the fact of the plan that it realises, sorted by plan.

    Args:
        view: The documents that count.
        rules: By default those of the ontology.
    """
    rules = rules or load()
    types: dict[str, set[str]] = defaultdict(set)
    for thing, kind in view.rows(_TYPES):
        types[thing].add(kind)
    plans = _plans(view, rules)
    events = _events(view, rules, plans, types)
    first: dict[str, tuple[str, str]] = {}
    for rule in rules:
        about = _index(rule, events, types)
        for plan in plans:
            for event in _sharing(rule, plan, about):
                if rule.fits(plan, event):
                    found = (event.day, event.fact)
                    first[plan.fact] = min(first.get(plan.fact, found), found)
    for fact, (_, happened) in sorted(first.items()):
        yield happened, fact


Index = dict[tuple[str, str, str], list[_Timed]]


def _index(rule: Rule, events: list[_Timed], types: Mapping[str, set[str]]) -> Index:
    """Kind, property and value → events; what a thing is a flight of counts as the thing."""
    about: Index = defaultdict(list)
    for event in events:
        for name in rule.shares:
            values = event.parts.get(name, set())
            for value in values | {t for v in values for t in types.get(v, ())}:
                about[event.kind, name, value].append(event)
    return about


def _sharing(rule: Rule, plan: _Timed, about: Index) -> Iterator[_Timed]:
    kind = plan.kind.rsplit("#", 1)[-1]
    if "*" not in rule.kinds and kind not in rule.kinds:
        return
    name = next((n for n in rule.shares if plan.parts.get(n)), "")
    for value in sorted(plan.parts.get(name, ())):
        yield from about.get((plan.kind, name, value), ())


def _plans(view: View, rules: tuple[Rule, ...]) -> list[_Timed]:
    found: dict[str, _Timed] = {}
    for node, fact, kind, day, first, last in view.rows(_PLANS):
        if node not in found:
            parts = _parts(view.described(node), rules)
            found[node] = _Timed(fact, kind, day, first, last, parts)
    return list(found.values())


def _parts(said: Mapping[str, list[str]], rules: tuple[Rule, ...]) -> dict[str, set[str]]:
    wanted = {p for rule in rules for p in (*rule.shares, *rule.equal, *rule.agrees)}
    return {p: set(said[sp(p)]) for p in sorted(wanted) if sp(p) in said}


def _events(
    view: View, rules: tuple[Rule, ...], plans: list[_Timed], types: Mapping[str, set[str]]
) -> list[_Timed]:
    """Return what happened and shares something with a plan: of a table of launches, hardly any."""
    flights: dict[str, set[str]] = defaultdict(set)
    for thing, kinds in types.items():
        for kind in kinds:
            flights[kind].add(thing)
    shared = {
        (name, thing)
        for name in {p for rule in rules for p in rule.shares}
        for plan in plans
        for value in plan.parts.get(name, ())
        for thing in {value} | flights.get(value, set())
    }
    kinds = {plan.kind for plan in plans}
    nodes = {node for name, value in shared for node in view.holders(sp(name), value)}
    found = (_event(view, node, kinds, rules) for node in sorted(nodes))
    return [event for event in found if event]


def _event(view: View, node: str, kinds: set[str], rules: tuple[Rule, ...]) -> _Timed | None:
    said = view.described(node)
    kind, day = (min(said.get(sp(name), [""])) for name in ("kind", "onDate"))
    if kind not in kinds or not day or iri("status:occurred") not in said.get(sp("status"), ()):
        return None
    last, first = view.value(day, sp("endLatest")), view.value(day, sp("startEarliest"))
    fact = min(said.get(sp("ofFact"), [""]))
    return _Timed(fact, kind, last, first, last, _parts(said, rules)) if last else None
