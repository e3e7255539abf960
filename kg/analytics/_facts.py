"""A claim in words, made from its properties."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from kg import vocab
from kg.namespaces import sp
from kg.store import View
from kg.table import NOT_STATED

LINKS = (
    "participant", "inActivity", "contribution", "person", "post", "relationSubject",
    "relationObject", "agent", "object", "instrument", "destination", "place", "renews", "amends",
    "about", "speaker",
)  # fmt: skip


def class_of(view: View, claim: str) -> str:
    """Return the local name of the class of a claim."""
    types = [t for t in view.types(claim) if t.startswith(sp(""))]
    return types[0].removeprefix(sp("")) if types else ""


def say(view: View, claim: str) -> str:
    """Return what a claim says, in a few words without its date.

    Args:
        view: Gives the labels.
        claim: IRI of the claim.
    """
    words, cls = vocab.load(), class_of(view, claim)
    if vocab.load().is_a(sp(cls), "Participation"):
        role = _labels(view, claim, "role") or "takes part (role not stated)"
        return (
            f"{_labels(view, claim, 'participant')}: {role}, {_labels(view, claim, 'inActivity')}"
        )
    if cls == "Tenure":
        return f"{_labels(view, claim, 'person')}: {_labels(view, claim, 'post')}"
    if cls == "Relation":
        kind = words.label(view.value(claim, sp("relationType")))
        ends = [_labels(view, claim, n) for n in ("relationSubject", "relationObject")]
        return f"{ends[0]} {kind} {ends[1]}"
    if cls == "CountObservation":
        about, measure = _labels(view, claim, "about"), _labels(view, claim, "observedProperty")
        return f"{about}: {measure} {count(view, claim)}"
    if cls == "Quotation":
        return f"words of {_labels(view, claim, 'speaker')}"
    return happening(view, claim)


def happening(view: View, claim: str) -> str:
    """Return what an event, plan or intention is, in a few words."""
    kind = vocab.load().label(view.value(claim, sp("kind")) or sp(class_of(view, claim)))
    name = view.value(claim, sp("eventName")).replace("-", " ")
    objects = _labels(view, claim, "object")
    destination = _labels(view, claim, "destination")
    parts = [kind, objects and f"of {objects}", destination and f"at {destination}"]
    if name and not objects:
        parts.append(f"({name})")
    return " ".join(p for p in parts if p)


def count(view: View, claim: str) -> str:
    """Return the number that a count observation gives."""
    if value := view.value(claim, sp("value")):
        return value
    bound = view.value(claim, sp("lowerBound"))
    return f"at least {bound}" if bound else NOT_STATED


def _labels(view: View, claim: str, name: str) -> str:
    return labels(view, view.objects(claim, sp(name)))


def labels(view: View, things: Iterable[str]) -> str:
    """Return the labels of things with "and" between them."""
    return " and ".join(sorted(view.label(thing) for thing in things))


def roles_in(view: View, claim: str, thing: str) -> str:
    """Return how a thing takes part in a claim: names of the properties that lead to it."""
    found = [n for n in LINKS if thing in view.objects(claim, sp(n))]
    return ", ".join(vocab.load().label(sp(n)) for n in found)


def edtf(view: View, claim: str) -> str:
    """Return the EDTF expression of the time of a claim, or ""."""
    for name in ("period", "onDate", "plannedFor", "asOf"):
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
