"""What a command prints: every format, both clocks, other languages, SPARQL of a user's own."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

SEED = "csa-2025-07-09"


def test_no_rows_is_no_error_and_is_said(kg):
    ran = kg("query", "q01", "--as-of", "1950-01-01")
    assert ran.code == 0
    assert "no rows" in ran.out
    assert "documents that count: 0; left out: " in ran.out.replace("\n", " ")
    assert "*no rows*" in kg("query", "q01", "--as-of", "1950-01-01", "-f", "md").out
    assert json.loads(kg("query", "q01", "--as-of", "1950-01-01", "-f", "json").out)["rows"] == []


TABLES = [["query", "q01"], ["query", "q22"], ["show", "JAXA"], ["info"], ["conflicts"], ["plans"]]


@pytest.mark.parametrize("args", TABLES, ids=" ".join)
def test_every_format_can_be_read(kg, args):
    table = json.loads(kg(*args, "-f", "json").out)
    columns, count = table["columns"], len(table["rows"])
    assert count
    for form, delimiter in (("csv", ","), ("tsv", "\t")):
        ran = kg(*args, "-f", form)
        rows = list(csv.reader(io.StringIO(ran.out, newline=""), delimiter=delimiter))
        assert rows[0] == columns
        assert len(rows) == count + 1
        assert {len(row) for row in rows} == {len(columns)}
        assert ran.err == ""
    lines = kg(*args, "-f", "md").out.splitlines()
    assert sum(line.startswith("| ") for line in lines) == count + 2
    pretty = kg(*args)
    assert (pretty.code, pretty.err) == (0, "")
    assert "Traceback" not in pretty.out


def test_the_answer_for_people_numbers_its_evidence(kg, monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    out = kg("query", "q01", "--document", SEED).out
    assert "International Space Station" in out
    assert re.search(rf"^\[1\] {SEED} #char=360,448 \(s02\): ", out, re.MULTILINE)
    assert "not stated in every row: since a" in out.replace("\n", " ")
    assert "not asked for" in out


def test_on_and_as_of(kg):
    rows = json.loads(kg("query", "q13", "--on", "1985-06-01", "-f", "json").out)["rows"]
    assert "possible" in {r["true on 1985-06-01"] for r in rows}
    then = kg("info", "documents", "--as-of", "2025-07-09", "-f", "csv").out
    now = kg("info", "documents", "-f", "csv").out
    assert "jaxa-2025-10-30" in now
    assert "jaxa-2025-10-30" not in then


def test_a_path_on_a_day_takes_only_what_can_hold_on_it(kg):
    asked = ["path", "CSA", "ISRO", "-f", "json"]
    always = json.loads(kg(*asked).out)
    early = json.loads(kg(*asked, "--on", "1950-01-01").out)
    assert always["rows"]
    assert early["rows"] != always["rows"]
    assert "on 1950-01-01" in " ".join(early["notes"])


def test_a_home_folder_after_an_equals_sign_is_found(kg, tmp_path, monkeypatch):
    """Not every shell expands `--add gcat=~/gcat`."""
    monkeypatch.setenv("HOME", str(tmp_path))
    assert f"'{tmp_path}/nowhere'" in kg("build", "--add", "gcat=~/nowhere").err


def test_labels_in_another_language(kg):
    out = kg("query", "q01", "--lang", "ja", "--document", SEED, "-f", "csv").out
    assert "宇宙航空研究開発機構" in out


def test_sparql_from_a_file_and_from_stdin(kg, monkeypatch):
    text = "SELECT ?x { ?x a sp:Person } LIMIT 2"
    Path("mine.rq").write_text(text)
    from_file = kg("query", "--sparql", "mine.rq", "-f", "csv")
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    from_stdin = kg("query", "--sparql", "-", "-f", "csv")
    assert from_file.out == from_stdin.out
    assert from_file.out.startswith("x\nhttps://")
    assert "id:" in kg("query", "--sparql", "mine.rq").out, "short names for people"


def test_sparql_errors_name_the_file_and_the_place(kg):
    Path("mine.rq").write_text("SELECT ?x {\n ?x a }")
    ran = kg("query", "--sparql", "mine.rq")
    assert ran.code == 1
    assert re.match(r"error: mine\.rq:2:\d+: syntax error", ran.err)
    Path("mine.rq").write_text("DELETE WHERE { ?s ?p ?o }")
    assert "this store is read-only" in kg("query", "--sparql", "mine.rq").err
    Path("mine.rq").write_bytes(b"\xff\xfe")
    assert "is not UTF-8" in kg("query", "--sparql", "mine.rq").err


def test_the_time_limit_of_the_command_line(kg):
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?i) }"
    Path("mine.rq").write_text(endless)
    ran = kg("query", "--sparql", "mine.rq", "--time-limit", "1")
    assert ran.code == 1
    assert "was stopped after 1 s" in ran.err


def test_the_list_of_queries_has_all_forty_questions(kg):
    out = kg("query", "--list", "-f", "csv").out
    for number in range(1, 41):
        assert f"q{number:02}" in out


def test_the_same_bytes_every_time(kg):
    for args in (["query", "q22"], ["info"], ["show", "JAXA"]):
        assert kg(*args).out == kg(*args).out
