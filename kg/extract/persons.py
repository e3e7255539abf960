"""Persons of a sentence: by a title, by a surname, as the graph knows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract import bearers as by_words
from kg.extract.gazetteer import Gazetteer
from kg.extract.layout import Sentence
from kg.extract.marked import mark
from kg.extract.spans import Mention
from kg.extract.words import Words


def find(
    text: str,
    part: Sentence,
    mentions: list[Mention],
    words: Words,
    bearers: dict[str, Mention],
    names: Gazetteer,
) -> list[Mention]:
    """Return the mentions of a sentence with its persons.

    Args:
        text: The release.
        part: The sentence.
        mentions: Its mentions so far.
        words: Words of its language.
        bearers: Surname → person, of the sentences before it; those of this one are added.
        names: Names of the graph.
    """
    marked = mark(text, part, mentions, words)
    fresh = [_again(_linked(p, names, text), bearers) for p in by_words.names(marked, words)]
    fresh = [
        p
        for p in fresh
        if not any(m.kind == "Person" and m.start < p.end and p.start < m.end for m in mentions)
    ]
    mentions = joined(joined([], fresh), mentions)
    for person in (m for m in mentions if m.kind == "Person"):
        bearers.setdefault(_surname(person.name), person)
    return joined(mentions, _surnames(text, part, bearers))


def _linked(person: Mention, names: Gazetteer, text: str) -> Mention:
    """A name with the family name first is that of the person known the other way round."""
    parts = re.sub(r"(?<=\w\.)(?=\w)", " ", person.name.replace("’", "'")).split()
    for order in (parts, [*parts[1:], parts[0]]):
        shown = " ".join(p.title() if p.isupper() and len(p) > 2 else p for p in order)
        bearers = names.by_text.get(shown, ())
        if len(bearers) == 1 and names.meant(bearers[0], text):
            return replace(person, name=bearers[0].label, slug=bearers[0].slug, method="alias")
    return person


def _again(person: Mention, bearers: dict[str, Mention]) -> Mention:
    """A surname of two words ("Le Gall") is that of the person named in full before."""
    known = bearers.get(_surname(person.name))
    if not known or person.slug or person.start <= known.end or person.name == known.name:
        return person
    if known.name.endswith(f" {person.name}") or _shorter(person, known):
        return replace(known, start=person.start, end=person.end, method="surname")
    return person


def _shorter(person: Mention, known: Mention) -> bool:
    """Say whether a name is one before it without a middle name: the first word is the same."""
    parts, rest = person.name.split(), iter((known.surface or known.name).split())
    return parts[0] == (known.surface or known.name).split()[0] and all(p in rest for p in parts)


def _surname(name: str) -> str:
    return name.split()[-1]


def _surnames(text: str, part: Sentence, bearers: dict[str, Mention]) -> Iterator[Mention]:
    for match in re.finditer(r"\b[^\W\d_a-z][\w'’-]*\w\b", text[part.start : part.end]):
        if known := bearers.get(match[0]):
            start = part.start + match.start()
            if start > known.end:
                yield replace(known, start=start, end=part.start + match.end(), method="surname")


def joined(mentions: Iterable[Mention], more: Iterable[Mention]) -> list[Mention]:
    """Join two lists of mentions; what is already there wins where they overlap."""
    kept = list(mentions)
    for one in more:
        if all(one.end <= m.start or m.end <= one.start for m in kept):
            kept.append(one)
    return sorted(kept, key=lambda m: m.start)
