"""What a projection keeps: level, roles, classes, statuses and time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kg import vocab
from kg.errors import KGError, VocabularyError, suggest
from kg.namespaces import iri, prefixes, sp
from kg.period import Answer, Period

LEVELS = {"agency": "Organization", "state": "State"}
ANY = "all"
HELD = ("ongoing", "occurred")


@dataclass(frozen=True, slots=True)
class Filter:
    """What counts as a tie.

    Attributes:
        level: "agency" (organisations of every kind, no states) or "state" (states, with the
            ties of the agencies that act for them).
        roles: Slugs of roles, narrower ones included; "all" for any; None for the rule of the
            partnership edge: cooperative roles, and roles that are not stated.
        classes: Local names of classes of activities, subclasses included; empty for all.
        statuses: Slugs of statuses; None for ongoing and occurred (every status in the fully
            typed graph).
        from_year: Keep what can overlap this year or later.
        to_year: Keep what can overlap this year or earlier.
        on: Keep what can be true on this day.
        dated_only: Leave out what has no date at all.
    """

    level: str = "agency"
    roles: tuple[str, ...] | None = None
    classes: tuple[str, ...] = ()
    statuses: tuple[str, ...] | None = None
    from_year: int | None = None
    to_year: int | None = None
    on: date | None = None
    dated_only: bool = False

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            fix = suggest(self.level, LEVELS) or "known: " + ", ".join(LEVELS)
            raise KGError(f"unknown level '{self.level}'", fix=fix)
        for year in (self.from_year, self.to_year):
            if year is not None and not 1 <= year <= 9999:
                raise KGError(f"'{year}' is no year", fix="write one from 1 to 9999")
        if self.from_year and self.to_year and self.from_year > self.to_year:
            message = f"the window {self.from_year} to {self.to_year} runs backwards"
            raise KGError(message, fix="swap the two years")

    @property
    def window(self) -> tuple[date, date] | None:
        """First and last day of the window, or None when no year is given."""
        if self.from_year is None and self.to_year is None:
            return None
        return date(self.from_year or 1, 1, 1), date(self.to_year or 9999, 12, 31)

    @property
    def timed(self) -> bool:
        """True when the filter asks for a time."""
        return self.on is not None or self.window is not None

    @property
    def latest(self) -> date | None:
        """Last day of the time asked for, or None when none is asked for."""
        last = self.window[1] if self.window else None
        return min(d for d in (self.on, last) if d) if self.on or last else None

    def when(self, period: Period | None, attested: Iterable[date] = ()) -> Answer:
        """Say whether something falls in the time asked for.

        Args:
            period: Its period, or None where none is stated.
            attested: Days on which a document states it to be true.

        Returns:
            Answer: YES when no time is asked for.
        """
        days = sorted(attested)
        if self.dated_only and period is None:
            return Answer.NO
        answers = [Answer.YES]
        if self.on:
            answers.append(period.on(self.on, days) if period else Answer.NOT_STATED)
        if self.window:
            answers.append(overlap(period, self.window, days) if period else Answer.NOT_STATED)
        order = [Answer.NO, Answer.NOT_STATED, Answer.POSSIBLE, Answer.YES]
        return min(answers, key=order.index)

    def role_iris(self) -> frozenset[str] | None:
        """Return the IRIs of the roles kept, or None for any role.

        Raises:
            VocabularyError: If a slug is no role.
        """
        words = vocab.load()
        known = words.concepts[sp("Role")]
        if self.roles is None:
            return frozenset(r for r in known if words.annotation(r, "cooperative") == "true")
        if ANY in self.roles:
            return None
        wanted = {_concept("role", slug, known) for slug in self.roles}
        return frozenset(r for r in known if wanted & set(words.broader(r)))

    def status_iris(self) -> frozenset[str]:
        """Return the IRIs of the statuses kept.

        Raises:
            VocabularyError: If a slug is no status.
        """
        known = vocab.load().concepts[sp("Status")]
        return frozenset(_concept("status", s, known) for s in self.statuses or HELD)

    def class_iris(self) -> frozenset[str]:
        """Return the IRIs of the classes of activities kept; empty for all.

        Raises:
            VocabularyError: If a name is no class.
        """
        words = vocab.load()
        return frozenset(c for name in self.classes for c in words.subclasses(name))

    def rule(self) -> str:
        """Return the rule of an edge, in a sentence."""
        if self.roles is None:
            roles = "cooperative roles (sp:cooperative; a role that is not stated counts)"
        else:
            roles = "any role" if ANY in self.roles else f"roles {', '.join(self.roles)}"
        kinds = f", only {', '.join(self.classes)}" if self.classes else ""
        return f"{roles}; status {' or '.join(self.statuses or HELD)}{kinds}{self._time()}"

    def _time(self) -> str:
        parts = []
        if self.window:
            span = f"{self.from_year or '…'} to {self.to_year or '…'}"
            parts.append(f"each actor's time overlaps {span}")
        if self.on:
            parts.append(f"not excluded on {self.on}")
        if self.dated_only:
            parts.append("undated left out")
        return "".join(f"; {part}" for part in parts)


def overlap(period: Period, window: tuple[date, date], attested: Iterable[date] = ()) -> Answer:
    """Say whether a period has a day in common with a window.

    Args:
        period: An extent, or one day out of a set.
        window: First and last day.
        attested: Days on which a document states it to be true.
    """
    first, last = window
    low, high = period.start_earliest, period.end_latest
    if (low and low > last) or (high and high < first):
        return Answer.NO
    if period.kind == "set":
        return Answer.YES if _inside(low, high, window) else Answer.POSSIBLE
    if _inside(low, period.start_latest, window) or _inside(period.end_earliest, high, window):
        return Answer.YES
    days = sorted(attested)
    begun = [d for d in (period.start_latest, *days[:1]) if d]
    lasting = [d for d in (period.end_earliest, *days[-1:]) if d]
    if begun and lasting and min(begun) <= last and max(lasting) >= first:
        return Answer.YES
    return Answer.POSSIBLE


def _inside(low: date | None, high: date | None, window: tuple[date, date]) -> bool:
    return low is not None and high is not None and window[0] <= low and high <= window[1]


def _concept(prefix: str, slug: str, known: Iterable[str]) -> str:
    full = iri(f"{prefix}:{slug}")
    if full not in known:
        slugs = [k.removeprefix(prefixes()[prefix]) for k in known]
        fix = suggest(slug, slugs) or "known: " + ", ".join(sorted(slugs))
        raise VocabularyError(f"unknown {prefix} '{slug}'", fix=fix)
    return full
