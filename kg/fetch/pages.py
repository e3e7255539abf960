"""The cited pages into the user's own cache, and in them the quotes, wherever they have moved."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kg import texts
from kg.errors import FetchError, InputError
from kg.fetch import download, manifest
from kg.fetch.check import Expected, digest
from kg.fetch.client import Client, host_of
from kg.fetch.download import Progress, Wanted
from kg.fetch.quotes import Cited, Quote, cited
from kg.fetch.readings import decode, readings
from kg.fetch.robots import Robots
from kg.fetch.search import find
from kg.table import Table

__all__ = ["Result", "cited", "from_folder", "from_web", "table"]

CACHE = "cache/pages"
_PAGE = Expected("page", most=30_000_000)
_PAUSE = 3.0
_SAVED = re.compile(
    r"""<link[^>]+rel=["']?canonical["']?[^>]*>|<meta[^>]+og:url[^>]*>|<!--\s*saved from[^>]*-->""",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"""https?://[^\s"'<>]+""")
_SUFFIXES = {".html", ".htm", ".txt", ".xml", ".pdf", ".xhtml", ".md"}
_Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one document.

    Attributes:
        document: Its identifier.
        found: How many of its quotes were found.
        gone: The quotes that the page does not hold (any more).
        reason: Why the page could not be read, or "".
    """

    document: str
    found: int
    gone: tuple[Quote, ...]
    reason: str = ""


def from_web(
    documents: Iterable[Cited],
    workspace: Path,
    client: Client,
    say: _Say = lambda _text: None,
    progress: Progress = lambda *_: None,
) -> list[Result]:
    """Fetch the pages of some documents and look for their quotes.

    Pages whose quotes are all at hand are not asked for again.

    Args:
        documents: The documents.
        workspace: The workspace.
        client: Asks the servers.
        say: Told what is being done.
        progress: Told how far a page is.

    Raises:
        StoreError: If the workspace cannot be written.
    """
    robots, home = Robots(client), workspace / CACHE
    ledger = home.with_name("pages.manifest.json")
    known = manifest.load(ledger)
    results = []
    for document in documents:
        say(document.name)
        if not _missing(document, workspace):
            results.append(Result(document.name, len(document.quotes), ()))
            continue
        target = home / f"{document.name}.page"
        try:
            url = _address(document)
            pause = max(_PAUSE, robots.check(url))
            part = home.with_name("part") / f"{document.name}.part"
            wanted = Wanted(url, target, part, _PAGE, robots.welcomes, pause)
            record, new = download.fetch(client, wanted, known.get(document.name), progress)
            if new:
                known[document.name] = record
                manifest.store(ledger, known)
            results.append(_look(document, target.read_bytes(), record.media, workspace))
        except FetchError as error:
            results.append(_unread(document, workspace, error.message))
    return results


def from_folder(
    documents: Sequence[Cited], folder: Path, workspace: Path, say: _Say = lambda _text: None
) -> list[Result]:
    """Look for quotes in the user's saved copies; no connection is opened.

    A file belongs to the document whose identifier is its name (or the name of its folder), whose
    address it names as its own, or whose bytes it has.

    Args:
        documents: The documents.
        folder: The saved copies; searched below too.
        workspace: The workspace.
        say: Told what is being done.

    Raises:
        InputError: If the folder does not exist.
        StoreError: If the workspace cannot be written.
    """
    if not folder.is_dir():
        raise InputError(f"--from '{folder}' is not a folder")
    texts.collect(folder, workspace, {d.sha256 for d in documents if d.sha256})
    copies = _copies(documents, folder)
    results = []
    for document in documents:
        say(document.name)
        result = _unread(document, workspace, "no saved copy")
        for path in copies.get(document.name, ()):
            try:
                result = _look(document, path.read_bytes(), "", workspace)
            except FetchError as error:
                result = _unread(document, workspace, error.message)
            if not result.gone:
                break
        results.append(result)
    return results


def _copies(documents: Sequence[Cited], folder: Path) -> dict[str, list[Path]]:
    names = {d.name for d in documents}
    by_url = {plain: d.name for d in documents if (plain := _plain(d.url))}
    by_sha = {d.sha256: d.name for d in documents if d.sha256}
    found: dict[str, list[Path]] = {}
    for path in sorted(p for p in folder.rglob("*") if p.suffix.lower() in _SUFFIXES):
        if not path.is_file():
            continue
        owners = [n for n in (path.stem, path.name, path.parent.name) if n in names]
        owner = next(iter(owners), "") or by_sha.get(digest(path), "") or _named(path, by_url)
        if owner:
            found.setdefault(owner, []).append(path)
    return found


def _named(path: Path, by_url: dict[str, str]) -> str:
    """Return the document whose address a saved page gives as its own."""
    with path.open("rb") as file:
        head = decode(file.read(200_000))
    marks = " ".join(_SAVED.findall(head))
    return next((by_url[u] for a in _ADDRESS.findall(marks) if (u := _plain(a)) in by_url), "")


def _plain(url: str) -> str:
    """What tells two addresses apart, or "" for what is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    host = (parts.netloc or "").lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{parts.query}" if host else ""


def _address(document: Cited) -> str:
    """Return the address to ask for; one that was cited without TLS is tried with it."""
    if not document.url:
        raise FetchError("no address is stated")
    if not host_of(document.url):
        raise FetchError(f"'{document.url}' is no address that can be fetched")
    return re.sub(r"^http://(?!127\.0\.0\.1|localhost)", "https://", document.url)


def _missing(document: Cited, workspace: Path) -> list[Quote]:
    have = texts.quotes(workspace, document.name)
    return [q for q in document.quotes if q.sha256 not in have]


def _look(document: Cited, content: bytes, media: str, workspace: Path) -> Result:
    missing = _missing(document, workspace)
    wanted = [(q.length, q.sha256) for q in missing]
    found = find(readings(content, media), wanted) if wanted else {}
    if found:
        texts.keep(workspace, document.name, found)
    gone = tuple(q for q in missing if q.sha256 not in found)
    return Result(document.name, len(document.quotes) - len(gone), gone)


def _unread(document: Cited, workspace: Path, reason: str) -> Result:
    missing = tuple(_missing(document, workspace))
    known = len(document.quotes) - len(missing)
    return Result(document.name, known, missing, reason if missing else "")


def table(results: Sequence[Result]) -> Table:
    """Return one row a document: found, gone, or why its page could not be read."""
    rows = []
    for r in sorted(results, key=lambda r: (_state(r), r.document)):
        number = f"{r.found} of {r.found + len(r.gone)}"
        detail = (r.reason,) if r.reason else tuple(f"gone: {q.gist}" for q in r.gone)
        rows.append((r.document, _state(r), number, detail or ("",)))
    found, gone = sum(r.found for r in results), sum(len(r.gone) for r in results if not r.reason)
    unread = sum(len(r.gone) for r in results if r.reason)
    notes = (
        f"quotes: {found} found, {gone} gone from their pages, {unread} on pages not read",
        "the words are in your own cache only, checked against length and SHA-256 at every reading",
    )
    columns = ("document", "state", "quotes found", "detail")
    return Table(columns, tuple(rows), f"{len(results)} documents that are quoted", notes)


def _state(result: Result) -> str:
    if result.reason:
        return "not read"
    return "gone" if result.gone else "found"
