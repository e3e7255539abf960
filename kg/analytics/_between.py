"""Betweenness of weighted graphs whose distances are whole numbers, so that equal paths are equal.

Sources: Freeman 1977, "A set of measures of centrality based on betweenness"; Brandes 2001, "A
faster algorithm for betweenness centrality".
"""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import count
from typing import TypeAlias

import networkx as nx

_Links: TypeAlias = "list[list[tuple[int, int]]]"


def betweenness(plain: nx.Graph) -> list[float]:
    """Return the normalised betweenness of each node: what networkx gives, several times faster.

    Args:
        plain: A graph of :func:`kg.analytics._cells.numbered`; `exact` of an edge is its length.
    """
    links: _Links = [[(other, d["exact"]) for other, d in plain.adj[n].items()] for n in plain]
    found = [0.0] * len(links)
    for source in range(len(links)):
        if links[source]:
            _add_from(source, links, found)
    pairs = (len(links) - 1) * (len(links) - 2)
    scale = 1 / pairs if pairs > 0 else 1.0
    return [score * scale for score in found]


def _add_from(source: int, links: _Links, found: list[float]) -> None:
    """Add to each node the share of the shortest paths from a source that pass through it."""
    order, before, paths = _shortest(source, links)
    shares = dict.fromkeys(order, 0.0)
    for node in reversed(order):
        share = (1 + shares[node]) / paths[node]
        for earlier in before[node]:
            shares[earlier] += paths[earlier] * share
        if node != source:
            found[node] += shares[node]


def _shortest(
    source: int, links: _Links
) -> tuple[list[int], dict[int, list[int]], dict[int, float]]:
    """Return nodes by distance (Dijkstra 1959), the nodes before each, and its shortest paths."""
    before: dict[int, list[int]] = {source: []}
    paths, nearest = {source: 1.0}, {source: 0}
    order: list[int] = []
    done = set()
    number = count(1)
    heap = [(0, 0, source)]
    while heap:
        so_far, _, node = heappop(heap)
        if node in done:
            continue
        done.add(node)
        order.append(node)
        paths[node] = sum(paths[n] for n in before[node]) or 1.0
        for other, length in links[node]:
            if other in done:
                continue
            distance = so_far + length
            known = nearest.get(other)
            if known is None or distance < known:
                nearest[other], before[other] = distance, [node]
                heappush(heap, (distance, next(number), other))
            elif distance == known:
                before[other].append(node)
    return order, before, paths
