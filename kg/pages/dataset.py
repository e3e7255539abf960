"""The data set: version, licence, citation, sources; and the description of it for catalogues."""

from __future__ import annotations

from typing import NamedTuple

from kg import edition
from kg.evidence import local
from kg.namespaces import RDF_TYPE, iri
from kg.pages import rdf
from kg.pages.http import Response
from kg.pages.memory import Memory
from kg.pages.negotiate import chosen, ending
from kg.pages.render import Asked

FORMATS = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
}
DUMPS = {
    "dumps/partnerships.ttl": ("turtle", "everything, each triple once, with its evidence"),
    "dumps/partnerships.trig": ("trig", "who said what: one named graph a document"),
    "dumps/partnerships.nq": ("nquads", "the same, one quad a line, sorted"),
    "dumps/partnerships.csv": ("csv", "one row a claim, for a spreadsheet"),
}
"""File of a published site → format of `kg export`, and what it holds."""
ONTOLOGY = {
    "ontology/space.ttl": "classes and properties",
    "ontology/roles.ttl": "roles, statuses and other concepts",
    "ontology/shapes.ttl": "what is checked (SHACL)",
    "ontology/context.jsonld": "the JSON-LD context",
}
"""File of a published site → what it holds."""
META = {
    "dcat.ttl": "the data set for catalogues (DCAT), with these files",
    "ro-crate-metadata.json": "the same for research data (RO-Crate)",
}
_SOURCES = """SELECT ?s ?title ?licence ?publisher (COUNT(DISTINCT ?d) AS ?n) {
    ?s a dcat:Dataset ; dct:title ?title OPTIONAL { ?s dct:license ?licence }
    OPTIONAL { ?s dct:publisher ?publisher } OPTIONAL { ?d sp:fromSource ?s }
    } GROUP BY ?s ?title ?licence ?publisher"""
_CLAIMS = """SELECT ?s (COUNT(DISTINCT ?c) AS ?n) {
    ?c sp:ofFact ?f ; sp:evidence/sp:document/sp:fromSource ?s } GROUP BY ?s"""


class Source(NamedTuple):
    """One source: slug, title, licence, publisher, number of documents and of claims."""

    slug: str
    title: str
    licence: str
    publisher: str
    documents: int
    claims: int


def sources(view: Memory) -> list[Source]:
    """Return the sources of a view by title, with how much of them counts."""
    return view.once("sources", _sources)


def _sources(view: Memory) -> list[Source]:
    claims = {s: int(n) for s, n in view.rows(_CLAIMS)}
    found: dict[str, Source] = {}
    for s, title, licence, publisher, n in view.rows(_SOURCES):
        found.setdefault(s, Source(local(s), title, licence, publisher, int(n), claims.get(s, 0)))
    return sorted(found.values(), key=lambda x: (x.title.casefold(), x.slug))


def page(asked: Asked) -> Response:
    """Return the page of the data set, or its description (DCAT) as RDF."""
    _, form = ending(asked.path, FORMATS)
    form = chosen(form, asked.request.get("format"), asked.request.accept, FORMATS)
    if form in rdf.FORMS:
        return rdf.response(asked.view, described(asked.view), (), form)
    view = asked.view
    return asked.html(
        "data.html",
        edition=edition.held(view),
        sources=sources(view),
        build=view.build,
        downloads=[*((n, w) for n, (_, w) in DUMPS.items()), *ONTOLOGY.items(), *META.items()],
        forms=[e for e in FORMATS if e != "html"],
    )


def described(view: Memory) -> list[str]:
    """Return the nodes that describe the data set: the collection and its sources."""
    return [iri(edition.NODE), *view.subjects(RDF_TYPE, iri("dcat:Dataset"))]
