"""Turtle: all that the documents say, each triple once, grouped by subject.

The named graphs are gone, the evidence is not: every claim keeps its documents and places.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from kg.export import _credits, _lines
from kg.export._turtle import Short, blocks
from kg.store import View

EXTENSION = ".ttl"
MEDIA_TYPE = "text/turtle"


def write(view: View, out: BinaryIO) -> None:
    """Write a view as Turtle.

    Args:
        view: The documents that count.
        out: Where the bytes go.
    """
    lines = _lines.union(view)
    out.write(_credits.comment(view, f"Triples: {len(lines)}"))
    out.write(grouped(lines))


def grouped(lines: Iterable[bytes]) -> bytes:
    """Return sorted lines of N-Triples, without their closing points, as Turtle."""
    short = Short()
    body = b"".join(blocks(lines, short))
    return short.declarations() + body
