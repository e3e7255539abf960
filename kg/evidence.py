"""Which words of which document say so: the evidence of claims, ready to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from kg import period
from kg.namespaces import iri, prefixes, sp
from kg.parts import TIMES
from kg.period import Answer
from kg.store import View
from kg.table import NOT_STATED
from kg.texts import NOT_AT_HAND, Texts


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """One place in one document that supports a claim.

    Attributes:
        document: Identifier of the document.
        locator: RFC 5147 or RFC 7111 fragment, or "" where only a digest of the quote is known.
        sentence: A reader's help, such as "s02", or "".
        gist: What it says, in our own words.
        quote: The characters where the text is at hand, else "".
        attribution: asserted, reported or quoted.
        speaker: Label of the person quoted, or "".
        title: Title of the document, or "".
        publisher: Publisher of the document, or "".
        issued: Date of issue (EDTF), or "".
        url: Where the document was published, or "".
        tier: Trust tier of the document, or "".
        lost: Day since which the document was looked for in vain (YYYY-MM-DD), or "".
    """

    document: str
    locator: str
    sentence: str
    gist: str
    quote: str
    attribution: str
    speaker: str
    title: str
    publisher: str
    issued: str
    url: str
    tier: str
    lost: str = ""

    @property
    def place(self) -> str:
        """Where in the document: the locator with the reader's help, or "not stated"."""
        parts = [p for p in (self.locator, f"({self.sentence})" if self.sentence else "") if p]
        return " ".join(parts) or NOT_STATED

    @property
    def words(self) -> str:
        """The quote, or that the text is not at hand (nor the page) and our own gist."""
        if self.quote:
            return f"“{self.quote}”"
        missing = f"{NOT_AT_HAND}; {self.loss}" if self.lost else NOT_AT_HAND
        return f"[{missing}] {self.gist}"

    @property
    def loss(self) -> str:
        """That the page was looked for in vain, or ""."""
        return f"page not found again on {self.lost}" if self.lost else ""


@dataclass(frozen=True, slots=True)
class Support:
    """What supports one claim.

    Attributes:
        claim: IRI of the claim.
        fact: IRI of the fact that it is about, or "".
        status: intended, planned, ongoing, occurred or cancelled.
        period: EDTF of its period or date, or "".
        attested: Days on which the document states it to be true.
        evidence: Its evidences, sorted.
    """

    claim: str
    fact: str
    status: str
    period: str
    attested: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    @property
    def modality(self) -> str:
        """Status and attribution, as answers print them."""
        kinds = "/".join(sorted({e.attribution for e in self.evidence}))
        return ", ".join(part for part in (self.status, kinds) if part)

    def on(self, day: date) -> Answer:
        """Say whether the claim is true on a day."""
        days = [date.fromisoformat(d) for d in self.attested]
        if not self.period:
            return period.attested(days, day)
        return period.parse(self.period).on(day, days)

    def over(self, day: date) -> bool:
        """Whether it is stated to have ended before a day."""
        extent = period.parse(self.period) if self.period else None
        if not extent or extent.kind != "interval" or not extent.end_latest:
            return False
        return extent.end_latest < day


_FEW, _BATCH = 50, 1000


def supports(view: View, claims: Iterable[str]) -> dict[str, Support]:
    """Return what supports each of some claims (or entities).

    A few are looked up one by one; of many, what is needed is read a thousand nodes at a time.

    Args:
        view: The documents that count: evidence from others is not shown.
        claims: IRIs.
    """
    reader = _Reader(view)
    found: dict[str, Support] = {}
    for some in _batches(sorted(set(claims))):
        reader.fetch(some)
        found |= {claim: reader.support(claim) for claim in some}
    return found


def _batches(nodes: list[str]) -> Iterator[list[str]]:
    yield from (nodes[i : i + _BATCH] for i in range(0, len(nodes), _BATCH))


class _Reader:
    """Looks up claims and evidence; each document, publisher and period once."""

    def __init__(self, view: View) -> None:
        self._view, self._texts = view, Texts.of(view)
        self._documents: dict[str, _Document | None] = {}
        self._edtf: dict[str, str] = {}
        self._terms = {name: sp(name) for name in _NAMES}
        self._claims: dict[str, _Said] = {}
        self._places: dict[str, _Said] = {}

    def fetch(self, claims: list[str]) -> None:
        """Read some claims, and what evidence of theirs is not known, in bulk if they are many."""
        if len(claims) < _FEW:
            return
        self._claims = self._read(claims)
        places = {
            e for said in self._claims.values() for e in said.get(self._terms["evidence"], ())
        }
        for some in _batches(sorted(p for p in places if p not in self._places)):
            self._places |= self._read(some)
        times = {
            t
            for said in self._claims.values()
            for name in TIMES
            for t in said.get(self._terms[name], ())
        }
        for some in _batches(sorted(t for t in times if t not in self._edtf)):
            self._edtf |= {t: self._one(said, "edtf") for t, said in self._read(some).items()}

    def _read(self, nodes: list[str]) -> dict[str, _Said]:
        """Nodes and terms come back as numbers: an IRI is looked up on disk for each row."""
        terms = list(self._terms.values())
        asked = _NUMBERED % (_numbered(nodes), _numbered(terms))
        found: list[dict[str, list[str]]] = [{} for _ in nodes]
        for node, term, value in self._view.select(asked):
            found[int(node.value)].setdefault(terms[int(term.value)], []).append(value.value)
        return dict(zip(nodes, found, strict=True))

    def _place(self, node: str) -> _Said:
        if node not in self._places:
            self._places[node] = self._view.described(node)
        return self._places[node]

    def support(self, claim: str) -> Support:
        said = self._claims.get(claim) or self._view.described(claim)
        places = [self._place(e) for e in said.get(self._terms["evidence"], ())]
        cited = [self._document(self._one(place, "document")) for place in places]
        extent = self._extent(said)
        attested = set(said.get(self._terms["attestedOn"], ()))
        if _still(extent):
            attested |= {d.latest for d in cited if d and d.latest}
        found = {self._evidence(p, d) for p, d in zip(places, cited, strict=True) if d}
        return Support(
            claim,
            self._one(said, "ofFact"),
            local(self._one(said, "status")),
            extent,
            tuple(sorted(attested)),
            tuple(sorted(found)),
        )

    def _one(self, said: _Said, name: str) -> str:
        return min(said.get(self._terms[name], ("",)))

    def _extent(self, said: _Said) -> str:
        period = next((self._one(said, t) for t in TIMES if self._terms[t] in said), "")
        if period and period not in self._edtf:
            self._edtf[period] = self._view.value(period, self._terms["edtf"])
        return self._edtf.get(period, "")

    def _evidence(self, said: _Said, document: _Document) -> Evidence:
        speaker = self._one(said, "speaker")
        start, end = self._one(said, "start"), self._one(said, "end")
        return Evidence(
            document=document.name,
            locator=self._one(said, "locator"),
            sentence=self._one(said, "sentence"),
            gist=self._one(said, "gist"),
            quote=self._texts.quote(
                self._view, document.iri, start, end, self._one(said, "quoteSha256")
            ),
            attribution=local(self._one(said, "attribution")),
            speaker=self._view.label(speaker) if speaker else "",
            title=document.title,
            publisher=document.publisher,
            issued=document.issued,
            url=document.url,
            tier=document.tier,
            lost=document.lost,
        )

    def _document(self, full: str) -> _Document | None:
        if full not in self._documents:
            self._documents[full] = self._described(full) if full else None
        return self._documents[full]

    def _described(self, full: str) -> _Document | None:
        said = self._view.described(full)
        if self._terms["fromSource"] not in said:
            return None
        publisher = next(iter(said.get(iri("dct:publisher"), ())), "")
        again = self._one(said, "foundAgain")
        named = self._view.label(publisher) if publisher else self._one(said, "publisherName")
        return _Document(
            iri=full,
            name=full.removeprefix(prefixes()["doc"]),
            title=min(said.get(iri("dct:title"), ("",))),
            publisher=named,
            issued=self._one(said, "issued"),
            latest=self._one(said, "issuedLatest"),
            url=self._one(said, "url"),
            tier=local(self._one(said, "tier")),
            lost=lost if (lost := self._one(said, "notFoundAgain")) > again else "",
        )


@dataclass(frozen=True, slots=True)
class _Document:
    """What answers say of a document."""

    iri: str
    name: str
    title: str
    publisher: str
    issued: str
    latest: str
    url: str
    tier: str
    lost: str


_Said: TypeAlias = "Mapping[str, Sequence[str]]"
_NAMES = (
    *TIMES, "edtf", "status", "ofFact", "evidence", "attestedOn", "document", "locator",
    "sentence", "gist", "start", "end", "quoteSha256", "attribution", "speaker", "fromSource",
    "publisherName", "issued", "issuedLatest", "url", "tier", "foundAgain", "notFoundAgain",
)  # fmt: skip


_NUMBERED = """SELECT ?node ?term ?o {
    { SELECT ?node ?p ?o { VALUES (?s ?node) { %s } ?s ?p ?o } }
    { SELECT ?p ?term { VALUES (?p ?term) { %s } } } }"""


def _numbered(nodes: list[str]) -> str:
    return " ".join(f"(<{node}> {number})" for number, node in enumerate(nodes))


def _still(edtf: str) -> bool:
    """An open end says: still true when the document was issued."""
    return edtf.endswith("/..")


def local(full: str) -> str:
    """Return the last part of an IRI."""
    return full.replace("#", "/").rsplit("/", 1)[-1]
