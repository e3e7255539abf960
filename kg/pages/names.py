"""Search and completion over all names, in every language and script."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

from kg.names import curated
from kg.namespaces import prefixes
from kg.store import View

_NAMES = """SELECT ?x ?name { ?x rdfs:label|skos:altLabel|sp:abbreviation ?name .
    FILTER(STRSTARTS(STR(?x), "%s")) }"""
_LIKELY, _ALIKE = 60, 0.55
_MARKS = dict.fromkeys(range(0x300, 0x370))


def fold(text: str) -> str:
    """Return a text without case and accents (NFKD, combining marks U+0300 to U+036F dropped)."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_MARKS)
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that answers to what was typed.

    Attributes:
        thing: Its IRI.
        name: The name that fits, as its source writes it.
    """

    thing: str
    name: str


class Index:
    """Names, findable by the beginning of each of their words.

    Args:
        names: Pairs of IRI and name.
        weight: How much is stated about each thing; of equally good hits the heavier comes first.
        curated: What a curated source names; of equally good hits it comes before the others.
    """

    def __init__(
        self,
        names: Iterable[tuple[str, str]],
        weight: Counter[str],
        curated: Collection[str] = (),
    ) -> None:
        self._names = [(fold(name), thing, name) for thing, name in sorted(set(names))]
        self._weight = weight
        self._curated = curated
        starts = [(tail, n) for n, (key, *_) in enumerate(self._names) for tail in _tails(key)]
        starts.sort()
        self._tails = [tail for tail, _ in starts]
        self._numbers = [n for _, n in starts]

    @classmethod
    def of(cls, view: View) -> Index:
        """Return the index of the register of a view."""
        home = prefixes()["id"]
        weight = Counter(dict(_weights(view)))
        found = view.rows(_NAMES % home)
        pairs = [(x, name) for x, name in found]
        return cls(pairs, weight, curated(view, {x for x, _ in pairs}))

    def find(self, typed: str, most: int = 20) -> list[Hit]:
        """Return the things whose names begin with, or hold, what was typed.

        Args:
            typed: Any text.
            most: How many things at the most.

        Returns:
            Equal names first, then names that begin with it, then names that have words which
            begin with its words, then names that hold it; each thing once.
        """
        wanted = fold(typed)
        if not wanted:
            return []
        found = self._beginning(wanted)
        if len({self._names[n][1] for n in found}) < most:
            words = wanted.split()
            found |= {n for n, (key, *_) in enumerate(self._names) if _holds(key, wanted, words)}
        best: dict[str, Hit] = {}
        for number in sorted(found, key=lambda n: self._order(n, wanted)):
            _, thing, name = self._names[number]
            best.setdefault(thing, Hit(thing, name))
        return list(best.values())[:most]

    def near(self, typed: str, most: int = 6) -> list[Hit]:
        """Return the things with the most similar names, for a name that nothing has."""
        wanted = fold(typed)
        likely = Counter(n for pair in set(_pairs(wanted)) for n in self._of_pair.get(pair, ()))
        order = sorted(likely, key=lambda n: (-likely[n], len(self._names[n][0]), n))
        alike = [(-_alike(wanted, self._names[n][0]), n) for n in order[:_LIKELY]]
        close = [self._names[n] for score, n in sorted(alike) if -score >= _ALIKE]
        hits = [*self.find(typed, most), *(Hit(thing, name) for _, thing, name in close)]
        first: dict[str, Hit] = {}
        for hit in hits:
            first.setdefault(hit.thing, hit)
        return list(first.values())[:most]

    @cached_property
    def _of_pair(self) -> dict[str, list[int]]:
        """Two letters that follow each other → numbers of the names that hold them."""
        found: dict[str, list[int]] = {}
        for number, (key, *_) in enumerate(self._names):
            for pair in set(_pairs(key)):
                found.setdefault(pair, []).append(number)
        return found

    def weight(self, thing: str) -> int:
        """Return how many claims speak of a thing."""
        return self._weight[thing]

    def things(self) -> list[str]:
        """Return all things that have a name, sorted."""
        return sorted({thing for _, thing, _ in self._names})

    def entries(self) -> Iterator[tuple[str, str]]:
        """Yield thing and name, sorted."""
        yield from sorted((thing, name) for _, thing, name in self._names)

    def _beginning(self, wanted: str) -> set[int]:
        found = set()
        place = bisect_left(self._tails, wanted)
        while place < len(self._tails) and self._tails[place].startswith(wanted):
            found.add(self._numbers[place])
            place += 1
        return found

    def _order(self, number: int, wanted: str) -> tuple[int, bool, int, str, str]:
        key, thing, name = self._names[number]
        rank = 0 if key == wanted else 1 if key.startswith(wanted) else 2
        rank += 1 if rank == 2 and f" {wanted}" not in f" {key}" else 0
        return rank, thing not in self._curated, -self._weight[thing], name, thing


def _weights(view: View) -> Iterator[tuple[str, int]]:
    ask = """SELECT ?x (COUNT(DISTINCT ?c) AS ?n) { ?c sp:ofFact ?f ; ?p ?x
        FILTER(STRSTARTS(STR(?x), "%s")) } GROUP BY ?x"""
    for thing, count in view.rows(ask % prefixes()["id"]):
        yield thing, int(count)


def _tails(key: str) -> Iterator[str]:
    """The name from each of its words on."""
    words = key.split(" ")
    yield from (" ".join(words[n:]) for n in range(len(words)))


def _pairs(key: str) -> Iterator[str]:
    yield from (a + b for a, b in pairwise(f" {key} "))


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _holds(key: str, wanted: str, words: list[str]) -> bool:
    return wanted in key or all(f" {word}" in f" {key}" for word in words)
