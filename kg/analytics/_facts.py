"""What claims are about: their time, their facts, and how a thing takes part in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from kg import vocab
from kg.namespaces import sp
from kg.parts import TIMES
from kg.store import View

LINKS = (
    "participant", "inActivity", "contribution", "person", "post", "relationSubject",
    "relationObject", "agent", "object", "instrument", "destination", "place", "renews", "amends",
    "about", "speaker",
)  # fmt: skip


def labels(view: View, things: Iterable[str]) -> str:
    """Return the labels of things with "and" between them."""
    return " and ".join(sorted(view.label(thing) for thing in things))


def roles_in(view: View, claim: str, thing: str) -> str:
    """Return how a thing takes part in a claim: names of the properties that lead to it."""
    found = [n for n in LINKS if thing in view.objects(claim, sp(n))]
    return ", ".join(vocab.load().label(sp(n)) for n in found)


def mentions(view: View, claim: str) -> set[str]:
    """Return the things that a claim speaks of."""
    node = ox.NamedNode(claim)
    quads: Any = view.store.quads_for_pattern(node, None, None, ox.DefaultGraph())
    links = {sp(n) for n in LINKS}
    return {q.object.value for q in quads if q.predicate.value in links}


def edtf(view: View, claim: str) -> str:
    """Return the EDTF expression of the time of a claim, or ""."""
    for name in TIMES:
        if node := view.value(claim, sp(name)):
            return view.value(node, sp("edtf"))
    return view.value(claim, sp("attestedOn"))


def by_fact(view: View, claims: Iterable[str]) -> dict[str, list[str]]:
    """Group claims by the fact that they are about; facts and claims sorted."""
    found: dict[str, list[str]] = {}
    for claim in sorted(claims):
        found.setdefault(view.value(claim, sp("ofFact")) or claim, []).append(claim)
    return dict(sorted(found.items()))


def about(view: View, thing: str) -> list[str]:
    """Return the claims about a thing, or about a post in it, sorted."""
    posts = view.subjects(sp("ofOrganization"), thing)
    found: set[str] = set()
    for node in (thing, *posts):
        quads: Any = view.store.quads_for_pattern(None, None, ox.NamedNode(node), ox.DefaultGraph())
        found |= {q.subject.value for q in quads if q.predicate.value != sp("topic")}
    return sorted(c for c in found if view.value(c, sp("ofFact")) and view.value(c, sp("status")))
