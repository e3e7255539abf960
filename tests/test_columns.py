"""Columns kept beside a store: the same as the engine gives, and never stale or damaged ones."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from kg import api, build, columns, store
from kg.projection import Filter, ties
from kg.restrict import restrict
from kg.store import View

MANY = 1_000_000
SPECIAL = {
    "documents": columns.documents,
    "open": columns.open_ended,
    "classes": columns.classes,
}
AGAIN = """
import sys
from pathlib import Path
from kg import columns, store
columns.keep(store.open_view(Path(sys.argv[1])), 1_000_000, Path(sys.argv[2]))
"""


@pytest.fixture(scope="module")
def holding(full_view: View, tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    """All sources, with their columns kept."""
    folder = tmp_path_factory.mktemp("columns")
    said = columns.keep(full_view, MANY, folder)
    yield replace(full_view, build={**full_view.build, columns.KEY: said}, path=folder)


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine gives nothing whole from here on."""
    monkeypatch.setattr(columns, "_quads", None)
    monkeypatch.setattr(View, "select", None)


def names(view: View) -> set[str]:
    return set(view.build[columns.KEY]["files"]) - {"claims", *SPECIAL}


def test_kept_columns_are_those_of_the_engine(full_view, holding, monkeypatch):
    assert len(names(holding)) > 15
    many = {name: columns.several(full_view, name) for name in names(holding)}
    one = {name: columns.single(full_view, name) for name in names(holding)}
    special = {name: read(full_view) for name, read in SPECIAL.items()}
    assert all(many.values()) and all(special.values())
    monkeypatch.setattr(columns, "_quads", None)
    monkeypatch.setattr(View, "select", None)
    assert {name: columns.several(holding, name) for name in many} == many
    assert {name: columns.single(holding, name) for name in one} == one
    assert {name: read(holding) for name, read in SPECIAL.items()} == special


@pytest.mark.parametrize("name", ["contributions", "ties", "missing", "communities"])
def test_an_analysis_is_the_same_with_them(full_view, holding, name):
    found = api.analyze(holding, name)
    assert len(found.rows) > 5
    assert found == api.analyze(full_view, name)


@pytest.mark.parametrize(
    "chosen",
    [
        Filter(),
        Filter(roles=("all",), statuses=("planned", "occurred")),
        Filter(roles=("lead", "customer"), level="state"),
        Filter(classes=("SpaceStation",), from_year=1990, to_year=2005),
    ],
)
def test_ties_are_the_same_with_them(full_view, holding, chosen):
    found = ties(holding, chosen)
    assert len(found) > 10
    assert found == ties(full_view, chosen)


def test_the_same_bytes_whatever_the_hash_seed(seed_store, tmp_path):
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        command = [sys.executable, "-c", AGAIN, str(seed_store), str(tmp_path / seed)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    first, second = (
        {p.name: p.read_bytes() for p in (tmp_path / s / columns.FOLDER).iterdir()} for s in "12"
    )
    assert len(first) > 15
    assert first == second


class TestNeverUsed:
    """Where anything differs from what was kept, the engine is asked."""

    def test_for_some_documents_only(self, holding):
        assert columns.holds(holding, "status")
        assert not columns.holds(restrict(holding, as_of=date(2020, 1, 1)), "status")

    def test_by_another_version(self, holding, monkeypatch):
        monkeypatch.setattr(columns, "version", lambda _: "0.0.0")
        assert not columns.holds(holding, "status")

    @pytest.mark.parametrize("said", [None, [], {"form": "x"}, {"files": {}}])
    def test_when_its_description_is_none(self, holding, said):
        assert not columns.holds(replace(holding, build={columns.KEY: said}), "status")

    @pytest.mark.parametrize("spoiled", ["role.json", "claims.json"])
    @pytest.mark.parametrize("how", ["cut", "changed", "gone"])
    def test_when_its_file_is_not_what_was_written(
        self, full_view, holding, tmp_path, spoiled, how
    ):
        shutil.copytree(holding.path / columns.FOLDER, tmp_path / columns.FOLDER)
        view = replace(holding, path=tmp_path)
        path = tmp_path / columns.FOLDER / spoiled
        content = path.read_bytes()
        if how == "gone":
            path.unlink()
        else:
            path.write_bytes(content[:-1] if how == "cut" else content.replace(b"e", b"f", 1))
        assert columns.single(view, "role") == columns.single(full_view, "role")


class TestBuild:
    """A build keeps the columns of a large store, together with it."""

    def test_a_small_store_is_quick_without(self, full_view):
        assert columns.KEY not in full_view.build
        assert not (full_view.path / columns.FOLDER).exists()

    def test_a_large_one_has_them_and_says_so(self, tmp_path, monkeypatch):
        monkeypatch.setattr(columns, "FROM_QUADS", 0)
        view = build.build(tmp_path, only=["seed"]).view
        written = {p.stem for p in (view.path / columns.FOLDER).iterdir()}
        assert written == set(view.build[columns.KEY]["files"])
        assert columns.holds(store.open_view(tmp_path), "status")
        assert api.analyze(view, "ties") == api.analyze(replace(view, build={}), "ties")
