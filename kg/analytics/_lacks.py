"""Who lacks what: every thing of the register and every fact, looked at once and in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Set
from functools import cache, cached_property
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg import columns, period, vocab
from kg.analytics._facts import LINKS
from kg.columns import several, single
from kg.namespaces import RDFS_LABEL, prefixes, sp
from kg.parts import TIMES
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
    """What a view says of everything, read column by column, or of one thing alone.

    Args:
        view: The documents that count.
        about: IRI of the only thing to look at, with the facts about it or about a post in it; ""
            for everything.
    """

    def __init__(self, view: View, about: str = "") -> None:
        self._view, self._about = view, about
        self._claims = _claims_about(view, about) if about else None

    def of_things(self) -> Iterator[Lack]:
        """Yield the identifiers and labels that things lack, the things sorted."""
        things = {self._about} if self._about else None
        types = self._types(things) if things else self._all_types
        nodes = several(self._view, "identifier", things)
        scheme = single(self._view, "scheme", things and set().union(*nodes.values()))
        home, in_english = prefixes()["id"], self._in_english()
        for thing in sorted(things or (t for t in types if t.startswith(home))):
            found = types.get(thing, [])
            have = {scheme.get(n, "").casefold() for n in nodes.get(thing, ())}
            wanted, cls = _schemes(tuple(found)), _class(tuple(found))
            for name in wanted:
                if name not in have:
                    yield Lack(thing, "identifier", name, cls, (thing,))
            if thing not in in_english:
                yield Lack(thing, "label", "en", cls, (thing,))

    def _in_english(self) -> Container[str]:
        """The things that have a label in English."""
        if self._about:
            terms = self._view.terms(self._about, RDFS_LABEL)
            return {self._about} if any(_language(t) == "en" for t in terms) else set()
        return {
            q.subject.value for q in _quads(self._view, RDFS_LABEL) if _language(q.object) == "en"
        }

    def _types(self, subjects: Set[str]) -> dict[str, list[str]]:
        return several(self._view, "rdf:type", subjects)

    @cached_property
    def _all_types(self) -> dict[str, list[str]]:
        return columns.classes(self._view)

    def of_facts(self, *, named: bool = True) -> Iterator[Lack]:
        """Yield what the facts that have a status lack.

        Args:
            named: Say of which thing; who only counts need not look it up.
        """
        facts: dict[str, list[str]] = defaultdict(list)
        for claim, fact in self._stated():
            facts[fact].append(claim)
        mentioned = self._mentioned() if named else {}
        types = self._types(self._claims) if self._claims is not None else self._all_types
        stated = _Stated({*self._column("role")}, self._extents())
        publishers, parties, lost = self._publishers(), self._parties(), self._lost()
        cited = self._cited
        for fact in sorted(facts):
            claims = tuple(sorted(facts[fact]))
            thing = self._about or min(mentioned.get(claims[0], ()), default="")
            cls = _class(tuple(types.get(claims[0], ())))
            by = {publishers[d] for c in claims for d in cited.get(c, ())}
            own = {p for c in claims for p in parties.get(c, ())}
            gone = ["page"] if all(c in lost for c in claims) else []
            for kind in (*stated.lacking(claims, cls), *_sources(by, own), *gone):
                yield Lack(thing, kind, "", cls, claims)

    def _stated(self) -> Iterator[tuple[str, str]]:
        """Yield the claims that have a status, with their facts."""
        of, status = self._column("ofFact"), self._column("status")
        yield from ((claim, fact) for claim, fact in of.items() if claim in status)

    def _column(self, name: str) -> dict[str, str]:
        return single(self._view, name, self._claims)

    def _extents(self) -> dict[str, str]:
        """Claim → its time: an EDTF expression, or a day on which it is attested."""
        times: dict[str, str] = {}
        for name in reversed(TIMES):  # a later one counts before an earlier one
            times.update(self._column(name))
        edtf = single(self._view, "edtf", None if self._claims is None else {*times.values()})
        found = {claim: edtf.get(time, time) for claim, time in times.items()}
        return {**self._column("attestedOn"), **found}

    def _mentioned(self) -> dict[str, set[str]]:
        """Claim → the things that it speaks of; of a post, its organisation too."""
        home, of = prefixes()["id"], single(self._view, "ofOrganization")
        found: dict[str, set[str]] = defaultdict(set)
        for name in LINKS:
            for claim, things in several(self._view, name, self._claims).items():
                found[claim] |= {t for t in things if t.startswith(home)}
                found[claim] |= {of[t] for t in things if t in of}
        return found

    @cached_property
    def _cited(self) -> Mapping[str, Collection[str]]:
        """Claim → the documents that state it."""
        if self._claims is None:
            return columns.documents(self._view)
        found: dict[str, set[str]] = defaultdict(set)
        for claim in self._claims:
            for place in self._view.objects(claim, sp("evidence")):
                found[claim].update(self._view.objects(place, sp("document")))
        return found

    def _publishers(self) -> dict[str, str]:
        """Document that is cited → who published it."""
        named = single(self._view, "publisherName")
        by = {d: min(p) for d, p in several(self._view, "dct:publisher").items()}
        cited = set().union(*self._cited.values())
        return {d: by.get(d) or named.get(d) or d for d in cited}

    def _lost(self) -> set[str]:
        """Claims all of whose documents were last looked for in vain."""
        found, sought = single(self._view, "foundAgain"), single(self._view, "notFoundAgain")
        gone = {d for d, day in sought.items() if day > found.get(d, "")}
        return {c for c, said in self._cited.items() if gone.issuperset(said)} if gone else set()

    def _parties(self) -> dict[str, set[str]]:
        """Claim → who takes part in it."""
        found: dict[str, set[str]] = defaultdict(set)
        for name in _PARTIES:
            for claim, things in several(self._view, name, self._claims).items():
                found[claim].update(things)
        return found


class _Stated(NamedTuple):
    """What claims state: the role and the time of each that has one."""

    roles: Set[str]
    extents: dict[str, str]

    def lacking(self, claims: tuple[str, ...], cls: str) -> Iterator[str]:
        """Yield what none of the claims of a fact states."""
        if _is_a(cls, ("Participation",)) and not any(c in self.roles for c in claims):
            yield "role"
        intervals = _is_a(cls, _INTERVALS)
        if not intervals and not _is_a(cls, _DAYS):
            return
        extents = [period.parse(self.extents[c]) for c in claims if c in self.extents]
        if not extents:
            yield "date"
            return
        if intervals and not any(p.start_earliest or p.start_latest for p in extents):
            yield "start"
        if not intervals and not any(p.start_earliest for p in extents):
            yield "first day"
        if not intervals and not any(p.end_latest for p in extents):
            yield "last day"


def _sources(publishers: set[str], parties: set[str]) -> Iterator[str]:
    if len(publishers) != 1:
        return
    yield "second source"
    if publishers <= parties:
        yield "independent source"


def _claims_about(view: View, thing: str) -> set[str]:
    """Return the claims that speak of a thing or of a post in it."""
    ends = (thing, *view.subjects(sp("ofOrganization"), thing))
    return {c for end in ends for name in LINKS for c in view.subjects(sp(name), end)}


def _quads(view: View, predicate: str) -> Iterable[Any]:
    return view.store.quads_for_pattern(None, ox.NamedNode(predicate), None, ox.DefaultGraph())


def _language(term: Any) -> str:
    return getattr(term, "language", "") or ""


@cache
def _class(types: tuple[str, ...]) -> str:
    ours = [t for t in types if t.startswith(sp(""))]
    return max(sorted(ours), key=_depth, default="")


@cache
def _schemes(types: tuple[str, ...]) -> tuple[str, ...]:
    """The schemes of identifiers that things of some classes have."""
    return next((found for top, found in SCHEMES if any(_is_a(t, (top,)) for t in types)), ())


@cache
def _is_a(cls: str, tops: tuple[str, ...]) -> bool:
    return any(vocab.load().is_a(cls, top) for top in tops)


@cache
def _depth(cls: str) -> int:
    return sum(vocab.load().is_a(cls, other) for other in vocab.load().classes.values())
