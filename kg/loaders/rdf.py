"""RDF files: Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD (local contexts only)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import InputError, Origin
from kg.loaders._source import Report, Source, here
from kg.loaders.facts import declared
from kg.model import Statement
from kg.namespaces import iri, prefixes
from kg.vocab import Vocabulary

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


def load(source: Source, vocab: Vocabulary, report: Report) -> Iterator[Statement]:
    """Yield what RDF files say, as it is; blank nodes become IRIs by their canonical hash.

    Args:
        source: The source; `document:` names the document that the default graph belongs to.
            A named graph keeps its name where it is a declared document; any other is put into
            that document too.
        vocab: The ontology.
        report: Filled with counts.

    Raises:
        InputError: With file and line, if a file is truncated, broken or of an unknown kind.
    """
    yield from declared(source.spec, source, vocab, report)
    name = source.spec.text("document")
    if not name:
        fix = "add document: with the id of one of documents:"
        raise InputError("an rdf source without document", origin=source.spec.origin, fix=fix)
    home = iri("doc:" + name)
    known = {iri("doc:" + b.text("id")) for b in source.spec.blocks("documents")}
    for path in source.files():
        for statement in read(path, home, known):
            report.rows += 1
            report.counts["triples"] += len(statement.properties)
            report.counts["statements"] += 1
            yield statement


def read(path: Path, home: str, keep: set[str] | None = None) -> Iterator[Statement]:
    """Yield one statement a run of triples with the same subject and graph.

    Args:
        path: The file; its ending tells the format.
        home: IRI of the graph for triples of the default graph and of graphs not in `keep`.
        keep: IRIs of graphs that keep their names.

    Raises:
        InputError: As :func:`load`.
    """
    origin = here(path)
    quads = _skolemised(_parse(path), home)
    grouped = groupby(quads, key=lambda q: (q.subject, q.graph_name))
    for (subject, graph), run in grouped:
        body = tuple((q.predicate.value, str(q.object)) for q in run)
        name = getattr(graph, "value", "")
        yield Statement(subject.value, name if name in (keep or ()) else home, body, origin)


def _parse(path: Path) -> Iterator[ox.Quad]:
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        fix = "known endings: " + ", ".join(FORMATS)
        raise InputError(f"'{path.suffix}' is no known RDF format", origin=here(path), fix=fix)
    try:
        if form == ox.RdfFormat.JSON_LD:
            yield from ox.parse(_local_json_ld(path), format=form, base_iri=home_of(path))
        else:
            yield from ox.parse(path=str(path), format=form, base_iri=home_of(path))
    except SyntaxError as error:
        where = Origin(str(path), error.lineno or 0, error.offset or 0)
        fix = "the file may be cut off, or be in another format than its ending says"
        raise InputError(f"broken RDF: {error.msg}", origin=where, fix=fix) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", origin=here(path)) from None


def home_of(path: Path) -> str:
    """Return the base IRI against which relative IRIs of a file are resolved."""
    return prefixes()["source"] + "file/" + path.name.replace(" ", "%20")


def _local_json_ld(path: Path) -> str:
    content = path.read_text(encoding="utf-8")
    try:
        document = json.loads(content)
    except json.JSONDecodeError as error:
        where = Origin(str(path), error.lineno, error.colno)
        raise InputError(f"broken JSON: {error.msg}", origin=where) from None
    for context in _contexts(document):
        if isinstance(context, str):
            fix = "put the context itself into the file: nothing is fetched from the network"
            raise InputError(f"remote context '{context}' refused", origin=here(path), fix=fix)
    return content


def _contexts(node: Any) -> Iterator[Any]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "@context":
                yield from value if isinstance(value, list) else [value]
            yield from _contexts(value)
    elif isinstance(node, list):
        for item in node:
            yield from _contexts(item)


def _skolemised(quads: Iterator[ox.Quad], home: str) -> Iterator[ox.Quad]:
    blank: list[ox.Quad] = []
    for quad in quads:
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            blank.append(quad)
        else:
            yield quad
    if blank:
        dataset = ox.Dataset(blank)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        base = home.replace("/doc/", "/id/")
        named = (_named(q, base) for q in dataset)
        yield from sorted(named, key=str)


def _named(quad: ox.Quad, base: str) -> ox.Quad:
    def name(term: Any) -> Any:
        return ox.NamedNode(f"{base}.{term.value}") if isinstance(term, ox.BlankNode) else term

    return ox.Quad(name(quad.subject), quad.predicate, name(quad.object), quad.graph_name)
