"""Parts of a typed graph."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

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
