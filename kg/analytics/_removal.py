"""What a two-mode network loses with each actor, for all actors at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import networkx as nx


class Loss(NamedTuple):
    """What one actor takes along.

    Attributes:
        pairs: Pairs of the other actors that no path joins any more.
        groups: How many more groups of connected actors the others make.
        isolated: Others that have no partner left.
        activities: Joint activities that fewer than two actors still share.
    """

    pairs: int
    groups: int
    isolated: int
    activities: tuple[str, ...]


def losses(graph: nx.Graph) -> dict[str, Loss]:
    """Return what each actor takes along when it leaves, the actors sorted.

    One search in depth finds the parts into which a network falls without each of its nodes
    (Hopcroft and Tarjan 1973, doi:10.1145/362248.362272), so that cost grows with the links alone.

    Args:
        graph: The two-mode network; actors have `bipartite` 0.
    """
    actors = sorted(n for n, d in graph.nodes(data=True) if d["bipartite"] == 0)
    parts = {n: p for whole in nx.connected_components(graph) for n, p in _parts(graph, whole)}
    left_alone = Counter(only for a in actors if (only := _only_partner(graph, a)))
    found = {}
    for who in actors:
        sizes = [size for size in parts[who] if size]
        pairs = _pairs(sum(sizes)) - sum(map(_pairs, sizes))
        lost = tuple(m for m in graph[who] if graph.degree(m) == 2)
        found[who] = Loss(pairs, len(sizes) - bool(sizes), left_alone[who], lost)
    return found


def _pairs(size: int) -> int:
    return size * (size - 1) // 2


def _only_partner(graph: nx.Graph, actor: str) -> str:
    """The one actor with whom another shares all its joint activities, they two alone; or ""."""
    joint = [m for m in graph[actor] if graph.degree(m) > 1]
    partners = {other for m in joint for other in graph[m]} - {actor}
    return partners.pop() if len(partners) == 1 else ""


def _parts(graph: nx.Graph, whole: set[str]) -> Iterator[tuple[str, list[int]]]:
    """Yield each node of a connected network, and how many actors are in each part without it."""
    root = min(whole)
    order, above = _searched(graph, root)
    place = {node: number for number, node in enumerate(order)}
    own = {node: int(graph.nodes[node]["bipartite"] == 0) for node in order}
    size, low, parts = dict(own), dict(place), {node: list[int]() for node in order}
    for node in reversed(order[1:]):
        reached = (place[other] for other in graph[node] if other != above[node])
        low[node] = min(low[node], min(reached, default=place[node]))
        size[above[node]] += size[node]
        low[above[node]] = min(low[above[node]], low[node])
        if low[node] >= place[above[node]]:
            parts[above[node]].append(size[node])
    for node in order:
        rest = size[root] - own[node] - sum(parts[node])
        yield node, parts[node] if node == root else [*parts[node], rest]


def _searched(graph: nx.Graph, root: str) -> tuple[list[str], dict[str, str]]:
    """Return the nodes in the order of a search in depth, and from where each was reached."""
    above = {node: before for before, node in nx.dfs_edges(graph, root)}
    return [root, *above], above
