"""What breaks if an actor leaves."""

from __future__ import annotations

from typing import Any

import networkx as nx

from kg.analytics import _cells, _options
from kg.analytics._options import Plain
from kg.analytics._removal import losses
from kg.errors import KGError
from kg.evidence import supports
from kg.projection import two_mode
from kg.store import View
from kg.table import EVIDENCE, Cell, Table

KEPT = True
"""Kept beside a large store, with what it says by default."""

DEFINITION = (
    "the actor is taken out of the two-mode network and the network is measured again: a joint "
    "activity has at least two actors and is lost when fewer than two stay; reachable pairs are "
    "pairs of the other actors joined by some path of shared activities (node removal as in "
    "Albert, Jeong and Barabási 2000)"
)


def run(view: View, *, actor: str = "", activity: str = "", **filters: Plain) -> Table:
    """Show what breaks if one actor leaves, or compare all actors.

    Args:
        view: The documents that count.
        actor: Who leaves; every actor in turn when empty.
        activity: Leave only this activity; all when empty. Needs `actor`.
        **filters: Options of :class:`kg.projection.Filter`.

    Returns:
        With an actor: one row a measure, before and after, and one row a joint activity lost, with
        the evidence of the actor's part. Without: one row an actor, most damaging first.

    Raises:
        KGError: If an option is unknown, or a name means nothing or has no such tie.
    """
    chosen = _options.filter_of(filters, ("actor", "activity"))
    graph = two_mode(view, chosen)
    if activity and not actor:
        raise KGError("an activity without actor", fix="give actor= too")
    if not actor:
        return _everyone(view, graph)
    who, what = _options.entity(view, actor), _options.entity(view, activity)
    if who not in graph or (what and not graph.has_edge(who, what)):
        place = f" in '{activity}'" if what else ""
        fix = "widen the filter, or see kg analyze missing"
        raise KGError(f"'{actor}' has no tie{place} that the filter keeps", fix=fix)
    return _one(view, graph, who, what)


def _without(graph: nx.Graph, who: str, what: str = "") -> nx.Graph:
    left = graph.copy()
    if what:
        left.remove_edge(who, what)
    else:
        left.remove_node(who)
    return left


def _actors(graph: nx.Graph) -> list[str]:
    return sorted(n for n, d in graph.nodes(data=True) if d["bipartite"] == 0)


def _joint(graph: nx.Graph) -> set[str]:
    return {n for n, d in graph.nodes(data=True) if d["bipartite"] == 1 and graph.degree(n) > 1}


def measure(graph: nx.Graph, others: set[str]) -> dict[str, int]:
    """Return the measures of a two-mode network as seen by some actors.

    Args:
        graph: The two-mode network.
        others: The actors that stay.
    """
    parts = [len(part & others) for part in nx.connected_components(graph)]
    alone = sum(all(graph.degree(m) < 2 for m in graph[a]) for a in sorted(others))
    return {
        "groups of connected actors": sum(size > 0 for size in parts),
        "reachable pairs of the others": sum(size * (size - 1) // 2 for size in parts),
        "joint activities": len(_joint(graph)),
        "others without partner": alone,
    }


def _one(view: View, graph: nx.Graph, who: str, what: str) -> Table:
    others = set(_actors(graph)) - {who}
    left = _without(graph, who, what)
    before, after = measure(graph, others), measure(left, others)
    blank = ("", "", "", "")
    rows: list[tuple[Cell, ...]] = [
        (name, str(before[name]), str(after[name]), str(after[name] - before[name]), *blank)
        for name in before
    ]
    lost = sorted(_joint(graph) - _joint(left))
    support = supports(view, [c for m in lost for c in graph.edges[who, m]["claims"]])
    for m in lost:
        cells = _cells.evidence(support[c] for c in graph.edges[who, m]["claims"])
        label = f"lost: {graph.nodes[m]['label']}"
        rows.append((label, str(graph.degree(m)), str(left.degree(m)), "-1", *cells))
    columns = ("measure", "before", "after", "change", *EVIDENCE)
    place = f" leaves {graph.nodes[what]['label']}" if what else " leaves"
    title = f"If {graph.nodes[who]['label']}{place}"
    more = ("of a lost activity: its actors before and after", *_cells.graph_notes(graph))
    return Table(columns, tuple(rows), title, _cells.notes(view, DEFINITION, *more))


def _everyone(view: View, graph: nx.Graph) -> Table:
    documents = _cells.Documents(view)
    found: list[tuple[Any, ...]] = []
    for who, loss in losses(graph).items():
        lost = sorted(graph.nodes[m]["label"] for m in loss.activities)
        key = (-loss.pairs, -len(lost), graph.nodes[who]["label"])
        claims = [c for m in graph[who] for c in graph.edges[who, m]["claims"]]
        row = (
            graph.nodes[who]["label"],
            str(loss.pairs),
            str(loss.groups),
            str(loss.isolated),
            str(len(lost)),
            tuple(lost),
            documents.of(claims),
        )
        found.append((key, row))
    columns = (
        "actor", "pairs_lost", "groups_more", "others_isolated", "activities_lost",
        "lost", "document",
    )  # fmt: skip
    rows = tuple(row for _, row in sorted(found, key=lambda f: f[0]))
    notes = _cells.notes(view, DEFINITION, *_cells.graph_notes(graph))
    return Table(columns, rows, "What breaks if an actor leaves", notes)
