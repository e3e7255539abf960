"""People in space and the members of the Charter, on invented rows."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import samples
from external_mapped import Map, Mapped, mapped

CURATED = """
documents:
- id: my-table
  type: Dataset
  title: {{en: Astronaut Database}}
  publisherName: Nobody
  language: en
  tier: reference
  seen: file
  sha256: {digest}
statements:
- class: Participation
  participant: abdul-ahad-mohmand
  inActivity: soyuz-tm-6
  role: crew-member
  status: occurred
  period: 1988/1988
  cite:
  - document: my-table
    row: '2'
    gist: The row has the person go up on this flight.
"""


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Mapped:
    home = tmp_path_factory.mktemp("people")
    return mapped(home / "workspace", ("astronauts", samples.astronauts(home / "files")))


def person(people: Mapped, name: str, born: int) -> str:
    (found,) = people.entity("name-born", f"{name} {born}")
    return found


def test_every_row_is_counted(people: Mapped) -> None:
    report = people.reports["astronauts"]
    assert (report.rows, report.mapped, report.refused) == (7, 7, 0)


def test_one_name_and_two_years_are_two_people(people: Mapped) -> None:
    older, younger = (person(people, "Ann Vole, Jr.", year) for year in (1950, 1971))
    assert older != younger
    assert people.of(older, "label") == ['"Ann Vole, Jr."@und']
    assert people.of(older, "altLabel") == ['"ВОЛЕ Анна"@und']


def test_one_person_in_both_tables_is_one(people: Mapped) -> None:
    bee = person(people, "Bee Mite", 1960)
    flown = {a for c in people.claims("Participation", participant=bee) for a in c["inActivity"]}
    assert flown == {"iss", "sts-61-a", *people.entity("flight", "Kite 7")}


def test_flights_are_those_of_the_catalogue(people: Mapped) -> None:
    ann = person(people, "Ann Vole, Jr.", 1950)
    assert people.entity("gcat", "S25760") == ["sts-96"]
    assert ann in people.participants("sts-96", "crew-member")
    assert people.participants("soyuz-tm-12", "crew-member").count(ann) == 1


def test_a_flight_that_the_table_lacks_is_left_out(people: Mapped) -> None:
    younger = person(people, "Ann Vole, Jr.", 1971)
    found = people.claims("Participation", participant=younger)
    assert [a for c in found for a in c["inActivity"]] == ["iss"]


def test_nationality_counts_under_a_state_if_one_is_said(people: Mapped) -> None:
    assert people.related(person(people, "Ann Vole, Jr.", 1950), "countedUnder") == ["canada"]
    assert people.related(person(people, "Ann Vole, Jr.", 1971), "countedUnder") == []


def test_two_digit_years_and_several_missions(people: Mapped) -> None:
    old = person(people, "Cy Old", 1926)
    found = {a for c in people.claims("Participation", participant=old) for a in c["inActivity"]}
    assert found == {"gcat-s01812", "gcat-s12399"}


def test_a_curated_reading_of_the_same_row_keeps_its_period(map_files: Map, tmp_path: Path) -> None:
    table = tmp_path / "flown_international.csv"
    table.write_text(
        "name,original_name,year_of_birth,nationality,year_of_mission,ascend_shuttle,in_orbit\n"
        '"Mohmand, Abdul Ahad",NA,1959,Afghanistan,1988,Soyuz TM-6,Mir EP\n',
        encoding="utf-8",
    )
    curated = tmp_path / "workspace" / "sources" / "mine"
    curated.mkdir(parents=True)
    (curated / "source.yaml").write_text("title: Mine\nloader: facts\nfiles: [facts.yaml]\n")
    digest = hashlib.sha256(table.read_bytes()).hexdigest()
    (curated / "facts.yaml").write_text(CURATED.format(digest=digest), encoding="utf-8")
    made = map_files(("astronauts", table))
    found = made.claims("Participation", participant="abdul-ahad-mohmand")
    mine = [c for c in found if "my-table" in "".join(c["evidence"])]
    assert {a: c["period"] for c in mine for a in c["inActivity"]} == {
        "soyuz-tm-6": ["1988_to_1988"],
        "gcat-s16609": ["1988_to_"],
    }
    (reason,) = made.reports["astronauts"].omitted
    assert reason == "time of a claim that a curated source reads from the same document"


def test_charter(map_files: Map, tmp_path: Path) -> None:
    made = map_files(("charter", samples.charter(tmp_path / "members.csv")))
    (report,) = made.reports.values()
    assert (report.rows, report.mapped, report.refused) == (4, 3, 1)
    claims = made.claims("Membership", inActivity="charter", participant="dlr")
    assert {p for c in claims for p in c["period"]} == {"2010-10_to_open"}
    british = made.claims("Membership", inActivity="charter", participant="bnsc")
    assert {s for c in british for s in c["status"]} == {"occurred"}
    agency = made.claims("Membership", inActivity="charter", participant="uksa")
    assert {p for c in agency for p in c.get("period", ())} == {"_to_open"}


def test_a_newer_list_of_the_charter_is_a_document_of_its_own(
    map_files: Map, tmp_path: Path
) -> None:
    newer = tmp_path / "members.csv"
    text = samples.charter(newer).read_text(encoding="utf-8")
    newer.write_text(text.replace("2010-10", "2010-11"), encoding="utf-8")
    made = map_files(("charter", newer))
    claims = made.claims("Membership", inActivity="charter", participant="dlr")
    assert {p for c in claims for p in c["period"]} == {"2010-10_to_open", "2010-11_to_open"}
    assert len({f for c in claims for f in c["ofFact"]}) == 1
    (account,) = made.reports["charter-table"].files
    assert account.document.startswith("charter-members-")
    assert not made.reports["charter-table"].omitted
