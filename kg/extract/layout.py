"""Zones and sentences of a release. All offsets are those of the text as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from kg.extract.words import Words

_BODY, _PARAGRAPH = 400, 160
"""Characters of a body above the foot of a page, and of a paragraph, at least."""
_LIST, _WORDS, _SMALL, _MOST = 3, 4, 3, 0.8
"""Headlines of a list, words of a headline, letters of a small word, share of capitals."""
_ENDED = re.compile(r"[.!?;:][”\"’')\]]*\s*$")
QUOTES = {"“": "”", '"': '"', "«": "»"}
_RUNS = 1500
"""Characters after its paragraph in which a quotation may still be closed."""
_STOP = re.compile(r"[.!?]+[”\"’')\]]*(?=\s+[“\"‘'(\[—]*[A-Z0-9]|\s*$)")
_BULLET = re.compile(r"^\s*(?:[-•*–]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its zone.

    Attributes:
        start: Offset of its first code point.
        end: Offset after its last one.
        zone: title, dateline, body, bullet, attribution, caption, contact.
        quoted: Ranges inside it that are quotations.
    """

    start: int
    end: int
    zone: str
    quoted: tuple[tuple[int, int], ...] = ()

    def in_quote(self, start: int, end: int) -> bool:
        """Say whether a range lies in quoted words."""
        return any(a <= start and end <= b for a, b in self.quoted)


def ended(line: str) -> bool:
    """Say whether a line ends as a sentence does."""
    return bool(_ENDED.search(line))


def sentences(text: str, words: Words) -> Iterator[Sentence]:
    """Yield the sentences of a release in order; contact data and what follows is zone contact.

    Args:
        text: The release.
        words: Words of its language.
    """
    quoted = list(quotations(text))
    contact = False
    first = True
    foot = _foot(text, words)
    for start, end in _lines(text):
        line = text[start:end]
        if words.form("end").match(line) or start >= foot:
            contact = True
        zone = _zone(line, words, first=first)
        first = False
        if contact or zone == "contact":
            yield Sentence(start, end, "contact")
            continue
        for a, b in split(text, start, end, words):
            inside = tuple((max(a, q), min(b, r)) for q, r in quoted if q < b and a < r)
            yield Sentence(a, b, zone, inside)


def _foot(text: str, words: Words) -> int:
    """Where the links and headlines begin that a page has below its release; else its end.

    Below them no paragraph stands, and a body above.
    """
    lines = list(_lines(text))
    last = next((i for i in reversed(range(len(lines))) if _long(lines[i])), -1)
    below = [span for span in lines[last + 1 :] if span[0] >= _BODY]
    marks = [start for start, end in below if words.form("foot").match(text[start:end])]
    return min([*marks, *_headlines(text, below)], default=len(text))


def _long(line: tuple[int, int]) -> bool:
    return line[1] - line[0] >= _PARAGRAPH


def _headlines(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Where the last lines of a text begin if they are a list of headlines."""
    tail = list(takewhile(lambda s: _is_headline(text[s[0] : s[1]]), reversed(lines)))
    if len(tail) >= _LIST:
        yield tail[-1][0]


def _is_headline(line: str) -> bool:
    """Say whether a line has many words, most of them with a capital, and no stop."""
    told = [w for w in line.split() if w[:1].isalpha() and len(w) > _SMALL]
    capital = sum(w[0].isupper() for w in told)
    plain = not ended(line) and not re.search(r"[,:]", line)
    return plain and len(told) >= _WORDS and capital >= _MOST * len(told)


def _zone(line: str, words: Words, *, first: bool) -> str:
    if words.form("contact").match(line):
        return "contact"
    if re.match(r"^\s*[—–-]{1,2}\s?[A-Z]", line) and len(line) < 250:
        return "attribution"
    if first and len(line) < 200 and not re.search(r"[.!?]\s*$", line):
        return "title"
    if _BULLET.match(line):
        return "bullet"
    if words.form("credit").search(line):
        return "caption"
    return "body"


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n\r]+", text):
        if match[0].strip():
            lead = len(match[0]) - len(match[0].lstrip())
            yield match.start() + lead, match.start() + len(match[0].rstrip())


def split(text: str, start: int, end: int, words: Words) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the sentences in a range."""
    abbreviation = words.form("abbreviation")
    bullet = _BULLET.match(text[start:end])
    here = start + bullet.end() if bullet else start
    for match in _STOP.finditer(text, start, end):
        if match.end() < end and abbreviation.search(
            text[max(start, match.start() - 8) : match.start() + 1]
        ):
            continue
        if here < match.end():
            yield here, match.end()
        here = match.end()
        while here < end and text[here].isspace():
            here += 1
    if here < end:
        yield here, end


def _later(text: str, opened: int, end: int) -> int:
    """Where a quotation ends that its paragraph does not close, or 0."""
    mark = text[opened]
    close = text.find(QUOTES[mark], end, end + _RUNS)
    again = text.find(mark, end, end + _RUNS)
    runs = QUOTES[mark] != mark and close >= 0 and not 0 <= again < close
    return close + 1 if runs else 0


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of quoted words, the marks included; a quotation ends with its paragraph.

    Unless its other mark stands in a paragraph soon after it, and no mark between.
    """
    running = 0
    for start, end in _lines(text):
        here = start
        if running > start:
            yield start, min(running, end)
            here = min(running, end)
        while here < end:
            mark = text[here]
            if mark in QUOTES:
                close = text.find(QUOTES[mark], here + 1, end)
                stop = close + 1 if close >= 0 else end
                running = max(running, _later(text, here, end) if close < 0 else 0)
                if mark != '"' or stop - here > 2:
                    yield here, stop
                here = stop
            else:
                here += 1
