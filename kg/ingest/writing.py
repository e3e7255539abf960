"""What releases add, as the files of a source that `kg build` reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from kg import files
from kg.ingest.drafts import KEYS, Drafts, Entry

FROM = "# from "
"""Begins the line above an entry that names the statements or names it comes of."""


def write(path: Path, document: Mapping[str, Any], drafts: Drafts, more: Iterable[Entry]) -> None:
    """Write the facts file of one release.

    Args:
        path: The file.
        document: Entry of the document.
        drafts: What the release adds.
        more: Further entities.

    Raises:
        StoreError: If it cannot be written; the old file stays.
    """
    entities = dict(drafts.entities)
    for entry in more:
        known = entities.setdefault(entry["id"], entry)
        if known is not entry:
            both = {"cite": [*known["cite"], *entry["cite"]], KEYS: [*known[KEYS], *entry[KEYS]]}
            entities[entry["id"]] = {**entry, **known, **both}
    described = dict(document)
    if title := described.get("title"):
        described["title"] = {document["language"]: title}
    parts = ["documents:\n", _dumped([described])]
    for name, entries in (
        ("entities", [entities[k] for k in sorted(entities)]),
        ("statements", _once(drafts.statements)),
    ):
        parts += [f"{name}:\n"] if entries else []
        parts += map(_listed, entries)
    files.write(path, "".join(parts).encode(), folders=True)


def _listed(entry: Entry) -> str:
    """An entry of a list, under a line that says of which statements or names it comes."""
    said = {k: v for k, v in entry.items() if k != KEYS}
    return f"{FROM}{', '.join(dict.fromkeys(entry[KEYS]))}\n{_dumped([said])}"


def _dumped(content: object) -> str:
    return str(yaml.dump(content, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10_000))


class _Plain(yaml.SafeDumper):
    """Writes shared nodes out instead of using anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        """Return True: no anchors."""
        del data
        return True


def _once(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join entries that say the same; their citations come together."""
    kept: dict[str, dict[str, Any]] = {}
    for entry in entries:
        name = json.dumps(
            {k: v for k, v in entry.items() if k not in {"cite", KEYS}}, sort_keys=True
        )
        known = kept.setdefault(name, {**entry, "cite": [], KEYS: []})
        known[KEYS] += entry[KEYS]
        known["cite"] += [c for c in entry["cite"] if c not in known["cite"]]
    return list(kept.values())


def describe(folder: Path) -> None:
    """Write the `source.yaml` of a folder of releases.

    Raises:
        StoreError: If it cannot be written; the old file stays.
    """
    said = {
        "title": "Releases read with kg ingest",
        "description": "What press releases state, as patterns read it or a person accepted it.",
        "licence": "CC-BY-4.0",
        "loader": "facts",
        "defers": "true",
        "files": sorted(p.name for p in folder.glob("*.yaml") if p.name != "source.yaml"),
    }
    text = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=10_000)
    files.write(folder / "source.yaml", text.encode(), folders=True)
