"""Signings, launches and plans: two days are two signings, what is awaited or discussed waits."""

from __future__ import annotations

import pytest
from extract_cast import CAST, passed, read, said, stated

from kg.extract import pipeline
from kg.extract.gazetteer import Gazetteer, Name

NAMES = [
    *CAST,
    Name("Heron", "heron", "Object", "Heron"),
    Name("Ann Lee", "ann-lee", "Person", "Ann Lee"),
    Name("Great Station", "great-station", "Object", "Great Station"),
]


@pytest.fixture(scope="module")
def names() -> Gazetteer:
    return pipeline.gazetteer(NAMES)


def days(names: Gazetteer, text: str, relation: str, issued: str) -> list[str]:
    found = [c for c in read(names, text, issued) if c.relation == relation]
    return [c.qualifiers.get("date", "") or c.object.value for c in found]


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ("on 11 April 1994", ["2005-04-12", "1994-04-11"]),
        ("in 1994", ["2005-04-12", "1994"]),
        ("on 11 April 2005", ["2005-04-12"]),
        ("in April 2005", ["2005-04-12"]),
    ],
)
def test_signings_far_apart_are_two(names: Gazetteer, second: str, told: list[str]) -> None:
    text = f"ASA and BSO signed an agreement today. ASA and BSO signed an agreement {second}."
    assert days(names, text, "signedAgreementWith", "2005-04-12") == told


def test_each_of_two_signings_has_its_own_words(names: Gazetteer) -> None:
    text = "ASA and BSO signed an agreement today. ASA and BSO signed an agreement in 1994."
    found = [c for c in read(names, text, "2005-04-12") if c.relation == "signedAgreementWith"]
    assert [len(c.evidence) for c in found] == [1, 1]


@pytest.mark.parametrize(
    ("issued", "told"),
    [("2018-07-17", ["2018-05-05"]), ("2018-12-20", []), ("2018-01-20", [])],
)
def test_a_past_day_without_its_year_is_of_the_half_year_before(
    names: Gazetteer, issued: str, told: list[str]
) -> None:
    text = "They recalled the success of Kite, launched on 5 May, at the fair."
    assert days(names, text, "launchDate", issued) == told


def test_a_launch_looked_forward_to_is_planned(names: Gazetteer) -> None:
    text = "The directors looked forward to the launch of Kite on 4 August."
    found = [c for c in read(names, text, "2018-07-17") if c.relation == "launchDate"]
    assert [(c.object.value, c.modality) for c in found] == [("2018-08-04", "planned")]


def test_a_plan_for_a_past_day_waits_for_review(names: Gazetteer) -> None:
    text = "Kite will be launched on {}."
    assert passed(read(names, text.format("5 August 2018"), "2018-07-17"))
    assert passed(read(names, text.format("2018"), "2018-07-17"))
    assert not passed(read(names, text.format("5 May 2018"), "2018-07-17"))


@pytest.mark.parametrize(
    "text",
    [
        "The directors discussed cooperation between ASA and BSO, notably on ice.",
        "They negotiated in view of concluding a cooperation agreement between ASA and BSO.",
        "Talks on an agreement between ASA and BSO began in the spring.",
        "In 1997, ASA and BSO envisioned working together on small satellites.",
    ],
)
def test_what_is_discussed_or_envisioned_is_only_claimed(names: Gazetteer, text: str) -> None:
    found = stated(read(names, text))
    found = [c for c in found if {c.subject.slug, c.object.slug} == {"asa", "bso"}]
    assert found
    assert {c.modality for c in found} == {"claimed"}


def test_the_members_of_a_crew_are_no_cargo(names: Gazetteer) -> None:
    found = read(names, "OSPREY carries the members of the Heron expedition.")
    assert not [c for c in found if c.relation == "carries"]


def test_what_has_been_developed_has_its_developer(names: Gazetteer) -> None:
    text = "Kite, which has been developed by Japan as part of OSPREY, is to leave in spring."
    assert ("japan", "develops", "kite", "occurred") in passed(read(names, text))


def test_a_quoted_module_is_part_of_its_station(names: Gazetteer) -> None:
    text = "They praised “Heron,” Great Station's Japanese module, and went home."
    assert ("heron", "partOf", "great-station", "ongoing") in passed(read(names, text))


def test_made_under_an_agreement_tells_that_there_is_one(names: Gazetteer) -> None:
    text = "Kite, procured by ASA under an interagency agreement with BSO, is in orbit."
    assert ("asa", "signedAgreementWith", "bso", "occurred") in said(read(names, text))


def test_what_is_told_as_done_after_the_issue_waits_for_review(names: Gazetteer) -> None:
    text = "ASA and BSO signed an agreement on {}."
    assert passed(read(names, text.format("16 July 2018"), "2018-07-17"))
    assert passed(read(names, text.format("20 July 2018"), "2018-07"))
    assert not passed(read(names, text.format("20 July 2018"), "2018-07-17"))


def test_agencies_that_are_cooperating_in_a_field_cooperate(names: Gazetteer) -> None:
    text = "ASA and BSO are partners in Kite. The two agencies are also cooperating in optics."
    assert ("asa", "cooperatesWith", "bso", "ongoing") in passed(read(names, text))


def test_who_is_to_stay_at_a_station_is_of_its_crew(names: Gazetteer) -> None:
    text = "Ann Lee was selected as the sixth astronaut to stay at the Great Station for long."
    assert ("ann-lee", "crewOf", "great-station") in {one[:3] for one in passed(read(names, text))}


def test_a_visit_received_is_a_visit(names: Gazetteer) -> None:
    text = "ASA received the visit of Ann Lee."
    assert ("ann-lee", "visited", "asa", "occurred") in passed(read(names, text))


def test_a_delegation_that_visited_has_a_sender(names: Gazetteer) -> None:
    text = "They spoke with a delegation of ASA representatives, who visited Japan for this."
    assert ("asa", "visited", "japan", "occurred") in passed(read(names, text))


def test_what_is_provided_under_an_agreement_waits_as_a_signing(names: Gazetteer) -> None:
    text = "Under an existing agreement signed in 2003, ASA's Kite has provided BSO with pictures."
    found = [c for c in read(names, text) if c.relation == "signedAgreementWith"]
    assert [c.qualifiers.get("date") for c in found] == ["2003"]
    assert not passed(found)
