"""Candidates on disk: one JSON file a release, so that a run can stop and go on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg import files
from kg.errors import InputError, Origin
from kg.extract.spans import Candidate, Evidence, Mention

FOLDER = "ingest"


@dataclass(frozen=True, slots=True)
class Kept:
    """What was extracted from one release.

    Attributes:
        document: Entry of the document for the catalogue.
        made_with: What the result depends on: text, names, patterns, version.
        text: Its characters.
        candidates: What it says or may say.
    """

    document: Mapping[str, Any]
    made_with: Mapping[str, str]
    text: str
    candidates: tuple[Candidate, ...] = field(default_factory=tuple)

    @property
    def id(self) -> str:
        """Identifier of the document."""
        return str(self.document["id"])

    @property
    def language(self) -> str:
        """Tag of its language."""
        return str(self.document.get("language", "en"))


def place(workspace: Path, document: str) -> Path:
    """Return the file of a release."""
    return workspace / FOLDER / f"{document}.json"


def write(workspace: Path, kept: Kept) -> None:
    """Write what was extracted, replacing the file at once.

    Raises:
        StoreError: If it cannot be written; the old file stays.
    """
    content = {
        "document": kept.document,
        "made_with": kept.made_with,
        "text": kept.text,
        "candidates": [plain(c) for c in kept.candidates],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    files.write(place(workspace, kept.id), text.encode(), folders=True)


def read(path: Path) -> Kept:
    """Read what was extracted from one release.

    Raises:
        InputError: If the file is not one that :func:`write` made.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        candidates = tuple(candidate(c) for c in content["candidates"])
        return Kept(content["document"], content["made_with"], content["text"], candidates)
    except (OSError, ValueError, KeyError, TypeError) as error:
        fix = "delete it and run kg ingest again"
        raise InputError(
            f"no result of an extraction: {error}", origin=Origin(str(path)), fix=fix
        ) from None


def read_all(workspace: Path) -> Iterator[Kept]:
    """Yield what was extracted from all releases of a workspace, one at a time, by identifier."""
    for path in sorted((workspace / FOLDER).glob("*.json")):
        yield read(path)


def texts(workspace: Path) -> dict[str, str]:
    """Return document → SHA-256 of its text, of all releases of a workspace."""
    return {kept.id: kept.made_with["text"] for kept in read_all(workspace)}


def plain(one: Candidate) -> dict[str, Any]:
    """Return a candidate as JSON has it."""
    return {
        "release": one.release,
        "relation": one.relation,
        "subject": _mention(one.subject),
        "object": _mention(one.object),
        "qualifiers": dict(one.qualifiers),
        "evidence": [{"start": e.start, "end": e.end, "quote": e.quote} for e in one.evidence],
        "pattern": one.pattern,
        "confidence": one.confidence,
        "reasons": list(one.reasons),
    }


def _mention(one: Mention) -> dict[str, Any]:
    names = ("start", "end", "kind", "name", "slug", "method", "value", "surface")
    return {n: getattr(one, n) for n in names}


def candidate(given: Mapping[str, Any]) -> Candidate:
    """Return the candidate that :func:`plain` made plain."""
    fields = dict(given)
    fields["subject"], fields["object"] = Mention(**given["subject"]), Mention(**given["object"])
    fields["evidence"] = tuple(Evidence(**e) for e in given["evidence"])
    fields["reasons"] = tuple(given["reasons"])
    return Candidate(**fields)
