"""Names of the graph in a text: Aho–Corasick over labels and aliases, longest match wins."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from unicodedata import normalize

import ahocorasick

from kg.extract.spans import Mention

AUTHORITY = "authority"
"""Method of the names that public tables have and the graph leaves out."""
_SAME = str.maketrans({"’": "'", "‘": "'", "–": "-", "‑": "-", "\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an entity.

    Attributes:
        text: The words.
        slug: Identifier of the entity.
        kind: Kind of mention that it makes.
        label: The entity's main label.
        method: label, alias, abbreviation, adjective or authority.
    """

    text: str
    slug: str
    kind: str
    label: str
    method: str = "label"


def _bases() -> Iterator[tuple[int, str]]:
    """Letters with a mark, each with the letter that bears it."""
    for code in range(0xC0, 0x250):
        base, *marks = list(normalize("NFD", chr(code)))
        if marks and base.isascii():
            yield code, base


_BARE = dict(_bases()) | str.maketrans("øłıđØŁµμ", "olidOLuu")


def bare(text: str) -> str:
    """Return a text of the same length, its letters without marks: "Etudes" for "Études"."""
    return fold(text).translate(_BARE)


def fold(text: str) -> str:
    """Return a text of the same length with curly quotes, dashes and hard spaces made plain."""
    return text.translate(_SAME)


class Gazetteer:
    """Finds names.

    Args:
        names: All names; one that several entities bear makes an ambiguous mention (no slug).
        common: Names that are also a "word", or the name of something else ("homonym").
        after: Words after such a name that tell what is meant.
        before: Words before it, with their space.
        flights: Words of a text that speaks of people in space; only there a person of the
            authority file is meant, who may share the name with anybody.
    """

    def __init__(
        self,
        names: Iterable[Name],
        common: Mapping[str, str] | None = None,
        after: tuple[str, ...] = (),
        before: tuple[str, ...] = (),
        flights: tuple[str, ...] = (),
    ) -> None:
        by_text: dict[str, dict[str, Name]] = defaultdict(dict)
        for name in names:
            text = fold(name.text).strip()
            if _usable(text, name):
                by_text[text].setdefault(name.slug, name)
        self._automaton = ahocorasick.Automaton()
        self.by_text = {t: tuple(by_text[t].values()) for t in sorted(by_text)}
        for text, bearers in self.by_text.items():
            self._automaton.add_word(text, (text, bearers))
        for text, bearers in _without_marks(self.by_text).items():
            self._automaton.add_word(text, (text, bearers))
        self.slugs = {n.slug: n for b in self.by_text.values() for n in b if n.method == "label"}
        self._common, self._after, self._before = dict(common or {}), after, before
        self._flights = flights
        if self.by_text:
            self._automaton.make_automaton()

    def find(self, text: str) -> Iterator[Mention]:
        """Yield the names in a text, left to right, no two overlapping.

        Args:
            text: The release.
        """
        if not self.by_text:
            return
        plain = fold(text)
        hits, waiting, told = [], [], set()
        found = list(self._automaton.iter(plain))
        if not plain.isascii():
            found += self._automaton.iter(bare(plain))
        for last, (name, bearers) in found:
            start = last - len(name) + 1
            whole = _word_limits(plain, start, last + 1) and not _joined(plain, last + 1, bearers)
            whole = whole and self._begins(plain, start)
            hit = (start, last + 1, bearers)
            if not whole or not all(self._flown(b, plain) for b in bearers):
                continue
            if not (kind := self._common.get(name)):
                hits.append(hit)
            elif self._told(plain, start, name):
                hits.append(hit)
                told.add(name)
            elif kind == "word" and _inside(plain, start):
                hits.append(hit)
            else:
                waiting.append(hit)
        hits += [h for h in waiting if _meant_again(h, told, plain)]
        hits.sort(key=lambda h: (h[0], -h[1]))
        here = 0
        for start, end, bearers in hits:
            if start >= here:
                yield _mention(start, end, bearers, text)
                here = end

    def meant(self, one: Name, text: str) -> bool:
        """Say whether a text that names a person of this name means this one."""
        return one.kind == "Person" and self._flown(one, text)

    def _flown(self, one: Name, text: str) -> bool:
        """A person of the authority file is meant where the text speaks of people in space."""
        unsure = one.kind == "Person" and one.method == AUTHORITY
        return not unsure or any(word in text for word in self._flights)

    def _begins(self, text: str, start: int) -> bool:
        """After a hyphen or slash a name counts only when another name stands before: JAXA-ESA."""
        before, letter = text[start - 1 : start], text[start - 2 : start - 1].isalpha()
        if before not in {"-", "/"} or not letter:
            return before != "/"
        return re.split(r"[^\w]", text[: start - 1][-30:])[-1] in self.by_text

    def _told(self, text: str, start: int, name: str) -> bool:
        """Say whether a word next to a name that is also a word tells what is meant."""
        after = text[start + len(name) : start + len(name) + 24].lower()
        before = text[max(0, start - 14) : start]
        return after.lstrip(" '").startswith(self._after) or before.lower().endswith(self._before)


def _inside(text: str, start: int) -> bool:
    """Say whether a name stands inside a sentence."""
    before = text[max(0, start - 14) : start]
    ends = '.!?:"“”'
    return bool(before.strip()) and before.rstrip()[-1] not in ends and "\n" not in before[-2:]


def _meant_again(hit: tuple[int, int, tuple[Name, ...]], told: set[str], text: str) -> bool:
    """Say whether a name that is also one of something else is meant as it was once in the text.

    A thing that is made keeps its name; "Columbus, Ohio" and a body of the sky do not tell.
    """
    start, end, bearers = hit
    made = {b.kind for b in bearers} <= _MADE and len(bearers) == 1
    return made and text[start:end] in told and not re.match(r", [A-Z]", text[end:])


def _without_marks(by_text: Mapping[str, tuple[Name, ...]]) -> dict[str, tuple[Name, ...]]:
    """Names as they stand without marks, where only one thing bears such a name."""
    found: dict[str, dict[str, Name]] = defaultdict(dict)
    for text, bearers in by_text.items():
        if not text.isascii() and bare(text) not in by_text:
            found[bare(text)].update({one.slug: one for one in bearers})
    alike = {text: tuple(ones.values()) for text, ones in sorted(found.items())}
    return {text: ones for text, ones in alike.items() if len(ones) == 1}


_NUMERAL = re.compile(r" (?:I{2,3}|IV|VI{1,3}|IX|XI{0,3}|XIV|XVI?)(?![\w.])")
"""What makes a longer name of the name of a thing: Artemis in Artemis IV."""
_LETTER = re.compile(r"-[A-Z](?!\w|\.[A-Z])")
_PAIR = 3
"""Letters of a name that may stand after a hyphen: JAXA-ESA."""
_MADE = {"Object", "Activity"}
_PAIRED = {"Agency", "State", "Adjective"}


def _usable(text: str, name: Name) -> bool:
    if len(text) < 2 or not (text[0].isupper() or text[0].isdigit() or not text[0].isascii()):
        return False
    return len(text) > 2 or (text.isupper() and text.isalpha())


def _word_limits(text: str, start: int, end: int) -> bool:
    name = text[start:end]
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before.isalnum() or after.isalnum() or before in "@_" or after in "@_":
        return False
    if after == "-" and end + 1 < len(text) and text[end + 1].isdigit():
        return False
    return not (before == "-" and start > 1 and text[start - 2].isupper() and len(name) < _PAIR)


def _joined(text: str, end: int, bearers: tuple[Name, ...]) -> bool:
    """Say whether a hyphen makes a name a part of a longer one: OSIRIS in OSIRIS-APEX.

    After an organization or a state only one letter does: "NOAA-N".
    """
    longer = text[end : end + 1] == "-" and text[end + 1 : end + 2].isupper()
    if _LETTER.match(text, end):
        return True
    if _NUMERAL.match(text, end) and {b.kind for b in bearers} <= _MADE:
        return True
    return longer and not {b.kind for b in bearers} <= _PAIRED


def finder(words: Iterable[str]) -> Callable[[str], set[str]]:
    """Return a function that tells which of some words a text has, in one pass.

    Args:
        words: The words, as they stand in the text.
    """
    automaton = ahocorasick.Automaton()
    for word in sorted(words):
        automaton.add_word(word, word)
    if not len(automaton):
        return lambda text: set()
    automaton.make_automaton()
    return lambda text: {word for _, word in automaton.iter(text)}


def _mention(start: int, end: int, bearers: tuple[Name, ...], text: str) -> Mention:
    if len(bearers) == 1:
        one = bearers[0]
        return Mention(
            start, end, one.kind, one.label, one.slug, one.method, surface=text[start:end]
        )
    kinds = {b.kind for b in bearers}
    labels = [b for b in bearers if b.method == "label"]
    if len(labels) == 1:
        return Mention(
            start,
            end,
            labels[0].kind,
            labels[0].label,
            labels[0].slug,
            "label",
            surface=text[start:end],
        )
    kind = kinds.pop() if len(kinds) == 1 else "Unknown"
    return Mention(start, end, kind, text[start:end], "", "ambiguous", surface=text[start:end])
