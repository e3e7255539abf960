"""Zones and sentences of a release. All offsets are those of the text as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

QUOTES = {"“": "”", '"': '"', "«": "»"}
_CONTACT = re.compile(
    r"^\s*(?:-\s*end\s*-|###|media contacts?\b|contact information\b|contacts?:|press contacts?:"
    r"|for (?:more|further) information|to learn more|learn more\b|follow us\b|share this article"
    r"|news media contacts?|about (?:the )?[A-Z]|website:|credits?:\s|image credit)",
    re.IGNORECASE,
)
_END = re.compile(r"^\s*(?:-\s*end\s*-|###)\s*$|^\s*(?:news )?media contacts?:?\s*$", re.I)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|Gen|Col|Lt|Sen|Rep|Gov|Jr|Sr|Inc|Ltd|Co|Corp|No|vs|ca|approx|U\.S|"
    r"U\.K|U\.N|D\.C|e\.g|i\.e|a\.m|p\.m|H\.E|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)"
    r"|\b[A-Z])\.$"
)
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


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a release in order; contact data and what follows is zone contact.

    Args:
        text: The release.
    """
    quoted = list(quotations(text))
    contact = False
    first = True
    for start, end in _lines(text):
        line = text[start:end]
        if _END.match(line):
            contact = True
        zone = _zone(line, first=first)
        first = False
        if contact or zone == "contact":
            yield Sentence(start, end, "contact")
            continue
        for a, b in split(text, start, end):
            inside = tuple((max(a, q), min(b, r)) for q, r in quoted if q < b and a < r)
            yield Sentence(a, b, zone, inside)


def _zone(line: str, *, first: bool) -> str:
    if _CONTACT.match(line):
        return "contact"
    if re.match(r"^\s*[—–-]{1,2}\s?(?:The Hon|[A-Z])", line) and len(line) < 250:
        return "attribution"
    if first and len(line) < 200 and not re.search(r"[.!?]\s*$", line):
        return "title"
    if _BULLET.match(line):
        return "bullet"
    if re.search(r"\b(?:Photo |Image )?Credits?:\s", line):
        return "caption"
    return "body"


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n\r]+", text):
        if match[0].strip():
            lead = len(match[0]) - len(match[0].lstrip())
            yield match.start() + lead, match.start() + len(match[0].rstrip())


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the sentences in a range."""
    bullet = _BULLET.match(text[start:end])
    here = start + bullet.end() if bullet else start
    for match in _STOP.finditer(text, start, end):
        if match.end() < end and _ABBREVIATION.search(
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
