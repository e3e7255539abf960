"""A folder that is published is whole, the old one or the new one, whatever stops it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.publish import folder


def publish(target: Path, text: str) -> None:
    with folder.swapped(target) as draft:
        (draft / "index.html").write_text(text, encoding="utf-8")


def held(target: Path) -> str:
    """Return what the folder says; nothing else may lie beside it."""
    assert [p.name for p in target.parent.iterdir()] == [target.name]
    return (target / "index.html").read_text("utf-8")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    place = tmp_path / "in" / "a site"
    publish(place, "old")
    return place


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that cannot exchange two folders in one step."""
    monkeypatch.setattr(folder, "_exchanged", lambda *_: False)


def test_the_new_folder_takes_the_place_of_the_old_one(target: Path) -> None:
    publish(target, "new")
    assert held(target) == "new"


def test_so_it_does_where_it_takes_two_steps(target: Path, plain: None) -> None:
    publish(target, "new")
    assert held(target) == "new"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges folders in one step")
def test_where_the_system_can_no_moment_is_without_a_folder(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "rename", lambda *_: pytest.fail("two steps"))
    publish(target, "new")
    assert held(target) == "new"


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError])
def test_a_stop_between_the_two_steps_leaves_the_old_one(
    target: Path, plain: None, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    real, steps = Path.rename, []

    def rename(path: Path, to: Path) -> Path:
        steps.append(to)
        if len(steps) == 2:
            raise stop
        return real(path, to)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(StoreError if stop is OSError else stop):
        publish(target, "new")
    assert len(steps) == 3
    assert held(target) == "old"
