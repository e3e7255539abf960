"""The day of something that happened: the most trustworthy of what its claims say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kg import period, vocab
from kg.analytics import _facts
from kg.evidence import Support
from kg.namespaces import iri, sp
from kg.store import View

FURTHEST = "9"
_DAY = timedelta(days=1)
_EASTMOST, _WESTMOST = timedelta(hours=14), timedelta(hours=-12)


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened, by its best claim.

    Attributes:
        text: The instant in UTC where one is stated, else the EDTF expression, or "".
        first: First day that it can mean (UTC where an instant is stated), or None.
        last: Last day that it can mean, or None.
        low: Earliest instant that it can mean in any time zone.
        high: Latest instant that it can mean in any time zone.
    """

    text: str = ""
    first: date | None = None
    last: date | None = None
    low: datetime = datetime.min
    high: datetime = datetime.max


def of_days(text: str, first: date | None, last: date | None) -> Moment:
    """Return the moment of one day out of a set whose time zone is not stated.

    Args:
        text: How it is written.
        first: First day, or None where there is no bound.
        last: Last day, or None where there is no bound.
    """
    low = datetime.combine(first, time()) - _EASTMOST if first else datetime.min
    high = datetime.combine(last, time()) + _DAY - _WESTMOST if last else datetime.max
    return Moment(text, first, last, low, high)


def window(edtf: str) -> Moment:
    """Return the window of a plan; without bounds when it is not stated."""
    return of_days(edtf, *period.bounds_of_set(period.parse(edtf))) if edtf else Moment()


def rank(support: Support) -> str:
    """Return the rank of the nearest source of a claim ("1" is nearest)."""
    words = vocab.load()
    found = [words.annotation(iri("tier:" + e.tier), "rank") for e in support.evidence if e.tier]
    return min((r for r in found if r), default=FURTHEST)


def moment(view: View, found: Iterable[Support]) -> Moment:
    """Return when an event was: an instant before a day, the nearest source before others.

    Args:
        view: The view.
        found: What supports the claims of the event.
    """
    options = []
    for support in found:
        instant = view.value(support.claim, sp("atTime"))
        edtf = _facts.edtf(view, support.claim)
        if instant or edtf:
            options.append((not instant, rank(support), instant or edtf))
    if not options:
        return Moment()
    _, _, text = min(options)
    if "T" not in text:
        return window(text)
    at = datetime.fromisoformat(text.removesuffix("Z"))
    return Moment(text, at.date(), at.date(), at, at)
