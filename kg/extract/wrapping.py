"""Releases from mail and wire archives break their lines at a width: such breaks are spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_NARROW, _WIDE, _ENOUGH = 40, 100, 3
_MOST = 0.75
"""Share of the inner lines of paragraphs that are full, where other paragraphs are not broken."""
_GAP = re.compile(r"(?<=\S) {2,5}(?=\S)")
"""Spaces that part no columns."""
_STOPPED = re.compile(r"[.!?:;][”\"’')\]]*$")
_MAIL = re.compile(r"(?m)^(?:> ?)+")
"""What a mail puts before each line of another that it quotes."""
_ITEM = re.compile(r"\s*(?:[-•*–—]|\d{1,2}[.)])\s")


def unwrapped(text: str) -> str:
    """Return a text of the same length in which breaks inside paragraphs are spaces.

    The signs with which a mail quotes another are spaces too.

    A break is one of width where the next word would not have fitted into the longest line of the
    text, longer than a page is wide ones apart; lines are taken as they are where too few look
    like that.

    Args:
        text: The release.
    """
    if len(_MAIL.findall(text)) >= _ENOUGH:
        text = _MAIL.sub(lambda m: " " * len(m[0]), text)
    lines = re.split(r"(?<=\n)", text)
    lengths = [len(line.rstrip()) for line in lines]
    width = max((n for n in lengths if n <= _WIDE), default=0)
    if width < _NARROW:
        return text
    full = [_full(line.rstrip(), after, width) for line, after in pairwise(lines)]
    telling = sum(f and not _STOPPED.search(x.rstrip()) for f, x in zip(full, lines, strict=False))
    inner = [f for f, a, b in zip(full, lengths, lengths[1:], strict=False) if 0 < a <= _WIDE and b]
    mixed = max(lengths) > _WIDE
    if telling < _ENOUGH or (mixed and sum(full) < _MOST * len(inner)):
        return text
    joined = [_spaced(line) if f else line for f, line in zip(full, lines, strict=False)]
    return "".join([*joined, *lines[len(full) :]])


def collapsed(text: str) -> tuple[str, Sequence[int]]:
    """Return a text with one space for several, and where each of its characters was.

    Args:
        text: From :func:`unwrapped`.

    Returns:
        The text, and the offset of each character in the one given, and of its end.
    """
    out: list[str] = []
    places: list[int] = []
    here = 0
    for gap in _GAP.finditer(text):
        out.append(text[here : gap.start() + 1])
        places += range(here, gap.start() + 1)
        here = gap.end()
    if not out:
        return text, range(len(text) + 1)
    return "".join([*out, text[here:]]), [*places, *range(here, len(text) + 1)]


def _full(line: str, after: str, width: int) -> bool:
    words = after.split()
    if not line.strip() or not words or _ITEM.match(after):
        return False
    return len(line) <= _WIDE and len(line) + 1 + len(words[0]) > width


def _spaced(line: str) -> str:
    kept = line.rstrip("\r\n")
    return kept + " " * (len(line) - len(kept))
