"""Persons that no mention is yet: by a title, a crew, a courtesy, or what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.marked import Marked, block
from kg.extract.people import INITIAL, NAME, below, forms, tells_office
from kg.extract.spans import Mention
from kg.extract.words import Words

_QUOTE = re.compile('[“”"]')
_POST_NOMINAL = re.compile(r"(?!I{1,3}$|IV$)[A-Z]{2,3}")


def names(marked: Marked, words: Words) -> Iterator[Mention]:
    """Yield persons that the words show and that are no mention yet.

    Args:
        marked: The sentence.
        words: Words of its language.
    """
    titles = words.single("rank", "offices", "honorifics", "no_person")
    yield from _crews(marked, words, titles)
    alone = re.fullmatch(rf"(?:(?:{words.alternatives('honorifics')}) )*({NAME})", marked.text)
    if alone and below(marked, words) and _trim(alone[1], titles, words):
        yield _person(marked, alone[1], alone.start(1), (0, len(alone[1])))
    for kind, form in forms(words, named=True).items() if tells_office(marked, words) else ():
        for match in form.finditer(marked.text) if kind != "line-below" else ():
            tail = words.form("office_tail").search(match["title"])
            short = kind == "body-title-name" and bool(tail)
            if (span := _trim(match["name"], titles, words, short=short)) is not None:
                yield _person(marked, match["name"], match.start("name"), span)
    for form in _speakers(words, quoting=bool(_QUOTE.search(marked.text))):
        for match in form.finditer(marked.text):
            if (span := _trim(match["name"], titles, words)) is not None:
                yield _person(marked, match["name"], match.start("name"), span)


@lru_cache(maxsize=4)
def _speakers(words: Words, *, quoting: bool) -> tuple[re.Pattern[str], ...]:
    """Persons by nothing but a courtesy or, where somebody is quoted, what they say."""
    given = {"full": NAME, "persons": block("Person"), "said": words.alternatives("speech")}
    given["honorifics"] = words.alternatives("honorifics")
    told = [k for k in words.turns.get("speakers", {}) if k != "name"]
    kinds = told if quoting else [k for k in told if k == "courtesy"]
    return tuple(re.compile(words.turn("speakers", k, given)) for k in kinds)


def _person(marked: Marked, words: str, at: int, span: tuple[int, int]) -> Mention:
    start, end = marked.range(at + span[0], at + span[1])
    name = words[span[0] : span[1]]
    return Mention(start, end, "Person", name, method="title", surface=name)


def _crews(marked: Marked, words: Words, titles: frozenset[str]) -> Iterator[Mention]:
    """Names in a list after "astronauts", and before "of" and an agency."""
    for form, part in _crew_forms(words):
        for found in form.finditer(marked.text):
            for match in part.finditer(marked.text, *found.span("list")):
                named = match["who"] or ""
                if (span := _trim(named, titles, words)) is not None:
                    yield _person(marked, named, match.start("who"), span)


@lru_cache(maxsize=4)
def _crew_forms(words: Words) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    agency, person = f"[{block('Agency')}]", f"[{block('Person')}]"
    of = words.part("of") + agency
    rank = rf"(?:{words.part('crew_rank')}){{0,2}}"
    one = rf"{rank}(?:{NAME}|{person})(?:{of})?"
    joint = words.part("joint")
    name = re.compile(rf"{rank}(?:{person}|(?P<who>{NAME}))")
    return (
        (re.compile(rf"\b(?:{words.part('crew_list')}),? (?P<list>{one}(?:{joint}{one})*)"), name),
        (re.compile(rf"\b(?P<list>(?:{NAME}{joint})*{NAME}){of}"), name),
    )


def _trim(
    name: str, titles: frozenset[str], words: Words, *, short: bool = False
) -> tuple[int, int] | None:
    """Cut title words off the front of a name; None where no full name is left.

    After a title with a tail ("Director of Human Exploration Ann Lee") only two words are sure.
    """
    parts = [(m[0], m.start(), m.end()) for m in re.finditer(r"\S+", name)]
    verbs = words.lists.get("heading_verbs", ())
    cut = next((i for i, (w, _, _) in enumerate(parts) if i > 1 and w in verbs), len(parts))
    parts = parts[:cut]
    own = (i for i, (w, _, _) in enumerate(parts) if w in titles and not INITIAL.match(f"{w} "))
    last = max(own, default=-1)
    kept = parts[last + 1 :]
    if short and len(kept) > 2 and not kept[-2][0].endswith("."):
        kept = kept[-2:]
    while len(kept) > 2 and _POST_NOMINAL.fullmatch(kept[-1][0]):
        kept = kept[:-1]
    if len(kept) < 2:
        return None
    owner = re.search(words.part("possessive") + "$", kept[-1][0])
    return kept[0][1], kept[-1][2] - (len(owner[0]) if owner else 0)
