"""Sources to a store that readers can open: load, merge, derive, validate, swap."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from filelock import FileLock, Timeout

from kg import analyses, blame, bulk, columns, derive, kept, resources, store, texts, validate
from kg._limits import without_sweeps
from kg.clock import Clock
from kg.draft import Draft
from kg.errors import InputError, KGError, Origin, StoreError
from kg.model import Statement
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
        idle: Lines of the user's mapping files that did nothing, and why.
    """

    view: View
    reports: dict[str, Report]
    problems: list[Problem]
    texts: list[Path] = field(default_factory=list)
    seconds: dict[str, tuple[float, float]] = field(default_factory=dict)
    idle: list[str] = field(default_factory=list)


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
        raise _failed(error, home) from None


def _failed(error: OSError, home: Path) -> KGError:
    """Say what cannot be read or written: we write in the workspace, but not in its sources."""
    place, what = Path(error.filename or home / "store"), error.strerror or str(error)
    ours = place.resolve().is_relative_to(home.resolve())
    sources = place.resolve().is_relative_to((home / "sources").resolve())
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS} or (ours and not sources):
        fix = "the store in use is as it was; free some space or choose another --workspace"
        return StoreError(f"cannot write {place}: {what}", fix=fix)
    fix = "the store in use is as it was; see that the file is there and that you may read it"
    return InputError(f"cannot be read: {what}", origin=Origin(str(place)), fix=fix)


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
    draft = Draft(target)
    with without_sweeps():
        draft.write(plan.curated(reports, progress))
        clock.stage("reading curated sources")
        progress("validating")
        curated = View(draft.load(), home=home)
        shortcuts = list(derive.derive(curated))
        _append(curated.store, shortcuts)
    place, digest = target / "oxigraph", None
    with ThreadPoolExecutor(1) as beside:
        if not plan.external:
            draft.write(shortcuts)
            loading = beside.submit(draft.load, place, checked=True)
        with without_sweeps():
            matched = _check_texts(curated, home, texts_folder, plan.sources)
            problems = validate.check(curated)
        blame.refuse(problems, plan.sources)
        clock.stage("deriving and validating")
        if not plan.external:
            progress("loading the store")
            lines = curated.sorted_quads()
            digest = len(lines), store.digest_of(lines)
            view = View(loading.result(), home=home)
    if plan.external:
        with (target / REJECTED).open("w", encoding="utf-8", newline="") as rejected:
            draft.write(plan.others(reports, progress, rejected))
        clock.stage("mapping external sources")
        progress("loading the store")
        view = View(draft.load(place), home=home)
    clock.stage("loading and merging")
    if plan.external:
        del curated
        problems = _widened(view, draft, problems, progress, clock)
    view.store.flush()
    digest = digest or draft.digest()
    draft.remove()
    clock.stage("describing")
    progress("keeping what is read whole")
    held = _kept(view, digest[0], target)
    if held:
        clock.stage("keeping what is read whole")
    _describe(view, digest, target, reports, held)
    clock.write(target / TIMINGS)
    warnings = [p for p in problems if p.severity == "warning"]
    idle = list(plan.identity.idle(plan.own))
    return Result(view, reports, warnings, matched, clock.seconds, idle)


def _widened(
    view: View, draft: Draft, known: list[Problem], progress: Progress, clock: Clock
) -> list[Problem]:
    """Derive and validate all, once more: what external sources cause is a warning.

    Curated data has passed by itself, so nothing external can hide or cause a problem there.
    """
    progress("deriving shortcuts and contradictions")
    shortcuts = list(derive.derive(view))
    draft.write(shortcuts)
    _append(view.store, shortcuts)
    clock.stage("deriving with external sources")
    progress("validating")
    before = set(known)
    problems = sorted(
        p if p in before else replace(p, severity="warning", external=True)
        for p in validate.check(View(view.store, home=view.home), draft.merge())
    )
    clock.stage("validating with external sources")
    return problems


def _kept(view: View, quads: int, target: Path) -> dict[str, Any]:
    """Keep what a large store would be slow to give, and return what `build.json` says of it."""
    held = {
        columns.KEY: columns.keep(view, quads, target),
        kept.KEY: kept.keep(view, quads, target),
        analyses.KEY: analyses.keep(view, quads, target),
    }
    return {key: said for key, said in held.items() if said}


def _append(loaded: ox.Store, statements: list[Statement]) -> None:
    quads, triples = io.BytesIO(), io.BytesIO()
    bulk.Writer(quads, triples).write(statements)
    bulk.fill(loaded, quads.getvalue(), triples.getvalue())


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


def _describe(
    view: View,
    digest: tuple[int, str],
    target: Path,
    reports: dict[str, Report],
    held: dict[str, Any],
) -> None:
    description: dict[str, Any] = {
        "format": store.FORMAT,
        "version": version("kg"),
        "engines": {name: version(name) for name in ("pyoxigraph", "rdflib", "shacl")},
        "sources": {slug: _account(report) for slug, report in sorted(reports.items())},
        "graphs": len(view.graphs()),
        "quads": digest[0],
        "sha256": digest[1],
        **held,
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
    last = int(current) if current.isascii() and current.isdigit() else 0
    return f"{last + 1:06d}"


def _read_current(folder: Path) -> str:
    path = folder / store.CURRENT
    return path.read_bytes().decode(errors="replace").strip() if path.is_file() else ""


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
