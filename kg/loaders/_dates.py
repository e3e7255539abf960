"""Dates as tables write them, to what a property asks for: EDTF, an instant, or a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from kg import period
from kg.errors import InputError
from kg.loaders import _vague

_ISO = re.compile(
    r"(?P<date>\d{4}(?:-\d\d(?:-\d\d)?)?)"
    r"(?:[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?)?",
    re.ASCII,
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TIMED = ("%H", "%I", "%X", "%c", "%T")


@dataclass(frozen=True, slots=True)
class Form:
    """How a column writes its dates.

    Attributes:
        patterns: ``edtf``, ``iso``, ``gcat`` or strptime patterns, tried in order.
        kind: What comes out: "edtf", "instant" or "day".
        utc: Times without a zone are in UTC.
        pivot: Latest year that a year of two digits can mean, or 0.
    """

    patterns: tuple[str, ...]
    kind: str
    utc: bool = False
    pivot: int = 0


@lru_cache(maxsize=131072)
def convert(text: str, form: Form) -> str:
    """Return a date in the form that is wanted, or "" if it is not precise enough for that.

    Raises:
        InputError: If it fits none of the patterns, or names a day that does not exist.
    """
    edtf, instant = _tried(text, form)
    if form.kind == "instant":
        return instant
    if edtf:
        period.parse(edtf)
    if form.kind == "day":
        return edtf if _DAY.fullmatch(edtf) else ""
    return edtf


def _tried(text: str, form: Form) -> tuple[str, str]:
    errors = []
    for pattern in form.patterns:
        try:
            return _read(text, pattern, form)
        except InputError as error:
            errors.append(error)
    if len(errors) == 1:
        raise errors[0]
    raise InputError(f"'{text}' is no date of the forms {', '.join(form.patterns)}")


def _read(text: str, pattern: str, form: Form) -> tuple[str, str]:
    if pattern == "edtf":
        return text, text if text.endswith("Z") else ""
    if pattern == "gcat":
        edtf, instant = _vague.parse(text)
        period.parse(edtf)
        return edtf, instant
    if pattern == "iso":
        return _iso(text, form)
    return _strptime(text, pattern, form)


def _iso(text: str, form: Form) -> tuple[str, str]:
    found = _ISO.fullmatch(text)
    if not found:
        raise InputError(f"'{text}' is no ISO 8601 date", fix="write such as 1997-08-25T14:39:00Z")
    day, time, zone = found["date"], found["time"], found["zone"]
    period.parse(day)
    if not time or not (zone or form.utc) or len(day) != 10:
        return day, ""
    if zone and zone != "Z":
        zone = zone if ":" in zone or len(zone) == 3 else f"{zone[:3]}:{zone[3:]}"
        zone += "" if ":" in zone else ":00"
    try:
        return day, _utc(datetime.fromisoformat(f"{day}T{time}{zone or 'Z'}"))
    except ValueError:
        raise InputError(f"'{text}' names a time that does not exist") from None


def _strptime(text: str, pattern: str, form: Form) -> tuple[str, str]:
    try:
        found = datetime.strptime(text, pattern)
    except ValueError:
        raise InputError(f"'{text}' is no date of the form {pattern}") from None
    if "%y" in pattern and form.pivot:
        found = _century(found, form.pivot, text)
    whole = found.date().isoformat()
    exact = any(d in pattern for d in ("%d", "%j", "%x", "%c", "%D", "%F"))
    by_month = any(m in pattern for m in ("%m", "%b", "%B"))
    day = whole if exact else whole[:7] if by_month else whole[:4]
    if not exact or not any(t in pattern for t in _TIMED) or not (found.tzinfo or form.utc):
        return day, ""
    return day, _utc(found if found.tzinfo else found.replace(tzinfo=UTC))


def _century(found: datetime, pivot: int, text: str) -> datetime:
    """A year of two digits is the latest year not after the pivot."""
    year = pivot - (pivot - found.year) % 100
    try:
        return found.replace(year=year)
    except ValueError:
        raise InputError(f"'{text}' names a day that does not exist in {year}") from None


def _utc(moment: datetime) -> str:
    shifted = moment.astimezone(UTC) if moment.utcoffset() != timedelta() else moment
    return shifted.strftime("%Y-%m-%dT%H:%M:%SZ") if shifted.year >= 1000 else ""


def interval(start: str, end: str, empty: str) -> str:
    """Return the EDTF interval of two dates; "" if neither is known.

    Args:
        start: EDTF or "".
        end: EDTF or "".
        empty: What to write for an end that is not there: "" or "..".
    """
    if not start and not end:
        return ""
    found = f"{bound(start)}/{bound(end) or empty}"
    period.parse(found)
    return found


def bound(edtf: str) -> str:
    """Return a date that can be an end of an interval: a set cannot."""
    if edtf.startswith("["):
        raise InputError(f"'{edtf}' cannot begin or end an interval")
    return edtf


def known(patterns: Sequence[str]) -> str:
    """Return what is wrong with patterns of a mapping, or ""."""
    for pattern in patterns:
        if pattern not in {"edtf", "iso", "gcat"} and "%" not in pattern:
            return f"'{pattern}' is no form of dates"
    return ""
