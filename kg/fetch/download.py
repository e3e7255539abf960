"""One file: resumed where it broke off, checked, and only then put in its place.

Reference: RFC 9110, range requests (section 14) and conditional requests (section 13).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kg.errors import FetchError, StoreError
from kg.fetch.check import Expected, check, digest
from kg.fetch.client import ATTEMPTS, Answer, BrokenOffError, Client
from kg.fetch.manifest import Record, save

Progress = Callable[[str, int, int], None]
"""Told the name, the bytes that are here, and those of the whole (0 where not known)."""
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One file to fetch.

    Attributes:
        url: Its address.
        target: Where it goes.
        part: Where it grows.
        expected: What it must be.
        may_go: Says whether a redirect may lead to an address.
        pause: Seconds between two requests to its host, if more than usual.
    """

    url: str
    target: Path
    part: Path
    expected: Expected
    may_go: Callable[[str], bool] | None = None
    pause: float = 0.0


def fetch(
    client: Client, wanted: Wanted, known: Record | None, progress: Progress
) -> tuple[Record, bool]:
    """Bring one file, or leave it where the server says that it is unchanged.

    Args:
        client: Asks the server.
        wanted: The file.
        known: What the manifest says of the file that is here, or None.
        progress: Told how far it is.

    Returns:
        What the manifest is to keep, and whether the file is new.

    Raises:
        FetchError: If it did not come whole, or is not what it should be; what was there stays.
        StoreError: If it cannot be written.
    """
    wanted.part.parent.mkdir(parents=True, exist_ok=True)
    wanted.target.parent.mkdir(parents=True, exist_ok=True)
    have = known if known and _is_here(wanted, known) else None
    for attempt in range(ATTEMPTS):
        try:
            record = _attempt(client, wanted, have, progress)
        except BrokenOffError as error:
            if attempt + 1 == ATTEMPTS:
                raise
            client.rest(attempt, f"{wanted.target.name}: {error.message}")
            continue
        if record:
            return record, record is not have
    raise FetchError(f"{wanted.url} does not come whole", fix="try again later")


def _is_here(wanted: Wanted, known: Record) -> bool:
    """A file that was changed here is fetched again."""
    target = wanted.target
    if known.url != wanted.url or not target.is_file() or target.stat().st_size != known.length:
        return False
    return digest(target) == known.sha256


def _attempt(
    client: Client, wanted: Wanted, have: Record | None, progress: Progress
) -> Record | None:
    """Return the record of a whole file, or None if it has to be begun anew."""
    begun = _begun(wanted)
    headers = begun.headers() if begun else _conditions(have)
    with client.get(wanted.url, headers, may_go=wanted.may_go, pause=wanted.pause) as answer:
        if answer.status == 304 and have:
            return have
        start = _start(answer, begun)
        if start is None:
            _forget(wanted.part)
            return None
        if answer.status not in {200, 206}:
            raise FetchError(f"{answer.url} answers {answer.status}", fix=_advice(answer.status))
        total = _total(answer)
        if total > wanted.expected.most:
            raise FetchError(f"{total} bytes are too many, at most {wanted.expected.most}")
        _note(wanted, answer)
        _write(answer, wanted, start, total, progress)
        if total and wanted.part.stat().st_size != total:
            raise BrokenOffError(f"{wanted.part.stat().st_size} of {total} bytes came")
        return _finish(answer, wanted)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A file that is partly here, and what must be unchanged for the rest to fit."""

    size: int
    validator: str

    def headers(self) -> dict[str, str]:
        return {"Range": f"bytes={self.size}-", "If-Range": self.validator}


def _begun(wanted: Wanted) -> _Begun | None:
    try:
        noted = json.loads(_notes(wanted.part).read_text(encoding="utf-8"))
        size = wanted.part.stat().st_size
    except (OSError, ValueError):
        _forget(wanted.part)
        return None
    fits = isinstance(noted, dict) and noted.get("url") == wanted.url
    if not fits or not noted.get("validator") or not size:
        _forget(wanted.part)
        return None
    return _Begun(size, noted["validator"])


def _conditions(have: Record | None) -> dict[str, str]:
    if have and have.etag:
        return {"If-None-Match": have.etag}
    return {"If-Modified-Since": have.modified} if have and have.modified else {}


def _start(answer: Answer, begun: _Begun | None) -> int | None:
    """Return where the body begins in the file, or None if it does not fit what is here."""
    if answer.status == 416:
        return None
    if answer.status != 206:
        return 0
    match = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
    if not begun or not match or int(match[1]) != begun.size:
        return None
    said = _validator(answer)
    return None if said and said != begun.validator else begun.size


def _validator(answer: Answer) -> str:
    """A weak tag does not promise equal bytes, so it cannot join two parts."""
    if answer.encoded:
        return ""
    tag = str(answer.headers.get("ETag", ""))
    if tag:
        return "" if tag.startswith("W/") else tag
    return str(answer.headers.get("Last-Modified", ""))


def _total(answer: Answer) -> int:
    """Return the length of the whole file, or 0 where it is not told."""
    if answer.encoded:
        return 0
    match = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
    text = match[2] if match else answer.headers.get("Content-Length", "")
    return int(text) if text.isascii() and text.isdigit() else 0


def _note(wanted: Wanted, answer: Answer) -> None:
    noted = {"url": wanted.url, "validator": _validator(answer)}
    save(_notes(wanted.part), noted)


def _notes(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def _forget(part: Path) -> None:
    for path in (part, _notes(part)):
        with suppress(FileNotFoundError):
            path.unlink()


def _write(answer: Answer, wanted: Wanted, start: int, total: int, progress: Progress) -> None:
    done = start
    try:
        with wanted.part.open("ab" if start else "wb") as file:
            for chunk in answer.chunks():
                append(file.write, chunk)
                done += len(chunk)
                if done > wanted.expected.most:
                    raise FetchError(f"more than {wanted.expected.most} bytes came")
                progress(wanted.target.name, done, total)
    except OSError as error:
        fix = "free some space and run it again: it goes on where it stopped"
        raise StoreError(f"cannot write {wanted.part}: {error.strerror}", fix=fix) from None


def append(write: Callable[[bytes], int], chunk: bytes) -> None:
    """Write a chunk; on its own so that a full disk can be played in tests."""
    write(chunk)


def _finish(answer: Answer, wanted: Wanted) -> Record:
    try:
        sha = check(wanted.part, wanted.expected, wanted.target)
    except FetchError:
        _forget(wanted.part)
        raise
    headers = answer.headers
    record = Record(
        url=wanted.url,
        source=answer.url,
        sha256=sha,
        length=wanted.part.stat().st_size,
        etag=headers.get("ETag", ""),
        modified=headers.get("Last-Modified", ""),
        date=headers.get("Date", ""),
        media=headers.get("Content-Type", ""),
    )
    wanted.part.replace(wanted.target)
    _forget(wanted.part)
    return record


def _advice(status: int) -> str:
    if status in {404, 410}:
        return "the publisher has moved it; see the homepage"
    return "the publisher refuses it; open the address in a browser" if status < 500 else ""
