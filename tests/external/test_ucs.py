"""The UCS Satellite Database, on invented rows."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
import samples
from external_mapped import Map, Mapped, mapped

from kg.errors import InputError
from kg.model import Statement
from kg.namespaces import iri
from kg.plan import Plan


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Mapped:
    home = tmp_path_factory.mktemp("ucs")
    return mapped(home / "workspace", ("ucs", samples.ucs(home / "satellites.csv")))


def test_every_row_is_counted(database: Mapped) -> None:
    report = database.reports["ucs"]
    assert (report.rows, report.mapped, report.refused) == (4, 3, 1)
    ((_, _, why),) = database.rejected
    assert "2031-007B" in why
    assert "90001" in why


def test_joined_by_number_and_named_without_blanks(database: Mapped) -> None:
    assert database.entity("satcat", "90001") == ["cospar-2031-007a"]
    assert database.of("cospar-2031-007a", "label") == ['"Twin"@und']
    assert database.of("cospar-2031-007a", "altLabel") == ['"Zwilling"@und']
    assert database.entity("satcat", "90003") == ["satcat-90003"]


def test_operators_builders_and_themes(database: Mapped) -> None:
    twin = "cospar-2031-007a"
    assert len(database.participants(twin, "operator")) == 2
    assert len(database.participants(twin, "manufacturer")) == 1
    assert database.participants("cospar-2031-007b", "manufacturer") == []
    assert database.of(twin, "topic") == ["communications"]
    assert database.of("satcat-90003", "topic") == ["navigation"]


def test_countries_are_states_and_multinational_is_none(database: Mapped) -> None:
    assert database.related("cospar-2031-007a", "countedUnder") == ["canada", "japan"]
    assert database.related("cospar-2031-007b", "countedUnder") == []
    assert database.related("satcat-90003", "countedUnder") == []
    assert database.related("satcat-90003", "registeredBy") == ["japan"]
    assert database.related("cospar-2031-007b", "registeredBy") == []


def test_dates_month_first_and_a_slip_costs_only_the_date(database: Mapped) -> None:
    (launch,) = database.claims("Launch", object="cospar-2031-007a")
    assert launch["onDate"] == ["2031-02-03"]
    (launch,) = database.claims("Launch", object="cospar-2031-007b")
    assert "onDate" not in launch
    assert database.reports["ucs"].omitted["onDate: not valid"] + database.reports["ucs"].omitted[
        "Date of Launch: not valid"
    ] == 1  # fmt: skip


def test_byte_order_mark_and_numbers_with_commas(map_files: Map, tmp_path: Path) -> None:
    made = map_files(("ucs", samples.ucs(tmp_path / "with-bom.csv", bom=True)))
    assert made.entity("satcat", "90002") == ["cospar-2031-007b"]


def test_other_names_of_columns(map_files: Map, tmp_path: Path) -> None:
    header = samples.UCS.replace("NORAD Number", "NORAD ID")
    made = map_files(("ucs", samples.ucs(tmp_path / "other.csv", header)))
    assert made.entity("satcat", "90001") == ["cospar-2031-007a"]


def test_a_missing_column_is_named(map_files: Map, tmp_path: Path) -> None:
    path = samples.ucs(tmp_path / "bad.csv", samples.UCS.replace("Contractor", "Maker"))
    with pytest.raises(InputError, match="'Contractor'"):
        map_files(("ucs", path))


def test_the_catalogue_tells_what_curated_sources_name_from_what_tables_add(tmp_path: Path) -> None:
    added = ("ucs", samples.ucs(tmp_path / "satellites.csv"))
    plan = Plan.make(tmp_path, ("seed",), [added])
    ours = list(plan.curated({}, lambda _: None))
    others = list(plan.others({}, lambda _: None, StringIO()))
    assert not topics(ours)
    assert set(topics(others)) == {iri("source:seed")}
    named = set(topics(others)[iri("source:seed")])
    assert f"<{iri('id:jaxa')}>" in named
    assert named == {f"<{s.subject}>" for s in ours if s.subject.startswith(iri("id:"))}


def topics(statements: list[Statement]) -> dict[str, list[str]]:
    subject = iri("dct:subject")
    said = ((s.subject, [t for p, t in s.properties if p == subject]) for s in statements)
    return {source: terms for source, terms in said if terms}


@pytest.mark.parametrize(
    ("magic", "what"),
    [(b"PK\x03\x04", "a workbook"), (b"\xd0\xcf\x11\xe0", "an old workbook"), (b"\xfd7zXZ", "xz")],
)
def test_a_file_that_is_no_text_is_named(tmp_path: Path, magic: bytes, what: str) -> None:
    path = tmp_path / "satellites.xlsx"
    path.write_bytes(magic + bytes(100))
    with pytest.raises(InputError, match=what):
        mapped(tmp_path / "workspace", ("ucs", path))
