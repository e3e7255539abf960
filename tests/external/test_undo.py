"""A wrong merge, and the one line that undoes it."""

from __future__ import annotations

from pathlib import Path

import pytest
import samples
from external_mapped import Map

from kg.identity import Identity
from kg.plan import Plan

HEAD = (
    "# author_label: A user\n# mapping_date: 2026-11-27\n"
    "subject_id\tpredicate_modifier\tpredicate_id\tobject_id\tmapping_justification\n"
)
KITE = {
    "JCAT": "S99001",
    "Piece": "2031-001A",
    "Name": "Kite",
    "LDate": "2031 Jan  2",
    "Class": "C",
}


def line(subject: str, identifier: str, modifier: str = "") -> str:
    return (
        f"id:{subject}\t{modifier}\tskos:exactMatch\t{identifier}\tsemapv:ManualMappingCuration\n"
    )


@pytest.fixture
def payloads(tmp_path: Path) -> Path:
    rows = [KITE | {"TDate": "2032 Mar  4", "UNState": "J", "UNReg": "ST/1"}]
    return samples.tsv(tmp_path / "psatcat.tsv", samples.PAYLOADS, rows)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace" / "identity"
    folder.mkdir(parents=True)
    (folder / "own.sssom.tsv").write_text(HEAD, encoding="utf-8")
    return folder / "own.sssom.tsv"


def test_one_line_undoes_a_merge_by_a_mapping_file(
    map_files: Map, payloads: Path, own: Path
) -> None:
    apart = map_files(("gcat", payloads)).entity("gcat", "S99001")
    assert len(apart) == 1
    assert apart != ["xrism"]
    own.write_text(HEAD + line("xrism", "gcat:S99001"), encoding="utf-8")
    wrong = map_files(("gcat", payloads))
    assert wrong.entity("gcat", "S99001") == wrong.entity("satcat", "99001") == ["xrism"]
    with own.open("a", encoding="utf-8") as file:
        file.write(line("xrism", "gcat:S99001", "Not"))
    undone = map_files(("gcat", payloads))
    assert undone.entity("gcat", "S99001") == undone.entity("satcat", "99001") == apart


def test_one_line_undoes_a_merge_by_an_identifier_that_a_curated_entry_gives(
    map_files: Map, tmp_path: Path, own: Path
) -> None:
    rows = [KITE | {"JCAT": "S57800"}]  # the row of a kite has the number of XRISM
    table = samples.tsv(tmp_path / "psatcat.tsv", samples.PAYLOADS, rows)
    assert map_files(("gcat", table)).entity("gcat", "S57800") == ["xrism"]
    own.write_text(HEAD + line("xrism", "gcat:S57800", "Not"), encoding="utf-8")
    undone = map_files(("gcat", table))
    assert len(undone.entity("gcat", "S57800")) == 1
    assert "xrism" not in undone.entity("gcat", "S57800")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (line("xrsim", "gcat:S99001", "Not"), "no 'id:xrsim', so the line does nothing; did you"),
        (line("xrism", "gcat:s99001", "Not"), "nothing has gcat 's99001', so the line does noth"),
        (line("no-row-has-it", "gcat:S99009"), "no 'id:no-row-has-it'"),
        (line("xrism", "gcat:S99001", "Not"), ""),
        (line("xrism", "cospar:2023-137A", "Not"), ""),
    ],
)
def test_a_line_that_does_nothing_is_said(
    tmp_path: Path, payloads: Path, own: Path, text: str, said: str
) -> None:
    own.write_text(HEAD + text, encoding="utf-8")
    plan = Plan.make(tmp_path / "workspace", (), [("gcat", payloads)])
    _read(plan, tmp_path)
    found = list(plan.identity.idle(plan.own))
    assert len(found) == bool(said)
    assert all(said in f and "own.sssom.tsv:4" in f for f in found)


def _read(plan: Plan, folder: Path) -> None:
    with (folder / "rejected.tsv").open("w", encoding="utf-8") as rejected:
        for _ in plan.curated({}, lambda _: None):
            pass
        for _ in plan.others({}, lambda _: None, rejected):
            pass


def test_nothing_is_idle_without_lines() -> None:
    assert list(Identity().idle([])) == []
