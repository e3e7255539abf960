"""Times as Wikidata writes them, to EDTF.

Reference: Wikibase data model, time values: precision 11 is a day, 10 a month, 9 a year, 8 a
decade, 7 a century (https://www.mediawiki.org/wiki/Wikibase/DataModel). The 20th century is
1901 to 2000.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

JULIAN = "Q1985786"
CIRCA = "Q5727902"
_TIME = re.compile(
    r"([+-]?)(\d{1,16})(?:-(\d\d)(?:-(\d\d))?)?(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?", re.ASCII
)
_CENTURY, _DECADE, _YEAR, _MONTH, _DAY = range(7, 12)


def of_json(value: Mapping[str, Any]) -> str:
    """Return the EDTF expression of a time value of entity JSON, or "" if there is none for it."""
    julian = str(value.get("calendarmodel", "")).endswith(JULIAN)
    try:
        return edtf(str(value.get("time", "")), int(value.get("precision", 0)), julian)
    except (TypeError, ValueError):
        return ""


def of_text(text: str) -> str:
    """Return the EDTF expression of a time without precision, as in simple RDF statements.

    The first of January stands for a year as well as for that day, and the first of a month for
    the month; so the wider one is returned.
    """
    found = _TIME.fullmatch(text.strip())
    if not found:
        return ""
    _, _, month, day = found.groups()
    if month in {None, "00"} or (month == "01" and day in {None, "00", "01"}):
        precision = _YEAR
    else:
        precision = _MONTH if day in {None, "00", "01"} else _DAY
    return edtf(text.strip(), precision)


@lru_cache(maxsize=65536)
def edtf(time: str, precision: int, julian: bool = False) -> str:
    """Return the EDTF expression of a time.

    Args:
        time: Such as ``+1958-07-29T00:00:00Z``; parts that are not known may be 00.
        precision: 7 (century) to 11 (day); of anything finer or coarser nothing is said.
        julian: True for a date in the Julian calendar. A day is converted; of a month only the
            year is kept, for it does not coincide with one of ours.
    """
    found = _TIME.fullmatch(time)
    if not found or found[1] == "-" or not _CENTURY <= precision <= _DAY:
        return ""
    year, month, day = int(found[2]), int(found[3] or 0), int(found[4] or 0)
    if not 1 <= year <= 9999:
        return ""
    if precision == _CENTURY:
        first = (year - 1) // 100 * 100 + 1
        return f"[{first:04d}..{first + 99:04d}]"
    if precision == _DECADE:
        return f"{year // 10:03d}X"
    if precision == _YEAR or not 1 <= month <= 12 or (precision == _MONTH and julian):
        return f"{year:04d}"
    if precision == _MONTH or not day:
        return f"{year:04d}-{month:02d}"
    return _gregorian(year, month, day) if julian else _whole(year, month, day)


def _whole(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _gregorian(year: int, month: int, day: int) -> str:
    """Convert a day of the Julian calendar, by the days since the first of March of year 0."""
    shifted, passed = (year, month - 3) if month > 2 else (year - 1, month + 9)
    days = 365 * shifted + shifted // 4 + (153 * passed + 2) // 5 + day
    try:
        return date.fromordinal(days - 308).isoformat() if day <= 31 else ""
    except (OverflowError, ValueError):
        return ""
