"""Zones and sentences of a release. All offsets are those of the text as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.words import Words

QUOTES = {"“": "”", '"': '"', "«": "»"}
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


def sentences(text: str, words: Words) -> Iterator[Sentence]:
    """Yield the sentences of a release in order; contact data and what follows is zone contact.

    Args:
        text: The release.
        words: Words of its language.
    """
    quoted = list(quotations(text))
    contact = False
    first = True
    for start, end in _lines(text):
        line = text[start:end]
        if words.form("end").match(line):
            contact = True
        zone = _zone(line, words, first=first)
        first = False
        if contact or zone == "contact":
            yield Sentence(start, end, "contact")
            continue
        for a, b in split(text, start, end, words):
            inside = tuple((max(a, q), min(b, r)) for q, r in quoted if q < b and a < r)
            yield Sentence(a, b, zone, inside)


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


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of quoted words, the marks included; a quotation ends with its paragraph."""
    for start, end in _lines(text):
        here = start
        while here < end:
            mark = text[here]
            if mark in QUOTES:
                close = text.find(QUOTES[mark], here + 1, end)
                stop = close + 1 if close >= 0 else end
                if mark != '"' or stop - here > 2:
                    yield here, stop
                here = stop
            else:
                here += 1
