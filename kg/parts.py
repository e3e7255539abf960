"""The nodes that a claim leads to: its periods and its evidence.

References: EDTF (ISO 8601-2) for periods; RFC 5147 and RFC 7111 for places in texts and tables.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache

from kg import model, period, values
from kg.errors import InputError, Origin
from kg.model import Citation, Statement
from kg.namespaces import RDF_TYPE, iri, named, sp

TIMES = ("period", "onDate", "plannedFor", "asOf")
"""Properties by which a claim has its time; the first that is stated counts."""
_ENDS = ("start", "end")


def period_statement(edtf: str, graph: str, origin: Origin) -> Statement:
    """Return the node of an EDTF expression: the expression and its bounds as `xsd:date`."""
    subject, body = _period(edtf)
    return Statement(subject, graph, body, origin)


@lru_cache(maxsize=65536)
def _period(edtf: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    parsed = period.parse(edtf)
    bounds = {
        "startEarliest": parsed.start_earliest,
        "startLatest": parsed.start_latest,
        "endEarliest": parsed.end_earliest,
        "endLatest": parsed.end_latest,
    }
    body = [
        (RDF_TYPE, model.ref(sp("Period"))),
        (sp("edtf"), model.literal(parsed.edtf, iri("edtf:EDTF"))),
        *((sp(n), model.literal(d.isoformat(), iri("xsd:date"))) for n, d in bounds.items() if d),
    ]
    return named("period", period.slug(parsed.edtf)), tuple(body)


def evidence_statement(citation: Citation, graph: str) -> Statement:
    """Return the evidence node of a citation, in the graph of its document or the register.

    Raises:
        InputError: If the citation has no locator.
    """
    with values.located(citation.origin):
        return _located_evidence(citation, graph)


@lru_cache(maxsize=64)
def _located_evidence(c: Citation, graph: str) -> Statement:
    mark = "|".join([c.gist, c.attribution, c.speaker, *(f"{t}@{g}" for t, g in c.attests)])
    digest = hashlib.sha256(mark.encode()).hexdigest()[:6]
    body = [
        (RDF_TYPE, model.ref(sp("Evidence"))),
        (sp("document"), model.ref(named("doc", c.document))),
        (sp("gist"), model.text(c.gist, "en")),
        (sp("attribution"), model.ref(named("attribution", c.attribution))),
        *_where(c),
    ]
    if c.speaker:
        body.append((sp("speaker"), model.ref(named("id", c.speaker))))
    if c.sentence:
        body.append((sp("sentence"), model.text(c.sentence)))
    if c.seen:
        body.append((sp("seen"), model.ref(named("seen", c.seen))))
    body += [(sp("attestsLabel"), model.text(t, g)) for t, g in c.attests]
    subject = named("evidence", f"{c.document}.{_place(c)}.{digest}")
    return Statement(subject, graph, tuple(body), c.origin)


def _place(c: Citation) -> str:
    """The part of an evidence's name that says where in the document it stands."""
    if c.fragment:
        quoted = f"q{c.quote_sha256[:8]}" if c.quote_sha256 else ""
        return "l" + hashlib.sha256(c.fragment.encode()).hexdigest()[:8] + quoted
    if c.chars:
        return f"c{c.chars[0]}-{c.chars[1]}"
    if c.row:
        return f"r{c.row}"
    if c.quote_sha256:
        return f"q{c.quote_sha256[:8]}"
    fix = "give chars: a-b, row: n, locator: '#…', or quote: {length, sha256}"
    raise InputError("a citation without locator", origin=c.origin, fix=fix)


def _where(c: Citation) -> Iterator[tuple[str, str]]:
    if c.locator:
        yield sp("locator"), model.text(c.locator)
    if c.chars:
        for end, number in zip(_ENDS, c.chars, strict=True):
            yield sp(end), model.literal(str(number), iri("xsd:integer"))
    if c.quote_sha256:
        yield sp("quoteSha256"), model.text(c.quote_sha256)
    if c.quote_length:
        yield sp("quoteLength"), model.literal(str(c.quote_length), iri("xsd:integer"))
