"""The lines of a build while it is made: what is written to two files is loaded from them."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from kg import bulk, ontology, store
from kg.model import Statement
from kg.namespaces import iri

_CHUNK = 64 << 20


class Draft:
    """N-Quads, and the same lines without graph for the merge; the ontology comes first.

    Args:
        folder: Where the files go.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths = folder / "load.nq", folder / "load.nt"
        self._files: list[BinaryIO] = [path.open("wb") for path in self._paths]
        self._writer = bulk.Writer(*self._files)
        lines = ontology.lines()
        self._files[0].write(lines.replace(b" .\n", f" <{iri(store.ONTOLOGY)}> .\n".encode()))
        self._files[1].write(lines)

    def write(self, statements: Iterable[Statement]) -> None:
        """Add statements."""
        self._writer.write(statements)

    def load(self, path: Path | None = None, *, checked: bool = False) -> ox.Store:
        """Return a store of all lines: in memory, or on disk at a new folder.

        Args:
            path: A folder that does not exist yet, or None for memory.
            checked: That a store has taken the same lines before, so that no term is bad.
        """
        for file in self._files:
            file.flush()
        made = ox.Store(str(path)) if path else ox.Store()
        bulk.fill(made, *self._paths, checked=checked)
        return made

    def merge(self) -> bytes:
        """Return the lines of the merge, as N-Triples; some may be there twice."""
        self._files[1].flush()
        return self._paths[1].read_bytes()

    def digest(self) -> tuple[int, str]:
        """Return how many different quads there are, and the SHA-256 of their sorted lines.

        Sorted piece by piece, so that memory does not grow with the lines.
        """
        self._files[0].flush()
        parts: list[Path] = []
        with self._paths[0].open("rb") as lines:
            while chunk := lines.readlines(_CHUNK):
                parts.append(self._folder / f"sorted-{len(parts)}.nq")
                parts[-1].write_bytes(b"".join(sorted(set(chunk))))
        files = [part.open("rb") for part in parts]
        try:
            return _digest(files[0] if len(files) == 1 else heapq.merge(*files))
        finally:
            for file, part in zip(files, parts, strict=True):
                file.close()
                part.unlink()

    def remove(self) -> None:
        """Remove the files."""
        for file, path in zip(self._files, self._paths, strict=True):
            file.close()
            path.unlink()


def _digest(lines: Iterable[bytes]) -> tuple[int, str]:
    """Count and hash lines as :func:`kg.store.digest_of` does: joined by line feeds."""
    found, number = hashlib.sha256(), 0
    for line in _different(lines):
        found.update((b"\n" if number else b"") + line[:-1])
        number += 1
    return number, found.hexdigest()


def _different(lines: Iterable[bytes]) -> Iterator[bytes]:
    last = b""
    for line in lines:
        if line != last:
            yield line
        last = line
