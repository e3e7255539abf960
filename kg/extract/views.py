"""Shorter readings of a sentence, so that a pattern meets the words that it joins.

"CNES President Ann Lee and Bo Quill, President of DLR, signed" is also read as "Ann Lee and Bo
Quill signed", and, for what persons do in the name of their organizations, as "CNES and DLR
signed". Offsets stay those of the release: what a shorter reading leaves out lies inside its range.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.extract.marked import ANY, Marked, block
from kg.extract.people import Office
from kg.extract.words import Words


def shorter(marked: Marked, offices: Sequence[Office], words: Words) -> Marked:
    """Return a sentence without titles, brackets and insertions after names.

    Args:
        marked: The sentence.
        offices: The offices that it states.
        words: Words of its language.
    """
    view = _without(marked, _titles(marked, offices))
    return _cut(view, _forms(words, "insertions"))


def bare(view: Marked, words: Words) -> Marked:
    """Return a shorter reading without owners and kinds of things before their names.

    Args:
        view: From :func:`shorter`.
        words: Words of its language.
    """
    return _cut(view, _forms(words, "owned"))


def _cut(view: Marked, forms: Iterable[re.Pattern[str]]) -> Marked:
    for form in forms:
        if found := list(form.finditer(view.text)):
            view = _without(view, (part for m in found for part in _parts(m)))
    return view


def _parts(found: re.Match[str]) -> tuple[tuple[int, int], ...]:
    """What is left out: the groups of a form, or all that it finds where it has none."""
    return found.regs[1:] or (found.span(),)


def officers(view: Marked, offices: Sequence[Office], words: Words) -> Marked:
    """Return a shorter reading with organizations in the place of the persons who act for them.

    A minister or an ambassador acts for the state that the title names.

    Args:
        view: From :func:`shorter`.
        offices: The offices of the sentence.
        words: Words of its language.
    """
    chars = {(m.start, m.end): c for c, m in view.mentions.items()}
    instead: dict[str, str | int | None] = {}
    mentions = dict(view.mentions)
    for office in offices:
        person = chars.get((office.person.start, office.person.end))
        body = office.body and chars.get((office.body.start, office.body.end))
        if person and body:
            instead[person] = body
        elif person and office.state and _acting(office, person, view.text, words):
            state = chr(ord(block("State")[-1]) - len(instead))
            if state not in mentions:
                mentions[state] = replace(office.state, kind="State")
                instead[person] = state
    return replace(view, text=view.text.translate(str.maketrans(instead)), mentions=mentions)


def _acting(office: Office, person: str, text: str, words: Words) -> bool:
    """Say whether somebody acts for a state, and does not only look on."""
    looks_on = words.form("looking_on").search(text, 0, max(0, text.find(person)))
    return bool(words.form("for_state").match(office.title)) and not looks_on


def _titles(marked: Marked, offices: Iterable[Office]) -> Iterator[tuple[int, int]]:
    """The words of an office without the person, and the comma that closes them."""
    for office in offices:
        first, last = _place(marked, office.start), _place(marked, office.end)
        person = _place(marked, office.person.start)
        yield first, person
        tail = marked.text[last : last + 3]
        closed = tail.startswith(", ") and not re.match(f"[{ANY}]", tail[2:])
        yield person + 1, last + (person + 1 < last and closed)


def _place(marked: Marked, offset: int) -> int:
    return bisect_left(marked.ends, offset + 1) if offset < marked.ends[-1] else len(marked.text)


@lru_cache(maxsize=4)
def _forms(words: Words, group: str) -> tuple[re.Pattern[str], ...]:
    nation = f"[{block('State')}{block('Adjective')}]"
    agency, person = f"[{block('Agency')}]", f"[{block('Person')}]"
    given = {**words.forms, "nation": nation, "agency": agency, "person": person}
    given["site"] = f"[{block('Place')}{block('State')}{block('Facility')}]"
    given["number"] = f"[{block('Number')}]"
    given["thing"] = f"[{block('Activity')}{block('Object')}]"
    given["day"] = f"[{block('Date')}]"
    given |= {"any": f"[{ANY}]", "honorifics": words.alternatives("honorifics")}
    bracket = rf"(?:(?<=[{ANY}])|(?<=[{ANY}]'s)) \([^()]*\)"
    said = (words.turn(group, name, given) for name in words.turns.get(group, {}))
    return tuple(re.compile(form) for form in (bracket, *said))


def _without(marked: Marked, cuts: Iterable[tuple[int, int]]) -> Marked:
    """Leave ranges of the marked text out; no two may cross."""
    ranges = sorted((a, b) for a, b in cuts if a < b)
    if not ranges:
        return marked
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    here = 0
    for first, last in [*ranges, (len(marked.text), len(marked.text))]:
        if first < here:
            continue
        text.append(marked.text[here:first])
        starts += marked.starts[here:first]
        ends += marked.ends[here:first]
        here = last
    return replace(marked, text="".join(text), starts=starts, ends=ends)
