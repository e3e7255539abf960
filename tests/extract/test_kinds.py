"""Ways of saying past one pattern: verbs that share an object, kinds of things, headings."""

from __future__ import annotations

import pytest
from extract_cast import CAST, passed, read, said

from kg.extract import pipeline
from kg.extract.gazetteer import Gazetteer, Name


@pytest.fixture(scope="module")
def names() -> Gazetteer:
    return pipeline.gazetteer(CAST)


@pytest.mark.parametrize(
    "text",
    [
        "ASA and BSO will design, build and operate the Kite mission.",
        "ASA and BSO will build, launch, and operate a small satellite called Kite.",
        "The Kite mission will be built, tested and operated by ASA and BSO.",
    ],
)
def test_verbs_that_share_an_object_all_count(names: Gazetteer, text: str) -> None:
    wanted = {(a, r, "kite", "planned") for a in ("asa", "bso") for r in ("develops", "operates")}
    assert wanted <= passed(read(names, text))


def test_a_verb_of_another_subject_is_not_shared(names: Gazetteer) -> None:
    stated = passed(read(names, "ASA built a house and operated the Kite mission."))
    assert ("asa", "develops", "kite", "occurred") not in stated


@pytest.mark.parametrize(
    "text",
    [
        "ASA launched the Canadian satellite Kite.",
        "ASA launched BSO's Kite mission.",
        "ASA launched a new weather satellite, Kite, from a port.",
        "ASA launched two satellites, called Kite and Owl.",
    ],
)
def test_owner_and_kind_before_a_name_are_read_over(names: Gazetteer, text: str) -> None:
    assert ("asa", "launches", "kite", "occurred") in passed(read(names, text))


def test_who_gets_a_thing_does_not_own_it(names: Gazetteer) -> None:
    stated = passed(read(names, "ASA will provide Canada with Kite data."))
    assert not {s for s in stated if s[1] == "provides"}


@pytest.mark.parametrize(
    ("text", "pair"),
    [("ASA, BSO sign agreement", True), ("ASA, BSO sign agreement with Italy", False)],
)
def test_two_names_that_open_a_heading_act_together(
    names: Gazetteer, text: str, *, pair: bool
) -> None:
    stated = passed(read(names, text))
    assert (("asa", "signedAgreementWith", "bso", "occurred") in stated) is pair


@pytest.mark.parametrize(
    "text",
    [
        "ASA and BSO are partners. The agreement was signed in Rome on 3 April 2024.",
        "ASA works with BSO in space. The Memorandum of Understanding has been signed at the fair.",
    ],
)
def test_the_agreement_is_that_of_the_two_named_before(names: Gazetteer, text: str) -> None:
    assert ("asa", "signedAgreementWith", "bso", "occurred") in passed(read(names, text))


@pytest.mark.parametrize(
    "text",
    [
        "ASA and Canada are partners. The agreement was signed in Rome.",
        "ASA praised it. The agreement was signed in Rome.",
        "ASA and BSO are partners. The agreement was signed in Rome by Italy and Japan.",
    ],
)
def test_the_agreement_of_whom_is_not_guessed(names: Gazetteer, text: str) -> None:
    assert ("asa", "signedAgreementWith", "bso", "occurred") not in passed(read(names, text))


def test_a_name_in_quotation_marks_is_a_name(names: Gazetteer) -> None:
    stated = passed(read(names, "ASA operates the “Kite,” and more."))
    assert ("asa", "operates", "kite", "ongoing") in stated


def test_a_weekday_before_a_date_is_read_over(names: Gazetteer) -> None:
    found = read(names, "Kite is scheduled to launch on Sunday, 17 January 2027.", "2026-05-01")
    assert [c.object.value for c in found if c.relation == "launchDate"] == ["2027-01-17"]


def test_crew_titles_inside_a_list_are_read_over() -> None:
    crew = [Name(n, n.lower(), "Person", n) for n in ("Ann Lee", "Bo Quill", "Cy Dorn")]
    text = (
        "OSPREY Commander Ann Lee of ASA, as well as Flight Engineers Bo Quill of BSO "
        "and Cy Dorn of ASA, will wave."
    )
    found = read(pipeline.gazetteer([*CAST, *crew]), text)
    aboard = {c.subject.name for c in found if c.relation == "crewOf"}
    assert aboard == {"Ann Lee", "Bo Quill", "Cy Dorn"}


@pytest.mark.parametrize(
    ("text", "abbreviation"),
    [
        ("The Alpha Space Agency (Agence Alfa de l'Espace; ASA) met.", "ASA"),
        ("The Russian Space Agency (Rosk) met.", "Rosk"),
    ],
)
def test_a_second_name_in_a_bracket_is_an_abbreviation(text: str, abbreviation: str) -> None:
    rosk = [
        Name("Russian Space Agency", "rosk", "Agency", "Russian Space Agency"),
        Name("Rosk", "rosk", "Agency", "Russian Space Agency", "alias"),
    ]
    found = read(pipeline.gazetteer([*CAST, *rosk]), text)
    assert [c.object.name for c in found if c.relation == "hasAbbreviation"] == [abbreviation]


def test_several_issuers_stand_below_a_date(names: Gazetteer) -> None:
    text = "May 6, 2006 (JST)\n\nAlpha Space Agency (ASA)\nBeta Space Organisation\n\nIt rains."
    found = {c.subject.slug for c in read(names, text) if c.relation == "issued"}
    assert found == {"asa", "bso"}


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (
            "ASA is an intergovernmental organisation based in Italy, with 3 Member States "
            "(Canada, Italy and Japan).",
            ("canada", "memberOf", "asa", "ongoing"),
        ),
        ("Japan joined ASA in 2005.", ("japan", "memberOf", "asa", "occurred")),
        ("They saw Japan's Kite mission.", ("japan", "operates", "kite", "ongoing")),
        ("Kite, ASA's latest weather mission, is new.", ("asa", "operates", "kite", "ongoing")),
        (
            "ASA and BSO have agreed to move ahead with the Kite mission.",
            ("asa", "participatesIn", "kite", "planned"),
        ),
        (
            "ASA and BSO are stepping up their joint efforts in optics.",
            ("asa", "cooperatesWith", "bso", "ongoing"),
        ),
        (
            "Kite is a program led by ASA with its partners, BSO and Canada.",
            ("canada", "participatesIn", "kite", "ongoing"),
        ),
        (
            "Canada and Italy held the First Space Industry Symposium in Rome.",
            ("canada", "metWith", "italy", "occurred"),
        ),
    ],
)
def test_ways_of_saying_reach_the_graph(
    names: Gazetteer, text: str, stated: tuple[str, str, str, str]
) -> None:
    assert stated in passed(read(names, text))


def test_it_is_not_the_owner_of_a_craft_that_stands_before(names: Gazetteer) -> None:
    text = "Kite is to be shipped from Japan to Italy, where it will be launched by ASA."
    assert ("asa", "launches", "japan", "planned") not in said(read(names, text))


def test_the_primary_crew_may_stand_behind_a_colon(names: Gazetteer) -> None:
    text = "OSPREY is ready to fly. The primary crew is: ASA astronaut Ann Lee and Mr Bo Quill."
    found = {(c.subject.name, c.object.slug) for c in read(names, text) if c.relation == "crewOf"}
    assert found == {("Ann Lee", "osprey"), ("Bo Quill", "osprey")}


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("The MoU, signed by ASA and BSO in 2018, is old.", "signedAgreementWith"),
        ("The agreement, which ASA and BSO signed in May 2022, is old.", "signedAgreementWith"),
        ("ASA and BSO put their signatures to a new agreement.", "signedAgreementWith"),
        ("ASA and BSO then concluded a contract.", "signedAgreementWith"),
    ],
)
def test_signings_between_two_bodies_are_read(names: Gazetteer, text: str, stated: str) -> None:
    assert ("asa", stated, "bso", "occurred") in passed(read(names, text))


def test_who_signs_for_whom_tells_the_parties() -> None:
    people = [Name(n, n.lower(), "Person", n) for n in ("Ann Lee", "Bo Quill")]
    text = "The document was signed by Ann Lee for ASA and Bo Quill for BSO."
    stated = passed(read(pipeline.gazetteer([*CAST, *people]), text))
    assert ("asa", "signedAgreementWith", "bso", "occurred") in stated


def test_the_end_of_a_mission_is_not_denied_by_its_own_verb(names: Gazetteer) -> None:
    found = read(names, "The Kite mission ended in April 2022.")
    assert {(c.relation, c.object.value) for c in found} == {("endDate", "2022-04")}
    assert not read(names, "The Kite mission never ended in April 2022.")


def test_what_is_installed_is_not_docked(names: Gazetteer) -> None:
    text = "She will fly on Monday to install OSPREY on Kite."
    assert not {s for s in said(read(names, text)) if s[1] == "berthsTo"}


@pytest.mark.parametrize("clock", ["at 2:41 p.m. EDT", "at 00:20 CEST", "at 10:12 local time"])
def test_a_time_of_day_is_read_over(names: Gazetteer, clock: str) -> None:
    found = read(names, f"Kite lifted off {clock} on 29 March 2024.", "2024-05-01")
    assert [c.object.value for c in found if c.relation == "launchDate"] == ["2024-03-29"]


def test_what_is_on_board_is_built_not_what_carries_it(names: Gazetteer) -> None:
    stated = said(read(names, "The radar on board Kite was developed by ASA."))
    assert not {s for s in stated if s[1] == "develops" and s[2] == "kite"}
