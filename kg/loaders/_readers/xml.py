"""XML: a row for each element of one name, its columns by the paths of the elements within.

`format:` takes `root:` (names of the outermost element), `record:` (name of the element that makes
a row) and `fields:`, column → path below the record, such as ``Header/Name`` or ``Link/@href``. In
place of a path: `{path, match, one, beside, like}`, where `path` may be a list, `match` is a
pattern for the part that counts (its first group), `one: true` leaves the cell empty where several
differ, and `beside:` is a neighbour of the element that has to look `like:` a pattern. `stamp:`
names a column whose first cell dates the file. Prefixes and namespaces do not count, blanks are
folded. Nothing is fetched, and a document type declaration is refused, for only there could
entities be declared that grow without end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers import expat

from kg.errors import InputError, KGError, Origin
from kg.loaders._sheet import Row, Sheet, Unfit, only, open_binary
from kg.loaders._yaml import Block

SHARED = True
KEYS = {"root", "record", "fields", "stamp"}
SEPARATOR = "\x1f"
_CHUNK = 1 << 16
_DEPTH = 200
_LONGEST = 1 << 24


class _DeclaredError(Exception):
    """A document type declaration."""


@dataclass(frozen=True, slots=True)
class _Field:
    paths: frozenset[tuple[str, ...]]
    match: re.Pattern[str] | None
    one: bool
    beside: str
    like: re.Pattern[str] | None


@dataclass(slots=True)
class _Reading:
    """What the parser has met so far."""

    record: str
    fields: dict[str, _Field]
    roots: list[str]
    path: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=lambda: [0])
    depth: int = 0
    line: int = 0
    place: str = ""
    size: int = 0
    text: list[list[str]] = field(default_factory=list)
    cells: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    groups: list[int] = field(default_factory=list)
    count: int = 0
    neighbours: dict[tuple[int, str], str] = field(default_factory=dict)
    done: list[tuple[int, str, list[str]]] = field(default_factory=list)


def read(path: Path, form: Block) -> Sheet:
    """Open an XML file.

    Args:
        path: The file; may be packed with gzip or bzip2.
        form: `root`, `record`, `fields`.

    Raises:
        Unfit: If its outermost element is another.
        InputError: If the mapping is wrong.
    """
    fields = _fields(form.block("fields"))
    if not form.text("record") or not fields:
        fix = "add record: and fields:"
        raise InputError("XML needs a record and its fields", origin=form.origin, fix=fix)
    reading = _Reading(form.text("record"), fields, form.texts("root"))
    rows = _rows(path, reading)
    first = next(rows, None)

    def again() -> Iterator[Row]:
        if first is not None:
            yield first
        yield from rows

    return Sheet(tuple(fields), again(), _stamped(form.text("stamp"), list(fields), first), 0)


def _stamped(stamp: str, names: list[str], first: Row | None) -> list[str]:
    if stamp not in names or first is None or isinstance(first[3], KGError):
        return []
    return [f"stamp {first[3][names.index(stamp)]}"]


def _fields(given: Block) -> dict[str, _Field]:
    found = {}
    for name in given:
        value = given[name]
        block = given.block(name) if isinstance(value, Block) else Block(given.at[name])
        only(block, {"path", "match", "one", "beside", "like"})
        texts = block.texts("path") if isinstance(value, Block) else [given.text(name)]
        paths = frozenset(tuple(text.split("/")) for text in texts)
        match, like = _pattern(block, "match"), _pattern(block, "like")
        one, beside = block.text("one") == "true", block.text("beside")
        found[name] = _Field(paths, match, one, beside, like)
    return found


def _pattern(block: Block, key: str) -> re.Pattern[str] | None:
    try:
        return re.compile(block.text(key)) if key in block else None
    except re.error as error:
        raise InputError(f"no pattern: {error}", origin=block.at[key]) from None


def _rows(path: Path, reading: _Reading) -> Iterator[Row]:
    parser = _parser(reading)
    number = 0
    for made in _parsed(path, parser):
        for line, place, cells in reading.done:
            number += 1
            yield number, line, f"#element({place})", cells
        reading.done.clear()
        if made is not None:
            if not reading.path and not number and not reading.places[0]:
                raise Unfit(f"it is no XML: {made.message}")
            yield number + 1, parser.CurrentLineNumber, "", made
            return
    if not number:
        message = f"no element '{reading.record}'"
        yield 1, 1, "", InputError(message, origin=Origin(str(path)))


def _parsed(path: Path, parser: Any) -> Iterator[KGError | None]:
    """Yield after each piece of the file; an error is the last thing."""
    try:
        with open_binary(path) as handle:
            while chunk := handle.read(_CHUNK):
                parser.Parse(chunk, False)
                yield None
            parser.Parse(b"", True)
            yield None
    except expat.ExpatError as error:
        where = Origin(str(path), error.lineno, error.offset + 1)
        fix = "the file may be cut off; get it again"
        yield InputError(f"broken XML: {expat.ErrorString(error.code)}", origin=where, fix=fix)
    except _DeclaredError:
        where = Origin(str(path), parser.CurrentLineNumber)
        fix = "remove <!DOCTYPE …>; what it declares is not read"
        yield InputError("a document type declaration, which is refused", origin=where, fix=fix)
    except InputError as error:
        error.origin = Origin(str(path), parser.CurrentLineNumber)
        yield error
    except (OSError, EOFError) as error:
        said = getattr(error, "strerror", None) or error
        yield InputError(f"the file is cut off: {said}", origin=Origin(str(path)))


def _parser(reading: _Reading) -> Any:
    parser = expat.ParserCreate(namespace_separator="\x1f")
    parser.buffer_text = True

    def declared(*_: object) -> None:
        raise _DeclaredError

    def start(name: str, attributes: dict[str, str]) -> None:
        _start(reading, name.rpartition("\x1f")[2], attributes, parser.CurrentLineNumber)

    parser.StartDoctypeDeclHandler = declared
    parser.EntityDeclHandler = declared
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: _end(reading)
    parser.CharacterDataHandler = lambda text: _data(reading, text)
    return parser


def _start(reading: _Reading, name: str, attributes: dict[str, str], line: int) -> None:
    if not reading.path and reading.roots and name not in reading.roots:
        raise Unfit(f"its outermost element is '{name}', not '{' or '.join(reading.roots)}'")
    if len(reading.path) >= _DEPTH:
        raise InputError("nested too deeply")
    reading.places[-1] += 1
    reading.places.append(0)
    reading.path.append(name)
    if reading.depth:
        reading.text.append([])
        reading.count += 1
        reading.groups.append(reading.count)
    elif name == reading.record:
        reading.depth, reading.line, reading.size = len(reading.path), line, 0
        reading.place = "/" + "/".join(str(n) for n in reading.places[:-1])
        reading.cells, reading.groups, reading.count = {}, [0], 0
        reading.neighbours = {}
    if reading.depth and attributes:
        below = tuple(reading.path[reading.depth :])
        for key, value in attributes.items():
            _keep(reading, (*below, "@" + key.rpartition("\x1f")[2]), value)


def _data(reading: _Reading, text: str) -> None:
    if reading.text:
        reading.text[-1].append(text)
        reading.size += len(text)
        if reading.size > _LONGEST:
            raise InputError(f"a record of more than {_LONGEST >> 20} MB")


def _end(reading: _Reading) -> None:
    if reading.depth == len(reading.path):
        cells = [SEPARATOR.join(_chosen(reading, n, f)) for n, f in reading.fields.items()]
        reading.done.append((reading.line, reading.place, cells))
        reading.depth = 0
    elif reading.depth:
        reading.groups.pop()
        _keep(reading, tuple(reading.path[reading.depth :]), "".join(reading.text.pop()))
    reading.path.pop()
    reading.places.pop()


def _keep(reading: _Reading, path: tuple[str, ...], text: str) -> None:
    folded = " ".join(text.replace(SEPARATOR, " ").split())
    if folded:
        group = reading.groups[-1]
        reading.neighbours[group, path[-1]] = folded
        for name, wanted in reading.fields.items():
            if path in wanted.paths:
                reading.cells.setdefault(name, []).append((folded, group))


def _chosen(reading: _Reading, name: str, wanted: _Field) -> list[str]:
    cells = reading.cells.get(name, [])
    if wanted.like:
        near, like = reading.neighbours, wanted.like
        cells = [c for c in cells if like.search(near.get((c[1], wanted.beside), ""))]
    found = [text for text, _ in cells]
    if wanted.match:
        matches = [wanted.match.search(text) for text in found]
        found = [(m[1] or "") if m.re.groups else m[0] for m in matches if m]
    found = [text for text in dict.fromkeys(found) if text]
    return [] if wanted.one and len(found) > 1 else found
