"""The parameters of a named query: from what the user gives to RDF terms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pyoxigraph as ox

from kg import names, period, vocab
from kg.errors import InputError, QueryError, UnknownNameError, suggest
from kg.namespaces import iri, prefixes, sp
from kg.questions import Parameter, Query
from kg.store import View

_XSD = "http://www.w3.org/2001/XMLSchema#"


def terms(view: View, full: View, query: Query, given: Mapping[str, str]) -> dict[str, list[Any]]:
    """Return the terms that the parameters of a query are bound to.

    Args:
        view: The documents that count; its day is the default of "today".
        full: The full view, in which names are looked up.
        query: The query.
        given: What the user gave, as text; defaults stand for the rest.

    Raises:
        QueryError: If a parameter is unknown, or a value does not fit.
        UnknownNameError: If a value names nothing, or more than one thing.
    """
    for name in given:
        if name not in query.parameters:
            fix = suggest(name, query.parameters) or "known: " + ", ".join(query.parameters)
            raise UnknownNameError(f"{query.name} has no parameter '{name}'", fix=fix)
    values: dict[str, list[Any]] = {}
    for name, parameter in query.parameters.items():
        text = given.get(name, parameter.default)
        if parameter.type == "today":
            text = text or view.today.isoformat()
        if name != query.search:
            values[name] = _terms(parameter, text, full)
    for name, parameter in query.parameters.items():
        if parameter.with_states and "true" in str(values.get(parameter.with_states)):
            states = [s for t in values[name] for s in full.objects(t.value, sp("actsFor"))]
            values[name] += [ox.NamedNode(s) for s in states]
    return values


_CLASS_OF = {"actor": "Actor", "person": "Person", "organization": "Organization"}


def _terms(parameter: Parameter, text: str, full: View) -> list[Any]:
    kind = parameter.type
    if kind in {"date", "today"}:
        day = day_of(text)
        return [ox.Literal(day.isoformat(), datatype=ox.NamedNode(_XSD + "date"))] if day else []
    if kind == "boolean":
        if text not in {"true", "false"}:
            raise QueryError(f"'{parameter.name}' is true or false, not '{text}'")
        return [ox.Literal(text, datatype=ox.NamedNode(_XSD + "boolean"))]
    if kind == "text":
        return [ox.Literal(text)]
    if kind in {"claim", "document", "measure", "class"}:
        return [ox.NamedNode(_named(kind, text, full))]
    classes = vocab.load().subclasses(_CLASS_OF[kind]) if kind in _CLASS_OF else []
    return [ox.NamedNode(names.resolve(full, t.strip(), classes)) for t in text.split(",")]


def _named(kind: str, text: str, full: View) -> str:
    home = "sp" if kind == "class" else {"document": "doc"}.get(kind, kind)
    known = iri(text) if ":" in text else iri(f"{home}:{text}")
    if not names.exists(full, known):
        home = prefixes()[home]
        ask = f'SELECT DISTINCT ?x {{ ?x a ?c FILTER(STRSTARTS(STR(?x), "{home}")) }}'
        near = suggest(text, [x.removeprefix(home) for (x,) in full.rows(ask)])
        fix = near or "kg show NAME lists what there is"
        raise UnknownNameError(f"there is no {kind} '{text}'", fix=fix)
    return known


def day_of(text: str) -> date | None:
    """Return the day of a text, or None for an empty one.

    Raises:
        QueryError: If it is no calendar day.
    """
    try:
        return period.day(text) if text else None
    except InputError as error:
        raise QueryError(error.message, fix=error.fix) from None
