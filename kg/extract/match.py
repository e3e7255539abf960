"""Patterns over a marked sentence: which match, what they give, and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from kg.extract.marked import Marked
from kg.extract.patterns import MODALITIES, Pattern
from kg.extract.spans import Mention

_WHOLE = {"contributes-to"}
"""Where "X's part" is as good as "X"; elsewhere a possessive belongs to what follows it."""


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
    """

    pattern: Pattern
    subject: Mention
    relation: str
    object: Mention
    modality: str
    qualifiers: dict[str, str]
    start: int
    end: int


def matches(marked: Marked, patterns: Iterable[Pattern]) -> Iterator[Match]:
    """Yield what the patterns find in a sentence.

    Args:
        marked: The sentence.
        patterns: The patterns of its language.
    """
    lowered = marked.text.casefold()
    for pattern in patterns:
        seen: set[tuple[int, int]] = set()
        for template in pattern.templates:
            if template.triggers and not any(t in lowered for t in template.triggers):
                continue
            for found in template.regex.finditer(marked.text):
                if any(a <= found.start() and found.end() <= b for a, b in seen):
                    continue
                seen.add(found.span())
                owner = marked.text.startswith("'s", found.end()) and pattern.id not in _WHOLE
                if not owner:
                    yield from _given(found, pattern, marked)


def _given(found: re.Match[str], pattern: Pattern, marked: Marked) -> Iterator[Match]:
    groups = {k: v for k, v in found.groupdict().items() if v}
    modality = next((m for m in MODALITIES if m in groups), pattern.modality)
    slots = {k: _mentions(k, groups, found, marked) for k in _names(groups)}
    qualifiers = dict(pattern.qualifiers)
    for name, mentions in slots.items():
        if name not in {"subject", "object"} and mentions:
            qualifiers[name] = mentions[0].value or mentions[0].name
    for first, relation, second in pattern.emits:
        for one, other in _pairs(slots.get(first, []), slots.get(second, []), first == second):
            yield Match(
                pattern, one, relation, other, modality, qualifiers, found.start(), found.end()
            )
    if "object" not in slots and len(slots.get("subject", [])) > 1:
        yield from _among(slots["subject"], pattern, modality, qualifiers, found)


def _names(groups: dict[str, str]) -> list[str]:
    return [k.removesuffix("__text") for k in groups if k not in MODALITIES]


def _among(
    members: list[Mention],
    pattern: Pattern,
    modality: str,
    qualifiers: dict[str, str],
    found: re.Match[str],
) -> Iterator[Match]:
    relation, (start, end) = pattern.emits[0][1], found.span()
    for one, other in combinations(members, 2):
        if not one.slug or one.slug != other.slug:
            yield Match(pattern, one, relation, other, modality, qualifiers, start, end)


def _pairs(
    ones: list[Mention], others: list[Mention], same: bool
) -> Iterator[tuple[Mention, Mention]]:
    for one in ones:
        for other in others:
            if not same and one.start != other.start and (not one.slug or one.slug != other.slug):
                yield one, other


def _mentions(
    name: str, groups: dict[str, str], found: re.Match[str], marked: Marked
) -> list[Mention]:
    if f"{name}__text" in groups:
        start, end = marked.range(*found.span(f"{name}__text"))
        words = marked.words(*found.span(f"{name}__text"))
        words = re.sub(r"^(?:the|a|an|its|their)\s", "", words)
        return [Mention(start, end, "Text", words, method="text")]
    result: list[Mention] = []
    for char in found[name]:
        if mention := marked.mentions.get(char):
            result += mention.members or [mention]
    return result
