"""The dated facts about a thing on one axis of years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg import period
from kg.pages.facts import Entry, Listed
from kg.period import Period

WIDE = 1000
"""Length of the axis, in units of the picture."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The years from the first to the last that any date can mean."""

    first: int
    last: int

    def at(self, day: date) -> float:
        """Return the place of a day on the axis."""
        start = date(self.first, 1, 1).toordinal()
        length = date(self.last, 12, 31).toordinal() + 1 - start
        return round(WIDE * (day.toordinal() - start) / length, 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A fact on the axis.

    Attributes:
        entry: The fact.
        edtf: Its time.
        words: The same in words.
        maybe: Start and length of where it can lie.
        sure: Start and length of where it surely lies, or None.
    """

    entry: Entry
    edtf: str
    words: str
    maybe: tuple[float, float]
    sure: tuple[float, float] | None


def dated(listed: Sequence[Listed]) -> list[Listed]:
    """Return the facts that have a time with a bound, earliest first."""
    found = [x for x in listed if x.edtf and _bounds(period.parse(x.edtf[0]))]
    return sorted(found, key=lambda x: (_order(x.edtf[0]), x.fact))


def axis(listed: Sequence[Listed], today: date) -> Axis:
    """Return the axis for some facts, each with a time that has a bound."""
    days = [d for x in listed for edtf in x.edtf for d in _bounds(period.parse(edtf))]
    years = [d.year for d in days if d != date.min] or [today.year]
    return Axis(min(years), max(years))


def bar(entry: Entry, listed: Listed, along: Axis, today: date) -> Bar:
    """Place a fact on the axis by the first of its times."""
    edtf = listed.edtf[0]
    extent = period.parse(edtf)
    low, high = extent.start_earliest or extent.start_latest, extent.end_latest
    open_end = extent.kind == "interval" and high is None
    first = low or date(along.first, 1, 1)
    last = high or (max(today, first) if open_end else date(along.last, 12, 31))
    sure = None
    if extent.kind == "interval" and extent.start_latest:
        until = extent.end_earliest or (today if extent.open_end else None)
        if until and until >= extent.start_latest:
            sure = _span(along, extent.start_latest, until)
    elif extent.kind == "set" and first == last:
        sure = _span(along, first, last)
    return Bar(entry, edtf, period.describe(edtf), _span(along, first, last), sure)


def _span(along: Axis, first: date, last: date) -> tuple[float, float]:
    start = min(max(along.at(first), 0.0), WIDE)
    end = min(max(along.at(last), 0.0), WIDE)
    return start, round(max(end - start, 5.0), 1)


def _bounds(extent: Period) -> list[date]:
    sides = (extent.start_earliest, extent.start_latest, extent.end_earliest, extent.end_latest)
    return [d for d in sides if d]


def _order(edtf: str) -> tuple[date, date]:
    extent = period.parse(edtf)
    last = extent.end_latest or date.max
    return extent.start_earliest or extent.start_latest or last, last
