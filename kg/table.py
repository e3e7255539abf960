"""An answer: columns, rows, and the notes without which the figures mean nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

Cell: TypeAlias = "str | tuple[str, ...]"
NOT_STATED = "not stated"
CITED = ("document", "locator", "quote")
"""Columns of the evidence of a row, parallel to each other."""
EVIDENCE = ("modality", *CITED)
"""The last columns of answers that have evidence."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in a fixed order.

    Attributes:
        columns: Names of the columns.
        rows: Cells as text; several values of one cell as a tuple.
        title: What the table answers.
        notes: Definitions, rules, what was left out and why.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    notes: tuple[str, ...] = ()

    def records(self) -> list[dict[str, Cell]]:
        """Return one dict a row."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def first(self, most: int, total: int = 0) -> Table:
        """Return the first rows, with a note that says how many there are in all.

        Args:
            most: So many rows; 0 for all.
            total: How many there are, where some were left out before.
        """
        total = total or len(self.rows)
        if not most or total <= most:
            return self
        said = f"the first {most} of {total} rows; --limit 0 shows all, -f csv writes all"
        return replace(self, rows=self.rows[:most], notes=(said, *self.notes))


def flat(cell: Cell, separator: str = "; ") -> str:
    """Return a cell as one text."""
    return cell if isinstance(cell, str) else separator.join(cell)


def many(cell: Cell) -> tuple[str, ...]:
    """Return the values of a cell."""
    return (cell,) if isinstance(cell, str) else cell


def to_csv(table: Table, delimiter: str = ",") -> str:
    """Return a table as CSV (RFC 4180 with LF) or with another delimiter; notes are left out."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([flat(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def to_tsv(table: Table) -> str:
    """Return a table as tab-separated values."""
    return to_csv(table, "\t")


def to_json(table: Table) -> str:
    """Return a table as JSON: title, notes, columns and rows; several values as a list."""
    content = {
        "title": table.title,
        "notes": table.notes,
        "columns": table.columns,
        "rows": table.records(),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def to_markdown(table: Table) -> str:
    """Return a table as a Markdown pipe table with its title and notes."""
    lines = [f"**{table.title}**", ""] if table.title else []
    lines.append("| " + " | ".join(table.columns) + " |")
    lines.append("|" + " --- |" * len(table.columns))
    for row in table.rows:
        cells = (flat(cell, "<br>") for cell in row)
        escaped = (c.replace("|", "\\|").replace("\n", " ") for c in cells)
        lines.append("| " + " | ".join(escaped) + " |")
    if not table.rows:
        lines += ["", "*no rows*"]
    lines += ["", *(f"- {note}" for note in table.notes)] if table.notes else []
    return "\n".join(lines) + "\n"


WRITERS: Mapping[str, Callable[[Table], str]] = {
    "csv": to_csv,
    "tsv": to_tsv,
    "json": to_json,
    "md": to_markdown,
}
