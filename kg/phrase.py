"""A claim as one plain line of English, for pages, dossiers and timelines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from kg import vocab
from kg.namespaces import sp
from kg.store import View

_Said: TypeAlias = Callable[..., list[str]]
_ABOUT = "SELECT DISTINCT ?c { ?c ?p <%s> ; sp:ofFact ?f }"


def about(view: View, thing: str) -> list[str]:
    """Return the IRIs of the claims that speak of a thing, sorted."""
    return [claim for (claim,) in view.rows(_ABOUT % thing)]


def class_of(view: View, node: str) -> str:
    """Return the local name of the class of a node ("" where it has none)."""
    words = vocab.load()
    ours = [t for t in view.types(node) if t.startswith(sp(""))]
    if len(ours) > 1:
        ours.sort(key=lambda t: -sum(words.is_a(t, other) for other in words.classes.values()))
    return ours[0].removeprefix(sp("")) if ours else ""


def phrase(view: View, claim: str, languages: Sequence[str] = ("en",)) -> str:
    """Say a claim in one line, with labels, without its period and evidence.

    Args:
        view: The view that holds the claim.
        claim: IRI of the claim.
        languages: Languages of labels, best first.
    """
    words = vocab.load()
    cls = words.class_iri(class_of(view, claim) or "Claim")

    def said(*names: str) -> list[str]:
        found = [o for n in names for o in view.objects(claim, sp(n))]
        return [view.label(o, languages) if "://" in o else o for o in found]

    for top, sentence in _SENTENCES.items():
        if words.is_a(cls, top):
            return sentence(words.label(cls), said)
    return words.label(cls)


def heading(view: View, claim: str, languages: Sequence[str] = ("en",)) -> str:
    """Name an event or a plan in a few words: its kind, what it is about, and where to."""

    def said(name: str) -> str:
        return _and([view.label(o, languages) for o in view.objects(claim, sp(name))])

    name = _and([n.replace("-", " ") for n in view.objects(claim, sp("eventName"))])
    what, where = said("object"), said("destination")
    parts = [said("kind"), f"of {what}" if what else "", f"at {where}" if where else ""]
    return " ".join(p for p in [*parts, "" if what or not name else f"({name})"] if p)


def count(view: View, claim: str) -> str:
    """Return the number that a count observation gives, or its lower bound, or ""."""
    value, bound = view.value(claim, sp("value")), view.value(claim, sp("lowerBound"))
    return value or (f"at least {bound}" if bound else "")


def _participation(_: str, said: _Said) -> str:
    role = ", ".join(said("role")) or "role not stated"
    text = f"{_and(said('participant'))}: {role} in {_and(said('inActivity'))}"
    given = _and(said("contribution"))
    return f"{text} ({given})" if given else text


def _tenure(_: str, said: _Said) -> str:
    return f"{_and(said('person'))}: {_and(said('post'))}"


def _relation(_: str, said: _Said) -> str:
    link = f"{_and(said('relationType'))} {_and(said('relationObject'))}"
    return f"{_and(said('relationSubject'))}: {link}"


def _count(_: str, said: _Said) -> str:
    number = _and(said("value")) or f"at least {_and(said('lowerBound'))}"
    return f"{_and(said('about'))}: {_and(said('observedProperty'))} {number}"


def _quotation(_: str, said: _Said) -> str:
    return f"{_and(said('speaker'))} quoted"


def _event(kind: str, said: _Said) -> str:
    names = [n.replace("-", " ") for n in said("eventName")]
    parts = [
        (_and(said("kind")) or kind).capitalize(),
        f"of {_and(said('object'))}" if said("object") else f"“{_and(names)}”" if names else "",
        f"with {_and(said('instrument'))}" if said("instrument") else "",
        f"by {_and(said('agent'))}" if said("agent") else "",
        f"to {_and(said('destination'))}" if said("destination") else "",
        f"in {_and(said('place'))}" if said("place") else "",
    ]
    return " ".join(p for p in parts if p)


def _future(kind: str, said: _Said) -> str:
    word = "Planned" if kind == "planned event" else "Intended"
    return f"{word}: {_event(kind, said)}"


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


_SENTENCES = {
    "Participation": _participation,
    "Tenure": _tenure,
    "Relation": _relation,
    "CountObservation": _count,
    "Quotation": _quotation,
    "StatedFuture": _future,
    "Event": _event,
}
