"""CSV, TSV and the like: a header line, then a row a line, read as a stream."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from kg.errors import InputError, Origin
from kg.loaders._sheet import BrokenError, Row, Sheet, Unfit, open_binary
from kg.loaders._yaml import Block

SHARED = False
KEYS = {"delimiter", "encoding", "encodings", "comment", "quote", "ragged"}
_CHUNK = 1 << 20


def read(path: Path, form: Block) -> Sheet:
    """Open a delimited file.

    Args:
        path: The file; may be packed with gzip or bzip2.
        form: `delimiter`, `encodings` (tried in order), `comment`, `quote`.

    Raises:
        InputError: If it cannot be read, or is in none of the encodings.
        Unfit: If it is empty.
    """
    handle = io.TextIOWrapper(open_binary(path), encoding=_encoding(path, form), newline="")
    comment = form.text("comment")
    reader = _reader(handle, form)
    number = 0
    comments: list[str] = []
    try:
        for cells in reader:
            number += 1
            names = [c.strip().lstrip("#\ufeff").strip() for c in cells]
            if any(names):
                rows = _rows(reader, handle, number, comment, comments, path)
                found = Sheet(tuple(names), rows, comments, reader.line_num)
                return _peeked(found, comments)
    except csv.Error as error:
        where = Origin(str(path), reader.line_num)
        raise BrokenError(f"broken table: {error}", origin=where) from None
    raise Unfit("an empty table")


def _peeked(sheet: Sheet, comments: list[str]) -> Sheet:
    """Comment lines stand before the first row, so reading that one collects them."""
    first = next(sheet.rows, None)

    def again() -> Iterator[Row]:
        if first is not None:
            yield first
            yield from sheet.rows

    return Sheet(sheet.header, again(), comments, sheet.line)


def _reader(handle: io.TextIOWrapper, form: Block) -> csv._reader:  # type: ignore[name-defined]
    delimiter = form.text("delimiter", ",").replace("\\t", "\t")
    if len(delimiter) != 1:
        raise InputError("a delimiter is one sign", origin=form.at["delimiter"])
    if form.text("quote", "none") != "none":
        raise InputError("the only quote: is none", origin=form.at["quote"])
    quoting: Literal[0, 3] = csv.QUOTE_NONE if form.text("quote") == "none" else csv.QUOTE_MINIMAL
    return csv.reader(handle, delimiter=delimiter, quoting=quoting, strict=True)


def _rows(
    reader: csv._reader,  # type: ignore[name-defined]
    handle: io.TextIOWrapper,
    number: int,
    comment: str,
    comments: list[str],
    path: Path,
) -> Iterator[Row]:
    begun = False
    with handle:
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                where = Origin(str(path), reader.line_num)
                yield (
                    number,
                    reader.line_num,
                    "",
                    BrokenError(f"broken table: {error}", origin=where),
                )
                continue
            if comment and cells and cells[0].startswith(comment):
                if not begun:
                    comments.append(" ".join(cells).strip())
            elif cells:
                begun = True
                yield number, reader.line_num, "", cells


def _encoding(path: Path, form: Block) -> str:
    """Return the first encoding that the whole file is in."""
    wanted = form.texts("encodings") or form.texts("encoding") or ["utf-8"]
    if _marked(path):
        wanted = ["utf-16"]
    first: InputError | None = None
    for name in wanted:
        try:
            codec = "utf-8-sig" if codecs.lookup(name).name == "utf-8" else name
        except LookupError:
            at = form.at.get("encodings") or form.at.get("encoding")
            raise InputError(f"unknown encoding '{name}'", origin=at) from None
        error = _undecodable(path, codec, name)
        if error is None:
            return codec
        first = first or error
    assert first is not None  # noqa: S101
    raise first


def _marked(path: Path) -> bool:
    """Whether a file begins with the byte order mark of UTF-16, which no other text does."""
    try:
        with open_binary(path) as handle:
            return handle.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    except (OSError, EOFError):
        return False


def _undecodable(path: Path, codec: str, name: str) -> InputError | None:
    decoder = codecs.getincrementaldecoder(codec)()
    lines = 0
    try:
        with open_binary(path) as handle:
            while chunk := handle.read(_CHUNK):
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError as error:
                    line = lines + chunk.count(b"\n", 0, max(error.start, 0)) + 1
                    fix = "set format: encoding: to what the file is in, such as cp1252 or utf-8"
                    where = Origin(str(path), line)
                    return InputError(f"not {name}: {error.reason}", origin=where, fix=fix)
                lines += chunk.count(b"\n")
            decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        where = Origin(str(path), lines + 1)
        return InputError(f"not {name}: {error.reason}", origin=where)
    except (OSError, EOFError) as error:
        message = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise InputError(message, origin=Origin(str(path))) from None
    return None
