"""The draw of statements for a re-reading can be repeated, and leaves out what it is told to."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))
import sample


@pytest.fixture(autouse=True)
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two sources of 30 statements each, on every second line from the third."""
    home = tmp_path / "data" / "sources"
    for name in ("b", "a"):
        text = "".join(f"- class: Launch\n  object: o{n}\n" for n in range(30))
        (home / name).mkdir(parents=True)
        (home / name / "facts.yaml").write_text(f"documents: []\nstatements:\n{text}", "utf-8")
        (home / name / "source.yaml").write_text("title: not one of them\n", "utf-8")
    monkeypatch.setattr(sample, "SOURCES", home)
    return home


def draw(*arguments: str) -> Result:
    return CliRunner().invoke(sample.main, arguments)


def test_the_same_seed_draws_the_same_statements_and_another_seed_does_not() -> None:
    first, again, other = (draw("20", seed).output.splitlines() for seed in ("7", "7", "8"))
    assert len(set(first)) == 20
    assert first == again
    assert set(first) != set(other)


def test_statements_are_in_the_order_of_folder_and_position(sources: Path) -> None:
    found = [
        (Path(s.origin.file).parent.name, s.origin.line) for s in sample.statements(sources, set())
    ]
    assert found == [(name, 3 + 2 * n) for name in ("a", "b") for n in range(30)]


def test_folders_left_out_are_not_drawn_from() -> None:
    places = draw("30", "1", "--without", "a").output.splitlines()
    assert len(places) == 30
    assert {place.split(":")[0] for place in places} == {"data/sources/b/facts.yaml"}


def test_more_than_there_are_is_refused() -> None:
    done = draw("61", "1")
    assert done.exit_code == 1
    assert done.exception is not None and "there are only 60" in str(done.exception)
