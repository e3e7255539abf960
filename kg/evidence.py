"""Which words of which document say so: the evidence of claims, ready to print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kg import period
from kg.namespaces import prefixes
from kg.period import Answer
from kg.store import View
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

    @property
    def words(self) -> str:
        """The quote, or that the text is not at hand and our own gist."""
        return f"“{self.quote}”" if self.quote else f"[{NOT_AT_HAND}] {self.gist}"


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


_CLAIMS = """SELECT ?claim ?fact ?status ?edtf ?attested ?issued { VALUES ?claim { %s }
    ?claim sp:status ?status ; sp:ofFact ?fact .
    OPTIONAL { ?claim sp:period|sp:onDate|sp:plannedFor|sp:asOf ?p . ?p sp:edtf ?edtf }
    OPTIONAL { ?claim sp:attestedOn ?attested }
    OPTIONAL { ?claim sp:evidence/sp:document/sp:issuedLatest ?issued } }"""
_EVIDENCE = """SELECT ?claim ?document ?locator ?sentence ?gist ?start ?end ?attribution ?speaker {
    VALUES ?claim { %s } ?claim sp:evidence ?e .
    ?e sp:document ?document ; sp:gist ?gist ; sp:attribution ?attribution .
    OPTIONAL { ?e sp:locator ?locator } OPTIONAL { ?e sp:sentence ?sentence }
    OPTIONAL { ?e sp:start ?start } OPTIONAL { ?e sp:end ?end }
    OPTIONAL { ?e sp:speaker ?speaker } }"""
_DOCUMENTS = """SELECT ?d ?title ?publisher ?name ?issued ?url ?tier { ?d sp:fromSource ?s
    OPTIONAL { ?d dct:title ?title } OPTIONAL { ?d dct:publisher ?publisher }
    OPTIONAL { ?d sp:publisherName ?name } OPTIONAL { ?d sp:issued ?issued }
    OPTIONAL { ?d sp:url ?url } OPTIONAL { ?d sp:tier ?tier } }"""


def supports(view: View, claims: Iterable[str]) -> dict[str, Support]:
    """Return what supports each of some claims (or entities).

    Args:
        view: The documents that count: evidence from others is not shown.
        claims: IRIs.
    """
    wanted = sorted(set(claims))
    evidence = _evidence(view, wanted)
    status: dict[str, str] = {}
    extent: dict[str, str] = {}
    attested: dict[str, set[str]] = defaultdict(set)
    facts: dict[str, str] = {}
    for claim, fact, state, edtf, day, issued in view.rows(_CLAIMS % _values(wanted)):
        facts[claim], status[claim], extent[claim] = fact, local(state), edtf
        attested[claim] |= {d for d in (day, issued if _still(edtf) else "") if d}
    return {
        claim: Support(
            claim,
            facts.get(claim, ""),
            status.get(claim, ""),
            extent.get(claim, ""),
            tuple(sorted(attested[claim])),
            tuple(sorted(evidence[claim])),
        )
        for claim in wanted
    }


def _still(edtf: str) -> bool:
    """An open end says: still true when the document was issued."""
    return edtf.endswith("/..")


def _values(wanted: Sequence[str]) -> str:
    return " ".join(f"<{claim}>" for claim in wanted)


def _evidence(view: View, wanted: Sequence[str]) -> dict[str, set[Evidence]]:
    documents = {row[0]: row[1:] for row in view.rows(_DOCUMENTS)}
    texts = Texts.of(view)
    found: dict[str, set[Evidence]] = defaultdict(set)
    for row in view.rows(_EVIDENCE % _values(wanted)):
        claim, document, locator, sentence, gist, start, end, attribution, speaker = row
        if document not in documents:
            continue
        title, publisher, name, issued, url, tier = documents[document]
        found[claim].add(
            Evidence(
                document=document.removeprefix(prefixes()["doc"]),
                locator=locator,
                sentence=sentence,
                gist=gist,
                quote=texts.quote(view, document, start, end),
                attribution=local(attribution),
                speaker=view.label(speaker) if speaker else "",
                title=title,
                publisher=view.label(publisher) if publisher else name,
                issued=issued,
                url=url,
                tier=local(tier),
            )
        )
    return found


def local(full: str) -> str:
    """Return the last part of an IRI."""
    return full.replace("#", "/").rsplit("/", 1)[-1]
