"""The parts of a brief: sections of lines, and the numbered list of what is cited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from kg.table import CITED, NOT_STATED, Cell, many

Record: TypeAlias = Mapping[str, Cell]
_NONE = "Nothing on record."


@dataclass(slots=True)
class Sources:
    """The numbered list of what is cited."""

    numbers: dict[str, int] = field(default_factory=dict)

    def cite(self, record: Record) -> tuple[int, ...]:
        """Return the numbers of a row's evidence, adding what is new."""
        cells = [many(record[c]) for c in CITED]
        cited = []
        for document, locator, words in zip(*cells, strict=True):
            if document != NOT_STATED:
                where = "" if locator == NOT_STATED else f" {locator}"
                entry = f"{document}{where}: {words}"
                cited.append(self.numbers.setdefault(entry, len(self.numbers) + 1))
        return tuple(dict.fromkeys(cited))


@dataclass(frozen=True, slots=True)
class Line:
    """One statement.

    Attributes:
        text: The statement in one sentence.
        modality: Status and attribution.
        sources: Numbers of its evidence.
        cells: The same in parts, one for each column of its section; or nothing.
    """

    text: str
    modality: str
    sources: tuple[int, ...]
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines; `empty` is said when there is none.

    Attributes:
        title: The heading.
        lines: In the order of the page.
        empty: What is said when there is no line.
        columns: Headings of the cells of its lines; nothing where they are whole sentences.
    """

    title: str
    lines: tuple[Line, ...]
    empty: str = _NONE
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """The brief of a pair.

    Attributes:
        title: The pair.
        subtitle: The day it speaks of, and how many documents it rests on.
        sections: In the order of the page.
        sources: The numbered evidence.
        documents: Document, title, publisher, date, address of what is cited.
        notes: Rules, and what was left out.
    """

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    sources: tuple[str, ...]
    documents: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
