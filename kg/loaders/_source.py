"""What every loader gets: a folder, its `source.yaml`, and a report to fill."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError, KGError, Origin, suggest
from kg.identity import Identity
from kg.loaders._yaml import Block, parse, read
from kg.table import NOT_STATED

SPEC = "source.yaml"
_KEYS = {
    "title", "description", "licence", "publisher", "homepage", "loader", "files", "expect",
    "format", "documents", "entities", "codes", "rows", "graph", "document", "trust", "tables",
    "defers",
}  # fmt: skip
_COUNTS = ("documents", "entities", "statements", "triples", "rows")


_SHOWN = 1000


@dataclass(slots=True)
class Account:
    """The rows of one file: in = mapped + skipped + rejected.

    Attributes:
        file: Name of the file.
        table: The table of the mapping that read it.
        document: Identifier of the document that its rows are cited from.
        rows: Rows in.
        skipped: Name of a rule → rows that it leaves out.
        rejected: Rows that do not fit.
    """

    file: str
    table: str
    document: str
    rows: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    rejected: int = 0

    @property
    def mapped(self) -> int:
        """Rows that became statements."""
        return self.rows - self.skipped.total() - self.rejected


@dataclass(slots=True)
class Report:
    """Every row counted: in = mapped + skipped + rejected.

    Attributes:
        rows: Rows or facts read.
        rejected: The first thousand errors, one a rejected row.
        refused: How many rows were rejected.
        skipped: Name of a rule → rows that it leaves out.
        omitted: Reason → values or claims that were left out of rows that were mapped.
        counts: Statements by kind: documents, entities, statements, triples.
        files: One account a file.
        unread: Files that no table fits, with the reason.
        reject_to: Called with every rejected row's error.
        external: True for a source whose mistakes do not stop the build.
    """

    rows: int = 0
    rejected: list[KGError] = field(default_factory=list)
    refused: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    omitted: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    files: list[Account] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    reject_to: Callable[[KGError], None] | None = None
    external: bool = False

    @property
    def mapped(self) -> int:
        """Rows that became statements."""
        return self.rows - self.refused - self.skipped.total()

    def reject(self, error: KGError) -> None:
        """Take note of a row that does not fit."""
        self.refused += 1
        if len(self.rejected) < _SHOWN:
            self.rejected.append(error)
        if self.reject_to:
            self.reject_to(error)

    def omit(self, reason: str) -> None:
        """Take note of a value or a claim that is left out of a row."""
        self.omitted[reason] += 1


@dataclass(frozen=True, slots=True)
class Source:
    """A source: a folder with a `source.yaml`.

    Attributes:
        slug: Name of the folder.
        folder: The folder.
        spec: What `source.yaml` says.
        path: The user's own file or folder that a mapping of the product is applied to, or None.
        identity: What is known of identifiers; shared by the sources of a build.
    """

    slug: str
    folder: Path
    spec: Block
    path: Path | None = None
    identity: Identity = field(default_factory=Identity)

    @property
    def external(self) -> bool:
        """True for a source whose mistakes are counted, and do not stop the build."""
        return self.spec.text("trust") == "external"

    @property
    def defers(self) -> bool:
        """True for a source that adds nothing to what others already say of a document."""
        return self.spec.text("defers") == "true"

    @classmethod
    def read(cls, folder: Path, slug: str = "", path: Path | None = None) -> Source:
        """Read the `source.yaml` of a folder.

        Args:
            folder: The folder.
            slug: Name of the source; by default that of the folder.
            path: The user's own file or folder that it is applied to.

        Raises:
            InputError: If it is missing, broken, or has a key that nothing reads.
        """
        spec = read(folder / SPEC)
        for key in spec:
            if key not in _KEYS:
                raise InputError(
                    f"unknown key '{key}'", origin=spec.at[key], fix=suggest(key, _KEYS)
                )
        if spec.text("trust", "external") != "external":
            where, fix = spec.at["trust"], "write external, or leave it out for curated data"
            raise InputError(f"unknown trust '{spec.text('trust')}'", origin=where, fix=fix)
        if spec.text("defers", "true") != "true":
            fix = "write true, or leave it out"
            raise InputError(f"defers '{spec.text('defers')}'", origin=spec.at["defers"], fix=fix)
        if not spec.text("loader"):
            raise InputError("no loader", origin=spec.origin, fix="add loader: facts, table or rdf")
        return cls(slug or folder.name, folder, spec, path)

    @classmethod
    def of_file(cls, path: Path, slug: str) -> Source:
        """Return a source for one RDF file without a `source.yaml`; its document is `slug`.

        Raises:
            InputError: If the slug is no identifier.
        """
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug):
            fix = "write lower case letters, digits and single hyphens"
            raise InputError(f"'{slug}' is no name of a source", fix=fix)
        name = json.dumps(path.name, ensure_ascii=False)
        spec = (
            f"title: {slug}\nloader: rdf\nfiles: [{name}]\ndocument: {slug}\n"
            f"documents:\n- {{id: {slug}, type: Dataset, tier: unknown, "
            f"publisherName: {NOT_STATED}}}\n"
        )
        return cls(slug, path.parent, parse(spec, path))

    def files(self) -> Iterator[Path]:
        """Yield the files that the source names (globs allowed), sorted.

        Raises:
            InputError: If a name matches no file, or leads out of the folder.
        """
        if self.path:
            yield from _below(self.path)
            return
        patterns = self.spec.texts("files")
        if not patterns:
            raise InputError("no files", origin=self.spec.origin, fix="add files:")
        for pattern in patterns:
            found = sorted(self._matches(pattern))
            if not found:
                origin = self.spec.at["files"]
                raise InputError(f"no file '{pattern}' in {self.folder}", origin=origin)
            yield from found

    def _matches(self, pattern: str) -> list[Path]:
        exact = self.folder / pattern
        try:
            if ".." in Path(pattern).parts:
                raise ValueError(pattern)
            found = list(self.folder.glob(pattern))
        except (ValueError, NotImplementedError):
            fix = "write a name, or a pattern such as *.yaml, below the folder of the source"
            message = f"'{pattern}' is no file of this source"
            raise InputError(message, origin=self.spec.at["files"], fix=fix) from None
        return [p for p in {exact, *found} if p.is_file() and p.name != SPEC]

    def check_counts(self, report: Report) -> None:
        """Compare what was loaded with `expect:`.

        Raises:
            InputError: If a count is below its minimum or above its maximum.
        """
        expect = self.spec.block("expect")
        actual = dict.fromkeys(_COUNTS, 0) | report.counts | {"rows": report.rows}
        for name in expect:
            limits = expect.block(name)
            _known(name, actual, expect)
            for key in limits:
                _known(key, ("min", "max"), limits)
            number = actual[name]
            for end, broken in (("min", int.__lt__), ("max", int.__gt__)):
                limit = limits.text(end)
                if limit and not (limit.isascii() and limit.isdigit()):
                    raise InputError(f"'{limit}' is no whole number", origin=limits.at[end])
                if limit and broken(number, int(limit)):
                    message = f"source '{self.slug}' has {number} {name}, {end}imum is {limit}"
                    fix = "check that the input is whole, or correct expect:"
                    raise InputError(message, origin=limits.at[end], fix=fix)


def _below(path: Path) -> Iterator[Path]:
    """Yield a file, or the files below a folder, sorted; hidden ones are left out."""
    if path.is_file():
        yield path
        return
    if not path.is_dir():
        raise InputError("no such file or folder", origin=Origin(str(path)))
    for found in sorted(path.rglob("*")):
        if found.is_file() and not any(p.startswith(".") for p in found.relative_to(path).parts):
            yield found


def _known(key: str, known: Iterable[str], block: Block) -> None:
    if key not in known:
        fix = suggest(key, known) or "known: " + ", ".join(sorted(known))
        raise InputError(f"unknown key '{key}'", origin=block.at[key], fix=fix)


def here(path: Path) -> Origin:
    """Return the origin of a whole file."""
    return Origin(str(path))
