"""Parts of a typed graph."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from kg.errors import UnknownNameError

if TYPE_CHECKING:
    import networkx as nx


def of_claims(graph: nx.MultiDiGraph, claims: AbstractSet[str]) -> nx.MultiDiGraph:
    """Return the part of a typed graph that some claims speak of.

    Args:
        graph: A graph of :func:`kg.projection.typed`.
        claims: IRIs of claims, or of entities.

    Returns:
        The edges that rest on one of the claims, the events and plans that do with all their
        links, the entities named, and their ends.
    """
    said = {
        n for n, d in graph.nodes(data=True) if n in claims or claims & set(d.get("claims", ()))
    }
    events = {n for n in said if "claims" in graph.nodes[n]}
    part = graph.__class__(**graph.graph)
    kept = [
        (u, v, key)
        for u, v, key, data in graph.edges(keys=True, data=True)
        if claims & set(data.get("claims", ())) or events & {u, v}
    ]
    ends = {end for u, v, _ in kept for end in (u, v)}
    part.add_nodes_from((n, graph.nodes[n]) for n in sorted(said | ends))
    part.add_edges_from((u, v, key, graph.edges[u, v, key]) for u, v, key in sorted(kept))
    return part


def neighbourhood(graph: nx.MultiDiGraph, centre: str, depth: int = 1) -> nx.MultiDiGraph:
    """Return the part of a typed graph near a node.

    Args:
        graph: A graph of :func:`kg.projection.typed`, or of the other projections.
        centre: IRI of the node.
        depth: How many edges away, whatever their direction.

    Raises:
        UnknownNameError: If the node is not in the graph.
    """
    from networkx import single_source_shortest_path_length

    if centre not in graph:
        fix = "widen the filter, or choose a thing that some claim is about"
        raise UnknownNameError(f"nothing in this graph is about '{centre}'", fix=fix)
    plain = graph.to_undirected(as_view=True)
    near = set(single_source_shortest_path_length(plain, centre, depth))
    part = graph.__class__(**graph.graph)
    part.add_nodes_from((n, d) for n, d in sorted(graph.nodes(data=True)) if n in near)
    if graph.is_multigraph():
        found = [(u, v, k) for u, v, k in graph.edges(keys=True) if u in near and v in near]
        part.add_edges_from((u, v, k, graph.edges[u, v, k]) for u, v, k in sorted(found))
    else:
        pairs = [(u, v) for u, v in graph.edges if u in near and v in near]
        part.add_edges_from((u, v, graph.edges[u, v]) for u, v in sorted(pairs))
    return part
