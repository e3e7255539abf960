"""Extractors of others: off by default, for review only, and never a quote that is not there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from kg import store
from kg.errors import InputError
from kg.extract.spans import Candidate, Evidence, Mention, Release
from kg.ingest import extractors, keeping, run
from kg.ingest.run import Outcome

GIVEN = {"publisher": "ASA", "issued": "2031-06-03"}


class Canned:
    """Gives a right quote, one a character off, one invented, and a relation that is none."""

    name = "canned"
    version = "1"

    def extract(self, release: Release, mentions: Sequence[Mention]) -> Iterable[Candidate]:
        asa = next(m for m in mentions if m.slug == "asa")
        lumen = next(m for m in mentions if m.slug == "lumen")
        ghost = Mention(0, 1, "Agency", "Ghost Agency", "ghost")
        start = release.text.index("ASA and BSO are partners")
        true = Evidence(start, start + 10, release.text[start : start + 10])
        off = Evidence(start + 1, start + 11, release.text[start : start + 10])
        invented = Evidence(0, 27, "ASA leads Lumen since 2001.")
        for relation, subject, quote in (
            ("leads", asa, true),
            ("operates", ghost, true),
            ("develops", asa, off),
            ("provides", asa, invented),
            ("dreamsOf", asa, true),
        ):
            yield Candidate("r", relation, subject, lumen, {}, (quote,), "mine", 1.0)


class Failing(Canned):
    name = "failing"

    def extract(self, release: Release, mentions: Sequence[Mention]) -> Iterable[Candidate]:
        raise ZeroDivisionError("nothing to divide")


class Broken:
    name = "broken"


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [EntryPoint(n, f"{n}:{n}", extractors.GROUP) for n in ("canned", "broken", "failing")]
    offered = {"canned": Canned, "broken": Broken(), "failing": Failing}
    monkeypatch.setattr(EntryPoint, "load", lambda self: offered[self.name])
    monkeypatch.setattr(extractors, "entry_points", lambda group: made)


@pytest.fixture
def read(workspace: Path, tmp_path: Path, release: str) -> Outcome:
    path = tmp_path / "word.txt"
    path.write_text(release, encoding="utf-8")
    view = store.open_view(workspace)
    return run.ingest(view, workspace, [path], given=GIVEN, extractors=["canned"])


def test_a_quote_that_is_not_in_the_text_is_dropped_and_counted(
    read: Outcome, workspace: Path
) -> None:
    assert dict(read.dropped) == {
        "canned: a quote that is not in the text at its place": 2,
        "canned: a relation that is not in the list": 1,
    }
    (kept,) = keeping.read_all(workspace)
    found = {c.relation for c in kept.candidates if c.pattern == "canned 1"}
    assert found == {"leads", "operates"}


def test_whatever_it_claims_a_person_decides(read: Outcome, workspace: Path) -> None:
    lines = (workspace / "review" / "queue.jsonl").read_text("utf-8").splitlines()
    mine = [q for q in map(json.loads, lines) if q["pattern"] == "canned 1"]
    assert {q["relation"] for q in mine} == {"leads", "operates"}
    assert all(q["confidence"] < 0.8 for q in mine)
    assert all("read by the extractor canned" in q["reasons"][-1] for q in mine)
    ghost = next(q for q in mine if q["relation"] == "operates")
    assert ghost["subject"]["slug"] == ""
    assert read.compiled.graph == 3


def test_it_is_off_by_default(workspace: Path, tmp_path: Path, release: str) -> None:
    path = tmp_path / "word.txt"
    path.write_text(release, encoding="utf-8")
    done = run.ingest(store.open_view(workspace), workspace, [path], given=GIVEN)
    (kept,) = keeping.read_all(workspace)
    assert not [c for c in kept.candidates if c.pattern.startswith("canned")]
    assert not done.dropped


@pytest.mark.parametrize(
    ("name", "message"),
    [("caned", "did you mean 'canned'"), ("broken", "it needs name, version and extract")],
)
def test_what_is_no_extractor_is_refused(name: str, message: str) -> None:
    with pytest.raises(InputError) as refused:
        extractors.load([name])
    assert message in str(refused.value)


def test_one_that_fails_costs_the_release_only(
    workspace: Path, tmp_path: Path, release: str
) -> None:
    path = tmp_path / "word.txt"
    path.write_text(release, encoding="utf-8")
    view = store.open_view(workspace)
    done = run.ingest(view, workspace, [path], given=GIVEN, extractors=["failing"])
    (error,) = done.failed
    assert "the extractor failing failed: ZeroDivisionError: nothing to divide" in error.message
