"""What every loader gets: a folder, its `source.yaml`, and a report to fill."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError, KGError, Origin, suggest
from kg.loaders._yaml import Block, parse, read
from kg.table import NOT_STATED

SPEC = "source.yaml"
_KEYS = {
    "title", "description", "licence", "publisher", "homepage", "loader", "files", "expect",
    "format", "documents", "entities", "codes", "rows", "graph", "document",
}  # fmt: skip
_COUNTS = ("documents", "entities", "statements", "triples", "rows")


@dataclass(slots=True)
class Report:
    """Every row counted: in = mapped + rejected.

    Attributes:
        rows: Rows or facts read.
        rejected: Errors, one a rejected row.
        counts: Statements by kind: documents, entities, statements, triples.
    """

    rows: int = 0
    rejected: list[KGError] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def mapped(self) -> int:
        """Rows that became statements."""
        return self.rows - len(self.rejected)


@dataclass(frozen=True, slots=True)
class Source:
    """A source: a folder with a `source.yaml`.

    Attributes:
        slug: Name of the folder.
        folder: The folder.
        spec: What `source.yaml` says.
    """

    slug: str
    folder: Path
    spec: Block

    @classmethod
    def read(cls, folder: Path, slug: str = "") -> Source:
        """Read the `source.yaml` of a folder.

        Raises:
            InputError: If it is missing, broken, or has a key that nothing reads.
        """
        spec = read(folder / SPEC)
        for key in spec:
            if key not in _KEYS:
                raise InputError(
                    f"unknown key '{key}'", origin=spec.at[key], fix=suggest(key, _KEYS)
                )
        if not spec.text("loader"):
            raise InputError("no loader", origin=spec.origin, fix="add loader: facts, table or rdf")
        return cls(slug or folder.name, folder, spec)

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


def _known(key: str, known: Iterable[str], block: Block) -> None:
    if key not in known:
        fix = suggest(key, known) or "known: " + ", ".join(sorted(known))
        raise InputError(f"unknown key '{key}'", origin=block.at[key], fix=fix)


def here(path: Path) -> Origin:
    """Return the origin of a whole file."""
    return Origin(str(path))
