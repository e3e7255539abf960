"""A publisher's tables into the workspace's cache, each file whole and checked, or as it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import FetchError
from kg.fetch import download, manifest
from kg.fetch.client import Client, host_of, same_site
from kg.fetch.download import Progress, Wanted
from kg.fetch.spec import File, Spec
from kg.store import View

CACHE = "cache/fetch"
FETCHED, UNCHANGED, FAILED = "fetched", "unchanged", "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file.

    Attributes:
        name: Name of the file.
        state: fetched, unchanged or failed.
        size: Bytes of the file that is here; 0 where there is none.
        sha256: Its SHA-256, or "".
        reason: Why it failed, or "".
    """

    name: str
    state: str
    size: int
    sha256: str
    reason: str = ""


def folder(workspace: Path, name: str) -> Path:
    """Return the folder of a publisher's files: nothing else is in it."""
    return workspace / CACHE / name


def fetch(
    spec: Spec,
    files: Iterable[File],
    workspace: Path,
    client: Client,
    progress: Progress = lambda *_: None,
) -> list[Outcome]:
    """Fetch files one after the other; one that fails does not stop the next.

    Args:
        spec: The publisher's terms.
        files: The files.
        workspace: The workspace.
        client: Asks the servers.
        progress: Told how far each file is.

    Raises:
        StoreError: If the workspace cannot be written.
    """
    home = folder(workspace, spec.name)
    ledger = home.with_name(spec.name + ".manifest.json")
    known = manifest.load(ledger)
    found = []
    for file in files:
        wanted = _wanted(spec, file, home)
        try:
            record, new = download.fetch(client, wanted, known.get(file.name), progress)
        except FetchError as error:
            size = wanted.target.stat().st_size if wanted.target.is_file() else 0
            found.append(Outcome(file.name, FAILED, size, "", error.message))
            continue
        if new:
            known[file.name] = record
            manifest.store(ledger, known)
        state = FETCHED if new else UNCHANGED
        found.append(Outcome(file.name, state, record.length, record.sha256))
    return found


def _wanted(spec: Spec, file: File, home: Path) -> Wanted:
    def may_go(target: str) -> bool:
        return same_site(file.url, target) or host_of(target) in spec.hosts

    part = home.with_name("part") / spec.name / f"{file.name}.part"
    return Wanted(file.url, home / file.name, part, file.expected, may_go, spec.pause)


def identified(view: View, scheme: str) -> list[str]:
    """Return the identifiers of a scheme that a view holds, sorted."""
    query = """SELECT DISTINCT ?v { ?i sp:scheme ?s ; sp:identifierValue ?v
        FILTER(STR(?s) = "%s") }"""
    return [value for (value,) in view.rows(query % scheme)]
