"""Read-only view of the ontology: classes, properties, ranges, keys, concepts.

The schema is data: a class or property exists when ``ontology/space.ttl`` declares it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import resources
from kg.errors import VocabularyError, suggest
from kg.namespaces import RDF_TYPE, RDFS_LABEL, iri, sp

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PROPERTY_TYPES = {_OWL + "ObjectProperty", _OWL + "DatatypeProperty"}
_DECLARED = "what there is stands in ontology/space.ttl and docs/ontology.html"
ONTOLOGY_FILES = ("space.ttl", "roles.ttl")


@dataclass(frozen=True, slots=True)
class Property:
    """One declared property.

    Attributes:
        name: Local name, as source files write it.
        iri: Full IRI.
        domain: IRI of its domain.
        range: IRI of its range.
        required: True when each claim of its domain needs one.
        single: True when a claim has at most one.
        derived: True for shortcuts that only rules may write.
        time_kind: "interval", "set" or "" (see :class:`kg.period.Period`).
    """

    name: str
    iri: str
    domain: str
    range: str
    required: bool
    single: bool
    derived: bool
    time_kind: str


@dataclass(frozen=True)
class Vocabulary:
    """The declared terms. Get it from :func:`load`.

    Attributes:
        triples: All triples of the ontology files.
        lists: Head of an RDF list → its members.
        labels: Term and language → label.
        memo: For others to remember what follows from the ontology alone.
    """

    triples: frozenset[tuple[str, str, str]]
    lists: Mapping[str, tuple[str, ...]]
    labels: Mapping[tuple[str, str], str]
    memo: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    _index: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for s, p, o in sorted(self.triples):
            self._index[s, p].append(o)

    def objects(self, subject: str, predicate: str) -> list[str]:
        """Return the objects of a subject and a predicate, sorted."""
        return self._index.get((subject, predicate), [])

    def _value(self, subject: str, predicate: str) -> str:
        return next(iter(self.objects(subject, predicate)), "")

    @cached_property
    def classes(self) -> Mapping[str, str]:
        """Local name → IRI of every class of ours."""
        return self._declared({_OWL + "Class"})

    @cached_property
    def properties(self) -> Mapping[str, Property]:
        """Local name (or CURIE for terms of other vocabularies) → property."""
        return {
            name: self._property(name, x) for name, x in self._declared(_PROPERTY_TYPES).items()
        }

    def _declared(self, types: set[str]) -> dict[str, str]:
        base = sp("")
        found = {s for s, p, o in self.triples if p == RDF_TYPE and o in types}
        return {s.removeprefix(base): s for s in sorted(found) if s.startswith(base)}

    def _property(self, name: str, full: str) -> Property:
        return Property(
            name=name,
            iri=full,
            domain=self._value(full, _RDFS + "domain"),
            range=self._value(full, _RDFS + "range"),
            required=self._value(full, sp("required")) == "true",
            single=self._value(full, sp("maxPerClaim")) == "1",
            derived=self._value(full, sp("derived")) == "true",
            time_kind=self._value(full, sp("timeKind")),
        )

    @cached_property
    def _ancestors(self) -> dict[str, frozenset[str]]:
        parents: dict[str, set[str]] = defaultdict(set)
        for s, p, o in self.triples:
            if p == _RDFS + "subClassOf":
                parents[s].add(o)
        for union, head in ((s, o) for s, p, o in self.triples if p == _OWL + "unionOf"):
            for member in self.lists.get(head, ()):
                parents[member].add(union)
        found: dict[str, frozenset[str]] = {}

        def climb(cls: str) -> frozenset[str]:
            if cls not in found:
                found[cls] = frozenset({cls})
                above = [climb(p) for p in sorted(parents[cls])]
                found[cls] = frozenset({cls}).union(*above)
            return found[cls]

        for cls in [*self.classes.values(), *parents]:
            climb(cls)
        return found

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Say whether a class equals or descends from another (named unions included).

        Args:
            cls: IRI of a class.
            ancestor: IRI, or local name of one of ours.
        """
        return self.classes.get(ancestor, ancestor) in self._ancestors.get(cls, frozenset({cls}))

    def subclasses(self, name: str) -> list[str]:
        """Return the IRIs of a class and all that descend from it, sorted."""
        top = self.class_iri(name)
        return sorted(c for c in self.classes.values() if self.is_a(c, top))

    def class_iri(self, name: str) -> str:
        """Return the IRI of one of our classes.

        Raises:
            VocabularyError: If there is none; the message suggests the nearest.
        """
        if name not in self.classes:
            fix = suggest(name, self.classes) or _DECLARED
            raise VocabularyError(f"unknown class '{name}'", fix=fix)
        return self.classes[name]

    def property(self, name: str) -> Property:
        """Return one of our properties.

        Raises:
            VocabularyError: If there is none; the message suggests the nearest.
        """
        if name not in self.properties:
            fix = suggest(name, self.properties) or _DECLARED
            raise VocabularyError(f"unknown property '{name}'", fix=fix)
        return self.properties[name]

    def properties_of(self, cls: str) -> Iterator[Property]:
        """Yield the properties whose domain covers a class, in the order of their names."""
        for prop in self.properties.values():
            if self.is_a(cls, prop.domain):
                yield prop

    def key(self, cls: str) -> tuple[Property, ...]:
        """Return the properties that identify a fact of this class (`sp:factKey`, inherited)."""
        by_iri = {p.iri: p for p in self.properties.values()}
        for above in sorted(self._ancestors[cls], key=lambda a: -len(self._ancestors.get(a, ()))):
            for head in self.objects(above, sp("factKey")):
                return tuple(by_iri[x] for x in self.lists.get(head, ()))
        return ()

    def key_class(self, cls: str) -> str:
        """Return the local name of the class that declares the key of `cls`, or its own."""
        for above in sorted(self._ancestors[cls], key=lambda a: -len(self._ancestors.get(a, ()))):
            if self.objects(above, sp("factKey")):
                return above.removeprefix(sp(""))
        return cls.removeprefix(sp(""))

    def slug_prefix(self, cls: str) -> str:
        """Return the prefix under which things of a class are named ("role", "id", …), or ""."""
        found = self.memo.get(("slug_prefix", cls))
        if found is None:
            found = self.memo["slug_prefix", cls] = self._slug_prefix(cls)
        return str(found)

    def _slug_prefix(self, cls: str) -> str:
        for above in sorted(self._ancestors.get(cls, ()), key=lambda a: a != cls):
            if value := self._value(above, sp("slugPrefix")):
                return value
        members = [c for c, up in self._ancestors.items() if cls in up and c != cls]
        found = {self._slug_prefix(m) for m in members if not self.is_a(cls, m)}
        return found.pop() if len(found) == 1 else ""

    @cached_property
    def concepts(self) -> Mapping[str, frozenset[str]]:
        """IRI of a concept class → IRIs of its concepts."""
        found: dict[str, set[str]] = defaultdict(set)
        concept = {c for c in self.classes.values() if self.is_a(c, _SKOS + "Concept")}
        for s, p, o in self.triples:
            if p == RDF_TYPE and o in concept:
                found[o].add(s)
        return {k: frozenset(v) for k, v in found.items()}

    def annotation(self, subject: str, name: str) -> str:
        """Return the value of one of our annotation properties, or an empty string."""
        return self._value(subject, sp(name))

    def label(self, term: str, language: str = "en") -> str:
        """Return the label of a declared term in a language, in English, or its local name."""
        for tag in (language, "en"):
            if found := self.labels.get((term, tag)):
                return found
        return term.replace("#", "/").rsplit("/", 1)[-1]

    def broader(self, concept: str) -> list[str]:
        """Return a concept and everything broader, nearest first."""
        chain, todo = [], [concept]
        while todo:
            here = todo.pop(0)
            if here not in chain:
                chain.append(here)
                todo += self.objects(here, _SKOS + "broader")
        return chain


@lru_cache(maxsize=2)
def load(folder: Path | None = None) -> Vocabulary:
    """Read the ontology.

    Args:
        folder: Where `space.ttl` and `roles.ttl` are; by default the product's own.

    Raises:
        VocabularyError: If a file is missing or is no Turtle.
    """
    place = folder or resources.ontology()
    triples: set[tuple[str, str, str]] = set()
    labels: dict[tuple[str, str], str] = {}
    for name in ONTOLOGY_FILES:
        try:
            for quad in ox.parse(path=str(place / name), format=ox.RdfFormat.TURTLE):
                _take(quad, name, triples, labels)
        except (OSError, SyntaxError) as error:
            raise VocabularyError(f"cannot read ontology file {place / name}: {error}") from error
    return Vocabulary(frozenset(triples), _lists(triples), labels)


def _take(
    quad: ox.Quad,
    name: str,
    triples: set[tuple[str, str, str]],
    labels: dict[tuple[str, str], str],
) -> None:
    s, p, o = (_plain(t, name) for t in (quad.subject, quad.predicate, quad.object))
    triples.add((s, p, o))
    if p in {RDFS_LABEL, _SKOS + "prefLabel"} and isinstance(quad.object, ox.Literal):
        labels[s, quad.object.language or ""] = o


def _plain(term: object, name: str) -> str:
    value = str(getattr(term, "value", term))
    return f"_:{name}:{value}" if isinstance(term, ox.BlankNode) else value


def _lists(triples: set[tuple[str, str, str]]) -> dict[str, tuple[str, ...]]:
    first = {s: o for s, p, o in triples if p == _RDF + "first"}
    rest = {s: o for s, p, o in triples if p == _RDF + "rest"}

    def walk(node: str) -> Iterator[str]:
        while node in first:
            yield first[node]
            node = rest.get(node, "")

    return {head: tuple(walk(head)) for head in first}


def expand(name: str) -> str:
    """Return the IRI of a CURIE, or of a bare local name of our ontology."""
    return iri(name) if ":" in name else sp(name)
