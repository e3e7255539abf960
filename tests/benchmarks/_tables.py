"""Tables of the user's own: rows to a merged store, against the engine given the quads alone.

The rows are invented, in the shape of the launch log that has most rows of all; the mapping is the
product's. The cost should grow as the engine's own does, which may be more than in proportion; and
the memory of the mapping should stay what the identifiers need.
"""

from __future__ import annotations

import io
import shutil
import tempfile
import tracemalloc
from collections.abc import Iterator
from functools import partial
from math import log
from pathlib import Path

import pyoxigraph as ox
from _measure import Finding, alternate

from kg import resources
from kg.draft import Draft
from kg.identity import Identity
from kg.loaders._source import Report, Source
from kg.model import Statement
from kg.sources import load
from kg.vocab import load as words

_COLUMNS = (
    "Launch_Tag", "Launch_Date", "Piece", "Type", "Name", "PLName", "JCAT", "SatOwner", "SatState",
    "LV_Type", "Flight_ID", "Platform", "Launch_Site", "Launch_Pad", "Ascent_Site", "Ascent_Pad",
    "Agency", "LVState", "Launch_Code", "LTCite",
)  # fmt: skip
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS = (1, 2, 4)


def compare(rows: int, rounds: int) -> Iterator[Finding]:
    """Yield the cost beside the engine's, and the growth from one size to the next.

    Args:
        rows: Rows of the smallest table.
        rounds: How often.
    """
    folder = Path(tempfile.mkdtemp())
    try:
        yield from _compare(folder, rows, rounds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _compare(folder: Path, rows: int, rounds: int) -> Iterator[Finding]:
    spent: dict[int, dict[str, float]] = {}
    for step in _STEPS:
        table = _written(folder / f"launchlog-{step}.tsv", rows * step)
        quads = _quads(table, folder)
        times = alternate(
            {"kg": partial(_built, table, folder), "raw": partial(_raw, quads, folder)}, rounds
        )
        spent[step] = times
        what = f"table to merged store on disk, {rows * step:,} rows"
        note = f"{quads.count(b' .' + bytes([10])):,} quads; read, mapped, checked, merged"
        yield Finding(what, times["kg"], times["raw"], "pyoxigraph bulk_load", 3.0, note=note)
    for step in _STEPS[1:]:
        ours, raw = (spent[step][name] / spent[1][name] for name in ("kg", "raw"))
        what = f"cost of {step} times the rows (times, not s)"
        note = f"exponent {log(ours, step):.2f}, of the engine alone {log(raw, step):.2f}"
        yield Finding(what, ours, raw, "the engine's growth", 1.25, note=note)
    yield from _memory(folder, rows)


def _memory(folder: Path, rows: int) -> Iterator[Finding]:
    """Peaks are shown in the columns of seconds, as MiB."""
    peaks = {s: _peak(folder / f"launchlog-{s}.tsv") for s in _STEPS}
    what = f"peak of mapping, {rows * 4:,} rows (MiB, not s)"
    kept = (peaks[4] - peaks[1]) * 2**20 / (rows * 3)
    note = f"{kept:.0f} bytes a row: identifiers and labels; rows and statements are not kept"
    yield Finding(what, peaks[4], peaks[1], f"{rows:,} rows", 4.0, note=note)


def _peak(table: Path) -> float:
    tracemalloc.start()
    for _ in _mapped(table):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def _written(path: Path, rows: int) -> Path:
    """Write a launch log: ten payloads a launch, 300 owners, some of them two at once."""
    with path.open("w", encoding="utf-8") as out:
        out.write("#" + "\t".join(_COLUMNS) + "\n# Updated 2031 Jan  2\n")
        for n in range(rows):
            launch = n // 10
            day = f"{1960 + launch % 70} {_MONTHS[launch % 12]} {launch % 28 + 1:2} 0640:00"
            owner = f"O{n % 300}" + (f"/O{n % 77 + 300}" if n % 11 == 0 else "")
            piece = f"{1960 + launch % 70}-{launch // 70 % 1000:03}{'ABCDEFGHJK'[n % 10]}"
            cells = (
                piece[:8], day, piece, "P", f"Craft {n}", "-", f"S{n + 100000}", owner, "US", "LV",
                "-", "-", f"SITE{n % 40}", "-", "-", "-", f"O{launch % 90}", "US", "OS", "-",
            )  # fmt: skip
            out.write("\t".join(cells) + "\n")
    return path


def _mapped(table: Path) -> Iterator[Statement]:
    source = Source.read(resources.external() / "gcat", "gcat", table)
    source = Source(source.slug, source.folder, source.spec, table, Identity())
    yield from load(source, words(), Report(external=True))
    yield from source.identity.expected.left(source.identity.classes)


def _quads(table: Path, folder: Path) -> bytes:
    home = folder / "quads"
    home.mkdir()
    draft = Draft(home)
    draft.write(_mapped(table))
    draft.load()
    quads = (home / "load.nq").read_bytes()
    shutil.rmtree(home)
    return quads


def _built(table: Path, folder: Path) -> None:
    home = folder / "built"
    home.mkdir()
    try:
        draft = Draft(home)
        draft.write(_mapped(table))
        draft.load(home / "store").flush()
    finally:
        shutil.rmtree(home)


def _raw(quads: bytes, folder: Path) -> None:
    try:
        loaded = ox.Store(str(folder / "raw"))
        loaded.bulk_load(io.BytesIO(quads), format=ox.RdfFormat.N_QUADS)
        loaded.flush()
    finally:
        shutil.rmtree(folder / "raw")
