"""Long answers kept beside a store: the same as when computed, and never a stale or damaged one."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kg import build, kept, query, questions, rows, store
from kg.errors import KGError, StoreError
from kg.restrict import restrict
from kg.store import View
from kg.table import Table

MANY = 1_000_000
AGAIN = """
import sys
from pathlib import Path
from kg import kept, store
kept.FROM_ROWS = 1
kept.keep(store.open_view(Path(sys.argv[1])), 1_000_000, Path(sys.argv[2]))
"""


@pytest.fixture(scope="module")
def holding(full_view: View, tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    """All sources, with the answers to all questions kept."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "FROM_ROWS", 1)
        described = kept.keep(full_view, MANY, folder)
    assert len(described) > 20
    yield replace(full_view, build={**full_view.build, kept.KEY: described}, path=folder)


def held(view: View, name: str, languages: tuple[str, ...] = ("en",), **parameters: str) -> bool:
    found = questions.load_all()[name]
    asked = questions.bind(found, query.terms(view, view, found, parameters))
    return kept.find(view, name, asked, languages) is not None


def test_a_kept_answer_is_the_computed_one(full_view, holding, monkeypatch):
    whole = {name: query.run(full_view, name) for name in holding.build[kept.KEY]}
    some = {name: query.run(full_view, name, most=3) for name in whole}
    monkeypatch.setattr(rows, "of", None)  # nothing is computed from here on
    assert {name: query.run(holding, name) for name in whole} == whole
    assert {name: query.run(holding, name, most=3) for name in whole} == some


def test_a_day_and_the_claims_are_those_of_the_kept_rows(full_view, holding, monkeypatch):
    day = date(1985, 6, 1)
    dated, claims = query.run(full_view, "q13", on=day), query.claims_of(full_view, "q17")
    monkeypatch.setattr(rows, "of", None)
    assert query.run(holding, "q13", on=day) == dated
    assert query.claims_of(holding, "q17") == claims


def test_the_same_bytes_whatever_the_hash_seed(seed_store, tmp_path):
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        command = [sys.executable, "-c", AGAIN, str(seed_store), str(tmp_path / seed)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    first, second = (
        {p.name: p.read_bytes() for p in (tmp_path / s / kept.FOLDER).iterdir()} for s in "12"
    )
    assert len(first) > 5
    assert first == second


class TestNeverUsed:
    """Where anything differs from what was kept, the answer is computed."""

    def test_for_other_parameters_languages_or_documents(self, holding):
        assert held(holding, "missing-identifiers")
        assert not held(holding, "missing-identifiers", scheme="ror")
        assert not held(holding, "missing-identifiers", languages=("ja", "en"))
        assert not held(restrict(holding, as_of=date(2020, 1, 1)), "missing-identifiers")
        assert not held(restrict(holding, documents=["csa-2025-07-09"]), "missing-identifiers")

    def test_for_a_question_that_was_changed(self, holding, monkeypatch):
        assert held(holding, "occurred")
        found = questions.load_all()["occurred"]
        changed = replace(found, text=found.text.replace("#+ merge: [date,", "#+ merge: ["))
        assert changed.text != found.text
        monkeypatch.setattr(questions, "load_all", lambda: {"occurred": changed})
        assert not held(holding, "occurred")

    def test_by_another_version(self, holding, monkeypatch):
        monkeypatch.setattr(kept, "version", lambda _: "0.0.0")
        assert not held(holding, "occurred")

    @pytest.mark.parametrize("spoil", ["cut", "changed", "another", "gone"])
    def test_when_its_file_is_not_what_was_written(self, full_view, holding, tmp_path, spoil):
        described = dict(holding.build[kept.KEY])
        (tmp_path / kept.FOLDER).mkdir()
        for name in ("occurred", "heads"):
            source = holding.path / kept.FOLDER / f"{name}.jsonl"
            (tmp_path / kept.FOLDER / source.name).write_bytes(source.read_bytes())
        path = tmp_path / kept.FOLDER / "occurred.jsonl"
        spoiled = replace(holding, build={kept.KEY: described}, path=tmp_path)
        assert held(spoiled, "occurred")
        content = path.read_bytes()
        if spoil == "cut":
            path.write_bytes(content[:-1])
        elif spoil == "changed":
            path.write_bytes(content.replace(b"launch", b"lunch!", 1))
        elif spoil == "another":
            path.write_bytes((tmp_path / kept.FOLDER / "heads.jsonl").read_bytes())
        else:
            path.unlink()
        assert not held(spoiled, "occurred")
        assert held(spoiled, "heads")
        assert query.run(spoiled, "occurred") == query.run(full_view, "occurred")

    @pytest.mark.parametrize("said", [None, [], {"occurred": "yes"}, {"occurred": {"asked": 1}}])
    def test_when_its_description_is_none(self, holding, said):
        assert not held(replace(holding, build={kept.KEY: said}), "occurred")

    def test_of_a_store_that_keeps_none(self, full_view):
        assert kept.KEY not in full_view.build
        assert not (full_view.path / kept.FOLDER).exists(), "small stores are quick without"
        assert not held(full_view, "occurred")


class TestBuild:
    """A build keeps what is long, together with its store."""

    @pytest.fixture(autouse=True)
    def small(self, monkeypatch):
        monkeypatch.setattr(kept, "FROM_QUADS", 0)
        monkeypatch.setattr(kept, "FROM_ROWS", 20)

    def test_only_long_answers_are_kept(self, tmp_path, monkeypatch):
        view = build.build(tmp_path, only=["seed"]).view
        described = view.build[kept.KEY]
        assert {p.stem for p in (view.path / kept.FOLDER).iterdir()} == set(described)
        computed = replace(view, build={})
        long = {n for n in questions.load_all() if length(computed, n) >= 20}
        assert set(described) == long
        assert 0 < len(long) < 10
        whole = {name: query.run(computed, name) for name in long}
        monkeypatch.setattr(rows, "of", None)
        assert {name: query.run(view, name) for name in long} == whole

    def test_a_disk_that_is_full_leaves_the_store_in_use(self, tmp_path, monkeypatch):
        build.build(tmp_path, only=["seed"])
        real = Path.write_bytes

        def full(self, data):
            if self.parent.name == kept.FOLDER:
                raise OSError(28, "No space left on device", str(self))
            return real(self, data)

        monkeypatch.setattr(Path, "write_bytes", full)
        with pytest.raises(StoreError, match="No space left"):
            build.build(tmp_path, only=["seed"])
        assert [p.name for p in (tmp_path / "store" / "builds").iterdir()] == ["000001"]
        assert store.open_view(tmp_path).build[kept.KEY]

    def test_the_digest_of_the_file_is_in_the_description(self, tmp_path):
        view = build.build(tmp_path, only=["seed"]).view
        text = (view.path / store.BUILD).read_text(encoding="utf-8")
        for name, said in json.loads(text)[kept.KEY].items():
            lines = (view.path / kept.FOLDER / f"{name}.jsonl").read_bytes().splitlines()
            assert said["rows"] == len(lines) - 1
            assert len(said["sha256"]) == len(said["asked"]) == 64


def length(view: View, name: str) -> int:
    try:
        found: Table = query.run(view, name)
    except KGError:  # it asks about what the seed does not hold
        return 0
    return len(found.rows)
