"""Words that stand for names before them: "the two agencies", "their", "its", "the agreement"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract.layout import Sentence
from kg.extract.spans import Mention, Release
from kg.extract.words import Words

_PAIR = 2
_HEAD = 12
"""Sentences in which the heading stands: on pages the words of the site come first."""
_CLOSE = 2
"""Sentences back at most that tell who made "the agreement"."""
_NEAR = 4
"""Sentences back in which the two names must stand together."""


def find(
    release: Release,
    part: Sentence,
    inside: Sequence[Mention],
    earlier: Sequence[Sequence[Mention]],
    words: Words,
) -> Iterator[Mention]:
    """Yield the groups of a sentence with their members; what is not sure has none and is left out.

    Args:
        release: The document.
        part: The sentence.
        inside: Its mentions so far.
        earlier: The mentions of the sentences before it.
        words: Words of its language.
    """
    groups: list[Mention] = []
    for match in words.form("group").finditer(release.text, part.start, part.end):
        here = [m for m in (*inside, *groups) if m.end <= match.start()]
        members: tuple[Mention, ...]
        if match.groupdict().get("person"):
            if one := _one_person(part, match, [*earlier[-1:], here]):
                start, end = match.span()
                yield replace(one, start=start, end=end, method="pronoun", surface="")
            continue
        if match.groupdict().get("thing"):
            if told := _told_of(earlier, words):
                yield replace(told, start=match.start(), end=match.end(), method="pronoun")
            continue
        if match["flown"] or _filled(match) & {"post"}:
            if flown := _flown([*earlier[-1:], here], words) or _topic(earlier):
                yield replace(flown, start=match.start(), end=match.end(), method="pronoun")
            continue
        if match.groupdict().get("many"):
            kind = "State" if match["lands"] else "Agency"
            members = _counted([*earlier, here], kind, _number(match["number"], words))
            if members:
                start, end = match.span()
                yield Mention(start, end, "Group", match[0], method="anaphora", members=members)
            continue
        if match["one"] or match["its"]:
            before = [m for many in earlier for m in many]
            single = (
                _owner(here, match["its"])
                if match["its"]
                else _publisher(release, [*before, *here], [*_last_named(earlier), here])
            )
            if single:
                yield replace(single, start=match.start(), end=match.end(), method="anaphora")
            continue
        members = ()
        if match["deal"]:
            members = _parties(earlier)
        elif match["their"] or match["they"]:
            acting = _unowning(here, release.text, words)
            parts = [*earlier, acting]
            of_bodies = words.form("body_heads").search(release.text, part.start, match.start())
            members = (
                _joined(here, release.text, words)
                or _together(acting)
                or (_pair(parts, ("Agency",)) if of_bodies else _nearer(parts))
            )
        else:
            filled = _filled(match)
            headed = _headed([here, *earlier]) if {"sides", "panel"} & filled else ()
            kinds = ("State",) if match["states"] else ("Agency",)
            members = headed or (() if "panel" in filled else _pair([*earlier, here], kinds))
        if members:
            start, end = match.span()
            anchor = _anchor(members, here) if match["their"] else -1
            group = Mention(
                start, end, "Group", match[0], method="anaphora", members=members, anchor=anchor
            )
            groups.append(group)
            yield group


def _filled(match: re.Match[str]) -> set[str]:
    return {name for name, words in match.groupdict().items() if words}


def _headed(parts: Sequence[Sequence[Mention]]) -> tuple[Mention, ...]:
    """The two bodies, or the two states, of the sentence or a heading: "Japan-Italy Dialogue"."""
    for many in parts[:_HEAD]:
        for kinds in (("Agency",), ("State", "Adjective")):
            found = {m.slug: m for m in many if m.kind in kinds and m.slug}
            if len(found) == _PAIR:
                return tuple(replace(m, kind=kinds[0]) for m in found.values())
    return ()


def _parties(earlier: Sequence[Sequence[Mention]]) -> tuple[Mention, ...]:
    """The two bodies, or else the two states, that the sentence shortly before names alone."""
    for many in reversed(earlier[-_CLOSE:]):
        found = {m.slug or m.name: m for m in many if m.kind in {"Agency", "State"}}
        if found:
            alike = len(found) == _PAIR and len({m.kind for m in found.values()}) == 1
            return tuple(found.values()) if alike else ()
    return ()


def _anchor(members: Sequence[Mention], here: Sequence[Mention]) -> int:
    """Where the words for the members begin in the sentence itself, or -1."""
    same = [m.start for m in here if m.kind == "Group" and m.members == members]
    own = [m.start for m in members if m in here]
    return max(same, default=min(own, default=-1))


def _flown(parts: Sequence[Sequence[Mention]], words: Words) -> Mention | None:
    """The only mission or object of the sentence and the one before it; an instrument is none."""
    things = {m.slug or m.name: m for p in parts for m in p if m.kind in {"Activity", "Object"}}
    one = next(iter(things.values())) if len(things) == 1 else None
    return one if one and one.name.split()[-1] not in words.lists.get("instruments", ()) else None


def _told_of(earlier: Sequence[Sequence[Mention]], words: Words) -> Mention | None:
    """The only craft of the sentence before, if its first name is that of the craft."""
    one = _flown(earlier[-1:], words)
    return one if one and earlier[-1][0].slug == one.slug else None


def _topic(earlier: Sequence[Sequence[Mention]]) -> Mention | None:
    """The only mission of the heading, where no other stands near."""
    if any(m.kind in {"Activity", "Object"} for many in earlier[-1:] for m in many):
        return None
    missions = {m.slug: m for many in earlier[:1] for m in many if m.kind == "Activity" and m.slug}
    return next(iter(missions.values())) if len(missions) == 1 else None


def _owner(here: Sequence[Mention], word: str) -> Mention | None:
    """The only agency or state before "its" in the sentence; "it" may be a craft as well."""
    if word == "it" and any(m.kind in {"Activity", "Object"} for m in here):
        return None
    actors = {m.slug or m.name: m for m in here if m.kind in {"Agency", "State"}}
    return next(iter(actors.values())) if len(actors) == 1 else None


def _last_named(earlier: Sequence[Sequence[Mention]]) -> Sequence[Sequence[Mention]]:
    """The last sentence shortly before that names an agency."""
    named = (many for many in reversed(earlier[-_NEAR:]) if any(m.kind == "Agency" for m in many))
    return [next(named, ())]


def _publisher(
    release: Release, before: Sequence[Mention], near: Sequence[Sequence[Mention]]
) -> Mention | None:
    """The publisher where it is named, else the only agency so far.

    Where the sentence before speaks of others only, it is the only one of them.
    """
    agencies = {m.slug: m for m in before if m.kind == "Agency" and m.slug}
    close = {m.slug: m for many in near for m in many if m.kind == "Agency"}
    if close and release.publisher not in close:
        agencies = close
    if release.publisher in agencies:
        return agencies[release.publisher]
    return next(iter(agencies.values())) if len(agencies) == 1 else None


def _joined(here: Sequence[Mention], text: str, words: Words) -> tuple[Mention, ...]:
    """The only "A and B" of the sentence, where one is an agency and the other a state."""
    actors = [m for m in here if m.kind in {"Agency", "State"}]
    both = words.form("and")
    pairs = [(a, b) for a, b in pairwise(actors) if both.fullmatch(text[a.end : b.start])]
    return pairs[0] if len(pairs) == 1 and pairs[0][0].kind != pairs[0][1].kind else ()


def _together(here: Sequence[Mention]) -> tuple[Mention, ...]:
    """The two actors of one kind, or the group, that stand in the sentence itself."""
    groups = [m for m in here if m.kind == "Group" and m.members]
    if groups:
        return groups[-1].members
    for kind in ("Agency", "State"):
        actors = _distinct(here, kind)
        if len(actors) == _PAIR:
            return tuple(actors)
    return ()


def _unowning(here: Sequence[Mention], text: str, words: Words) -> list[Mention]:
    """What stands in the sentence, without the states that only own a body: "Peru's agency"."""
    owner = words.form("owner")
    return [m for m in here if m.kind != "State" or not owner.match(text, m.end)]


def _nearer(parts: Sequence[Sequence[Mention]]) -> tuple[Mention, ...]:
    """The two agencies or the two states, whichever was named last; agencies where none was."""
    pairs = [found for kind in ("Agency", "State") if (found := _pair(parts, (kind,)))]
    return max(pairs, key=lambda two: min(m.start for m in two), default=())


def _pair(parts: Sequence[Sequence[Mention]], kinds: Sequence[str]) -> tuple[Mention, ...]:
    """The only two of a kind so far, else the two that a sentence shortly before names alone."""
    for kind in kinds:
        everything = _distinct([m for many in parts for m in many], kind)
        if len(everything) == _PAIR:
            return tuple(everything)
        for many in list(reversed(parts))[: _NEAR + 1]:
            actors = _distinct(many, kind)
            if len(actors) == _PAIR:
                return tuple(actors)
    return ()


def _one_person(
    part: Sentence, match: re.Match[str], parts: Sequence[Sequence[Mention]]
) -> Mention | None:
    """The only person of the sentence and the one before it, where nobody is quoted."""
    people = {m.slug or m.name: m for many in parts for m in many if m.kind == "Person"}
    quoted = part.in_quote(*match.span())
    return next(iter(people.values())) if len(people) == 1 and not quoted else None


def _number(word: str | None, words: Words) -> int:
    """How many a group has; "both" are two."""
    return words.part("count").split("|").index(word) + 1 if word else _PAIR


def _counted(parts: Sequence[Sequence[Mention]], kind: str, number: int) -> tuple[Mention, ...]:
    """So many of a kind as one sentence names, the last one first, or all of the text so far."""
    everything = [m for many in parts for m in many]
    for many in (*reversed(parts[-_NEAR - 1 :]), everything, *parts[:_HEAD]):
        actors = _distinct(many, kind)
        if len(actors) == number:
            return tuple(actors)
    return ()


def _distinct(mentions: Sequence[Mention], kind: str) -> list[Mention]:
    """One mention of each thing of a kind, the last one, in the order of the text."""
    last = {m.slug or m.name: m for m in mentions if m.kind == kind}
    return sorted(last.values(), key=lambda m: m.start)
