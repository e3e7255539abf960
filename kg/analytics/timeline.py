"""Everything dated about one thing, in order."""

from __future__ import annotations

from datetime import date

from kg import period, phrase
from kg.analytics import _cells, _facts, _options
from kg.analytics._options import Plain
from kg.errors import KGError
from kg.evidence import Support, supports
from kg.namespaces import sp
from kg.period import Period
from kg.store import View
from kg.table import EVIDENCE, NOT_STATED, Cell, Table

DEFINITION = (
    "every claim about the thing, or about a post in it, one row a fact and date; dates are EDTF; "
    "sorted by the first day a date can mean; a date is uncertain when it can mean more than one "
    "day, month or year as written, or a side of it is not stated"
)


def run(view: View, *, entity: str = "", undated: Plain = False, **others: Plain) -> Table:
    """List the dated facts of one thing.

    Args:
        view: The documents that count.
        entity: Name of the thing; required.
        undated: Add the facts without a date at the end.
        **others: None is known.

    Returns:
        One row a fact and date: date, instant where stated, what, how the thing takes part,
        whether the date is uncertain, and the evidence.

    Raises:
        KGError: If no thing is named, the name means nothing, or an option is unknown.
    """
    _options.refuse(others, ("entity", "undated"))
    if not entity:
        raise KGError("no thing is named", fix="give entity=, such as entity=CSA")
    thing = _options.entity(view, entity)
    show = _options.flag("undated", undated)
    claims = _facts.about(view, thing)
    support = supports(view, claims)
    groups: dict[tuple[str, str], list[str]] = {}
    for fact, found in _facts.by_fact(view, claims).items():
        for claim in found:
            groups.setdefault((_facts.edtf(view, claim), fact), []).append(claim)
    without = sum(not edtf for edtf, _ in groups)
    kept = [(k, c) for k, c in groups.items() if k[0] or show]
    kept.sort(key=lambda item: (_order(item[0][0]), item[0]))
    rows = [_row(view, thing, edtf, [support[c] for c in found]) for (edtf, _), found in kept]
    more = f"facts without a date: {without}{'' if show else ' (left out)'}"
    columns = ("date", "instant", "what", "part", "uncertain", *EVIDENCE)
    title = f"Timeline of {view.label(thing)}"
    return Table(columns, tuple(rows), title, _cells.notes(view, DEFINITION, more))


def _row(view: View, thing: str, edtf: str, found: list[Support]) -> tuple[Cell, ...]:
    head = found[0].claim
    instants = sorted({t for s in found for t in view.objects(s.claim, sp("atTime"))})
    part = _facts.roles_in(view, head, thing) or "through a post"
    return (
        edtf or NOT_STATED,
        ", ".join(instants),
        phrase.phrase(view, head),
        part,
        _uncertain(edtf),
        *_cells.evidence(found),
    )


def _order(edtf: str) -> tuple[bool, date, date]:
    """Sort key: undated last; a start that is not stated sorts by the end."""
    if not edtf:
        return True, date.max, date.max
    extent = period.parse(edtf)
    last = extent.end_latest or date.max
    return False, extent.start_earliest or last, last


def _uncertain(edtf: str) -> str:
    if not edtf:
        return "date not stated"
    if "X" in edtf or edtf[-1:] in "?~%" or "?/" in edtf or "~/" in edtf or "%/" in edtf:
        return "approximate"
    if edtf.startswith("["):
        return "one day of a set"
    return _sides(period.parse(edtf))


def _sides(extent: Period) -> str:
    if extent.kind == "interval" and not extent.start_earliest and not extent.start_latest:
        return "start not stated"
    if extent.kind == "interval" and not extent.open_end and not extent.end_latest:
        return "end not stated"
    return ""
