"""What is remembered of each file that was fetched; the only dates are the servers' own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from kg import files


@dataclass(frozen=True, slots=True)
class Record:
    """What the manifest keeps of a file; dates are the server's.

    Attributes:
        url: The address asked for.
        source: Where it came from, after redirects.
        sha256: Of its bytes.
        length: In bytes.
        etag: Its entity tag, or "".
        modified: Its day of modification as the server says, or "".
        date: When the server sent it, in its own words, or "".
        media: Its media type, or "".
    """

    url: str
    source: str
    sha256: str
    length: int
    etag: str = ""
    modified: str = ""
    date: str = ""
    media: str = ""


def save(path: Path, content: Mapping[str, object]) -> None:
    """Write JSON to a file, whole or not at all.

    Raises:
        StoreError: If it cannot be written.
    """
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    files.write(path, text.encode(), folders=True)


def load(path: Path) -> dict[str, Record]:
    """Read a manifest: file name → record; one that is broken counts as none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {name: Record(**entry) for name, entry in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def store(path: Path, records: Mapping[str, Record]) -> None:
    """Write a manifest.

    Raises:
        StoreError: If it cannot be written.
    """
    save(path, {name: asdict(record) for name, record in records.items()})
