"""Dates in prose to EDTF; better no date than a guess. The words are those of the language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from kg.extract.spans import Mention
from kg.extract.words import Words

_YEAR = r"(?P<y%s>(?:19|20)\d\d)(?![\d-])"
_BEFORE = 40
"""Characters before a date in which "no earlier than" stands."""
_SOON = 60
"""Days at most between the issue of a release and a day of another year, named without it."""
_HALF = 182
"""The same for a day of the year of issue that is past."""


def find(text: str, start: int, end: int, issued: str, words: Words) -> Iterator[Mention]:
    """Yield the dates in a stretch of text.

    "No earlier than 2028" is EDTF `[2028..]`, "by May 2027" `[..2027-05]`: one day of a set.

    Args:
        text: The release.
        start: Where to begin.
        end: Where to stop.
        issued: Day of issue (YYYY-MM-DD), by which "today", "this year" and weekdays are read; ""
            when it is not known: then they are no dates, and no day without its year is.
        words: Words of its language.
    """
    for match in _forms(words).finditer(text, start, end):
        if value := _value(match, issued, words):
            method = "weekday" if match["weekday"] else "date"
            value = _bounded(
                value, text[max(start, match.start() - _BEFORE) : match.start()], words
            )
            yield Mention(match.start(), match.end(), "Date", match[0], method=method, value=value)


@lru_cache(maxsize=4)
def _forms(words: Words) -> re.Pattern[str]:
    months = words.lists["months"]
    short = words.lists.get("short_months", ())
    nth = f"(?:{words.part('ordinal_ending')})?"
    month = "(?P<m%s>" + "|".join([*months, *(rf"{m}\.?" for m in short)]) + ")"
    day = f"(?:(?:{words.alternatives('weekdays')}),? )?"
    months_ahead = "|".join(m[:3] for m in months)
    return re.compile(
        "|".join(
            [
                rf"\b{day}{month % 1},? (?P<d1>\d{{1,2}}){nth},? {_YEAR % 1}",
                rf"\b{day}(?P<d2>\d{{1,2}}){nth} {month % 2},? {_YEAR % 2}",
                rf"\b{month % 3},? {_YEAR % 3}",
                r"\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b",
                words.part("decade"),
                rf"\b(?:(?P<today>{words.part('today')})|(?P<year>{words.part('this_year')}))\b",
                rf"\b(?P<weekday>(?:{words.part('on')})?(?:{words.alternatives('weekdays')}))\b"
                rf"(?!,? (?:\d{{1,2}}{nth} )?(?:{months_ahead}))",
                rf"(?<![\d-])\b{_YEAR % 4}\b(?!{words.part('no_year')})",
                _yearless(words, month),
            ]
        )
    )


def _yearless(words: Words, month: str) -> str:
    """A day and a month, with the weekday where it is named; no end of a range."""
    nth, day = words.part("ordinal_ending"), rf"(?P<named>{words.alternatives('weekdays')})"
    return (
        rf"(?<![-–/\d])(?<!{words.part('and_also')} )\b(?:{day},? )?"
        rf"(?:{month % 5} (?P<d5>\d{{1,2}}){nth}|(?P<d6>\d{{1,2}}){nth} {month % 6})"
        rf"(?![\w/]|,? \d|[-–]\d| ?[-–] ?\d)"
    )


def _value(match: re.Match[str], issued: str, words: Words) -> str:
    found = match.groupdict()
    for n in "12":
        if found[f"y{n}"]:
            return _day(found[f"y{n}"], _month(found[f"m{n}"], words), found[f"d{n}"])
    if found["y3"]:
        return f"{found['y3']}-{_month(found['m3'], words):02d}"
    if found["y4"]:
        return str(found["y4"])
    if found.get("decade"):
        return f"{found['decade']}X"
    if found["iso"]:
        return str(found["iso"])
    for n in "56":
        if found[f"d{n}"]:
            month = _month(found[f"m{n}"], words)
            return _nearest(found["named"], int(found[f"d{n}"] or 0), month, issued, words)
    return _relative(found, issued, words)


def _relative(found: dict[str, str | None], issued: str, words: Words) -> str:
    try:
        day = date.fromisoformat(issued)
    except ValueError:
        return ""
    if found["today"]:
        return issued
    if found["year"]:
        return issued[:4]
    weekdays = words.lists["weekdays"]
    said = (found["weekday"] or "").split()[-1]
    back = (day.weekday() - weekdays.index(said)) % 7
    return (day - timedelta(days=back)).isoformat()


def _nearest(named: str | None, day: int, month: int, issued: str, words: Words) -> str:
    """The day of that month next to the day of issue; "" when far off, or no such weekday."""
    try:
        told = date.fromisoformat(issued)
        near = min(
            (date(told.year + n, month, day) for n in (-1, 0, 1)), key=lambda d: abs(d - told)
        )
    except ValueError:
        return ""
    agrees = not named or words.lists["weekdays"].index(named) == near.weekday()
    most = _HALF if near < told and near.year == told.year else _SOON
    return near.isoformat() if agrees and abs(near - told).days <= most else ""


def _bounded(value: str, before: str, words: Words) -> str:
    if words.form("not_before").search(before):
        return f"[{value}..]"
    return f"[..{value}]" if words.form("not_after").search(before) else value


def _month(name: str | None, words: Words) -> int:
    said = (name or "").rstrip(".")
    months = words.lists["months"]
    return next(i for i, m in enumerate(months, 1) if m.startswith(said))


def _day(year: str, month: int, day: str | None) -> str:
    try:
        return date(int(year), month, int(day or 0)).isoformat()
    except ValueError:
        return ""
