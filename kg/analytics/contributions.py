"""Who leads and who contributes."""

from __future__ import annotations

from collections import defaultdict

from kg import vocab
from kg.analytics import _cells, _options
from kg.analytics._options import Plain
from kg.namespaces import iri
from kg.projection import Tie, ties
from kg.store import View
from kg.table import Cell, Table

KEPT = True
"""Kept beside a large store, with what it says by default."""

DEFINITION = (
    "leads = distinct activities led (role lead); principal = in another principal role; "
    "contributes = in another cooperative role (skos:broader decides; an activity counts once, in "
    "the highest of an actor's roles); given = contributions to activities that others lead; "
    "received = contributions of others to activities it leads; balance = received − given"
)
KINDS = ("leads", "principal", "contributes", "not_stated")


def run(view: View, *, top: Plain = 0, **filters: Plain) -> Table:
    """Count, for each actor, what it leads and what it contributes to.

    Args:
        view: The documents that count.
        top: Show only this many actors; 0 for all.
        **filters: Options of :class:`kg.projection.Filter`; `roles=all` counts commercial roles as
            contributions too.

    Returns:
        One row an actor, those that lead most first.

    Raises:
        KGError: If an option is unknown or has a value that cannot be.
    """
    most = _options.integer("top", top)
    chosen = _options.filter_of(filters, ("top",))
    found = ties(view, chosen)
    kinds = highest(found)
    leaders: dict[str, set[str]] = defaultdict(set)
    takers: dict[str, set[str]] = defaultdict(set)
    parts: dict[str, dict[str, str]] = defaultdict(dict)
    for (actor, activity), kind in sorted(kinds.items()):
        takers[activity].add(actor)
        parts[actor][activity] = kind
        if kind == "leads":
            leaders[activity].add(actor)
    claims: dict[str, list[str]] = defaultdict(list)
    for tie in found:
        claims[tie.actor].append(tie.claim)
    documents = _cells.Documents(view)
    rows: list[tuple[Cell, ...]] = []
    for actor in sorted(claims):
        mine = parts[actor]
        counts = [sum(k == kind for k in mine.values()) for kind in KINDS]
        given = sum(bool(leaders[m] - {actor}) for m, k in mine.items() if k != "leads")
        received = sum(len(takers[m] - leaders[m]) for m, k in sorted(mine.items()) if k == "leads")
        figures = (*counts, given, received, received - given)
        rows.append((view.label(actor), *map(str, figures), documents.of(claims[actor])))
    rows.sort(key=lambda r: (-int(str(r[1])), -int(str(r[2])), -int(str(r[3])), r[0]))
    columns = ("actor", *KINDS, "given", "received", "balance", "document")
    more = (
        f"edge rule: {chosen.rule()}",
        f"level: {chosen.level}; actors: {len(rows)}; activities: {len(takers)}, "
        f"of which led by someone: {sum(bool(v) for v in leaders.values())}",
        "role not stated stands in its own column",
    )
    notes = _cells.notes(view, DEFINITION, *more)
    return Table(columns, tuple(rows[: most or None]), "Who leads and who contributes", notes)


def highest(found: list[Tie]) -> dict[tuple[str, str], str]:
    """Return the highest kind of role of each actor in each activity.

    Args:
        found: The ties.
    """
    kinds: dict[tuple[str, str], str] = {}
    for tie in found:
        kind, pair = _kind(tie.role), (tie.actor, tie.activity)
        if pair not in kinds or KINDS.index(kind) < KINDS.index(kinds[pair]):
            kinds[pair] = kind
    return kinds


def _kind(role: str) -> str:
    if not role:
        return "not_stated"
    broader = vocab.load().broader(iri(f"role:{role}"))
    if iri("role:lead") in broader:
        return "leads"
    return "principal" if iri("role:principal") in broader else "contributes"
