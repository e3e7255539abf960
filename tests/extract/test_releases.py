"""Turns of speech of press releases: what they state, and what they only seem to state."""

from __future__ import annotations

import pytest
from extract_cast import CAST, passed, read, said

from kg.extract import pipeline, variants, words
from kg.extract.gazetteer import Gazetteer, Name

NAMES = [
    *CAST,
    Name("Gamma Space Office", "gso", "Agency", "Gamma Space Office"),
    Name("GSO", "gso", "Agency", "Gamma Space Office", "abbreviation"),
    Name("United States", "united-states", "State", "United States"),
    Name("Jo-Ann Lörz", "jo-ann-loerz", "Person", "Jo-Ann Lörz"),
    Name("Bo Le Quill", "bo-le-quill", "Person", "Bo Le Quill"),
    Name("PLOVER-7", "plover-7", "Activity", "PLOVER-7"),
    Name("Türkhan", "turkhan", "State", "Türkhan"),
    Name("Great Station", "station", "Object", "Great Station"),
]


@pytest.fixture(scope="module")
def names() -> Gazetteer:
    return pipeline.gazetteer(NAMES)


def sure(names: Gazetteer, text: str, issued: str = "") -> set[tuple[str, str, str, str]]:
    return passed(read(names, text, issued))


def date_of(names: Gazetteer, text: str, issued: str) -> str:
    (one,) = (c for c in read(names, text, issued) if c.relation == "signedAgreementWith")
    return one.qualifiers.get("date", "")


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (
            "ASA and BSO opened an office and signed three agreements.",
            ("asa", "signedAgreementWith", "bso", "occurred"),
        ),
        ("ASA, BSO Sign MOU on Cooperation", ("asa", "signedAgreementWith", "bso", "occurred")),
        (
            "ASA today announced the signing of a new agreement with BSO.",
            ("asa", "signedAgreementWith", "bso", "occurred"),
        ),
        (
            "ASA and BSO signed an Intergovernmental Framework Agreement in Rome.",
            ("asa", "signedAgreementWith", "bso", "occurred"),
        ),
        (
            "Japan and Italy held their first bilateral Space Dialogue in Rome.",
            ("japan", "metWith", "italy", "occurred"),
        ),
        (
            "Jo-Ann Lörz spoke in Rome, where she also met her counterpart Bo Le Quill.",
            ("jo-ann-loerz", "metWith", "bo-le-quill", "occurred"),
        ),
        ("A delegation from ASA visited BSO in May.", ("asa", "visited", "bso", "occurred")),
        ("Italy will become the latest ASA member state.", ("italy", "memberOf", "asa", "planned")),
        ("Italy to become ASA's 5th Member State", ("italy", "memberOf", "asa", "planned")),
        (
            "Kite is an international mission between ASA and BSO.",
            ("bso", "participatesIn", "kite", "ongoing"),
        ),
        (
            "Kite is a small mission developed by ASA in cooperation with BSO.",
            ("bso", "participatesIn", "kite", "ongoing"),
        ),
        (
            "ASA and BSO agreed to jointly build a lunar lander.",
            ("asa", "cooperatesWith", "bso", "planned"),
        ),
        (
            "The ministers signed a Memorandum of Understanding (MoU) between ASA and BSO.",
            ("asa", "signedAgreementWith", "bso", "occurred"),
        ),
        (
            "The document was signed between ASA OJSC and the Gamma Space Office.",
            ("asa", "signedAgreementWith", "gso", "occurred"),
        ),
        (
            "Türkhan and Turkhan's friend Japan met. Turkhan and Japan signed an agreement.",
            ("turkhan", "signedAgreementWith", "japan", "occurred"),
        ),
        ("Kite, a joint ASA/BSO mission, flew.", ("bso", "participatesIn", "kite", "ongoing")),
        ("PLOVER7 is led by ASA.", ("asa", "leads", "plover-7", "ongoing")),
        ("PLOVER 7 is led by ASA.", ("asa", "leads", "plover-7", "ongoing")),
        (
            "Bo Le Quill has been assigned to a mission on the Great Station.",
            ("bo-le-quill", "crewOf", "station", "planned"),
        ),
        ("It began with the 2002 launch of Kite.", ("kite", "launchDate", "2002", "occurred")),
        ("Kite, set to launch by 2032, flies.", ("kite", "launchDate", "2032", "planned")),
        (
            "Bo Le Quill became the first of all to visit the Great Station.",
            ("bo-le-quill", "crewOf", "station", "occurred"),
        ),
        ("Kite is ASA's exploration mission.", ("asa", "operates", "kite", "ongoing")),
    ],
)
def test_what_a_turn_of_speech_states(
    names: Gazetteer, text: str, stated: tuple[str, str, str, str]
) -> None:
    assert stated in sure(names, text)


@pytest.mark.parametrize(
    "text",
    [
        "It is the tenth year of diplomatic relations between Japan and Italy.",
        "Read the Memorandum of Cooperation between ASA and BSO.",
        "ASA and BSO have signed a Memorandum of Cooperation.",
        "ASA and BSO sign cooperation agreement",
        "The aim of the agreement is to establish cooperation between ASA and BSO.",
        "It gives a basis for efficient and mutually beneficial cooperation between ASA and BSO.",
        "They saw the possibility for mutual cooperation between ASA and BSO.",
        "The two intend to further ease the cooperation between ASA and BSO.",
        "They spoke of the responsibilities of ASA and BSO.",
        "It follows the Agreement on Science and Space Cooperation between Japan and Italy.",
        "Japan and Italy signed. It deepens cooperation between the two countries' agencies.",
        "ASA and BSO to deepen cooperation in space",
    ],
)
def test_no_tie_is_stated(names: Gazetteer, text: str) -> None:
    stated = said([c for c in read(names, text) if not c.reasons])
    assert not [s for s in stated if s[1] == "cooperatesWith" and s[3] == "ongoing"]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("ASA and BSO are showing their joint projects.", "ongoing"),
        ("ASA and BSO are working together on optics.", "ongoing"),
    ],
)
def test_patterns_that_unseen_texts_proved_wrong_too_often_wait_for_review(
    names: Gazetteer, text: str, modality: str
) -> None:
    tie = ("asa", "cooperatesWith", "bso", modality)
    assert tie in said(read(names, text))
    assert tie not in sure(names, text)


def test_a_stand_at_a_fair_is_not_its_owner(names: Gazetteer) -> None:
    assert not sure(names, "Bo Le Quill visited the ASA and GIFAX stands at the show.")


def test_what_is_ready_to_be_signed_is_not_signed(names: Gazetteer) -> None:
    assert not sure(names, "ASA and BSO are ready to sign an agreement.")


def test_a_place_after_an_office_is_not_its_body(names: Gazetteer) -> None:
    stated = sure(names, "Bo Le Quill, Administrator, ASA at BSO Centre, spoke.")
    assert {s for s in stated if s[1] == "headOf"} == {("bo-le-quill", "headOf", "asa", "ongoing")}


def test_two_headline_names_that_sign_with_a_third_are_no_pair(names: Gazetteer) -> None:
    stated = sure(names, "ASA, BSO Sign Agreement with Italy")
    assert ("asa", "signedAgreementWith", "bso", "occurred") not in stated


def test_pairs_of_three_or_more_wait_for_review(names: Gazetteer) -> None:
    text = "ASA, BSO and GSO signed an agreement in Rome."
    found = [c for c in read(names, text) if c.relation == "signedAgreementWith"]
    assert len(found) == 3
    assert all("three or more" in c.reasons[0] for c in found)


@pytest.mark.parametrize(
    ("topic", "kept"),
    [
        ("the field of optics", "optics"),
        ("a number of areas", None),
        ("future projects", None),
        ("lunar science", "lunar science"),
        ("lunar science and study of dust", "lunar science and study of dust"),
    ],
)
def test_a_topic_says_something_or_is_left_out(
    names: Gazetteer, topic: str, kept: str | None
) -> None:
    (one,) = (
        c
        for c in read(names, f"ASA and BSO cooperate in {topic}.")
        if c.relation == "cooperatesWith"
    )
    assert one.qualifiers.get("topic") == kept


@pytest.mark.parametrize(
    ("day", "issued", "date"),
    [
        ("on 22 June", "2021-06-28", "2021-06-22"),
        ("on Tuesday 22 June", "2021-06-28", "2021-06-22"),
        ("on December 30", "2021-01-02", "2020-12-30"),
        ("on Monday 22 June", "2021-06-28", ""),
        ("on 22 June", "2021-01-28", ""),
        ("on 22 June", "", ""),
        ("on 22-23 June", "2021-06-28", ""),
    ],
)
def test_a_day_without_its_year_is_the_one_next_to_the_issue(
    names: Gazetteer, day: str, issued: str, date: str
) -> None:
    assert date_of(names, f"ASA and BSO signed an agreement {day}.", issued) == date


def test_a_programme_of_the_day_is_planned(names: Gazetteer) -> None:
    stated = sure(names, "11 a.m. - Jo-Ann Lörz meets Bo Le Quill in Rome.")
    assert stated == {("jo-ann-loerz", "metWith", "bo-le-quill", "planned")}


def test_a_body_whose_name_goes_on_is_another(names: Gazetteer) -> None:
    assert not sure(names, "ASA signed an agreement with the BSO Agency for Optics.")


def test_a_clause_before_the_mission_is_not_launched(names: Gazetteer) -> None:
    text = "Part of the Great Plan Programme, Kite is planned to be launched in 2032."
    assert ("kite", "launchDate", "2032", "planned") in sure(names, text)


def test_since_opens_an_interval(names: Gazetteer) -> None:
    (one,) = read(names, "Since 1998, ASA and BSO have a close partnership.")
    assert one.qualifiers["date"] == "1998/.."


@pytest.mark.parametrize("name", ["Jo Ann Lörz", "Jo-Ann Lorz", "Jo-Ann Loerz"])
def test_accents_and_hyphens_do_not_hide_a_person(names: Gazetteer, name: str) -> None:
    found = read(names, f"ASA President {name} spoke.")
    assert ("jo-ann-loerz", "headOf", "asa", "ongoing") in said(found)


def test_a_surname_of_two_words_is_that_of_the_person_before(names: Gazetteer) -> None:
    text = "Bo Le Quill, President of BSO, came. President Le Quill met Jo-Ann Lörz."
    assert ("bo-le-quill", "metWith", "jo-ann-loerz", "occurred") in sure(names, text)


def test_a_name_in_capitals_is_known_as_a_word(names: Gazetteer) -> None:
    assert ("asa", "leads", "osprey", "ongoing") in sure(names, "Osprey is led by ASA.")


def test_the_mission_is_that_of_the_heading(names: Gazetteer) -> None:
    text = "Kite begins\n\nIt was a long way.\n\nThe mission is a joint effort led by ASA."
    assert ("asa", "leads", "kite", "ongoing") in sure(names, text)


def test_names_after_astronauts_are_persons(names: Gazetteer) -> None:
    text = "ASA astronauts Cy Dunn and Dee Marsh, and Ed Nye of BSO, will fly to the Great Station."
    persons = {c.subject.name for c in read(names, text) if c.relation == "crewOf"}
    assert persons == {"Cy Dunn", "Dee Marsh", "Ed Nye"}


def test_a_word_spelt_out_in_brackets_is_a_name(names: Gazetteer) -> None:
    text = "Luma (Light Measuring Satellite) was launched from Rome on 3 May 2031."
    assert ("Luma", "launchDate") in {(c.subject.name, c.relation) for c in read(names, text)}


@pytest.mark.parametrize(
    "text",
    [
        "The United States Beta Space Organisation and ASA signed an agreement.",
        "ASA and the Beta Space Organisation, BSO, signed an agreement.",
        "ASA and BSO, with support from Italy, have signed an agreement.",
        "ASA and BSO, the United States space agency, signed an agreement.",
    ],
)
def test_what_stands_around_a_name_does_not_hide_the_list(names: Gazetteer, text: str) -> None:
    pairs = {frozenset(s[::2]) for s in sure(names, text) if s[1] == "signedAgreementWith"}
    assert frozenset({"asa", "bso"}) in pairs


def test_broken_paragraphs_beside_whole_ones_are_joined(names: Gazetteer) -> None:
    broken = (
        "After two long days of talks in Rome, and many a word, ASA signed\n"
        "a new agreement with BSO. All who had come to the meeting in that\n"
        "town had hoped to see this day before the end of the year was near\n"
        "and before the winter came over the hills that lie around the town\n"
        "where they had met.\n"
    )
    long = "It was, said those who had come to the town, a good day for all. " * 3
    assert ("asa", "signedAgreementWith", "bso", "occurred") in sure(names, f"{broken}\n{long}\n")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Monday, 05 October 2015", "2015-10-05"),
        ("2015-10-05", "2015-10-05"),
        ("October 5 2015 09:26:40", "2015-10-05"),
        ("Published on: 5 October 2015", "2015-10-05"),
        ("Rome (SPX) Oct 05, 2015", "2015-10-05"),
    ],
)
def test_a_date_alone_in_a_line_is_the_day_of_issue(names: Gazetteer, line: str, day: str) -> None:
    lead = "It was a long road for all who had come to see it. " * 9
    text = f"{lead}\n\n{line}\n\nToday ASA and BSO signed an agreement.\n"
    if "SPX" in line:
        text = f"{line}\nToday ASA and BSO signed an agreement.\n"
    assert date_of(names, text, "") == day


def test_a_quotation_of_several_sentences_is_held_whole(names: Gazetteer) -> None:
    text = "All came. “It is good. It will last,” said ASA President Bo Le Quill."
    (one,) = (c for c in read(names, text) if c.relation == "quotedIn")
    assert one.evidence[0].quote == "“It is good. It will last,” said ASA President Bo Le Quill"


def test_a_heading_in_capitals_is_read(names: Gazetteer) -> None:
    for text in ("ASA Signs MoU With BSO", "ASA And BSO Sign Agreement"):
        assert ("asa", "signedAgreementWith", "bso", "occurred") in sure(names, text)


def test_the_chair_of_a_council_does_not_head_the_agency(names: Gazetteer) -> None:
    assert not [
        c
        for c in read(names, "Bo Le Quill, Chair of the ASA Council, spoke.")
        if c.relation == "headOf"
    ]
    stated = sure(names, "Bo Le Quill, Chair of the ASA Executive Board, spoke.")
    assert ("bo-le-quill", "headOf", "asa", "ongoing") in stated


def test_a_state_that_begins_the_name_of_a_body_is_no_party(names: Gazetteer) -> None:
    text = "ASA and the Italy Space Institute (ISI) have signed an agreement."
    found = read(names, text)
    assert not [c for c in found if "italy" in (c.subject.slug, c.object.slug)]
    assert ("asa", "signedAgreementWith", "Italy Space Institute", "occurred") in said(found)


def test_their_is_not_the_states_that_own_the_bodies(names: Gazetteer) -> None:
    text = "Italy's Office of Air (OA) and Spain's BSO met to boost their cooperation in May."
    states = {"italy", "spain"}
    assert not [
        c
        for c in read(names, text)
        if c.relation == "cooperatesWith" and states & {c.subject.slug, c.object.slug}
    ]


@pytest.mark.parametrize("idle", ["partnership", "May 5", "Monday"])
def test_a_day_or_a_partnership_is_no_topic(names: Gazetteer, idle: str) -> None:
    text = f"ASA and BSO will work in {idle}. ASA cooperates with BSO on {idle}."
    assert not [c for c in read(names, text) if c.qualifiers.get("topic")]


def test_what_was_signed_is_no_qualifier(names: Gazetteer) -> None:
    text = "ASA and BSO signed the Implementation Arrangement (IA) on optics."
    found = [c for c in read(names, text) if c.relation == "signedAgreementWith"]
    assert found
    assert "pact" not in found[0].qualifiers


def test_words_cut_at_a_hyphen_are_nothing(names: Gazetteer) -> None:
    found = read(names, "Kite studies 19 stars in near- and far-away clouds.")
    assert not [c for c in found if c.relation == "studies"]


def test_what_a_document_will_see_done_waits_for_review(names: Gazetteer) -> None:
    text = "ASA and BSO met. The deal will see the two agencies cooperate in optics."
    assert all(c.reasons for c in read(names, text) if c.relation == "cooperatesWith")


def test_a_topic_is_not_cut(names: Gazetteer) -> None:
    for text in (
        "ASA and BSO will collaborate in the following areas: optics, and more.",
        "ASA and BSO are working together on finding solutions to the great cost of it.",
        "ASA and BSO pledged to deepen their partnership across these areas.",
        "ASA and BSO are working together to gather facts ranging from the sea to the hills.",
    ):
        topics = [c.qualifiers.get("topic", "") for c in read(names, text)]
        assert not any(topics), topics


def test_an_office_in_small_letters_is_one(names: Gazetteer) -> None:
    assert ("bo-le-quill", "headOf", "asa", "ongoing") in sure(
        names, "ASA president Bo Le Quill spoke."
    )
    text = "ASA president Jon Marsh, Jr. and BSO president Ann Ray signed an agreement."
    assert ("asa", "signedAgreementWith", "bso", "occurred") in sure(names, text)


def test_a_day_with_a_shortened_month_stands_between(names: Gazetteer) -> None:
    text = "ASA signed an agreement on Oct. 14 with Japan's agency BSO on optics."
    assert ("asa", "signedAgreementWith", "bso", "occurred") in sure(names, text)


def test_what_would_be_prepared_waits_for_review(names: Gazetteer) -> None:
    text = (
        "The agreement on the joint work of Italy and Japan in the space field would be prepared."
    )
    assert not [s for s in sure(names, text) if s[1] == "cooperatesWith"]


def test_short_names_are_written_as_words_but_not_those_of_others() -> None:
    given = [Name(n, n.lower(), "Agency", n, "abbreviation") for n in ("QUSO", "INMARSAT", "QSO")]
    texts = {n.text for n in variants.spelt(given, words.load("en"))}
    assert "Quso" in texts
    assert not texts & {"Inmarsat", "Qso"}
