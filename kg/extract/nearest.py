"""The name, or list of names, of some kinds that stands nearest to some words of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.marked import ANY, Marked
from kg.extract.spans import Mention
from kg.extract.words import Words

REACH = 25
"""Words at most between an end and what tells the relation."""
CLOSE = 6
"""Words at most between "by" and the doer."""
_PLAIN = {"Person", "Date", "Number"}
_PERSON = {"Person"}
_LONG = 4
"""Words of a person's name at most."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A name, or names in a list.

    Attributes:
        start: First character in the marked text.
        end: After the last one.
        names: The names.
    """

    start: int
    end: int
    names: tuple[Mention, ...]


def units(
    marked: Marked,
    kinds: frozenset[str],
    words: Words,
    span: tuple[int, int],
    *,
    named: bool = False,
) -> list[Unit]:
    """Return the names of some kinds in a part of a sentence, those of one list together.

    Args:
        marked: The sentence.
        kinds: Kinds of mentions.
        words: Words of its language.
        span: The part, in characters of the marked text.
        named: True where capitals alone make no name.
    """
    out: list[Unit] = []
    joint = _joint(words)
    for place in range(*span):
        char = marked.text[place]
        mention = marked.mentions.get(char)
        names = _fitting(mention, kinds, words) if mention else ()
        if not names or (named and names[0].kind == "Unknown" and kinds != _PERSON):
            continue
        if out and joint.fullmatch(marked.text, out[-1].end, place):
            out[-1] = Unit(out[-1].start, place + 1, (*out[-1].names, *names))
        else:
            out.append(Unit(place, place + 1, names))
    return out


def _fitting(one: Mention, kinds: frozenset[str], words: Words) -> tuple[Mention, ...]:
    if one.kind == "Group":
        return tuple(m for m in one.members if m.kind in kinds)
    if one.kind == "Unknown":
        fits = _person(one.name, words) if kinds == _PERSON else not kinds <= _PLAIN
        return (one,) if fits else ()
    return (one,) if one.kind in kinds else ()


def _person(name: str, words: Words) -> bool:
    """Say whether a name in capitals can be that of a person: two words or more, no other kind."""
    parts = name.split()
    other = {w for many in words.kinds.values() for w in many}
    plain = words.single("no_person", "offices", "rank", "service_ranks") | other
    return 1 < len(parts) <= _LONG and plain.isdisjoint(parts) and name.replace(" ", "").isalpha()


def before(
    found: list[Unit], place: int, text: str, words: Words, *, beside: bool, nouns: bool
) -> Unit | None:
    """Return the nearest unit before a place, in its clause and not led by a preposition.

    A day, an owner, and what stands right before the place may be led by one.

    Args:
        found: From :func:`units`.
        place: Where the words begin.
        text: The marked text.
        words: Words of its language.
        beside: True where what stands right before may be.
        nouns: True where it stands right before with a noun or two after it, too.
    """
    led, people = words.form("led_by_preposition"), words.form("people_of")
    gap = words.form("nouns_between") if nouns else re.compile(" ")
    for one in reversed(found):
        if _apart(text[one.end : place], words, REACH):
            return None
        owner = words.form("owner").match(text, one.end)
        close = beside and gap.fullmatch(text, one.end, place)
        if (
            close
            or owner
            or one.names[0].kind == "Date"
            or not led.search(text, 0, one.start)
            or people.search(text, 0, one.start)
        ):
            return _alone(one, text)
    return None


def _alone(one: Unit, text: str) -> Unit:
    """The last of names that only commas join: "for A and B, C will"."""
    apart = re.search(rf"[{ANY}], (?=[{ANY}]$)", text[one.start : one.end])
    return Unit(one.end - 1, one.end, one.names[-1:]) if apart else one


def after(
    found: list[Unit], place: int, text: str, words: Words, reach: int, *, direct: bool
) -> Unit | None:
    """Return the nearest unit after a place, in its clause.

    Args:
        found: From :func:`units`.
        place: Where the words end.
        text: The marked text.
        words: Words of its language.
        reach: Words at most between.
        direct: True where no preposition may lead it, as after a verb.
    """
    owner, aside = words.form("owner"), words.form("aside_begins")
    one = next((u for u in found if not owner.match(text, u.end)), None)
    if (
        one is None
        or aside.search(text, place, one.start)
        or _apart(text[place : one.start], words, reach)
    ):
        return None
    led = direct and words.form("led_to_elsewhere").search(text, place, one.start)
    return None if led and one.names[0].kind != "Date" else one


def _apart(between: str, words: Words, reach: int) -> bool:
    """Say whether another clause begins between an end and the words, or too many words stand."""
    return len(between.split()) > reach or bool(words.form("clause_ends").search(between))


@lru_cache(maxsize=4)
def _joint(words: Words) -> re.Pattern[str]:
    """What stands between the names of a list."""
    return re.compile(words.turn("signs", "listed", {"any": f"[{ANY}]"}))


def pairs(one: Unit, other: Unit) -> Iterator[tuple[Mention, Mention]]:
    """Yield the names of two units in pairs."""
    for first in one.names:
        for second in other.names:
            yield first, second
