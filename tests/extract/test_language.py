"""How things are said: readings of a sentence, names, groups, dates, modality."""

from __future__ import annotations

import textwrap

import pytest
from extract_cast import CAST, passed, read, said

from kg.extract import frame, pipeline
from kg.extract.gazetteer import Gazetteer, Name
from kg.extract.spans import Candidate
from kg.extract.words import load

NAMES = [
    *CAST,
    Name("Norway", "norway", "State", "Norway"),
    Name("France", "france", "State", "France"),
    Name("National Space Agency", "nsa", "Agency", "National Space Agency"),
    Name("Ann Lee", "ann-lee", "Person", "Ann Lee"),
    Name("Bo Quill", "bo-quill", "Person", "Bo Quill"),
    Name("Moon Accords", "accords", "Agreement", "Moon Accords"),
]


@pytest.fixture(scope="module")
def names() -> Gazetteer:
    return pipeline.gazetteer(NAMES)


def test_titles_do_not_stand_between_persons(names: Gazetteer) -> None:
    text = "ASA President Ann Lee and Bo Quill, Chairman of BSO, held a meeting."
    assert ("ann-lee", "metWith", "bo-quill", "occurred") in passed(read(names, text))


def test_what_heads_sign_their_organizations_sign(names: Gazetteer) -> None:
    text = "ASA President Ann Lee and BSO Chairman Bo Quill signed three agreements."
    assert ("asa", "signedAgreementWith", "bso", "occurred") in passed(read(names, text))


def test_an_insertion_does_not_stand_between_ends(names: Gazetteer) -> None:
    text = "Kite, the first of its kind, is a joint mission of ASA and BSO."
    assert ("bso", "participatesIn", "kite", "ongoing") in passed(read(names, text))


def test_a_place_before_a_list_is_no_party(names: Gazetteer) -> None:
    text = "During the visit to Japan, ASA signed an agreement with BSO."
    assert not [c for c in read(names, text) if "japan" in (c.subject.slug, c.object.slug)]


@pytest.mark.parametrize(
    "text",
    [
        "If the council agrees, ASA will provide a camera for Kite.",
        "ASA could contribute to Kite.",
        "ASA said that it will work with BSO on Kite.",
        "ASA and BSO affirmed their interest to advance cooperation.",
    ],
)
def test_what_is_only_possible_waits_for_review(names: Gazetteer, text: str) -> None:
    assert not passed(read(names, text))


@pytest.mark.parametrize(
    "text",
    ["ASA never signed an agreement with BSO.", "ASA and BSO ended their partnership."],
)
def test_what_is_denied_or_over_is_not_stated(names: Gazetteer, text: str) -> None:
    assert not read(names, text)


def test_a_longer_name_is_not_its_beginning(names: Gazetteer) -> None:
    text = "The team flew over the hills with ASA's Kite Student Challenge, and ASA's OSPREY-NEW."
    assert not [c for c in read(names, text) if c.object.slug in {"kite", "osprey"}]


def test_spelling_of_a_name_does_not_matter(names: Gazetteer) -> None:
    text = "The Beta Space Organization leads Kite."
    assert ("bso", "leads", "kite", "ongoing") in passed(read(names, text))


def test_an_adjective_pair_is_a_pair_of_states(names: Gazetteer) -> None:
    text = "It gives life to French-Japanese space cooperation."
    assert ("france", "cooperatesWith", "japan", "ongoing") in passed(read(names, text))


def test_two_agencies_that_are_not_clear_are_not_guessed(names: Gazetteer) -> None:
    text = "ASA met others. BSO met others. The Gamma Office (GO) and the Delta Office (DO) met. "
    text += "The two agencies share data."
    shared = [c for c in read(names, text) if c.relation == "sharesDataWith"]
    assert [(c.subject.name, c.object.name) for c in shared] == [("Gamma Office", "Delta Office")]
    assert [(c.subject.slug, c.object.slug) for c in shared] == [("", "")]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Kite is planned to launch no earlier than March 2028.", "[2028-03..]"),
        ("Kite is scheduled to launch by May 2027.", "[..2027-05]"),
        ("Kite is scheduled to launch in 2027.", "2027"),
    ],
)
def test_windows_of_a_plan(names: Gazetteer, text: str, date: str) -> None:
    (launch,) = [c for c in read(names, text) if c.relation == "launchDate"]
    assert (launch.object.value, launch.modality) == (date, "planned")


def test_a_weekday_ahead_gives_no_date(names: Gazetteer) -> None:
    text = "On Monday, ASA and BSO will sign an agreement."
    found = [c for c in read(names, text, "2030-01-03") if c.relation == "signedAgreementWith"]
    assert [(c.modality, c.qualifiers.get("date")) for c in found] == [("planned", None)]


def test_an_older_date_does_not_become_that_of_the_heading(names: Gazetteer) -> None:
    text = "ASA and BSO sign agreement\n\nIt builds on a statement that ASA and BSO signed in 2021."
    found = [c for c in read(names, text, "2030-01-03") if c.relation == "signedAgreementWith"]
    assert found[0].qualifiers.get("date") != "2021"


def test_the_evidence_holds_the_date_that_it_gives(names: Gazetteer) -> None:
    text = "In 2009, ASA launched Kite."
    (launch,) = [c for c in read(names, text) if c.relation == "launches"]
    assert launch.evidence[0].quote == "In 2009, ASA launched Kite"


def test_news_coverage_is_nothing_that_an_agency_provides(names: Gazetteer) -> None:
    assert not [c for c in read(names, "ASA will provide live coverage of Kite.") if c.object]


def test_a_thing_for_a_known_mission_is_stated(names: Gazetteer) -> None:
    found = read(names, "ASA will provide heater units for Kite.")
    assert ("asa", "provides", "heater units", "planned") in passed(found)
    assert ("asa", "contributesTo", "kite", "planned") in passed(found)


def test_an_office_is_not_cut_off_nor_taken_from_the_next_person(names: Gazetteer) -> None:
    text = "They met ASA President Ann Lee, Chief Sampling Officer Carl Drew and others."
    assert not [c for c in read(names, text) if c.object.name == "Chief"]


def test_an_office_between_commas_is_that_of_the_person_before(names: Gazetteer) -> None:
    text = "It was seen by Carl Al Drew, Director of Rover Planning, Bo Quill and others."
    assert not [c for c in read(names, text) if c.subject.slug == "bo-quill"]


def test_the_day_of_a_meeting_is_not_that_of_the_cooperation(names: Gazetteer) -> None:
    text = "On March 3, 2021, ASA and BSO held a meeting to review their cooperation."
    days = [c.qualifiers.get("date") for c in read(names, text) if c.relation == "cooperatesWith"]
    assert days == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Former ASA President Ann Lee opened the day.",
        "The then ASA President Ann Lee opened the day.",
        "Ann Lee, President of ASA from 1999 to 2004, opened the day.",
        "Ann Lee, former President of ASA, opened the day.",
    ],
)
def test_a_past_office_waits_for_review(names: Gazetteer, text: str) -> None:
    found = [c for c in read(names, text) if c.pattern == "office"]
    assert not passed(found)


def test_one_who_acts_for_a_head_is_no_head(names: Gazetteer) -> None:
    found = read(names, "Acting ASA President Ann Lee opened the day.")
    held = {(c.relation, c.object.name) for c in found if c.subject.slug == "ann-lee"}
    assert held == {("holdsOffice", "Acting President")}


def test_what_heads_sign_for_their_countries_is_not_of_their_organizations(
    names: Gazetteer,
) -> None:
    text = "ASA President Ann Lee and BSO Chairman Bo Quill signed it on behalf of their countries."
    more = text.replace("signed it", "signed an agreement")
    assert not [c for c in read(names, more) if c.relation == "signedAgreementWith"]


@pytest.mark.parametrize(
    "text",
    [
        "Twenty years ago, ASA President Ann Lee opened the day.",
        "In 1998, ASA President Ann Lee opened the day.",
    ],
)
def test_an_office_in_a_look_back_waits_for_review(names: Gazetteer, text: str) -> None:
    found = [c for c in read(names, text, "2021-03-04") if c.pattern == "office"]
    assert found
    assert not passed(found)


def test_an_office_held_since_a_day_is_of_today(names: Gazetteer) -> None:
    text = "ASA President Ann Lee, in office since 1998, opened the day."
    assert ("ann-lee", "headOf", "asa", "ongoing") in passed(read(names, text, "2021-03-04"))


def test_a_date_in_an_insertion_is_that_of_the_insertion(names: Gazetteer) -> None:
    text = "Japan, a partner of ASA since 1975, joined the Moon Accords on 13 October 2020."
    days = {c.qualifiers.get("date") for c in read(names, text) if c.relation == "signatoryOf"}
    assert days == {"2020-10-13"}


def test_each_of_a_pair_has_the_other_as_its_partner(names: Gazetteer) -> None:
    found = read(names, "They followed the ASA-BSO Kite mission.")
    pairs = {(c.subject.slug, c.qualifiers.get("partner")) for c in found}
    assert {("asa", "Beta Space Organisation"), ("bso", None)} <= pairs


@pytest.mark.parametrize(
    "text",
    [
        "ASA awarded no agreement to BSO, and no agreement was signed between ASA and BSO.",
        "Japan hopes ASA will contribute to Kite.",
        "The minister called on ASA to lead Kite.",
        "ASA and BSO were to sign an agreement in 2020.",
    ],
)
def test_what_is_wished_or_denied_is_no_fact(names: Gazetteer, text: str) -> None:
    assert not passed(read(names, text))


def test_a_topic_of_two_nouns_is_whole(names: Gazetteer) -> None:
    found = read(names, "ASA and BSO are working together on space science and technology.")
    assert {c.qualifiers.get("topic") for c in found} == {"space science and technology"}


def test_a_topic_ends_before_the_next_verb(names: Gazetteer) -> None:
    found = read(names, "ASA and BSO are working together on space science and signed a paper.")
    assert {c.qualifiers.get("topic") for c in found} <= {"space science", None}


def test_their_is_of_the_pair_that_is_named(names: Gazetteer) -> None:
    text = (
        "Ann Lee of ASA and Bo Quill of BSO spoke of an accord of ASA and Japan that will prolong "
        "their partnership."
    )
    ties = [c for c in read(names, text) if c.relation == "cooperatesWith"]
    assert {c.object.slug for c in ties} == {"japan"}


@pytest.mark.parametrize(
    "line",
    [
        "Dec. 11, 2024",
        "Wednesday, 11 December 2024",
        "December 11th, 2024",
        "PARIS, 11th December, 2024 (ABC) - They met.",
    ],
)
def test_the_day_of_issue_is_read_in_its_usual_forms(names: Gazetteer, line: str) -> None:
    found = read(names, f"A Heading\n\n{line}\n\nASA President Ann Lee opened it.")
    assert {c.qualifiers["asOf"] for c in found if c.relation == "headOf"} == {"2024-12-11"}


def test_a_list_of_persons_and_offices_gives_each_their_own(names: Gazetteer) -> None:
    text = "Ann Lee, ASA Administrator, Bo Quill, BSO Chairman, and others met in Paris."
    heads = {(c.subject.slug, c.object.slug) for c in read(names, text) if c.relation == "headOf"}
    assert heads <= {("ann-lee", "asa"), ("bo-quill", "bso")}
    assert ("bo-quill", "bso") in heads


def test_an_agreement_that_is_expected_is_not_signed(names: Gazetteer) -> None:
    text = "The signing of an agreement between ASA and BSO is expected in June."
    assert not passed(read(names, text))


def test_together_with_is_as_planned_as_its_verb(names: Gazetteer) -> None:
    found = read(names, "ASA, together with BSO, will develop a module for Kite.")
    ties = {c.modality for c in found if c.relation == "cooperatesWith"}
    assert ties <= {"planned"}


def test_a_member_of_an_agency_is_not_the_agency(names: Gazetteer) -> None:
    text = "Japan and the ASA member France signed an agreement."
    assert not [c for c in read(names, text) if "asa" in (c.subject.slug, c.object.slug)]


def test_a_name_of_general_words_alone_waits_for_review(names: Gazetteer) -> None:
    text = "ASA signed an agreement with the Gamma National Space Agency."
    assert not passed(read(names, text))


def test_a_title_holds_no_other_persons_honorific(names: Gazetteer) -> None:
    text = "There were Ms. Cora Dane - Representative of XYZ and Mr. Bo Quill, and others."
    assert not [
        c for c in read(names, text) if c.relation == "holdsOffice" and "Mr" in c.object.name
    ]


def test_future_cooperation_is_no_cooperation_yet(names: Gazetteer) -> None:
    text = "The paper outlines future space cooperation between Japan and France."
    assert not passed(read(names, text))


def test_a_place_or_the_cooperation_itself_is_no_topic(names: Gazetteer) -> None:
    text = (
        "They praised the cooperation between Japan and France in Lisbon. "
        "Japan and France agreed to strengthen existing cooperation. "
        "They praised the cooperation between Japan and France in July, 2014."
    )
    assert {c.qualifiers.get("topic") for c in read(names, text)} <= {None}


def test_a_topic_goes_on_to_the_thing_it_is_about(names: Gazetteer) -> None:
    found = read(
        names, "The cooperation between ASA and BSO on testing and flight of Kite, says ASA."
    )
    assert "testing and flight of Kite" in {c.qualifiers.get("topic") for c in found}


@pytest.mark.parametrize(
    "text",
    [
        "The cooperation between ASA and BSO has since ended.",
        "The partnership between ASA and BSO was suspended in 2022.",
        "ASA and BSO suspended their cooperation on Kite.",
    ],
)
def test_what_has_ended_is_not_ongoing(names: Gazetteer, text: str) -> None:
    assert not passed(read(names, text))


def test_many_that_signed_one_text_have_no_agreements_in_pairs(names: Gazetteer) -> None:
    text = "Japan, France, Canada, Italy and Norway all previously signed the agreement."
    assert not [c for c in read(names, text) if c.relation == "signedAgreementWith"]


WRAPPED = textwrap.fill(
    "ALPHA CITY, 9 July 2031 - The Alpha Space Agency and the Beta Space Organisation are partners "
    "in the Kite mission. Canada and Japan are members of the Moon Accords, the ministries said.",
    width=45,
)


def test_lines_broken_at_a_width_are_read_as_paragraphs(names: Gazetteer) -> None:
    found = [c for c in read(names, WRAPPED) if c.relation == "participatesIn"]
    assert {c.subject.slug for c in found} == {"asa", "bso"}
    for candidate in found:
        for part in candidate.evidence:
            assert part.quote == WRAPPED[part.start : part.end]
    assert any("\n" in e.quote for c in found for e in c.evidence)


def test_lines_that_are_paragraphs_stay_apart(names: Gazetteer) -> None:
    text = "Signed by the Alpha Space\nAgency of Canada\nJapan\n"
    assert not [c for c in read(names, text) if c.subject.slug == "asa"]


def test_a_quotation_after_its_speaker_is_held_whole(names: Gazetteer) -> None:
    text = "Ann Lee said: “This agreement is a new landmark.” She left."
    (found,) = [c for c in read(names, text) if c.relation == "quotedIn"]
    assert found.evidence[0].quote == text.removesuffix(" She left.")


@pytest.mark.parametrize("body", ["Norway Space Agency", "Norway Ministry of Trade"])
def test_a_state_that_begins_the_name_of_a_body_is_no_party(names: Gazetteer, body: str) -> None:
    found = read(names, f"ASA signed an agreement with the {body} on Earth observation.")
    assert not [c for c in found if "norway" in {c.subject.slug, c.object.slug} and not c.reasons]


def test_a_second_name_is_no_abbreviation(names: Gazetteer) -> None:
    found = read(names, "The Kite mission (Swallow) is led by ASA.")
    assert not [c for c in found if c.relation == "hasAbbreviation"]


def test_their_is_the_pair_named_last(names: Gazetteer) -> None:
    text = (
        "ASA and BSO sent observers.\nThe Chairs praised the ties between Japan and Canada. "
        "Each side spoke of the talks and of their partnership in ocean science."
    )
    found = [c for c in read(names, text) if c.qualifiers.get("topic") == "ocean science"]
    assert {(c.subject.slug, c.object.slug) for c in found} == {("japan", "canada")}


def test_heads_of_agencies_do_not_speak_of_states(names: Gazetteer) -> None:
    text = "Teams work in Japan and Canada.\n{} praised their cooperation in ocean science."
    assert any(c.relation == "cooperatesWith" for c in read(names, text.format("The two leaders")))
    found = read(names, text.format("The two agency heads"))
    assert not [c for c in found if c.relation == "cooperatesWith"]


@pytest.mark.parametrize("pair", ["ASA and BSO", "Japan and Canada"])
def test_a_topic_ends_before_its_verb(names: Gazetteer, pair: str) -> None:
    text = f"{pair} said their partnership in ocean science benefits both sides."
    assert {c.qualifiers["topic"] for c in read(names, text) if "topic" in c.qualifiers} == {
        "ocean science"
    }


def test_the_day_of_an_event_is_not_the_day_of_issue(names: Gazetteer) -> None:
    text = "ASA President Ann Lee will speak.\nDate: January 7, 2016\n{}: 10 at the gate\n"
    assert frame.day_of_issue(text.format("Note"), load("en")) == "2016-01-07"
    for field in ("Time", "Who", "Location"):
        assert frame.day_of_issue(text.format(field), load("en")) == ""


def test_an_office_takes_in_no_other_person(names: Gazetteer) -> None:
    known = "Secretary of State Ann Lee and Italian Foreign Minister Bo Quill spoke."
    new = "Minister for External Affairs K. Arun Mehta and Secretary of State Bo Quill spoke."
    assert offices(read(names, known)) == {
        ("ann-lee", "Secretary of State"), ("bo-quill", "Foreign Minister"),
    }  # fmt: skip
    assert offices(read(names, new)) == {("bo-quill", "Secretary of State")}


def test_an_office_that_may_be_cut_waits(names: Gazetteer) -> None:
    whole, cut = (
        "It was told by Program Manager Bo Quill.",
        "Told by Shuttle Program Manager Bo Quill.",
    )
    assert passed(read(names, whole)) == {("bo-quill", "holdsOffice", "Program Manager", "ongoing")}
    assert not passed(read(names, cut))
    assert offices(read(names, cut))


def offices(found: list[Candidate]) -> set[tuple[str, str]]:
    return {(c.subject.slug, c.object.name) for c in found if c.relation == "holdsOffice"}


@pytest.mark.parametrize(
    "opening",
    [
        "With Bo Quill, the Honourable Ann Lee, Minister for Sport, shared the following:",
        "The following is a statement from ASA Administrator Ann Lee on the visit of Bo Quill:",
    ],
)
def test_a_statement_announced_is_that_of_its_speaker(names: Gazetteer, opening: str) -> None:
    found = read(names, f'{opening}\n"It was an honour to meet."\n')
    assert {c.subject.slug for c in found if c.relation == "quotedIn"} == {"ann-lee"}
    nobody = read(names, f'{opening[:-1]}.\nThe "honour" is Sam\'s.\n')
    assert not [c for c in nobody if c.relation == "quotedIn"]


def test_who_speaks_is_not_the_person_before_the_speaker(names: Gazetteer) -> None:
    found = read(names, 'After Bo Quill, Cy Nobody and Ann Lee, Minister for Sport, said: "Well."')
    assert {c.subject.slug for c in found if c.relation == "quotedIn"} == {"ann-lee"}


def test_states_whose_group_met_have_met(names: Gazetteer) -> None:
    text = "The Japan-Canada Comprehensive Dialogue on Space {} its third meeting in Oslo."
    assert ("japan", "metWith", "canada", "occurred") in passed(read(names, text.format("held")))
    assert ("japan", "metWith", "canada", "planned") in said(read(names, text.format("will hold")))
    assert not [c for c in read(names, text.format("prepared")) if c.relation == "metWith"]
    fourth = "The Japan-Canada Joint Working Group (JWG) held its fourth meeting in Oslo."
    assert ("japan", "metWith", "canada", "occurred") in passed(read(names, fourth))


def test_a_quotation_that_a_later_paragraph_closes_runs_on() -> None:
    names = pipeline.gazetteer(CAST)
    text = "“Good,” said a man. “It is a joy.\n\nASA and BSO are partners in Kite.\n\nSo be it.”"
    assert ("asa", "participatesIn", "kite", "ongoing") not in passed(read(names, text))
    closed = text.replace("a joy.", "a joy.”").replace("it.”", "it.")
    assert ("asa", "participatesIn", "kite", "ongoing") in passed(read(names, closed))


def test_a_numeral_makes_another_name() -> None:
    names = pipeline.gazetteer(CAST)
    assert not {s for s in passed(read(names, "ASA operates Kite IV.")) if s[2] == "kite"}
    assert ("asa", "operates", "kite", "ongoing") in passed(read(names, "ASA operates Kite."))


def test_what_a_crew_does_its_craft_does_not() -> None:
    names = pipeline.gazetteer([*CAST, Name("Great Perch", "perch", "Object", "Great Perch")])
    found = said(read(names, "The crew members of the mission Kite arrived at Great Perch."))
    assert ("kite", "visits", "perch", "occurred") not in found
