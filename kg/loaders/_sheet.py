"""What every reader of rows gives: a header, and rows one after the other."""

from __future__ import annotations

import bz2
import gzip
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TypeAlias, cast

from kg.errors import InputError, KGError, Origin
from kg.loaders._yaml import Block

Row: TypeAlias = "tuple[int, int, str, list[str] | KGError]"
"""Number, line, locator ("" = cited by the number), and cells, or what is wrong with the row."""

_SIGNS = re.compile(r"[\W_]+")
_PACKED = {
    b"PK\x03": ("a workbook or another zip archive", "save its sheet as CSV, or unpack it"),
    b"\xd0\xcf\x11": ("an old workbook", "save its sheet as CSV"),
    b"7z\xbc": ("a 7z archive", "unpack it"),
    b"\xfd7z": ("packed with xz", "unpack it, or pack it with gzip or bzip2"),
    b"\x28\xb5\x2f": ("packed with zstd", "unpack it, or pack it with gzip or bzip2"),
}


class Unfit(Exception):  # noqa: N818
    """A file that is not of the kind a reader reads; the text says why."""


class BrokenError(InputError):
    """A row that breaks the form of its file, such as a quote that nobody closes."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file.

    Attributes:
        header: Names of the columns; "" for one without a name.
        rows: The rows, read while they are asked for.
        comments: Comment lines at the head of the file.
        line: Line of the header.
    """

    header: tuple[str, ...]
    rows: Iterator[Row]
    comments: Sequence[str] = ()
    line: int = 1


def open_binary(path: Path) -> IO[bytes]:
    """Open a file, unpacked if it is packed with gzip or bzip2, whatever its name.

    Raises:
        InputError: If it is a workbook, or packed in a way that is not read.
    """
    handle = path.open("rb")
    magic = handle.read(3)
    handle.seek(0)
    if magic[:2] == b"\x1f\x8b":
        return cast("IO[bytes]", gzip.open(handle))
    if magic == b"BZh":
        return bz2.open(handle)
    if magic in _PACKED:
        handle.close()
        what, fix = _PACKED[magic]
        raise InputError(f"this is {what}, not a table in text", origin=Origin(str(path)), fix=fix)
    return handle


@dataclass(slots=True)
class Columns:
    """Where the columns that a mapping names are in a header.

    Attributes:
        header: Names as the file has them.
        aliases: Name in the mapping → other names it may have.
        optional: Columns that may be missing.
        first: Columns of which the first of several counts.
        file: Name of the file, for messages.
        path: Its path, for messages.
    """

    header: Sequence[str]
    aliases: Mapping[str, Sequence[str]] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    first: frozenset[str] = frozenset()
    file: str = ""
    path: str = ""

    def find(self, name: str) -> int:
        """Return the number of a column from 0, or -1 if there is none.

        Raises:
            InputError: If several have that name and nothing says which counts.
        """
        for wanted in (name, *self.aliases.get(name, ())):
            places = [n for n, h in enumerate(self.header) if h == wanted]
            if len(places) > 1 and name not in self.first:
                message = f"{len(places)} columns '{wanted}' in {self.file}"
                fix = "rename one, or name it under first:"
                raise InputError(message, origin=Origin(self.path or self.file, 1), fix=fix)
            if places:
                return places[0]
        for wanted in (name, *self.aliases.get(name, ())):
            bare = _bare(wanted)
            places = [n for n, h in enumerate(self.header) if bare and _bare(h) == bare]
            if len(places) == 1:
                return places[0]
        return -1

    def missing(self, names: Sequence[str]) -> list[str]:
        """Return those of some names that the header does not have."""
        return [name for name in names if not self._has(name)]

    def _has(self, name: str) -> bool:
        try:
            return self.find(name) >= 0
        except InputError:
            return True


def _bare(name: str) -> str:
    return _SIGNS.sub("", name).casefold()


def only(block: Block, known: set[str]) -> None:
    """Refuse keys that nothing reads.

    Raises:
        InputError: At the first.
    """
    from kg.errors import suggest

    for key in block:
        if key not in known:
            fix = suggest(key, known) or "known: " + ", ".join(sorted(known))
            raise InputError(f"unknown key '{key}'", origin=block.at[key], fix=fix)
