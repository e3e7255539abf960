"""Printing tables: for people with numbered evidence below, for programs as they ask."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg import files
from kg.table import CITED, NOT_STATED, WRITERS, Cell, Table, flat, many

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.console import Console, OverflowMethod
    from rich.table import Table as Rich

_EMPTY = "no rows: the documents asked for do not state any"
_PAGE, _NARROWEST = 120, 20
_SCREEN = 100
_INDENT, _GAP = "   ", "  "


def shown(form: str, limit: int | None) -> int:
    """Return how many rows to show, 0 for all: a screen full of thousands helps nobody.

    Args:
        form: The format asked for.
        limit: What the user asks for, or None.
    """
    if limit is not None:
        return limit
    return _SCREEN if form == "table" and sys.stdout.isatty() else 0


def show(table: Table, form: str, empty: str = _EMPTY) -> None:
    """Print a table on stdout in a format.

    Args:
        table: What to print.
        form: table, csv, tsv, json or md.
        empty: What to say when there is no row; on stderr where a program reads stdout.
    """
    if form == "table":
        _pretty(table, empty)
        return
    click.echo(WRITERS[form](table), nl=False)
    if empty and not table.rows:
        click.echo(empty, err=True)


def _pretty(table: Table, nothing: str) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else _width(), highlight=False)
    shown, sources = _numbered(table)
    empty = [c for c in shown.columns if _all_unstated(shown, c)]
    kept = [c for c in shown.columns if c not in empty]
    if table.title:
        console.print(Text(table.title, style="bold"))
    if not shown.rows:
        console.print(nothing)
    elif _fits(shown, kept, console.width):
        console.print(_grid(shown, kept))
    else:
        _blocks(console, shown, kept)
    if empty and shown.rows:
        console.print(Text(f"{NOT_STATED} in every row: " + ", ".join(empty)))
    for number, source in enumerate(sources, 1):
        console.print(Text(f"[{number}] {source}"))
    for note in table.notes:
        console.print(Text(f"note: {note}", style="dim"))


def _width() -> int:
    """Columns of a page where there is no terminal: what COLUMNS says, if it is a width."""
    given = os.environ.get("COLUMNS", "")
    known = given.isascii() and given.isdigit() and int(given) > 0
    return max(int(given), _NARROWEST) if known else _PAGE


def _fits(table: Table, kept: list[str], width: int) -> bool:
    """A table fits when no word of it needs to be broken."""
    needed = 0
    for column in kept:
        place = table.columns.index(column)
        cells = [column, *(flat(row[place], "\n") for row in table.rows)]
        needed += 3 + max(len(word) for cell in cells for word in [*cell.split(), ""])
    return needed < width


def _grid(table: Table, kept: list[str]) -> Rich:
    from rich.table import Table as Rich
    from rich.text import Text

    grid = Rich(pad_edge=False)
    for column in kept:
        grid.add_column(Text(column), overflow="fold")
    for record in table.records():
        grid.add_row(*(Text(flat(record[c], "\n")) for c in kept))
    return grid


def _blocks(console: Console, table: Table, kept: list[str]) -> None:
    """Rows below each other, one line a column, for tables that are too wide."""
    from rich.segment import Segment, Segments
    from rich.style import Style

    bold, dim = Style(bold=True), Style(dim=True)
    found: list[Segment] = []
    for number, record in enumerate(table.records(), 1):
        head = f"{number}. {flat(record[kept[0]], ', ')}"
        for line in _lines(console, head, console.width, "fold"):
            found += Segment(line, bold), Segment.line()
        cells = {column: flat(record[column], "; ") for column in kept[1:]}
        for name, line in _beside(console, cells):
            found += Segment(_INDENT), Segment(name, dim), Segment(_GAP + line), Segment.line()
    console.print(Segments(found), crop=False, end="")


def _beside(console: Console, cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield names and values, broken into lines that stand beside each other.

    A longer value leaves its name at least half of the page.
    """
    from rich.cells import cell_len

    room = console.width - len(_INDENT) - len(_GAP)
    names = max(map(len, cells), default=0)
    longest = max((cell_len(x) for v in cells.values() for x in v.split("\n")), default=0)
    if names + longest > room:
        names = min(names, (room - 1) // 2)
    for name, value in cells.items():
        named = _lines(console, name, names, "ellipsis")
        for left, right in zip_longest(named, _lines(console, value, room - names, "ellipsis")):
            yield left or " " * names, right or " " * (room - names)


def _lines(console: Console, text: str, width: int, overflow: OverflowMethod) -> list[str]:
    """Break a text into lines: rich measures it, unless it is plain and short, as most are."""
    from rich.cells import set_cell_size
    from rich.text import Text

    if len(text) <= width and text.isascii() and text.isprintable():
        broken = [text]
    else:
        lines = Text(text).wrap(console, width, overflow=overflow)
        broken = [line.plain for line in lines]
    return broken if overflow == "fold" else [set_cell_size(line, width) for line in broken]


def _all_unstated(table: Table, column: str) -> bool:
    place = table.columns.index(column)
    return all(row[place] == NOT_STATED for row in table.rows)


def _numbered(table: Table) -> tuple[Table, list[str]]:
    """Replace the evidence columns by numbers of a list of sources."""
    if not set(CITED) <= set(table.columns):
        return table, []
    places = [table.columns.index(c) for c in CITED]
    numbers: dict[str, int] = {}
    rows: list[tuple[Cell, ...]] = []
    for row in table.rows:
        cells = [many(row[p]) for p in places]
        marks = []
        for document, locator, quote in zip(*cells, strict=True):
            if document == NOT_STATED:
                continue
            where = "" if locator == NOT_STATED else f" {locator}"
            source = f"{document}{where}: {quote}"
            marks.append(f"[{numbers.setdefault(source, len(numbers) + 1)}]")
        rest = tuple(_once(c) for i, c in enumerate(row) if i not in places)
        rows.append((*rest, "".join(dict.fromkeys(marks)) or NOT_STATED))
    columns = (*(c for i, c in enumerate(table.columns) if i not in places), "evidence")
    return Table(columns, tuple(rows), table.title, table.notes), list(numbers)


def _once(cell: Cell) -> Cell:
    return cell if isinstance(cell, str) else tuple(dict.fromkeys(cell))


def write(content: bytes, output: str) -> None:
    """Write bytes to a file, whole or not at all, or to stdout for "-".

    Raises:
        StoreError: If the file cannot be written; what was there before stays.
    """
    if output == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    files.write(Path(output), content)


@contextmanager
def progress() -> Iterator[Any]:
    """Give a function that shows what is being done, on stderr, only on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _text: None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield lambda text: status.update(text)
