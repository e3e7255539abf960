"""A folder that is whole or not there: written beside the old one, then swapped."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError

MARK = ".kg-site"
"""File by which a folder is known to be ours."""


@contextmanager
def swapped(target: Path) -> Iterator[Path]:
    """Give a new folder to write in; it takes the place of the target when all went well.

    Raises:
        StoreError: If the target holds what is not ours, or cannot be written.
    """
    _check(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise StoreError(f"cannot write '{target}': {error.strerror}") from None
    try:
        yield draft
        (draft / MARK).write_text("written by kg publish\n", encoding="utf-8")
        draft.chmod(0o755)
        _swap(draft, target)
    except OSError as error:
        raise StoreError(f"cannot write '{target}': {error.strerror}") from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _check(target: Path) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise StoreError(
            f"'{target}' is not a folder", fix="name a folder, or one that is not there"
        )
    if target.is_dir() and any(target.iterdir()) and not (target / MARK).is_file():
        fix = "name an empty folder, or one that kg publish has written"
        raise StoreError(f"'{target}' holds files that kg publish did not write", fix=fix)


def _swap(draft: Path, target: Path) -> None:
    if not target.exists():
        draft.rename(target)
    elif not _exchanged(draft, target):
        old = draft.with_name(draft.name + "-old")
        try:
            target.rename(old)
            draft.rename(target)
        except BaseException:
            if old.exists() and not target.exists():
                old.rename(target)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Give two folders each other's name in one step; False where the system has none for it.

    Source: renameat2(2) of Linux, RENAME_EXCHANGE.
    """
    call = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if call is None:
        return False
    call.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    here, exchange = -100, 2
    return bool(call(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)
