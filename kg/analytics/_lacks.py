"""Who lacks what: every thing of the register and every fact, looked at once and in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg import period, vocab
from kg.analytics._facts import LINKS
from kg.namespaces import RDF_TYPE, RDFS_LABEL, iri, prefixes, sp
from kg.parts import TIMES
from kg.projection import column
from kg.store import View

SCHEMES = (
    ("SpaceAgency", ("wikidata", "ror")),
    ("ResearchInstitution", ("wikidata", "ror")),
    ("Organization", ("wikidata",)),
    ("State", ("wikidata",)),
    ("Person", ("wikidata",)),
    ("SpaceStation", ("wikidata", "cospar")),
    ("Spacecraft", ("wikidata", "cospar")),
    ("Mission", ("wikidata",)),
    ("Agreement", ("wikidata",)),
)
OF_THINGS = ("identifier", "label")
OF_FACTS = (
    "role", "date", "start", "first day", "last day", "second source", "independent source",
    "page",
)  # fmt: skip
KINDS = (*OF_THINGS, *OF_FACTS)
_INTERVALS, _DAYS = ("Participation", "Tenure"), ("Event", "PlannedEvent")
_PARTIES = ("participant", "agent", "about")


class Lack(NamedTuple):
    """One thing that no document states.

    Attributes:
        thing: IRI of the thing that lacks it, or that the fact is about ("" where it is none).
        kind: One of KINDS.
        detail: The scheme of the identifier, or the language of the label, or "".
        cls: IRI of the class of the thing, or of the fact's claims.
        claims: The claims of the fact, or the thing itself.
    """

    thing: str
    kind: str
    detail: str
    cls: str
    claims: tuple[str, ...]


class Register:
    """A view, read once column by column."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._fact, self._status = column(view, "ofFact"), column(view, "status")
        self._role = column(view, "role")
        self._types = _grouped(view, RDF_TYPE)
        self._time: dict[str, str] = {}
        for name in ("attestedOn", *reversed(TIMES)):  # a later one counts before an earlier one
            self._time.update(column(view, name))
        self._edtf = column(view, "edtf")

    def of_things(self, things: Iterable[str]) -> Iterator[Lack]:
        """Yield the identifiers and labels that things lack."""
        nodes, scheme = _grouped(self._view, sp("identifier")), column(self._view, "scheme")
        for thing in things:
            types = self._types.get(thing, [])
            have = {scheme.get(n, "").casefold() for n in nodes.get(thing, ())}
            wanted = next((s for top, s in SCHEMES if any(_is_a(t, top) for t in types)), ())
            cls = self._class(types)
            for name in wanted:
                if name not in have:
                    yield Lack(thing, "identifier", name, cls, (thing,))
            if "en" not in self._languages(thing):
                yield Lack(thing, "label", "en", cls, (thing,))

    def _languages(self, thing: str) -> set[str]:
        return {getattr(t, "language", "") or "" for t in self._view.terms(thing, RDFS_LABEL)}

    def things(self) -> list[str]:
        """Return the things of the register, sorted."""
        home = prefixes()["id"]
        return sorted(thing for thing in self._types if thing.startswith(home))

    def of_facts(self, about: str = "") -> Iterator[Lack]:
        """Yield what the facts lack; of a thing, or of all that have a status.

        Args:
            about: IRI of a thing; facts about it or about a post in it. All when empty.
        """
        mentioned = self._mentioned()
        publishers, parties, lost = self._publishers(), self._parties(), self._lost()
        facts: dict[str, list[str]] = defaultdict(list)
        for claim, fact in self._fact.items():
            if claim in self._status and (not about or about in mentioned.get(claim, ())):
                facts[fact].append(claim)
        for fact in sorted(facts):
            claims = tuple(sorted(facts[fact]))
            thing = about or min(mentioned.get(claims[0], ()), default="")
            cls = self._class(self._types.get(claims[0], []))
            by = {p for c in claims for p in publishers.get(c, ())}
            own = {p for c in claims for p in parties.get(c, ())}
            gone = ["page"] if all(c in lost for c in claims) else []
            for kind in (*self._of_fact(claims, cls), *_sources(by, own), *gone):
                yield Lack(thing, kind, "", cls, claims)

    def _of_fact(self, claims: tuple[str, ...], cls: str) -> Iterator[str]:
        """Yield what none of the claims of a fact states."""
        if _is_a(cls, "Participation") and not any(c in self._role for c in claims):
            yield "role"
        intervals = any(_is_a(cls, top) for top in _INTERVALS)
        if not intervals and not any(_is_a(cls, top) for top in _DAYS):
            return
        times = [self._time[c] for c in claims if c in self._time]
        extents = [period.parse(self._edtf.get(t, t)) for t in times]
        if not extents:
            yield "date"
            return
        if intervals and not any(p.start_earliest or p.start_latest for p in extents):
            yield "start"
        if not intervals and not any(p.start_earliest for p in extents):
            yield "first day"
        if not intervals and not any(p.end_latest for p in extents):
            yield "last day"

    def _mentioned(self) -> dict[str, set[str]]:
        """Claim → the things that it speaks of; of a post, its organisation too."""
        home, of = prefixes()["id"], column(self._view, "ofOrganization")
        found: dict[str, set[str]] = defaultdict(set)
        for name in LINKS:
            for claim, things in _grouped(self._view, sp(name)).items():
                found[claim] |= {t for t in things if t.startswith(home)}
                found[claim] |= {of[t] for t in things if t in of}
        return found

    def _publishers(self) -> dict[str, set[str]]:
        """Claim → who published the documents that state it."""
        document, named = column(self._view, "document"), column(self._view, "publisherName")
        by = {d: min(p) for d, p in _grouped(self._view, iri("dct:publisher")).items()}
        found: dict[str, set[str]] = {}
        for claim, places in _grouped(self._view, sp("evidence")).items():
            cited = {document[p] for p in places if p in document}
            found[claim] = {by.get(d) or named.get(d) or d for d in cited}
        return found

    def _lost(self) -> set[str]:
        """Claims all of whose documents were last looked for in vain."""
        document, found = column(self._view, "document"), column(self._view, "foundAgain")
        sought = column(self._view, "notFoundAgain")
        gone = {d for d, day in sought.items() if day > found.get(d, "")}
        cited = _grouped(self._view, sp("evidence")) if gone else {}
        return {c for c, places in cited.items() if {document.get(p) for p in places} <= gone}

    def _parties(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for name in _PARTIES:
            for claim, things in _grouped(self._view, sp(name)).items():
                found[claim].update(things)
        return found

    def _class(self, types: list[str]) -> str:
        ours = [t for t in types if t.startswith(sp(""))]
        return max(sorted(ours), key=_depth, default="")


def _sources(publishers: set[str], parties: set[str]) -> Iterator[str]:
    if len(publishers) != 1:
        return
    yield "second source"
    if publishers <= parties:
        yield "independent source"


def _grouped(view: View, predicate: str) -> dict[str, list[str]]:
    """Return subject → values of a property, in bulk."""
    found: dict[str, list[str]] = defaultdict(list)
    prop = ox.NamedNode(predicate)
    quads: Iterable[Any] = view.store.quads_for_pattern(None, prop, None, ox.DefaultGraph())
    for quad in quads:
        found[quad.subject.value].append(quad.object.value)
    return dict(found)


@cache
def _is_a(cls: str, top: str) -> bool:
    return vocab.load().is_a(cls, top)


@cache
def _depth(cls: str) -> int:
    return sum(vocab.load().is_a(cls, other) for other in vocab.load().classes.values())
