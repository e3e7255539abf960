"""Who stands between others, decade by decade, and how much that hangs on uncertain ties."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeAlias

import networkx as nx

from kg.analytics import _cells, _options
from kg.analytics._between import betweenness
from kg.analytics._options import Plain
from kg.projection import Filter, actor_actor, ties, years
from kg.store import View
from kg.table import Cell, Table

KEPT = True
"""Kept beside a large store, with what it says by default."""

DEFINITION = (
    "betweenness (Freeman 1977), normalised, an edge being 1 / weight long, on the network of each "
    "window; a tie belongs to a window that it overlaps; rank range = best and worst rank with the "
    "ties that only perhaps fall in the window counted in and left out"
)
SMALL = 10
_Scores: TypeAlias = "tuple[dict[str, float], dict[str, float]]"


def run(view: View, *, step: Plain = 10, top: Plain = 0, **filters: Plain) -> Table:
    """Rank brokers in each window of some years.

    Args:
        view: The documents that count.
        step: Length of a window in years; windows begin at multiples of it.
        top: Show only ranks up to this one; 0 for all.
        **filters: Options of :class:`kg.projection.Filter`; `from_year` and `to_year` bound the
            windows. Undated ties are left out unless `dated_only=false`: they fall in no window.

    Returns:
        One row a window and actor: rank (uncertain ties in), rank range, betweenness with and
        without uncertain ties, partners.

    Raises:
        KGError: If an option is unknown or has a value that cannot be.
    """
    length, most = _options.integer("step", step, 1, 1000), _options.integer("top", top)
    chosen = _options.filter_of(filters, ("step", "top"), dated_only=True)
    documents = _cells.Documents(view)
    rows: list[tuple[Cell, ...]] = []
    figures: list[str] = []
    for first, last in windows(view, chosen, length):
        graph = actor_actor(view, replace(chosen, from_year=first, to_year=last))
        scores = _scores(graph)
        figures.append(_note(first, last, graph, scores))
        rows += _rows(f"{first}–{last}", graph, scores, documents, most)
    undated = sum(not t.edtf for t in ties(view, replace(chosen, dated_only=False)))
    more = (
        f"edge rule: {chosen.rule()}",
        f"level: {chosen.level}",
        *figures,
        f"undated ties {'left out' if chosen.dated_only else 'kept as possible'}: {undated}",
        "ties share a rank, marked =; actors without partner in a window are not ranked",
    )
    columns = (
        "window", "rank", "rank_range", "actor", "betweenness", "betweenness_certain", "degree",
        "document",
    )  # fmt: skip
    title = f"Brokers in windows of {length} years"
    return Table(columns, tuple(rows), title, _cells.notes(view, DEFINITION, *more))


def windows(view: View, chosen: Filter, length: int) -> list[tuple[int, int]]:
    """Return first and last year of each window from the first stated start to today."""
    starts = [a for t in ties(view, chosen) if t.edtf and (a := years(t.edtf)[0])]
    if not starts:
        return []
    first = chosen.from_year or min(starts)
    last = min(chosen.to_year or view.today.year, 9999)
    begin = max(first - first % length, 1)
    return [(year, min(year + length - 1, 9999)) for year in range(begin, last + 1, length)]


def _rows(
    window: str, graph: nx.Graph, scores: _Scores, documents: _cells.Documents, most: int
) -> list[tuple[Cell, ...]]:
    everyone = sorted(n for n in graph if graph.degree(n))
    possible, certain = scores
    ranks = [_cells.ranks([found[n] for n in everyone]) for found in scores]
    found = []
    for node, *places in zip(everyone, *ranks, strict=True):
        bounds = sorted(int(p.rstrip("=")) for p in places)
        if most and int(places[0].rstrip("=")) > most:
            continue
        claims = [c for _, _, d in graph.edges(node, data=True) for c in d["claims"]]
        row: tuple[Cell, ...] = (
            window,
            places[0],
            str(bounds[0]) if bounds[0] == bounds[1] else f"{bounds[0]} to {bounds[1]}",
            graph.nodes[node]["label"],
            _cells.number(possible[node]),
            _cells.number(certain[node]),
            str(graph.degree(node)),
            documents.of(claims),
        )
        found.append((int(places[0].rstrip("=")), graph.nodes[node]["label"], row))
    return [row for _, _, row in sorted(found, key=lambda f: f[:2])]


def _scores(graph: nx.Graph) -> _Scores:
    """Betweenness with the ties that only perhaps fall in the window counted in, and left out."""
    possible = _betweenness(graph)
    doubtful = any(d["possible"] for _, _, d in graph.edges(data=True))
    return possible, _betweenness(_certain(graph)) if doubtful else possible


def _betweenness(graph: nx.Graph) -> dict[str, float]:
    plain, nodes = _cells.numbered(graph)
    return dict(zip(nodes, betweenness(plain), strict=True))


def _certain(graph: nx.Graph) -> nx.Graph:
    """Return the graph with only the activities that surely fall in the window."""
    sure = nx.Graph()
    sure.add_nodes_from(sorted(graph))
    edges: list[tuple[str, str, dict[str, Any]]] = sorted(
        graph.edges(data=True), key=lambda e: e[:2]
    )
    sure.add_edges_from((u, v, {"weight": d["certain"]}) for u, v, d in edges if d["certain"])
    return sure


def _note(first: int, last: int, graph: nx.Graph, scores: _Scores) -> str:
    n, m = graph.number_of_nodes(), graph.number_of_edges()
    uncertain = sum(d["possible"] > 0 for _, _, d in graph.edges(data=True))
    parts = nx.number_connected_components(graph)
    warning = "; small, read ranks with care" if n < SMALL else ""
    warning += "" if any(scores[0].values()) else "; nobody lies between others"
    return (
        f"{first}–{last}: n = {n}, m = {m} ({uncertain} with uncertain ties), "
        f"components = {parts}{warning}"
    )
