"""N-Triples: the same triples as Turtle, one a line, sorted.

The lines are bare, without a comment: the catalogue's triples name the sources and licences.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from kg.export import _lines
from kg.store import View

EXTENSION = ".nt"
MEDIA_TYPE = "application/n-triples"


def write(view: View, out: BinaryIO) -> None:
    """Write a view as N-Triples.

    Args:
        view: The documents that count.
        out: Where the bytes go.
    """
    out.write(joined(_lines.union(view)))


def joined(lines: Sequence[bytes]) -> bytes:
    """Return sorted lines of N-Triples, without their closing points, as a document."""
    return _lines.END.join((*lines, b"")) if lines else b""
