"""Users' files that are not quite the table: read, or refused with the reason and a likely fix."""

from __future__ import annotations

from pathlib import Path

import pytest
from external_mapped import Map

from kg import cli
from kg.errors import InputError

CHARTER = "code,name_on_page,role,date,note\nDLR,German Aerospace Center,joined,2010-10,\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (CHARTER.replace(",", ";").encode(), "its header seems to be separated by semicolons"),
        (CHARTER.replace(",", "\t").encode(), "its header seems to be separated by tabs"),
        (
            CHARTER.replace("name_on", "on").encode(),
            "no column 'name_on_page'; it has 'code'",
        ),
        (CHARTER.replace("date,", "").encode(), "no column 'date'; it has 'code', 'name_on_page'"),
        (CHARTER.replace("man A", "m\u00e4n A").encode("cp1252"), "not utf-8"),
        (b"", "an empty table"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_with_the_reason(
    map_files: Map, tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "members.csv").write_bytes(content)
    with pytest.raises(InputError) as refused:
        map_files(("charter", tmp_path / "members.csv"))
    assert said in refused.value.message
    assert "members.csv" in str(refused.value.origin)
    assert "save it with their separator in UTF-8" in str(refused.value.fix)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_says_the_encoding(map_files: Map, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "members.csv").write_text(CHARTER, encoding=encoding)
    (report,) = map_files(("charter", tmp_path / "members.csv")).reports.values()
    assert (report.rows, report.mapped) == (1, 1)


def test_a_table_of_nothing_but_a_header_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "members.csv").write_text(CHARTER.splitlines()[0] + "\n", encoding="utf-8")
    monkeypatch.setenv("KG_WORKSPACE", str(tmp_path / "workspace"))
    added = f"charter={tmp_path / 'members.csv'}"
    monkeypatch.setattr("sys.argv", ["kg", "build", "--only", "seed", "--add", added])
    with pytest.raises(SystemExit) as ended:
        cli.run()
    assert not ended.value.code
    assert "warning: members.csv has no rows" in capsys.readouterr().err
