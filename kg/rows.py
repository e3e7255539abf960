"""What the engine answers to a question, as rows in the order of their text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import pyoxigraph as ox

from kg.namespaces import curie, prefixes
from kg.questions import Query
from kg.store import View
from kg.table import NOT_STATED


@dataclass(slots=True)
class Row:
    """A row of an answer, without its evidence.

    Attributes:
        cells: Column → the texts of its values.
        claims: Variable of claims → the IRIs of those that the row rests on.
    """

    cells: dict[str, list[str]]
    claims: dict[str, set[str]] = field(default_factory=dict)


def of(
    view: View, query: Query, asked: str, languages: Sequence[str], most: int = 0
) -> tuple[list[Row], int]:
    """Return the first rows of an answer, or all, in the order of their text; and how many it has.

    Args:
        view: The documents that count.
        query: The question: which variables hold claims, and which share a row.
        asked: Its SPARQL, with what its parameters are bound to.
        languages: Languages of labels, best first.
        most: Give only so many; 0 for all.
    """
    solutions = view.select(asked)
    variables = [v.value for v in solutions.variables]
    shown = [(v, place) for place, v in enumerate(variables) if v not in query.evidence]
    claimed = [(v, variables.index(v)) for v in query.evidence]
    keys = [place for v, place in shown if v not in query.merge]
    found = [tuple(solution) for solution in solutions]
    names = _names(view, {row[p] for p in keys for row in found} - {None}, languages)
    names[None] = NOT_STATED
    grouped: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for terms_of in found:
        grouped.setdefault(tuple([names[terms_of[p]] for p in keys]), []).append(terms_of)
    chosen = [grouped[key] for key in sorted(grouped, key=_order)[: most or None]]
    merged = {row[p] for row in chain(*chosen) for v, p in shown if v in query.merge} - {None}
    names |= _names(view, merged - names.keys(), languages)
    return [_row(some, shown, claimed, names) for some in chosen], len(grouped)


def _row(
    found: Sequence[tuple[Any, ...]],
    shown: Sequence[tuple[str, int]],
    claimed: Sequence[tuple[str, int]],
    names: Mapping[Any, str],
) -> Row:
    """Put the solutions of a row together: each value once, in the order they came."""
    cells = {v: list(dict.fromkeys(names[row[place]] for row in found)) for v, place in shown}
    claims: dict[str, set[str]] = {}
    for row in found:
        for name, place in claimed:
            if claim := row[place]:
                claims.setdefault(name, set()).add(claim.value)
    return Row(cells, claims)


def _order(key: tuple[str, ...]) -> tuple[list[tuple[bool, str]], tuple[str, ...]]:
    """Rows without a value come last; those that differ in case alone have an order, too."""
    return [(text == NOT_STATED, text.casefold()) for text in key], key


def _names(view: View, found: set[Any], languages: Sequence[str]) -> dict[Any, str]:
    """What answers print for terms: values as they are, labels of things, names of claims."""
    home = prefixes()
    ours = tuple(home[p] for p in ("claim", "fact", "evidence", "conflict"))
    names: dict[Any, str] = {}
    things: dict[str, Any] = {}
    for term in found:
        value = str(term.value)
        if not isinstance(term, ox.NamedNode):
            names[term] = value
        elif value.startswith(home["doc"]):
            names[term] = value.removeprefix(home["doc"])
        elif value.startswith(ours):
            names[term] = curie(value)
        else:
            things[value] = term
    labels = view.labels(things, languages)
    return names | {things[value]: label for value, label in labels.items()}
