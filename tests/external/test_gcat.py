"""The catalogue of space objects, on invented rows."""

from __future__ import annotations

from pathlib import Path

import pytest
import samples
from external_mapped import Map, Mapped, mapped

from kg.errors import InputError


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Mapped:
    home = tmp_path_factory.mktemp("gcat")
    return mapped(home / "workspace", ("gcat", samples.gcat(home / "files")))


def test_every_row_is_counted(catalogue: Mapped) -> None:
    accounts = {a.table: a for a in catalogue.reports["gcat"].files}
    assert list(accounts) == ["orgs", "sites", "lv", "launchlog", "psatcat", "objects"]
    for account in accounts.values():
        assert account.rows == account.mapped + account.skipped.total() + account.rejected
    assert accounts["orgs"].skipped == {"no-place-on-earth": 1}
    assert accounts["sites"].skipped == {"voyage-of-a-ship": 1, "not-on-the-earth": 1}
    assert accounts["objects"].skipped == {
        "launch-vehicle-stage": 1,
        "debris": 1,
        "cargo-placeholder": 1,
        "deleted-or-spurious": 1,
        "empty-entry": 1,
    }
    assert accounts["launchlog"].rejected == 1
    assert [
        (s, place.rpartition(":")[2], "Foo" in why) for s, place, why in catalogue.rejected
    ] == [("gcat", "8", True)]
    assert any("SOURCE.md" in name for name, _ in catalogue.reports["gcat"].unread)


def test_kinds_of_bodies(catalogue: Mapped) -> None:
    kinds = {"gcat-org-qx": "State", "gcat-org-i-qux": "IntergovernmentalOrganization",
             "gcat-org-qxco": "Company", "gcat-org-qxsa": "Organization"}  # fmt: skip
    assert {k: catalogue.of(k, "type") for k in kinds} == {k: [v] for k, v in kinds.items()}


def test_names_keep_their_script_and_tex_is_left_out(catalogue: Mapped) -> None:
    labels = catalogue.of("gcat-org-qxsa", "label") + catalogue.of("gcat-org-qxsa", "altLabel")
    assert '"Quixotic Space Agency"@en' in labels
    assert '"Agentur für Raum"@und' in labels
    assert not [text for text in labels if "\\" in text.replace('\\"', "")]


def test_known_bodies_and_states_are_the_curated_ones(catalogue: Mapped) -> None:
    assert catalogue.entity("gcat-org", "JAXA") == ["jaxa"]
    assert catalogue.entity("gcat-org", "J") == ["japan"]
    assert "SpaceAgency" in catalogue.of("jaxa", "type")


def test_a_body_is_counted_under_its_state_and_acts_for_nobody(catalogue: Mapped) -> None:
    assert catalogue.related("gcat-org-qxsa", "countedUnder") == ["gcat-org-qx"]
    assert catalogue.related("gcat-org-qxsa", "actsFor") == []
    (claim,) = catalogue.claims("Relation", relationSubject="gcat-org-qxsa",
                                relationType="countedUnder")  # fmt: skip
    assert claim["period"] == ["199X_uncertain_to_"]


def test_a_parent_that_comes_later_in_the_file_keeps_its_name(catalogue: Mapped) -> None:
    assert catalogue.related("gcat-org-qxsa", "partOf") == ["gcat-org-qxmin"]
    assert catalogue.of("gcat-org-qxmin", "label") == ['"Ministry of Height"@und']


def test_a_period_that_ends_before_it_starts_costs_only_the_period(catalogue: Mapped) -> None:
    (claim,) = catalogue.claims("Relation", relationSubject="gcat-org-qxco",
                                relationType="countedUnder")  # fmt: skip
    assert "period" not in claim


def test_sites_are_facilities_zones_are_places(catalogue: Mapped) -> None:
    assert catalogue.of("gcat-site-qbay", "type") == ["Facility"]
    assert catalogue.of("gcat-site-qsea", "type") == ["Place"]
    assert "gcat-site-qship1" not in catalogue.nodes


def test_several_owners_are_several_participations(catalogue: Mapped) -> None:
    assert catalogue.participants("gcat-s90001", "owner") == ["gcat-org-qxsa", "jaxa"]
    (sure,) = catalogue.claims("Participation", inActivity="gcat-s90001", role="owner",
                               participant="gcat-org-qxsa")  # fmt: skip
    assert sure["period"] == ["2031-02-03_to_"]


def test_an_uncertain_owner_is_kept_with_a_note(catalogue: Mapped) -> None:
    (claim,) = catalogue.claims("Participation", inActivity="gcat-s90001", role="owner",
                                participant="jaxa")  # fmt: skip
    assert any("SatOwner" in note and "uncertain" in note for note in claim["note"])


def test_an_owner_without_an_entry_is_still_named(catalogue: Mapped) -> None:
    assert catalogue.participants("gcat-f90004", "owner") == ["gcat-org-newco", "gcat-org-qxsa"]
    assert catalogue.of("gcat-org-newco", "label") == ['"NEWCO"@und']


def test_unknown_is_nobody(catalogue: Mapped) -> None:
    assert catalogue.participants("gcat-a90003", "owner") == ["gcat-org-qxsa"]
    assert catalogue.entity("gcat-org", "UNK") == []


def test_launch_provider_and_launch(catalogue: Mapped) -> None:
    assert catalogue.participants("gcat-s90001", "launch-provider") == ["gcat-org-qxsa"]
    (claim,) = catalogue.claims("Launch", object="gcat-s90001")
    assert claim["onDate"] == ["2031-02-03"]
    assert claim["place"] == ["gcat-site-qbay"]
    assert claim["agent"] == ["gcat-org-qxsa"]
    assert claim["atTime"][0].startswith('"2031-02-03T06:40:00Z"')
    assert "outcome" not in claim


def test_an_uncertain_minute_gives_the_day_only(catalogue: Mapped) -> None:
    (claim,) = catalogue.claims("Launch", object="gcat-f90004")
    assert claim["onDate"] == ["2031-03-04"]
    assert "atTime" not in claim
    assert "place" not in claim
    assert "failure" in claim["outcome"][0]


def test_only_objects_of_the_standard_catalogue_have_designations(catalogue: Mapped) -> None:
    assert catalogue.entity("cospar", "2031-007A") == ["gcat-s90001"]
    assert catalogue.entity("satcat", "90001") == ["gcat-s90001"]
    assert catalogue.of("gcat-a90003", "identifiers") == ["identifier:gcat=A90003"]
    assert catalogue.of("gcat-f90004", "identifiers") == ["identifier:gcat=F90004"]
    assert catalogue.entity("cospar", "1957-001B") == ["gcat-s90005"]


def test_homonyms_stay_apart(catalogue: Mapped) -> None:
    twins = [
        k for k, n in catalogue.nodes.items() if any('"Twin"' in x for x in n.get("label", []))
    ]
    assert sorted(twins) == ["gcat-s90001", "gcat-s90002"]
    assert not [x for x in catalogue.of("iss", "altLabel") if "Twin" in x]
    assert catalogue.of("gcat-lv-htv", "type") == ["VehicleType"]
    assert not [x for x in catalogue.of("htv", "identifiers") if "gcat-lv" in x]


def test_a_vehicle_without_a_variant_is_named_without_a_blank(catalogue: Mapped) -> None:
    assert catalogue.of("gcat-lv-htv", "label") == ['"HTV"@und']


def test_known_objects_are_the_curated_ones(catalogue: Mapped) -> None:
    assert catalogue.entity("gcat", "S57800") == ["xrism"]
    assert catalogue.entity("gcat", "A06499") == ["canadarm2"]
    assert catalogue.participants("xrism", "owner") == ["jaxa"]
    assert "gcat-s57800" not in catalogue.nodes


def test_payload_catalogue(catalogue: Mapped) -> None:
    assert catalogue.related("gcat-s90001", "registeredBy") == ["gcat-org-qx"]
    assert catalogue.related("gcat-s90002", "registeredBy") == []
    assert catalogue.of("gcat-s90001", "topic") == ["communications"]
    assert catalogue.of("gcat-s90002", "topic") == ["science"]
    assert '"Twin I"@und' in catalogue.of("gcat-s90001", "altLabel")
    (claim,) = catalogue.claims("EndOfOperations", object="gcat-s90001")
    assert claim["onDate"] == ["2033-35"]
    assert not catalogue.claims("EndOfOperations", object="gcat-s90002")


def test_object_catalogue(catalogue: Mapped) -> None:
    assert catalogue.related("gcat-a90003", "partOf") == ["gcat-s90001"]
    assert catalogue.participants("gcat-a90003", "manufacturer") == ["gcat-org-qxco"]
    assert '"Small box"@und' in catalogue.of("gcat-a90003", "altLabel")
    assert catalogue.related("canadarm2", "partOf") == [
        x for x in catalogue.related("canadarm2", "partOf") if not x.startswith("gcat-")
    ]
    (claim,) = catalogue.claims("Reentry", object="gcat-s90002")
    assert claim["onDate"] == ["2034-01_uncertain"]


def test_issued_comes_from_the_comment(catalogue: Mapped, map_files: Map, tmp_path: Path) -> None:
    accounts = {a.table: a.document for a in catalogue.reports["gcat"].files}
    assert accounts["orgs"].startswith("gcat-orgs-")
    assert accounts["psatcat"].startswith("gcat-payloads-") or "psatcat" in accounts["psatcat"]


def test_one_file_alone_is_enough(map_files: Map, tmp_path: Path) -> None:
    path = samples.tsv(tmp_path / "any-name.txt", samples.LOG, [samples.launch("S90001")])
    made = map_files(("gcat", path))
    assert made.reports["gcat"].mapped == 1
    assert made.participants("gcat-s90001", "owner") == ["gcat-org-qxsa"]
    (claim,) = made.claims("Launch", object="gcat-s90001")
    assert "place" not in claim


def test_other_names_of_columns(map_files: Map, tmp_path: Path) -> None:
    columns = samples.LOG.replace(" Type ", " SatType ").replace("Launch_Code", "LaunchCode")
    row = samples.launch("S90001", Launch_Code="OF")
    row["SatType"], row["LaunchCode"] = row.pop("Type"), row.pop("Launch_Code")
    made = map_files(("gcat", samples.tsv(tmp_path / "log.tsv", columns, [row])))
    (claim,) = made.claims("Launch", object="gcat-s90001")
    assert "failure" in claim["outcome"][0]


def test_optional_columns_may_be_missing(map_files: Map, tmp_path: Path) -> None:
    columns = "Launch_Tag Launch_Date Piece Type Name JCAT SatOwner"
    row = {k: v for k, v in samples.launch("S90001").items() if k in columns.split()}
    made = map_files(("gcat", samples.tsv(tmp_path / "log.tsv", columns, [row])))
    assert made.participants("gcat-s90001", "owner") == ["gcat-org-qxsa"]


def test_a_missing_column_is_named(map_files: Map, tmp_path: Path) -> None:
    columns = samples.LOG.replace("SatOwner", "Sat_Holder")
    row = samples.launch("S90001")
    row["Sat_Holder"] = row.pop("SatOwner")
    path = samples.tsv(tmp_path / "log.tsv", columns, [row])
    with pytest.raises(InputError, match=r"launchlog.*'SatOwner'"):
        map_files(("gcat", path))
