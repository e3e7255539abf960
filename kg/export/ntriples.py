"""N-Triples: the same triples as Turtle, one a line, sorted.

The lines are bare, without a comment: the catalogue's triples name the sources and licences.
"""

from __future__ import annotations

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
    lines = _lines.union(view)
    out.writelines([_lines.END.join(lines), _lines.END] if lines else [])
