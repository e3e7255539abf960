"""Releases from mail and wire archives break their lines at a width: such breaks are spaces."""

from __future__ import annotations

import re
from itertools import pairwise

_NARROW, _WIDE, _ENOUGH = 40, 100, 3
_STOPPED = re.compile(r"[.!?:;][”\"’')\]]*$")
_ITEM = re.compile(r"\s*(?:[-•*–—]|\d{1,2}[.)])\s")


def unwrapped(text: str) -> str:
    """Return a text of the same length in which breaks inside paragraphs are spaces.

    A break is one of width where the next word would not have fitted into the longest line of the
    text; lines are taken as they are where too few, or too long ones, look like that.

    Args:
        text: The release.
    """
    lines = re.split(r"(?<=\n)", text)
    width = max((len(line.rstrip()) for line in lines), default=0)
    if not _NARROW <= width <= _WIDE:
        return text
    full = [_full(line.rstrip(), after, width) for line, after in pairwise(lines)]
    telling = sum(f and not _STOPPED.search(x.rstrip()) for f, x in zip(full, lines, strict=False))
    if telling < _ENOUGH:
        return text
    joined = [_spaced(line) if f else line for f, line in zip(full, lines, strict=False)]
    return "".join([*joined, *lines[len(full) :]])


def _full(line: str, after: str, width: int) -> bool:
    words = after.split()
    if not line.strip() or not words or _ITEM.match(after):
        return False
    return len(line) + 1 + len(words[0]) > width


def _spaced(line: str) -> str:
    kept = line.rstrip("\r\n")
    return kept + " " * (len(line) - len(kept))
