"""Betweenness by whole numbers is that of networkx."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from kg.analytics._between import betweenness
from kg.analytics._cells import numbered


def drawn(seed: int, nodes: int, edges: int) -> nx.Graph:
    """A graph of several parts with few different weights, so that many paths are equal."""
    source = random.Random(seed)
    graph = nx.Graph()
    graph.add_nodes_from(f"n{i:02}" for i in range(nodes))
    names = sorted(graph)
    for _ in range(edges):
        graph.add_edge(*source.sample(names, 2), weight=source.choice([1, 1, 2, 3, 5]))
    return graph


@pytest.mark.parametrize("seed", range(8))
def test_it_is_that_of_networkx(seed: int) -> None:
    plain, _ = numbered(drawn(seed, 30, 25 + 10 * seed))
    peer = nx.betweenness_centrality(plain, weight="exact")
    assert betweenness(plain) == [peer[node] for node in range(30)]
    assert any(betweenness(plain))


@pytest.mark.parametrize("nodes", [0, 1, 2])
def test_nobody_stands_between_too_few(nodes: int) -> None:
    graph = nx.path_graph([f"n{i}" for i in range(nodes)])
    assert betweenness(numbered(graph)[0]) == [0.0] * nodes


def test_equal_paths_share_whatever_their_lengths_sum_to() -> None:
    graph = nx.Graph()
    graph.add_edge("a", "b", weight=2)
    graph.add_edge("b", "d", weight=6)
    graph.add_edge("a", "c", weight=3)
    graph.add_edge("c", "d", weight=3)
    plain, nodes = numbered(graph)
    assert dict(zip(nodes, betweenness(plain), strict=True)) == pytest.approx(
        {"a": 0, "b": 1 / 6, "c": 1 / 6, "d": 1 / 3}
    )
