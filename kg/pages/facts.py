"""The facts about a thing, by kind, each with its claims and their evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg import period, phrase, vocab
from kg.evidence import Evidence, Support, supports
from kg.namespaces import RDF_TYPE, iri, prefixes, sp
from kg.pages.memory import Memory
from kg.parts import TIMES
from kg.query import answer_on
from kg.table import NOT_STATED

SECTIONS = {
    "missions": "Missions, programmes and objects",
    "agreements": "Agreements",
    "memberships": "Memberships",
    "posts": "Posts",
    "relations": "Relations",
    "events": "Events",
    "plans": "Plans and intentions",
    "counts": "Counts",
    "quotations": "Quotations",
    "other": "Other statements",
}
"""Name in a path → heading."""
_NEWEST_FIRST = {"events", "plans", "counts"}
_FROM = "SELECT DISTINCT ?c { ?c sp:evidence/sp:document <%s> ; sp:ofFact ?f }"


class Listed(NamedTuple):
    """A fact before its claims are read.

    Attributes:
        fact: Its IRI.
        section: Its key in :data:`SECTIONS`.
        claims: IRIs of its claims, sorted.
        edtf: Its times as stated, sorted.
    """

    fact: str
    section: str
    claims: tuple[str, ...]
    edtf: tuple[str, ...]


def about(view: Memory, thing: str) -> list[Listed]:
    """Return the facts about a thing, in the order of the page."""
    return view.kept(_about, thing)


def _about(view: Memory, thing: str) -> list[Listed]:
    home, node = prefixes()["claim"], ox.NamedNode(thing)
    quads: Iterable[Any] = view.store.quads_for_pattern(None, None, node, ox.DefaultGraph())
    claims = {c for q in quads if (c := q.subject.value).startswith(home)}
    return _listed(view, claims)


def stated_by(view: Memory, document: str) -> list[Listed]:
    """Return the facts that a document states, each with its claims from this document."""
    return view.kept(_stated_by, document)


def _stated_by(view: Memory, document: str) -> list[Listed]:
    return _listed(view, [c for (c,) in view.rows(_FROM % document)])


def of_fact(view: Memory, fact: str) -> Listed | None:
    """Return one fact, or None where the view has no claim of it."""
    claims = view.subjects(sp("ofFact"), fact)
    return _read(view, fact, tuple(claims)) if claims else None


def _listed(view: Memory, found: Iterable[str]) -> list[Listed]:
    claims: dict[str, list[str]] = {}
    for claim in sorted(found):
        if fact := view.value(claim, sp("ofFact")):
            claims.setdefault(fact, []).append(claim)
    listed = [_read(view, fact, tuple(same)) for fact, same in claims.items()]
    order = list(SECTIONS)
    return sorted(listed, key=lambda x: (order.index(x.section), _newest(x), x.fact))


def _read(view: Memory, fact: str, claims: tuple[str, ...]) -> Listed:
    types = {t for c in claims for t in view.types(c)}
    section = _section(view, types, view.value(claims[0], sp("inActivity")))
    times = {t for c in claims for name in TIMES for t in view.objects(c, sp(name))}
    return Listed(
        fact, section, claims, tuple(sorted(filter(None, map(partial(_edtf, view), times))))
    )


def _edtf(view: Memory, time: str) -> str:
    return view.value(time, sp("edtf"))


def _newest(listed: Listed) -> int:
    if listed.section not in _NEWEST_FIRST or not listed.edtf:
        return 1 if listed.section in _NEWEST_FIRST else 0
    extent = period.parse(listed.edtf[-1])
    day = extent.start_earliest or extent.end_latest
    return -day.toordinal() if day else 0


def _section(view: Memory, types: Iterable[str], activity: str) -> str:
    words = vocab.load()
    for cls in sorted(types):
        if words.is_a(cls, "Membership"):
            return "memberships"
        if words.is_a(cls, "Participation"):
            kinds = view.types(activity) if activity else []
            return "agreements" if any(words.is_a(k, "Agreement") for k in kinds) else "missions"
        for top, section in _TOPS.items():
            if words.is_a(cls, top):
                return section
    return "other"


_TOPS = {
    "Tenure": "posts",
    "Relation": "relations",
    "StatedFuture": "plans",
    "CountObservation": "counts",
    "Quotation": "quotations",
    "Event": "events",
}


class Part(NamedTuple):
    """A piece of a sentence; `thing` is the IRI that it names, or ""."""

    text: str
    thing: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact as a page shows it.

    Attributes:
        fact: Its IRI.
        kind: What it is, such as "membership".
        parts: The sentence, in pieces.
        supports: Its claims, each with its evidence.
        true_on: Whether it is true on the day asked for, or "".
        disputed: IRIs of the contradictions that it is part of.
    """

    fact: str
    kind: str
    parts: tuple[Part, ...]
    supports: tuple[Support, ...]
    true_on: str
    disputed: tuple[str, ...]

    @property
    def text(self) -> str:
        """The sentence."""
        return "".join(part.text for part in self.parts)

    @property
    def periods(self) -> tuple[tuple[str, str], ...]:
        """Each stated time as EDTF and in words."""
        found = sorted({s.period for s in self.supports if s.period})
        return tuple((edtf, period.describe(edtf)) for edtf in found)

    @property
    def statuses(self) -> tuple[str, ...]:
        """The stated statuses."""
        return tuple(sorted({s.status or NOT_STATED for s in self.supports}))

    @property
    def attributions(self) -> tuple[str, ...]:
        """How the documents vouch for it."""
        return tuple(sorted({e.attribution for s in self.supports for e in s.evidence}))

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The places that support it, each once, sorted."""
        return tuple(sorted({e for s in self.supports for e in s.evidence}))


def entries(view: Memory, listed: Sequence[Listed], on: date | None = None) -> list[Entry]:
    """Read the claims of some facts.

    Args:
        view: The documents that count.
        listed: The facts.
        on: Day for which each says whether it is true, or None.
    """
    known = supports(view, [c for x in listed for c in x.claims])
    disputed = view.once("disputed", _disputed)
    return [_entry(view, x, [known[c] for c in x.claims], on, disputed) for x in listed]


def _entry(
    view: Memory,
    listed: Listed,
    found: list[Support],
    on: date | None,
    disputed: dict[str, set[str]],
) -> Entry:
    by_claim = {s.claim: s for s in found}
    head = listed.claims[0]
    words = vocab.load()
    cls = phrase.class_of(view, head)
    return Entry(
        listed.fact,
        words.label(sp(cls)) if cls else "statement",
        tuple(linked(view, phrase.phrase(view, head), mentioned(view, head))),
        tuple(found),
        answer_on({"claim": by_claim}, by_claim, on, assume=False) if on else "",
        tuple(sorted({n for c in listed.claims for n in disputed.get(c, ())})),
    )


def _disputed(view: Memory) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for node in view.subjects(RDF_TYPE, sp("Conflict")):
        for claim in view.objects(node, sp("concerns")):
            found.setdefault(claim, set()).add(node)
    return found


def mentioned(view: Memory, claim: str) -> list[str]:
    """Return the things of the register that a claim speaks of, sorted."""
    home, skipped = prefixes()["id"], {iri("sp:topic")}
    said = view.described(claim)
    values = (v for p, found in said.items() if p not in skipped for v in found)
    return sorted({v for v in values if v.startswith(home)})


def linked(view: Memory, text: str, things: Iterable[str]) -> Iterator[Part]:
    """Yield a sentence in pieces, with the things whose labels it holds."""
    by_label = {label: thing for thing in things if (label := view.label(thing))}
    if not by_label:
        yield Part(text)
        return
    longest = sorted(by_label, key=lambda label: (-len(label), label))
    pattern = "|".join(map(re.escape, longest))
    place = 0
    for match in re.finditer(pattern, text):
        if match.start() > place:
            yield Part(text[place : match.start()])
        yield Part(match[0], by_label[match[0]])
        place = match.end()
    if place < len(text):
        yield Part(text[place:])
