"""How two things are connected: shortest typed paths, every hop with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import islice, pairwise

import networkx as nx

from kg.analytics import _cells, _options
from kg.analytics._options import Plain
from kg.errors import KGError
from kg.evidence import supports
from kg.projection import two_mode
from kg.store import View
from kg.table import EVIDENCE, NOT_STATED, Cell, Table

DEFINITION = (
    "a path goes from an actor through an activity in which it takes part to another actor, and so "
    "on; its length is the number of activities it passes through; all shortest paths are shown, "
    "in the order of their names"
)
_MOST = 1000


def run(
    view: View,
    *,
    source: str = "",
    target: str = "",
    length: Plain = 3,
    most: Plain = 10,
    **filters: Plain,
) -> Table:
    """Find the shortest paths between two actors (or activities).

    Args:
        view: The documents that count.
        source: Name of the thing to start from; required.
        target: Name of the thing to reach; required.
        length: The most activities a path may pass through.
        most: Show at most this many paths.
        **filters: Options of :class:`kg.projection.Filter`.

    Returns:
        One row a hop: path, hop, from, role, to, period, and the evidence. No row when there is no
        path within the length; the notes say why.

    Raises:
        KGError: If an option is unknown, or a name is not given or means nothing.
    """
    limit = _options.integer("length", length, 1, 20)
    count = _options.integer("most", most, 1, _MOST)
    chosen = _options.filter_of(filters, ("source", "target", "length", "most"))
    if not source or not target:
        raise KGError("a path needs two ends", fix="give source= and target=")
    start, end = _options.entity(view, source), _options.entity(view, target)
    graph = two_mode(view, chosen, detail=False)
    found, total = shortest(graph, start, end, limit, count, cache(view.label))
    rows = _rows(view, graph, found)
    columns = ("path", "hop", "from", "role", "to", "period", *EVIDENCE)
    more = (_outcome(view, graph, (start, end), found, limit, total), *_cells.graph_notes(graph))
    title = f"Paths from {view.label(start)} to {view.label(end)}"
    return Table(columns, tuple(rows), title, _cells.notes(view, DEFINITION, *more))


def shortest(
    graph: nx.Graph,
    start: str,
    end: str,
    limit: int,
    most: int,
    label: Callable[[str], str],
) -> tuple[list[list[str]], int]:
    """Return shortest paths, sorted by label, and how many there are (counted up to a bound).

    Args:
        graph: A two-mode graph.
        start: First node.
        end: Last node.
        limit: The most activities a path may pass through.
        most: The most paths to return.
        label: Gives the label of a node.
    """
    if start == end or start not in graph or end not in graph or not nx.has_path(graph, start, end):
        return [], 0
    found = list(islice(nx.all_shortest_paths(graph, start, end), _MOST))
    if _length(graph, found[0]) > limit:
        return [], 0
    found.sort(key=lambda path: [(label(n), n) for n in path])
    return found[:most], len(found)


def _length(graph: nx.Graph, path: Sequence[str]) -> int:
    return sum(graph.nodes[n]["bipartite"] == 1 for n in path)


def _rows(view: View, graph: nx.Graph, found: list[list[str]]) -> list[tuple[Cell, ...]]:
    edges = {tuple(sorted(hop)) for path in found for hop in pairwise(path)}
    support = supports(view, [c for u, v in edges for c in graph.edges[u, v]["claims"]])
    rows: list[tuple[Cell, ...]] = []
    for number, path in enumerate(found, 1):
        for hop, (one, other) in enumerate(pairwise(path), 1):
            edge = graph.edges[one, other]
            row = (
                str(number),
                str(hop),
                view.label(one),
                ", ".join(edge["roles"]) or NOT_STATED,
                view.label(other),
                ", ".join(edge["edtf"]) or NOT_STATED,
                *_cells.evidence(support[c] for c in edge["claims"]),
            )
            rows.append(row)
    return rows


def _outcome(
    view: View,
    graph: nx.Graph,
    ends: tuple[str, str],
    found: list[list[str]],
    limit: int,
    total: int,
) -> str:
    for end in ends:
        if end not in graph:
            return f"{view.label(end)} has no tie that the filter keeps, so there is no path"
    if not found:
        return f"no path through at most {limit} activities"
    bound = f"{total} or more" if total == _MOST else str(total)
    shown = f", {len(found)} shown" if len(found) < total else ""
    return f"shortest length: {_length(graph, found[0])}; paths of that length: {bound}{shown}"
