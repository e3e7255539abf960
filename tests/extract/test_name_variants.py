"""Names that vary: what is linked though it is written otherwise, and what is not."""

from __future__ import annotations

import pytest
from extract_cast import CAST, passed, read

from kg.extract import pipeline
from kg.extract.gazetteer import Gazetteer, Name

NAMES = [
    *CAST,
    Name("FinchLark-A", "finchlark-a", "Object", "FinchLark-A"),
    Name("PLOVER-2", "plover-2", "Object", "PLOVER-2"),
    Name("Merlin 9", "merlin-9", "Object", "Merlin 9"),
    Name("NewSky Italy Ltd", "newsky", "Agency", "NewSky Italy Ltd"),
    Name("Dunn, Lee and Associates Ltd.", "dla", "Agency", "Dunn, Lee and Associates Ltd."),
    Name("Swift Sky Corporation", "swift-sky", "Agency", "Swift Sky Corporation"),
    Name("Bo Quill", "bo-quill", "Person", "Bo Quill"),
    Name("Ann Lee Space Telescope", "altel", "Activity", "Ann Lee Space Telescope"),
    Name("Northern Sky Operations Centre", "nsoc", "Agency", "Northern Sky Operations Centre"),
    Name("NSOC", "nsoc", "Agency", "Northern Sky Operations Centre", "abbreviation"),
    Name("Galileo", "galileo", "Object", "Galileo"),
    Name("Space Shuttle", "shuttle", "Object", "Space Shuttle"),
]


@pytest.fixture(scope="module")
def names() -> Gazetteer:
    return pipeline.gazetteer(NAMES)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("ASA operates Finchlark-A.", "finchlark-a"),
        ("ASA operates FINCHLARK-A.", "finchlark-a"),
        ("ASA operates Plover-2.", "plover-2"),
        ("ASA operates Merlin-9.", "merlin-9"),
        ("ASA operates the Ann Lee Telescope.", "altel"),
    ],
)
def test_a_thing_is_found_whatever_its_capitals_and_hyphens(
    names: Gazetteer, text: str, slug: str
) -> None:
    assert ("asa", "operates", slug, "ongoing") in passed(read(names, text))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("NewSky Italy Limited", "newsky"),
        ("NewSky Italy Ltd.", "newsky"),
        ("NewSky Italy", "newsky"),
        ("Dunn, Lee & Associates", "dla"),
        ("Dunn Lee and Associates Ltd", "dla"),
        ("Dunn Lee", "dla"),
    ],
)
def test_a_company_is_found_whatever_its_legal_form(names: Gazetteer, name: str, slug: str) -> None:
    assert ("asa", "signedAgreementWith", slug, "occurred") in passed(
        read(names, f"ASA signed an agreement with {name}.")
    )


def test_a_word_that_says_more_than_the_legal_form_stays(names: Gazetteer) -> None:
    assert not passed(read(names, "ASA signed an agreement with Swift Sky."))


def test_an_owner_may_stand_for_the_first_word_of_a_name(names: Gazetteer) -> None:
    found = passed(read(names, "They met at ASA's Sky Operations Centre (NSOC)."))
    assert ("asa", "operates", "nsoc", "ongoing") in found
    found = passed(read(names, "They met at ASA's Bird Operations Centre (NSOC)."))
    assert ("asa", "operates", "nsoc", "ongoing") not in found


def test_a_thing_that_bears_the_name_of_a_person_is_not_the_person(names: Gazetteer) -> None:
    found = read(names, "It was built by ASA for the Bo Quill Observatory, said BSO.")
    assert "bo-quill" not in {m.slug for c in found for m in (c.subject, c.object)}


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("The Galileo spacecraft flew. Galileo was built by ASA.", True),
        ("Galileo was built by ASA.", False),
        ("The Galileo spacecraft flew. In Galileo, Texas, ASA built Kite.", False),
    ],
)
def test_a_name_of_something_else_is_meant_as_once_told(
    names: Gazetteer, text: str, linked: bool
) -> None:
    found = {m.slug for c in read(names, text) for m in (c.subject, c.object)}
    assert ("galileo" in found) is linked


def test_a_kind_of_craft_has_no_day_of_launch(names: Gazetteer) -> None:
    text = "The Space Shuttle and its crew came. The Shuttle was launched in July 2005."
    (told,) = [c for c in read(names, text) if c.relation == "launchDate"]
    assert told.subject.slug == "shuttle"
    assert told.reasons


BODY = "ASA and BSO signed an agreement in Rome. " + "They praised it and spoke of the sky. " * 14


@pytest.mark.parametrize(
    "foot",
    [
        "Check Also\n\nBSO Launches OSPREY\n\nMore of it",
        "Related articles\nASA operates OSPREY\n",
        "ASA Launches OSPREY Into Space\nBSO Visits New Port\nItaly Joins Great Pact\n",
    ],
)
def test_what_a_page_has_below_a_release_is_no_text_of_it(names: Gazetteer, foot: str) -> None:
    found = passed(read(names, f"Agreement\n\n{BODY}\n\n{foot}"))
    assert {slug for s, _, o, _ in found for slug in (s, o)} == {"asa", "bso"}


def test_a_link_above_a_paragraph_ends_no_release(names: Gazetteer) -> None:
    more = "ASA operates OSPREY. " + "They praised it and spoke of the sky. " * 6
    found = passed(read(names, f"Agreement\n\n{BODY}\n\nRead more\n\n{more}"))
    assert ("asa", "operates", "osprey", "ongoing") in found


@pytest.mark.parametrize(
    ("top", "day"),
    [
        ("Sunday, April 14, 2024\n\n", ""),
        ("April 14, 2024\n\n", "2024-04-14"),
        ("Agreement\n\nSunday, April 14, 2024\n\n", "2024-04-14"),
        ("Posted: Tuesday, June 27, 2000\n\nOTTAWA, June 26, 2000 - ", "2000-06-26"),
    ],
)
def test_the_day_on_which_a_page_was_shown_is_none_of_issue(
    names: Gazetteer, top: str, day: str
) -> None:
    (told,) = [
        c for c in read(names, f"{top}ASA and BSO today signed an agreement.")
        if c.relation == "signedAgreementWith"
    ]  # fmt: skip
    assert told.qualifiers.get("date", "") == day


def test_the_last_word_of_a_text_that_breaks_off_ends_no_statement(names: Gazetteer) -> None:
    text = "They went home after a day in Rome, said Bo Quill, the President of the {}"
    whole = read(names, text.format("Alpha Space Agency"))
    assert {c.relation for c in whole} == {"headOf"}
    assert not read(names, text.format("Alpha Space Agen"))


def test_a_signing_of_today_is_not_that_of_a_year(names: Gazetteer) -> None:
    text = "ASA and BSO today signed an agreement. ASA and BSO signed an agreement in 2009."
    found = [c for c in read(names, text) if c.relation == "signedAgreementWith"]
    assert [c.qualifiers.get("date", "") for c in found] == ["", "2009"]


def test_the_day_of_an_announcement_is_not_that_of_the_signing(names: Gazetteer) -> None:
    text = "ASA today announced the signing of an agreement with BSO."
    (told,) = [c for c in read(names, text, "2020-05-05") if c.relation == "signedAgreementWith"]
    assert "date" not in told.qualifiers


def test_the_second_office_after_and_is_that_of_the_body(names: Gazetteer) -> None:
    found = read(names, "Bo Quill, Minister of State for Trade and Chairman of ASA, said so.")
    told = {(c.relation, c.object.name, c.qualifiers.get("role", "")) for c in found}
    assert ("headOf", "Alpha Space Agency", "Chairman") in told
    assert ("holdsOffice", "Minister of State for Trade", "") in told


def test_two_words_of_one_title_are_one_office(names: Gazetteer) -> None:
    found = read(names, "Bo Quill, president and CEO of ASA, said so.")
    assert {c.qualifiers.get("role") for c in found if c.relation == "headOf"} == {
        "President and CEO"
    }


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("BSO and ASA met. BSO built it. The agency operates Kite.", "bso"),
        ("BSO and ASA met. Both built it. The agency operates Kite.", ""),
    ],
)
def test_the_agency_is_the_one_that_was_named_last(names: Gazetteer, text: str, body: str) -> None:
    found = {c.subject.slug for c in read(names, text) if c.relation == "operates"}
    assert found == ({body} if body else set())


def test_the_cooperation_of_the_agencies_is_theirs(names: Gazetteer) -> None:
    text = "ASA and BSO signed the terms of the agencies’ cooperation on the Kite mission."
    assert ("asa", "cooperatesWith", "bso", "ongoing") in passed(read(names, text))


def test_an_instrument_is_not_the_spacecraft(names: Gazetteer) -> None:
    more = Name("Salt Mapper", "salt-mapper", "Object", "Salt Mapper")
    text = "BSO funded the Salt Mapper. ASA operates the spacecraft."
    found = passed(read(pipeline.gazetteer([*NAMES, more]), text))
    assert ("asa", "operates", "salt-mapper", "ongoing") not in found


@pytest.mark.parametrize(
    "name", ["BSO (the Beta Space Organisation)", "Italian body (BSO)", "Beta Space Organisation"]
)
def test_what_stands_beside_a_bracket_is_one_name(names: Gazetteer, name: str) -> None:
    found = passed(read(names, f"ASA and {name} have signed an agreement."))
    wanted = ("asa", "signedAgreementWith", "bso", "occurred")
    assert (wanted in found) is ("body" not in name)


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("OSPREY maps the sky.", True),
        ("ASA praises OSPREY.", False),
        ("OSPREY and Kite map the sky.", False),
    ],
)
def test_it_is_the_craft_of_which_the_sentence_before_speaks(
    names: Gazetteer, before: str, *, told: bool
) -> None:
    found = passed(read(names, f"News\n\n{before} It was launched on 5 May 2018 from a port."))
    assert bool([r for _, r, _, _ in found if r == "launchDate"]) is told


def test_the_number_of_a_release_stands_beside_its_issuer(names: Gazetteer) -> None:
    found = read(names, "Agreement\n\n20 July 2006\nASA PR 28-2006.\n\nThey praised it.")
    assert ("asa", "issued", "2006-07-20") in {
        (c.subject.slug, c.relation, c.qualifiers.get("date")) for c in found
    }


def test_what_two_joined_names_own_is_not_that_of_the_second(names: Gazetteer) -> None:
    found = passed(read(names, "They saw the launch of ASA-BSO's OSPREY mission."))
    assert ("bso", "operates", "osprey", "ongoing") not in found


def test_a_first_name_may_be_short_where_one_person_has_it(names: Gazetteer) -> None:
    more = [Name("Robert Crane", "robert-crane", "Person", "Robert Crane")]
    twin = Name("Bob Crane", "bob-crane", "Person", "Bob Crane")
    for known, slug in ((more, "robert-crane"), ([*more, twin], "bob-crane")):
        found = passed(read(pipeline.gazetteer([*NAMES, *known]), "Bob Crane, President of ASA."))
        assert {s for s, r, _, _ in found if r == "headOf"} == {slug}
