"""Files in, a source of the workspace out: extract what is new, apply the ledger, write facts."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from kg import names as graph_names
from kg.errors import InputError, KGError, Origin, UnknownNameError
from kg.extract import frame, gazetteer, pipeline, words
from kg.extract.gazetteer import Gazetteer, Name
from kg.extract.spans import Release
from kg.ingest import compiling, keeping, ledger, manifest, reading, vocabulary
from kg.ingest.keeping import Kept
from kg.ingest.manifest import Item
from kg.namespaces import prefixes
from kg.store import View

Progress = Callable[[str], None]
_ALONE = 4
"""Up to so many releases one process is faster than several."""
_worker: dict[str, Gazetteer] = {}


@dataclass(slots=True)
class Outcome:
    """What a run did.

    Attributes:
        extracted: Releases that were read.
        unchanged: Releases that had been read with the same names and patterns.
        failed: One error a file that could not be read; the others are unharmed.
        compiled: What went to the graph and to review.
    """

    extracted: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[KGError] = field(default_factory=list)
    compiled: compiling.Compiled = field(default_factory=compiling.Compiled)


def ingest(
    view: View,
    workspace: Path,
    paths: Sequence[Path],
    *,
    given: Mapping[str, str],
    encoding: str = "",
    reviewers: Sequence[Path] = (),
    progress: Progress = lambda _: None,
    jobs: int = 0,
) -> Outcome:
    """Extract releases and write what they state as a source of the workspace.

    Args:
        view: The graph whose names are looked for.
        workspace: Where results, decisions and the source are kept.
        paths: Files, folders or manifests.
        given: publisher, issued, language, url, tier: what holds for all files.
        encoding: Encoding of the files, where they do not say.
        reviewers: Further files of decisions.
        progress: Called with a short text at every release.
        jobs: Number of processes; 0 for one a core.

    Raises:
        InputError: If a path, a manifest or the decisions are wrong. A file that cannot be read
            is no error of the run.
    """
    decided = ledger.load([workspace / "review" / ledger.DECISIONS, *reviewers])
    done = Outcome()
    known: dict[str, tuple[list[Name], str]] = {}
    todo = list(
        _waiting(view, workspace, manifest.items(paths, given), encoding, decided, known, done)
    )
    everything = {lang: names for lang, (names, _) in known.items()}
    for kept in _extracted(todo, everything, jobs):
        keeping.write(workspace, kept)
        done.extracted.append(kept.id)
        progress(
            f"{kept.id}: {len(kept.candidates)} statements ({len(done.extracted)} of {len(todo)})"
        )
    done.compiled = compiling.compile_all(view, workspace, decided)
    return done


def again(view: View, workspace: Path, reviewers: Sequence[Path] = ()) -> Outcome:
    """Extract anew the releases whose names changed, from their kept texts; then compile.

    Args:
        view: The graph.
        workspace: The workspace.
        reviewers: Further files of decisions.
    """
    decided = ledger.load([workspace / "review" / ledger.DECISIONS, *reviewers])
    done = Outcome()
    known: dict[str, tuple[list[Name], str]] = {}
    for kept in list(keeping.read_all(workspace)):
        language = str(kept.document.get("language", "en"))
        names, digest = known.setdefault(language, _known(view, language, decided))
        if kept.made_with.get("names") != digest:
            fresh = Kept(kept.document, {**kept.made_with, "names": digest}, kept.text)
            for one in _extracted([fresh], {language: names}, 1):
                keeping.write(workspace, one)
                done.extracted.append(one.id)
    done.compiled = compiling.compile_all(view, workspace, decided)
    return done


def _waiting(
    view: View,
    workspace: Path,
    items: Iterable[Item],
    encoding: str,
    decided: ledger.Ledger,
    known: dict[str, tuple[list[Name], str]],
    done: Outcome,
) -> Iterator[Kept]:
    for item in items:
        try:
            manifest.check(item.said, item.origin)
            got = reading.read(item.path, encoding)
            language = item.said.get("language", "") or "en"
            _spoken(language, item)
            if language not in known:
                known[language] = _known(view, language, decided)
            document = describe(view, item, got, known[language][0])
            made = _made_with(got, known[language][1], language)
        except KGError as error:
            error.origin = error.origin or item.origin
            done.failed.append(error)
            continue
        path = keeping.place(workspace, str(document["id"]))
        if path.is_file() and keeping.read(path).made_with == made:
            done.unchanged.append(str(document["id"]))
            continue
        yield Kept(document, made, got.text)


def _spoken(language: str, item: Item) -> None:
    if language not in words.languages():
        fix = "languages with patterns: " + ", ".join(words.languages())
        message = f"no patterns for language '{language}': nothing is extracted from it"
        raise InputError(message, origin=Origin(str(item.path)), fix=fix)


def _known(view: View, language: str, decided: ledger.Ledger) -> tuple[list[Name], str]:
    names = vocabulary.names(view, language)
    for name, entity in decided.entities.items():
        if entity.get("verdict") == "accept":
            kind = vocabulary.kind_of(f"{prefixes()['sp']}{entity['type']}")
            names.append(Name(name, str(entity["id"]), kind, name))
    digest = hashlib.sha256("\n".join(map(repr, names)).encode()).hexdigest()
    return names, digest[:16]


def _made_with(got: reading.Reading, names: str, language: str) -> dict[str, str]:
    patterns = (words.HERE / language / "patterns.toml").read_bytes()
    lists = (words.HERE / language / "words.toml").read_bytes()
    return {
        "text": got.text_sha256,
        "names": names,
        "patterns": hashlib.sha256(patterns + lists).hexdigest()[:16],
        "version": version("kg"),
    }


def describe(view: View, item: Item, got: reading.Reading, names: list[Name]) -> dict[str, str]:
    """Return the entry of a release for the catalogue, as far as it is known.

    Args:
        view: The graph, in which the publisher is looked up.
        item: The file, and what is said of it.
        got: Its text.
        names: Names of the graph.
    """
    said = dict(item.said)
    found = gazetteer.Gazetteer(names)
    spoken = words.load(said.get("language", "") or "en")
    issued = said.get("issued", "") or frame.day_of_issue(got.text, spoken)
    publisher, tier = _publisher(view, said, got.text, found, spoken)
    name = said.get("id", "") or _name(publisher, issued, item.path, got)
    entry = {"id": name, "type": "PressRelease", "publisher": publisher, "issued": issued}
    if not publisher and said.get("publisher"):
        entry["publisherName"] = said["publisher"]
    entry |= {
        "language": said.get("language", "") or "en",
        "url": said.get("url", ""),
        "tier": tier,
    }
    entry |= {"seen": "file", "sha256": got.sha256, "textSha256": got.text_sha256}
    entry |= {"textLength": str(len(got.text)), "extractor": got.extractor}
    if said.get("title"):
        entry["title"] = said["title"]
    return {k: v for k, v in entry.items() if v}


def _name(publisher: str, issued: str, path: Path, got: reading.Reading) -> str:
    if publisher and issued:
        return f"{publisher}-{issued}"
    from kg.ingest.drafts import slug

    return f"{slug(path.stem)[:50].strip('-')}-{got.text_sha256[:6]}"


def _publisher(
    view: View, said: Mapping[str, str], text: str, found: Gazetteer, spoken: words.Words
) -> tuple[str, str]:
    """Identifier and tier: an agency's own word is official, what nobody vouches for unknown."""
    slug = ""
    if name := said.get("publisher", ""):
        try:
            slug = graph_names.resolve(view, name).removeprefix(prefixes()["id"])
        except UnknownNameError:
            slug = ""
    else:
        probe = Release("probe", text, issued="")
        issuer = next(
            (c.subject.slug for c in frame.issue(probe, found, spoken) if c.subject.slug), ""
        )
        slug = issuer
    official = bool(slug) and vocabulary.speaks_for_itself(view, slug)
    return slug, said.get("tier", "") or ("official" if official else "unknown")


def _extracted(todo: Sequence[Kept], names: Mapping[str, list[Name]], jobs: int) -> Iterator[Kept]:
    """Extract, over several processes where it pays; results come in the order of the input."""
    count = jobs or os.cpu_count() or 1
    if len(todo) <= _ALONE or count == 1:
        _start(names)
        yield from map(_extract, todo)
        return
    with ProcessPoolExecutor(count, initializer=_start, initargs=(names,)) as pool:
        yield from pool.map(_extract, todo, chunksize=4)


def _start(names: Mapping[str, list[Name]]) -> None:
    for language, known in names.items():
        _worker[language] = pipeline.gazetteer(known, language)


def _extract(kept: Kept) -> Kept:
    said = kept.document
    release = Release(
        kept.id, kept.text, str(said.get("publisher", "")), str(said.get("tier", "unknown")),
        str(said.get("issued", "")), str(said.get("language", "en")),
    )  # fmt: skip
    found = pipeline.extract(release, _worker[release.language])
    return Kept(kept.document, kept.made_with, kept.text, tuple(found))
