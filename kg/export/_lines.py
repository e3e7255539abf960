"""Sorted N-Triples of a view: what every RDF format is made from.

A line here is the bytes of one triple without the closing ` .`. The engine escapes line ends in
literals, so ` .` and a line end are always the end of a triple. (`splitlines` would not do: on
text it also splits at U+2028 and U+0085, which labels may hold.)
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.namespaces import iri
from kg.store import ONTOLOGY, View

END = b" .\n"


def of_graph(view: View, graph: str) -> list[bytes]:
    """Return the triples of one named graph, sorted.

    Args:
        view: The documents that count.
        graph: IRI of the graph.
    """
    return sorted(_dump(view.store, ox.NamedNode(graph)))


def graphs(view: View) -> list[str]:
    """Return the named graphs that are exported: all but the ontology, sorted."""
    return [graph for graph in view.graphs() if graph != iri(ONTOLOGY)]


def union(view: View) -> list[bytes]:
    """Return the triples of all exported graphs, each once, sorted."""
    lines = _dump(view.store, ox.DefaultGraph())
    if left_out := _only_ontology(view.store):
        lines = [line for line in lines if line not in left_out]
    lines.sort()
    return lines


def _dump(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> list[bytes]:
    return _split(store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b"")


def _split(dumped: bytes) -> list[bytes]:
    lines = dumped.split(END)
    lines.pop()
    return lines


def _only_ontology(store: ox.Store) -> set[bytes]:
    """The merge holds the ontology too: what no other graph says is left out."""
    ontology = ox.NamedNode(iri(ONTOLOGY))
    own = (ontology, ox.DefaultGraph())
    found = store.quads_for_pattern(None, None, None, ontology)
    alone = [q.triple for q in found if not _elsewhere(store, q, own)]
    return set(_split(ox.serialize(alone, format=ox.RdfFormat.N_TRIPLES) or b""))


def _elsewhere(store: ox.Store, quad: ox.Quad, own: Iterable[object]) -> bool:
    same = store.quads_for_pattern(quad.subject, quad.predicate, quad.object)
    return any(q.graph_name not in own for q in same)
