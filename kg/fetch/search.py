"""Finds words of which only length and SHA-256 are known: every window of that length is hashed.

A digest tells nothing about its words, so each window has to be tried. Windows that begin where a
word begins come first: there are five times fewer of them.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate

MOST = 20_000_000
"""Windows that are tried for one page at the most, about a minute: of 1 MB, some 20 lengths."""


def find(texts: Iterable[str], wanted: Iterable[tuple[int, str]]) -> dict[str, str]:
    """Return SHA-256 → words, for the quotes that are in one of some texts.

    Args:
        texts: Readings of a page; white space folded.
        wanted: Length in code points, and SHA-256 of the words in UTF-8.
    """
    left: dict[int, set[str]] = defaultdict(set)
    for length, sha in wanted:
        if length > 0:
            left[length].add(sha)
    found: dict[str, str] = {}
    kept = list(texts)
    tried = 0
    for words_only in (True, False):
        for text in kept:
            offsets = _offsets(text)
            content = text.encode("utf-8", "surrogatepass")
            starts = _starts(text, words_only)
            for length in sorted(left):
                tried += len(starts)
                if tried > MOST:
                    return found
                for start, sha in _windows(text, content, offsets, starts, length, left[length]):
                    found[sha] = text[start : start + length]
                    left[length].discard(sha)
                    if not left[length]:
                        break
            left = defaultdict(set, {n: shas for n, shas in left.items() if shas})
            if not left:
                return found
    return found


def _offsets(text: str) -> list[int]:
    """Return the place of each code point in the bytes, and that of the end."""
    if text.isascii():
        return list(range(len(text) + 1))
    sizes = (1 if c < "\x80" else 2 if c < "\u0800" else 3 if c < "\U00010000" else 4 for c in text)
    return list(accumulate(sizes, initial=0))


def _starts(text: str, words_only: bool) -> list[int]:
    """Return where a quote may begin: where a word does, or else at its other characters."""
    before = " " + text
    return [i for i, c in enumerate(text) if c != " " and before[i].isalnum() != words_only]


def _windows(
    text: str, content: bytes, offsets: list[int], starts: list[int], length: int, shas: set[str]
) -> Iterator[tuple[int, str]]:
    digests = {bytes.fromhex(sha): sha for sha in shas}
    last, view, sha256 = len(text) - length, memoryview(content), hashlib.sha256
    for start in starts:
        if start > last:
            return
        digest = sha256(view[offsets[start] : offsets[start + length]]).digest()
        if digest in digests:
            yield start, digests[digest]
