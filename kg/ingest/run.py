"""Files in, a source of the workspace out: extract what is new, apply the ledger, write facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.errors import InputError, KGError, Origin
from kg.extract import pipeline, words
from kg.extract.gazetteer import AUTHORITY, Gazetteer, Name
from kg.ingest import authority, compiling, keeping, ledger, manifest, reading, vocabulary
from kg.ingest.describing import Register, describe
from kg.ingest.keeping import Kept
from kg.ingest.manifest import Item
from kg.ingest.reader import Setting, read_all
from kg.namespaces import prefixes
from kg.store import View

Progress = Callable[[str], None]


@dataclass(slots=True)
class Outcome:
    """What a run did.

    Attributes:
        extracted: Releases that were read.
        unchanged: Releases that had been read with the same names and patterns.
        failed: One error a file that could not be read; the others are unharmed.
        dropped: Reason → candidates of extractors of others that were left out.
        compiled: What went to the graph and to review.
    """

    extracted: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[KGError] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    compiled: compiling.Compiled = field(default_factory=compiling.Compiled)


@dataclass(slots=True)
class _Run:
    """A run in the making: what is known of each language, and of each document."""

    view: View
    workspace: Path
    decided: ledger.Ledger
    extractors: Sequence[str] = ()
    settings: dict[str, Setting] = field(default_factory=dict)
    names: dict[str, Gazetteer] = field(default_factory=dict)
    places: dict[str, Origin] = field(default_factory=dict)
    done: Outcome = field(default_factory=Outcome)

    def setting(self, language: str) -> Setting:
        """Return what reading in a language depends on.

        Raises:
            InputError: If there are no patterns for it, or a file of the user's own is wrong.
        """
        if language not in words.languages():
            fix = "languages with patterns: " + ", ".join(words.languages())
            message = f"no patterns for language '{language}': nothing is extracted from it"
            raise InputError(message, fix=fix)
        if language not in self.settings:
            known = names(self.view, language, self.decided)
            accepted = {name: str(entity["id"]) for name, entity in self.decided.accepted()}
            made = Setting.of(language, known, accepted, self.workspace, self.extractors)
            self.settings[language] = made
            self.names[language] = pipeline.gazetteer(known, language)
        return self.settings[language]

    def read(self, todo: Sequence[Kept], jobs: int, progress: Progress) -> None:
        """Extract, and keep what is found; a release that cannot be read keeps what it had."""
        for number, one in enumerate(read_all(todo, self.settings, jobs), 1):
            self.done.dropped.update(one.dropped)
            if one.error:
                one.error.origin = self.places.get(one.kept.id)
                self.done.failed.append(one.error)
                continue
            keeping.write(self.workspace, one.kept)
            self.done.extracted.append(one.kept.id)
            found = len(one.kept.candidates)
            progress(f"{one.kept.id}: {found} statements ({number} of {len(todo)})")


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
    extractors: Sequence[str] = (),
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
        extractors: Names of installed extractors of others to ask too, for review only.

    Raises:
        InputError: If a path, a manifest or the decisions are wrong. A file that cannot be read
            is no error of the run.
    """
    decided = _decided(view, workspace, reviewers)
    run = _Run(view, workspace, decided, extractors)
    run.read(list(_waiting(run, manifest.items(paths, given), encoding)), jobs, progress)
    run.done.compiled = compiling.compile_all(view, workspace, decided)
    return run.done


def again(
    view: View,
    workspace: Path,
    reviewers: Sequence[Path] = (),
    progress: Progress = lambda _: None,
) -> Outcome:
    """Extract anew the releases whose names or patterns changed, from their kept texts; compile.

    Args:
        view: The graph.
        workspace: The workspace.
        reviewers: Further files of decisions.
        progress: Called with a short text at every release.
    """
    decided = _decided(view, workspace, reviewers)
    run = _Run(view, workspace, decided)
    stale: list[Kept] = []
    for kept in keeping.read_all(workspace):
        used = run.setting(kept.language).used(kept.text)
        if not used.items() <= kept.made_with.items() and "extractors" not in kept.made_with:
            stale.append(replace(kept, made_with={**kept.made_with, **used}, candidates=()))
    run.read(stale, 1, progress)
    run.done.compiled = compiling.compile_all(view, workspace, decided)
    return run.done


def _decided(view: View, workspace: Path, reviewers: Sequence[Path]) -> ledger.Ledger:
    """Read the decisions; a new entity cannot have the identifier of a thing of another class."""
    own = workspace / "review" / ledger.DECISIONS
    found = ledger.load(own, reviewers)
    brought = vocabulary.brought(view)
    for name, entity in found.accepted():
        slug, cls = str(entity["id"]), str(entity.get("type", ""))
        known = vocabulary.class_of(view, slug)
        if cls and known not in {"", cls} and slug not in brought:
            message = f"'{name}' is accepted as a {cls} '{slug}', which is a {known} in the graph"
            fix = "give it an id of its own there; or leave the type out, if it is a name of it"
            raise InputError(message, origin=Origin(str(own)), fix=fix)
    return found


def _waiting(run: _Run, items: Iterable[Item], encoding: str) -> Iterator[Kept]:
    """Yield what has to be read: files that are new, or were read with other names or patterns."""
    register = Register.of(run.view, run.workspace)
    for item in items:
        try:
            manifest.check(item.said, item.origin)
            language = item.said.get("language", "") or "en"
            setting = run.setting(language)
            got = reading.read(item.path, encoding, language)
            document = describe(run.view, item, got, run.names[language], register)
        except KGError as error:
            error.origin = error.origin or Origin(str(item.path))
            run.done.failed.append(error)
            continue
        made = {"file": item.path.stem, "text": got.text_sha256, **setting.used(got.text)}
        fresh = Kept(document, made, got.text)
        run.places[fresh.id] = Origin(str(item.path))
        path = keeping.place(run.workspace, fresh.id)
        old = keeping.read(path) if path.is_file() else None
        if old and (old.document, old.made_with) == (fresh.document, fresh.made_with):
            run.done.unchanged.append(fresh.id)
        else:
            yield fresh


def names(view: View, language: str, decided: ledger.Ledger) -> list[Name]:
    """Return the names of the graph, of the authority file, and those that people accepted.

    What releases brought into the graph counts only while somebody's decision stands for it.

    Args:
        view: The graph.
        language: Tag of the language.
        decided: The decisions.
    """
    named = {str(entity["id"]) for _, entity in decided.accepted()}
    gone = (vocabulary.brought(view) | authority.borrowed(view)) - named
    found = [n for n in vocabulary.names(view, language) if n.slug not in gone]
    found += authority.names(found)
    labels = {n.slug: n for n in found if n.method in {"label", AUTHORITY}}
    for name, entity in decided.accepted():
        slug = str(entity["id"])
        if slug in labels and labels[slug].text != name:
            found.append(replace(labels[slug], text=name, method="alias"))
        elif slug not in labels and entity.get("type"):
            kind = vocabulary.kind_of(f"{prefixes()['sp']}{entity['type']}")
            found.append(Name(name, slug, kind, name))
    return sorted(set(found), key=lambda n: (n.slug, n.text, n.method))
