"""Answers in rows: as a page, with the evidence numbered below, or as CSV or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.pages.http import Response
from kg.pages.negotiate import TABLE
from kg.table import CITED, NOT_STATED, WRITERS, Cell, Table
from kg.table import many as values_of


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered piece of evidence: identifier of the document, place in it, words."""

    document: str
    locator: str
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as a page shows it.

    Attributes:
        columns: Columns that are not evidence and not empty throughout.
        rows: Cells, each a list of values, and the numbers of the row's sources.
        sources: What the numbers mean.
        unstated: Columns in which no row states anything.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[tuple[str, ...], ...], tuple[int, ...]], ...]
    sources: tuple[Source, ...]
    unstated: tuple[str, ...]


def response(table: Table, form: str) -> Response:
    """Return a table as CSV or JSON."""
    media = TABLE[form] + "; charset=utf-8"
    return Response(200, media, WRITERS[form](table).encode("utf-8", "replace"))


def shown(table: Table) -> Shown:
    """Return a table with its evidence as numbers."""
    numbers: dict[Source, int] = {}
    rest = [c for c in table.columns if c not in CITED or not set(CITED) <= set(table.columns)]
    records = table.records()
    empty = [c for c in rest if records and all(r[c] == NOT_STATED for r in records)]
    kept = tuple(c for c in rest if c not in empty)
    rows = []
    for record in records:
        cells = tuple(many(record[c]) for c in kept)
        rows.append((cells, tuple(_cite(record, numbers))))
    return Shown(kept, tuple(rows), tuple(numbers), tuple(empty))


def many(cell: Cell) -> tuple[str, ...]:
    """Return the values of a cell, each once."""
    return tuple(dict.fromkeys(values_of(cell)))


def sources_of(record: Mapping[str, Cell]) -> list[Source]:
    """Return the evidence of a row."""
    if not set(CITED) <= set(record):
        return []
    cells = [values_of(record[c]) for c in CITED]
    found = [Source(*one) for one in zip(*cells, strict=True) if one[0] != NOT_STATED]
    return list(dict.fromkeys(found))


def _cite(record: Mapping[str, Cell], numbers: dict[Source, int]) -> list[int]:
    return [numbers.setdefault(s, len(numbers) + 1) for s in sources_of(record)]
