"""Actor-to-actor and two-mode graphs, by sparse products.

The projection is A·Aᵀ of the actor by activity incidence matrix (Breiger 1974, "The duality of
persons and groups").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg import period
from kg.projection._filter import Filter
from kg.projection._ties import Reading, Tie, read
from kg.store import View

_AGENCY = "organisations of every kind; no states, persons or groups"
_STATE = "states, with the ties of organisations that act for them (sp:actsFor)"


@dataclass(slots=True)
class _Incidence:
    """Actors, activities, and the ties of each pair; all in sorted order."""

    actors: list[str]
    activities: list[str]
    cells: dict[tuple[str, str], list[Tie]]

    def certain(self, cell: tuple[str, str]) -> bool:
        """True when at least one claim leaves no doubt."""
        return any(t.certain for t in self.cells[cell])


def _incidence(ties: Sequence[Tie]) -> _Incidence:
    cells: dict[tuple[str, str], list[Tie]] = defaultdict(list)
    for tie in ties:
        cells[tie.actor, tie.activity].append(tie)
    actors = sorted({a for a, _ in cells})
    activities = sorted({m for _, m in cells})
    return _Incidence(actors, activities, dict(cells))


def weights(ties: Iterable[Tie]) -> tuple[list[str], Any]:
    """Return actors, sorted, and the symmetric matrix of the activities each two share.

    Args:
        ties: The ties; several claims of one actor in one activity count once.

    Returns:
        The actors and a `scipy.sparse` matrix with zero diagonal, rows and columns in their order.
    """
    pairs = sorted({(t.actor, t.activity) for t in ties})
    actors = sorted({a for a, _ in pairs})
    return actors, _product(pairs, actors)


def _product(pairs: Sequence[tuple[str, str]], actors: Sequence[str]) -> Any:
    import numpy as np
    from scipy import sparse

    row_of = {a: i for i, a in enumerate(actors)}
    column_of: dict[str, int] = {}
    rows = [row_of[a] for a, _ in pairs]
    columns = [column_of.setdefault(m, len(column_of)) for _, m in pairs]
    shape = (len(actors), len(column_of))
    incidence = sparse.csr_matrix((np.ones(len(rows), np.int64), (rows, columns)), shape=shape)
    product = (incidence @ incidence.T).tocsr()
    product.setdiag(0)
    product.eliminate_zeros()
    product.sort_indices()
    return product


def actor_actor(view: View, chosen: Filter | None = None) -> nx.Graph:
    """Project a view to actors joined by the activities they share.

    Args:
        view: The documents that count.
        chosen: What counts as a tie; by default cooperative ties between organisations.

    Returns:
        A simple graph with sorted nodes (IRIs; `label`, `cls`) and edges. Of an edge: `weight`
        (distinct activities shared, never claims), `distance` (1 / weight), `certain` and
        `possible` (how many of them surely and only perhaps fall in the time asked), `activities`,
        `roles` and `claims` (sorted), and, where stated, `first_year` and `last_year`. An actor
        without partner is an isolated node. `graph.graph["notes"]` says how it was made.
    """
    chosen = chosen or Filter()
    reading = read(view, chosen)
    incidence = _incidence(reading.ties)
    graph = nx.Graph(kind="actor-actor", level=chosen.level)
    describe_nodes(view, graph, incidence.actors)
    product = _product(sorted(incidence.cells), incidence.actors).tocoo()
    shared = _Shared(incidence)
    for row, col in zip(product.row.tolist(), product.col.tolist(), strict=True):
        if row < col:
            one, other = incidence.actors[row], incidence.actors[col]
            graph.add_edge(one, other, **shared.edge(one, other))
    graph.graph["notes"] = _notes(chosen, reading, graph)
    return graph


class _Shared:
    """Finds what two actors share."""

    def __init__(self, incidence: _Incidence) -> None:
        self._cells = incidence.cells
        self._of: dict[str, set[str]] = defaultdict(set)
        self._surely: dict[str, set[str]] = defaultdict(set)
        for actor, activity in incidence.cells:
            self._of[actor].add(activity)
            if incidence.certain((actor, activity)):
                self._surely[actor].add(activity)

    def edge(self, one: str, other: str) -> dict[str, Any]:
        """Return the attributes of the edge between two actors."""
        activities = sorted(self._of[one] & self._of[other])
        certain = len(self._surely[one] & self._surely[other])
        found = [t for m in activities for a in (one, other) for t in self._cells[a, m]]
        years = [self._years(one, other, m) for m in activities]
        edge: dict[str, Any] = {
            "weight": len(activities),
            "distance": 1 / len(activities),
            "certain": certain,
            "possible": len(activities) - certain,
            "activities": activities,
            "roles": sorted({t.role for t in found if t.role}),
            "claims": sorted({t.claim for t in found}),
        }
        if via := sorted({t.via for t in found if t.via}):
            edge["via"] = via
        if first := [a for a, _ in years if a]:
            edge["first_year"] = min(first)
        if years and all(b for _, b in years):
            edge["last_year"] = max(b for _, b in years)
        return edge

    def _years(self, one: str, other: str, activity: str) -> tuple[int, int]:
        """First and last year in which both take part, 0 where one side is not stated."""
        spans = [cell_years(self._cells[actor, activity]) for actor in (one, other)]
        starts, ends = [s for s, _ in spans], [e for _, e in spans]
        return max(starts) if all(starts) else 0, min(ends) if all(ends) else 0


def cell_years(ties: Iterable[Tie]) -> tuple[int, int]:
    """Return the first and the last year that some ties of one pair can mean, 0 for not stated."""
    spans = [years(t.edtf) for t in ties if t.edtf]
    starts, ends = [a for a, _ in spans if a], [b for _, b in spans]
    return min(starts, default=0), max(ends) if ends and all(ends) else 0


def years(edtf: str) -> tuple[int, int]:
    """Return the first and the last year that an EDTF expression can mean, 0 for not stated."""
    extent = period.parse(edtf)
    first, last = extent.start_earliest, extent.end_latest
    return first.year if first else 0, last.year if last else 0


def two_mode(view: View, chosen: Filter | None = None) -> nx.Graph:
    """Project a view to actors joined to the activities they take part in.

    Args:
        view: The documents that count.
        chosen: What counts as a tie; by default cooperative ties of organisations.

    Returns:
        A bipartite graph: nodes (IRIs) with `bipartite` 0 for actors and 1 for activities, `label`
        and `cls`; edges with `roles`, `statuses`, `edtf` and `claims` (sorted lists), `certain`,
        and, where stated, `start` and `end` (years).
    """
    chosen = chosen or Filter()
    reading = read(view, chosen)
    incidence = _incidence(reading.ties)
    graph = nx.Graph(kind="two-mode", level=chosen.level)
    describe_nodes(view, graph, incidence.actors, bipartite=0)
    describe_nodes(view, graph, incidence.activities, bipartite=1)
    for actor, activity in sorted(incidence.cells):
        found = incidence.cells[actor, activity]
        start, end = cell_years(found)
        spans = {k: v for k, v in (("start", start), ("end", end)) if v}
        graph.add_edge(
            actor,
            activity,
            roles=sorted({t.role for t in found if t.role}),
            statuses=sorted({t.status for t in found}),
            edtf=sorted({t.edtf for t in found if t.edtf}),
            claims=sorted({t.claim for t in found}),
            certain=incidence.certain((actor, activity)),
            **spans,
        )
    graph.graph["notes"] = _notes(chosen, reading, graph)
    return graph


def describe_nodes(view: View, graph: Any, nodes: Iterable[str], **more: Any) -> None:
    """Add nodes with their labels and classes, in the order given."""
    for node in nodes:
        types = view.types(node)
        cls = types[0].rsplit("#", 1)[-1] if types else ""
        graph.add_node(node, label=view.label(node), cls=cls, **more)


def _notes(chosen: Filter, reading: Reading, graph: Any) -> list[str]:
    level = _STATE if chosen.level == "state" else _AGENCY
    notes = [
        f"edge rule: {chosen.rule()}",
        f"level: {chosen.level} ({level})",
        f"n = {graph.number_of_nodes()}, m = {graph.number_of_edges()}, "
        f"components = {nx.number_connected_components(graph)}",
    ]
    if reading.role_not_stated:
        notes.append(f"role not stated in {reading.role_not_stated} of the ties counted")
    if reading.undated and chosen.timed:
        notes.append(f"undated ties kept as possible: {reading.undated}")
    if reading.unattached:
        notes.append(f"organisations not said to act for a state, left out: {reading.unattached}")
    return notes


__all__ = ["actor_actor", "cell_years", "describe_nodes", "two_mode", "weights", "years"]
