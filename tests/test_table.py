"""Tables as CSV, TSV, JSON and Markdown: what goes in comes out."""

import csv
import io
import json

import pytest

from kg.table import WRITERS, Table, flat, to_csv, to_json, to_markdown, to_tsv

HOSTILE = (
    'a,"b"',
    "line\nbreak",
    "pipe|pipe",
    "tab\there",
    "日本 🚀",
    "",
    "\u202ex",
    "a; b",
    "=1+1",
)
TABLE = Table(
    ("one", "two"),
    (*((cell, "x") for cell in HOSTILE), (("first", "second"), "not stated")),
    "A title",
    ("a note", "another | note"),
)
EMPTY = Table(("one",), ())


def test_the_writers_are_these():
    assert set(WRITERS) == {"csv", "tsv", "json", "md"}


@pytest.mark.parametrize(("write", "delimiter"), [(to_csv, ","), (to_tsv, "\t")])
def test_csv_and_tsv_read_back(write, delimiter):
    rows = list(csv.reader(io.StringIO(write(TABLE), newline=""), delimiter=delimiter))
    assert rows[0] == ["one", "two"]
    assert [row[0] for row in rows[1:]] == [*HOSTILE, "first; second"]
    assert "note" not in write(TABLE)


def test_csv_has_plain_line_ends():
    assert "\r" not in to_csv(TABLE)


def test_json_reads_back_with_several_values_as_a_list():
    content = json.loads(to_json(TABLE))
    assert content["title"] == "A title"
    assert content["notes"] == ["a note", "another | note"]
    assert content["columns"] == ["one", "two"]
    assert [r["one"] for r in content["rows"]] == [*HOSTILE, ["first", "second"]]
    assert "日本" in to_json(TABLE), "not escaped"


def test_markdown_has_one_line_a_row():
    lines = to_markdown(TABLE).splitlines()
    assert lines[0] == "**A title**"
    body = [line for line in lines if line.startswith("| ")]
    assert len(body) == 2 + len(TABLE.rows)
    assert all(line.replace("\\|", "").count("|") == 3 for line in body)
    assert "first<br>second" in to_markdown(TABLE)
    assert lines[-2:] == ["- a note", "- another | note"]


def test_a_table_without_rows_says_so_and_keeps_its_columns():
    assert to_csv(EMPTY) == "one\n"
    assert json.loads(to_json(EMPTY))["rows"] == []
    assert "*no rows*" in to_markdown(EMPTY)
    assert "*no rows*" not in to_markdown(TABLE)


def test_records_and_flat():
    assert TABLE.records()[-1] == {"one": ("first", "second"), "two": "not stated"}
    assert flat(("a", "b"), "/") == "a/b"
    assert flat("a") == "a"


def test_a_row_of_the_wrong_length_is_an_error():
    with pytest.raises(ValueError, match="zip"):
        Table(("a", "b"), (("1",),)).records()
