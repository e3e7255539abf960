"""A sentence with each mention as one private-use character, so that patterns are plain regexes.

The character tells the kind: every kind of mention has a block of its own, which is a character
class; the place in the block tells which mention it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.extract.gazetteer import fold
from kg.extract.layout import Sentence
from kg.extract.spans import Mention
from kg.extract.words import Words

KINDS = (
    "State", "Agency", "Person", "Activity", "Object", "Agreement", "Place", "Facility", "Date",
    "Number", "Adjective", "Group", "Unknown",
)  # fmt: skip
_FIRST, _BLOCK = 0xE000, 0x80
ANY = f"{chr(_FIRST)}-{chr(_FIRST + _BLOCK * len(KINDS) - 1)}"
_MARKS = ("“”", '""', "‘’", "«»")
_NAMED = {"Activity", "Object", "Agreement", "Facility", "Unknown"}
"""Kinds of names that stand between quotation marks: the satellite “Kite”."""
_ARTICLE = 12
"""Characters of an article at most, with its space."""


def block(kind: str) -> str:
    """Return the range of a kind, to stand in a character class."""
    first = _FIRST + KINDS.index(kind) * _BLOCK
    return f"{chr(first)}-{chr(first + _BLOCK - 1)}"


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence for matching.

    Attributes:
        sentence: The sentence.
        text: Its characters with mentions replaced.
        mentions: Character → mention.
        starts: For each character, where it starts in the release.
        ends: For each character, where it ends.
        release: The whole text of the release.
    """

    sentence: Sentence
    text: str
    mentions: dict[str, Mention]
    starts: Sequence[int]
    ends: Sequence[int]
    release: str

    def words(self, start: int, end: int) -> str:
        """Return the words of the release behind a range of the marked text."""
        return self.release[self.starts[start] : self.ends[end - 1]]

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Return the range in the release of a range of the marked text."""
        return self.starts[start], self.ends[end - 1]

    def kinds(self) -> set[str]:
        """Return the kinds of the mentions in the marked text."""
        return {KINDS[(ord(c) - _FIRST) // _BLOCK] for c in self.text if c in self.mentions}

    def of_kind(self, *kinds: str) -> list[Mention]:
        """Return the mentions of some kinds in order."""
        return [m for m in self.mentions.values() if m.kind in kinds]


def mark(text: str, sentence: Sentence, mentions: Iterable[Mention], words: Words) -> Marked:
    """Replace the mentions of a sentence; an article before a name belongs to it.

    Args:
        text: The release.
        sentence: Which part of it.
        mentions: Mentions in that part, in order, none overlapping.
        words: Words of its language.
    """
    article = words.form("lead")
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    found: dict[str, Mention] = {}
    counts: dict[str, int] = {}
    here = sentence.start
    for mention in mentions:
        begin, end = quoted(text, mention)
        lead = article.search(text, max(here, begin - _ARTICLE), begin)
        if lead and mention.kind not in {"Date", "Number", "Adjective", "Person"}:
            begin = lead.start()
        if begin < here or end > sentence.end or counts.get(mention.kind, 0) >= _BLOCK:
            continue
        out.append(fold(text[here:begin]))
        starts += range(here, begin)
        ends += range(here + 1, begin + 1)
        char = chr(_FIRST + KINDS.index(mention.kind) * _BLOCK + counts.get(mention.kind, 0))
        counts[mention.kind] = counts.get(mention.kind, 0) + 1
        out.append(char)
        starts.append(begin)
        ends.append(end)
        found[char] = mention
        here = end
    out.append(fold(text[here : sentence.end]))
    starts += range(here, sentence.end)
    ends += range(here + 1, sentence.end + 1)
    return Marked(sentence, "".join(out), found, starts, ends, text)


def quoted(text: str, mention: Mention) -> tuple[int, int]:
    """Return the range of a name with the quotation marks that hold nothing else.

    Args:
        text: The release.
        mention: The name.
    """
    start, end = mention.start, mention.end
    marks = text[start - 1 : start] + text[end : end + 1]
    inside = start and marks in _MARKS and mention.kind in _NAMED
    return (start - 1, end + 1) if inside else (start, end)
