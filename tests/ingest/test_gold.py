"""Extracted statements in the form of the scorer."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import store
from kg.ingest import gold
from kg.ingest.run import Outcome

SCORER = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "gold" / "score.py"


@pytest.fixture
def predicted(
    ingest: Callable[..., Outcome], workspace: Path, release: str
) -> list[dict[str, object]]:
    ingest({"word.txt": release}, publisher="ASA", issued="2031-06-03")
    return [json.loads(line) for line in gold.lines(store.open_view(workspace))]


def test_every_quote_is_its_characters(predicted: list[dict[str, object]], release: str) -> None:
    assert len(predicted) >= 6
    for one in predicted:
        assert one["doc"] == "word"
        for place in one["evidence"]:  # type: ignore[attr-defined]
            assert release[place["start"] : place["end"]] == place["quote"]
    assert {"doc:word"} == {o["object"] for o in predicted if o["relation"] == "quotedIn"}


def test_the_scorer_takes_it(
    predicted: list[dict[str, object]], release: str, tmp_path: Path
) -> None:
    if not SCORER.is_file():
        pytest.skip("skipped: scoring needs ../shared/gold/score.py, which is not at hand")
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "word.txt").write_text(release, encoding="utf-8")
    lines = [json.dumps({**one, "id": str(n)}) for n, one in enumerate(predicted)]
    (folder / "word.jsonl").write_text("\n".join(lines), encoding="utf-8")
    made = tmp_path / "made.jsonl"
    made.write_text("\n".join(json.dumps(one) for one in predicted), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, SCORER, "--gold", folder, "--pred", made, "--threshold", "0", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    score = json.loads(done.stdout)
    assert (score["fp"], score["fn"]) == (0, 0)
    assert score["tp"] == len(predicted)
