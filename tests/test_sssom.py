"""Mapping files: what joins, what keeps apart, and what is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import resources, sssom
from kg.errors import InputError

META = "# author_label: A. Nobody\n# mapping_date: 2031-01-02\n#comment: one line\n# no meta\n"
HEAD = "subject_id\tpredicate_modifier\tpredicate_id\tobject_id\tmapping_justification\tcomment\n"
LINE = "id:asa\t\tskos:exactMatch\tgcat-org:ASA\tsemapv:ManualMappingCuration\tSame name.\n"


def read(tmp_path: Path, body: str = LINE, meta: str = META, head: str = HEAD) -> list[sssom.Line]:
    path = tmp_path / "a.sssom.tsv"
    path.write_text(meta + head + body, encoding="utf-8", newline="")
    return list(sssom.read(path))


def test_a_line_says_what_is_joined_by_whom_why_and_since_when(tmp_path: Path) -> None:
    (line,) = read(tmp_path)
    assert (line.subject, line.scheme, line.value) == ("asa", "gcat-org", "ASA")
    assert (line.author, line.day) == ("A. Nobody", "2031-01-02")
    assert line.justification == "semapv:ManualMappingCuration"
    assert (line.apart, line.comment) == (False, "Same name.")
    assert str(line.origin) == f"{tmp_path / 'a.sssom.tsv'}:6"


def test_not_keeps_apart(tmp_path: Path) -> None:
    (line,) = read(tmp_path, LINE.replace("asa\t\t", "asa\tNot\t"))
    assert line.apart


@pytest.mark.parametrize("near", ["closeMatch", "relatedMatch", "broadMatch", "narrowMatch"])
def test_a_near_match_joins_nothing(tmp_path: Path, near: str) -> None:
    (line,) = read(tmp_path, LINE.replace("exactMatch", near) + LINE.replace("asa", "bso"))
    assert line.subject == "bso"


def test_a_cell_outweighs_the_head_of_the_file_unless_it_is_empty(tmp_path: Path) -> None:
    head = HEAD.replace("comment", "mapping_date")
    body = LINE.replace("Same name.", "2030-05-06") + LINE.replace("Same name.", " ")
    assert [line.day for line in read(tmp_path, body, head=head)] == ["2030-05-06", "2031-01-02"]
    with pytest.raises(InputError, match="'mapping_date' is empty"):
        read(tmp_path, body, META.replace("# mapping_date: 2031-01-02\n", ""), head)


def test_an_author_may_be_named_by_an_identifier(tmp_path: Path) -> None:
    (line,) = read(tmp_path, meta=META.replace("author_label: A. Nobody", "author_id: orcid:0"))
    assert line.author == "orcid:0"


def test_blank_lines_line_ends_and_marks_cost_nothing(tmp_path: Path) -> None:
    body = "\n \n" + LINE.replace("\n", "\r\n") + "\n"
    (line,) = read(tmp_path, body, "\ufeff" + META, "\n" + HEAD.replace("\n", "\r\n"))
    assert (line.comment, line.origin.line) == ("Same name.", 9)


def test_a_value_may_hold_colons_and_blanks(tmp_path: Path) -> None:
    (line,) = read(tmp_path, LINE.replace("gcat-org:ASA", "kasabi: person/a:b "))
    assert (line.scheme, line.value) == ("kasabi", "person/a:b")


WRONG = [
    ("id:asa", "asa", "'asa' is none of ours"),
    ("id:asa", "id:", "'id:' is none of ours"),
    ("id:asa", "doc:asa", "'doc:asa' is none of ours"),
    ("id:asa", " ", "'subject_id' is empty"),
    ("skos:exactMatch", "owl:sameAs", "unknown predicate 'owl:sameAs'"),
    ("skos:exactMatch", "", "'predicate_id' is empty"),
    ("asa\t\t", "asa\tnot\t", "unknown predicate_modifier 'not'"),
    ("gcat-org:ASA", "ASA", "'ASA' is no CURIE"),
    ("gcat-org:ASA", ":ASA", "':ASA' is no CURIE"),
    ("gcat-org:ASA", "gcat-org:", "'gcat-org:' is no CURIE"),
    ("semapv:Manual", "Manual", "'ManualMappingCuration' is no justification"),
    ("\tSame", "Same", "5 cells under 6 columns"),
    ("Same name.", "Same name.\tTwice", "7 cells under 6 columns"),
]


@pytest.mark.parametrize(("old", "new", "message"), WRONG, ids=[w[2] for w in WRONG])
def test_what_does_not_fit_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in LINE
    with pytest.raises(InputError) as caught:
        read(tmp_path, LINE + LINE.replace(old, new))
    assert caught.value.message == message
    assert str(caught.value.origin) == f"{tmp_path / 'a.sssom.tsv'}:7"


@pytest.mark.parametrize("day", ["2031", "2 January 2031", "2031-1-2", "2031-01-02T00:00"])
def test_a_mapping_has_a_day(tmp_path: Path, day: str) -> None:
    with pytest.raises(InputError, match=f"'{day}' is no day"):
        read(tmp_path, meta=META.replace("2031-01-02", day))


@pytest.mark.parametrize("name", ["subject_id", "predicate_id", "object_id"])
def test_a_missing_column_is_told_with_the_line_of_the_header(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=f"no column '{name}'") as caught:
        read(tmp_path, head=HEAD.replace(name, name[:-1] + "s"))
    assert f"did you mean '{name[:-1]}s'" in caught.value.fix
    assert caught.value.origin and caught.value.origin.line == 5


@pytest.mark.parametrize(
    ("gone", "message"),
    [
        ("# author_label: A. Nobody\n", "no column 'author_label' or 'author_id'"),
        ("# mapping_date: 2031-01-02\n", "no column 'mapping_date'"),
    ],
)
def test_somebody_answers_for_it_since_a_day(tmp_path: Path, gone: str, message: str) -> None:
    assert gone in META
    with pytest.raises(InputError, match=message):
        read(tmp_path, meta=META.replace(gone, ""))


def test_an_author_that_is_empty_in_a_line_answers_for_nothing(tmp_path: Path) -> None:
    meta = META.replace("# author_label: A. Nobody\n", "")
    head, body = HEAD.replace("comment", "author_label"), LINE.replace("Same name.", "B. Somebody")
    (line,) = read(tmp_path, body, meta, head)
    assert line.author == "B. Somebody"
    with pytest.raises(InputError, match="nobody answers for it"):
        read(tmp_path, LINE.replace("Same name.", ""), meta, head)


def test_the_columns_that_we_write_are_those_that_we_read(tmp_path: Path) -> None:
    cells = [
        "id:asa",
        "ASA",
        "Not",
        "skos:exactMatch",
        "gcat:1",
        "One",
        "semapv:X",
        "B",
        "2030-01-01",
    ]
    head, body = ("\t".join(row) + "\n" for row in (sssom.COLUMNS, [*cells, "Why."]))
    (line,) = read(tmp_path, body, "", head)
    assert (line.subject, line.scheme, line.value, line.apart) == ("asa", "gcat", "1", True)
    assert (line.justification, line.author) == ("semapv:X", "B")
    assert (line.day, line.comment) == ("2030-01-01", "Why.")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.sssom.tsv"
    with pytest.raises(InputError, match="cannot be read") as caught:
        list(sssom.read(path))
    assert str(caught.value.origin) == str(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="not UTF-8") as caught:
        list(sssom.read(path))
    assert str(caught.value.origin) == str(path)


def test_files_of_folders_are_read_in_order(tmp_path: Path) -> None:
    for folder, name in (("one", "b"), ("one", "a"), ("two", "0")):
        (tmp_path / folder).mkdir(exist_ok=True)
        path = tmp_path / folder / f"{name}.sssom.tsv"
        path.write_text(META + HEAD + LINE.replace("asa", name), encoding="utf-8")
    (tmp_path / "one" / "c.tsv").write_text("no mapping", encoding="utf-8")
    folders = [tmp_path / "one", tmp_path / "none", tmp_path / "two"]
    assert [line.subject for line in sssom.read_all(folders)] == ["a", "b", "0"]


def test_our_own_files_are_read() -> None:
    lines = sssom.read_all([resources.identity()])
    assert len(lines) > 500
    assert {line.scheme for line in lines if line.subject == "japan"} >= {"gcat-org"}
