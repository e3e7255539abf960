"""What a clause denies, and what is no thing: no match of such words counts."""

from __future__ import annotations

import re

from kg.extract.match import Match
from kg.extract.spans import Mention
from kg.extract.words import Words

_DEEDS = {"visits", "captures", "berthsTo", "launches", "carries"}
"""What a craft does, and its crew may do as well."""
_NEAR = 30
"""Characters before a match in which a negation counts."""


def holds(one: Match, text: str, said: Words) -> bool:
    """Say whether a match stands: its clause does not deny it, and its object is something.

    Args:
        one: The match.
        text: The reading of the sentence in which it was found.
        said: Words of its language.
    """
    if _said_not(one, text, said) or _of_people(one, text, said):
        return False
    return not any(said.form("no_thing").search(m.name) for m in _things(one))


def _of_people(one: Match, text: str, said: Words) -> bool:
    """Say whether not the craft acts but who flies it: "the crew of Kite arrived at …"."""
    craft = one.subject.kind in {"Activity", "Object"} and one.relation in _DEEDS
    return craft and bool(said.form("its_people").search(text, 0, one.start))


def _said_not(one: Match, text: str, said: Words) -> bool:
    """Say whether the clause denies a match; what has ended does not deny its end."""
    found = said.form("negation").search(text, _clause(text, one.start), one.end)
    ends = found and one.relation == "endDate" and said.form("ended").match(f" {found[0]}")
    return bool(found) and not ends


def _clause(text: str, start: int) -> int:
    """Where the words begin that stand right before a match in its clause."""
    before = text[max(0, start - _NEAR) : start]
    return start - len(re.split(r"[,;:.()“”]", before)[-1])


def _things(one: Match) -> list[Mention]:
    """What is given in words: the object, or what is given for the object."""
    return [m for m in (one.object, *one.items) if m.kind == "Text"]
