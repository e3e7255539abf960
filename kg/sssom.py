"""Mapping files in SSSOM: which identifier is which of our entities, says who, why and since when.

Reference: A Simple Standard for Sharing Ontological Mappings, TSV with embedded metadata
(https://w3id.org/sssom/).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError, Origin, suggest

PATTERN = "*.sssom.tsv"
NOT = "Not"
EXACT = "skos:exactMatch"
COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_modifier",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_label",
    "mapping_date",
    "comment",
)
_NEEDED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
_OTHERS = {
    "skos:closeMatch",
    "skos:relatedMatch",
    "skos:broadMatch",
    "skos:narrowMatch",
}
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_META = re.compile(r"#\s?(\w+):\s*(.+)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a mapping file.

    Attributes:
        subject: Slug of our entity.
        scheme: Prefix of the other's identifier, such as ``gcat`` or ``wikidata``.
        value: The identifier itself.
        apart: True for a line that says that the two are *not* one (``Not``).
        justification: A term such as ``semapv:ManualMappingCuration``.
        author: Who says so.
        day: Since when.
        comment: Why, in words.
        origin: File and line.
    """

    subject: str
    scheme: str
    value: str
    apart: bool
    justification: str
    author: str
    day: str
    comment: str
    origin: Origin


def read_all(folders: Iterable[Path]) -> list[Line]:
    """Read the mapping files of some folders, in the order of the folders and of their names.

    Raises:
        InputError: With file and line, for anything that does not fit.
    """
    return [
        line
        for folder in folders
        for path in (sorted(folder.glob(PATTERN)) if folder.is_dir() else [])
        for line in read(path)
    ]


def read(path: Path) -> Iterator[Line]:
    """Yield the exact matches of a mapping file; near matches are read, and join nothing.

    Args:
        path: The file: metadata in lines that begin with ``#``, a header, tab-separated lines.

    Raises:
        InputError: With file and line.
    """
    try:
        content = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8: {error.reason}", origin=Origin(str(path))) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", origin=Origin(str(path))) from None
    meta: dict[str, str] = {}
    header: list[str] = []
    for number, text in enumerate(content.split("\n"), 1):
        origin = Origin(str(path), number)
        text = text.removesuffix("\r")
        if text.startswith("#"):
            if found := _META.fullmatch(text):
                meta[found[1]] = found[2].strip()
        elif not header and text.strip():
            header = _header(text, meta, origin)
        elif text.strip():
            cells = next(csv.reader([text], delimiter="\t", quoting=csv.QUOTE_MINIMAL))
            if len(cells) != len(header):
                message = f"{len(cells)} cells under {len(header)} columns"
                raise InputError(message, origin=origin, fix="separate cells by single tabs")
            row = meta | {k: c.strip() for k, c in zip(header, cells, strict=True) if c.strip()}
            if line := _line(row, origin):
                yield line


def _header(text: str, meta: dict[str, str], origin: Origin) -> list[str]:
    header = [name.strip() for name in text.split("\t")]
    for name in _NEEDED:
        if name not in header:
            fix = suggest(name, header) or f"add the column {name}"
            raise InputError(f"no column '{name}'", origin=origin, fix=fix)
    if not {"author_label", "author_id"} & {*header, *meta}:
        fix = "say who made the mapping"
        raise InputError("no column 'author_label' or 'author_id'", origin=origin, fix=fix)
    if "mapping_date" not in {*header, *meta}:
        raise InputError("no column 'mapping_date'", origin=origin, fix="say when it was made")
    return header


def _line(row: dict[str, str], origin: Origin) -> Line | None:
    author = _author(row, origin)
    if row["predicate_id"] in _OTHERS:
        return None
    _check(row, origin)
    scheme, value = _object(row["object_id"], origin)
    return Line(
        subject=_subject(row["subject_id"], origin),
        scheme=scheme,
        value=value,
        apart=row.get("predicate_modifier", "") == NOT,
        justification=row["mapping_justification"],
        author=author,
        day=row["mapping_date"],
        comment=row.get("comment", ""),
        origin=origin,
    )


def _author(row: dict[str, str], origin: Origin) -> str:
    for name in (*_NEEDED, "mapping_date"):
        if not row.get(name):
            raise InputError(f"'{name}' is empty", origin=origin)
    author = row.get("author_label") or row.get("author_id", "")
    if not author:
        raise InputError("nobody answers for it", origin=origin, fix="fill author_label")
    return author


def _check(row: dict[str, str], origin: Origin) -> None:
    if row["predicate_id"] != EXACT:
        fix = f"write {EXACT}; only that joins"
        raise InputError(f"unknown predicate '{row['predicate_id']}'", origin=origin, fix=fix)
    modifier = row.get("predicate_modifier", "")
    if modifier not in {"", NOT}:
        message = f"unknown predicate_modifier '{modifier}'"
        raise InputError(message, origin=origin, fix="write Not, or leave it empty")
    if not row["mapping_justification"].startswith("semapv:"):
        message = f"'{row['mapping_justification']}' is no justification"
        raise InputError(message, origin=origin, fix="write such as semapv:ManualMappingCuration")
    if not _DATE.fullmatch(row["mapping_date"]):
        message = f"'{row['mapping_date']}' is no day"
        raise InputError(message, origin=origin, fix="write YYYY-MM-DD")


def _subject(curie: str, origin: Origin) -> str:
    prefix, _, slug = curie.partition(":")
    if prefix != "id" or not slug:
        fix = "write id: and the name of one of our entities"
        raise InputError(f"'{curie}' is none of ours", origin=origin, fix=fix)
    return slug


def _object(curie: str, origin: Origin) -> tuple[str, str]:
    scheme, colon, value = curie.partition(":")
    if not colon or not scheme or not value.strip():
        fix = "write scheme:value, as in wikidata:Q42262"
        raise InputError(f"'{curie}' is no CURIE", origin=origin, fix=fix)
    return scheme, value.strip()
