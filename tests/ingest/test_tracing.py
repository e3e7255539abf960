"""A build that fails over what was ingested names the statement or the name that it comes of."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import store
from kg.errors import InputError, Origin
from kg.ingest import ledger, queue, run, tracing
from kg.ingest.run import Outcome

OFFICIAL = {"publisher": "ASA", "issued": "2031-06-03"}
DOCUMENT = "asa-2031-06-03"

Kg = Callable[..., tuple[int, str, str]]


@pytest.fixture
def kg(ingest: Callable[..., Outcome], release: str, command: Kg) -> Kg:
    """Read the release, then run commands."""
    ingest({"word.txt": release}, **OFFICIAL)
    return command


@pytest.fixture
def source(kg: Kg, workspace: Path) -> Path:
    return workspace / "sources" / "releases" / f"{DOCUMENT}.yaml"


def test_each_entry_says_which_statement_it_comes_of(source: Path, workspace: Path) -> None:
    text = source.read_text("utf-8")
    keys = re.findall(r"^# from (\w{16})$", text, re.MULTILINE)
    assert len(keys) == text.count("- class: ") == 3
    assert set(keys) <= {one.key for one in queue.everything(workspace)}


def test_a_statement_that_breaks_the_build_is_named_and_can_be_taken_out(
    kg: Kg, source: Path, workspace: Path
) -> None:
    whole = source.read_text("utf-8")
    assert "participant: bso" in whole
    source.write_text(whole.replace("participant: bso", "participant: nobody-here"), "utf-8")
    sources = [f"--only={name}" for name in ("arctic", "ice-watch", "survey", "releases")]
    code, _, err = kg("build", *sources)
    assert code == 1
    assert f"{source}:" in err
    assert "'nobody-here'" in err
    assert "Borealia Space Office | participatesIn | Lumen): nobody decided on it" in err
    (key,) = set(re.findall(r"kg review --reject (\w{16}) takes it out", err))
    code, out, _ = kg("review", "--no-build", "--reject", key)
    assert (code, out.split(";")[0]) == (0, "1 rejected")
    assert "nobody-here" not in source.read_text("utf-8")
    assert key not in source.read_text("utf-8")


def test_who_decided_is_said(kg: Kg, source: Path, workspace: Path) -> None:
    key = next(w.key for w in queue.read(workspace) if w.candidate.relation == "provides")
    kg("review", "--no-build", "--who", "Ada", "--when", "2031-07-01", "--edit", key,
       "--set", "object=Lumen")  # fmt: skip
    lines = source.read_text("utf-8").split("\n")
    place = lines.index(f"# from {key}") + 3
    error = tracing.traced(InputError("odd", origin=Origin(str(source), place)), workspace)
    assert f"{key} (" in error.message
    assert "edited, Ada, 2031-07-01" in error.message
    assert error.fix == f"kg review --reject {key} takes it out; then kg build"


def test_a_name_that_breaks_the_build_is_named(kg: Kg, source: Path, workspace: Path) -> None:
    kg("review", "--no-build", "--entity", "Bo Quill", "--class", "Person")
    lines = source.read_text("utf-8").split("\n")
    place = lines.index('# from "Bo Quill"') + 2
    error = tracing.traced(InputError("odd", origin=Origin(str(source), place)), workspace)
    assert 'it comes of "Bo Quill": accepted' in error.message
    assert "decisions.toml" in error.fix


def test_an_error_elsewhere_is_left_alone(workspace: Path) -> None:
    error = InputError("odd", origin=Origin("facts.yaml", 3), fix="mend it")
    assert tracing.traced(error, workspace) is error


def test_a_statement_in_the_graph_can_be_rejected_too(
    kg: Kg, source: Path, workspace: Path
) -> None:
    before = ledger.load(workspace / "review" / ledger.DECISIONS)
    assert before.decisions == {}
    key = next(
        w.key for w in queue.everything(workspace) if w.candidate.relation == "participatesIn"
    )
    assert key in source.read_text("utf-8")
    kg("review", "--no-build", "--reject", key[:8])
    done = run.again(store.open_view(workspace), workspace)
    assert done.compiled.rejected == 1
    assert key not in source.read_text("utf-8")
