"""Dates that are honest about what is not known: EDTF, its four bounds, and answers on a day.

Grammar: EDTF (Library of Congress, 2019 edition, ISO 8601-2), level 1 for years 0001 to 9999, plus
of level 2 the quarters (``2021-33`` to ``2021-36``) and the "one of a set" forms
``[..2025-07-09]``, ``[2025-07-09..2025-12-31]``, ``[2023,2025]``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from kg.errors import InputError

_DATE = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX|\dXXX)(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX)"
    r"(?P<time>(?<!X)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-](?:0\d|1[0-4])(?::[0-5]\d)?)?)?)?)?"
    r"(?P<mark>[?~%])?",
    re.ASCII,
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
_SEASONS |= {32 + n: (3 * n - 2, 3 * n) for n in (1, 2, 3, 4)}


def day(text: str) -> date:
    """Return a calendar day.

    Args:
        text: YYYY-MM-DD, and none of the other forms of ISO 8601.

    Raises:
        InputError: If it is none.
    """
    try:
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        raise InputError(f"'{text}' is no calendar day", fix="write YYYY-MM-DD") from None


class Answer(StrEnum):
    """What can be said about a fact on a day."""

    YES = "yes"
    POSSIBLE = "possible"
    NOT_STATED = "not stated"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Period:
    """An EDTF expression and its four bounds, each a calendar day or None where there is none.

    Attributes:
        edtf: The expression as written.
        kind: "interval" for an extent, "set" for one day out of a set (a single date is one).
        start_earliest: First day on which it can have begun.
        start_latest: Day by which it has certainly begun.
        end_earliest: Day until which it certainly lasts.
        end_latest: Last day on which it can have ended.
        open_end: True for ``a/..``: still true when the claim was made.
    """

    edtf: str
    kind: str
    start_earliest: date | None
    start_latest: date | None
    end_earliest: date | None
    end_latest: date | None
    open_end: bool = False

    def on(self, day: date, attested: Iterable[date] = ()) -> Answer:
        """Say whether it is true on a day.

        Args:
            day: The day asked for.
            attested: Days on which a document states it to be true. For an open end the day of
                issue of the claim's document; after the latest of them the answer is at best
                *possible*.

        Returns:
            Answer: the weakest of what the start and the end allow.
        """
        days = sorted(attested)
        if day in days:
            return Answer.YES
        if self.kind == "set":
            return _within(day, self.start_earliest, self.end_latest)
        return _weakest(self._begun(day, days), self._lasting(day, days))

    def _begun(self, day: date, attested: list[date]) -> Answer:
        if self.start_earliest and day < self.start_earliest:
            return Answer.NO
        known = [d for d in (self.start_latest, *attested[:1]) if d]
        if known and min(known) <= day:
            return Answer.YES
        stated = self.start_earliest or self.start_latest
        return Answer.POSSIBLE if stated else Answer.NOT_STATED

    def _lasting(self, day: date, attested: list[date]) -> Answer:
        if self.end_latest and day > self.end_latest:
            return Answer.NO
        known = [d for d in (self.end_earliest, *attested[-1:]) if d]
        if known and day <= max(known):
            return Answer.YES
        stated = self.open_end or self.end_latest or self.end_earliest
        return Answer.POSSIBLE if stated else Answer.NOT_STATED


def attested(days: Iterable[date], day: date) -> Answer:
    """Answer for something without a period that documents state to be true on some days."""
    return Answer.YES if day in set(days) else Answer.NOT_STATED


def _within(day: date, first: date | None, last: date | None) -> Answer:
    if (first and day < first) or (last and day > last):
        return Answer.NO
    return Answer.YES if first == last == day else Answer.POSSIBLE


def _weakest(*answers: Answer) -> Answer:
    order = [Answer.NO, Answer.NOT_STATED, Answer.POSSIBLE, Answer.YES]
    return min(answers, key=order.index)


def combine(answers: Iterable[Answer]) -> Answer:
    """Return the weakest of several answers: a joint fact holds only where all its parts do."""
    return _weakest(*answers)


@lru_cache(maxsize=65536)
def parse(text: str) -> Period:
    """Parse an EDTF expression.

    Args:
        text: Such as ``2021/..``, ``198X``, ``[..2025-07-09]``.

    Returns:
        Period: with its four bounds.

    Raises:
        InputError: If it is no EDTF, names a day that does not exist, or runs backwards.
    """
    value = text.strip()
    if value.startswith("["):
        return _set(value)
    if "/" in value:
        return _interval(value)
    first, last = _span(value)
    return Period(value, "set", first, last, first, last)


def bounds_of_set(period: Period) -> tuple[date | None, date | None]:
    """Return the first and the last day that a "set" period can mean."""
    return period.start_earliest, period.end_latest


def describe(edtf: str) -> str:
    """Say an EDTF expression in words, such as "from 2021 on" or "on or before 2025-07-09"."""
    if not edtf:
        return "not stated"
    parsed = parse(edtf)
    if parsed.kind == "interval":
        start, _, end = edtf.partition("/")
        since = f"from {start}" if start.strip(".") else "start not stated"
        if end == "..":
            return f"{since} on" if start.strip(".") else "ongoing, start not stated"
        return f"{since} to {end}" if end else f"{since}, end not stated"
    if not edtf.startswith("["):
        return f"on {edtf}" if len(edtf.rstrip("?~%")) == 10 else f"in {edtf}"
    first, last = parsed.start_earliest, parsed.end_latest
    if first and last:
        return f"a day from {first} to {last}"
    return f"on or before {last}" if last else f"on or after {first}"


def _interval(value: str) -> Period:
    start, _, end = value.partition("/")
    if "/" in end or "T" in value or value in {"/", "../.."}:
        raise InputError(f"'{value}' is no EDTF interval", fix="write start/end, as in 2021/..")
    first = _span(start) if start not in {"", ".."} else (None, None)
    last = _span(end) if end not in {"", ".."} else (None, None)
    if start == "..":
        first = (date.min, date.min)
    if first[0] and last[1] and first[0] > last[1]:
        raise InputError(f"'{value}' ends before it starts", fix="swap the two dates")
    return Period(value, "interval", first[0], first[1], last[0], last[1], end == "..")


def _set(value: str) -> Period:
    body = value[1:-1]
    if not value.endswith("]") or body in {"", ".."}:
        raise InputError(f"'{value}' is no EDTF set", fix="write [a,b], [..a], [a..] or [a..b]")
    spans = [_member(item) for item in body.split(",")]
    firsts, lasts = [s[0] for s in spans], [s[1] for s in spans]
    first = None if None in firsts else min(d for d in firsts if d)
    last = None if None in lasts else max(d for d in lasts if d)
    return Period(value, "set", first, last, first, last)


def _member(item: str) -> tuple[date | None, date | None]:
    before, dots, after = item.partition("..")
    if not dots:
        return _span(item)
    first = _span(before)[0] if before else None
    last = _span(after)[1] if after else None
    if first and last and first > last:
        raise InputError(f"'[{item}]' ends before it starts", fix="swap the two dates")
    return first, last


def _span(text: str) -> tuple[date, date]:
    match = _DATE.fullmatch(text)
    if not match:
        raise InputError(f"'{text}' is no EDTF date", fix=_hint(text))
    try:
        first, last = _days(match)
    except ValueError:
        raise InputError(f"'{text}' names a day that does not exist") from None
    return _widen(first, last, match) if match["mark"] else (first, last)


def _days(match: re.Match[str]) -> tuple[date, date]:
    year, month, day = match["year"], match["month"], match["day"]
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if month is None or month == "XX":
        if day not in (None, "XX"):
            raise ValueError(month)
        return date(max(low, 1), 1, 1), date(high, 12, 31)
    if low != high:
        raise ValueError(year)
    number = int(month)
    if number in _SEASONS and day is None:
        begin, end = _SEASONS[number]
        closing = low + (1 if end < begin else 0)
        return date(low, begin, 1), date(closing, end, monthrange(closing, end)[1])
    last_day = monthrange(low, number)[1] if 1 <= number <= 12 else 0
    if day is None or day == "XX":
        return date(low, number, 1), date(low, number, last_day)
    exact = date(low, number, int(day))
    return exact, exact


def _widen(first: date, last: date, match: re.Match[str]) -> tuple[date, date]:
    """A ``~``, ``?`` or ``%`` date may be off by one unit of its own precision on either side."""
    unit = 1 if match["day"] else 31 if match["month"] else 366 * (last.year - first.year + 1)
    margin = timedelta(days=unit)
    low = first - margin if first - date.min > margin else date.min
    return low, last + margin if date.max - last > margin else date.max


def _hint(text: str) -> str:
    if re.fullmatch(r"\d{1,2}[/.]\d{1,2}[/.]\d{4}", text):
        return "write year-month-day, as in 2025-07-09"
    if any(c.isspace() for c in text):
        return "write it without spaces"
    if text.startswith(("Y", "-")):
        return "only the years 0001 to 9999 are supported"
    return "write YYYY, YYYY-MM, YYYY-MM-DD, 198X, a/b, a/.. or [..b]"


def slug(edtf: str) -> str:
    """Return a readable name for an EDTF expression that is safe in an IRI, and unique to it."""
    for sign, word in _SLUG:
        edtf = edtf.replace(sign, word)
    return edtf


_SLUG = (
    ("..", "open"),
    ("/", "_to_"),
    (",", "_or_"),
    ("[", "one-of_"),
    ("]", ""),
    ("?", "_uncertain"),
    ("~", "_approximate"),
    ("%", "_uncertain-approximate"),
    (":", "h"),
    ("+", "plus"),
)
