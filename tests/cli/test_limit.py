"""How much of a long answer is shown, and what is said of the rest."""

import csv
import io


def test_a_limit_shows_the_first_rows_and_says_how_many_there_are(kg):
    whole = list(csv.reader(io.StringIO(kg("query", "q17", "-f", "csv").out)))
    some = list(csv.reader(io.StringIO(kg("query", "q17", "-f", "csv", "--limit", "3").out)))
    assert some == whole[:4]
    said = kg("query", "q17", "--limit", "3").out
    assert f"note: the first 3 of {len(whole) - 1} rows" in " ".join(said.split())


def test_a_terminal_gets_a_screen_and_a_program_gets_all(monkeypatch):
    from kg.cli._output import shown

    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert (shown("table", None), shown("csv", None), shown("table", 0)) == (100, 0, 0)
    monkeypatch.setattr("sys.stdout.isatty", lambda: False)
    assert shown("table", None) == 0


def test_a_source_that_is_added_twice_is_refused_and_not_half_read(kg):
    ran = kg("build", "--add", "charter=one.csv", "--add", "charter=two.csv")
    assert ran.code == 1
    assert "the source 'charter' is given twice" in ran.err
    assert "put the files into one folder" in ran.err
