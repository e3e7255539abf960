"""Printing tables: for people with numbered evidence below, for programs as they ask."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg import files
from kg.table import CITED, NOT_STATED, WRITERS, Cell, Table, flat, many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.table import Table as Rich

_EMPTY = "no rows: the documents asked for do not state any"
_PAGE, _NARROWEST = 120, 20
_SCREEN = 100


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
    from rich.padding import Padding
    from rich.table import Table as Rich
    from rich.text import Text

    for number, record in enumerate(table.records(), 1):
        console.print(Text(f"{number}. {flat(record[kept[0]], ', ')}", style="bold"))
        grid = Rich.grid(padding=(0, 2, 0, 0))
        for column in kept[1:]:
            grid.add_row(Text(column, style="dim"), Text(flat(record[column], "; ")))
        console.print(Padding(grid, (0, 0, 0, 3)))


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
