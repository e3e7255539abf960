"""Projection: sparse product against a SPARQL self-join and networkx's bipartite projection."""

from __future__ import annotations

from collections.abc import Iterator

from _measure import Finding, alternate

from kg.projection import actor_actor, weights
from kg.store import View

_HALF = """?c{n} sp:participant ?{a} ; sp:inActivity ?m ; sp:role ?r{n} ; sp:status ?s{n} .
    ?{a} a sp:SpaceAgency . FILTER(?s{n} IN (status:ongoing, status:occurred))"""
_JOIN = f"""SELECT ?a ?b (COUNT(DISTINCT ?m) AS ?n) {{
    {_HALF.format(n=1, a="a")} {_HALF.format(n=2, a="b")} FILTER(STR(?a) < STR(?b))
    }} GROUP BY ?a ?b"""
_ENDS = f"SELECT DISTINCT ?a ?m {{ {_HALF.format(n=1, a='a')} }}"


def compare(view: View, size: str, rounds: int) -> Iterator[Finding]:
    """Yield the comparisons; all three must find the same edges."""
    edges = {"kg": _product(view), "join": len(_self_join(view)), "networkx": _networkx(view)}
    if len(set(edges.values())) != 1:
        raise SystemExit(f"the projections differ: {edges}")
    variants = {
        "kg": lambda: _product(view),
        "join": lambda: _self_join(view),
        "networkx": lambda: _networkx(view),
        "full": lambda: actor_actor(view),
    }
    times = alternate(variants, rounds)
    note = f"{edges['kg']:,} edges"
    target = 5 if size == "1e6" else None
    what = f"projection, {size} quads"
    for peer, name in (("join", "SPARQL self-join"), ("networkx", "networkx bipartite projection")):
        goal = target if peer == "join" else None
        yield Finding(what, times["kg"], times[peer], name, goal, faster=True, note=note)
    what = f"the same as a networkx graph with roles, years, claims, {size}"
    yield Finding(what, times["full"], times["join"], "SPARQL self-join, counts alone", faster=True)


def _product(view: View) -> int:
    return weights(view)[1].nnz // 2


def _self_join(view: View) -> list[tuple[str, ...]]:
    return [tuple(t.value for t in solution) for solution in view.select(_JOIN)]


def _networkx(view: View) -> int:
    import networkx as nx

    graph = nx.Graph()
    pairs = [tuple(t.value for t in solution) for solution in view.select(_ENDS)]
    graph.add_edges_from(pairs)
    projected = nx.bipartite.weighted_projected_graph(graph, {actor for actor, _ in pairs})
    return projected.number_of_edges()
