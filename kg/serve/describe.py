"""What the service is and what it holds, as RDF: SPARQL 1.1 Service Description, VoID, DCAT.

Runs in a worker process. No node is blank, so the description of a build is always the same.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg import edition
from kg.namespaces import RDF_TYPE, iri, prefixes
from kg.serve.answer import Answer
from kg.serve.formats import GRAPHS, acceptable, content_type, rdf_format
from kg.store import View

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_WRITTEN = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)
_SIZES = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_PARTS = {
    "void:classPartition": "SELECT ?x (COUNT(DISTINCT ?s) AS ?n) { ?s a ?x } GROUP BY ?x",
    "void:propertyPartition": "SELECT ?x (COUNT(*) AS ?n) { ?s ?x ?o } GROUP BY ?x",
}
_COUNTS = {
    "void:triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "void:distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "void:distinctObjects": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
    "void:properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    "void:classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
}
_SOURCES = """SELECT ?s ?p ?o { ?s a dcat:Dataset ; ?p ?o .
    FILTER(?p IN (dct:identifier, dct:title, dct:license, dct:publisher)) }"""


def describe(view: View, what: str, root: str, accept: str) -> Answer:
    """Return a description.

    Args:
        view: The whole store.
        what: "service" for the endpoint, "void" for the dataset.
        root: Address of the server, without a slash at the end.
        accept: The Accept header.

    Raises:
        RefusedError: 406.
    """
    media = acceptable(accept, GRAPHS, "a description")
    made = _service(view, root) if what == "service" else _dataset(view, root)
    triples = sorted(set(made), key=str)
    used = ("dcat", "dct", "foaf", "rdf", "void", "xsd")
    declared = {name: prefixes()[name] for name in used} | {"sd": _SD}
    body = ox.serialize(triples, format=rdf_format(media), prefixes=declared) or b""
    return Answer(200, content_type(media), body, (("Vary", "Accept"),))


def _service(view: View, root: str) -> Iterator[ox.Triple]:
    """SPARQL 1.1 Service Description, sections 3 and 4."""
    endpoint = root + "/sparql"
    service, dataset, merge = (f"{endpoint}#{name}" for name in ("service", "dataset", "merge"))
    yield _link(service, RDF_TYPE, _SD + "Service")
    yield _link(service, _SD + "endpoint", endpoint)
    yield _link(service, _SD + "supportedLanguage", _SD + "SPARQL11Query")
    yield _link(service, _SD + "feature", _SD + "UnionDefaultGraph")
    for name in _WRITTEN:
        yield _link(service, _SD + "resultFormat", _FORMATS + name)
    yield _link(service, _SD + "defaultDataset", dataset)
    yield _link(service, _SD + "availableGraphs", f"{endpoint}#documents")
    yield _link(dataset, RDF_TYPE, _SD + "Dataset")
    yield _link(dataset, _SD + "defaultGraph", merge)
    yield _link(merge, RDF_TYPE, _SD + "Graph")
    yield _number(merge, "void:triples", view.rows(_COUNTS["void:triples"])[0][0])
    yield _link(f"{endpoint}#documents", RDF_TYPE, _SD + "GraphCollection")
    for graph, size in view.rows(_SIZES):
        yield from _named(endpoint, dataset, graph, size, graph in view.documents)


def _named(endpoint: str, dataset: str, graph: str, size: str, free: bool) -> Iterator[ox.Triple]:
    """A named graph; those of documents are what FROM and default-graph-uri may name."""
    local = graph.rsplit("/", 2)
    node = f"{endpoint}#graph-{'-'.join(local[-2:])}"
    yield _link(dataset, _SD + "namedGraph", node)
    if free:
        yield _link(f"{endpoint}#documents", _SD + "namedGraph", node)
    yield _link(node, RDF_TYPE, _SD + "NamedGraph")
    yield _link(node, _SD + "name", graph)
    yield _link(node, _SD + "graph", f"{node}-content")
    yield _link(f"{node}-content", RDF_TYPE, _SD + "Graph")
    yield _number(f"{node}-content", "void:triples", size)


def _dataset(view: View, root: str) -> Iterator[ox.Triple]:
    """VoID (W3C note of 2011) and DCAT 3: the counts are those of the merge."""
    home = root + "/.well-known/void"
    node, service = home + "#dataset", home + "#service"
    for curie in ("void:Dataset", "dcat:Dataset"):
        yield _link(node, RDF_TYPE, iri(curie))
    yield _link(home, RDF_TYPE, iri("void:DatasetDescription"))
    yield _link(home, iri("foaf:primaryTopic"), node)
    yield _link(node, iri("void:sparqlEndpoint"), root + "/sparql")
    yield _link(node, iri("void:vocabulary"), iri("sp:").rstrip("#"))
    yield ox.Triple(ox.NamedNode(node), ox.NamedNode(iri("void:uriSpace")), ox.Literal(iri("id:")))
    for curie, query in _COUNTS.items():
        yield _number(node, curie, view.rows(query)[0][0])
    yield from _parts(view, node)
    yield from _about(view, node)
    yield _link(service, RDF_TYPE, iri("dcat:DataService"))
    yield _link(service, iri("dcat:endpointURL"), root + "/sparql")
    yield _link(service, iri("dcat:endpointDescription"), root + "/sparql")
    yield _link(service, iri("dcat:servesDataset"), node)


def _parts(view: View, node: str) -> Iterator[ox.Triple]:
    for curie, query in _PARTS.items():
        kind = curie.removeprefix("void:").removesuffix("Partition")
        size = "void:entities" if kind == "class" else "void:triples"
        for number, (name, count) in enumerate(view.rows(query), 1):
            part = f"{node}-{kind}-{number}"
            yield _link(node, iri(curie), part)
            yield _link(part, iri(f"void:{kind}"), name)
            yield _number(part, size, count)


def _about(view: View, node: str) -> Iterator[ox.Triple]:
    """Title, version and licence of the data that come with kg, and of each source."""
    if held := edition.held(view):
        said = {
            "dct:title": held.title,
            "dcat:version": held.version,
            "dct:creator": held.creator,
            "dct:license": held.licence,
            "dct:bibliographicCitation": held.citation,
        }
        for curie, text in said.items():
            yield ox.Triple(ox.NamedNode(node), ox.NamedNode(iri(curie)), ox.Literal(text))
        for curie, day in (("dct:issued", held.issued), ("dct:modified", held.modified)):
            yield _typed(node, curie, day, "xsd:date")
    for solution in view.select(_SOURCES):
        source, predicate, value = solution
        yield ox.Triple(source, predicate, value)
        yield _link(node, iri("void:subset"), source.value)
        for curie in ("void:Dataset", "dcat:Dataset"):
            yield _link(source.value, RDF_TYPE, iri(curie))


def _link(subject: str, predicate: str, target: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(target))


def _number(subject: str, curie: str, value: str) -> ox.Triple:
    return _typed(subject, curie, value, "xsd:integer")


def _typed(subject: str, curie: str, value: str, datatype: str) -> ox.Triple:
    literal = ox.Literal(value, datatype=ox.NamedNode(iri(datatype)))
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(iri(curie)), literal)
