"""What decisions make of a pattern, and what that makes of the gate."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.extract.spans import Candidate, Evidence, Mention
from kg.ingest import learning, ledger, queue
from kg.ingest.ledger import Ledger
from kg.ingest.run import Outcome

TEXT = "A note from Aldria\n\nASA and BSO are partners in Lumen. It was said so in a sentence.\n"
OFFICIAL = {"publisher": "ASA", "issued": "2031-06-03"}
PATTERN = "joint-mission"


def decided(pattern: str, right: int, wrong: int, changed: int = 0) -> Ledger:
    made = Ledger()
    for n in range(right + wrong + changed):
        verdict = "accept" if n < right else "reject" if n < right + wrong else "edit"
        entry = {"key": f"{n:016x}", "verdict": verdict, "pattern": pattern}
        made.add("decision", {**entry, **({"edit": {"date": "2031"}} if verdict == "edit" else {})})
    return made


def found(confidence: float, *reasons: str) -> Candidate:
    ends = (Mention(0, 3, "Agency", "ASA", "asa"), Mention(8, 11, "Agency", "BSO", "bso"))
    words = (Evidence(0, 3, "ASA"),)
    return Candidate("r", "leads", *ends, {}, words, "p", confidence, tuple(reasons))


def test_the_declared_precision_is_a_prior_of_ten_decisions() -> None:
    record = learning.Record("p", 0.9)
    assert record.learnt == pytest.approx(0.9)
    assert learning.Record("p", 0.9, right=10).learnt == pytest.approx(19 / 20)
    assert learning.Record("p", 0.9, wrong=10).learnt == pytest.approx(9 / 20)


def test_one_rejection_does_not_take_a_pattern_down_and_many_do() -> None:
    assert not learning.Record("p", 0.95, wrong=1).fallen
    assert learning.Record("p", 0.95, wrong=3).fallen
    assert not learning.Record("p", 0.95, right=10, wrong=3).fallen
    assert not learning.Record("p", 0.7, wrong=3).fallen, "it was under the gate before"


def test_a_change_counts_as_wrong_and_order_does_not_count() -> None:
    forward = learning.records((), decided("office", 3, 2, 1))
    made = decided("office", 3, 2, 1)
    made.decisions = dict(reversed(made.decisions.items()))
    assert learning.records((), made) == forward
    assert (forward["office"].right, forward["office"].wrong) == (3, 3)


def test_the_gate_goes_by_what_is_learnt() -> None:
    bad = {"p": learning.Record("p", 0.9, right=1, wrong=5)}
    low = learning.weighed(found(0.9), bad)
    assert low.confidence == pytest.approx(0.625)
    assert low.reasons == ("the pattern p was right in 1 of 6 decisions",)
    good = {"p": learning.Record("p", 0.78, right=10)}
    assert learning.weighed(found(0.78), good).confidence == pytest.approx(0.89)
    assert learning.weighed(found(0.9), {}) == found(0.9)


def test_no_record_takes_a_doubt_away() -> None:
    good = {"p": learning.Record("p", 0.9, right=90)}
    doubted = learning.weighed(found(0.79, "the name 'X' is not in the graph"), good)
    assert doubted.confidence == pytest.approx(0.79)
    assert doubted.reasons == ("the name 'X' is not in the graph",)


@pytest.fixture
def kg(command: Callable[..., tuple[int, str, str]]) -> Callable[..., str]:
    """Run a command that succeeds: what it prints."""

    def make(*args: str) -> str:
        code, out, err = command(*args)
        assert code == 0, err
        return out

    return make


@pytest.fixture
def spoilt(ingest: Callable[..., Outcome], workspace: Path) -> str:
    """The pattern that reads the text, with five rejections of what it found elsewhere."""
    ingest({"a.txt": TEXT}, **OFFICIAL)
    (kept,) = (json.loads((workspace / "ingest/asa-2031-06-03.json").read_text("utf-8")),)
    names = {c["pattern"] for c in kept["candidates"] if c["relation"] == "participatesIn"}
    (name,) = names
    ledger.save(workspace / "review" / ledger.DECISIONS, decided(name, 0, 5))
    return str(name)


def test_what_a_fallen_pattern_found_leaves_the_graph_and_waits(
    spoilt: str, ingest: Callable[..., Outcome], workspace: Path
) -> None:
    done = ingest({"a.txt": TEXT}, **OFFICIAL)
    assert done.unchanged, "nothing has to be read again for it"
    waiting = [w for w in queue.read(workspace) if w.candidate.pattern == spoilt]
    assert len(waiting) == 2
    assert waiting[0].candidate.reasons[-1].endswith("was right in 0 of 5 decisions")
    (told,) = done.compiled.fallen
    assert told.startswith(f"{spoilt} fell under the gate of 0.8: declared 0.9")
    (workspace / "review" / ledger.DECISIONS).unlink()
    again = ingest({"a.txt": TEXT}, **OFFICIAL)
    assert (again.compiled.fallen, again.compiled.graph) == ([], 2)


def test_the_list_shows_prior_counts_and_what_is_learnt(
    spoilt: str, kg: Callable[..., str]
) -> None:
    table = json.loads(kg("patterns", "list", "-f", "json"))
    rows = {row["pattern"]: row for row in table["rows"]}
    row = rows[spoilt]
    assert (row["accepted"], row["rejected"]) == ("0", "5")
    prior = float(row["prior"])
    assert row["learnt"] == f"{prior * 10 / 15:.2f}"
    assert rows["office"]["from"] == "form"
    notes = " ".join(table["notes"])
    assert "weighed as 10 decisions" in notes
    assert f"{spoilt} fell under the gate" in notes


def test_a_trial_and_an_explanation_go_by_it_too(
    spoilt: str, kg: Callable[..., str], tmp_path: Path
) -> None:
    path = tmp_path / "b.txt"
    path.write_text(TEXT, encoding="utf-8")
    out = kg("ingest", "--explain", "--tier", "official", str(path))
    assert f"because the pattern {spoilt} was right in 0 of 5 decisions" in out
