"""GraphML: the typed graph of all that the claims say, for yEd, igraph, Cytoscape and others."""

from __future__ import annotations

from typing import Any, BinaryIO

from kg.export._graphs import cleaned
from kg.store import View

EXTENSION = ".graphml"
MEDIA_TYPE = "application/graphml+xml"


def write(view: View, out: BinaryIO) -> None:
    """Write the typed graph of a view as GraphML.

    Args:
        view: The documents that count.
        out: Where the bytes go.
    """
    from kg.projection import typed

    write_graph(typed(view), view, out)


def write_graph(graph: Any, view: View, out: BinaryIO) -> None:
    """Write a projection as GraphML; sources and licences are attributes of the graph.

    Args:
        graph: A graph of :mod:`kg.projection`.
        view: The view it was made from.
        out: Where the bytes go.
    """
    import networkx as nx

    nx.write_graphml_xml(cleaned(graph, view), out)
