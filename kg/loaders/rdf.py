"""RDF files: Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD (local contexts only)."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.parsers import expat

import pyoxigraph as ox

from kg.errors import InputError, Origin, VocabularyError, suggest
from kg.loaders._rdfstore import NAMES, base_of, broken, broken_xml
from kg.loaders._source import Report, Source, here
from kg.loaders.facts import declared
from kg.model import Statement
from kg.namespaces import RDF_TYPE, iri, sp
from kg.values import SLUG, located
from kg.vocab import Vocabulary

FORMATS = {**NAMES, ".jsonld": ox.RdfFormat.JSON_LD}


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
        VocabularyError: If a file uses a term of ours that the ontology does not declare.
    """
    yield from declared(source.spec, source, vocab, report)
    name = source.spec.text("document")
    if not name:
        fix = "add document: with the id of one of documents:"
        raise InputError("an rdf source without document", origin=source.spec.origin, fix=fix)
    if not SLUG.fullmatch(name):
        fix = "write the id of one of documents:"
        where = source.spec.at["document"]
        raise InputError(f"'{name}' is no document id", origin=where, fix=fix)
    home = iri("doc:" + name)
    known = {iri("doc:" + b.text("id")) for b in source.spec.blocks("documents")}
    for path in source.files():
        for statement in read(path, home, known):
            _check_terms(statement, vocab)
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
    quads = _skolemised((_homed(q, home, keep or set(), path) for q in _parse(path)), home)
    grouped = groupby(quads, key=lambda q: (q.subject, q.graph_name))
    for (subject, graph), run in grouped:
        body = tuple((q.predicate.value, str(q.object)) for q in run)
        yield Statement(subject.value, graph.value, body, origin)


def _check_terms(statement: Statement, vocab: Vocabulary) -> None:
    ours = sp("")
    for predicate, term in statement.properties:
        name = predicate.removeprefix(ours)
        if name != predicate and name not in vocab.properties:
            fix = suggest(name, vocab.properties)
            message = f"unknown property '{name}' of {statement.subject.rsplit('/', 1)[-1]}"
            raise VocabularyError(message, origin=statement.origin, fix=fix)
        if predicate == RDF_TYPE and term.startswith(f"<{ours}"):
            with located(statement.origin):
                vocab.class_iri(term[1:-1].removeprefix(ours))


def _homed(quad: ox.Quad, home: str, keep: set[str], path: Path) -> ox.Quad:
    if isinstance(quad.object, ox.Triple) or getattr(quad.object, "direction", None):
        fix = "write it in RDF 1.1: a node of its own instead of a triple term"
        raise InputError("RDF 1.2 is not supported", origin=here(path), fix=fix)
    name = getattr(quad.graph_name, "value", "")
    graph = ox.NamedNode(name if name in keep else home)
    return ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _parse(path: Path) -> Iterator[ox.Quad]:
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        fix = "known endings: " + ", ".join(FORMATS)
        raise InputError(f"'{path.suffix}' is no known RDF format", origin=here(path), fix=fix)
    try:
        if form == ox.RdfFormat.JSON_LD:
            yield from ox.parse(_local_json_ld(path), format=form, base_iri=base_of(path))
        else:
            if form == ox.RdfFormat.RDF_XML:
                _check_xml(path)
            yield from ox.parse(path=str(path), format=form, base_iri=base_of(path))
    except SyntaxError as error:
        raise broken(path, error) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", origin=here(path)) from None


def _check_xml(path: Path) -> None:
    """The engine takes a file that is cut off for a whole one, so look at the XML first.

    Expat fetches nothing, and limits how far entities may grow.
    """
    parser = expat.ParserCreate()
    try:
        with path.open("rb") as handle:
            parser.ParseFile(handle)
    except expat.ExpatError as error:
        raise broken_xml(path, error) from None


def _local_json_ld(path: Path) -> str:
    content = path.read_text(encoding="utf-8")
    try:
        document = json.loads(content)
    except json.JSONDecodeError as error:
        where = Origin(str(path), error.lineno, error.colno)
        raise InputError(f"broken JSON: {error.msg}", origin=where) from None
    except RecursionError:
        raise InputError("nested too deeply", origin=here(path)) from None
    for context in _contexts(document):
        if isinstance(context, str):
            fix = "put the context itself into the file: nothing is fetched from the network"
            raise InputError(f"remote context '{context}' refused", origin=here(path), fix=fix)
    return content


def _contexts(document: Any) -> Iterator[Any]:
    todo = [document]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            given = node.get("@context", [])
            yield from given if isinstance(given, list) else [given]
        if isinstance(node, (dict, list)):
            todo += node.values() if isinstance(node, dict) else node


def _skolemised(quads: Iterator[ox.Quad], home: str) -> Iterator[ox.Quad]:
    """Name blank nodes by what is said of them, whatever their labels and their order.

    Blank nodes that hang together are named together: ``<home>.<hash>.<number>``. So two files
    never share a name by chance, and an added node leaves the names of the others as they are.
    """
    blank: list[ox.Quad] = []
    for quad in quads:
        if _blanks(quad):
            blank.append(quad)
        else:
            yield quad
    base = home.replace("/doc/", "/id/")
    named = [q for component in _components(blank) for q in _named(component, base)]
    yield from sorted(set(named), key=str)


def _blanks(quad: ox.Quad) -> list[str]:
    return [t.value for t in (quad.subject, quad.object) if isinstance(t, ox.BlankNode)]


def _components(quads: list[ox.Quad]) -> Iterator[list[ox.Quad]]:
    parent: dict[str, str] = {}

    def top(node: str) -> str:
        while parent.setdefault(node, node) != node:
            parent[node] = node = parent[parent[node]]
        return node

    for quad in quads:
        first, *others = _blanks(quad)
        for other in others:
            parent[top(other)] = top(first)
    groups: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        groups[top(_blanks(quad)[0])].append(quad)
    yield from groups.values()


def _named(quads: list[ox.Quad], base: str) -> Iterator[ox.Quad]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    content = "\n".join(sorted(str(q) for q in dataset))
    head = f"{base}.{hashlib.sha256(content.encode()).hexdigest()[:12]}"

    def name(term: Any) -> Any:
        return ox.NamedNode(f"{head}.{term.value}") if isinstance(term, ox.BlankNode) else term

    for quad in dataset:
        yield ox.Quad(name(quad.subject), quad.predicate, name(quad.object), quad.graph_name)
