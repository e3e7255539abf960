"""What a mapping is compiled against, one row while it is mapped, and texts with places."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from kg.errors import InputError, suggest
from kg.identity import Identity
from kg.loaders._sheet import Columns
from kg.loaders._yaml import Block
from kg.values import Value
from kg.vocab import Vocabulary

PLACE = re.compile(r"\{(\w[^{}]*)\}")


@dataclass(slots=True)
class Minted:
    """An entity that a field refers to, to be declared with the citation of its claim."""

    slug: str
    cls: str
    label: Value


@dataclass(slots=True)
class State:
    """One row while it is mapped.

    Attributes:
        cells: The cells, trimmed, nulls as "".
        number: Number of the row.
        line: Line in the file.
        locator: Fragment that finds the record, or "".
        entities: Name of a row entity → its slug ("" if it was not made).
        doubts: Columns whose cell is marked as uncertain, and was used.
        minted: Entities that fields made.
    """

    cells: list[str]
    number: int
    line: int
    locator: str = ""
    entities: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, None] = field(default_factory=dict)
    minted: list[Minted] = field(default_factory=list)


Getter: TypeAlias = Callable[[State], list[Value]]
Text: TypeAlias = Callable[[State], str]


@dataclass(frozen=True, slots=True)
class Scope:
    """What the fields of a table are compiled against.

    Attributes:
        columns: The header.
        codes: Code lists of the source.
        vocab: The ontology.
        identity: What is known of identifiers.
        uncertain: The sign after an uncertain value, or "".
        names: Names of the row entities met so far.
        omitted: Counts values that are left out, by reason.
    """

    columns: Columns
    codes: Block
    vocab: Vocabulary
    identity: Identity
    uncertain: str
    names: set[str]
    omitted: Callable[[str], None]


def text_of(template: str, block: Block, key: str, scope: Scope) -> Text:
    """Compile a template with ``{Column}`` places; ``{row}`` is the number of the row."""
    parts = PLACE.split(template)
    if len(parts) == 1:
        return lambda _: template
    literals, names = parts[::2], parts[1::2]
    getters: list[Text] = []
    for name in names:
        if name == "row" and scope.columns.find(name) < 0:
            getters.append(lambda state: str(state.number))
        else:
            getters.append(cell_of(place(name, block, key, scope)))

    def fill(state: State) -> str:
        found = [literals[0]]
        for getter, literal in zip(getters, literals[1:], strict=True):
            found.append(getter(state))
            found.append(literal)
        return "".join(found)

    return fill


def place(name: str, block: Block, key: str, scope: Scope, optional: bool = False) -> int:
    """Return the number of a column, -1 for an optional one that is not there.

    Raises:
        InputError: If it is neither there nor optional, or is there twice.
    """
    columns = scope.columns
    found = columns.find(name)
    if found < 0 and not optional and name not in columns.optional:
        known = [h for h in columns.header if h]
        fix = suggest(name, known) or "columns: " + ", ".join(known)
        message = f"no column '{name}' in {columns.file}"
        raise InputError(message, origin=block.at.get(key, block.origin), fix=fix)
    return found


def cell_of(index: int) -> Text:
    """Return what reads a column; "" for one that is not there."""
    if index < 0:
        return lambda _: ""
    return lambda state: state.cells[index]
