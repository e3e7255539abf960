"""A read-only view of an RDF store over Oxigraph.

Nothing that reads can write (see :mod:`kg.bulk`). The default graph holds the merge of all named
graphs, each triple once; the named graphs hold who said what.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.labels import by_language, choose
from kg.namespaces import RDF_TYPE, RDFS_LABEL, iri, prefixes

if TYPE_CHECKING:
    from rdflib import Dataset

FORMAT = 1
CURRENT, BUILD = "CURRENT", "build.json"
ONTOLOGY, REGISTER, CATALOGUE, DERIVED = (
    "graph:ontology",
    "graph:register",
    "graph:catalogue",
    "graph:derived",
)


@dataclass(frozen=True)
class View:
    """A read-only look at a set of documents.

    Attributes:
        store: The Oxigraph store; its default graph is the merge. Do not write to it.
        build: What `build.json` says of the build it comes from.
        as_of: The day up to which documents count, or None.
        allowed: IRIs of the documents it was restricted to, or None for all.
        left_out: Document IRI → why it is left out.
        home: The workspace, or None for a store in memory.
        path: The folder of the store on disk, or None.
    """

    store: ox.Store
    build: Mapping[str, Any] = field(default_factory=dict)
    as_of: date | None = None
    allowed: frozenset[str] | None = None
    left_out: Mapping[str, str] = field(default_factory=dict)
    home: Path | None = None
    path: Path | None = None

    def select(self, query: str) -> ox.QuerySolutions:
        """Run a SELECT of ours on the merge.

        Args:
            query: SPARQL 1.1; the prefixes of the context are declared for it.
        """
        found = self.store.query(query, prefixes=dict(prefixes()))
        if not isinstance(found, ox.QuerySolutions):
            raise TypeError("not a SELECT query")
        return found

    def rows(self, query: str) -> list[tuple[str, ...]]:
        """Run a SELECT and return plain values ("" for unbound), sorted."""
        with self._reading():
            found = self.select(query)
            return sorted(tuple("" if t is None else t.value for t in s) for s in found)

    def objects(self, subject: str, predicate: str) -> list[str]:
        """Return the values of a property in the merge, sorted."""
        return sorted(term.value for term in self.terms(subject, predicate))

    def terms(self, subject: str, predicate: str) -> list[Any]:
        """Return the terms of a property in the merge, in no order."""
        node, prop = ox.NamedNode(subject), ox.NamedNode(predicate)
        try:
            quads = self.store.quads_for_pattern(node, prop, None, ox.DefaultGraph())
            return [q.object for q in quads]
        except OSError as error:
            raise self._swept(error) from None

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """The engine opens its files late: those of a build that was swept since are gone."""
        try:
            yield
        except OSError as error:
            raise self._swept(error) from None

    def _swept(self, error: OSError) -> StoreError:
        fix = "open it again; two builds may have replaced it since"
        return StoreError(f"store {self.path} cannot be read: {error}", fix=fix)

    def described(self, subject: str) -> dict[str, list[str]]:
        """Return predicate → values of a node in the merge, in no order."""
        found: dict[str, list[str]] = {}
        with self._reading():
            node, merge = ox.NamedNode(subject), ox.DefaultGraph()
            for quad in self.store.quads_for_pattern(node, None, None, merge):
                found.setdefault(quad.predicate.value, []).append(
                    str(getattr(quad.object, "value", ""))
                )
        return found

    def value(self, subject: str, predicate: str) -> str:
        """Return the first value of a property, or an empty string."""
        return next(iter(self.objects(subject, predicate)), "")

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Return the IRIs that have an IRI as the value of a property, sorted."""
        prop, node = ox.NamedNode(predicate), ox.NamedNode(value)
        with self._reading():
            quads = self.store.quads_for_pattern(None, prop, node, ox.DefaultGraph())
            return sorted(str(getattr(q.subject, "value", "")) for q in quads)

    def holders(self, predicate: str, value: str) -> list[str]:
        """Return the IRIs of what has an IRI, or a text in any language, as a value, sorted."""
        if value.startswith(("http://", "https://")):
            return self.subjects(predicate, value)
        same = f"FILTER(STR(?o) = {ox.Literal(value)})"
        return [s for (s,) in self.rows(f"SELECT DISTINCT ?s {{ ?s <{predicate}> ?o {same} }}")]

    def graphs(self) -> list[str]:
        """Return the IRIs of the named graphs, sorted."""
        return sorted(g.value for g in self.store.named_graphs())

    @cached_property
    def documents(self) -> dict[str, tuple[str, str]]:
        """IRI of each document → its earliest and latest day of issue ("" where not stated)."""
        query = """SELECT ?d ?first ?last { ?d sp:fromSource ?s
            OPTIONAL { ?d sp:issuedEarliest ?first } OPTIONAL { ?d sp:issuedLatest ?last } }"""
        return {d: (first, last) for d, first, last in self.rows(query)}

    @cached_property
    def today(self) -> date:
        """The day as of which the view speaks: `as_of`, else the latest issue of its documents.

        No clock is read, so the same input gives the same answer.
        """
        if self.as_of:
            return self.as_of
        days = [last for _, last in self.documents.values() if last]
        return date.fromisoformat(max(days)) if days else date.min

    def label(self, term: str, languages: Iterable[str] = ("en",)) -> str:
        """Return a label in the first language that has one, else any, else the local name."""
        terms = self.terms(term, RDFS_LABEL) or self.terms(term, iri("skos:prefLabel"))
        said = by_language((getattr(t, "language", None) or "", t.value) for t in terms)
        return choose(said, languages) or term.replace("#", "/").rsplit("/", 1)[-1]

    def labels(self, terms: Iterable[str], languages: Iterable[str] = ("en",)) -> dict[str, str]:
        """Return the labels of many things, as :meth:`label` gives them, read in bulk."""
        read: Any = self.store.quads_for_pattern
        merge, prop = ox.DefaultGraph(), ox.NamedNode(RDFS_LABEL)
        found: dict[str, str] = {}
        with self._reading():
            for term in set(terms):
                quads = read(ox.NamedNode(term), prop, None, merge)
                said = [(q.object.language or "", q.object.value) for q in quads]
                best = said[0][1] if len(said) == 1 else choose(by_language(said), languages)
                found[term] = best or self.label(term, languages)
        return found

    def types(self, subject: str) -> list[str]:
        """Return the classes of a node, sorted."""
        return self.objects(subject, RDF_TYPE)

    def dataset(self) -> Dataset:
        """Return a plain, read-only `rdflib.Dataset` on the same store."""
        from kg._rdflib import read_only_dataset

        return read_only_dataset(self.store)

    def sorted_quads(self) -> list[str]:
        """Return the N-Quads lines of all named graphs, sorted, without the merge."""
        return sorted(_named_lines(self.store))


class Key:
    """A view as a key of a cache: one store, one entry."""

    def __init__(self, view: View) -> None:
        self.view = view

    def __hash__(self) -> int:
        return id(self.view.store)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and other.view.store is self.view.store


def _named_lines(store: ox.Store) -> Iterator[str]:
    for graph in store.named_graphs():
        dumped = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
        for line in dumped.decode().split("\n")[:-1] if dumped else []:
            yield f"{line[:-1]}{graph} ."


def digest_of(lines: Iterable[str]) -> str:
    """Return the SHA-256 of sorted N-Quads lines, joined by line feeds."""
    found = hashlib.sha256()
    for number, line in enumerate(lines):
        found.update((("\n" if number else "") + line).encode())
    return found.hexdigest()


def open_view(workspace: Path) -> View:
    """Open the current build of a workspace, read-only.

    Args:
        workspace: The workspace folder.

    Raises:
        StoreError: If there is no build, or it was written by another version.
    """
    folder = workspace / "store"
    for _ in range(5):
        name = current(workspace)
        path = folder / "builds" / name
        try:
            build = json.loads((path / BUILD).read_text(encoding="utf-8"))
            _check_format(build, path)
            store = ox.Store.read_only(str(path / "oxigraph"))
        except (OSError, ValueError) as error:
            if current(workspace) == name:
                fix = "run kg build again"
                raise StoreError(f"store {path} cannot be opened: {error}", fix=fix) from None
            continue
        return View(store, build, home=workspace, path=path)
    raise StoreError(f"the store in {folder} keeps changing", fix="try again after the build")


def current(workspace: Path) -> str:
    """Return the name of the current build of a workspace.

    Raises:
        StoreError: If there is none.
    """
    fix = f"run kg build --workspace {workspace}"
    try:
        name = (workspace / "store" / CURRENT).read_bytes().decode().strip()
    except (OSError, UnicodeDecodeError):
        raise StoreError(f"no store in workspace '{workspace}'", fix=fix) from None
    if not name:
        raise StoreError(f"the store of workspace '{workspace}' names no build", fix=fix)
    return name


def _check_format(build: Any, path: Path) -> None:
    if not isinstance(build, dict):
        raise ValueError(f"{BUILD} is no description of a build")
    if build.get("format") != FORMAT:
        message = f"store {path} has format {build.get('format')}, this version reads {FORMAT}"
        raise StoreError(message, fix="run kg build to make it anew")
