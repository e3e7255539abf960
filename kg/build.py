"""Sources to a store that readers can open: load, merge, derive, validate, swap."""

from __future__ import annotations

import json
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from filelock import FileLock, Timeout

from kg import derive, model, ontology, resources, sources, store, texts, validate, vocab
from kg.edition import statements as edition_of
from kg.errors import InputError, KGError, Origin, StoreError, ValidationError
from kg.model import Statement
from kg.namespaces import iri
from kg.sources import Names, Report, Source
from kg.store import View
from kg.validate import Problem

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Result:
    """What a build made.

    Attributes:
        view: The new store, opened read-only.
        reports: Source slug → its report.
        problems: Warnings that did not stop the build.
        texts: Texts against which quotes were checked.
    """

    view: View
    reports: dict[str, Report]
    problems: list[Problem]
    texts: list[Path] = field(default_factory=list)


def build(
    workspace: str | os.PathLike[str] | None = None,
    *,
    only: Sequence[str] = (),
    add: Iterable[tuple[str, Path]] = (),
    texts_folder: Path | None = None,
    progress: Progress = lambda _: None,
) -> Result:
    """Build the store of a workspace from all its sources and make it the current one.

    Args:
        workspace: The workspace folder; see :func:`kg.resources.workspace`.
        only: Slugs of the sources to load; all when empty.
        add: Further sources: name, and a folder with a `source.yaml` or one RDF file.
        texts_folder: The user's copies of documents; quotes are checked against them.
        progress: Called with a short text at every step.

    Returns:
        Result: with the new view.

    Raises:
        KGError: If the input is bad, a shape or a cross-record check fails, a quote is not where
            it is cited, or another build runs. The store in use stays as it was.
    """
    home = resources.workspace(workspace)
    folder = home / "store"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "lock", timeout=0):
            return _locked(home, folder, only, add, texts_folder, progress)
    except Timeout:
        fix = "wait for it to end"
        raise StoreError(f"another build is running in '{home}'", fix=fix) from None
    except OSError as error:
        where = error.filename or folder
        fix = "the store in use is as it was; free some space or choose another --workspace"
        raise StoreError(f"cannot write {where}: {error.strerror or error}", fix=fix) from None


def _locked(
    home: Path,
    folder: Path,
    only: Sequence[str],
    add: Iterable[tuple[str, Path]],
    texts_folder: Path | None,
    progress: Progress,
) -> Result:
    chosen = _choose(home, only, add)
    builds = folder / "builds"
    target = builds / _next_id(folder)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    try:
        result = _fill(home, target, chosen, texts_folder, progress)
        progress("making it the store in use")
        previous = _publish(folder, target.name)
    except BaseException:
        if _read_current(folder) != target.name:
            shutil.rmtree(target, ignore_errors=True)
        raise
    _sweep(builds, {target.name, previous})
    return Result(store.open_view(home), result.reports, result.problems, result.texts)


def _choose(home: Path, only: Sequence[str], add: Iterable[tuple[str, Path]]) -> list[Source]:
    found = {s.slug: s for s in sources.find([resources.data_sources(), home / "sources"])}
    further = dict(add)
    for slug, path in further.items():
        found[slug] = Source.of_file(path, slug) if path.is_file() else Source.read(path, slug)
    unknown = [slug for slug in only if slug not in found]
    if unknown:
        fix = "known: " + ", ".join(sorted(found))
        raise InputError(f"no source '{unknown[0]}'", fix=fix)
    return [found[s] for s in sorted(found) if not only or s in only or s in further]


def _fill(
    home: Path, target: Path, chosen: list[Source], texts_folder: Path | None, progress: Progress
) -> Result:
    reports: dict[str, Report] = {}
    quads, triples = target / "load.nq", target / "load.nt"
    with quads.open("wb") as named, triples.open("wb") as plain:
        writer = store.Writer(named, plain)
        writer.write(_statements(chosen, reports, progress))
        lines = ontology.lines()
        graph = f" <{iri(store.ONTOLOGY)}> .\n".encode()
        named.write(lines.replace(b" .\n", graph))
        plain.write(lines)
    progress("loading the store")
    loaded = ox.Store(str(target / "oxigraph"))
    store.fill(loaded, quads, triples)
    quads.unlink()
    triples.unlink()
    progress("deriving shortcuts and contradictions")
    view = View(loaded, home=home)
    derived = list(derive.derive(view))
    _append(loaded, derived)
    progress("validating")
    matched = _check_texts(view, home, texts_folder, chosen)
    problems = validate.check(View(loaded, home=home))
    _refuse(problems, chosen)
    loaded.flush()
    _describe(View(loaded, home=home), target, reports)
    return Result(view, reports, [p for p in problems if p.severity == "warning"], matched)


def _statements(
    chosen: list[Source], reports: dict[str, Report], progress: Progress
) -> Iterator[Statement]:
    words, names = vocab.load(), Names()
    bundled = resources.data_sources()
    yield from edition_of(s.slug for s in chosen if s.folder.parent == bundled)
    for source in chosen:
        progress(f"reading {source.slug}")
        report = reports.setdefault(source.slug, Report())
        for statement in sources.load(source, words, report):
            names.note(statement)
            yield statement
    errors = list(names.missing())
    if errors:
        raise _together(errors, "names that nothing declares")


def _append(loaded: ox.Store, statements: list[Statement]) -> None:
    import io

    quads, triples = io.BytesIO(), io.BytesIO()
    store.Writer(quads, triples).write(statements)
    store.fill(loaded, quads.getvalue(), triples.getvalue())


def _check_texts(
    view: View, home: Path, texts_folder: Path | None, chosen: list[Source]
) -> list[Path]:
    if texts_folder is None:
        return []
    wanted = {sha for (sha,) in view.rows("SELECT ?sha { ?d sp:sha256 ?sha }")}
    matched = texts.collect(texts_folder, home, wanted)
    wrong = list(texts.mismatches(view, texts.Texts.of(view)))
    if wrong:
        places = locate(chosen, [(node, "", "") for node, _ in wrong])
        for node, error in wrong:
            error.origin = places.get((node, "", ""), error.origin)
        raise _together([e for _, e in wrong], "quotes that are not where they are cited")
    return matched


def _refuse(problems: list[Problem], chosen: list[Source]) -> None:
    broken = [p for p in problems if p.severity == "violation"]
    if not broken:
        return
    places = locate(chosen, [(p.node, p.path, p.value) for p in broken])
    errors: list[KGError] = []
    for problem in broken:
        name = problem.node.rsplit("/", 1)[-1]
        message = f"{problem.message} [{problem.rule}] ({name})"
        place = problem.node, problem.path, problem.value
        errors.append(ValidationError(message, origin=places.get(place)))
    raise _together(errors, "problems that validation found", ValidationError)


Place = tuple[str, str, str]
"""A node, and the property and the value that are wrong ("" where not known)."""


def locate(chosen: list[Source], wanted: Iterable[Place]) -> dict[Place, Origin]:
    """Run the loaders again to find where the sources speak of some nodes.

    Args:
        chosen: The sources of the build.
        wanted: What to look for; of several statements about a node the one counts that gives the
            property and the value, else the property, else the first.
    """
    found: dict[Place, tuple[int, Origin]] = {}
    by_node: dict[str, set[Place]] = defaultdict(set)
    for place in wanted:
        by_node[place[0]].add(place)
    words = vocab.load()
    for source in chosen:
        for statement in sources.load(source, words, Report()):
            for place in by_node.get(statement.subject, ()):
                fit = _fit(statement, place)
                if place not in found or fit > found[place][0]:
                    found[place] = fit, statement.origin
    return {place: origin for place, (_, origin) in found.items()}


def _fit(statement: Statement, place: Place) -> int:
    _, path, value = place
    terms = [term for predicate, term in statement.properties if predicate == path]
    literal = model.text(value)
    exact = any(t == f"<{value}>" or t.startswith(literal) for t in terms)
    return bool(terms) + (bool(value) and exact)


def _together(
    errors: Sequence[KGError], what: str, kind: type[KGError] = InputError, most: int = 20
) -> KGError:
    if len(errors) == 1:
        return errors[0]
    shown = [str(e) for e in errors[:most]]
    if len(errors) > most:
        shown.append(f"… and {len(errors) - most} more")
    return kind(f"{len(errors)} {what}:\n" + "\n".join(shown))


def _describe(view: View, target: Path, reports: dict[str, Report]) -> None:
    description: dict[str, Any] = {
        "format": store.FORMAT,
        "version": version("kg"),
        "engines": {name: version(name) for name in ("pyoxigraph", "rdflib", "shacl")},
        "sources": {
            slug: {"rows": r.rows, "rejected": len(r.rejected), **dict(sorted(r.counts.items()))}
            for slug, r in sorted(reports.items())
        },
        "graphs": len(view.graphs()),
        "quads": len(view.sorted_quads()),
        "sha256": store.digest(view),
    }
    text = json.dumps(description, indent=2, ensure_ascii=False) + "\n"
    (target / store.BUILD).write_text(text, encoding="utf-8")


def _next_id(folder: Path) -> str:
    current = _read_current(folder)
    last = int(current) if current.isdigit() else 0
    return f"{last + 1:06d}"


def _read_current(folder: Path) -> str:
    path = folder / store.CURRENT
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""


def _publish(folder: Path, name: str) -> str:
    previous = _read_current(folder)
    draft = folder / f"{store.CURRENT}.new"
    draft.write_text(name + "\n", encoding="utf-8")
    draft.replace(folder / store.CURRENT)
    return previous


def _sweep(builds: Path, keep: set[str]) -> None:
    """Remove older builds; the previous one stays, as somebody may still read it."""
    for path in builds.iterdir():
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)
