"""Shortcuts by rule: what follows from the claims, marked by the graph it is put in.

Rules: dated links become plain triples (``?part sp:partOf ?whole``), roles become ``sp:leads`` and
the like, an event realises the plan that it fulfils (see `realization`), and claims that cannot
both be true become entries of the contradiction register.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg import conflicts, model, realization
from kg.errors import Origin
from kg.model import Statement
from kg.namespaces import iri, sp
from kg.store import DERIVED, View

_RULE = Origin("rule")
_HELD = """{ SELECT ?c {
    VALUES ?status { status:ongoing status:occurred } ?c sp:status ?status } }"""
_PROVIDERS = (
    "provider", "module-provider", "instrument-provider", "vehicle-provider", "ground-provider",
    "data-provider", "crew-seat-provider",
)  # fmt: skip

_LINKS = f"""SELECT ?s ?p ?o {{ {_HELD}
    {{ SELECT ?c ?s {{ ?c sp:relationSubject ?s }} }}
    {{ SELECT ?c ?p {{ ?c sp:relationType ?p }} }}
    {{ SELECT ?c ?o {{ ?c sp:relationObject ?o }} }} }}"""
"""Of many claims, columns that are joined are read many times faster than claim after claim."""
_PARTICIPATES = f"""SELECT ?a ?m ?role {{ {_HELD}
    {{ SELECT ?c ?a {{ ?c sp:participant ?a }} }}
    {{ SELECT ?c ?m {{ ?c sp:inActivity ?m }} }}
    OPTIONAL {{ SELECT ?c ?role {{ ?c sp:role ?role }} }} }}"""


def derive(view: View) -> Iterator[Statement]:
    """Yield the shortcuts that follow from a view's claims, in a fixed order.

    Args:
        view: A view without its derived graph, or with it: derived triples are no premises.
    """
    yield from _links(view)
    yield from _participations(view)
    yield from _realized(view)
    yield from conflicts.register(view)


def shortcut(subject: str, predicate: str, value: str) -> Statement:
    """Return one derived triple."""
    return Statement(subject, iri(DERIVED), ((predicate, model.ref(value)),), _RULE)


def _links(view: View) -> Iterator[Statement]:
    for subject, relation, value in view.rows(_LINKS):
        yield shortcut(subject, relation, value)
        if relation == sp("partOf"):
            yield shortcut(value, sp("hasPart"), subject)


def _participations(view: View) -> Iterator[Statement]:
    providers = {iri("role:" + p) for p in _PROVIDERS}
    for actor, activity, role in view.rows(_PARTICIPATES):
        yield shortcut(actor, sp("participatesIn"), activity)
        if role == iri("role:lead"):
            yield shortcut(actor, sp("leads"), activity)
        if role in providers:
            yield shortcut(activity, sp("providedBy"), actor)
        if role == iri("role:operator"):
            yield shortcut(activity, sp("operatedBy"), actor)


def _realized(view: View) -> Iterator[Statement]:
    for happened, plan in realization.realized(view):
        yield shortcut(happened, sp("realizes"), plan)
