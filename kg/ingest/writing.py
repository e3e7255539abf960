"""What releases add, as the files of a source that `kg build` reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from kg.ingest.drafts import Drafts, Entry


def write(path: Path, document: Mapping[str, Any], drafts: Drafts, more: Iterable[Entry]) -> None:
    """Write the facts file of one release.

    Args:
        path: The file.
        document: Entry of the document.
        drafts: What the release adds.
        more: Further entities.
    """
    entities = dict(drafts.entities)
    for entry in more:
        known = entities.setdefault(entry["id"], entry)
        if known is not entry:
            entities[entry["id"]] = {**entry, **known, "cite": [*known["cite"], *entry["cite"]]}
    described = dict(document)
    if title := described.get("title"):
        described["title"] = {document["language"]: title}
    content: dict[str, Any] = {"documents": [described]}
    if entities:
        content["entities"] = [entities[k] for k in sorted(entities)]
    if drafts.statements:
        content["statements"] = _once(drafts.statements)
    dumped = yaml.dump(content, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10_000)
    path.write_text(dumped, encoding="utf-8")


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
        name = json.dumps({k: v for k, v in entry.items() if k != "cite"}, sort_keys=True)
        known = kept.setdefault(name, {**entry, "cite": []})
        known["cite"] += [c for c in entry["cite"] if c not in known["cite"]]
    return list(kept.values())


def describe(folder: Path) -> None:
    """Write the `source.yaml` of a folder of releases."""
    said = {
        "title": "Releases read with kg ingest",
        "description": "What press releases state, as patterns read it or a person accepted it.",
        "licence": "CC-BY-4.0",
        "loader": "facts",
        "defers": "true",
        "files": sorted(p.name for p in folder.glob("*.yaml") if p.name != "source.yaml"),
    }
    text = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=10_000)
    (folder / "source.yaml").write_text(text, encoding="utf-8")
