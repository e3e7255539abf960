"""Runs of words in capitals, cut where one name ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.extract.layout import Sentence
from kg.extract.spans import Mention
from kg.extract.words import Words

_WORD = r"[^\W\d_a-z][\w'’-]*(?:(?<=\d)\.\d\w*)?"
_HOMES = {"State", "Adjective", "Place"}
"""Kinds of names with which the name of a body may begin: "Kyoto University"."""
_BODIES = ("Agency", "Facility")
_THINGS = ("Activity", "Object")


def find(
    text: str,
    part: Sentence,
    known: Sequence[Mention],
    taken: Sequence[Mention],
    words: Words,
) -> Iterator[tuple[int, int]]:
    """Yield the ranges of a sentence that may be a name.

    Args:
        text: The release.
        part: A sentence of it.
        known: The names of the graph in it.
        taken: New names in it that are sure already.
        words: Words of its language.
    """
    for match in _phrase(words).finditer(text, part.start, part.end):
        for a, b in _outside(*match.span(), taken):
            for c, d in cut(text, a, b, words):
                start = bare(text, c, d, words)
                if start < d:
                    yield from _beside_known(text, start, d, known, words)


@lru_cache(maxsize=4)
def _phrase(words: Words) -> re.Pattern[str]:
    link = rf"(?:(?:{words.part('name_link')}) )*"
    return re.compile(rf"{_WORD}(?: {link}(?:{_WORD}|\d{{1,4}}\b|[IVX]+\b))*")


def _outside(start: int, end: int, taken: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Yield what is left of a range beside names in it."""
    for one in taken:
        if one.start < end and start < one.end:
            if start < one.start:
                yield start, one.start
            start = one.end
    if start < end:
        yield start, end


def cut(text: str, start: int, end: int, words: Words) -> Iterator[tuple[int, int]]:
    """Yield the names that a run of words in capitals joins.

    "Larkwing Institute and Quill Agency" are two, "Institute of Air and Space" is one, and so is
    "Academy of the Sea".

    Args:
        text: The release.
        start: Where the run begins.
        end: Where it ends.
        words: Words of its language.
    """
    for apart in words.form("names_part").finditer(text, start, end):
        yield from _joined(text, start, apart.start(), words)
        start = apart.end()
    yield from _joined(text, start, end, words)


def _joined(text: str, start: int, end: int, words: Words) -> Iterator[tuple[int, int]]:
    for both in words.form("and").finditer(text, start, end):
        if _two(text[start : both.start()], text[both.end() : end], words):
            yield start, both.start()
            start = both.end()
    yield start, end


def _two(before: str, after: str, words: Words) -> bool:
    """Say whether "and" stands between two names: each ends, or begins, as names of its kind do."""
    ones, others = before.split(), after.split()
    if len(ones) < 2 or not others:
        return False
    left = {k for k, w in words.kinds.items() if ones[-1] in w}
    right = {k for k, w in words.kinds.items() if others[-1] in w}
    left |= {k for k, w in words.first.items() if ones[0] in w and others[0] in w}
    right |= {k for k, w in words.first.items() if others[0] in w}
    return any(left & {*same} and right & {*same} for same in (_BODIES, _THINGS))


def bare(text: str, start: int, end: int, words: Words) -> int:
    """Return where a run begins without articles, days, and the office of a body's head.

    Args:
        text: The release.
        start: Where it begins.
        end: Where it ends.
        words: Words of its language.
    """
    while lead := words.form("article").match(text, start, end):
        start = lead.end()
    if office := _office(words).match(text, start, end):
        start = office.end()
    return start


@lru_cache(maxsize=4)
def _office(words: Words) -> re.Pattern[str]:
    """An office before the body that it is of: "President and CEO of Larkwing Industries"."""
    return re.compile(rf"(?:{words.alternatives('heads')}) of (?:the )?(?=[A-Z])")


def closed(phrase: str, words: Words) -> str:
    """Cut a possessive off the end of a phrase, all that follows it, and the verb of a heading.

    Args:
        phrase: Words in capitals.
        words: Words of the language.
    """
    found = words.form("possessive_in_name").search(phrase)
    phrase = phrase[: found.start()] if found else phrase
    verb = _verb(words).search(phrase)
    return phrase[: verb.start()] if verb else phrase


@lru_cache(maxsize=4)
def _verb(words: Words) -> re.Pattern[str]:
    return re.compile(rf" (?:{words.alternatives('heading_verbs')})\b.*$")


def _beside_known(
    text: str, start: int, end: int, known: Sequence[Mention], words: Words
) -> Iterator[tuple[int, int]]:
    """Yield what is left of a phrase before the first and after the last linked name in it."""
    inner = [
        m
        for m in known
        if m.start < end
        and start < m.end
        and not (m.kind in _HOMES and _goes_on(m, text, start, end, words))
    ]
    if not inner:
        yield start, end
        return
    head = re.sub(r"(?:\s+[a-zé’'&]+)*\s*$", "", text[start : max(start, inner[0].start)])
    if head:
        yield start, start + len(head)
    start = inner[-1].end
    while start < end and not text[start].isupper():
        start += 1
    if start < end:
        yield start, end


def _goes_on(nation: Mention, text: str, start: int, end: int, words: Words) -> bool:
    """Say whether a state begins what is left of a phrase: its first word, or after "and the".

    "Royal Norway Sky Institute" goes on too.
    """
    before = text[start : nation.start].split()
    first = not before or before[-1].islower() or before[-1] in words.lists.get("before_state", ())
    return first and nation.end < end and text[nation.end : nation.end + 2].strip().isupper()
