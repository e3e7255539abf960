"""Options of analyses: plain values, from Python or from a command line, checked in one place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import TypeAlias

from kg import names, period
from kg.errors import KGError, suggest
from kg.projection import Filter
from kg.store import View

Plain: TypeAlias = "str | int | float | bool | date | Sequence[str] | None"
FILTERS = tuple(f.name for f in fields(Filter))


def refuse(options: Mapping[str, Plain], known: Iterable[str]) -> None:
    """Refuse options that nothing reads.

    Args:
        options: What is left over.
        known: Names of the options of the analysis.

    Raises:
        KGError: If any is left; the message suggests the nearest name.
    """
    for name in sorted(options):
        names_known = sorted(known)
        fix = suggest(name, names_known) or "known: " + (", ".join(names_known) or "none")
        raise KGError(f"unknown option '{name}'", fix=fix)


def filter_of(options: Mapping[str, Plain], known: Iterable[str] = (), **defaults: Plain) -> Filter:
    """Return the filter that options describe.

    Args:
        options: Values of :class:`kg.projection.Filter`, as text or plain values. Lists may be
            given as one text with commas.
        known: Names of further options of the analysis, for the message.
        **defaults: Used where an option is not given.

    Raises:
        KGError: If an option is unknown or has a value that cannot be.
    """
    refuse({k: v for k, v in options.items() if k not in FILTERS}, [*FILTERS, *known])
    given = {**defaults, **{k: v for k, v in options.items() if v is not None}}
    roles, statuses = listed(given.get("roles")), listed(given.get("statuses"))
    chosen = Filter(
        level=str(given.get("level") or "agency"),
        roles=roles or None,
        classes=listed(given.get("classes")),
        statuses=statuses or None,
        from_year=year("from_year", given.get("from_year")),
        to_year=year("to_year", given.get("to_year")),
        on=day("on", given.get("on")),
        dated_only=flag("dated_only", given.get("dated_only")),
    )
    chosen.rule(), chosen.role_iris(), chosen.status_iris(), chosen.class_iris()
    return chosen


def listed(value: Plain) -> tuple[str, ...]:
    """Return a list given as a sequence, or as one text with commas."""
    if value is None or value == "":
        return ()
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, Sequence):
        raise KGError(f"'{value}' is no list", fix="write words with commas between them")
    return tuple(str(part).strip() for part in parts)


def integer(name: str, value: Plain, low: int = 0, high: int = 1_000_000) -> int:
    """Return a whole number.

    Raises:
        KGError: If it is none, or out of range.
    """
    try:
        number = int(str(value))
    except ValueError:
        raise KGError(f"{name} is '{value}'", fix=f"give a number, {low} to {high}") from None
    if not low <= number <= high:
        raise KGError(f"{name} is {number}", fix=f"give a number, {low} to {high}")
    return number


def real(name: str, value: Plain, low: float, high: float) -> float:
    """Return a number.

    Raises:
        KGError: If it is none, or out of range.
    """
    try:
        number = float(str(value))
    except ValueError:
        number = float("nan")
    if not low <= number <= high:
        raise KGError(f"{name} is '{value}'", fix=f"give a number, {low} to {high}")
    return number


def year(name: str, value: Plain) -> int | None:
    """Return a year, or None where none is given."""
    return None if value in (None, "") else integer(name, value, 1, 9999)


def day(name: str, value: Plain) -> date | None:
    """Return a day, or None where none is given.

    Raises:
        KGError: If it is not written YYYY-MM-DD.
    """
    if value in (None, ""):
        return None
    if isinstance(value, date):
        return value
    try:
        return period.day(str(value))
    except KGError as error:
        raise KGError(f"{name}: {error.message}", fix=error.fix) from None


def flag(name: str, value: Plain) -> bool:
    """Return a yes or no.

    Raises:
        KGError: If it is neither.
    """
    text = str(value or "false").casefold()
    if text not in {"true", "false", "yes", "no", "1", "0"}:
        raise KGError(f"{name} is '{value}'", fix="write true or false")
    return text in {"true", "yes", "1"}


def choice(name: str, value: Plain, known: Sequence[str]) -> str:
    """Return one of some words.

    Raises:
        KGError: If it is none of them.
    """
    if value not in known:
        fix = suggest(str(value), known) or "known: " + ", ".join(known)
        raise KGError(f"{name} is '{value}'", fix=fix)
    return str(value)


def entity(view: View, value: Plain) -> str:
    """Return the IRI of what a name means, or "" for an empty name.

    Raises:
        UnknownNameError: If nothing, or more than one thing, has the name.
    """
    return names.resolve(view, str(value)) if value else ""


def things(view: View, value: Plain | Sequence[str]) -> frozenset[str]:
    """Return the IRIs of what one or several names mean; none for an empty name.

    Raises:
        UnknownNameError: If nothing, or more than one thing, has a name.
    """
    given = [value] if isinstance(value, str) else value if isinstance(value, Sequence) else []
    return frozenset(entity(view, name) for name in given if name)
