"""From a file to text: what an extractor, named with its version, makes of it."""

from __future__ import annotations

import hashlib
import logging
import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from kg.errors import InputError, Origin
from kg.extract import words
from kg.extract.words import Words

LIMIT = 20_000_000
"""Bytes; a press release has a few thousand."""
LONGEST = 500_000
"""Characters of text."""
_SHORT = 400
SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".pdf")
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|article)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as text.

    Attributes:
        text: The characters that offsets refer to.
        sha256: SHA-256 (hex) of the bytes of the file.
        text_sha256: SHA-256 (hex) of the text in UTF-8.
        extractor: What made the text, with its version; "plain text" for the file as it is.
    """

    text: str
    sha256: str
    text_sha256: str
    extractor: str


def read(path: Path, encoding: str = "", language: str = "en") -> Reading:
    """Read a file.

    Args:
        path: A text, Markdown, HTML or PDF file.
        encoding: Encoding of the file; by default what the file says, else UTF-8.
        language: Tag of its language, which has words.

    Raises:
        InputError: If it is empty, binary, too big, in another encoding, or holds more than one
            release; or if the extractor for its kind is not installed.
    """
    where = Origin(str(path))
    try:
        size = path.stat().st_size
        if size > LIMIT:
            fix = f"a release has a few thousand characters; the limit is {LIMIT:,} bytes"
            raise InputError(f"{size:,} bytes are no press release", origin=where, fix=fix)
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", origin=where) from None
    try:
        text, extractor = _text(path, content, encoding)
        _check(text, words.load(language))
    except InputError as error:
        error.origin = where
        raise
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Reading(text, hashlib.sha256(content).hexdigest(), digest, extractor)


def _text(path: Path, content: bytes, encoding: str) -> tuple[str, str]:
    suffix = path.suffix.lower()
    if content.startswith(b"%PDF"):
        return _pdf(path)
    encoding = encoding or _BOMS.get(content[:2], "")
    if b"\0" in content[:4096] and not encoding:
        fix = "give a text, Markdown, HTML or PDF file"
        raise InputError("a binary file, not a text", fix=fix)
    text = _decoded(content, encoding)
    if suffix in {".html", ".htm"} or _MARKUP.search(text[:600]):
        return _html(text)
    if suffix in {".md", ".markdown"}:
        return _markdown(text)
    return text, "plain text"


def _decoded(content: bytes, encoding: str) -> str:
    said = _CHARSET.search(content[:2048])
    chosen = encoding or (said[1].decode() if said else "utf-8")
    try:
        return content.decode("utf-8-sig" if chosen.lower() == "utf-8" else chosen)
    except LookupError:
        fix = "give --encoding, such as utf-8 or cp1252"
        raise InputError(f"unknown encoding '{chosen}'", fix=fix) from None
    except UnicodeError as error:
        fix = "give --encoding, such as cp1252, or save the file as UTF-8"
        place = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise InputError(f"not {chosen}{place}", fix=fix) from None


def _html(source: str) -> tuple[str, str]:
    trafilatura = _needed("trafilatura", "html", "HTML")
    text = trafilatura.extract(
        source, include_comments=False, include_tables=True, with_metadata=False
    )
    return text or "", _named("trafilatura")


def _markdown(source: str) -> tuple[str, str]:
    from markdown_it import MarkdownIt

    parts: list[str] = []
    for token in MarkdownIt().parse(source):
        if token.type == "inline":
            kept = [
                c.content
                if c.type in {"text", "code_inline"}
                else "\n"
                if "break" in c.type
                else ""
                for c in token.children or []
            ]
            parts.append("".join(kept))
        elif token.type in {"code_block", "fence"}:
            parts.append(token.content.rstrip("\n"))
    return "\n\n".join(parts), _named("markdown-it-py")


def _pdf(path: Path) -> tuple[str, str]:
    pypdf = _needed("pypdf", "pdf", "PDF")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it complains besides raising
    try:
        pages = [page.extract_text() or "" for page in pypdf.PdfReader(path).pages]
    except Exception as error:  # pypdf raises many kinds on damaged files
        raise InputError(f"a PDF that cannot be read: {error}") from None
    text = "\n".join(re.sub(r"(?<![.!?:])\n(?=[a-z])", " ", page) for page in pages)
    return text, _named("pypdf")


def _needed(module: str, extra: str, what: str) -> Any:
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError:
        fix = f"pip install 'kg[{extra}]'"
        raise InputError(f"{what} needs the package {module}", fix=fix) from None


def _named(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return package


def _check(text: str, known: Words) -> None:
    if len(text.strip()) < 40:
        raise InputError("no text in it", fix="check that the file holds the release itself")
    if len(text) > LONGEST:
        fix = f"give the release alone; the limit is {LONGEST:,} characters"
        raise InputError(f"{len(text):,} characters are no press release", fix=fix)
    count = max(_ends(text, known), _datelines(text, known))
    if count > 1:
        fix = "save each release as a file of its own"
        raise InputError(f"it looks like {count} releases in one file", fix=fix)


def _ends(text: str, known: Words) -> int:
    """Count the marks of an end, if a release could stand before each."""
    ends = [m.end() for m in known.form("release_end").finditer(text)]
    pairs = zip([0, *ends[:-1]], ends, strict=True) if ends else ()
    return len(ends) if all(len(text[a:b].strip()) > _SHORT for a, b in pairs) else 0


def _datelines(text: str, known: Words) -> int:
    """Count the datelines of different days that are apart from each other."""
    found: dict[str, int] = {}
    for match in re.finditer(known.turn("dateline", "another"), text, re.MULTILINE):
        if match.start() - max(found.values(), default=-_SHORT) >= _SHORT:
            found.setdefault(match["date"], match.start())
    return len(found)
