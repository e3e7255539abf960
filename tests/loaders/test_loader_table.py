"""Tables: every row is mapped or rejected with its reason; nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg import sources, vocab
from kg.errors import InputError
from kg.loaders._source import Report, Source
from kg.model import Statement
from kg.namespaces import curie, sp

VOCAB = vocab.load()
SPEC = """\
loader: table
files: [t.csv]
FORMAT
documents:
  - id: list
    type: Dataset
codes:
  agency: {ASA: asa, BSO: bso, CSC: csc}
  role: {first: founding-member, joined: member}
rows:
  - class: Membership
    fields:
      participant: {column: who, codes: agency}
      inActivity: {value: ice-watch}
      role: {column: role, codes: role}
      status: {value: ongoing}
      period: {column: joined, template: "{}/.."}
    cite:
      document: list
      gist: The list gives the day for {who}.
"""
TABLE = "who,role,joined\nASA,first,2024-06\nBSO,joined,198X\n"

Folder = Callable[..., Path]


@pytest.fixture
def table(folder_of: Folder) -> Folder:
    def write(content: str | bytes, spec: str = SPEC, form: str = "") -> Path:
        return folder_of("t", {"source.yaml": spec.replace("FORMAT", form), "t.csv": content})

    return write


def load(folder: Path) -> tuple[list[Statement], Report]:
    report = Report()
    made = list(sources.load(Source.read(folder), VOCAB, report))
    assert report.rows == report.mapped + report.skipped.total() + len(report.rejected)
    return made, report


def claims(made: list[Statement]) -> list[str]:
    return [curie(s.subject) for s in made if "/claim/" in s.subject]


def values(made: list[Statement], name: str) -> list[str]:
    return [curie(t.strip("<>")) for s in made for p, t in s.properties if p == sp(name)]


def refused(folder: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        load(folder)
    return caught.value


def test_each_row_becomes_a_claim_with_its_row_as_evidence(table: Folder) -> None:
    made, report = load(table(TABLE))
    assert claims(made) == [
        "claim:participation.asa.ice-watch.founding-member.ongoing.list",
        "claim:participation.bso.ice-watch.member.ongoing.list",
    ]
    assert values(made, "locator") == ['"#row=2"', '"#row=3"']
    assert values(made, "period") == ["period:2024-06_to_open", "period:198X_to_open"]
    assert values(made, "gist")[0] == '"The list gives the day for ASA."@en'
    assert (report.rows, report.rejected, report.counts["statements"]) == (2, [], 2)
    assert [s.origin.line for s in made if "/claim/" in s.subject] == [2, 3]


BAD_ROWS = [
    ("XSA,first,2024", "code 'XSA' of column 'who' is unknown", "add it to codes: agency:"),
    ("CSC,later,2024", "code 'later' of column 'role' is unknown", "codes: role:"),
    ("CSC,joined,2023-02-29", "a day that does not exist", ""),
    ("CSC,joined,sometime", "is no EDTF date", ""),
    (",joined,2024", "Membership without 'participant'", ""),
    ("CSC,joined", "2 cells under 3 columns", "quote cells"),
    ("CSC,joined,2024,extra", "4 cells under 3 columns", "quote cells"),
]


@pytest.mark.parametrize(("row", "message", "fix"), BAD_ROWS, ids=[b[0] for b in BAD_ROWS])
def test_a_bad_row_is_rejected_alone(table: Folder, row: str, message: str, fix: str) -> None:
    folder = table(TABLE.replace("BSO", f"{row}\nBSO"))
    made, report = load(folder)
    assert len(claims(made)) == 2
    assert (report.rows, report.mapped, len(report.rejected)) == (3, 2, 1)
    (error,) = report.rejected
    assert message in error.message
    assert fix in error.fix
    assert str(error).startswith(f"{folder / 't.csv'}:3: ")


def test_blank_lines_and_blank_cells_at_the_end_are_no_rows(table: Folder) -> None:
    made, report = load(table(",,\n" + TABLE.replace("first,2024-06", "first,2024-06,,") + "\n\n"))
    assert len(claims(made)) == 2
    assert report.rows == 2
    assert values(made, "locator") == ['"#row=3"', '"#row=4"']


def test_nulls_are_nothing(table: Folder) -> None:
    content = TABLE + "CSC,joined,-\nASA,joined,n/a\n"
    made, report = load(table(content, form='format: {nulls: ["-", n/a]}'))
    assert len(claims(made)) == 4 and not report.rejected
    assert values(made, "period") == ["period:2024-06_to_open", "period:198X_to_open"]


def test_blanks_that_a_pattern_leaves_are_cut(table: Folder) -> None:
    spec = SPEC.replace("{column: joined,", """{column: joined, match: "^[^(]*",""")
    made, _ = load(table("who,role,joined\nASA,first,2024-06 (signed)\n", spec))
    assert values(made, "period") == ["period:2024-06_to_open"]


def test_split_cells_make_several_facts_or_several_values(table: Folder) -> None:
    spec = SPEC.replace(
        "{column: who, codes: agency}", '{column: who, codes: agency, split: " *[/;] *"}'
    )
    made, report = load(table("who,role,joined\nASA / BSO;CSC,joined,2024\n", spec))
    assert [c.split(".")[1] for c in claims(made)] == ["asa", "bso", "csc"]
    assert (report.rows, report.counts["statements"]) == (1, 3)
    made, report = load(table("who,role,joined\nASA / XXX,joined,2024\n", spec))
    assert claims(made) == [] and "code 'XXX'" in report.rejected[0].message


def test_only_the_rows_that_a_mapping_wants(table: Folder) -> None:
    spec = SPEC.replace("    fields:", "    when: {column: role, in: [first]}\n    fields:", 1)
    made, report = load(table(TABLE, spec))
    assert [c.split(".")[1] for c in claims(made)] == ["asa"]
    assert (report.rows, report.mapped) == (2, 1)
    assert report.skipped == {"nothing-applies": 1}


def test_dates_of_another_form(table: Folder) -> None:
    spec = SPEC.replace("{column: joined, ", '{column: joined, dates: "%d.%m.%Y", ')
    made, report = load(table("who,role,joined\nASA,first,9.7.2025\nBSO,first,2025\n", spec))
    assert values(made, "period") == ["period:2025-07-09_to_open"]
    assert "'2025' is no date of the form %d.%m.%Y" in report.rejected[0].message


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (TABLE.replace(",", "\t"), 'format: {delimiter: "\\t"}'),
        (TABLE.replace(",", "\t"), "format: {delimiter: '\\t'}"),
        (TABLE.replace(",", ";"), 'format: {delimiter: ";"}'),
        ("\ufeff" + TABLE, ""),
        ("\ufeff" + TABLE.replace("who", '"who"'), ""),
        (TABLE.replace("\n", "\r\n"), ""),
        (TABLE.replace("ASA", '"ASA"'), ""),
        ("#" + TABLE.replace("BSO", "# a remark\nBSO"), 'format: {comment: "#"}'),
        (TABLE.encode("utf-16"), "format: {encoding: utf-16}"),
    ],
)
def test_other_shapes_of_the_same_table(table: Folder, content: str | bytes, form: str) -> None:
    made, report = load(table(content, form=form))
    assert [c.split(".")[1] for c in claims(made)] == ["asa", "bso"]
    assert report.rejected == []


def test_quotes_may_be_plain_signs(table: Folder) -> None:
    content = 'who\trole\tjoined\tsize\nASA\tfirst\t2024\t3" wide\n'
    made, report = load(table(content, form='format: {delimiter: "\\t", quote: none}'))
    assert len(claims(made)) == 1 and not report.rejected


def test_an_encoding_that_is_not_that_of_the_file(table: Folder) -> None:
    folder = table((TABLE + "Mélanie,joined,2024\n").encode("cp1252"))
    error = refused(folder)
    assert str(error).startswith(f"{folder / 't.csv'}:4: not utf-8: ")
    assert "encoding:" in error.fix


def test_a_quote_that_never_ends(table: Folder) -> None:
    folder = table(TABLE + '"CSC,joined,2024\n')
    error = refused(folder)
    assert str(error).startswith(f"{folder / 't.csv'}:4: broken table: unexpected end of data")


def test_a_missing_table(table: Folder) -> None:
    folder = table(TABLE)
    (folder / "t.csv").unlink()
    error = refused(folder)
    assert str(error).startswith(f"{folder / 'source.yaml'}:2:1: no file 't.csv'")


MAPPINGS = [
    ("column: who", "column: whom", "no column 'whom' in t.csv", "did you mean 'who'"),
    ("column: joined", "column: date_of_entry", "no column 'date_of_entry'", "who, role, joined"),
    ("{who}", "{whom}", "no column 'whom' in t.csv", "did you mean 'who'"),
    ("class: Membership", "class: Membrship", "unknown class 'Membrship'", "'Membership'"),
    ("      role: {c", "      rol: {c", "unknown property 'rol'", "did you mean 'role'"),
    ("column: role", "colum: role", "unknown key 'colum'", "did you mean 'column'"),
    ("{value: ice-watch}", "{template: x}", "'inActivity' needs a column or a value", ""),
    ("{value: ice-watch}", "{value: x, column: who}", "needs a column or a value", ""),
    ("codes: role}", "codes: roles}", "no codes 'roles'", ""),
    ("codes: role}", "codes: role, split: '('}", "'(' is no pattern", ""),
    ("    fields:", "    when: {in: [x]}\n    fields:", "when: needs column: and in:", ""),
    ("    fields:", "    field:", "unknown key 'field'", "did you mean 'fields'"),
    ("FORMAT", "format: {delimiter: '||'}", "a delimiter is one sign", ""),
    ("FORMAT", "format: {quote: single}", "the only quote: is none", ""),
    ("FORMAT", "format: {delimeter: x}", "unknown key 'delimeter'", "did you mean 'delimiter'"),
    ("FORMAT", "format: {encoding: utf-9}", "unknown encoding 'utf-9'", ""),
]


@pytest.mark.parametrize(("old", "new", "message", "fix"), MAPPINGS, ids=[m[1] for m in MAPPINGS])
def test_a_wrong_mapping_is_told_once_and_at_its_own_place(
    table: Folder, old: str, new: str, message: str, fix: str
) -> None:
    assert old in SPEC
    folder = table(TABLE, SPEC.replace(old, new, 1))
    error = refused(folder)
    assert message in error.message
    assert fix in error.fix
    assert str(error).startswith(f"{folder / 'source.yaml'}:")
    line = str(error).removeprefix(f"{folder / 'source.yaml'}:").split(":")[0]
    assert 1 <= int(line) <= len(SPEC.splitlines()) + 1


def test_rows_without_citation_are_refused(table: Folder) -> None:
    spec = SPEC[: SPEC.index("    cite:")]
    assert "rows without citation" in refused(table(TABLE, spec)).message


def test_a_column_that_is_there_twice(table: Folder) -> None:
    folder = table("who,role,joined,who\nASA,first,2024,BSO\n")
    error = refused(folder)
    assert str(error).startswith(f"{folder / 't.csv'}:1: 2 columns 'who'")


def test_counts_outside_expectation_fail_even_if_rows_were_only_rejected(table: Folder) -> None:
    spec = SPEC + 'expect: {statements: {min: "2"}}\n'
    error = refused(table(TABLE.replace("BSO", "XXX"), spec))
    assert error.message == "source 't' has 1 statements, minimum is 2"


def test_a_table_without_mapping_is_told(table: Folder) -> None:
    error = refused(table(TABLE, SPEC[: SPEC.index("rows:")]))
    assert error.message == "a table without rows:"


def test_an_empty_table_is_told(table: Folder) -> None:
    for content in ("", "\n\n"):
        assert refused(table(content)).message == "an empty table"
    made, report = load(table("who,role,joined\n"))
    assert (claims(made), report.rows) == ([], 0)
