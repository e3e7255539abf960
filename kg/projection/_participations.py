"""All participations whose role and status count: from kept columns, or joined in the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from kg import columns, vocab
from kg.namespaces import sp
from kg.projection._filter import Filter
from kg.store import View

_PARTICIPATIONS = """SELECT ?claim ?actor ?activity ?role ?status ?edtf {
    %s
    { SELECT ?claim ?status { VALUES (?word ?status) { %s } ?claim sp:status ?word } }
    { SELECT ?claim ?actor { ?claim sp:participant ?actor } }
    { SELECT ?claim ?activity { ?claim sp:inActivity ?activity } }
    OPTIONAL { { SELECT ?claim ?period { ?claim sp:period ?period } }
        { SELECT ?period ?edtf { ?period sp:edtf ?edtf } } } }"""
"""Columns that are joined in the engine: claim after claim is ten times slower."""
_ROLE = "{ SELECT ?claim ?role { VALUES (?word ?role) { %s } ?claim sp:role ?word } }"
_NO_ROLE = """{ SELECT ?claim { { SELECT ?claim { ?claim sp:inActivity ?any } }
    MINUS { SELECT ?claim { ?claim sp:role ?any } } } }"""
_ANY_ROLE = """{ SELECT ?claim ?role { { SELECT ?claim { ?claim sp:inActivity ?any } }
    OPTIONAL { SELECT ?claim ?role { ?claim sp:role ?role } } } }"""
_UNDATED = [""]
_Row: TypeAlias = "tuple[str, str, str, str, str, str]"


def participations(view: View, chosen: Filter) -> Iterator[_Row]:
    """Yield actor, activity, claim, slug of the role or "", slug of the status, and EDTF or "".

    Args:
        view: The documents that count.
        chosen: Its roles and statuses; the rest is not looked at.
    """
    return _from_columns(view, chosen) if columns.holds(view, "role") else _joined(view, chosen)


def _from_columns(view: View, chosen: Filter) -> Iterator[_Row]:
    activities, roles = columns.single(view, "inActivity"), columns.single(view, "role")
    known, wanted = columns.single(view, "status"), chosen.role_iris()
    statuses = {status: _slug(status) for status in chosen.status_iris()}
    slugs = {role: _slug(role) for role in (roles.values() if wanted is None else wanted)}
    if wanted is None or chosen.roles is None:
        slugs[""] = ""
    periods, edtf = columns.several(view, "period"), columns.single(view, "edtf")
    for claim, actor in columns.single(view, "participant").items():
        role, status = slugs.get(roles.get(claim, "")), statuses.get(known.get(claim, ""))
        if role is not None and status is not None and claim in activities:
            for node in periods.get(claim, _UNDATED):
                yield actor, activities[claim], claim, role, status, edtf.get(node, "")


def _joined(view: View, chosen: Filter) -> Iterator[_Row]:
    slugs = {str(number): _slug(concept) for number, concept in enumerate(_concepts())}
    for row in view.select(_question(chosen)):
        claim, actor, activity, role, status, edtf = (t.value if t else "" for t in row)
        yield actor, activity, claim, slugs.get(role) or _slug(role), slugs[status], edtf


def _slug(concept: str) -> str:
    return concept.rsplit("/", 1)[-1]


def _question(chosen: Filter) -> str:
    """The participations of a role and a status that count: of others no term is looked up."""
    roles = chosen.role_iris()
    if roles is None:
        stated = _ANY_ROLE
    else:
        stated = _ROLE % _numbered(roles)
        stated = f"{{ {stated} UNION {_NO_ROLE} }}" if chosen.roles is None else stated
    return _PARTICIPATIONS % (stated, _numbered(chosen.status_iris()))


def _numbered(concepts: Iterable[str]) -> str:
    """Pairs of a concept and its number: the engine gives a number back without looking it up."""
    places = {concept: number for number, concept in enumerate(_concepts())}
    return " ".join(f"(<{c}> {places[c]})" for c in sorted(concepts))


def _concepts() -> list[str]:
    found = vocab.load().concepts
    return sorted(found[sp("Role")] | found[sp("Status")])
