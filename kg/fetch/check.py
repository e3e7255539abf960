"""Is it what it should be? An error page, a cut file or another table never replaces good data."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kg.errors import FetchError

KINDS = ("tsv", "csv", "json", "page", "any")
_HEAD = 4096
_SHRUNK = 2
MOST = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Expected:
    """What a file must be.

    Attributes:
        kind: tsv, csv, json, page or any.
        columns: Columns that its first line must name.
        key: Key that the top of a JSON file must have, or "".
        least: Bytes that it must have at least.
        most: Bytes that it may have at most.
        sha256: Its SHA-256 where that is known, or "".
    """

    kind: str = "any"
    columns: tuple[str, ...] = ()
    key: str = ""
    least: int = 1
    most: int = MOST
    sha256: str = ""


def check(path: Path, expected: Expected, kept: Path | None = None) -> str:
    """Check a file that was downloaded.

    Args:
        path: The file.
        expected: What it must be.
        kept: The file that it would replace, if there is one.

    Returns:
        Its SHA-256.

    Raises:
        FetchError: If it is not what it should be.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if expected.kind != "page" and is_html(head):
        raise FetchError("a web page came instead of the file", fix="open the address to see why")
    if size < expected.least:
        raise FetchError(f"{size} bytes came, at least {expected.least} are expected")
    if expected.kind in {"tsv", "csv"}:
        _columns(path, expected)
    if expected.kind == "json":
        _json(path, expected)
    if kept and kept.is_file() and size * _SHRUNK < kept.stat().st_size:
        fix = f"if that is right, remove {kept} and fetch again"
        raise FetchError(f"{size} bytes came, less than half of what is here", fix=fix)
    found = digest(path)
    if expected.sha256 and found != expected.sha256:
        raise FetchError(f"its SHA-256 is {found}, {expected.sha256} is expected")
    return found


def is_html(head: bytes) -> bool:
    """Say whether a file begins like a web page."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head"))


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _columns(path: Path, expected: Expected) -> None:
    mark = "\t" if expected.kind == "tsv" else ","
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        try:
            first = next(csv.reader(islice(file, 1), delimiter=mark), [])
        except csv.Error as error:
            raise FetchError(f"its first line is none of a table: {error}") from None
    found = {" ".join(name.split()).lstrip("#") for name in first}
    missing = [name for name in expected.columns if name not in found]
    if missing:
        raise FetchError(f"its first line has no column '{missing[0]}'")


def _json(path: Path, expected: Expected) -> None:
    try:
        top = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise FetchError(f"it is no JSON: {error}") from None
    if expected.key and not (isinstance(top, dict) and top.get(expected.key)):
        raise FetchError(f"its top has no '{expected.key}'")
