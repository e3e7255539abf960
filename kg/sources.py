"""Finds sources, runs the loader that each one names, and checks that names meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg import model, registry, values
from kg.errors import InputError, KGError, Origin, suggest
from kg.loaders._source import SPEC, Report, Source
from kg.model import Statement
from kg.namespaces import RDF_TYPE, iri, prefixes, sp
from kg.vocab import Vocabulary

_LOADERS = "kg.loaders"
_ENTITY = ("entity", "entities:")
_SUGGESTED = 20
"""So many errors are shown at once, and for no more a name like it is looked for."""


def find(folders: Iterable[Path]) -> list[Source]:
    """Return the sources below some folders, sorted by slug; a later folder wins a slug.

    Raises:
        InputError: If a `source.yaml` is broken.
    """
    found: dict[str, Source] = {}
    for folder in folders:
        for spec in sorted(folder.glob(f"*/{SPEC}")) if folder.is_dir() else []:
            source = Source.read(spec.parent)
            found[source.slug] = source
    return [found[slug] for slug in sorted(found)]


def mappings(folders: Iterable[Path]) -> dict[str, Path]:
    """Return the mappings for files of the user: name → folder; a later folder wins a name."""
    found: dict[str, Path] = {}
    for folder in folders:
        for spec in sorted(folder.glob(f"*/{SPEC}")) if folder.is_dir() else []:
            found[spec.parent.name] = spec.parent
    return dict(sorted(found.items()))


@dataclass(slots=True)
class Names:
    """Which identifiers are declared, and which are used, so that none hangs in the air."""

    declared: dict[str, Origin] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    used: dict[str, Origin] = field(default_factory=dict)
    graphs: dict[str, Origin] = field(default_factory=dict)
    claims: set[str] = field(default_factory=set)
    digests: dict[str, str] = field(default_factory=dict)

    def note(self, statement: Statement) -> None:
        """Take note of a statement.

        Raises:
            InputError: If an entity is declared with two different classes.
        """
        things, documents = prefixes()["id"], prefixes()["doc"]
        register, catalogue = iri("graph:register"), iri("graph:catalogue")
        subject, origin = statement.subject, statement.origin
        if statement.graph not in {register, catalogue}:
            self.graphs.setdefault(statement.graph, origin)
        for predicate, term in statement.properties:
            if predicate == RDF_TYPE and subject.startswith((things, documents)):
                self._declare(subject, term, origin)
            elif term.startswith((f"<{things}", f"<{documents}")):
                self.used.setdefault(term[1:-1], origin)
        if subject.startswith(prefixes()["claim"]):
            self.claims.add(subject)
        elif subject.startswith(documents):
            self.digests[subject] = _digest(statement)

    def unstated(self, found: Iterable[Statement], report: Report) -> Iterator[Statement]:
        """Yield what nobody has declared or claimed before: documents and claims stand as they are.

        Args:
            found: What a source says that defers to the others.
            report: Its report: what is left out is taken off its counts.

        Raises:
            InputError: If it describes a document that is declared with another text.
        """
        statements = list(found)
        twice = {s.subject for s in statements if s.subject in self.claims}
        dead = _evidence(s for s in statements if s.subject in twice)
        dead -= _evidence(s for s in statements if s.subject not in twice)
        if twice:
            report.skipped["stated already"] += len(twice)
            report.counts["statements"] -= len(twice)
        for statement in statements:
            if statement.subject in self.digests:
                self._same(statement)
                report.counts["documents"] -= 1
            elif statement.subject not in twice | dead:
                yield statement

    def _same(self, statement: Statement) -> None:
        if _digest(statement) != self.digests[statement.subject]:
            name = statement.subject.rsplit("/", 1)[-1]
            fix = f"the other is {self.declared[statement.subject]}; give this one an id of its own"
            raise InputError(
                f"document '{name}' is declared with another text", origin=statement.origin, fix=fix
            )

    def _declare(self, subject: str, term: str, origin: Origin) -> None:
        earlier = self.types.setdefault(subject, term)
        if earlier != term and subject.startswith(prefixes()["id"]):
            names = " and a ".join(t[1:-1].rsplit("#", 1)[-1] for t in sorted({earlier, term}))
            message = f"'{subject.rsplit('/', 1)[-1]}' is declared as a {names}"
            fix = f"the other place is {self.declared[subject]}"
            raise InputError(message, origin=origin, fix=fix)
        if subject.startswith(prefixes()["doc"]) and subject in self.declared:
            message = f"document '{subject.rsplit('/', 1)[-1]}' is declared twice"
            raise InputError(message, origin=origin, fix=f"first at {self.declared[subject]}")
        self.declared.setdefault(subject, origin)

    def missing(self) -> Iterator[KGError]:
        """Yield an error for each identifier that is used and nowhere declared."""
        found = 0
        for name, origin in sorted({**self.used, **self.graphs}.items()):
            if name not in self.declared and not self._skolem(name):
                found += 1
                home, _, slug = name.rpartition("/")
                what, place = ("document", "documents:") if home.endswith("/doc") else _ENTITY
                fix = self._near(home, slug) if found <= _SUGGESTED else ""
                fix = fix or f"declare it under {place}"
                yield InputError(f"{what} '{slug}' is not declared", origin=origin, fix=fix)

    def _near(self, home: str, slug: str) -> str:
        known = [d.removeprefix(home + "/") for d in self.declared if d.startswith(home)]
        return suggest(slug, known)

    def _skolem(self, name: str) -> bool:
        return ".c14n" in name


def load(source: Source, vocab: Vocabulary, report: Report) -> Iterator[Statement]:
    """Run the loader of a source, then check its counts.

    Args:
        source: The source.
        vocab: The ontology.
        report: Filled while the statements are read.

    Raises:
        KGError: If the loader is unknown, the input is bad, or the counts are outside `expect:`.
    """
    name = source.spec.text("loader")
    try:
        loader = registry.load(_LOADERS, name, "loader")
    except KGError as error:
        error.origin = source.spec.at["loader"]
        raise
    yield _dataset(source)
    yield from loader.load(source, vocab, report)
    source.check_counts(report)


def _digest(document: Statement) -> str:
    """Return the SHA-256 of a document's text, or ""."""
    return dict(document.properties).get(sp("textSha256"), "")


def _evidence(found: Iterable[Statement]) -> set[str]:
    """Return the evidence that some claims name."""
    link = sp("evidence")
    return {term[1:-1] for s in found for predicate, term in s.properties if predicate == link}


def _dataset(source: Source) -> Statement:
    spec = source.spec
    body = [(RDF_TYPE, model.ref(iri("dcat:Dataset")))]
    body.append((iri("dct:identifier"), model.text(source.slug)))
    for key, curie in (("title", "dct:title"), ("description", "dct:description")):
        if spec.text(key):
            body.append((iri(curie), model.text(spec.text(key), "en")))
    for key, curie in (("licence", "dct:license"), ("publisher", "dct:publisher")):
        if spec.text(key):
            body.append((iri(curie), model.text(spec.text(key))))
    if spec.text("homepage"):
        with values.located(spec.at["homepage"]):
            body.append((iri("foaf:page"), model.ref(spec.text("homepage"))))
    return Statement(iri("source:" + source.slug), iri("graph:catalogue"), tuple(body), spec.origin)


__all__ = ["SPEC", "Names", "Report", "Source", "find", "load", "mappings"]
