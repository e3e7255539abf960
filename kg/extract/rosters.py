"""Crews by the seats that are told: "Ann Lee will command", "Mission Specialists include …".

The flight stands in the sentence, or before it in its paragraph, where it is the only one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.extract.marked import ANY, Marked, block
from kg.extract.spans import Candidate, Evidence, Mention, Release
from kg.extract.words import Words

HERE, BEFORE = "crew-seat", "crew-seat-of-flight-before"
"""Names of the two ways: the flight in the sentence, or before it."""
PRECISION = {HERE: 0.86, BEFORE: 0.84}
_UNTOLD = "whether the flight has been or is to come is not said"
_DOUBTFUL = 0.9
_BACK = 4
_KINDS = {"Activity", "Object"}


def find(
    release: Release, marked: Marked, earlier: Sequence[Marked], words: Words
) -> Iterator[Candidate]:
    """Yield who flies on the one flight that a sentence, or what stands before it, tells.

    Args:
        release: The document.
        marked: The sentence.
        earlier: The sentences before it.
        words: Words of the language.
    """
    form = _seats(words)
    if not form or words.turn_form("seats", "unless").search(marked.text):
        return
    seats = [m for m in form.finditer(marked.text) if not _of_station(m, marked, words)]
    flights = _flights(marked, words)
    near = [one for one in earlier[-_BACK:] if not _parted(one, marked)]
    told = flights or next((f for one in reversed(near) if (f := _flights(one, words))), [])
    if not seats or len({_key(m) for m in told}) != 1:
        return
    way = HERE if flights else BEFORE
    before = [] if flights else [one.text for one in reversed(near)]
    for seat in seats:
        modality = _modality(
            [_told(seat, marked, words), _between(flights, seat, marked), *before], words
        )
        past = words.turn_form("seats", "past").match(marked.text, seat.end())
        sure = bool(modality) or (_bears(seat, flights, marked, words) and not past)
        start, end = marked.range(*seat.span())
        if flights:
            start, end = min(start, flights[0].start), max(end, flights[0].end)
        words_of = [] if flights else [Evidence.of(release.text, told[0].start, told[0].end)]
        evidence = (Evidence.of(release.text, start, end), *words_of)
        said, doubts = {"modality": modality or "ongoing"}, () if sure else (_UNTOLD,)
        rate = PRECISION[way] * (1 if sure else _DOUBTFUL)
        for person in (m for c in seat[0] if (m := marked.mentions.get(c)) and m.kind == "Person"):
            yield Candidate(
                release.id, "crewOf", person, told[0], said, evidence, way, rate, doubts
            )


@lru_cache(maxsize=4)
def _seats(words: Words) -> re.Pattern[str] | None:
    """Return the ways to tell who has which seat; None where a language has none."""
    if "seats" not in words.turns:
        return None
    given = {"person": f"[{block('Person')}]", "any": f"[{ANY}]"}
    ways = (words.turn("seats", name, given) for name in ("seat_first", "person_first"))
    return re.compile("|".join(f"(?:{way})" for way in ways))


def _flights(marked: Marked, words: Words) -> list[Mention]:
    form = words.turn_form("seats", "flight")
    named = [m for m in marked.of_kind(*_KINDS) if m.method not in {"pronoun", "anaphora"}]
    return [m for m in named if form.match(m.surface or m.name)]


def _told(seat: re.Match[str], marked: Marked, words: Words) -> str:
    """Return the words of a seat with what they are said to do next: "pilot Bo Quill will fly"."""
    after = words.turn_form("seats", "next").match(marked.text, seat.end())
    return seat[0] + (after[0] if after else "")


def _between(flights: Sequence[Mention], seat: re.Match[str], marked: Marked) -> str:
    """Return the words between a flight and the seat after it."""
    place = next((i for i, c in enumerate(marked.text) if marked.mentions.get(c) in flights), -1)
    return marked.text[place + 1 : seat.start()] if 0 <= place < seat.start() else ""


def _parted(one: Marked, other: Marked) -> bool:
    """Say whether a paragraph ends between two sentences."""
    return "\n" in other.release[one.sentence.end : other.sentence.start].strip(" \t\r")


def _bears(seat: re.Match[str], flights: Sequence[Mention], marked: Marked, words: Words) -> bool:
    """Say whether the flight stands right before the seat: "STS-1000 Commander Ann Lee"."""
    named = "".join(c for c, m in marked.mentions.items() if m in flights)
    before = marked.text[: seat.start()]
    return bool(named) and bool(
        re.search(words.turn("seats", "borne", {"flight": f"[{named}]"}), before)
    )


def _of_station(seat: re.Match[str], marked: Marked, words: Words) -> bool:
    """Say whether a seat is that of others: of the crew of a station, or of who is welcomed."""
    return bool(words.turn_form("seats", "station").search(marked.text[: seat.start()]))


def _modality(parts: Sequence[str], words: Words) -> str:
    """Return what the first text that tells says: a flight to come, or flown; "" for neither."""
    told = ((m, one) for one in parts for m in ("planned", "occurred"))
    found = (m for m, one in told if words.turn_form("seats", m).search(one))
    return next(found, "")


def _key(mention: Mention) -> str:
    return mention.slug or mention.name
