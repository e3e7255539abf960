"""Names that the graph does not know: by their capitals and the words beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.extract import phrases
from kg.extract.layout import Sentence
from kg.extract.spans import Mention
from kg.extract.words import Words, either

ABC = re.compile(r"\s\((?P<abc>[A-Z][A-Za-z0-9&/-]{1,11})\)")
_SPELT_OUT = re.compile(r"\s\([A-Z][\w’'-]*(?: [\w’'-]+){0,8} (?P<last>[A-Z][\w’'-]*)\)")
_SINGLE = 3
_NUMBERED = re.compile(r"(?:[^\W\d_][\w'’]+[- ])+[A-Z]{0,2}\d{1,3}(?:\.\d[a-z]?|[A-Z]{0,2})")
"""A name with its number: "Landsat 8", "Himawari-8", "Soyuz MS-25"."""


def find(text: str, part: Sentence, known: Sequence[Mention], words: Words) -> Iterator[Mention]:
    """Yield names that no entity of the graph bears, each with a guess of its kind.

    Args:
        text: The release.
        part: A sentence of it.
        known: The names of the graph in it.
        words: Words of its language.
    """
    ministries = list(_ministries(text, part, known, words))
    yield from ministries
    yield from _of_states(text, part, known, words)
    for a, b in phrases.find(text, part, known, ministries, words):
        yield from _named(text, a, b, known, words)


def _ministries(
    text: str, part: Sentence, known: Sequence[Mention], words: Words
) -> Iterator[Mention]:
    """Ministries for several things: "Ministry of Education, Culture, Sports and Science"."""
    for match in words.form("ministry").finditer(text, part.start, part.end):
        start, end = match.span()
        if any(m.start < end and start < m.end for m in known):
            continue
        abc = ABC.match(text, end)
        fits = abc and (agrees(match[0], abc["abc"]) or _initials(abc)) and not _covered(abc, known)
        stop = abc.end() if abc and fits else end
        yield Mention(start, stop, "Agency", match[0], method="proposal", surface=match[0])


def _of_states(
    text: str, part: Sentence, known: Sequence[Mention], words: Words
) -> Iterator[Mention]:
    """Bodies named by a word and their state: "Geoscience Australia"."""
    for nation in known:
        before = words.form("body_of_state").search(text, max(0, part.start - 1), nation.start)
        if nation.kind != "State" or not before or nation.start - 1 != before.end("word"):
            continue
        start, word = before.start("word"), before["word"]
        name = text[start : nation.end]
        barred = words.single("no_guess", "openers", "offices", "no_person", "before_state")
        if _distinct(word, words) and word not in barred and part.zone != "title":
            yield Mention(start, nation.end, "Agency", name, method="proposal", surface=name)


def _named(
    text: str, start: int, end: int, known: Sequence[Mention], words: Words
) -> Iterator[Mention]:
    while start < end and not text[start].isalpha():
        start += 1
    phrase = phrases.closed(text[start:end], words)
    if phrase.split()[:1] and phrase.split()[0] in words.first.get("Agency", ()):
        phrase = words.form("ministry_ends").split(phrase)[0]
    phrase = _before_place(phrase, words)
    end = start + len(phrase)
    if not phrase or phrase.startswith(words.lists.get("no_names", ())):
        return
    if _title(words).match(phrase):
        return
    abc = ABC.match(text, end)
    fits = bool(abc and agrees(phrase, abc["abc"]))
    told = _listed(words.kinds, phrase.split()[-1])
    if abc and not fits and not told and (cut := _made(phrase, abc["abc"])):
        start, phrase, fits = start + cut, phrase[cut:], True
    kind = _kind(text, start, end, words, defined=fits)
    if kind == "Agency" and abc and _initials(abc) and not _covered(abc, known):
        fits = True
    if kind:
        stop = abc.end() if abc and fits else end
        yield Mention(start, stop, kind, phrase, method="proposal", surface=phrase)


@lru_cache(maxsize=4)
def _title(words: Words) -> re.Pattern[str]:
    """A title, which ends as the name of a body may: "Assistant Administrator for Services"."""
    rank, offices = words.alternatives("rank"), words.alternatives("offices")
    return re.compile(rf"(?:(?:{rank}) )*(?:{offices}) (?:of|for)\b")


def _before_place(phrase: str, words: Words) -> str:
    """A phrase without the place that follows the name of a site: "Larkwing Base in Alaska"."""
    name, found, _ = phrase.partition(words.part("in_place"))
    kind = _listed(words.kinds, name.split()[-1]) if found and " " in name else ""
    return name if kind in {"Agency", "Facility"} else phrase


def _initials(abc: re.Match[str]) -> bool:
    """Say whether what a bracket holds can stand for the name of a body before it: "TNO"."""
    return abc["abc"].isupper() and abc["abc"].isalpha() and len(abc["abc"]) >= _SINGLE


def _covered(abc: re.Match[str], known: Sequence[Mention]) -> bool:
    """Say whether a name of the graph stands in a bracket."""
    return any(m.start < abc.end() and abc.start() < m.end for m in known)


def _made(phrase: str, abc: str) -> int:
    """Where the last words of a phrase begin whose first letters are an abbreviation; else 0.

    "Norway-Canada Joint Sky Group (JSG)".
    """
    places = [m.start() for m in re.finditer(r"(?<= )[^\W\d_a-z]", phrase)]
    tails = (
        p for p in places if "".join(w[0] for w in phrase[p:].split() if w[0].isupper()) == abc
    )
    return next(tails, 0)


def _kind(text: str, start: int, end: int, words: Words, *, defined: bool) -> str:
    phrase = text[start:end]
    parts = phrase.split()
    compound = len(parts) == 1 and words.form("compound").fullmatch(phrase)
    if compound or (len(parts) == 1 and not _distinct(phrase, words)):
        return ""
    long = _SPELT_OUT.match(text, end) if len(parts) == 1 else None
    if long and (kind := _listed(words.kinds, long["last"])):
        return kind
    if len(parts) > 1:
        if kind := _listed(words.kinds, parts[-1]):
            return "Agency" if kind == "Facility" and defined else kind
        if kind := _listed(words.first, parts[0]):
            return kind
        if words.form("body_of").match(phrase):
            return "Agency"
    if found := _after(words).match(text, end):
        return next(k for k, w in words.after.items() if found[1] in w)
    if found := _before(words).search(text, max(0, start - 30), start):
        return next(k for k, w in words.before.items() if found[1] in w)
    found = _apposed(words).match(text, end)
    if found and not _barred(parts[0], words) and not parts[-1].isdigit():
        return next(k for k, w in words.apposed.items() if found[1] in w)
    if _NUMBERED.fullmatch(phrase):
        return _numbered(re.split(r"[\s-]", phrase)[0], words)
    return "Unknown" if defined else ""


def _numbered(stem: str, words: Words) -> str:
    """The kind of a name with a number, by its first word; "" where it is no name."""
    if stem in words.lists.get("flights", ()):
        return "Activity"
    return "" if _barred(stem, words) else "Object"


def _barred(word: str, words: Words) -> bool:
    """Say whether a word with a capital begins no name."""
    return word in words.single("no_numbered", "months", "short_months", "no_single")


def _distinct(word: str, words: Words) -> bool:
    """A single word is a name when it has three letters and is none that begins sentences."""
    told = len(word) >= _SINGLE or any(c.isdigit() for c in word)
    return told and word not in words.lists.get("no_single", ())


def _listed(table: Mapping[str, tuple[str, ...]], word: str) -> str:
    return next((kind for kind, listed in table.items() if word in listed), "")


@lru_cache(maxsize=4)
def _after(words: Words) -> re.Pattern[str]:
    nouns = either(w for many in words.after.values() for w in many)
    return re.compile(rf"[”\"’]?(?: [a-z]+-[a-z]+)?(?: (?:{words.part('of_craft')}))? ({nouns})\b")


@lru_cache(maxsize=4)
def _apposed(words: Words) -> re.Pattern[str]:
    """What a name is, told after a comma: "Kite, a small weather satellite"."""
    nouns = either(w for many in words.apposed.values() for w in many)
    return re.compile(rf"(?: \([^()]{{2,60}}\))?, (?:{words.part('apposed')})({nouns})\b")


@lru_cache(maxsize=4)
def _before(words: Words) -> re.Pattern[str]:
    nouns = either(w for many in words.before.values() for w in many)
    return re.compile(rf"\b({nouns}),? (?:{words.turn('signs', 'article')})?$")


def agrees(full: str, abc: str) -> bool:
    """Say whether an abbreviation is made of the initials of a name, one missing at most."""
    initials = "".join(w[0] for w in re.findall(r"\w+", full) if w[0].isupper())
    letters = [c for c in abc if c.isupper()]
    if len(letters) < 2 or not initials or initials[0] != letters[0]:
        return False
    rest = iter(full.casefold())
    return initials == "".join(letters) or (
        len(initials) >= 2
        and len(letters) - len(initials) in {0, 1}
        and all(c.casefold() in rest for c in letters)
    )


def again(text: str, parts: Sequence[Sentence], found: Iterable[Mention]) -> list[Mention]:
    """Return further places of new names: their abbreviations, and names of two words or more.

    Args:
        text: The release.
        parts: Its sentences.
        found: New names of the whole release.
    """
    shorts: dict[str, Mention] = {}
    for one in found:
        abc = re.search(r"\(([^()]+)\)$", text[one.start : one.end])
        for name in (one.name, abc[1] if abc else ""):
            if len(name) > _SINGLE or (len(name) == _SINGLE and name.isupper()):
                shorts.setdefault(name, one)
    if not shorts:
        return []
    places = re.compile(rf"(?<![\w-])(?:{either(shorts)})(?![\w-])")
    return [
        replace(shorts[m[0]], start=m.start(), end=m.end(), surface=m[0])
        for part in parts
        for m in places.finditer(text, part.start, part.end)
    ]
