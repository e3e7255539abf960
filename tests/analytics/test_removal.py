"""What is lost with each actor, found in one search, is what taking each out by itself shows."""

import random

import networkx as nx
import pytest

from kg.analytics._removal import losses
from kg.analytics.resilience import measure


def network(seed: int) -> nx.Graph:
    """Actors and activities linked at random: trees, rings, lone ends and parts without links."""
    chance = random.Random(seed)
    graph = nx.Graph()
    actors, activities = range(chance.randint(1, 12)), range(chance.randint(1, 14))
    graph.add_nodes_from((f"a{n:02}" for n in actors), bipartite=0)
    graph.add_nodes_from((f"m{n:02}" for n in activities), bipartite=1)
    for _ in range(chance.randint(0, 24)):
        graph.add_edge(f"a{chance.choice(actors):02}", f"m{chance.choice(activities):02}")
    return graph


def taken_out(graph: nx.Graph, who: str) -> tuple[int, int, int, set[str]]:
    others = {n for n, d in graph.nodes(data=True) if d["bipartite"] == 0} - {who}
    left = graph.copy()
    left.remove_node(who)
    before, after = measure(graph, others), measure(left, others)
    change = {name: after[name] - before[name] for name in before}
    lost = {m for m in graph[who] if graph.degree(m) > 1 and left.degree(m) < 2}
    return (
        -change["reachable pairs of the others"],
        change["groups of connected actors"],
        change["others without partner"],
        lost,
    )


@pytest.mark.parametrize("block", range(10))
def test_as_when_each_is_taken_out(block: int) -> None:
    torn = 0
    for seed in range(block * 40, block * 40 + 40):
        graph = network(seed)
        found = losses(graph)
        assert list(found) == sorted(n for n in graph if n.startswith("a"))
        for who, loss in found.items():
            seen = (loss.pairs, loss.groups, loss.isolated, set(loss.activities))
            assert seen == taken_out(graph, who), (seed, who)
            torn += loss.groups > 0 and loss.pairs > 0
    assert torn > 5, "some actors hold groups together"


def test_a_long_chain_needs_no_deep_calls() -> None:
    graph = nx.path_graph(20_001)
    nx.set_node_attributes(graph, {n: n % 2 for n in graph}, "bipartite")
    found = losses(nx.relabel_nodes(graph, lambda n: f"{n:05}"))
    assert found["00000"].pairs == 0
    assert found["10000"].pairs == 5_000 * 5_000
    assert found["10000"].groups == 1
