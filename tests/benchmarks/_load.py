"""Load: statements made in Python and merged, against the engine loading the quads alone."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pyoxigraph as ox
from _measure import Finding, alternate
from _world import Node, statements

from kg import bulk


def quads_of(world: list[Node]) -> bytes:
    """Return the document quads alone, as N-Quads."""
    quads = io.BytesIO()
    bulk.Writer(quads, io.BytesIO()).write(statements(world))
    return quads.getvalue()


def compare(world: list[Node], size: str, rounds: int) -> Iterator[Finding]:
    """Yield memory and disk."""
    quads = quads_of(world)
    note = "terms checked, lines written, all graphs merged; the peer does none of it"
    for place in ("memory", "disk"):
        on_disk = place == "disk"
        variants = {
            "kg": partial(_run, lambda path: bulk.load(statements(world), path), on_disk),
            "raw": partial(_run, lambda path: _raw(quads, path), on_disk),
        }
        times = alternate(variants, rounds)
        what = f"load, {place}, {size} quads"
        yield Finding(what, times["kg"], times["raw"], "pyoxigraph bulk_load", 2.5, note=note)


def _run(work: Callable[[Path | None], ox.Store], on_disk: bool) -> ox.Store | None:
    if not on_disk:
        return work(None)
    folder = Path(tempfile.mkdtemp())
    try:
        work(folder / "store").flush()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return None


def _raw(quads: bytes, path: Path | None) -> ox.Store:
    loaded = ox.Store(str(path)) if path else ox.Store()
    loaded.bulk_load(quads, format=ox.RdfFormat.N_QUADS)
    return loaded
