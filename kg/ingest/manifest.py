"""What is known of a release from outside: publisher, date, language, address, tier."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg import period
from kg.errors import InputError, Origin, suggest
from kg.ingest.reading import SUFFIXES

TIERS = ("official", "wire", "reference", "news", "unknown")
_COLUMNS = {
    "file": "file", "id": "id", "publisher": "publisher", "date": "issued", "issued": "issued",
    "lang": "language", "language": "language", "url": "url", "tier": "tier", "title": "title",
    "kind": "type",
}  # fmt: skip
NAME = "manifest.csv"


@dataclass(frozen=True, slots=True)
class Item:
    """A file to read, with what is said of it.

    Attributes:
        path: The file.
        said: id, publisher, issued, language, url, tier, title, type: those that are known.
        origin: Where this is said.
    """

    path: Path
    said: Mapping[str, str] = field(default_factory=dict)
    origin: Origin = field(default_factory=lambda: Origin(""))


def items(paths: Iterable[Path], given: Mapping[str, str]) -> Iterator[Item]:
    """Yield the files of some paths in order; a folder's `manifest.csv` describes its files.

    Args:
        paths: Files, folders, or manifests (CSV).
        given: What holds for all of them; the manifest's own cells come first.

    Raises:
        InputError: If a path does not exist, or a manifest is wrong.
    """
    for path in paths:
        if path.is_dir():
            yield from _folder(path, given)
        elif path.suffix.lower() == ".csv":
            yield from _listed(path, given)
        elif path.is_file():
            yield Item(path, dict(given), Origin(str(path)))
        else:
            raise InputError("no such file or folder", origin=Origin(str(path)))


def _folder(folder: Path, given: Mapping[str, str]) -> Iterator[Item]:
    listed: dict[Path, Item] = {}
    for place in (folder / NAME, folder.parent / NAME):
        if place.is_file() and not listed:
            listed = {i.path.resolve(): i for i in _listed(place, given)}
    found = sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
    if not found:
        fix = "known: " + ", ".join(SUFFIXES)
        raise InputError("no releases in this folder", origin=Origin(str(folder)), fix=fix)
    for path in found:
        yield listed.get(path.resolve()) or Item(path, dict(given), Origin(str(path)))


def _listed(path: Path, given: Mapping[str, str]) -> Iterator[Item]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if "file" not in (reader.fieldnames or []):
                fix = "columns: " + ", ".join(sorted(_COLUMNS))
                raise InputError(
                    "a manifest without column 'file'", origin=Origin(str(path), 1), fix=fix
                )
            for row in reader:
                yield _item(path, row, Origin(str(path), reader.line_num), given)
    except OSError as error:
        fix = "name a manifest, a release or a folder of releases"
        message = f"cannot be read: {error.strerror}"
        raise InputError(message, origin=Origin(str(path)), fix=fix) from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"no CSV in UTF-8: {error}", origin=Origin(str(path))) from None


def _item(
    manifest: Path, row: Mapping[str, str | None], where: Origin, given: Mapping[str, str]
) -> Item:
    name = (row.get("file") or "").strip()
    known = {
        _COLUMNS[k]: (v or "").strip() for k, v in row.items() if k in _COLUMNS and k != "file"
    }
    said = {**given, **{k: v for k, v in known.items() if v}}
    said.pop("type", None)
    places = [manifest.parent / name, manifest.parent / "text" / name]
    found = next((p for p in places if p.is_file()), None)
    if not found:
        raise InputError(
            f"no file '{name}'", origin=where, fix="name files as they lie beside the manifest"
        )
    check(said, where)
    return Item(found, said, where)


def check(said: Mapping[str, str], where: Origin) -> None:
    """Refuse a bad tier, date or id.

    Raises:
        InputError: With the place.
    """
    tier = said.get("tier", "")
    if tier and tier not in TIERS:
        fix = suggest(tier, TIERS) or "tiers: " + ", ".join(TIERS)
        raise InputError(f"unknown tier '{tier}'", origin=where, fix=fix)
    if issued := said.get("issued", ""):
        try:
            period.parse(issued)
        except InputError as error:
            raise InputError(
                f"date '{issued}': {error.message}", origin=where, fix="write YYYY-MM-DD"
            ) from None
    name = said.get("id", "")
    if name and not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name):
        raise InputError(
            f"'{name}' is no document id",
            origin=where,
            fix="lower case letters, digits and single hyphens",
        )
