"""Other ways of writing a name: spelling, capitals, without its noun, with a state's short name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from unicodedata import combining, normalize

from kg.extract.gazetteer import AUTHORITY, Name
from kg.extract.words import Words, either

_SPELT = {"Agency", "Activity", "Object", "Facility", "Place"}
_THINGS = {"Activity", "Object"}
_FULL, _LONG = 2, 6
_SHORT = 4
"""Letters at least of the short name of an agency that is written as a word: "Nasa"."""
_NUMBERED = re.compile(r"([A-Za-z]{2})-(\d+)$")
_UNITED = re.compile(r"([A-Za-z]{2})(\d+)$")
_SPACED = re.compile(r"(\w{2}) (\d+)$")
_CAPITALS = re.compile(r"(?P<word>[A-Z][a-z]+(?:[A-Z][a-z]+)+)(?P<tail>(?:[ -][A-Z0-9]+)*)")
"""A word with capitals inside, perhaps with its number: "SkyLark", "SkyLark-A"."""
_WORD = re.compile(r"[A-Z][a-z]{4,}-?\d*|[A-Z][A-Za-z]{4,}-(?:\d+[A-Z]?|[A-Z])")
"""A word, perhaps with a number, that some write in capitals: "HAYABUSA2"."""
_SERIES = re.compile(r"(?P<word>[A-Z]{4,})(?P<tail>-\d+[A-Z]?)")
"""Capitals with a number, which some write as a word: "PROBA-2"."""
_LEGAL = (" Ltd", " Ltd.", " Limited"), (" Inc", " Inc.", " Incorporated"), (" Corp", " Corp.")
"""Ways of writing what a company is by law, each of one form of it."""
_FIRM = re.compile(r",?(?: (?:and|&) Co\.| Co\.)?,? (?:Ltd|Limited|Inc|Incorporated|Corp)\.?$")
_AGENCY = re.compile(r"(?<=[A-Za-z]) Space Agency$")
_SPACE = " Space Telescope"
"""What some call a telescope: "Kite Telescope"."""
_MIDDLE = re.compile(r"^(\w[\w'-]+) (?:[A-Z]\. ?)+(\w.*)$")
"""A person's first name, the initials of the middle ones, and the rest."""
_SECOND = re.compile(r"^(\w[\w'-]+) ([A-Z])[a-z]+ ([A-Z]\w+)$")
"""A person's first, middle and last name."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "ß": "ss"})
_SLASHED = str.maketrans({"ø": "o", "ł": "l", "ı": "i", "đ": "d", "Ø": "O", "Ł": "L"})


def spelt(names: Iterable[Name], words: Words) -> list[Name]:
    """Return names with the variants of them that no other thing bears.

    Args:
        names: Names of the graph.
        words: Words of the language of the releases.
    """
    kept = list(names)
    taken = {n.text for n in kept}
    found: dict[str, dict[str, Name]] = defaultdict(dict)
    for name in kept:
        for text in set(_written(name, words)) - taken:
            found[text].setdefault(name.slug, replace(name, text=text, method="alias"))
    return kept + [one for text in sorted(found) for one in _only(found[text])]


def _only(bearers: dict[str, Name]) -> list[Name]:
    return list(bearers.values()) if len(bearers) == 1 else []


def _written(name: Name, words: Words) -> Iterator[str]:
    if name.method in {"national", AUTHORITY}:
        return
    if name.kind == "Person":
        yield from _plain(name.text)
        yield from _called(name.text, words)
    elif name.kind in {"State", "Agency"}:
        yield _bare(name.text)
    elif name.kind in _THINGS:
        yield from {_NUMBERED.sub(r"\1\2", name.text), _UNITED.sub(r"\1-\2", name.text)}
        yield from {name.text.replace("-", " "), _SPACED.sub(r"\1-\2", name.text)}
        if _WORD.fullmatch(name.text):
            yield name.text.upper()
        if found := _CAPITALS.fullmatch(name.text) or _SERIES.fullmatch(name.text):
            yield from (f"{word}{found['tail']}" for word in _lowered(found["word"], words))
        if name.text.endswith(_SPACE):
            yield f"{name.text.removesuffix(_SPACE)} Telescope"
    enough = {"Agency": _SHORT}.get(name.kind, _LONG)
    if name.kind in {*_THINGS, "Agency"} and len(name.text) >= enough and name.text.isupper():
        yield from _lowered(name.text, words)
    if name.kind not in _SPELT or name.method == "abbreviation":
        return
    texts = {name.text}
    for one, other in words.spelling:
        texts |= {re.sub(rf"\b{a}\b", b, t) for t in texts for a, b in ((one, other), (other, one))}
    for state, short in words.states.items():
        long = state.replace("-", " ").title()
        texts |= {s + t[len(long) :] for t in texts if t.startswith(f"{long} ") for s in short}
        texts |= {long + t[len(s) :] for t in texts for s in short if t.startswith(f"{s} ")}
    if name.kind == "Agency":
        texts |= set(_of_state(texts, words))
        texts |= {t.replace(" & ", " and ") for t in texts}
        texts |= {t.replace(" and ", " & ") for t in texts}
        texts |= {form for t in texts for form in _firms(t)}
        nations = tuple(f"{a} " for many in words.adjectives.values() for a in many)
        texts |= {_small(t) for t in texts if not t.startswith(nations)}
    small = words.lists.get("small", ())
    if name.kind == "Agency":
        texts |= {_capitals(t, small) for t in texts}
        texts |= {_bare(t) for t in texts}
    yield from texts
    for text in texts:
        bare = re.sub(rf" (?:{either(words.lists.get('nouns', ()))})$", "", text)
        if bare != text and len(bare.split()) >= _FULL:
            yield bare


def _firms(name: str) -> Iterator[str]:
    """A company's name with its legal form written otherwise, or left out; without a comma."""
    forms = next((f for f in _LEGAL if name.endswith(f)), ())
    bare = _FIRM.sub("", name)
    if bare == name:
        return
    for text in {bare, bare.replace(",", "")}:
        yield from (f"{text}{form}" for form in forms)
        if len(text.split()) >= _FULL:
            yield text
            yield from {re.sub(r" (?:and|&) Associates$", "", text)} - {text}


def _small(name: str) -> str:
    """A name whose last words some write in small letters, as of no state: "World space agency"."""
    return _AGENCY.sub(lambda m: m[0].lower(), name)


def _of_state(texts: Iterable[str], words: Words) -> Iterator[str]:
    """Names that begin with a state, with its adjective instead, and the other way round."""
    for state, adjectives in words.adjectives.items():
        nouns = [state.replace("-", " ").title(), *words.states.get(state, ())]
        for one, others in (*((n, adjectives) for n in nouns), *((a, nouns) for a in adjectives)):
            for text in texts:
                rest = text.removeprefix(f"{one} ")
                if rest != text and len(rest.split()) >= _FULL:
                    yield from (f"{other} {rest}" for other in others if "." not in other)


def _plain(name: str) -> Iterator[str]:
    """The name of a person without accents, and without its hyphens."""
    texts = {name, name.replace("-", " ")}
    if len(name.split()) >= _FULL:
        texts |= {t.translate(_UMLAUTS) for t in texts}
        texts |= {_MIDDLE.sub(r"\1 \2", t) for t in texts}
        texts |= {_SECOND.sub(r"\1 \2. \3", t) for t in texts}
        for text in texts:
            yield from {text, _bare(text)} - {name}


def _called(name: str, words: Words) -> Iterator[str]:
    """The name of a person with the first one shortened, or in full: "Mike", "Michael"."""
    first, _, rest = name.partition(" ")
    for full, short in words.turns.get("nicknames", {}).items() if rest else ():
        if first in {full, short}:
            yield f"{short if first == full else full} {rest}"


def _bare(text: str) -> str:
    """A text without accents."""
    bare = "".join(c for c in normalize("NFKD", text) if not combining(c))
    return bare.translate(_SLASHED)


def _lowered(name: str, words: Words) -> Iterator[str]:
    """A name with capitals as an ordinary word, where it is none of the language."""
    text = name.capitalize()
    doubtful = {*words.lists.get("common", ()), *words.lists.get("homonyms", ())}
    if name.isalpha() and text not in doubtful:
        yield text


def _capitals(text: str, small: Sequence[str]) -> str:
    return " ".join(w if w in small else _raised(w) for w in text.split(" "))


def _raised(word: str) -> str:
    """A word with a capital, after an elided article too: "d'Études"."""
    lead = 2 if word[1:2] in {"'", "’"} and word[:1].islower() else 0
    return word[:lead] + word[lead : lead + 1].upper() + word[lead + 1 :]
