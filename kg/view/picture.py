"""What the page shows: plain frozen values, no RDF inside.

The caller turns rows into these; the page never asks a store. Text may be anything, also hostile:
:func:`kg.safe.clean` is applied by the page to every string before it is written.
"""

from __future__ import annotations

from dataclasses import dataclass

NOT_AT_HAND = "text not at hand"
"""Value of :attr:`Fact.quote` when the quoted characters are not with us; the gist is shown."""

GROUPS: dict[str, str] = {
    "actor": "Organisations",
    "state": "States",
    "person": "People",
    "mission": "Missions",
    "agreement": "Agreements",
    "object": "Space objects",
    "activity": "Activities",
    "event": "Events",
    "other": "Other",
}
"""The coarse groups and their headings in the legend. An unknown group is shown as ``other``."""

STATUSES: dict[str, str] = {
    "occurred": "occurred",
    "ongoing": "ongoing",
    "planned": "planned",
    "intended": "intended",
    "cancelled": "cancelled",
}
"""The statuses, in the order of the legend. Any other value is shown as *not stated*."""

DEFINITION = "A line is what a document says of two things; it opens on the evidence."
"""What a line means, where the caller does not say it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement with the document that makes it.

    ``quote`` holds the quoted characters, or :data:`NOT_AT_HAND`; ``gist`` is our own wording.
    """

    text: str
    status: str = ""
    attribution: str = ""
    period: str = ""
    document: str = ""
    document_title: str = ""
    publisher: str = ""
    issued: str = ""
    locator: str = ""
    quote: str = NOT_AT_HAND
    gist: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A thing drawn as a symbol: ``kind`` is its class label, ``group`` one of :data:`GROUPS`."""

    id: str
    label: str
    kind: str
    group: str = "other"
    facts: tuple[Fact, ...] = ()
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between two nodes. ``start`` and ``end`` are EDTF, shown as they are.

    The years are what the filter uses: ``None`` is an open side, both ``None`` is undated.
    ``role`` and ``attribution`` may hold several words joined by a slash; the filters take each
    by itself. ``directed`` draws an arrow head at the target.

    ``spans`` says in which years it holds: (first year, last year, "yes" or "possible"), runs in
    order; a year in none of them is a no. Empty: the date is not stated. None: nobody has worked
    it out, and every year between the two counts as possible.
    """

    source: str
    target: str
    label: str
    role: str = ""
    status: str = "occurred"
    attribution: str = "asserted"
    start: str | None = None
    end: str | None = None
    first_year: int | None = None
    last_year: int | None = None
    facts: tuple[Fact, ...] = ()
    directed: bool = False
    spans: tuple[tuple[int, int, str], ...] | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole input of :func:`kg.view.render`.

    ``sources`` are attribution lines, ``today`` is the day as of which the picture speaks, and
    ``definition`` says what a line means; the three stand under every picture that is saved.
    """

    title: str
    subtitle: str = ""
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    sources: tuple[str, ...] = ()
    today: str = ""
    definition: str = DEFINITION
