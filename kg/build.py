"""Sources to a store that readers can open: load, merge, derive, validate, swap."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from filelock import FileLock, Timeout

from kg import blame, derive, ontology, resources, store, texts, validate
from kg.clock import Clock
from kg.errors import StoreError
from kg.model import Statement
from kg.namespaces import iri
from kg.plan import Plan
from kg.sources import Report, Source
from kg.store import View
from kg.validate import Problem

Progress = Callable[[str], None]
REJECTED, TIMINGS = "rejected.tsv", "timings.json"


@dataclass(frozen=True, slots=True)
class Result:
    """What a build made.

    Attributes:
        view: The new store, opened read-only.
        reports: Source slug → its report.
        problems: Warnings that did not stop the build.
        texts: Texts against which quotes were checked.
        seconds: Stage → seconds of CPU and seconds on the clock.
    """

    view: View
    reports: dict[str, Report]
    problems: list[Problem]
    texts: list[Path] = field(default_factory=list)
    seconds: dict[str, tuple[float, float]] = field(default_factory=dict)


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
        add: Further sources: the name of a mapping of ours, and a file or folder that it is
            applied to; or any name, and a folder with a `source.yaml` or one RDF file.
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
    plan = Plan.make(home, only, add)
    builds = folder / "builds"
    target = builds / _next_id(folder)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    try:
        result = _fill(home, target, plan, texts_folder, progress)
        progress("making it the store in use")
        previous = _publish(folder, target.name)
    except BaseException:
        if _read_current(folder) != target.name:
            shutil.rmtree(target, ignore_errors=True)
        raise
    _sweep(builds, {target.name, previous})
    return replace(result, view=store.open_view(home))


def _fill(
    home: Path, target: Path, plan: Plan, texts_folder: Path | None, progress: Progress
) -> Result:
    reports: dict[str, Report] = {}
    clock = Clock()
    quads, triples = target / "load.nq", target / "load.nt"
    with quads.open("wb") as named, triples.open("wb") as plain:
        writer = store.Writer(named, plain)
        lines = ontology.lines()
        graph = f" <{iri(store.ONTOLOGY)}> .\n".encode()
        named.write(lines.replace(b" .\n", graph))
        plain.write(lines)
        writer.write(plan.curated(reports, progress))
        clock.stage("reading curated sources")
        known: list[Problem] = []
        if plan.external:
            named.flush()
            plain.flush()
            progress("validating the curated data alone")
            known = _strict(quads, triples, plan.sources, home, texts_folder)
            clock.stage("validating the curated data alone")
            with (target / REJECTED).open("w", encoding="utf-8", newline="") as rejected:
                writer.write(plan.others(reports, progress, rejected))
            clock.stage("mapping external sources")
    progress("loading the store")
    loaded = ox.Store(str(target / "oxigraph"))
    store.fill(loaded, quads, triples)
    quads.unlink()
    triples.unlink()
    clock.stage("loading and merging")
    progress("deriving shortcuts and contradictions")
    view = View(loaded, home=home)
    _append(loaded, list(derive.derive(view)))
    clock.stage("deriving")
    progress("validating")
    matched = _check_texts(view, home, texts_folder, plan.sources)
    problems = validate.check(View(loaded, home=home))
    if plan.external:
        problems = _lenient(problems, known)
    blame.refuse(problems, plan.sources)
    clock.stage("validating")
    loaded.flush()
    _describe(View(loaded, home=home), target, reports)
    clock.stage("describing")
    clock.write(target / TIMINGS)
    warnings = [p for p in problems if p.severity == "warning"]
    return Result(view, reports, warnings, matched, clock.seconds)


def _strict(
    quads: Path, triples: Path, chosen: list[Source], home: Path, texts_folder: Path | None
) -> list[Problem]:
    """Validate curated data by itself, so that nothing external can hide or cause a problem."""
    alone = ox.Store()
    store.fill(alone, quads, triples)
    view = View(alone, home=home)
    _append(alone, list(derive.derive(view)))
    problems = validate.check(View(alone, home=home))
    blame.refuse(problems, chosen)
    return problems


def _lenient(problems: list[Problem], known: list[Problem]) -> list[Problem]:
    """What only shows with external sources is a warning: curated data passed by itself."""
    before = set(known)
    return sorted(
        p if p in before else replace(p, severity="warning", external=True) for p in problems
    )


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
        places = blame.locate(chosen, [(node, "", "") for node, _ in wrong])
        for node, error in wrong:
            error.origin = places.get((node, "", ""), error.origin)
        raise blame.together([e for _, e in wrong], "quotes that are not where they are cited")
    return matched


def _describe(view: View, target: Path, reports: dict[str, Report]) -> None:
    lines = view.sorted_quads()
    description: dict[str, Any] = {
        "format": store.FORMAT,
        "version": version("kg"),
        "engines": {name: version(name) for name in ("pyoxigraph", "rdflib", "shacl")},
        "sources": {slug: _account(report) for slug, report in sorted(reports.items())},
        "graphs": len(view.graphs()),
        "quads": len(lines),
        "sha256": store.digest_of(lines),
    }
    text = json.dumps(description, indent=2, ensure_ascii=False) + "\n"
    (target / store.BUILD).write_text(text, encoding="utf-8")


def _account(report: Report) -> dict[str, Any]:
    found: dict[str, Any] = {"rows": report.rows, "rejected": report.refused}
    found |= dict(sorted(report.counts.items()))
    if report.skipped:
        found["skipped"] = dict(sorted(report.skipped.items()))
    if report.omitted:
        found["omitted"] = dict(sorted(report.omitted.items()))
    return found


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
