"""The contradiction register: where documents cannot all be right, with the words of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg import phrase, vocab
from kg.analytics import _cells, _facts, _options
from kg.analytics._options import Plain
from kg.analytics._time import rank
from kg.evidence import Support, local, supports
from kg.namespaces import RDF_TYPE, sp
from kg.store import View
from kg.table import EVIDENCE, NOT_STATED, Cell, Table

DEFINITION = (
    "claims of one fact (same class and key) whose values cannot all be true; made by rule, none "
    "is deleted; one instant told in two time zones is no contradiction"
)


def run(view: View, *, about: str | Sequence[str] = "", kind: str = "", **others: Plain) -> Table:
    """List contradictions with every value, nearest source first.

    Args:
        view: The documents that count.
        about: Only contradictions that concern this thing, or one of these; all when empty.
        kind: Only contradictions of this kind, as the table names it; all when empty.
        **others: None is known.

    Returns:
        One row a value: what it is about, the property, the value, the tier of the source, and
        the words. Equal values of one contradiction share a row.

    Raises:
        KGError: If an option is unknown, or a name means nothing.
    """
    _options.refuse(others, ("about", "kind"))
    wanted = _options.things(view, about)
    entries = [(n, _facts_of(view, n)) for n in view.subjects(RDF_TYPE, sp("Conflict"))]
    known = sorted({view.value(n, sp("conflictKind")) for n, _ in entries})
    if kind:
        _options.choice("kind", kind, known)
    support = supports(view, [c for _, claims in entries for c in claims])
    rows: list[tuple[Cell, ...]] = []
    kept = 0
    for node, claims in entries:
        if kind and view.value(node, sp("conflictKind")) != kind:
            continue
        if wanted and not any(wanted & _facts.mentions(view, c) for c in claims):
            continue
        kept += 1
        rows += _rows(view, node, claims, support)
    columns = ("conflict", "about", "property", "kind", "value", "tier", *EVIDENCE)
    order = "values in the order of the nearness of their best source (sp:rank of its tier)"
    notes = _cells.notes(view, DEFINITION, order, f"contradictions: {kept}")
    return Table(columns, tuple(rows), "Where documents contradict each other", notes)


def sides(view: View, claims: Sequence[str]) -> list[str]:
    """Say each contradiction that some claims are part of, in one line: every side, nearest first.

    Args:
        view: The documents that count.
        claims: IRIs of claims.

    Returns:
        Such as "Capture of HTV-X1: happened on: 2025-10-29 (official source: doc-a) | 2025-10-28
        (news outlet: doc-b)", sorted.
    """
    nodes = {n for c in claims for n in view.subjects(sp("concerns"), c)}
    entries = [(n, _facts_of(view, n)) for n in sorted(nodes)]
    support = supports(view, [c for _, found in entries for c in found])
    said = []
    for node, found in entries:
        about, label, ordered = _sided(view, node, found, support)
        texts = [f"{v.text} ({tier(v.supports)}: {_documents(v.supports)})" for v in ordered]
        said.append(f"{about}: {label}: {' | '.join(texts)}")
    return sorted(said)


def _documents(found: list[Support]) -> str:
    return ", ".join(sorted({e.document for s in found for e in s.evidence}))


def _facts_of(view: View, node: str) -> list[str]:
    return view.objects(node, sp("concerns"))


@dataclass(slots=True)
class _Value:
    rank: str
    text: str
    supports: list[Support]


def _rows(
    view: View, node: str, claims: list[str], support: dict[str, Support]
) -> list[tuple[Cell, ...]]:
    about, label, ordered = _sided(view, node, claims, support)
    head = (local(node), about, label, view.value(node, sp("conflictKind")))
    return [(*head, v.text, tier(v.supports), *_cells.evidence(v.supports)) for v in ordered]


def _sided(
    view: View, node: str, claims: list[str], support: dict[str, Support]
) -> tuple[str, str, list[_Value]]:
    """Return what a contradiction is about, its property, and its values, nearest source first."""
    prop = view.value(node, sp("conflictProperty"))
    values: dict[str, list[Support]] = {}
    for claim in claims:
        values.setdefault(value(view, claim, prop), []).append(support[claim])
    ordered = sorted((_Value(min(map(rank, s)), v, s) for v, s in values.items()), key=_order)
    about = phrase.phrase(view, claims[0]) if prop != sp("value") else _counted(view, claims[0])
    return about, vocab.load().label(prop), ordered


def _order(found: _Value) -> tuple[str, str]:
    return found.rank, found.text


def _counted(view: View, claim: str) -> str:
    measure = view.label(view.value(claim, sp("observedProperty")))
    return f"{view.label(view.value(claim, sp('about')))}: {measure}"


def tier(found: list[Support]) -> str:
    """Return the tiers of the sources of some claims, nearest first."""
    tiers = {(rank(s), e.tier or NOT_STATED) for s in found for e in s.evidence}
    return ", ".join(dict.fromkeys(name for _, name in sorted(tiers)))


def value(view: View, claim: str, prop: str) -> str:
    """Return the value that a claim gives for a property, as text.

    Args:
        view: The view.
        claim: IRI of the claim.
        prop: IRI of the property.
    """
    if prop == sp("onDate"):
        parts = [_facts.edtf(view, claim) or NOT_STATED]
        parts += [x for n in ("dateZone", "atTime") if (x := view.value(claim, sp(n)))]
        return " ".join(parts)
    if prop in {sp("value"), sp("lowerBound")}:
        return phrase.count(view, claim) or NOT_STATED
    if prop == sp("period"):
        return _facts.edtf(view, claim) or NOT_STATED
    found = [view.label(v) if ":" in v else v for v in view.objects(claim, prop)]
    return " and ".join(sorted(found)) or NOT_STATED
