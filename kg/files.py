"""Files that are whole or as they were: written beside the old one, then put in its place."""

from __future__ import annotations

import errno
import secrets
import shutil
from pathlib import Path

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
