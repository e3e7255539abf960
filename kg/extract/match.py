"""Patterns over a marked sentence: which match, what they give, and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, groupby

from kg.extract.gazetteer import finder
from kg.extract.marked import ANY, Marked
from kg.extract.patterns import MODALITIES, Pattern
from kg.extract.spans import Mention
from kg.extract.templates import Template
from kg.extract.words import Words

_WORDS = 6
"""Words of a thing in a list."""
_PARTIES = 4
"""Members at most of a list that is read in pairs; more have joined one text, not each other."""
_PAIR = 2
_NO_QUALIFIER = {
    "subject", "object", "pact", "client", "day", "fellow", "first", "host", "leader", "origin",
}  # fmt: skip
"""Slots that say nothing about the statement: its ends, and names that stand between them."""


_INSERTED = re.compile(r", | \(")
"""Where an insertion begins that a shorter reading leaves out: a short phrase has no comma."""


@dataclass(frozen=True, slots=True)
class Match:
    """One pattern that matched.

    Attributes:
        pattern: The pattern.
        subject: First end.
        relation: Relation.
        object: Second end.
        modality: As the verb, or the pattern, says.
        qualifiers: Those that the words fill.
        start: First character of the words, in the marked text.
        end: After the last one, in the marked text.
        items: What other slots than its ends hold.
        anchor: Offset in the release where the words begin for which a pronoun stands, or -1.
        last: Offset in the release where the object ends, when it is one of a list, or -1.
        several: True for a pair out of three or more who are named together.
    """

    pattern: Pattern
    subject: Mention
    relation: str
    object: Mention
    modality: str
    qualifiers: dict[str, str]
    start: int
    end: int
    items: tuple[Mention, ...] = ()
    anchor: int = -1
    last: int = -1
    several: bool = False


def matches(marked: Marked, patterns: Sequence[Pattern]) -> Iterator[Match]:
    """Yield what the patterns find in a sentence.

    Args:
        marked: The sentence.
        patterns: The patterns of its language.
    """
    index = _index(tuple(patterns))
    for pattern, templates in index.likely(marked.text.casefold(), marked.kinds()):
        if pattern.zone not in {"", marked.sentence.zone}:
            continue
        seen: dict[tuple[int, int], set[str]] = {}
        for template in templates:
            for found in template.regex.finditer(marked.text):
                if _said_already(found, seen):
                    continue
                if _paired(marked, found.start()) or _owning(pattern, marked, found.end()):
                    continue
                if _meant(pattern, marked.words(*found.span())):
                    yield from _given(found, pattern, marked)


def _paired(marked: Marked, start: int) -> bool:
    """Say whether words begin with the second of two joined names: "ESA-JAXA's mission"."""
    if start < _PAIR or marked.text[start] not in marked.mentions:
        return False
    between = marked.release[marked.starts[start - 1]]
    return between in {"-", "/"} and marked.text[start - 2] in marked.mentions


def _owning(pattern: Pattern, marked: Marked, end: int) -> bool:
    """Say whether a possessive ends the words: it belongs to what follows, unless that is meant."""
    owner = pattern.words.form("owner").match(marked.text, end)
    return bool(owner) and not pattern.parts


def _said_already(found: re.Match[str], seen: dict[tuple[int, int], set[str]]) -> bool:
    """Say whether another template of the pattern has these words, with the same ends."""
    start, end = span = found.span()
    ends = "".join(found.groupdict().get(k) or "" for k in ("subject", "object"))
    if any(a <= start and end <= b and (a, b) != span for a, b in seen):
        return True
    if ends in seen.setdefault(span, set()):
        return True
    seen[span].add(ends)
    return False


def _meant(pattern: Pattern, words: str) -> bool:
    if pattern.only and not re.search(pattern.only, words):
        return False
    return not (pattern.unless and re.search(pattern.unless, words))


class _Index:
    """Finds, in one pass over a sentence, the templates of which it has a word."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._all = [(p, t) for p in patterns for t in p.templates]
        self._always = {i for i, (_, t) in enumerate(self._all) if not t.triggers}
        self._by_word: dict[str, set[int]] = {}
        for i, (_, template) in enumerate(self._all):
            for word in template.triggers:
                self._by_word.setdefault(word, set()).add(i)
        further = (w for _, t in self._all for some in t.words for w in some)
        self._present = finder({*self._by_word, *further})

    def likely(self, lowered: str, kinds: set[str]) -> Iterator[tuple[Pattern, list[Template]]]:
        """Yield the patterns that may match, each with those of its templates that may."""
        words = self._present(lowered)
        places = self._always.union(*(self._by_word[w] for w in words & self._by_word.keys()))
        pairs = (self._all[i] for i in sorted(places) if _fits(self._all[i][1], words, kinds))
        for _, group in groupby(pairs, key=lambda pair: id(pair[0])):
            some = list(group)
            yield some[0][0], [t for _, t in some]


def _fits(template: Template, words: set[str], kinds: set[str]) -> bool:
    """Say whether a sentence has words and mentions of all that a template asks for."""
    for some in template.words:
        if words.isdisjoint(some):
            return False
    return all(not kinds.isdisjoint(n) for n in template.needs)


@lru_cache(maxsize=8)
def _index(patterns: tuple[Pattern, ...]) -> _Index:
    return _Index(patterns)


def _given(found: re.Match[str], pattern: Pattern, marked: Marked) -> Iterator[Match]:
    groups = {k: v for k, v in found.groupdict().items() if v}
    modality = next((m for m in MODALITIES if m in groups), pattern.modality)
    slots = {k: _mentions(k, groups, found, marked, pattern.words) for k in _names(groups)}
    qualifiers = dict(pattern.qualifiers)
    anchor = max((m.anchor for c in found[0] if (m := marked.mentions.get(c))), default=-1)
    ends = "object" in groups and found.end("object") == found.end()
    listed = ends and len(slots.get("object", ())) > 1 and len(groups["object"]) > 1
    whole = next((m for k in ("mission", "object") for m in slots.get(k, ()) if m.slug), None)
    if whole and ("item" in slots or "mission" in slots):
        qualifiers |= {"mission": whole.name, "missionSlug": whole.slug}
    for name, mentions in slots.items():
        if name not in _NO_QUALIFIER and mentions:
            qualifiers[name] = mentions[0].value or mentions[0].name
    for first, relation, second in pattern.emits:
        for one, other in _pairs(slots.get(first, []), slots.get(second, []), first == second):
            items = tuple(m for k, many in slots.items() if k == "item" for m in many)
            start, end = found.span()
            last = other.end if listed and other.kind != "Text" else -1
            rest = {k: v for k, v in qualifiers.items() if k not in {first, second}}
            yield Match(
                pattern, one, relation, other, modality, rest, start, end, items, anchor, last
            )
    if "object" not in slots and len(slots.get("subject", [])) > 1:
        yield from _among(slots["subject"], pattern, modality, qualifiers, found, anchor)


def _names(groups: dict[str, str]) -> list[str]:
    return [k.removesuffix("__text") for k in groups if k not in MODALITIES]


def _among(
    members: list[Mention],
    pattern: Pattern,
    modality: str,
    qualifiers: dict[str, str],
    found: re.Match[str],
    anchor: int,
) -> Iterator[Match]:
    relation, (start, end) = pattern.emits[0][1], found.span()
    if len(members) > _PARTIES:
        return
    for one, other in combinations(members, 2):
        if not one.slug or one.slug != other.slug:
            yield Match(
                pattern, one, relation, other, modality, qualifiers, start, end,
                anchor=anchor, several=len(members) > _PAIR,
            )  # fmt: skip


def _pairs(
    ones: list[Mention], others: list[Mention], same: bool
) -> Iterator[tuple[Mention, Mention]]:
    for one in ones:
        for other in others:
            if not same and one.start != other.start and (not one.slug or one.slug != other.slug):
                yield one, other


def _listed(phrase: str, words: Words) -> list[str]:
    """Split "heaters and parts of the drive"; a phrase of one noun stays whole."""
    parts = words.form("and_things").split(phrase)
    short = len(parts) > 1 and all(p and 1 < len(p.split()) <= _WORDS for p in parts)
    return parts if short else [phrase]


@lru_cache(maxsize=4)
def _rest(words: Words) -> re.Pattern[str]:
    """What still belongs to a topic: "space science and technology"."""
    return re.compile(words.turn("topic", "rest", {"any": f"[{ANY}]"}))


def _mentions(
    name: str, groups: dict[str, str], found: re.Match[str], marked: Marked, words: Words
) -> list[Mention]:
    if f"{name}__text" in groups:
        first, last = found.span(f"{name}__text")
        if name == "topic" and (more := _rest(words).match(marked.text, last)):
            last = more.end()
        start, end = marked.range(first, last)
        phrase = words.form("lead_of_text").sub("", marked.words(first, last))
        phrase = _INSERTED.split(phrase)[0]
        parts = [phrase] if name == "topic" else _listed(phrase, words)
        return [Mention(start, end, "Text", p, method="text") for p in parts]
    result: list[Mention] = []
    for char in found[name]:
        if mention := marked.mentions.get(char):
            result += mention.members or [mention]
    return result


def words_found(
    marked: Marked, patterns: Sequence[Pattern]
) -> Iterator[tuple[Pattern, re.Match[str], str, dict[str, list[Mention]]]]:
    """Yield where a sentence has the words of patterns that need not name both ends.

    Args:
        marked: The sentence.
        patterns: The patterns.

    Yields:
        The pattern, its words, its modality, and what its slots hold.
    """
    for pattern, templates in _index(tuple(patterns)).likely(
        marked.text.casefold(), marked.kinds()
    ):
        seen: dict[tuple[int, int], set[str]] = {}
        for template in templates:
            for found in template.regex.finditer(marked.text):
                if not _said_already(found, seen):
                    groups = {k: v for k, v in found.groupdict().items() if v}
                    modality = next((m for m in MODALITIES if m in groups), pattern.modality)
                    names = _names(groups)
                    slots = {k: _mentions(k, groups, found, marked, pattern.words) for k in names}
                    yield pattern, found, modality, slots
