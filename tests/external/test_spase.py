"""The mapping of SPASE observatories, on invented records and on the files at hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from external_mapped import Mapped, mapped

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "spase_observatories" / "xml"
GROUP = "spase://SMWG/Observatory/AMPTE"


def record(
    ident: str, inner: str = "", alternates: tuple[str, ...] = (), place: str = "Sun"
) -> str:
    others = "".join(f"<AlternateName>{a}</AlternateName>" for a in alternates)
    return f"""<?xml version="1.0"?>
<Spase xmlns="http://www.spase-group.org/data/schema"><Version>2.2.0</Version><Observatory>
<ResourceID>spase://SMWG/Observatory/{ident}</ResourceID>
<ResourceHeader><ResourceName> {ident}
 craft</ResourceName>{others}<ReleaseDate>2031-02-03T04:05:06Z</ReleaseDate>
<Contact><PersonID>spase://SMWG/Person/Some.Body</PersonID></Contact>
<InformationURL><Name>{ident} Home Page</Name><URL>https://{ident.lower()}.example/</URL></InformationURL>
</ResourceHeader>
<Location><ObservatoryRegion>{place}</ObservatoryRegion></Location>{inner}
</Observatory></Spase>"""


SPAN = (
    "<OperatingSpan><StartDate>2031-01-02T03:04:05{0}</StartDate>"
    "<StopDate>2032-06-07T23:59:59</StopDate>{1}</OperatingSpan>"
)
LAUNCH = "<Note>The listed start date corresponds to the launch time</Note>"
RECORDS = {
    "Lumen": record(
        "Lumen",
        f"<ObservatoryGroupID>{GROUP}</ObservatoryGroupID>" + SPAN.format("Z", LAUNCH),
        ("2031-001A", "NSSDC ID: 2031-001A", "99001", "Light 1"),
    ),
    "Umbra": record("Umbra", SPAN.format("", "<Note>Stop date is suspect.</Note>"), ("2031-002B",)),
    "Ground": record("Ground", place="Earth.Surface"),
    "Nothing": record("Nothing"),
    "Group": record("AMPTE"),
    "Broken": record("Broken", alternates=("2031-003A",))[:300],
}


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Mapped:
    home = tmp_path_factory.mktemp("spase")
    (home / "xml").mkdir()
    for name, content in RECORDS.items():
        (home / "xml" / f"{name}.xml").write_text(content, encoding="utf-8")
    return mapped(home / "workspace", ("spase", home / "xml"))


def test_every_row_is_counted(records: Mapped) -> None:
    report = records.reports["spase"]
    assert report.rows == 12
    assert report.rows == report.mapped + report.refused + sum(report.skipped.values())
    assert report.skipped["on the ground"] == 2
    assert {Path(place.rsplit(":", 2)[0]).name for _, place, _ in records.rejected} == {
        "Broken.xml"
    }


def test_a_spacecraft_with_its_names(records: Mapped) -> None:
    (lumen,) = records.entity("cospar", "2031-001A")
    assert records.of(lumen, "type") == ["Spacecraft"]
    assert records.of(lumen, "label") == ['"Lumen craft"@en']
    assert records.of(lumen, "altLabel") == ['"Light 1"@en']
    assert "https://lumen.example/" in records.of(lumen, "homepage")[0]


def test_the_group_is_the_mission_of_the_register(records: Mapped) -> None:
    (lumen,) = records.entity("cospar", "2031-001A")
    assert records.related(lumen, "partOf") == ["ampte"]


def test_a_span_starts_with_the_launch_only_where_it_is_said(records: Mapped) -> None:
    (lumen,), (umbra,) = (records.entity("cospar", c) for c in ("2031-001A", "2031-002B"))
    (launch,) = records.claims("Launch", object=lumen)
    assert launch["onDate"] == ["2031-01-02"]
    assert launch["atTime"][0].startswith('"2031-01-02T03:04:05Z"')
    assert records.claims("Launch", object=umbra) == []
    (end,) = records.claims("EndOfOperations", object=lumen)
    assert end["onDate"] == ["2032-06-07"]
    assert records.claims("EndOfOperations", object=umbra) == []


def test_what_is_not_said_to_be_a_spacecraft_is_none(records: Mapped) -> None:
    assert records.entity("spase", "SMWG/Observatory/Nothing") == []
    assert not any("some" in key and "body" in key for key in records.nodes)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Mapped:
    if not SHARED.is_dir():
        pytest.skip(f"no SPASE records at {SHARED}")
    return mapped(tmp_path_factory.mktemp("shared"), ("spase", SHARED))


def test_all_records_at_hand(shared: Mapped) -> None:
    report = shared.reports["spase"]
    assert report.rows == 2 * 219
    assert report.refused == 0
    assert report.rows == report.mapped + sum(report.skipped.values())
    assert shared.entity("spase", "SMWG/Observatory/ISS") == ["iss"]
    assert shared.entity("spase", "SMWG/Observatory/Vega") == ["vega"]
    assert shared.entity("spase", "SMWG/Observatory/ARTEMIS") != ["artemis"]


def test_launches_are_those_of_eight_notes(shared: Mapped) -> None:
    theirs = {
        k.rpartition(".spase-")[2].split("-")[0] for k in shared.nodes if "event.launch." in k
    }
    names = {"cassini", "galileo", "juno", "newhorizons", "phobos2", "suisei"}
    assert names | {"bepicolombo", "rosetta"} <= theirs
