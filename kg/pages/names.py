"""Search and completion over all names, in every language and script."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.namespaces import prefixes
from kg.store import View

_NAMES = """SELECT ?x ?name { ?x rdfs:label|skos:altLabel|sp:abbreviation ?name .
    FILTER(STRSTARTS(STR(?x), "%s")) }"""
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
    """

    def __init__(self, names: Iterable[tuple[str, str]], weight: Counter[str]) -> None:
        self._names = [(fold(name), thing, name) for thing, name in sorted(set(names))]
        self._weight = weight
        starts = [(tail, n) for n, (key, *_) in enumerate(self._names) for tail in _tails(key)]
        starts.sort()
        self._tails = [tail for tail, _ in starts]
        self._numbers = [n for _, n in starts]

    @classmethod
    def of(cls, view: View) -> Index:
        """Return the index of the register of a view."""
        home = prefixes()["id"]
        weight = Counter(dict(_weights(view)))
        return cls([(x, name) for x, name in view.rows(_NAMES % home)], weight)

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
        from difflib import get_close_matches

        first: dict[str, tuple[str, str]] = {}
        for key, thing, name in self._names:
            first.setdefault(key, (thing, name))
        close = get_close_matches(fold(typed), first, n=most, cutoff=0.55)
        hits = [*self.find(typed, most), *(Hit(*first[key]) for key in close)]
        return list({h.thing: h for h in reversed(hits)}.values())[::-1][:most]

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

    def _order(self, number: int, wanted: str) -> tuple[int, int, str, str]:
        key, thing, name = self._names[number]
        rank = 0 if key == wanted else 1 if key.startswith(wanted) else 2
        rank += 1 if rank == 2 and f" {wanted}" not in f" {key}" else 0
        return rank, -self._weight[thing], name, thing


def _weights(view: View) -> Iterator[tuple[str, int]]:
    ask = """SELECT ?x (COUNT(DISTINCT ?c) AS ?n) { ?c sp:ofFact ?f ; ?p ?x
        FILTER(STRSTARTS(STR(?x), "%s")) } GROUP BY ?x"""
    for thing, count in view.rows(ask % prefixes()["id"]):
        yield thing, int(count)


def _tails(key: str) -> Iterator[str]:
    """The name from each of its words on."""
    words = key.split(" ")
    yield from (" ".join(words[n:]) for n in range(len(words)))


def _holds(key: str, wanted: str, words: list[str]) -> bool:
    return wanted in key or all(f" {word}" in f" {key}" for word in words)
