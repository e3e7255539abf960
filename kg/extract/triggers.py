"""Matches of proposing patterns: words that tell a relation, and the nearest names of its ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Sequence as Seq
from dataclasses import dataclass
from itertools import combinations

from kg.extract import match, nearest
from kg.extract.marked import ANY, Marked
from kg.extract.match import Match
from kg.extract.nearest import Unit
from kg.extract.patterns import MODALITIES, Pattern
from kg.extract.spans import Mention

_ENDS = {"S": "subject", "O": "object"}
_PARTIES = 4
"""Members at most of a list that is read in pairs."""
_TIES = {"cooperatesWith", "signedAgreementWith", "engagedWith"}
_STOPS = (",", ".", ";", ":", ")")
_MARKS = (",", ";", ":", "(", "“", "”", " which ", " who ")
_SURE = {"occurred", "ongoing"}
_CLOSE = 6
"""Words at most before a subject that follows: "by the good people of ASA"."""
_LED = 12
"""Words at most between a preposition and the object that it leads."""


def matches(view: Marked, chosen: Seq[Pattern], issuer: Mention | None = None) -> Iterator[Match]:
    """Yield what proposing patterns find in a sentence.

    Args:
        view: The sentence.
        chosen: The patterns.
        issuer: Who issued the release: an end of ties that a sentence tells without another.
    """
    for pattern, found, modality, slots in match.words_found(view, chosen):
        here = _Words(pattern, found, view, issuer)
        if not here.meant:
            continue
        if modality in _SURE and here.to_come:
            modality = "planned"
        given = {
            k: v[0].value or v[0].name for k, v in slots.items() if k not in _ENDS.values() and v
        }
        for one, other, start, end in here.joined(slots):
            if here.fits(start, end):
                yield Match(
                    pattern, one, pattern.emits[0][1], other, modality,
                    {**pattern.qualifiers, **given}, start, end,
                )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of a proposing pattern in a sentence."""

    pattern: Pattern
    found: re.Match[str]
    view: Marked
    issuer: Mention | None

    @property
    def verb(self) -> str:
        """The verb with its tense, where the words begin with one; else ""."""
        groups = self.found.groupdict()
        verb = next((groups[m] for m in MODALITIES if groups.get(m)), "")
        return verb if self.found[0].startswith(verb) else ""

    @property
    def active(self) -> bool:
        """Whether the verb says what its subject does."""
        return bool(self.verb) and not self.found[0].endswith(" by")

    @property
    def meant(self) -> bool:
        """Whether words are whole, and a verb is one: no noun, nothing done to its subject."""
        text, start, words = self.view.text, self.found.start(), self.pattern.words
        if re.match(r"[\w-]", text[start - 1 : start]):
            return False
        bare = self.active and " " not in self.verb
        if bare and self.found[0] == self.verb and text[self.found.end() :][:1] in _STOPS:
            return False
        forms = ("done_to_it", "a_noun") if bare else ()
        return not any(words.form(f).search(text, 0, start) for f in forms)

    @property
    def to_come(self) -> bool:
        """Whether the words before, in the same clause, make it a plan: "named to", "will"."""
        text, start, words = self.view.text, self.found.start(), self.pattern.words
        clause = 1 + max(text.rfind(mark, 0, start) for mark in _MARKS)
        if self.found[0].startswith("to ") or words.form("to_come").search(text, 0, start):
            return True
        tie = not self.verb and self.pattern.emits[0][1] in _TIES
        return not tie and bool(words.form("planned").search(text, clause, start))

    def fits(self, start: int, end: int) -> bool:
        """Say whether the words of a match are as the pattern asks."""
        said = self.view.words(start, end)
        only, unless = self.pattern.only, self.pattern.unless
        return bool(not only or re.search(only, said)) and not (unless and re.search(unless, said))

    def joined(
        self, slots: Mapping[str, list[Mention]]
    ) -> Iterator[tuple[Mention, Mention, int, int]]:
        """Yield the ends in pairs, with the range of the words."""
        pairs: Iterator[tuple[Mention, Mention]] = iter(())
        if "&" in self.pattern.order:
            both = self._after(self.found.end(), "S") if self._leads else self._before("S")
            ends = [both] if both else []
            if both and len(both.names) <= _PARTIES:
                pairs = combinations(both.names, 2)
        else:
            placed = self._ends(slots)
            ends = list(placed.values())
            if placed.keys() == set(_ENDS.values()):
                pairs = nearest.pairs(placed["subject"], placed["object"])
        start = min([self.found.start(), *(e.start for e in ends)])
        end = max([self.found.end(), *(e.end for e in ends)])
        for one, other in pairs:
            if _differ(one, other):
                yield one, other, start, end

    @property
    def _leads(self) -> bool:
        return self.pattern.order.startswith("*")

    def _ends(self, slots: Mapping[str, list[Mention]]) -> dict[str, Unit]:
        ends = {n: self._given(n, slots[n]) for n in _ENDS.values() if slots.get(n)}
        lead, _, tail = self.pattern.order.partition("*")
        place = self.found.start()
        for sign in reversed(lead.split()):
            if unit := self._before(sign, place) or self._untold(sign):
                ends[_ENDS[sign]], place = unit, unit.start
        place = self.found.end()
        for sign in tail.split():
            if unit := self._after(place, sign):
                ends[_ENDS[sign]], place = unit, unit.end
        return ends

    def _untold(self, sign: str) -> Unit | None:
        """The issuer as a party to a tie for which nobody else stands before the words."""
        place = self.found.start()
        told = any(c in self.view.mentions for c in self.view.text[:place])
        if told or sign != "S" or not self.issuer or self.pattern.emits[0][1] not in _TIES:
            return None
        return Unit(place, place, (self.issuer,))

    def _given(self, name: str, names: list[Mention]) -> Unit:
        group = name if self.found.groupdict().get(name) else f"{name}__text"
        return Unit(*self.found.span(group), tuple(names))

    def _units(self, sign: str, span: tuple[int, int]) -> list[Unit]:
        kinds = self.pattern.slots.get(_ENDS[sign], frozenset())
        words, named = self.pattern.words, self.pattern.named
        return nearest.units(self.view, kinds, words, span, named=named)

    def _after(self, place: int, sign: str) -> Unit | None:
        text, words = self.view.text, self.pattern.words
        some = self._units(sign, (place, len(text)))
        led = bool(words.form("ends_in_preposition").search(text, 0, place))
        reach = _CLOSE if sign == "S" else _LED if led else nearest.REACH
        direct = bool(self.verb) and not led if place == self.found.end() else sign == "S"
        return nearest.after(some, place, text, words, reach, direct=direct)

    def _before(self, sign: str, place: int = -1) -> Unit | None:
        text, words = self.view.text, self.pattern.words
        place = self.found.start() if place < 0 else place
        some, beside = self._units(sign, (0, place)), " " not in self.verb
        one = nearest.before(some, place, text, words, beside=beside, nouns=sign == "O")
        if not one or sign != "S" or not self.active:
            return one
        between = text[one.end : self.found.start()]
        related = words.form("relative_before").search(between)
        another = re.search(f"[{ANY}]", between) and not words.form("copula").match(between)
        apart = (related and another) or words.form("other_subject").search(between)
        return None if apart else one


def _differ(one: Mention, other: Mention) -> bool:
    """Say whether two mentions are of two things."""
    if one.slug and other.slug:
        return one.slug != other.slug
    return one.name.casefold() != other.name.casefold() and one.start != other.start
