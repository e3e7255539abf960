"""Analyses that the build of a large store keeps: the same answer, and only while it is theirs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg import analyses, api, registry
from kg.columns import FROM_QUADS
from kg.restrict import restrict
from kg.store import View


@pytest.fixture
def large(world_view: View, tmp_path: Path) -> View:
    """The invented world, as if its build had been a large one."""
    said = analyses.keep(world_view, FROM_QUADS, tmp_path)
    return replace(world_view, path=tmp_path, build={**world_view.build, analyses.KEY: said})


def test_what_is_kept_is_what_the_analysis_says(large: View, world_view: View) -> None:
    names = sorted(large.build[analyses.KEY]["files"])
    assert {"centrality", "communities", "ties"} <= set(names)
    assert "missing" not in names
    for name in names:
        assert analyses.find(large, name) == api.analyze(world_view, name)


def test_a_small_store_keeps_none(world_view: View, tmp_path: Path) -> None:
    assert analyses.keep(world_view, FROM_QUADS - 1, tmp_path) == {}
    assert analyses.find(world_view, "ties") is None
    assert list(tmp_path.iterdir()) == []


def test_an_answer_that_was_changed_or_is_of_other_code_is_not_used(
    large: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert large.path
    path = large.path / analyses.FOLDER / "ties.json"
    path.write_text(path.read_text().replace("ties", "tales"))
    assert analyses.find(large, "ties") is None
    assert analyses.find(large, "brokers") is not None
    monkeypatch.setattr(analyses, "_form", lambda: "another")
    assert analyses.find(large, "brokers") is None


def test_options_and_fewer_documents_are_answered_anew(
    large: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = json.loads((large.path / analyses.FOLDER / "ties.json").read_text())  # type: ignore[operator]
    asked: list[str] = []
    load = registry.load

    def noting(package: str, name: str, what: str) -> object:
        module = load(package, name, what)
        monkeypatch.setattr(module, "run", lambda view, **_: asked.append(name) or content)
        return module

    monkeypatch.setattr(registry, "load", noting)
    api.analyze(large, "ties")
    assert asked == []
    api.analyze(large, "ties", level="state")
    assert asked == ["ties"]
    assert analyses.find(restrict(large, documents=[next(iter(large.documents))]), "ties") is None
