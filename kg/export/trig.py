"""TriG: who said what, one block a document; without the ontology and without the merge."""

from __future__ import annotations

from typing import BinaryIO

from kg.export import _credits, _lines
from kg.export._turtle import Short, blocks
from kg.store import View

EXTENSION = ".trig"
MEDIA_TYPE = "application/trig"


def write(view: View, out: BinaryIO) -> None:
    """Write a view as TriG.

    Args:
        view: The documents that count.
        out: Where the bytes go.
    """
    short, body, count = Short(), [], 0
    for graph in _lines.graphs(view):
        lines = _lines.of_graph(view, graph)
        count += len(lines)
        body.append(b"\n%b {" % short[f"<{graph}>".encode()])
        body.extend(blocks(lines, short, b"    "))
        body.append(b"}\n")
    out.write(_credits.comment(view, f"Quads: {count}"))
    out.write(short.declarations())
    out.writelines(body)
