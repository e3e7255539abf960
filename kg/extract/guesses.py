"""Names in capitals of which nothing but the sentence tells what they are, for review only.

A second reading of a sentence: what the graph knows and what a name's own words tell stays as it
is, and every other name in capitals is a mention too. What the patterns find with such an end is a
proposal: the relation tells what kind of thing the end must be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.extract import phrases
from kg.extract.layout import Sentence
from kg.extract.marked import Marked, mark
from kg.extract.match import Match
from kg.extract.spans import Mention
from kg.extract.words import Words

METHOD = "guess"
_PLAIN = ("offices", "honorifics", "rank", "months", "short_months", "weekdays", "no_guess")
"""Lists of words that are written with a capital and make no name."""
_WORD = r"[^\W\d_a-z][\w'’&-]*"
_WHOLE = re.compile(r"[^\W\d_a-z][\w’'-]+")
"""A name of one word."""
_LONG = 7
"""Words of a name at most."""
_SHORT = 3
"""Letters of a single word at least."""
_INSIDE = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+(?:-[A-Z\d]+)?\b(?! [A-Z])")
_OPENING, _CLOSING = ("“", '"'), ("”", '"')
ENDS = {
    "signedAgreementWith": ("Agency", "Agency"), "cooperatesWith": ("Agency", "Agency"),
    "sharesDataWith": ("Agency", "Agency"), "metWith": ("Agency", "Agency"),
    "engagedWith": ("Agency", "Agency"), "memberOf": ("Agency", "Agency"),
    "signatoryOf": ("State", "Agreement"), "participatesIn": ("Agency", "Activity"),
    "visited": ("Agency", "Facility"), "attended": ("Agency", "Activity"),
    "hosted": ("Agency", "Activity"), "leads": ("Agency", "Activity"),
    "operates": ("Agency", "Object"), "develops": ("Agency", "Object"),
    "provides": ("Agency", "Object"), "contributesTo": ("Agency", "Activity"),
    "launches": ("Agency", "Object"), "captures": ("Object", "Object"),
    "berthsTo": ("Object", "Object"), "visits": ("Object", "Place"),
    "installedOn": ("Object", "Object"), "carries": ("Object", "Object"),
    "collidedWith": ("Object", "Object"), "succeeds": ("Activity", "Activity"),
    "partOf": ("Object", "Activity"), "crewOf": ("Person", "Activity"),
    "trainsAt": ("Person", "Facility"), "supportsParticipationIn": ("Agency", "Activity"),
    "locatedIn": ("Facility", "Place"), "founded": ("Agency", "Agency"),
    "awardedContract": ("Agency", "Agency"), "launchSite": ("Object", "Place"),
    "launchDate": ("Object", ""), "startDate": ("Activity", ""), "endDate": ("Activity", ""),
    "studies": ("Activity", ""), "hasPurpose": ("Activity", ""), "isA": ("Object", ""),
    "hasCount": ("Agency", ""),
}  # fmt: skip
"""Relation → what its ends most often are."""


def inside(text: str) -> frozenset[str]:
    """Return the words with a capital that stand inside sentences: where they begin one, too.

    Args:
        text: The release.
    """
    return frozenset(_INSIDE.findall(text))


def reading(marked: Marked, words: Words, also: frozenset[str] = frozenset()) -> Marked | None:
    """Return a sentence with its other names in capitals as mentions too; None where it has none.

    Args:
        marked: The sentence.
        words: Words of its language.
        also: Words that are names where they begin a sentence, from :func:`inside`.
    """
    known = sorted(marked.mentions.values(), key=lambda m: m.start)
    more = list(_names(marked.release, marked.sentence, known, words, also))
    if not more:
        return None
    both = sorted([*known, *more], key=lambda m: m.start)
    return mark(marked.release, marked.sentence, both, words)


def resting(one: Match) -> bool:
    """Say whether an end of a match is only guessed to be a name, as its pattern allows."""
    return not one.pattern.named and METHOD in {one.subject.method, one.object.method}


def told(one: Match) -> Match:
    """Return a match whose guessed ends are of the kinds that its relation joins."""
    first, second = ENDS.get(one.relation, ("", ""))
    return replace(one, subject=_as(one.subject, first), object=_as(one.object, second))


def _as(end: Mention, kind: str) -> Mention:
    if end.method != METHOD:
        return end
    return replace(end, kind=kind or end.kind, method="proposal")


def _names(
    text: str, part: Sentence, known: Sequence[Mention], words: Words, also: frozenset[str]
) -> Iterator[Mention]:
    for start, end in _ranges(text, part, known, words):
        free = all(m.end <= start or end <= m.start for m in known)
        if start < end and free and _name(text, start, end, part, words, also):
            name = text[start:end]
            yield Mention(start, end, "Unknown", name, method=METHOD, surface=name)


def _ranges(
    text: str, part: Sentence, known: Sequence[Mention], words: Words
) -> Iterator[tuple[int, int]]:
    for match in _phrase(words).finditer(text, part.start, part.end):
        for start, end in _beside(match, known, words):
            for a, b in phrases.cut(text, start, end, words):
                yield from _apart(text, *_bare(text, a, b, words))


def _beside(
    match: re.Match[str], known: Sequence[Mention], words: Words
) -> Iterator[tuple[int, int]]:
    """Yield what of a phrase stands beside the known names that it joins: "ASA and Larkwing"."""
    start, end = match.span()
    inside = [m for m in known if m.start < end and start < m.end]
    for one in inside:
        if before := words.form("joined_before").search(match.string, start, one.start):
            yield start, before.start()
        link = "joined_to_adjective" if one.kind == "Adjective" else "joined_after"
        after = words.form(link).match(match.string, one.end, end)
        start = after.end() if after else _next(one, inside, end)
    if start < end:
        yield start, end


def _next(one: Mention, inside: Sequence[Mention], end: int) -> int:
    """Where the next known name of a phrase begins, or the phrase ends."""
    return next((m.start for m in inside if m.start >= one.end), end)


def _apart(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield two names of one word each, or short for longer ones, that "and" joins."""
    ones, _, others = text[start:end].partition(" and ")
    if _WHOLE.fullmatch(ones) and _WHOLE.fullmatch(others):
        yield start, start + len(ones)
        start = end - len(others)
    yield start, end


def _bare(text: str, start: int, end: int, words: Words) -> tuple[int, int]:
    """The range of a phrase without the small words that it begins with, and without "'s"."""
    while lead := words.form("article").match(text, start, end):
        start = lead.end()
    owner = words.form("possessive_in_name").search(text, start, end)
    return start, owner.start() if owner else end


def _name(
    text: str, start: int, end: int, part: Sentence, words: Words, also: frozenset[str]
) -> bool:
    """Say whether words in capitals can be a name."""
    parts = text[start:end].split()
    plain = words.single(*_PLAIN)
    if len(parts) > _LONG or not plain.isdisjoint(parts):
        return False
    if part.zone == "title" or text[start:end].startswith(words.lists.get("no_names", ())):
        return False
    if len(parts) > 1:
        told = parts[0] not in words.lists.get("no_single", ())
        return told or len(parts) > _SHORT or text[:start].endswith("the ")
    opens = parts[0] not in also and _opens(text[part.start : start], text[end : part.end])
    return _single(parts[0], text[end : part.end], words, opens=opens)


def _single(word: str, after: str, words: Words, *, opens: bool) -> bool:
    """Say whether one word is a name: coined, or inside a sentence and no part of an address."""
    barred = words.single("no_single", "no_person")
    plain = {w for many in words.kinds.values() for w in many}
    if len(word) < _SHORT or word in barred or word in plain or re.search(r"-[a-z]+$", word):
        return False
    if any(c.isupper() or c.isdigit() for c in word[1:]):
        return True
    told = re.match(r", [A-Z]", after) or words.form("of_places").fullmatch(word)
    return not opens and not told


def _opens(before: str, after: str) -> bool:
    """Say whether a word begins a sentence, or a quotation that holds more than it."""
    quoted = before.endswith(_OPENING) and after.lstrip(",.").startswith(_CLOSING)
    return not quoted and (not before.strip() or before.rstrip()[-1] in '.:!?,“"')


@lru_cache(maxsize=4)
def _phrase(words: Words) -> re.Pattern[str]:
    link = rf"(?:(?:{words.part('name_link')}) )*"
    return re.compile(rf"(?<![\w’'@.-]){_WORD}(?: {link}{_WORD}| \d{{1,3}}[A-Z]?\b)*(?![\w@-])")
