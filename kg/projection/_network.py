"""Actor-to-actor and two-mode graphs, by sparse products.

The projection is A·Aᵀ of the actor by activity incidence matrix (Breiger 1974, "The duality of
persons and groups").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from kg import period
from kg.projection._filter import Filter
from kg.projection._ties import Reading, Tie, read
from kg.projection._weights import shared, weights
from kg.store import View

if TYPE_CHECKING:
    import networkx as nx

_AGENCY = "organisations of every kind; no states, persons or groups"
_STATE = "states, with the ties of organisations that act for one of them (sp:actsFor)"


class Cell(NamedTuple):
    """What one actor's claims say about its part in one activity."""

    claims: tuple[str, ...]
    roles: frozenset[str]
    certain: bool
    via: frozenset[str]
    start: int
    end: int


Incidence: TypeAlias = "dict[str, dict[str, Cell]]"


def _incidence(found: Sequence[Tie]) -> Incidence:
    """Group sorted ties: actor → activity → what is said; actors and activities sorted."""
    made: Incidence = {}
    for (actor, activity), group in groupby(found, key=itemgetter(0, 1)):
        made.setdefault(actor, {})[activity] = _cell(list(group))
    return made


def _cell(found: list[Tie]) -> Cell:
    start, end = _years(found)
    if len(found) == 1:
        [tie] = found
        return Cell((tie.claim,), _one(tie.role), tie.certain, _one(tie.via), start, end)
    return Cell(
        claims=tuple(sorted({t.claim for t in found})),
        roles=frozenset(t.role for t in found if t.role),
        certain=any(t.certain for t in found),
        via=frozenset(t.via for t in found if t.via),
        start=start,
        end=end,
    )


@lru_cache(maxsize=4096)
def _one(value: str) -> frozenset[str]:
    return frozenset({value} - {""})


def _years(found: Sequence[Tie]) -> tuple[int, int]:
    """First and last year that the ties of one pair can mean, 0 for not stated."""
    if len(found) == 1:
        return years(found[0].edtf)
    spans = [years(t.edtf) for t in found if t.edtf]
    starts, ends = [a for a, _ in spans if a], [b for _, b in spans]
    return min(starts, default=0), max(ends) if ends and all(ends) else 0


@lru_cache(maxsize=65536)
def years(edtf: str) -> tuple[int, int]:
    """Return the first and the last year that an EDTF expression can mean, 0 for not stated."""
    if not edtf:
        return 0, 0
    extent = period.parse(edtf)
    first, last = extent.start_earliest, extent.end_latest
    return first.year if first else 0, last.year if last else 0


def actor_actor(view: View, chosen: Filter | None = None, *, detail: bool = True) -> nx.Graph:
    """Project a view to actors joined by the activities they share.

    Args:
        view: The documents that count.
        chosen: What counts as a tie; by default cooperative ties between organisations.
        detail: Without it an edge has only `weight` and `distance`, and large graphs are made
            much faster.

    Returns:
        A simple graph with sorted nodes (IRIs; `label`, `cls`) and edges. Of an edge: `weight`
        (distinct activities shared, never claims), `distance` (1 / weight), `certain` and
        `possible` (how many of them surely and only perhaps fall in the time asked, for each of the
        two by itself), `activities`, `roles` and `claims` (sorted), and, where stated, `first_year`
        and `last_year`. An actor without partner is an isolated node. `graph.graph["notes"]` says
        how it was made.
    """
    import networkx as nx

    chosen = chosen or Filter()
    if not detail:
        return _bare(view, chosen)
    reading = read(view, chosen)
    incidence = _incidence(reading.ties)
    actors = list(incidence)
    graph = nx.Graph(kind="actor-actor", level=chosen.level)
    describe_nodes(view, graph, actors)
    product = shared(((a, m) for a in actors for m in incidence[a]), actors).tocoo()
    for row, col in zip(product.row.tolist(), product.col.tolist(), strict=True):
        if row < col:
            one, other = actors[row], actors[col]
            graph.add_edge(one, other, **_edge(incidence[one], incidence[other]))
    graph.graph["notes"] = _notes(chosen, reading, graph)
    return graph


def _bare(view: View, chosen: Filter) -> nx.Graph:
    import networkx as nx

    actors, product = weights(view, chosen)
    graph = nx.Graph(kind="actor-actor", level=chosen.level)
    describe_nodes(view, graph, actors)
    cells = product.tocoo()
    graph.add_edges_from(
        (actors[row], actors[col], {"weight": weight, "distance": 1 / weight})
        for row, col, weight in zip(
            cells.row.tolist(), cells.col.tolist(), cells.data.tolist(), strict=True
        )
        if row < col
    )
    graph.graph["notes"] = _notes(chosen, Reading(), graph)
    return graph


def _edge(one: dict[str, Cell], other: dict[str, Cell]) -> dict[str, Any]:
    """Return the attributes of the edge between two actors, given the cells of each."""
    activities = sorted(one.keys() & other.keys())
    claims: list[str] = []
    roles: set[str] = set()
    via: set[str] = set()
    certain = 0
    starts, ends = [], []
    for activity in activities:
        a, b = one[activity], other[activity]
        claims += a.claims
        claims += b.claims
        roles |= a.roles | b.roles
        via |= a.via | b.via
        certain += a.certain and b.certain
        starts.append(max(a.start, b.start) if a.start and b.start else 0)
        ends.append(min(a.end or b.end, b.end or a.end))
    edge: dict[str, Any] = {
        "weight": len(activities),
        "distance": 1 / len(activities),
        "certain": certain,
        "possible": len(activities) - certain,
        "activities": activities,
        "roles": sorted(roles),
        "claims": sorted(set(claims)),
    }
    if via:
        edge["via"] = sorted(via)
    if stated := [start for start in starts if start]:
        edge["first_year"] = min(stated)
    if all(ends):
        edge["last_year"] = max(ends)
    return edge


def two_mode(view: View, chosen: Filter | None = None, *, detail: bool = True) -> nx.Graph:
    """Project a view to actors joined to the activities they take part in.

    Args:
        view: The documents that count.
        chosen: What counts as a tie; by default cooperative ties of organisations.
        detail: Without it nodes have only `bipartite`: nothing is looked up for each of them.

    Returns:
        A bipartite graph: nodes (IRIs) with `bipartite` 0 for actors and 1 for activities, `label`
        and `cls`; edges with `roles`, `statuses`, `edtf` and `claims` (sorted lists), `certain`,
        and, where there are any, `start` and `end` (years) and `via` (the agencies through which a
        state takes part).
    """
    import networkx as nx

    chosen = chosen or Filter()
    reading = read(view, chosen)
    graph = nx.Graph(kind="two-mode", level=chosen.level)
    sides = {t.actor for t in reading.ties}, {t.activity for t in reading.ties}
    for side, ends in enumerate(sides):
        if detail:
            describe_nodes(view, graph, sorted(ends), bipartite=side)
        else:
            graph.add_nodes_from(sorted(ends), bipartite=side)
    for (actor, activity), group in groupby(reading.ties, key=itemgetter(0, 1)):
        graph.add_edge(actor, activity, **_said(list(group)))
    graph.graph["notes"] = _notes(chosen, reading, graph)
    return graph


def _said(found: list[Tie]) -> dict[str, Any]:
    """Return the attributes of the edge between an actor and an activity."""
    cell = _cell(found)
    more: dict[str, Any] = {"via": sorted(cell.via)} if cell.via else {}
    more |= {k: v for k, v in (("start", cell.start), ("end", cell.end)) if v}
    return {
        "roles": sorted(cell.roles),
        "statuses": sorted({t.status for t in found}),
        "edtf": sorted({t.edtf for t in found if t.edtf}),
        "claims": list(cell.claims),
        "certain": cell.certain,
        **more,
    }


def describe_nodes(view: View, graph: Any, nodes: Iterable[str], **more: Any) -> None:
    """Add nodes with their labels and classes, in the order given."""
    for node in nodes:
        types = view.types(node)
        cls = types[0].rsplit("#", 1)[-1] if types else ""
        graph.add_node(node, label=view.label(node), cls=cls, **more)


def _notes(chosen: Filter, reading: Reading, graph: Any) -> list[str]:
    from networkx import number_connected_components

    level = _STATE if chosen.level == "state" else _AGENCY
    notes = [
        f"edge rule: {chosen.rule()}",
        f"level: {chosen.level} ({level})",
        f"n = {graph.number_of_nodes()}, m = {graph.number_of_edges()}, "
        f"components = {number_connected_components(graph)}",
    ]
    if reading.role_not_stated:
        notes.append(f"role not stated in {reading.role_not_stated} of the ties counted")
    if reading.undated and chosen.timed:
        notes.append(f"undated ties kept as possible: {reading.undated}")
    if reading.unattached:
        notes.append(f"organisations not said to act for one state, left out: {reading.unattached}")
    return notes
