"""Which table of a mapping reads which file: by the columns, not by the name."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from kg import registry
from kg.errors import InputError, KGError, Origin
from kg.loaders._sheet import BrokenError, Columns, Sheet, Unfit, only
from kg.loaders._source import Source
from kg.loaders._yaml import Block

_READERS = "kg.loaders._readers"
_KEYS = {
    "name", "columns", "file", "aliases", "optional", "first", "format", "document", "skip", "rows",
}  # fmt: skip
_FORMAT = {"kind", "nulls", "uncertain"}
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One entry of `tables:`.

    Attributes:
        name: Its name.
        block: What it says; `columns`, `rows`, `skip`, `document` …
        form: Its `format:`.
        reader: The module that reads such files.
    """

    name: str
    block: Block
    form: Block
    reader: ModuleType

    def columns(self, header: Sequence[str], path: Path) -> Columns:
        """Return the columns of a header, with the aliases of this table."""
        aliases = self.block.block("aliases")
        return Columns(
            header=header,
            aliases={name: aliases.texts(name) for name in aliases},
            optional=frozenset(self.block.texts("optional")),
            first=frozenset(self.block.texts("first")),
            file=path.name,
            path=str(path),
        )

    def hinted(self, path: Path) -> bool:
        """Say whether the name of a file fits the hint of this table."""
        hint = self.block.text("file")
        return bool(hint) and fnmatch.fnmatch(path.name.lower(), hint.lower())


@dataclass(frozen=True, slots=True)
class Match:
    """A file and the table that reads it."""

    path: Path
    table: TableSpec


def specs(source: Source) -> list[TableSpec]:
    """Return the tables of a source; one without `tables:` has one, of everything it says.

    Raises:
        InputError: If a key is unknown, or there are no rows.
    """
    blocks = source.spec.blocks("tables") if "tables" in source.spec else [source.spec]
    found = []
    for block in blocks:
        if block is not source.spec:
            only(block, _KEYS)
        if not block.blocks("rows"):
            fix = "add rows: with a class, fields and a citation"
            raise InputError("a table without rows:", origin=block.origin, fix=fix)
        found.append(_spec(block))
    return found


def _spec(block: Block) -> TableSpec:
    form = block.block("format")
    try:
        reader = registry.load(_READERS, form.text("kind", "delimited"), "kind of input")
    except KGError as error:
        error.origin = form.at.get("kind", form.origin)
        raise
    only(form, _FORMAT | reader.KEYS)
    return TableSpec(block.text("name", "table"), block, form, reader)


def matches(
    source: Source, tables: Sequence[TableSpec]
) -> tuple[list[Match], list[tuple[str, str]]]:
    """Assign the files of a source to its tables.

    Returns:
        The matches in the order of the tables, and the files that are not read, with the reason.

    Raises:
        InputError: If nothing is read at all; the message names the columns that are missing.
    """
    if "tables" not in source.spec:
        return [Match(path, tables[0]) for path in source.files()], []
    found: list[Match] = []
    unread: list[tuple[Path, str]] = []
    for path in source.files():
        fitting, reason = _fitting(path, tables)
        found += [Match(path, table) for table in fitting]
        if not fitting:
            unread.append((path, reason))
    if not found:
        if not unread:
            raise InputError("no files", origin=Origin(str(source.path or source.folder)))
        path, reason = min(unread, key=lambda u: (not u[1].startswith("nearest"), str(u[0])))
        more = f" (and {len(unread) - 1} files more)" if len(unread) > 1 else ""
        message = f"no table of '{source.slug}' fits{more}: {reason}"
        names = ", ".join(t.name for t in tables)
        fix = f"known tables: {names}; rename a column, or save it with their separator in UTF-8"
        raise InputError(message, origin=Origin(str(path)), fix=fix)
    order = {id(table): n for n, table in enumerate(tables)}
    found.sort(key=lambda m: (order[id(m.table)], str(m.path)))
    return found, [(str(path), reason) for path, reason in unread]


def _fitting(path: Path, tables: Sequence[TableSpec]) -> tuple[list[TableSpec], str]:
    headers: dict[str, tuple[str, ...] | str] = {}
    shared: list[TableSpec] = []
    best: list[tuple[tuple[bool, int], TableSpec]] = []
    near: list[tuple[float, str, tuple[str, ...]]] = []
    for table in sorted(tables, key=lambda t: not t.reader.SHARED):
        if shared and not table.reader.SHARED:
            break
        header = headers.setdefault(key := _key(table), headers.get(key) or _header(path, table))
        if isinstance(header, str):
            near.append((2.0, header, ()))
            continue
        wanted = table.block.texts("columns")
        missing = table.columns(header, path).missing(wanted)
        if missing:
            said = ", ".join(f"'{name}'" for name in missing)
            reason = f"nearest is table '{table.name}', but there is no column {said}"
            near.append((len(missing) / len(wanted), reason, header))
        elif table.reader.SHARED:
            shared.append(table)
        else:
            best.append(((table.hinted(path), len(wanted)), table))
    if best:
        top = max(rank[1] for rank, _ in best)
        best = [b for b in best if b[0][1] == top or b[0][0]]
        return [max(best, key=lambda b: b[0])[1]], ""
    if shared:
        return shared, ""
    share, reason, present = min(near, key=lambda n: n[0])
    if share == 1.0:
        reason = "none of the columns that a table of this source needs"
    return [], reason + (_present(present) if present else "")


def _present(header: Sequence[str]) -> str:
    """What a file has instead of the columns wanted: a wrong separator leaves one wide cell."""
    marks = {";": "semicolons", "\t": "tabs", ",": "commas", "|": "bars"}
    inside = [said for mark, said in marks.items() if len(header) == 1 and mark in header[0]]
    if inside:
        return f"; its header seems to be separated by {inside[0]}"
    more = ", …" if len(header) > _SHOWN else ""
    return "; it has " + ", ".join(f"'{name}'" for name in header[:_SHOWN]) + more


def _key(table: TableSpec) -> str:
    return f"{table.reader.__name__} {sorted(table.form.items())}"


def _header(path: Path, table: TableSpec) -> tuple[str, ...] | str:
    try:
        sheet: Sheet = table.reader.read(path, table.form)
    except (Unfit, BrokenError) as reason:
        return str(getattr(reason, "message", reason))
    except InputError as error:
        return error.message
    close = getattr(sheet.rows, "close", None)
    if close:
        close()
    return sheet.header


def sheets(found: Sequence[Match]) -> Iterator[tuple[Match, Sheet]]:
    """Open the files one after the other.

    Raises:
        InputError: If one cannot be read.
    """
    for match in found:
        try:
            yield match, match.table.reader.read(match.path, match.table.form)
        except Unfit as reason:
            fix = "give it a header"
            raise InputError(str(reason), origin=Origin(str(match.path)), fix=fix) from None
