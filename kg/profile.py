"""Everything that the documents of a view say about one thing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kg import phrase, vocab
from kg.analytics import conflicts
from kg.evidence import Support, supports
from kg.namespaces import curie, iri, prefixes, sp
from kg.query import answer_on, evidence_cells
from kg.restrict import counted
from kg.store import View
from kg.table import EVIDENCE, NOT_STATED, Cell, Table


def facts_of(
    view: View, thing: str, *, on: date | None = None, languages: Sequence[str] = ("en",)
) -> Table:
    """Return the facts about an entity, or the claims of a document, each with its evidence.

    Args:
        view: The documents that count.
        thing: IRI of the entity or document.
        on: Day for which each fact says whether it is true.
        languages: Languages of labels, best first.

    Returns:
        One row a fact; the notes give names, identifiers, and the contradictions with every side,
        its documents and the kind of source.
    """
    if thing.startswith(prefixes()["doc"]):
        query = "SELECT DISTINCT ?c { ?c sp:ofFact ?f ; sp:evidence/sp:document <%s> }"
        claims = [c for (c,) in view.rows(query % thing)]
    else:
        claims = phrase.about(view, thing)
    known = supports(view, claims)
    grouped: dict[tuple[str, str, str], list[Support]] = {}
    for claim in claims:
        kind = vocab.load().label(vocab.load().class_iri(phrase.class_of(view, claim)))
        text = phrase.phrase(view, claim, languages)
        key = (kind, text, known[claim].period or NOT_STATED)
        grouped.setdefault(key, []).append(known[claim])
    rows = tuple(_row(key, found, on) for key, found in sorted(grouped.items()))
    when = (f"true on {on}",) if on else ()
    columns = ("kind", "fact", "period", *when, *EVIDENCE)
    title = f"{view.label(thing, languages)} ({curie(thing)})"
    disputed = [f"contradiction: {said}" for said in conflicts.sides(view, claims)]
    return Table(columns, rows, title, (*_names(view, thing), *disputed, counted(view)))


def _row(key: tuple[str, str, str], found: list[Support], on: date | None) -> tuple[Cell, ...]:
    by_claim = {s.claim: s for s in found}
    when = [answer_on({"claim": by_claim}, by_claim, on, assume=False)] if on else []
    return (*key, *when, *evidence_cells(found))


def _names(view: View, thing: str) -> list[str]:
    notes = []
    cls = phrase.class_of(view, thing)
    if cls:
        notes.append(f"class: {vocab.load().label(sp(cls))}")
    properties = {
        "label": iri("rdfs:label"),
        "alias": iri("skos:altLabel"),
        "abbreviation": sp("abbreviation"),
    }
    for word, prop in properties.items():
        terms = view.terms(thing, prop)
        said = sorted(f"{t.value} ({getattr(t, 'language', '') or '?'})" for t in terms)
        if said:
            notes.append(f"{word}: {', '.join(said)}")
    for node in view.objects(thing, sp("identifier")):
        scheme, value = view.value(node, sp("scheme")), view.value(node, sp("identifierValue"))
        notes.append(f"identifier: {scheme} {value}")
    for place in view.objects(thing, sp("homepage")) + view.objects(thing, sp("url")):
        notes.append(f"web: {place}")
    return notes
