"""One thing, one IRI: which identifier of which catalogue belongs to which of our entities.

Joined are only records that share an identifier, or that a mapping file joins by name. Labels
never join anything (see :mod:`kg.candidates`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.errors import InputError, Origin, suggest
from kg.expected import Describe, Expected
from kg.identifiers import local, normal
from kg.model import Statement
from kg.namespaces import RDF_TYPE, iri, sp
from kg.sssom import Line

Key = tuple[str, str]
"""Scheme and value, such as ("cospar", "1998-067A")."""


@dataclass(frozen=True, slots=True)
class Join:
    """Why an identifier belongs to an entity.

    Attributes:
        slug: The entity.
        justification: A term of semapv, or what kind of source declares it.
        author: Who says so: an author, or the source.
        day: Since when, or "".
        origin: File and line.
    """

    slug: str
    justification: str
    author: str
    day: str
    origin: Origin


@dataclass(slots=True)
class Identity:
    """The identifiers that are known while a build reads its sources.

    Attributes:
        known: Scheme → value → slug.
        joins: Why, for those that mapping files and curated entries declare.
        classes: Slug → local name of its class.
        labels: Pairs of a slug and one of its labels or aliases.
        documents: SHA-256 of a file → identifier of the document that describes it.
        expected: Entities that rows refer to, and that none has declared yet.
    """

    known: dict[str, dict[str, str]] = field(default_factory=dict)
    joins: dict[Key, Join] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    labels: set[tuple[str, str]] = field(default_factory=set)
    documents: dict[str, str] = field(default_factory=dict)
    expected: Expected = field(default_factory=Expected)
    _apart: set[tuple[str, str, str]] = field(default_factory=set)
    _parted: set[tuple[str, str, str]] = field(default_factory=set)
    _nodes: dict[str, list[str]] = field(default_factory=dict)
    _waiting: list[tuple[str, str, Origin]] = field(default_factory=list)
    _journal: list[tuple[Any, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Identity:
        """Return the index of mapping files; a line with ``Not`` outweighs all others.

        Raises:
            InputError: If two lines give one identifier to two entities.
        """
        made = cls()
        for line in lines:
            if line.apart:
                made._apart.add((line.subject, line.scheme, normal(line.scheme, line.value)))
        for line in lines:
            if not line.apart:
                join = Join(line.subject, line.justification, line.author, line.day, line.origin)
                made.declare((line.scheme, line.value), join)
                made.expected.owed[line.scheme, normal(line.scheme, line.value)] = line.subject
        return made

    def declare(self, key: Key, join: Join) -> None:
        """Say that an identifier belongs to an entity, unless a mapping file separates them.

        Raises:
            InputError: If it belongs to another already.
        """
        scheme, value = key[0], normal(*key)
        if not value:
            return
        if self.apart(join.slug, scheme, value):
            self._parted.add((join.slug, scheme, value))
            return
        earlier = self.known.setdefault(scheme, {}).setdefault(value, join.slug)
        if earlier != join.slug:
            where = self.joins.get((scheme, value))
            message = f"{scheme} '{value}' is given to '{join.slug}' and to '{earlier}'"
            fix = f"the other place is {where.origin}" if where else ""
            raise InputError(message, origin=join.origin, fix=fix)
        self.joins.setdefault((scheme, value), join)

    def apart(self, slug: str, scheme: str, value: str) -> bool:
        """Say whether a mapping file separates an entity from a (normalised) identifier."""
        return (slug, scheme, value) in self._apart

    def separated(self, statement: Statement) -> Statement:
        """Return a statement of the register without the identifiers that a file takes away."""
        if not self._apart or not statement.subject.startswith(iri("id:")):
            return statement
        slug = statement.subject.rsplit("/", 1)[-1]
        gone = {
            f"<{iri('identifier:' + scheme + '.' + local(value))}>"
            for s, scheme, value in self._apart
            if s == slug
        }
        kept = tuple(
            p for p in statement.properties if p[0] != sp("identifier") or p[1] not in gone
        )
        return Statement(statement.subject, statement.graph, kept, statement.origin)

    def idle(self, lines: Iterable[Line]) -> Iterator[str]:
        """Say which lines did nothing: their entity, or what they take away, is not there.

        Args:
            lines: Lines of mapping files, after all sources were read.
        """
        for line in lines:
            value = normal(line.scheme, line.value)
            parted = (line.subject, line.scheme, value) in self._parted
            if not self.kind(line.subject):
                near = suggest(line.subject, [*self.classes, *self.expected.classes])
                yield f"{line.origin}: this build has no 'id:{line.subject}'" + _hint(near)
            elif line.apart and not parted and not self.find(line.scheme, value):
                near = suggest(value or line.value, self.known.get(line.scheme, ()))
                yield f"{line.origin}: nothing has {line.scheme} '{line.value}'" + _hint(near)

    def find(self, scheme: str, value: str) -> str:
        """Return the slug that a (normalised) identifier belongs to, or ""."""
        return self.known.get(scheme, {}).get(value, "")

    def resolve(self, keys: Iterable[Key]) -> str:
        """Return the entity that identifiers of one record belong to, or "" for an unknown one.

        Args:
            keys: Normalised identifiers.

        Raises:
            InputError: If they belong to different entities.
        """
        hits: dict[str, Key] = {}
        keys = list(keys)
        for key in keys:
            if slug := self.find(*key):
                hits.setdefault(slug, key)
        if self._apart:
            for slug in list(hits):
                if any((slug, *key) in self._apart for key in keys):
                    del hits[slug]
        if len(hits) > 1:
            said = " and ".join(f"{s} {v} is '{slug}'" for slug, (s, v) in hits.items())
            fix = "a line with Not in an identity file separates what is joined wrongly"
            raise InputError(f"identifiers of different entities: {said}", fix=fix)
        return next(iter(hits), "")

    def join(self, slug: str, keys: Iterable[Key]) -> list[Key]:
        """Give an entity those of some identifiers that are still free; return these."""
        gained = []
        for scheme, value in keys:
            values = self.known.setdefault(scheme, {})
            if self.expected.owes((scheme, value), slug):
                self.expected.said.add((scheme, value))
                self._journal.append((self.expected.said, (scheme, value)))
                gained.append((scheme, value))
            if value in values or (self._apart and self.apart(slug, scheme, value)):
                continue
            values[value] = slug
            self._journal.append((values, value))
            gained.append((scheme, value))
        return gained

    def adopt(self, slug: str, cls: str, keys: Iterable[Key], label: str = "") -> list[Key]:
        """Take note of an entity that a row declares; return the identifiers it gained.

        The first class that an entity gets is the one that it keeps.
        """
        if slug not in self.classes:
            self.classes[slug] = cls
            self._journal.append((self.classes, slug))
        if label:
            self.name(slug, label)
        return self.join(slug, keys)

    def expect(self, slug: str, cls: str, keys: Iterable[Key]) -> None:
        """Take note of an entity that a row refers to, and that a later row may declare."""
        owed = self.expected.owed
        for key in keys:
            if not self.find(*key) and self.join(slug, [key]):
                owed[key] = slug
                self._journal.append((owed, key))
        if slug not in self.expected.classes:
            self.expected.classes[slug] = cls
            self._journal.append((self.expected.classes, slug))

    def promise(self, slug: str, describe: Describe) -> None:
        """Say how an entity that is only referred to is declared, if no row declares it."""
        if slug not in self.expected.makers and slug not in self.classes:
            self.expected.makers[slug] = describe
            self._journal.append((self.expected.makers, slug))

    def kind(self, slug: str) -> str:
        """Return the class of an entity that is declared or expected, or ""."""
        return self.classes.get(slug) or self.expected.classes.get(slug, "")

    def name(self, slug: str, label: str) -> bool:
        """Take note of a label; return False if the entity had it before."""
        if (slug, label) in self.labels:
            return False
        self.labels.add((slug, label))
        self._journal.append((self.labels, (slug, label)))
        return True

    def commit(self) -> None:
        """Keep what was noted since the last commit."""
        self._journal.clear()

    def rollback(self) -> None:
        """Forget what was noted since the last commit: the row is rejected."""
        for container, key in reversed(self._journal):
            if isinstance(container, set):
                container.discard(key)
            else:
                container.pop(key, None)
        self._journal.clear()

    def note(self, statement: Statement) -> None:
        """Take note of what a curated source says in the register.

        Raises:
            InputError: If it gives an identifier that belongs to another entity.
        """
        subject, things = statement.subject, iri("id:")
        if subject.startswith(iri("identifier:")):
            found = dict(statement.properties)
            scheme, value = found.get(sp("scheme"), ""), found.get(sp("identifierValue"), "")
            self._nodes[subject] = [scheme.strip('"'), value.strip('"')]
        elif subject.startswith(things) and statement.graph == iri("graph:register"):
            self._describe(subject.removeprefix(things), statement)
        elif subject.startswith(iri("doc:")):
            for predicate, term in statement.properties:
                if predicate == sp("sha256"):
                    self.documents.setdefault(term.strip('"'), subject.rsplit("/", 1)[-1])

    def _describe(self, slug: str, statement: Statement) -> None:
        for predicate, term in statement.properties:
            if predicate == RDF_TYPE:
                self.classes.setdefault(slug, term[1:-1].rsplit("#", 1)[-1])
            elif predicate in _naming():
                self.labels.add((slug, term[1:].rpartition('"')[0]))
            elif predicate == sp("identifier"):
                self._waiting.append((slug, term[1:-1], statement.origin))

    def settle(self) -> None:
        """Declare the identifiers of all curated entries that were noted.

        Raises:
            InputError: If one is given to two entities.
        """
        for slug, node, origin in self._waiting:
            if node in self._nodes:
                scheme, value = self._nodes[node]
                self.declare((scheme, value), Join(slug, "curated entry", "kg", "", origin))
                self.expected.owed.pop((scheme, normal(scheme, value)), None)
        self._waiting.clear()
        self._nodes.clear()


def _hint(near: str | None) -> str:
    return ", so the line does nothing" + (f"; {near}" if near else "")


def _naming() -> tuple[str, ...]:
    return iri("rdfs:label"), iri("skos:altLabel"), sp("abbreviation")
