"""One release to its candidates, in this process or in several."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

from kg.errors import InputError
from kg.extract import pipeline, words
from kg.extract.gazetteer import Gazetteer, Name
from kg.extract.patterns import Pattern
from kg.extract.spans import Candidate, Release
from kg.ingest import extractors, ledger, limits, own
from kg.ingest.keeping import Kept

_ALONE = 4
"""Up to so many releases one process is faster than several."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the reading of a release in a language depends on.

    Attributes:
        language: Tag of the language.
        names: Names of the graph and accepted ones.
        own: The user's own pattern files.
        extractors: Names of the extractors of others.
        accepted: Name that a person accepted → identifier; only releases that have it hang on it.
        digests: What a kept result must have been made with to be still good.
    """

    language: str
    names: tuple[Name, ...]
    own: tuple[Path, ...] = ()
    extractors: tuple[str, ...] = ()
    accepted: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        language: str,
        names: Sequence[Name],
        accepted: Mapping[str, str],
        workspace: Path,
        others: Sequence[str] = (),
    ) -> Setting:
        """Return the setting of a language in a workspace.

        Raises:
            InputError: If a pattern file of the user is wrong, or an extractor is not installed.
        """
        files = own.files(workspace, language)
        own.patterns_of(language, files)
        rest = [n for n in names if accepted.get(n.text) != n.slug]
        used = {"names": _digest("\n".join(map(repr, rest)).encode())}
        shipped = [*words.pattern_files(language), words.HERE / language / "words.toml"]
        used["patterns"] = _digest(b"".join(p.read_bytes() for p in (*shipped, *files)))
        used["version"] = version("kg")
        if others:
            used["extractors"] = ", ".join(f"{e.name} {e.version}" for e in extractors.load(others))
        return cls(language, tuple(names), tuple(files), tuple(others), accepted, used)

    def used(self, text: str) -> dict[str, str]:
        """Return what a result for a text must have been made with to be still good."""
        named = sorted(f"{name}={slug}" for name, slug in self.accepted.items() if name in text)
        return {**self.digests, "accepted": "; ".join(named)}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Read:
    """What reading one release gave.

    Attributes:
        kept: The release with its candidates.
        dropped: Reason → candidates of extractors of others that were left out.
        error: Why it could not be read, or None.
    """

    kept: Kept
    dropped: Mapping[str, int] = field(default_factory=dict)
    error: InputError | None = None


@dataclass(frozen=True, slots=True)
class _Tools:
    names: Gazetteer
    patterns: tuple[Pattern, ...]
    extractors: tuple[extractors.Extractor, ...]


_tools: dict[str, _Tools] = {}


def read_all(todo: Sequence[Kept], settings: Mapping[str, Setting], jobs: int) -> Iterator[Read]:
    """Yield what some releases say, in their order; several processes where it pays.

    Args:
        todo: Releases without candidates.
        settings: Language → what the reading depends on.
        jobs: Number of processes; 0 for one a core.
    """
    count = jobs or os.cpu_count() or 1
    if len(todo) <= _ALONE or count == 1:
        _start(settings)
        yield from map(_read, todo)
        return
    with ProcessPoolExecutor(count, initializer=_start, initargs=(settings,)) as pool:
        yield from pool.map(_read, todo, chunksize=4)


def _start(settings: Mapping[str, Setting]) -> None:
    for language, one in settings.items():
        names = pipeline.gazetteer(one.names, language)
        chosen = own.patterns_of(language, one.own, checked=True)
        _tools[language] = _Tools(names, chosen, extractors.load(one.extractors))


def _read(kept: Kept) -> Read:
    said = kept.document
    release = Release(
        kept.id, kept.text, str(said.get("publisher", "")), str(said.get("tier", "unknown")),
        str(said.get("issued", "")), kept.language,
    )  # fmt: skip
    tools, dropped = _tools[release.language], Counter[str]()
    try:
        fix = "see whether it is prose; if it is, run kg patterns check"
        with limits.limited(limits.RELEASE, f"reading {kept.id}", fix):
            found = pipeline.extract(release, tools.names, tools.patterns)
            for one in tools.extractors:
                found += extractors.propose(one, release, tools.names, dropped)
    except InputError as error:
        return Read(kept, dropped, error)
    return Read(replace(kept, candidates=tuple(_once(found, kept.made_with["text"]))), dropped)


def _once(found: Sequence[Candidate], text: str) -> Iterator[Candidate]:
    """One candidate a key: where a pattern and an extractor agree, the pattern's stays."""
    seen: set[str] = set()
    for one in found:
        name = ledger.key(one, text)
        if name not in seen:
            seen.add(name)
            yield one
