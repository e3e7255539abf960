"""From a class, its fields and its citations to statements: one claim per document.

Reference: the pattern is W3C PROV-O's qualified association, with one node per document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg import model, values
from kg.errors import InputError, Origin, VocabularyError, suggest
from kg.model import Citation, Statement
from kg.namespaces import RDF_TYPE, iri, named, sp
from kg.parts import evidence_statement, period_statement
from kg.values import Value
from kg.vocab import Property, Vocabulary

_GENERATED = {"ofFact", "evidence"}
_IMPLIED = {
    "Event": "occurred",
    "PlannedEvent": "planned",
    "Intention": "intended",
    "CountObservation": "ongoing",
    "Quotation": "occurred",
    "Relation": "ongoing",
}
_REMEMBERED = 4096
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Record:
    """A class and its fields, as a source gives them, before they get IRIs.

    Attributes:
        cls: Local name of the class.
        fields: Property name → values.
        citations: What supports it; at least one.
        origin: Where the source says it.
    """

    cls: str
    fields: Mapping[str, Sequence[Value]]
    citations: Sequence[Citation]
    origin: Origin
    at: Mapping[str, Origin] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What follows for a class from the ontology alone, worked out once."""

    cls: str
    allowed: Mapping[str, Property]
    required: tuple[str, ...]
    implied: tuple[tuple[str, str], ...]
    key: tuple[str, ...]
    head: str
    periods: frozenset[str]


def _plan(name: str, top: str, vocab: Vocabulary) -> _Plan:
    """Return the plan of a class.

    Raises:
        VocabularyError: If there is no such class, or it is not a kind of `top`.
    """
    found = vocab.memo.get(("plan", name, top))
    if found is None:
        found = vocab.memo["plan", name, top] = _planned(name, top, vocab)
    assert isinstance(found, _Plan)  # noqa: S101
    return found


def _planned(name: str, top: str, vocab: Vocabulary) -> _Plan:
    cls = vocab.class_iri(name)
    if not vocab.is_a(cls, top):
        raise VocabularyError(f"'{name}' is not a kind of {top}")
    allowed = {p.name: p for p in vocab.properties_of(cls) if not p.derived}
    allowed = {n: p for n, p in allowed.items() if n not in _GENERATED}
    implied = [("status", s) for n, s in _IMPLIED.items() if vocab.is_a(cls, n)][:1]
    key = tuple(p.name for p in vocab.key(cls))
    if vocab.is_a(cls, "Event"):
        implied.insert(0, ("kind", name))
    return _Plan(
        cls=cls,
        allowed=allowed,
        required=tuple(n for n, p in allowed.items() if p.required),
        implied=tuple(implied),
        key=key,
        head=_WORD.sub("-", vocab.key_class(cls)).lower(),
        periods=frozenset(n for n, p in allowed.items() if p.range == sp("Period")),
    )


def compile_claim(record: Record, vocab: Vocabulary) -> Iterator[Statement]:
    """Turn a record into statements: per cited document a claim, its fact, evidence, periods.

    Args:
        record: What the source gives.
        vocab: The ontology.

    Raises:
        InputError: With the place in the source, if anything does not fit the ontology.
    """
    plan = _class(record, vocab, "Claim")
    if not record.citations:
        fix = "add cite: with a document, a locator and a gist"
        raise InputError("a fact without citation", origin=record.origin, fix=fix)
    fields = dict(record.fields)
    for name, value in plan.implied:
        fields.setdefault(name, [(value, "")])
    properties, parts = _convert(fields, plan, record, vocab)
    key = _key(plan, parts, record)
    by_document: dict[str, list[Citation]] = defaultdict(list)
    for citation in record.citations:
        by_document[citation.document].append(citation)
    for document, citations in by_document.items():
        yield from _claim(plan, key, properties, document, citations, record)


def compile_entity(record: Record, slug: str, graph: str, vocab: Vocabulary) -> Iterator[Statement]:
    """Turn a record into the register's description of one entity.

    Args:
        record: Class, fields (labels among them as `rdfs:label` and so on) and citations.
        slug: The entity's identifier.
        graph: IRI of the register.
        vocab: The ontology.

    Raises:
        InputError: With the place in the source, if anything does not fit the ontology.
    """
    plan = _class(record, vocab, "Entity")
    if not record.citations:
        fix = "add cite: with a document, a locator and a gist"
        raise InputError(f"entity '{slug}' without citation", origin=record.origin, fix=fix)
    naming = {k: v for k, v in record.fields.items() if ":" in k}
    others = {k: v for k, v in record.fields.items() if ":" not in k}
    properties, _ = _convert(others, plan, record, vocab)
    labels = [(iri(k), model.text(*value)) for k, vs in naming.items() for value in vs]
    evidence = [e for c in record.citations for e in [evidence_statement(c, graph)]]
    links = [(sp("evidence"), model.ref(e.subject)) for e in evidence]
    head = [(RDF_TYPE, model.ref(plan.cls))]
    body = tuple(dict.fromkeys([*head, *labels, *properties, *links]))
    yield Statement(named("id", slug), graph, body, record.origin)
    yield from evidence


def _class(record: Record, vocab: Vocabulary, top: str) -> _Plan:
    try:
        return _plan(record.cls, top, vocab)
    except InputError as error:
        error.origin = record.at.get("class", record.origin)
        raise


def _convert(
    fields: Mapping[str, Sequence[Value]],
    plan: _Plan,
    record: Record,
    vocab: Vocabulary,
) -> tuple[list[tuple[str, str]], dict[str, list[str]]]:
    properties: list[tuple[str, str]] = []
    parts: dict[str, list[str]] = {}
    for name, given in fields.items():
        try:
            prop = plan.allowed.get(name) or _refused(name, plan.allowed, record.cls, vocab)
            if prop.single and len(given) > 1:
                raise InputError(f"'{name}' takes one value", fix="make two statements")
            found = [_value(value, prop, vocab) for value in given]
            properties += [(prop.iri, term) for term, _ in found]
            parts[name] = sorted({part for _, part in found})
        except InputError as error:
            error.origin = error.origin or record.at.get(name, record.origin)
            raise
    missing = [n for n in plan.required if not fields.get(n)]
    if missing:
        message = f"{record.cls} without {' and '.join(repr(m) for m in missing)}"
        raise InputError(message, origin=record.origin, fix="state it, or leave the fact out")
    return properties, parts


def _value(value: Value, prop: Property, vocab: Vocabulary) -> tuple[str, str]:
    """Return the term of a value, and its part of the name of a fact; both are remembered."""
    known: dict[tuple[str, Value], tuple[str, str]] = vocab.memo.setdefault("values", {})
    found = known.get((prop.name, value))
    if found is None:
        if len(known) > _REMEMBERED:
            known.clear()
        found = values.term(value, prop, vocab), values.slug(value, prop)
        known[prop.name, value] = found
    return found


def _refused(name: str, allowed: Mapping[str, Property], cls: str, vocab: Vocabulary) -> Property:
    if name in vocab.properties:
        fix = "known here: " + ", ".join(sorted(allowed))
        raise VocabularyError(f"'{name}' is no property of {cls}", fix=fix)
    raise VocabularyError(f"unknown property '{name}'", fix=suggest(name, allowed))


def _key(plan: _Plan, parts: Mapping[str, list[str]], record: Record) -> str:
    found = ["--".join(parts.get(n, ())) or "_" for n in plan.key]
    if not found or all(f == "_" for n, f in zip(plan.key, found, strict=True) if n != "kind"):
        names = " or ".join(repr(n) for n in plan.key if n != "kind")
        message = f"nothing tells this {record.cls} from others"
        raise InputError(message, origin=record.origin, fix=f"give it {names}")
    if "sequence" in parts and "sequence" not in plan.key:
        found.append("n" + parts["sequence"][0])
    return ".".join([plan.head, *found])


def _claim(
    plan: _Plan,
    key: str,
    properties: Sequence[tuple[str, str]],
    document: str,
    citations: Sequence[Citation],
    record: Record,
) -> Iterator[Statement]:
    graph, fact = named("doc", document), named("fact", key)
    evidence = [evidence_statement(c, graph) for c in citations]
    body = [
        (RDF_TYPE, model.ref(plan.cls)),
        (sp("ofFact"), f"<{fact}>"),
        *properties,
        *((sp("evidence"), f"<{e.subject}>") for e in evidence),
    ]
    subject = named("claim", f"{key}.{document}")
    yield Statement(subject, graph, tuple(dict.fromkeys(body)), record.origin)
    yield Statement(fact, graph, ((RDF_TYPE, model.ref(sp("Fact"))),), record.origin)
    for name in record.fields:
        if name in plan.periods:
            for value, _ in record.fields[name]:
                yield period_statement(value, graph, record.origin)
    yield from evidence
