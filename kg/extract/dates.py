"""Dates in English prose to EDTF; better no date than a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from kg.extract.spans import Mention

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH = "(?P<m%s>" + "|".join(f"{m}|{m[:3]}\\.?" for m in MONTHS) + r"|Sept\.?)"
_YEAR = r"(?P<y%s>(?:19|20)\d\d)(?![\d-])"
_FORMS = re.compile(
    "|".join(
        [
            rf"\b{_MONTH % 1} (?P<d1>\d{{1,2}}),? {_YEAR % 1}",
            rf"\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH % 2},? {_YEAR % 2}",
            rf"\b{_MONTH % 3},? {_YEAR % 3}",
            r"\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b",
            r"\bthe (?P<decade>(?:19|20)\d)0s\b",
            r"\b(?P<today>[Tt]oday|[Tt]his year)\b",
            r"\b(?:on )?(?P<weekday>"
            + "|".join(_DAYS)
            + r")\b(?!,? (?:\d{1,2}(?:st|nd|rd|th)? )?(?:"
            + "|".join(m[:3] for m in MONTHS)
            + "))",
            rf"(?<![\d-])\b{_YEAR % 4}\b(?!\s?(?:meters|metres|km|feet|people|roadmap))",
        ]
    )
)


def find(text: str, start: int, end: int, issued: str) -> Iterator[Mention]:
    """Yield the dates in a stretch of text.

    Args:
        text: The release.
        start: Where to begin.
        end: Where to stop.
        issued: Day of issue (YYYY-MM-DD), by which "today", "this year" and weekdays are read; ""
            when it is not known: then they are no dates.
    """
    for match in _FORMS.finditer(text, start, end):
        if value := _value(match, issued):
            method = "weekday" if match["weekday"] else "date"
            yield Mention(match.start(), match.end(), "Date", match[0], method=method, value=value)


def _value(match: re.Match[str], issued: str) -> str:
    found = match.groupdict()
    for n in "12":
        if found[f"y{n}"]:
            return _day(found[f"y{n}"], found[f"m{n}"], found[f"d{n}"])
    if found["y3"]:
        return f"{found['y3']}-{_month(found['m3']):02d}"
    if found["y4"]:
        return found["y4"]
    if found["decade"]:
        return f"{found['decade']}X"
    if found["iso"]:
        return found["iso"]
    return _relative(found, issued)


def _relative(found: dict[str, str | None], issued: str) -> str:
    try:
        day = date.fromisoformat(issued)
    except ValueError:
        return ""
    if found["today"]:
        return issued if found["today"].lower() == "today" else issued[:4]
    back = (day.weekday() - _DAYS.index(found["weekday"] or "")) % 7
    return (day - timedelta(days=back)).isoformat()


def _month(name: str | None) -> int:
    short = (name or "")[:3]
    return next(i for i, m in enumerate(MONTHS, 1) if m[:3] == short)


def _day(year: str, month: str | None, day: str | None) -> str:
    try:
        return date(int(year), _month(month), int(day or 0)).isoformat()
    except ValueError:
        return ""
