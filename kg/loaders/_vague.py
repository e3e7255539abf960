"""Vague dates of the General Catalog of Artificial Space Objects, to EDTF and to an instant.

Reference: J. McDowell, "Time Representations and Vague Date Format"
(https://planet4589.org/space/gcat/web/intro/vague.html). Times are UTC; a date is given to the unit
it is known to, and a question mark after it says that it may be off by about one such unit.
"""

from __future__ import annotations

import re
from calendar import month_abbr
from functools import lru_cache

from kg.errors import InputError

_MONTHS = {name.lower(): n for n, name in enumerate(month_abbr) if name}
_TIME = r"(?:\s+(?P<hour>\d\d)(?:h|(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?))?"
_DAY = rf"(?:\s+(?P<day>\d{{1,2}})(?:\.\d+)?{_TIME})?"
_YEAR = rf"(?:\s+(?:[Qq](?P<quarter>[1-4])|(?P<month>[A-Za-z]{{3}}){_DAY}))?"
_FORM = re.compile(
    rf"(?:(?P<age>\d{{1,2}})(?P<unit>[CM])|(?P<year>\d{{1,4}})(?P<decade>s)?{_YEAR})\s*(?P<mark>\?)?",
    re.ASCII,
)


@lru_cache(maxsize=65536)
def parse(text: str) -> tuple[str, str]:
    """Convert a vague date.

    Args:
        text: Such as ``1989 Dec 14``, ``2003 Oct  1``, ``1998 Nov 20 0640:00``, ``1957 Nov?``,
            ``1950?``, ``1950s?``, ``2021 Q3`` or ``19C``.

    Returns:
        The EDTF expression, and the instant in UTC ("" where the source gives no certain minute).

    Raises:
        InputError: If it is no vague date, or names a day or time that does not exist.
    """
    found = _FORM.fullmatch(text.strip())
    if not found:
        fix = "write such as 1989 Dec 14, 1998 Nov 20 0640, 1957 Nov?, 1950s or 2021 Q3"
        raise InputError(f"'{text}' is no vague date", fix=fix)
    mark = found["mark"] or ""
    if found["age"]:
        return _age(int(found["age"]), found["unit"], mark), ""
    if found["decade"]:
        if int(found["year"]) % 10:
            raise InputError(f"'{text}' is no decade", fix="write such as 1950s")
        return f"{int(found['year']) // 10:03d}X{mark}", ""
    year = f"{int(found['year']):04d}"
    if found["quarter"]:
        return f"{year}-{32 + int(found['quarter'])}{mark}", ""
    if not found["month"]:
        return year + mark, ""
    number = _MONTHS.get(found["month"].lower())
    if number is None:
        raise InputError(f"'{found['month']}' is no month", fix="write such as Jan or Dec")
    month = f"{year}-{number:02d}"
    if not found["day"]:
        return month + mark, ""
    return _moment(text, found, f"{month}-{int(found['day']):02d}", mark)


def _age(number: int, unit: str, mark: str) -> str:
    """Century 20 is 1901 to 2000, which no ``19XX`` says, so it becomes a set of days."""
    years = 100 if unit == "C" else 1000
    margin = years if mark else 0
    first = max((number - 1) * years + 1 - margin, 1)
    return f"[{first:04d}..{min(number * years + margin, 9999):04d}]"


def _moment(text: str, found: re.Match[str], day: str, mark: str) -> tuple[str, str]:
    """A doubt about the minute is no doubt about the day, but at the turn of the day it is."""
    if not found["hour"]:
        return day + mark, ""
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if hour > 23 or minute > 59 or int(found["second"] or 0) > 60:
        raise InputError(f"'{text}' names a time that does not exist")
    if mark:
        unit = 1 if found["minute"] else 60
        turning = hour * 60 + minute < unit or hour * 60 + minute > 24 * 60 - 1 - unit
        return day + (mark if turning else ""), ""
    if not found["minute"] or found["second"] == "60":
        return day, ""
    return day, f"{day}T{hour:02d}:{minute:02d}:{found['second'] or '00'}Z"
