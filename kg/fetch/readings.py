"""The text of a page as readers may have taken it: several readings, as none is the right one.

Quotes are described by length and digest, so a page is read in each way in which its words may
have been joined: inline elements with and without a space, hidden words, texts inside its data.
"""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser

from kg.errors import FetchError
from kg.fetch.check import is_html

_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "head", "header", "hr", "html", "legend", "li", "main", "nav", "ol", "option", "p",
    "pre", "section", "select", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title",
    "tr", "ul",
}  # fmt: skip
_HIDDEN = {"script", "style", "template", "noscript"}
_SPOKEN = ("alt", "title", "content", "aria-label")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_INLINE, _BLOCK = "\x00", "\x01"
_DEPTH = 6


def readings(content: bytes, media: str = "") -> list[str]:
    """Return the readings of a file, white space folded; the likeliest first.

    Args:
        content: A web page, a PDF or a plain text.
        media: Its media type as the server says, or "".

    Raises:
        FetchError: If no text can be had from it.
    """
    if content.startswith(b"%PDF"):
        found = list(_of_pdf(content))
    else:
        text = decode(content, media)
        page = is_html(content[:4096]) or "html" in media
        marked = page or "xml" in media or "</" in text
        found = [*(of_html(text) if marked else ()), *([] if page else [text])]
    folded = [" ".join(text.split()) for text in found]
    plain = [" ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", t)).split()) for t in folded]
    return [text for text in dict.fromkeys([*folded, *plain]) if text]


def decode(content: bytes, media: str = "") -> str:
    """Return the characters of a file, in the encoding that it or its server names."""
    said = _CHARSET.search(media.encode()) or _CHARSET.search(content[:2048])
    named = said[1].decode() if said else ""
    for encoding in ("utf-8-sig", named, "cp1252"):
        try:
            if encoding:
                return content.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return content.decode("latin-1")


def of_html(text: str, depth: int = 0) -> Iterator[str]:
    """Yield the readings of a web page, white space not folded.

    Args:
        text: Its source.
        depth: How deep it is inside the data of another page.
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    seen = "".join(reader.seen)
    yield seen.replace(_INLINE, "").replace(_BLOCK, " ")
    yield seen.replace(_INLINE, " ").replace(_BLOCK, " ")
    every = "".join(reader.every)
    yield every.replace(_INLINE, "").replace(_BLOCK, " ")
    if depth < _DEPTH:
        yield from (t for data in reader.data for t in _of_data(data, depth + 1))


class _Reader(HTMLParser):
    """Collects what is seen, and what is there besides: hidden words, captions, data."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []
        self.every: list[str] = []
        self.data: list[str] = []
        self._hidden: list[str] = []
        self._holds_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._mark(tag)
        given = dict(attrs)
        said = [v for name in _SPOKEN if (v := given.get(name)) and " " in v]
        self.every += [f"{_BLOCK}{value}{_BLOCK}" for value in said]
        if tag in _HIDDEN:
            self._hidden.append(tag)
            self._holds_data = tag == "script" and "json" in (given.get("type") or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _HIDDEN:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self._mark(tag)
        if tag in self._hidden:
            while self._hidden.pop() != tag:
                pass

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Pass what Python's parser takes for an error of the program, as browsers do."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.rawdata.find(">", i) + 1 or -1

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.seen.append(data)
        if not {"script", "style"} & set(self._hidden):
            self.every.append(data)
        elif self._holds_data and self._hidden[-1] == "script":
            self.data.append(data)

    def _mark(self, tag: str) -> None:
        sign = _BLOCK if tag in _BLOCKS else _INLINE
        self.seen.append(sign)
        self.every.append(sign)


def _of_data(data: str, depth: int) -> Iterator[str]:
    """Yield the texts of JSON inside a page, where many pages keep their words."""
    try:
        texts = [t for t in _strings(json.loads(data)) if " " in t]
    except (ValueError, RecursionError):
        return
    yield " \n ".join(texts)
    for text in texts:
        if "</" in text:
            yield from of_html(text, max(depth, _DEPTH))


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, (dict, list)):
        for inner in node.values() if isinstance(node, dict) else node:
            yield from _strings(inner)


def _of_pdf(content: bytes) -> Iterator[str]:
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        fix = "pip install 'kg[pdf]'"
        raise FetchError("it is a PDF, and pypdf is not installed", fix=fix) from None
    try:
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    except (PyPdfError, ValueError, KeyError, OSError) as error:
        raise FetchError(f"the PDF cannot be read: {error}") from None
    yield text
    yield re.sub(r"-\s*\n\s*", "", text)
    yield re.sub(r"-\s*\n\s*", "-", text)
