"""One line of a brief, from one row of an answer."""

from __future__ import annotations

from kg import period
from kg.analytics.plans import NONE
from kg.dossier.model import Record
from kg.table import NOT_STATED, Cell, flat, many


def head(record: Record) -> str:
    """Say who holds the post that heads an organisation, and whether on the day."""
    term = flat(record["term in words"], " or ")
    held = next(flat(v) for k, v in record.items() if k.startswith("true on"))
    attested = flat(record["attested on"], ", ")
    seen = "" if attested == NOT_STATED else f", attested {attested}"
    return f"{record['person']}, {record['post']} (term: {term}{seen}); on the day: {held}"


def shared_line(record: Record) -> str:
    """Say in what both sides take part, each with its role and start."""
    sides = "; ".join(f"{record[f'actor {x}']}: {_part(record, x)}" for x in "ab")
    return f"{record['activity']} – {sides}{_renewed(record)}"


def shared_row(record: Record, pair: tuple[str, str]) -> tuple[str, ...]:
    """Return the same in cells: the activity, then what each side does in it.

    Args:
        record: A row of shared activities.
        pair: Labels of the two columns; a side of another name (the state of an agency) is named.
    """
    sides = (
        _part(record, x)
        if record[f"actor {x}"] == name
        else f"{record[f'actor {x}']}: {_part(record, x)}"
        for x, name in zip("ab", pair, strict=True)
    )
    return (f"{record['activity']}{_renewed(record)}", *sides)


def _part(record: Record, side: str) -> str:
    return f"{_role(record[f'role {side}'])}, {_since(record[f'since {side}'])}"


def _renewed(record: Record) -> str:
    renewed = flat(record.get("renewed in words", NOT_STATED), " or ")
    return "" if renewed == NOT_STATED else f"; renewed {renewed}"


def _role(cell: Cell) -> str:
    role = flat(cell, ", ")
    return "role not stated" if role == NOT_STATED else role


def _since(cell: Cell) -> str:
    said = [period.describe(t) for t in many(cell) if t != NOT_STATED]
    return " or ".join(said) or "start not stated"


def event(record: Record) -> str:
    """Say what kind of event it was, with whom, where and when."""
    what = flat(record["object"]) if record["object"] != NOT_STATED else flat(record["name"])
    kind = flat(record["kind"], ", ").capitalize()
    agents, place = flat(record["agent"], ", "), flat(record["place"], ", ")
    outcome = flat(record["outcome"])
    said = f"{kind} ({what.replace('-', ' ')}): {agents}; place {place}; "
    said += flat(record["date in words"], " or ")
    return said if outcome == NOT_STATED else f"{said}. {outcome}"


def plan(record: Record) -> str:
    """Say what was planned, and what became of it."""
    happened = flat(record["happened"], ", ")
    what = f"{record['plan']} – window {flat(record['window'])}, announced {record['announced']}"
    done = "" if happened == NONE else f": {flat(record['event'])}, {happened}"
    return f"{what} → {record['outcome']}{done}"


def count(record: Record) -> str:
    """Say what was counted, by whom, as of when."""
    number = flat(record["value"])
    if number == NOT_STATED:
        number = f"at least {flat(record['at least'])}"
    by = flat(record["reported by"], ", ")
    return f"{record['about']}: {record['measure']} {number}, {record['as of in words']}, says {by}"


def conflict(record: Record) -> str:
    """Say what is told differently, each side with the kind of its source."""
    return f"{record['about']}, {record['property']}: {flat(record['value'])}"
