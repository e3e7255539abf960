"""A file is whole or as it was; what is no plain file is never replaced."""

import errno
import os
import stat
from pathlib import Path

import pytest

from kg import files
from kg.errors import StoreError


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    place = tmp_path / "a b ü.txt"
    files.write(place, b"one")
    files.write(place, b"two")
    assert place.read_bytes() == b"two"
    assert names(tmp_path) == ["a b ü.txt"]


def test_folders_are_made_only_where_asked_for(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file or directory"):
        files.write(tmp_path / "x" / "y", b"")
    files.write(tmp_path / "x" / "y", b"z", folders=True)
    assert (tmp_path / "x" / "y").read_bytes() == b"z"


def test_a_full_disk_leaves_the_old_file_and_no_draft(tmp_path: Path, monkeypatch) -> None:
    place = tmp_path / "kept"
    place.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StoreError, match="No space left") as caught:
        files.write(place, b"new")
    assert caught.value.fix == "free some space"
    assert place.read_bytes() == b"old"
    assert names(tmp_path) == ["kept"]


def test_a_folder_is_refused_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match="Is a directory"):
        files.write(tmp_path / "folder", b"x")
    assert names(tmp_path) == ["folder"]


def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        files.write(pipe, b"through")
        assert os.read(reader, 100) == b"through"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_link_is_followed_and_permissions_stay(tmp_path: Path) -> None:
    place, link = tmp_path / "file", tmp_path / "link"
    place.write_bytes(b"old")
    place.chmod(0o640)
    link.symlink_to(place)
    files.write(link, b"new")
    assert link.is_symlink()
    assert place.read_bytes() == b"new"
    assert stat.S_IMODE(place.stat().st_mode) == 0o640


def test_a_new_file_has_the_permissions_of_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        files.write(tmp_path / "new", b"")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
