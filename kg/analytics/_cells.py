"""What the tables of analyses have in common: evidence, documents, notes, numbers, ranks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import networkx as nx

from kg import columns
from kg.evidence import Support
from kg.namespaces import prefixes, sp
from kg.restrict import counted
from kg.store import View
from kg.table import EVIDENCE, NOT_STATED, Cell


def evidence(supports: Iterable[Support]) -> tuple[Cell, ...]:
    """Return the cells of the last four columns: one value an evidence, in parallel.

    A single evidence gives plain text.

    Args:
        supports: What supports the row, in the order in which to show it.
    """
    lines = [
        (_modality(s.status, e.attribution), e.document, e.place, e.words)
        for s in supports
        for e in s.evidence
    ]
    if not lines:
        return (NOT_STATED,) * len(EVIDENCE)
    return tuple(_plain(values) for values in zip(*lines, strict=True))


def _plain(values: tuple[str, ...]) -> Cell:
    return values[0] if len(values) == 1 else values


def _modality(status: str, attribution: str) -> str:
    return f"{status}, {attribution}" if status else attribution


_FEW, _BATCH = 50, 1000
_DOCUMENTS = """SELECT ?n ?document { VALUES (?claim ?n) { %s }
    ?claim sp:evidence ?place . ?place sp:document ?document }"""


class Documents:
    """Finds the documents behind claims, for rows that sum up too many to quote."""

    def __init__(self, view: View) -> None:
        self._view, self._home = view, prefixes()["doc"]
        self._known: dict[str, Collection[str]] = {}
        self._kept = columns.holds(view, "documents")

    def of(self, claims: Iterable[str]) -> Cell:
        """Return the identifiers of the documents that support some claims, sorted."""
        asked = set(claims)
        self._look_up(sorted(c for c in asked if c not in self._known))
        found = set().union(*(self._known[c] for c in asked))
        return _plain(tuple(sorted(d.removeprefix(self._home) for d in found))) or NOT_STATED

    def _look_up(self, unknown: list[str]) -> None:
        if self._kept and len(self._known) + len(unknown) > _FEW:
            self._known |= columns.documents(self._view)
            self._kept = False
            unknown = [c for c in unknown if c not in self._known]
        for start in range(0, len(unknown), _BATCH):
            some = unknown[start : start + _BATCH]
            self._known |= self._many(some) if len(some) > _FEW else {c: self._one(c) for c in some}

    def _one(self, claim: str) -> set[str]:
        read, document = self._view.objects, sp("document")
        return {d for e in read(claim, sp("evidence")) for d in read(e, document)}

    def _many(self, claims: list[str]) -> dict[str, set[str]]:
        found: list[set[str]] = [set() for _ in claims]
        values = " ".join(f"(<{claim}> {n})" for n, claim in enumerate(claims))
        for n, document in self._view.select(_DOCUMENTS % values):
            found[int(n.value)].add(document.value)
        return dict(zip(claims, found, strict=True))


def notes(view: View, definition: str, *more: str) -> tuple[str, ...]:
    """Return the notes of a table: its definition, what else is given, and what was left out.

    Args:
        view: The documents that counted.
        definition: What the figures are, and where that is defined.
        *more: Further notes.
    """
    return (f"definition: {definition}", *more, counted(view))


def numbered(graph: nx.Graph) -> tuple[nx.Graph, list[str]]:
    """Return a graph with nodes 0 to n-1 in the order of their names, and the names.

    Algorithms that walk over sets then give the same result whatever the hash seed. `exact` of an
    edge is its distance as a whole number, so that paths of equal length are equal.
    """
    from math import lcm

    nodes = sorted(graph)
    index = {node: i for i, node in enumerate(nodes)}
    plain = nx.Graph()
    plain.add_nodes_from(range(len(nodes)))
    edges = sorted(tuple(sorted((index[u], index[v]))) for u, v in graph.edges)
    unit = lcm(*(d.get("weight", 1) for _, _, d in graph.edges(data=True)))
    for u, v in edges:
        weight = graph.edges[nodes[u], nodes[v]].get("weight", 1)
        plain.add_edge(u, v, weight=weight, exact=unit // weight)
    return plain, nodes


def ranks(scores: Sequence[float]) -> list[str]:
    """Return the rank of each score, highest first; equal scores share one, marked "="."""
    rounded = [round(s, 9) for s in scores]
    count = Counter(rounded)
    first = {s: 1 + sum(count[x] for x in count if x > s) for s in count}
    return [f"{first[s]}{'=' if count[s] > 1 else ''}" for s in rounded]


def number(value: float) -> str:
    """Return a number as text: whole as it is, otherwise with six decimals."""
    return str(value) if isinstance(value, int) else f"{value:.6f}"


def labels(graph: Any, nodes: Iterable[str]) -> tuple[str, ...]:
    """Return the labels of nodes, sorted."""
    return tuple(sorted(graph.nodes[n]["label"] for n in nodes))


def graph_notes(graph: Any) -> tuple[str, ...]:
    """Return the notes that a projection carries, and a warning where it is small."""
    found: Mapping[str, Any] = graph.graph
    count = graph.number_of_nodes()
    small = () if count >= 20 else (f"small graph ({count} nodes): read ranks with care",)
    return (*found["notes"], *small)
