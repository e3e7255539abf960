"""In which years a link holds, surely or perhaps, from the four bounds of its periods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import groupby

from kg import period
from kg.period import Answer
from kg.projection import Filter

Said = tuple[str, tuple[str, ...]]
"""Period (EDTF, or "") of a claim, and the days on which a document states it to be true."""
_ORDER = (Answer.YES, Answer.POSSIBLE, Answer.NO)


def spans(said: Iterable[Said], first: int, last: int) -> tuple[tuple[int, int, str], ...]:
    """Say for each year whether one of the claims of a link holds then.

    Args:
        said: The claims. Where one has a date, those without are not asked.
        first: First year.
        last: Last year.

    Returns:
        Runs of years (first, last, answer) in order, without those in which the answer is no;
        empty where no claim has a date.
    """
    claims = list(said)
    dated = [claim for claim in claims if claim[0]] or [claim for claim in claims if claim[1]]
    if not dated:
        return ()
    breaks = {first, *(y for claim in dated for y in _breaks(claim) if first < y <= last)}
    starts = sorted(breaks)
    ends = [*(y - 1 for y in starts[1:]), last]
    answers = [_best([_in(claim, year) for claim in sorted(set(dated))]) for year in starts]
    return tuple(_joined(list(zip(starts, ends, answers, strict=True))))


def _best(answers: list[Answer]) -> Answer:
    return next((a for a in _ORDER if a in answers), Answer.NOT_STATED)


@lru_cache(maxsize=65536)
def _breaks(claim: Said) -> frozenset[int]:
    """Years in which the answer can change: at each bound and statement, and just after."""
    edtf, attested = claim
    days = [date.fromisoformat(day) for day in attested]
    if edtf:
        p = period.parse(edtf)
        bounds = (p.start_earliest, p.start_latest, p.end_earliest, p.end_latest)
        days += [day for day in bounds if day]
    return frozenset(year for day in days for year in (day.year, day.year + 1))


@lru_cache(maxsize=65536)
def _in(claim: Said, year: int) -> Answer:
    edtf, attested = claim
    days = [date.fromisoformat(day) for day in attested]
    if not edtf:
        return Answer.YES if any(day.year == year for day in days) else Answer.NOT_STATED
    return Filter(from_year=year, to_year=year).when(period.parse(edtf), days)


def _joined(runs: list[tuple[int, int, Answer]]) -> Iterator[tuple[int, int, str]]:
    for answer, group in groupby(runs, key=lambda run: run[2]):
        years = list(group)
        if answer is not Answer.NO:
            yield years[0][0], years[-1][1], str(answer)
