"""What changed between two stores: documents, names, deprecations, and every triple by graph."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

from kg.errors import Origin, StoreError
from kg.namespaces import curie, iri
from kg.store import BUILD, CURRENT, FORMAT, ONTOLOGY, View, open_view
from kg.table import Table

COLUMNS = ("change", "subject", "property", "before", "after", "graph")
_FORMATS = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".ttl": ox.RdfFormat.TURTLE,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
_NAMES = ("rdfs:label", "skos:prefLabel")
_REPLACED = "dct:isReplacedBy"
_END = b" .\n"
_PLACE = re.compile(r"Parser error at line \d+[^:]*: ")

Row: TypeAlias = tuple[str, ...]


def open_any(path: Path) -> View:
    """Open a workspace, one build of it, or an RDF file, read-only.

    Args:
        path: A workspace folder, a folder of `store/builds`, or a file .nq .trig .nt .ttl .jsonld.

    Returns:
        View: of a file without named graphs, one with only the merge.

    Raises:
        StoreError: If there is no such thing, or it cannot be read as what its name says.
    """
    if (path / "store" / CURRENT).is_file():
        return open_view(path)
    if (path / BUILD).is_file():
        return _build(path)
    if not path.is_file() or path.suffix.lower() not in _FORMATS:
        fix = "give a workspace, a folder of its store/builds, or a file " + " ".join(_FORMATS)
        raise StoreError(f"nothing to compare in '{path}'", fix=fix)
    return View(_file(path))


def _build(path: Path) -> View:
    try:
        build = json.loads((path / BUILD).read_text(encoding="utf-8"))
        store = ox.Store.read_only(str(path / "oxigraph"))
    except (OSError, ValueError) as error:
        raise StoreError(f"build {path} cannot be opened: {error}") from None
    if build.get("format") != FORMAT:
        message = f"build {path} has format {build.get('format')}, this version reads {FORMAT}"
        raise StoreError(message, fix="make it anew with kg build")
    return View(store, build, path=path)


def _file(path: Path) -> ox.Store:
    store = ox.Store()
    try:
        store.bulk_load(path=str(path), format=_FORMATS[path.suffix.lower()])
    except SyntaxError as error:
        place = Origin(str(path), error.lineno or 0, error.offset or 0)
        what = _PLACE.sub("", error.msg or "")
        raise StoreError(f"cannot be read as RDF: {what}", origin=place) from None
    except (OSError, ValueError) as error:
        raise StoreError(f"cannot be read: {error}", origin=Origin(str(path))) from None
    if b"_:" in (store.dump(format=ox.RdfFormat.N_QUADS) or b""):
        store = _without_chance(store)
    for graph in list(store.named_graphs()):
        lines = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b""
        store.bulk_load(lines, format=ox.RdfFormat.N_TRIPLES)
    return store


def _without_chance(store: ox.Store) -> ox.Store:
    """Give blank nodes the names that RDFC-1.0 gives them, so that equal graphs compare equal."""
    read = ox.Dataset(store)
    read.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    renamed = ox.Store()
    renamed.bulk_extend(read)
    return renamed


def diff(old: View, new: View) -> Table:
    """Compare two views.

    Where a side has no named graphs (a Turtle file), or no ontology, that is left out on both
    sides, and a note says so.

    Args:
        old: What was.
        new: What is.

    Returns:
        Table: documents added and removed, entities renamed, terms replaced, then every triple
        added and removed, each kind in a fixed order.
    """
    notes: list[str] = []
    before, after = _comparable(old, new, notes)
    gone, come = _triples(_minus(before, after)), _triples(_minus(after, before))
    summary = [*_documents(old, new), *_renamed(gone, come), *_replaced(come)]
    rows = [*summary, *_rows("triple removed", gone), *_rows("triple added", come)]
    counts = [f"{kind}: {number}" for kind, number in _counted(rows)]
    return Table(COLUMNS, tuple(rows), "What changed", (*(counts or ["no change"]), *notes))


_Lines: TypeAlias = "dict[str, set[bytes]]"


def _comparable(old: View, new: View, notes: list[str]) -> tuple[_Lines, _Lines]:
    ontology = iri(ONTOLOGY)
    if not (old.graphs() and new.graphs()):
        notes.append("one side has no named graphs: the merges are compared, without the ontology")
        return {"": _merge(old)}, {"": _merge(new)}
    skipped: set[str] = set()
    if (ontology in old.graphs()) != (ontology in new.graphs()):
        notes.append("only one side carries the ontology: it is not compared")
        skipped.add(ontology)
    return _by_graph(old, skipped), _by_graph(new, skipped)


def _minus(left: _Lines, right: _Lines) -> _Lines:
    return {graph: lines - right.get(graph, set()) for graph, lines in left.items()}


def _by_graph(view: View, skipped: set[str]) -> _Lines:
    return {g: _dump(view.store, ox.NamedNode(g)) for g in view.graphs() if g not in skipped}


def _merge(view: View) -> set[bytes]:
    kept: set[bytes] = set()
    for graph in view.graphs():
        if graph != iri(ONTOLOGY):
            kept |= _dump(view.store, ox.NamedNode(graph))
    return kept or _dump(view.store, ox.DefaultGraph())


def _dump(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> set[bytes]:
    dumped = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b""
    return set(dumped.split(_END)[:-1])


def _triples(changed: _Lines) -> list[tuple[str, ox.Triple]]:
    """Graph and triple of each line, sorted by graph and line."""
    found: list[tuple[str, ox.Triple]] = []
    for graph in sorted(changed):
        lines = b"".join(line + _END for line in sorted(changed[graph]))
        parsed = ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)
        found += [(graph, quad.triple) for quad in parsed]
    return found


def _documents(old: View, new: View) -> Iterator[Row]:
    was, now = set(_described(old)), set(_described(new))
    for document in sorted(was - now):
        yield "document removed", curie(document), "", _title(old, document), "", ""
    for document in sorted(now - was):
        yield "document added", curie(document), "", "", _title(new, document), ""


def _described(view: View) -> list[str]:
    return [document for (document,) in view.rows("SELECT ?d { ?d sp:fromSource ?source }")]


def _title(view: View, document: str) -> str:
    return view.value(document, iri("dct:title")) or view.label(document)


_Changed: TypeAlias = "list[tuple[str, ox.Triple]]"


def _renamed(gone: _Changed, come: _Changed) -> Iterator[Row]:
    """An entity that lost a label in a language and got another in the same language."""
    was, now = _labels(gone), _labels(come)
    for key in sorted(was.keys() & now.keys()):
        subject, predicate, language = key
        before, after = was[key] - now[key], now[key] - was[key]
        if before and after:
            property_ = predicate + (f"@{language}" if language else "")
            both = "; ".join(sorted(before)), "; ".join(sorted(after))
            yield "renamed", subject, property_, *both, ""


def _labels(changed: _Changed) -> dict[tuple[str, str, str], set[str]]:
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for _, triple in changed:
        predicate, value = curie(triple.predicate.value), triple.object
        if predicate in _NAMES and isinstance(value, ox.Literal):
            found[_text(triple.subject), predicate, value.language or ""].add(value.value)
    return found


def _replaced(come: _Changed) -> Iterator[Row]:
    for graph, triple in come:
        if curie(triple.predicate.value) == _REPLACED:
            subject, successor = _text(triple.subject), _text(triple.object)
            yield "replaced", subject, _REPLACED, subject, successor, _short(graph)


def _rows(change: str, changed: _Changed) -> Iterator[Row]:
    for graph, triple in changed:
        cell = _text(triple.object)
        values = (cell, "") if change == "triple removed" else ("", cell)
        yield change, _text(triple.subject), _text(triple.predicate), *values, _short(graph)


def _short(graph: str) -> str:
    return curie(graph) if graph else ""


def _text(term: object) -> str:
    return curie(term.value) if isinstance(term, ox.NamedNode) else str(term)


def _counted(rows: list[Row]) -> Iterator[tuple[str, int]]:
    kinds = Counter(row[0] for row in rows)
    yield from kinds.items()
    graphs = Counter(row[5] for row in rows if row[0].startswith("triple") and row[5])
    for graph, number in sorted(graphs.items()):
        yield f"triples changed in {graph}", number
