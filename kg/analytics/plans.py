"""The plan tracker: what was announced, and what became of it as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kg import phrase, vocab
from kg.analytics import _cells, _facts, _options, _time
from kg.analytics._options import Plain
from kg.analytics._time import Moment
from kg.evidence import Support, supports
from kg.namespaces import RDF_TYPE, sp
from kg.projection import realizations
from kg.store import View
from kg.table import EVIDENCE, NOT_STATED, Cell, Table

DEFINITION = (
    "a plan is realised when an event that fulfils it (sp:realizes) can lie in its window, "
    "realised late or early when the event lies outside in every time zone, changed when a later "
    "announcement of the same plan gives another window, cancelled when a document says so, open "
    "while its window lasts, unconfirmed when the window is over and nothing is recorded (never: "
    "did not happen); intentions are not evaluable"
)
OUTCOMES = (
    "realised", "realised early", "realised late", "changed", "unconfirmed", "cancelled", "open",
    "not evaluable",
)  # fmt: skip
NONE = "none recorded"


def run(
    view: View, *, about: str | Sequence[str] = "", outcome: str = "", **others: Plain
) -> Table:
    """List plans and intentions with their outcome as of the day of the view.

    Args:
        view: The documents that count; outcomes are as of its `today`.
        about: Only plans that concern this thing, or one of these (or an event that realises
            them does); all when empty.
        outcome: Only plans with this outcome; all when empty.
        **others: None is known.

    Returns:
        One row a plan, window and day of announcement, by announcement; with who (or what, where
        no one is named) is to carry it out, the event that realises it, its time, the lag in days
        after the announcement, and the evidence of both.

    Raises:
        KGError: If an option is unknown, an outcome does not exist, or a name means nothing.
    """
    _options.refuse(others, ("about", "outcome"))
    wanted = _options.things(view, about)
    if outcome:
        _options.choice("outcome", outcome, OUTCOMES)
    plans = [p for p in _plans(view) if not wanted or p.concerns(view, wanted)]
    rows = sorted((p.row(view) for p in plans), key=lambda r: (r[3], r[2], r[0], r[1]))
    if outcome:
        rows = [row for row in rows if row[4] == outcome]
    columns = (
        "plan", "by", "window", "announced", "outcome", "event", "happened", "lag_days",
        *EVIDENCE,
    )  # fmt: skip
    notes = _cells.notes(view, DEFINITION, f"outcomes as of {view.today}")
    return Table(columns, tuple(rows), f"Plans and what became of them by {view.today}", notes)


@dataclass(slots=True)
class _Plan:
    """One announcement of one plan: equal window and equal day of announcement."""

    claims: list[Support]
    others: list[Support]
    events: list[Support]
    window: str
    announced: str
    intention: bool

    def row(self, view: View) -> tuple[Cell, ...]:
        head = self.claims[0].claim
        happened = _time.moment(view, self.events)
        agents = _of(view, self.claims, "agent") or _of(view, self.claims, "instrument")
        return (
            phrase.heading(view, head),
            _facts.labels(view, agents) or NOT_STATED,
            self.window or NOT_STATED,
            self.announced or NOT_STATED,
            self.outcome(view, happened),
            phrase.heading(view, self.events[0].claim) if self.events else NONE,
            happened.text or (NOT_STATED if self.events else NONE),
            self._lag(happened),
            *_cells.evidence([*self.claims, *self.events]),
        )

    def concerns(self, view: View, wanted: frozenset[str]) -> bool:
        """Say whether it, or an event that realises it, speaks of one of some things."""
        found = [*self.claims, *self.events]
        return any(wanted & _facts.mentions(view, s.claim) for s in found)

    def outcome(self, view: View, happened: Moment) -> str:
        """Return the outcome as of the day of the view."""
        if self.intention:
            return "not evaluable"
        wanted = _time.window(self.window)
        if self.events:
            late, early = happened.low > wanted.high, happened.high < wanted.low
            return "realised" + (" late" if late else " early" if early else "")
        if any(s.status == "cancelled" for s in [*self.claims, *self.others]):
            return "cancelled"
        if self._changed(view):
            return "changed"
        return "unconfirmed" if wanted.last and wanted.last < view.today else "open"

    def _changed(self, view: View) -> bool:
        mine = _time.window(self.window)
        for other in self.others:
            later = view.value(other.claim, sp("announcedOn"))
            theirs = _time.window(_facts.edtf(view, other.claim))
            apart = theirs.low > mine.high or theirs.high < mine.low
            if self.announced and later > self.announced and apart:
                return True
        return False

    def _lag(self, happened: Moment) -> str:
        if not self.announced or not happened.first or not happened.last:
            return NOT_STATED
        day = date.fromisoformat(self.announced)
        low, high = ((d - day).days for d in (happened.first, happened.last))
        return str(low) if low == high else f"{low} to {high}"


def _of(view: View, found: Iterable[Support], name: str) -> set[str]:
    return {value for s in found for value in view.objects(s.claim, sp(name))}


def _plans(view: View) -> list[_Plan]:
    """Return every announcement of every plan and intention."""
    words = vocab.load()
    kinds = {name: words.subclasses(name) for name in ("PlannedEvent", "Intention")}
    claims = {c: n for n, found in kinds.items() for k in found for c in view.subjects(RDF_TYPE, k)}
    facts = _facts.by_fact(view, claims)
    events = _events(view, facts)
    support = supports(view, [*claims, *(c for found in events.values() for c in found)])
    plans = []
    for fact, found in facts.items():
        happened = [support[c] for c in events.get(fact, [])]
        for (window, announced), group in _announcements(view, found).items():
            mine = [support[c] for c in group]
            others = [support[c] for c in found if c not in group]
            intention = claims[found[0]] == "Intention"
            plans.append(_Plan(mine, others, happened, window, announced, intention))
    return plans


def _announcements(view: View, claims: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for claim in claims:
        key = _facts.edtf(view, claim), view.value(claim, sp("announcedOn"))
        found.setdefault(key, []).append(claim)
    return dict(sorted(found.items()))


def _events(view: View, plans: Iterable[str]) -> dict[str, list[str]]:
    """Planned fact → the claims of the events that realise it."""
    wanted, found = set(plans), dict[str, list[str]]()
    for event, plan in realizations(view):
        if plan in wanted:
            found.setdefault(plan, []).extend(view.subjects(sp("ofFact"), event))
    return found
