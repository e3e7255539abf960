"""Run a named query on a view, and put the evidence of each row beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kg import kept, period, rows
from kg.errors import QueryError
from kg.evidence import Support, supports
from kg.parameters import day_of, terms
from kg.period import Answer
from kg.questions import Query, bind, find
from kg.restrict import counted
from kg.rows import Row
from kg.store import View
from kg.table import EVIDENCE, NOT_STATED, Cell, Table


def run(
    view: View,
    name: str,
    parameters: Mapping[str, str] | None = None,
    *,
    on: date | None = None,
    names_in: View | None = None,
    languages: Sequence[str] = ("en",),
    most: int = 0,
) -> Table:
    """Run a named query.

    Args:
        view: The documents that count.
        name: Name of the query, or id of a question such as "q01".
        parameters: Values by parameter name, as text.
        on: Day for which each row says whether it is true then.
        names_in: The full view, in which names are looked up; by default `view`.
        languages: Languages of labels, best first.
        most: Give only so many rows, the first ones, and say how many there are; 0 for all.

    Returns:
        Table: with the evidence of each row in its last columns.

    Raises:
        QueryError: If a value does not fit.
        UnknownNameError: If the query or a parameter is unknown, or a value names nothing, or more
            than one thing.
    """
    query, preset = find(name)
    given = {**preset, **(parameters or {})}
    day = on or day_of(given.pop("on", "") or query.on)
    assume = given.get("assume_continuity") == "true"
    values = terms(view, names_in or view, query, given)
    search = given.get(query.search, "")
    enough = 0 if day or search else most  # what decides on a row needs the evidence of all
    found, total = _answer(view, query, bind(query, values), languages, enough)
    table = _finish(view, query, found, day, search, assume)
    return table.first(most, total if len(found) < total else 0)


def claims_of(view: View, name: str, *, names_in: View | None = None) -> set[str]:
    """Return the claims that the rows of a query rest on, asked with its defaults.

    Args:
        view: The documents that count.
        name: Name of the query, or id of a question.
        names_in: The full view, in which names are looked up; by default `view`.

    Raises:
        QueryError: If the query is unknown or names no evidence.
    """
    query, preset = find(name)
    if not query.evidence:
        raise QueryError(f"{name} rests on no claims", fix="choose a query that has evidence")
    values = terms(view, names_in or view, query, preset)
    found, _ = _answer(view, query, bind(query, values))
    return {c for row in found for claims in row.claims.values() for c in claims}


def _answer(
    view: View, query: Query, asked: str, languages: Sequence[str] = ("en",), most: int = 0
) -> tuple[list[Row], int]:
    """Return the first rows, or all, and how many there are: those that the build kept, or anew."""
    known = kept.find(view, query.name, asked, languages, most)
    return known or rows.of(view, query, asked, languages, most)


def _finish(
    view: View, query: Query, found: list[Row], day: date | None, search: str, assume: bool
) -> Table:
    claims = [c for row in found for said in row.claims.values() for c in said]
    known = supports(view, claims) if claims else {}
    finished = []
    for row in found:
        answer = answer_on(row.claims, known, day, assume) if day else ""
        if answer in query.drop or (search and not _says(row, known, search)):
            continue
        finished.append((row, answer))
    columns = _columns(query, found, day)
    body = tuple(_cells(query, row, known, answer) for row, answer in finished)
    return Table(columns, body, query.title, _notes(view, query, body))


def _columns(query: Query, found: list[Row], day: date | None) -> tuple[str, ...]:
    variables = list(found[0].cells) if found else _projected(query)
    shown: list[str] = []
    for name in variables:
        shown.append(name.replace("_", " "))
        if name in query.words:
            shown.append(name.replace("_", " ") + " in words")
    when = [f"true on {day}"] if day else []
    return (*shown, *when, *(EVIDENCE if query.evidence else ()))


def _projected(query: Query) -> list[str]:
    head = re.search(r"SELECT\s+(?:DISTINCT\s+)?(.*?)\s*(?:WHERE\s*)?\{", query.text, re.DOTALL)
    found = re.findall(r"(?:AS\s+\?(\w+)\s*\))|\?(\w+)(?=[^()]*(?:\(|$))", head[1] if head else "")
    flat = [a or b for a, b in found]
    return [v for v in flat if v not in query.evidence]


def _cells(query: Query, row: Row, known: Mapping[str, Support], answer: str) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for name, found in row.cells.items():
        stated = found if len(found) == 1 else sorted(t for t in found if t != NOT_STATED)
        cells.append(stated[0] if len(stated) == 1 else tuple(stated))
        if name in query.words:
            said = [period.describe(t) if t != NOT_STATED else t for t in stated]
            cells.append(said[0] if len(said) == 1 else tuple(said))
    if answer:
        cells.append(answer)
    if query.evidence:
        cells += evidence_cells([known[c] for found in row.claims.values() for c in sorted(found)])
    return tuple(cells)


def evidence_cells(found: Sequence[Support]) -> list[Cell]:
    """Return the evidence cells of some claims: modality, document, locator, words."""
    unique = {(s.modality, e) for s in found for e in s.evidence}
    ordered = sorted(unique, key=lambda pair: (pair[1].document, _position(pair[1].locator), pair))
    modality = tuple(sorted({s.modality for s in found}))
    documents = tuple(e.document for _, e in ordered)
    locators = tuple(e.place for _, e in ordered)
    quotes = tuple(e.words for _, e in ordered)
    columns = (modality, documents, locators, quotes)
    return [c[0] if len(c) == 1 else c or NOT_STATED for c in columns]


def _position(locator: str) -> int:
    digits = re.search(r"\d+", locator)
    return int(digits[0]) if digits else 0


def answer_on(
    claims: Mapping[str, Iterable[str]], known: Mapping[str, Support], day: date, assume: bool
) -> str:
    """Say whether a row is true on a day: each part by its best fact, the row by its weakest.

    Args:
        claims: Claims by the variable that they are bound to.
        known: Their supports.
        day: The day.
        assume: Whether a tenure attested on another day may be taken to last (labelled inferred).
    """
    parts: list[Answer] = []
    contested = False
    for found in claims.values():
        by_fact: dict[str, list[Support]] = {}
        for claim in found:
            by_fact.setdefault(known[claim].fact, []).append(known[claim])
        said = [_answers(claims_of_fact, day) for claims_of_fact in by_fact.values()]
        agreed = {_best(a) for a in said if not {Answer.YES, Answer.NO} <= a}
        contested |= not agreed and bool(by_fact)
        parts.append(_best(agreed))
    if contested:
        return "contested"
    if not parts:
        return NOT_STATED
    weakest = period.combine(parts)
    if weakest is Answer.NOT_STATED and assume:
        return "yes (inferred: continuity assumed)"
    return str(weakest)


def _answers(found: Sequence[Support], day: date) -> set[Answer]:
    """Answers of the claims of one fact: an open end does not outlast an end that is stated."""
    over = any(s.over(day) for s in found)
    answers = {s: s.on(day) for s in found}
    vague = (Answer.POSSIBLE, Answer.NOT_STATED)
    return {
        answer
        for s, answer in answers.items()
        if not (over and answer in vague and (not s.period or s.period.endswith("/..")))
    }


def _best(answers: Iterable[Answer]) -> Answer:
    order = (Answer.YES, Answer.POSSIBLE, Answer.NOT_STATED, Answer.NO)
    return next((a for a in order if a in set(answers)), Answer.NOT_STATED)


def _says(row: Row, known: Mapping[str, Support], words: str) -> bool:
    """Where the text is at hand its characters decide; elsewhere nothing is ruled out."""
    evidence = [e for found in row.claims.values() for c in found for e in known[c].evidence]
    return any(not e.quote or words.casefold() in e.quote.casefold() for e in evidence)


def _notes(view: View, query: Query, body: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    notes = list(query.notes)
    if query.search and any("text not at hand" in str(row[-1]) for row in body):
        notes.append("where the text is not at hand its words could not be searched")
    return (*notes, counted(view))
