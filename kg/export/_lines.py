"""Sorted N-Triples of a view: what every RDF format is made from.

A line here is the bytes of one triple without the closing ` .`. The engine escapes line ends in
literals, so ` .` and a line end are always the end of a triple. (`splitlines` would not do: on
text it also splits at U+2028 and U+0085, which labels may hold.)
"""

from __future__ import annotations

import pyoxigraph as ox

from kg.namespaces import iri, prefixes
from kg.store import ONTOLOGY, View

END = b" .\n"
_SHARED = f"""CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH {ONTOLOGY} {{ ?s ?p ?o }} GRAPH ?g {{ ?s ?p ?o }}
    FILTER(?g != {ONTOLOGY}) }}"""


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
    alone = set(_dump(store, ox.NamedNode(iri(ONTOLOGY))))
    shared = store.query(_SHARED, prefixes=dict(prefixes())) if alone else None
    if isinstance(shared, ox.QueryTriples):
        alone.difference_update(_split(shared.serialize(format=ox.RdfFormat.N_TRIPLES) or b""))
    return alone
