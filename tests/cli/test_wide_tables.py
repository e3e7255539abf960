"""Rows that are too wide for a page stand below each other, laid out as rich lays out a grid."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from kg.cli import _output
from kg.table import Table, flat

WORDS = "launch of the capsule for the agency; "
ROWS = (
    ("European Space Agency", "3", (WORDS * 6, "nasa-1995-10-05"), "a-very-long-slug-" * 12),
    (
        "宇宙航空研究開発機構 " * 9,
        "not stated",
        "日本の宇宙機関、" * 30,
        "two\nlines\n\nand a blank one",
    ),
    (
        "A name that is so long that it needs more than a line " * 3,
        "",
        " blanks  at ends  ",
        "tab\tx",
    ),
    ("A", "1", "short", "é"),
)
COLUMNS = ("actor", "how many", "document", "quote")


def laid_out(width: int, *, colour: bool) -> tuple[str, str]:
    """Our lines, and those of rich."""
    table = Table(COLUMNS, ROWS)
    made = []
    for draw in (_output._blocks, _as_grids):
        file = io.StringIO()
        console = Console(file=file, width=width, highlight=False, force_terminal=colour)
        draw(console, table, list(COLUMNS))
        made.append(file.getvalue())
    return made[0], made[1]


def _as_grids(console: Console, table: Table, kept: list[str]) -> None:
    for number, record in enumerate(table.records(), 1):
        console.print(Text(f"{number}. {flat(record[kept[0]], ', ')}", style="bold"))
        grid = Grid.grid(padding=(0, 2, 0, 0))
        for column in kept[1:]:
            grid.add_row(Text(column, style="dim"), Text(flat(record[column], "; ")))
        console.print(Padding(grid, (0, 0, 0, 3)))


@pytest.mark.parametrize("width", [60, 79, 120, 200])
def test_the_lines_are_those_of_a_grid(width: int) -> None:
    ours, grids = laid_out(width, colour=False)
    assert ours.splitlines() == grids.splitlines()
    assert len(ours.splitlines()) > 15


def test_names_are_dim_and_heads_bold_on_a_terminal() -> None:
    ours, _ = laid_out(80, colour=True)
    assert "\x1b[1m4. A\x1b[0m" in ours
    assert "\x1b[2mhow many\x1b[0m" in ours


@pytest.mark.parametrize("width", [20, 33, 45])
def test_on_a_narrow_page_no_line_is_longer(width: int) -> None:
    ours, _ = laid_out(width, colour=False)
    assert max(Text(line).cell_len for line in ours.splitlines()) <= width
    assert "short" in ours
