"""Items of Wikidata, whatever form they come in, and the rows that a mapping reads.

`part: items` gives a row for each item, `part: statements` one for each of its statements.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

SEPARATOR = "\x1f"
PREFERRED, NORMAL, DEPRECATED = "preferred", "normal", "deprecated"
OUTRANKED, NO_ITEM, FUTURE, UNSURE = "outranked", "no-item", "future", "unsure"
SEVERAL, REPEATED = "several", "repeated"
_HEAD = ("id", "type", "class", "label", "label_language", "modified", "state")
STATEMENTS = (
    "id", "class", "label", "property", "kind", "value", "language", "rank", "state",
    "start", "end", "at", "ended", "turn", "role", "reference",
)  # fmt: skip


_DIGITS = re.compile(r"\d{3,4}(?:-\d\d)*")


@dataclass(slots=True)
class Told:
    """A statement of an item.

    Attributes:
        property: Such as ``P571``; of a query's column that is no property, ``?name``.
        kind: item, time, text, string, url, id, quantity, … or "" where it is not known.
        value: Item id, EDTF expression or text.
        language: Of a text, or "".
        rank: preferred, normal or deprecated.
        state: "", or why it says nothing that can be used: somevalue, novalue, no-date (none that
            EDTF can say), unread (a kind of value that is not read), deprecated, outranked,
            future (after the day on which the item was changed), unsure (perhaps after it),
            several (one of values of which only one can be right) or repeated.
        start: EDTF expression, ".." for a stated open end, or "".
        end: As `start`.
        at: Point in time, as EDTF expression.
        ended: True if it is said to be over, be the day known or not.
        role: Item that says in which role (P3831), or "".
        turn: 2 for the second statement with the same value at another time, and so on.
        reference: What Wikidata names as its references.
        place: Fragment that finds the statement, without "#", or "".
    """

    property: str
    kind: str = ""
    value: str = ""
    language: str = ""
    rank: str = NORMAL
    state: str = ""
    start: str = ""
    end: str = ""
    at: str = ""
    ended: bool = False
    role: str = ""
    turn: int = 1
    reference: str = ""
    place: str = ""


@dataclass(slots=True)
class Item:
    """An item of Wikidata.

    Attributes:
        id: Such as ``Q23548``.
        line: Line of the file where it begins, or 0.
        type: item, property, lexeme …
        labels: Language → label; "" for one without language.
        aliases: Language → other names.
        told: The statements.
        place: Fragment that finds it, without "#".
        modified: When it was last changed, or "".
    """

    id: str
    line: int = 0
    type: str = "item"
    labels: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, list[str]] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    place: str = ""
    modified: str = ""

    def rank(self, until: str, single: Collection[str] = ()) -> None:
        """Mark what is not to be taken as it stands.

        A preferred statement outranks normal ones, unless they have a period of their own.

        A normal statement with its own dates says what was; without them it is an older or
        weaker answer to the same question.
        """
        best = {t.property for t in self.told if t.rank == PREFERRED}
        for told in self.told:
            if told.rank == DEPRECATED:
                told.state = DEPRECATED
            elif told.rank == NORMAL and told.property in best and not told.state:
                told.state = "" if told.start or told.end or told.at else OUTRANKED
        day = self.modified[:10] or until
        for told in self.told if day else ():
            told.state = told.state or _ahead(told, day)
            told.ended = told.ended and not _later(told.end, day)
        groups: dict[tuple[str, str], list[Told]] = {}
        for told in self.told:
            if not told.state:
                key = (told.property, "" if told.property in single else told.value)
                groups.setdefault(key, []).append(told)
        for (_, value), group in groups.items():
            if len(group) > 1:
                _number(group) if value else _choose(group)


def _choose(group: Sequence[Told]) -> None:
    """Of several dates of one thing take the one that makes all others more precise, or none."""
    best = max(group, key=lambda t: len(t.value))
    agree = all(best.value.startswith(t.value) for t in group)
    for told in group:
        if told is not best or not agree:
            told.state = REPEATED if agree else SEVERAL


def _number(group: list[Told]) -> None:
    """Count the times at which one thing was so."""
    seen: set[tuple[str, str]] = set()
    for told in sorted(group, key=lambda t: (t.start, t.end)):
        if (told.start, told.end) in seen:
            told.state = REPEATED
        seen.add((told.start, told.end))
        told.turn = len(seen)


def _ahead(told: Told, day: str) -> str:
    """Say whether what a statement tells may lie after a day: what is to come has not happened."""
    if told.kind == "time" and (found := _DIGITS.search(told.value)):
        until = day[: len(found[0])]
        if found[0] > until:
            return FUTURE
        if found[0] == until != day and not told.value.startswith("["):
            return UNSURE
    return FUTURE if _later(told.start, day) else ""


def _later(edtf: str, day: str) -> bool:
    found = _DIGITS.match(edtf)
    return found is not None and found[0] > day[: len(found[0])]


@dataclass(frozen=True, slots=True)
class Rows:
    """How items become rows.

    Attributes:
        part: items or statements.
        languages: Of labels and aliases.
        properties: Those whose values are columns of the row of an item.
        classes: Class in Wikidata → class of ours; the first that an item has counts.
        until: Day after which nothing has happened yet, for items that do not say when they were
            changed; "" to believe all dates.
        single: Properties of which only one value can be right.
    """

    part: str
    languages: Sequence[str]
    properties: Sequence[str]
    classes: Mapping[str, str]
    until: str = ""
    single: Collection[str] = ()

    def header(self) -> tuple[str, ...]:
        """Names of the columns."""
        if self.part == "statements":
            return STATEMENTS
        names = [f"label_{code}" for code in self.languages]
        return (*_HEAD, *names, *(f"alias_{code}" for code in self.languages), *self.properties)

    def of(self, item: Item) -> Iterator[tuple[str, list[str]]]:
        """Yield place and cells of each row of an item."""
        item.rank(self.until, self.single)
        if self.part == "items":
            yield item.place or item.id, self._item(item)
        elif not _state(item):
            label, _ = named(item, self.languages)
            head = [item.id, self._class(item), label]
            for told in item.told:
                yield told.place or item.place or item.id, head + _told(told)

    def _item(self, item: Item) -> list[str]:
        label, language = named(item, self.languages)
        cells = [item.id, item.type, self._class(item), label, language, item.modified]
        cells.append(_state(item))
        cells += [item.labels.get(code, "") for code in self.languages]
        cells += [SEPARATOR.join(item.aliases.get(code, ())) for code in self.languages]
        return cells + [_values(item, name) for name in self.properties]

    def _class(self, item: Item) -> str:
        given = set(_values(item, "P31").split(SEPARATOR))
        return next((ours for theirs, ours in self.classes.items() if theirs in given), "")


def named(item: Item, languages: Sequence[str]) -> tuple[str, str]:
    """Return the label in the first language there is, and that language (und for none)."""
    for code in (*languages[:1], "mul", *languages[1:], "", *sorted(item.labels)):
        if item.labels.get(code):
            return item.labels[code], code or "und"
    return "", ""


def _state(item: Item) -> str:
    return "" if item.type == "item" else NO_ITEM


def _values(item: Item, name: str) -> str:
    found = [t.value for t in item.told if t.property == name and not t.state and t.value]
    return SEPARATOR.join(dict.fromkeys(found))


def _told(told: Told) -> list[str]:
    return [
        told.property, told.kind, told.value, told.language, told.rank, told.state,
        told.start, told.end, told.at, "yes" if told.ended else "no",
        str(told.turn) if told.turn > 1 else "", told.role, told.reference,
    ]  # fmt: skip
