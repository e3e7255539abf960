"""Which sources a build reads, in what order, and what each of them has to know of the others."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TextIO

from kg import blame, model, resources, sources, sssom, vocab
from kg.edition import statements as edition_of
from kg.errors import InputError, KGError, suggest
from kg.identity import Identity
from kg.loaders.rdf import FORMATS
from kg.model import Statement
from kg.namespaces import iri, prefixes, sp
from kg.parts import TIMES
from kg.sources import SPEC, Names, Report, Source
from kg.store import CATALOGUE, REGISTER

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """The sources of a build.

    Attributes:
        sources: The curated ones, by slug: what is wrong with them stops the build.
        external: The others, by slug; they come after, and know what the curated ones declare.
        identity: What is known of identifiers while the build runs.
        names: What is declared and what is used.
        own: Lines of the user's mapping files.
        times: Claim of a curated source → its times, by property.
        named: Slug of a curated source → the things that it names.
    """

    sources: list[Source]
    external: list[Source]
    identity: Identity
    names: Names
    own: list[sssom.Line] = field(default_factory=list)
    times: dict[str, dict[str, str]] = field(default_factory=dict)
    named: dict[str, dict[str, None]] = field(default_factory=dict)

    @classmethod
    def make(cls, home: Path, only: Sequence[str], add: Iterable[tuple[str, Path]]) -> Plan:
        """Choose the sources.

        Args:
            home: The workspace.
            only: Slugs of the sources to load; all when empty. What is added is always loaded.
            add: Names and paths of further sources.

        Raises:
            InputError: If a slug or a name is unknown, or a file of identities is wrong.
        """
        folders = [resources.data_sources(), home / "sources"]
        found = {s.slug: s for s in sources.find(folders)}
        further = list(add)
        names: set[str] = set()
        for name, path in further:
            source = _added(name, path, home)
            if source.external and name in found and not found[name].external:
                source = replace(source, slug=f"{name}-table")
            found[source.slug] = source
            names.add(source.slug)
        unknown = [slug for slug in only if slug not in found]
        if unknown:
            fix = "known: " + ", ".join(sorted(found))
            raise InputError(f"no source '{unknown[0]}'", fix=fix)
        own = sssom.read_all([home / "identity"])
        identity = Identity.of([*sssom.read_all([resources.identity()]), *own])
        chosen = [
            replace(found[s], identity=identity)
            for s in sorted(found)
            if not only or s in only or s in names
        ]
        return cls(
            [s for s in chosen if not s.external],
            [s for s in chosen if s.external],
            identity,
            Names(),
            own,
        )

    def curated(self, reports: dict[str, Report], progress: Progress) -> Iterator[Statement]:
        """Yield what the curated sources say.

        Raises:
            KGError: At the first thing that does not fit, or for names that nothing declares.
        """
        words = vocab.load()
        bundled = resources.data_sources()
        yield from edition_of(s.slug for s in self.sources if s.folder.parent == bundled)
        for source in sorted(self.sources, key=lambda s: s.defers):
            progress(f"reading {source.slug}")
            report = reports.setdefault(source.slug, Report())
            found = sources.load(source, words, report)
            for statement in self.names.unstated(found, report) if source.defers else found:
                self.names.note(statement)
                self.identity.note(statement)
                self._name(source, statement)
                said = self.identity.separated(statement)
                if found_times := _times(said):
                    self.times[said.subject] = found_times
                yield said
        errors = list(self.names.missing())
        if errors:
            raise blame.together(errors, "names that nothing declares")
        self.identity.settle()

    def others(
        self, reports: dict[str, Report], progress: Progress, rejected: TextIO
    ) -> Iterator[Statement]:
        """Yield what external sources say; their rejected rows go to a file.

        Args:
            reports: Filled, one a source.
            progress: Called with what is being read.
            rejected: Where to write source, place and reason of each rejected row.

        Raises:
            KGError: If a mapping is wrong or a file cannot be read.
        """
        yield from self._topics()
        words = vocab.load()
        table = csv.writer(rejected, delimiter="\t", lineterminator="\n")
        table.writerow(["source", "place", "reason"])
        for source in self.external:
            progress(f"reading {source.slug}")
            report = reports.setdefault(source.slug, Report(external=True))

            def write(error: KGError, slug: str = source.slug) -> None:
                table.writerow([slug, str(error.origin or ""), error.message])

            report.reject_to = write
            declared = str(source.folder / SPEC)
            for statement in sources.load(source, words, report):
                if statement.origin.file == declared:
                    self.names.note(statement)
                    self.identity.note(statement)
                yield self._as_read(statement, report)
            self.identity.settle()
        yield from self.identity.expected.left(self.identity.classes)

    def _name(self, source: Source, statement: Statement) -> None:
        if statement.graph == iri(REGISTER) and statement.subject.startswith(prefixes()["id"]):
            self.named.setdefault(source.slug, {})[statement.subject] = None

    def _topics(self) -> Iterator[Statement]:
        """What each curated source names: beside tables, their names go first."""
        for source in self.sources:
            if named := self.named.get(source.slug):
                topics = tuple((iri("dct:subject"), model.ref(x)) for x in named)
                node = iri("source:" + source.slug)
                yield Statement(node, iri(CATALOGUE), topics, source.spec.origin)

    def _as_read(self, statement: Statement, report: Report) -> Statement:
        """One claim of one document has one time: a person's reading stands beside a table's."""
        known = self.times.get(statement.subject)
        if not known:
            return statement
        kept = tuple((p, term) for p, term in statement.properties if known.get(p, term) == term)
        if len(kept) < len(statement.properties):
            report.omit("time of a claim that a curated source reads from the same document")
        return replace(statement, properties=kept)


def _times(statement: Statement) -> dict[str, str]:
    wanted = tuple(sp(name) for name in TIMES)
    return {p: term for p, term in statement.properties if p in wanted}


def _added(name: str, path: Path, home: Path) -> Source:
    known = sources.mappings([resources.external(), home / "external"])
    if name in known:
        if not path.exists():
            raise InputError(f"--add {name}: no such file or folder '{path}'")
        return Source.read(known[name], name, path)
    if (path / SPEC).is_file():
        return Source.read(path, name)
    if path.suffix.lower() in FORMATS and path.is_file():
        return Source.of_file(path, name)
    if not path.exists():
        raise InputError(f"--add {name}: no such file or folder '{path}'")
    fix = suggest(name, known) or "known names: " + ", ".join(sorted(known))
    message = f"--add {name}: no mapping of that name, and '{path}' is no RDF file or source folder"
    raise InputError(message, fix=fix)
