"""Files that are whole or as they were: written beside the old one, then put in its place."""

from __future__ import annotations

import errno
import hashlib
import json
import secrets
import shutil
from pathlib import Path
from typing import Any

from kg._limits import without_sweeps
from kg.errors import StoreError


def write(path: Path, content: bytes, *, folders: bool = False) -> None:
    """Write a file, whole or not at all.

    A link is followed. What is there and is no plain file, a pipe or a device, is written to and
    never replaced. A new file has the permissions that the user's umask asks for.

    Args:
        path: The file.
        content: Its bytes.
        folders: Make the folders that it lies in, too.

    Raises:
        StoreError: If it cannot be written; what was there before stays.
    """
    try:
        if folders:
            path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            path.write_bytes(content)
        else:
            _put(path.resolve(), content)
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        fix = "free some space" if full else "name a file in a folder that may be written to"
        raise StoreError(f"cannot write '{path}': {error.strerror}", fix=fix) from None


def _put(path: Path, content: bytes) -> None:
    draft = path.with_name(f".kg-{secrets.token_hex(8)}.new")
    try:
        with draft.open("xb") as file:
            file.write(content)
        if path.exists():
            shutil.copymode(path, draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def write_sealed(path: Path, content: Any) -> str:
    """Write content as JSON and return the SHA-256 of the file, by which it is read again."""
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    path.write_bytes(written)
    return hashlib.sha256(written).hexdigest()


def read_sealed(path: Path, digest: str) -> Any:
    """Return the content of a file of that SHA-256; None where it is gone or another.

    Args:
        path: The file.
        digest: From :func:`write_sealed`.
    """
    try:
        content = path.read_bytes()
    except OSError:
        return None
    if hashlib.sha256(content).hexdigest() != digest:
        return None
    with without_sweeps():
        return json.loads(content)
