"""The two clocks of a page: which documents count, and the day that is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.errors import QueryError
from kg.pages.http import Request
from kg.pages.memory import Memory
from kg.pages.site import Site
from kg.parameters import day_of
from kg.restrict import why_left_out

CLOCKS = ("on", "as_of")


@dataclass(frozen=True)
class Scope:
    """What a page speaks of.

    Attributes:
        view: The documents that count.
        on: Day for "true then", or None.
        as_of: Day for "known then", or None.
    """

    view: Memory
    on: date | None = None
    as_of: date | None = None

    @property
    def clocks(self) -> tuple[tuple[str, str], ...]:
        """The parameters that links carry along."""
        days = zip(CLOCKS, (self.on, self.as_of), strict=True)
        return tuple((name, day.isoformat()) for name, day in days if day)

    @property
    def left_out(self) -> str:
        """Say how many documents are left out and why, or ""."""
        return why_left_out(self.view)


def scope_of(site: Site, request: Request) -> Scope:
    """Return the scope that a request asks for.

    Raises:
        QueryError: If a day is none.
    """
    days = {}
    for name in CLOCKS:
        try:
            days[name] = day_of(request.get(name))
        except QueryError as error:
            field = {"on": "True on", "as_of": "Known by"}[name]
            raise QueryError(f"{field}: {error.message}", fix=error.fix) from None
    return Scope(site.view(days["as_of"]), days["on"], days["as_of"])
