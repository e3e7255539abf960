"""Analyses that the build of a large store keeps beside it: what they say with their defaults.

Used as they were written, where all documents count and the analyses are the same, by the bytes of
their modules.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kg import files, registry
from kg.columns import FROM_QUADS
from kg.store import View
from kg.table import Table

KEY, FOLDER = "analyses", "analyses"
_HOMES = ("analytics", "projection")


def keep(view: View, quads: int, folder: Path) -> dict[str, Any]:
    """Write what the analyses of a large store say with their defaults.

    Args:
        view: All documents of a build.
        quads: How many quads it has.
        folder: The folder of the build.

    Returns:
        What `build.json` says of them: their form, and name → digest of the file. Kept is what
        an analysis with `KEPT` says; the others are fast, or have to be asked about something.
    """
    if quads < FROM_QUADS:
        return {}
    written = {}
    (folder / FOLDER).mkdir()
    for name in registry.names("kg.analytics"):
        module = registry.load("kg.analytics", name, "analysis")
        if not getattr(module, "KEPT", False):
            continue
        table: Table = module.run(view)
        content = [table.title, table.notes, table.columns, table.rows]
        written[name] = files.write_sealed(folder / FOLDER / f"{name}.json", content)
    return {"form": _form(), "files": written}


def find(view: View, name: str) -> Table | None:
    """Return what an analysis says with its defaults, or None where it is not kept.

    Args:
        view: The documents that count.
        name: Name of the analysis.
    """
    kept = view.build.get(KEY)
    if view.path is None or view.allowed is not None or not isinstance(kept, dict):
        return None
    digest = kept.get("files", {}).get(name)
    if not digest or kept.get("form") != _form():
        return None
    content = files.read_sealed(view.path / FOLDER / f"{name}.json", digest)
    if content is None:
        return None
    title, notes, columns, rows = content
    cells = (tuple(tuple(c) if isinstance(c, list) else c for c in row) for row in rows)
    return Table(tuple(columns), tuple(cells), title, tuple(notes))


@cache
def _form() -> str:
    """Return what the answers hang on: the version, and the modules that make them."""
    home = Path(__file__).resolve().parent
    modules = (path for name in _HOMES for path in sorted((home / name).glob("*.py")))
    code = b"".join(path.read_bytes() for path in modules)
    return f"{version('kg')} {hashlib.sha256(code).hexdigest()}"
