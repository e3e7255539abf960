"""An invented world of any size, in our vocabulary; the same every time."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator

from kg import model
from kg.errors import Origin
from kg.model import Statement
from kg.namespaces import RDF_TYPE, RDFS_LABEL, iri, sp

Value = tuple[str, str, str]  # predicate, kind ("ref", "en", "" or a datatype), value
Node = tuple[str, str, list[Value]]  # subject, graph, values
_ORIGIN = Origin("world")
_ROLES = ("lead", "partner", "partner", "partner", "data-provider", "instrument-provider")
_STATUS = (*("ongoing",) * 16, *("occurred",) * 8, "planned")
_PER_DOCUMENT, _QUADS_PER_CLAIM = 25, 28
REGISTER, CATALOGUE = iri("graph:register"), iri("graph:catalogue")


def nodes(quads: int, seed: int = 7) -> list[Node]:
    """Return about that many quads as plain values, from which statements are made."""
    found: list[Node] = []
    count = 0
    for node in _endless(quads, random.Random(seed)):
        found.append(node)
        count += len(node[2])
        if count >= quads:
            break
    return found


def statements(found: Iterable[Node]) -> Iterator[Statement]:
    """Make statements as a loader does: every term is checked and written."""
    for subject, graph, values in found:
        body = tuple((predicate, _term(kind, value)) for predicate, kind, value in values)
        yield Statement(subject, graph, body, _ORIGIN)


def _term(kind: str, value: str) -> str:
    if kind == "ref":
        return model.ref(value)
    if kind in {"", "en"}:
        return model.text(value, kind)
    return model.literal(value, kind)


def _endless(quads: int, chance: random.Random) -> Iterator[Node]:
    claims = quads // _QUADS_PER_CLAIM
    actors, activities = max(40, claims // 60), max(40, claims // 4)
    yield from _register(actors, activities)
    weights = [1 / (n + 1) ** 0.8 for n in range(actors)]
    number = 0
    while True:
        document = iri(f"doc:world-{number}")
        yield _document(document, number)
        pairs = set()
        for _ in range(_PER_DOCUMENT):
            actor = chance.choices(range(actors), weights)[0]
            activity = min(chance.randrange(activities), chance.randrange(activities))
            pairs.add((actor, activity))
        for actor, activity in sorted(pairs):
            yield from _claim(document, number, actor, activity, chance)
        number += 1


def _register(actors: int, activities: int) -> Iterator[Node]:
    for kind, prefix, count in (
        ("SpaceAgency", "agency", actors),
        ("Mission", "mission", activities),
    ):
        for n in range(count):
            values = [
                (RDF_TYPE, "ref", sp(kind)),
                (RDFS_LABEL, "en", f'The "{prefix}" of number {n}'),
                (iri("skos:altLabel"), "en", f"宇宙 {prefix} № {n}"),
            ]
            yield iri(f"id:{prefix}-{n}"), REGISTER, values


def _document(document: str, number: int) -> Node:
    day, date = f"20{number % 25:02d}-0{number % 9 + 1}-1{number % 10}", iri("xsd:date")
    values = [
        (RDF_TYPE, "ref", sp("PressRelease")),
        (iri("dct:title"), "en", f"Report {number}"),
        (sp("publisherName"), "", "A publisher"),
        (sp("issuedEarliest"), date, day),
        (sp("issuedLatest"), date, day),
        (sp("issued"), iri("edtf:EDTF"), day),
        (sp("tier"), "ref", iri("tier:official")),
        (sp("fromSource"), "ref", iri("source:world")),
        (sp("url"), iri("xsd:anyURI"), f"https://example.org/report/{number}"),
    ]
    return document, CATALOGUE, values


def _claim(
    document: str, number: int, actor: int, activity: int, chance: random.Random
) -> Iterator[Node]:
    role, status = chance.choice(_ROLES), chance.choice(_STATUS)
    key = f"participation.agency-{actor}.mission-{activity}.{role}.{status}"
    first = chance.randint(1970, 2020)
    start = chance.randint(1, 4000)
    evidence = iri(f"evidence:world-{number}.c{start}-{start + 80}.{actor}-{activity}")
    period = iri(f"period:{first}_to_{first + 5}")
    yield (
        iri(f"claim:{key}.world-{number}"),
        document,
        [
            (RDF_TYPE, "ref", sp("Participation")),
            (sp("ofFact"), "ref", iri("fact:" + key)),
            (sp("participant"), "ref", iri(f"id:agency-{actor}")),
            (sp("inActivity"), "ref", iri(f"id:mission-{activity}")),
            (sp("role"), "ref", iri("role:" + role)),
            (sp("status"), "ref", iri("status:" + status)),
            (sp("period"), "ref", period),
            (sp("evidence"), "ref", evidence),
        ],
    )
    yield iri("fact:" + key), document, [(RDF_TYPE, "ref", sp("Fact"))]
    yield _evidence(evidence, document, start)
    yield _period(period, document, first)


def _evidence(evidence: str, document: str, start: int) -> Node:
    number = iri("xsd:integer")
    values = [
        (RDF_TYPE, "ref", sp("Evidence")),
        (sp("document"), "ref", document),
        (sp("locator"), "", f"#char={start},{start + 80}"),
        (sp("start"), number, str(start)),
        (sp("end"), number, str(start + 80)),
        (sp("quoteSha256"), "", hashlib.sha256(evidence.encode()).hexdigest()),
        (sp("quoteLength"), number, "80"),
        (sp("gist"), "en", f"What is said at {start}, in our own words."),
        (sp("attribution"), "ref", iri("attribution:asserted")),
    ]
    return evidence, document, values


def _period(period: str, document: str, first: int) -> Node:
    date = iri("xsd:date")
    values = [
        (RDF_TYPE, "ref", sp("Period")),
        (sp("edtf"), iri("edtf:EDTF"), f"{first}/{first + 5}"),
        (sp("startEarliest"), date, f"{first}-01-01"),
        (sp("startLatest"), date, f"{first}-12-31"),
        (sp("endEarliest"), date, f"{first + 5}-01-01"),
        (sp("endLatest"), date, f"{first + 5}-12-31"),
    ]
    return period, document, values
