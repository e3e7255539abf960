"""N-Quads: who said what, one triple and its document a line, sorted.

The lines are bare, without a comment: the catalogue's triples name the sources and licences.
"""

from __future__ import annotations

from typing import BinaryIO

from kg.export import _lines
from kg.store import View

EXTENSION = ".nq"
MEDIA_TYPE = "application/n-quads"


def write(view: View, out: BinaryIO) -> None:
    """Write a view as N-Quads.

    Args:
        view: The documents that count.
        out: Where the bytes go.
    """
    found: list[bytes] = []
    for graph in _lines.graphs(view):
        tail = f" <{graph}> .\n".encode()
        found += [line + tail for line in _lines.of_graph(view, graph)]
    found.sort()
    out.writelines(found)
