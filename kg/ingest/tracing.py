"""From a line of a file that `kg ingest` wrote back to the statement or name that it comes of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError, KGError
from kg.ingest import ledger, queue, writing
from kg.ingest.compiling import SOURCE


def traced(error: KGError, workspace: Path) -> KGError:
    """Return an error of a build with what a person decided, or a pattern read, that made it.

    Args:
        error: Of a build.
        workspace: The workspace.

    Returns:
        The same error where it is about none of the files that `kg ingest` writes.
    """
    folder = workspace / "sources" / SOURCE
    places = re.findall(rf"({re.escape(str(folder))}/[^\s:]+\.yaml):(\d+)", str(error))
    keys = list(dict.fromkeys(k for file, line in places for k in _keys(Path(file), int(line))))
    if not keys:
        return error
    message = "\n".join(
        [error.message, *(f"  it comes of {told}" for told in _told(workspace, keys))]
    )
    first = next((k for k in keys if not k.startswith('"')), "")
    back = f"kg review --reject {first} takes it out" if first else _NAME
    made = InputError(message, origin=error.origin, fix=f"{back}; then kg build")
    made.exit_code = error.exit_code
    return made


_NAME = f"take the name out of review/{ledger.DECISIONS}, or give it another class or id there"


def _keys(path: Path, line: int) -> list[str]:
    """The names in the nearest line above that says what an entry comes of."""
    try:
        above = path.read_text(encoding="utf-8").split("\n")[:line]
    except OSError:
        return []
    told = next((x for x in reversed(above) if x.startswith(writing.FROM)), "")
    return told.removeprefix(writing.FROM).split(", ") if told else []


def _told(workspace: Path, keys: list[str]) -> Iterator[str]:
    decided = ledger.load(workspace / "review" / ledger.DECISIONS)
    known = {one.key: one for one in queue.everything(workspace)}
    for key in keys:
        name = key.strip('"')
        given = decided.decisions.get(key) or decided.entities.get(name) or {}
        one = known.get(key)
        what = f"{key} ({one.text})" if one else key
        who = f", {given['who']}" if given.get("who") else ""
        when = f", {given['when']}" if given.get("when") else ""
        yield (
            f"{what}: {given['verdict']}ed{who}{when}" if given else f"{what}: nobody decided on it"
        )
