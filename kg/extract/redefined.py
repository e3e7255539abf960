"""Abbreviations that a release gives to another thing than the graph does.

"Egyptian Space Agency (ESA)": from there on, and all through the release, ESA is the Egyptian one.
"Microgravity Science Glovebox (MSG)" is no weather satellite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract.gazetteer import Gazetteer
from kg.extract.newnames import agrees
from kg.extract.spans import Mention

_HOMES = {"State", "Adjective"}
_ALIKE = 4
"""Letters with which two forms of one name begin: Korea, Korean."""
_SPELT = re.compile(r"(?P<full>[^()]+ [^()]+) \((?P<abc>[^()]+)\)")
_REST = re.compile(r" ((?:(?:[A-Z][\w-]*|of|for|and|the) )+)\($")


def apart(text: str, known: Sequence[Mention], names: Gazetteer) -> list[Mention]:
    """Return the mentions with such abbreviations linked to what the release means by them.

    Args:
        text: The release.
        known: Mentions of names of the graph, in order.
        names: Names of the graph.
    """
    meant = dict(_given(text, known, names))
    if not meant:
        return list(known)
    return [
        replace(meant[m.surface], start=m.start, end=m.end, method=meant[m.surface].method)
        if m.surface in meant
        else m
        for m in known
    ]


def _given(text: str, known: Sequence[Mention], names: Gazetteer) -> Iterator[tuple[str, Mention]]:
    """Yield abbreviation and thing, of all that are given to another thing."""
    for one in known:
        spelt = _SPELT.fullmatch(text[one.start : one.end])
        if one.slug and spelt and _strange(spelt["full"], spelt["abc"], one, names):
            new = Mention(0, 1, one.kind, spelt["full"], method="proposal", surface=one.surface)
            yield one.surface, new
    for last, one in pairwise(known):
        between = text[last.end : one.start]
        if not one.slug or text[one.end : one.end + 1] != ")" or not between.endswith("("):
            continue
        full = text[last.start : one.start - 1].strip()
        if not agrees(full, one.surface):
            continue
        if between == " (" and last.kind == one.kind and last.slug not in {"", one.slug}:
            yield one.surface, replace(last, method="abbreviation", surface=one.surface)
        elif last.kind in _HOMES and _REST.fullmatch(between) and _other(full, one, names):
            yield one.surface, Mention(0, 1, one.kind, full, method="proposal", surface=one.surface)


def _other(full: str, one: Mention, names: Gazetteer) -> bool:
    """Say whether the names of a thing that make the abbreviation too begin otherwise."""
    first = full.split()[0][:_ALIKE]
    same = _spelt_out(one, one.surface, names)
    return bool(same) and not any(t.startswith(first) for t in same)


def _strange(full: str, abc: str, one: Mention, names: Gazetteer) -> bool:
    """Say whether a spelt-out name has no word in common with those that the thing is known by."""
    known = any(bearer.slug == one.slug for bearer in names.by_text.get(full, ()))
    if known or not agrees(full, abc):
        return False
    told = _spelt_out(one, abc, names)
    return bool(told) and not _begun(full) & {w for t in told for w in _begun(t)}


def _spelt_out(one: Mention, abc: str, names: Gazetteer) -> list[str]:
    """Return the names of a thing that make an abbreviation of it."""
    return [
        text
        for text, bearers in names.by_text.items()
        if bearers[0].slug == one.slug and " " in text and agrees(text, abc)
    ]


def _begun(name: str) -> set[str]:
    """Return how the longer words of a name begin."""
    return {w[:_ALIKE].casefold() for w in re.findall(r"\w+", name) if len(w) >= _ALIKE}
