"""Which actors are central in the partnership network, by four measures."""

from __future__ import annotations

import networkx as nx

from kg.analytics import _cells, _options
from kg.analytics._between import betweenness
from kg.analytics._options import Plain
from kg.projection import actor_actor
from kg.store import View
from kg.table import Table

KEPT = True
"""Kept beside a large store, with what it says by default."""

MEASURES = ("degree", "weighted_degree", "betweenness", "pagerank")
DEFINITION = (
    "degree = number of partners; weighted degree = sum of the activities shared with each; "
    "betweenness = share of shortest paths that pass through, normalised, an edge being "
    "1 / weight long (Freeman 1977; distances as in Newman 2001); PageRank with damping 0.85 on "
    "weights (Brin and Page 1998)"
)


def run(view: View, *, by: str = "betweenness", top: Plain = 0, **filters: Plain) -> Table:
    """Rank actors by their place in the network.

    Args:
        view: The documents that count.
        by: The measure to rank by: degree, weighted_degree, betweenness or pagerank.
        top: Show only ranks up to this one; 0 for all.
        **filters: Options of :class:`kg.projection.Filter`.

    Returns:
        One row an actor; equal scores share a rank, marked "=", and stand together.

    Raises:
        KGError: If an option is unknown or has a value that cannot be.
    """
    measure = _options.choice("by", by, MEASURES)
    most = _options.integer("top", top)
    chosen = _options.filter_of(filters, ("by", "top"))
    graph = actor_actor(view, chosen)
    plain, nodes = _cells.numbered(graph)
    scores = _scores(plain)
    ranked = _cells.ranks([scores[measure][i] for i in plain])
    order = sorted(plain, key=lambda i: (_place(ranked[i]), graph.nodes[nodes[i]]["label"]))
    documents = _cells.Documents(view)
    rows = []
    for i in order:
        if most and _place(ranked[i]) > most:
            continue
        node = nodes[i]
        claims = [c for _, _, d in graph.edges(node, data=True) for c in d["claims"]]
        figures = [_cells.number(scores[m][i]) for m in MEASURES]
        label = graph.nodes[node]["label"]
        rows.append((ranked[i], label, *figures, documents.of(claims)))
    more = ("ties share a rank, marked =", f"ranked by {measure}", *_cells.graph_notes(graph))
    columns = ("rank", "actor", *MEASURES, "document")
    title = f"Central actors by {measure}"
    return Table(columns, tuple(rows), title, _cells.notes(view, DEFINITION, *more))


def _place(rank: str) -> int:
    return int(rank.rstrip("="))


def _scores(plain: nx.Graph) -> dict[str, dict[int, float]]:
    pagerank = nx.pagerank(plain, weight="weight", tol=1e-12, max_iter=1000) if plain else {}
    return {
        "degree": dict(plain.degree),
        "weighted_degree": dict(plain.degree(weight="weight")),
        "betweenness": dict(enumerate(betweenness(plain))),
        "pagerank": {i: float(x) for i, x in pagerank.items()},
    }
