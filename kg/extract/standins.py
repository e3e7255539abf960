"""Words that may stand for a name before them, for proposals: "the satellite", "we", "it".

Looser than what the graph trusts: the nearest sentence before that names something of the kind
counts where it names one thing only, else the heading, and for "we" and "the agency" the issuer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.extract.marked import Marked, mark
from kg.extract.spans import Mention, Release
from kg.extract.words import Words

KINDS = {
    "flown": {"Activity", "Object"}, "crew": {"Activity", "Object"}, "body": {"Agency"},
    "issuer": {"Agency"}, "pair": {"Agency"}, "guest": {"State", "Adjective"}, "flight": set[str](),
    "it": {"Activity", "Object", "Agency"},
}  # fmt: skip
"""What stands in → the kinds of what it stands for."""
_BACK = 3
"""Sentences back at most."""
_PAIR = 2


def readings(
    release: Release, all_marked: Sequence[Marked], also: Sequence[Marked], words: Words
) -> Iterator[Marked]:
    """Yield the sentences with what stands for a name before as a mention of it.

    Args:
        release: The document.
        all_marked: Its sentences, as the graph knows them.
        also: The same with guessed names, from which a reading starts.
        words: Words of its language.
    """
    own = issuer(release, all_marked)
    for place, (known, guessed) in enumerate(zip(all_marked, also, strict=True)):
        earlier = [_named(m) for m in all_marked[max(0, place - _BACK) : place]]
        title = _named(all_marked[0]) if place else []
        more = list(_standing(known, guessed, earlier, title, own, words))
        if more:
            rest = [
                m for m in guessed.mentions.values()
                if not any(m.start < n.end and n.start < m.end for n in more)
            ]  # fmt: skip
            both = sorted([*rest, *more], key=lambda m: m.start)
            guessed = mark(guessed.release, guessed.sentence, both, words)
        yield guessed


def _named(marked: Marked) -> list[Mention]:
    return sorted(marked.mentions.values(), key=lambda m: m.start)


def issuer(release: Release, all_marked: Sequence[Marked]) -> Mention | None:
    """Return who issued a release, where it names it.

    Args:
        release: The document.
        all_marked: Its sentences.
    """
    own = (m for one in all_marked for m in one.mentions.values() if m.slug and m.kind == "Agency")
    return next((m for m in own if m.slug == release.publisher), None)


def _standing(
    known: Marked,
    guessed: Marked,
    earlier: Sequence[Sequence[Mention]],
    title: Sequence[Mention],
    issuer: Mention | None,
    words: Words,
) -> Iterator[Mention]:
    part = known.sentence
    for match in _forms(words).finditer(known.release, part.start, part.end):
        start, end = match.span()
        what = str(match.lastgroup)
        taken = [m for m in guessed.mentions.values() if m.start < end and start < m.end]
        if any(what != "flight" or m.kind != "Number" for m in taken):
            continue
        if what == "flight":
            yield Mention(start, end, "Activity", match[0], method="proposal", surface=match[0])
            continue
        here = [m for m in _named(known) if m.end <= start]
        if what == "pair":
            members = _two([*earlier, here], title)
            if members:
                yield Mention(start, end, "Group", match[0], method="anaphora", members=members)
            continue
        one = _first([here, *earlier[-1:]]) if what == "it" else None
        if what == "issuer":
            one = issuer
        elif what != "it":
            parts = [*earlier, here] if what != "guest" else [*earlier, here, title]
            one = _single(parts, title, KINDS[what]) or (issuer if what == "body" else None)
        if one:
            kind = "State" if what == "guest" else one.kind
            yield replace(one, kind=kind, start=start, end=end, method="pronoun", surface="")


def _first(parts: Sequence[Sequence[Mention]]) -> Mention | None:
    """What the sentence, or the one before it, speaks of: its first name."""
    for many in parts:
        found = [m for m in many if m.kind not in {"Date", "Number", "Adjective", "Group"}]
        if found:
            return found[0] if found[0].kind in KINDS["it"] else None
    return None


def _single(
    parts: Sequence[Sequence[Mention]], title: Sequence[Mention], kinds: set[str]
) -> Mention | None:
    for many in (*reversed(parts), title):
        found = {m.slug or m.name: m for m in many if m.kind in kinds}
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return None


def _two(parts: Sequence[Sequence[Mention]], title: Sequence[Mention]) -> tuple[Mention, ...]:
    """The two bodies that a sentence before, or the heading, names."""
    for many in (*reversed(parts), title):
        found = {m.slug or m.name: m for m in many if m.kind == "Agency"}
        if len(found) >= _PAIR:
            return tuple(found.values()) if len(found) == _PAIR else ()
    return ()


@lru_cache(maxsize=4)
def _forms(words: Words) -> re.Pattern[str]:
    """What stands in, each kind a group of its own."""
    said = (f"(?P<{kind}>{words.turn('standing', kind)})" for kind in KINDS)
    return re.compile("|".join(said))
