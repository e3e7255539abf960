"""Ends of statements: names that the graph lacks wait, names that it has are found as written."""

from __future__ import annotations

import pytest
from extract_cast import CAST, passed, read, said

from kg.extract import guesses, pipeline
from kg.extract.gazetteer import Gazetteer, Name
from kg.extract.patterns import RELATIONS
from kg.extract.spans import Candidate, Release

NAMES = [
    *CAST,
    Name("Australia", "australia", "State", "Australia"),
    Name("France", "france", "State", "France"),
    Name("Norway", "norway", "State", "Norway"),
    Name("Japan Sky Research Institute", "jsri", "Agency", "Japan Sky Research Institute"),
    Name("Centre national d’études du ciel", "cnec", "Agency", "Sky Centre", "alias"),
    Name("CNEC", "cnec", "Agency", "Sky Centre", "abbreviation"),
    Name("National Space Agency", "nsa", "Agency", "National Space Agency"),
    Name("Osaka", "osaka", "Place", "Osaka"),
    Name("Plover-2", "plover-2", "Activity", "Plover-2"),
    Name("Rook Crew-1", "rook-crew-1", "Activity", "Rook Crew-1"),
    Name("Mirna Cosmodrome", "mirna", "Place", "Mirna Cosmodrome"),
    Name("Varde Cosmodrome", "varde-north", "Place", "Varde Cosmodrome"),
    Name("Varde Launch Center", "varde-south", "Place", "Varde Launch Center"),
    Name("FinchLark", "finchlark", "Object", "FinchLark"),
    Name("Ann Lee", "ann-lee", "Person", "Ann Lee"),
    Name("Bo R. Quill", "bo-r-quill", "Person", "Bo R. Quill"),
]


@pytest.fixture(scope="module")
def names() -> Gazetteer:
    return pipeline.gazetteer(NAMES)


def end(found: list[Candidate], relation: str, name: str) -> tuple[str, bool]:
    """Kind of an end that is not linked, and whether the statement waits."""
    return next(
        (m.kind, bool(c.reasons))
        for c in found
        if c.relation == relation
        for m in (c.subject, c.object)
        if m.name == name and not m.slug
    )


@pytest.mark.parametrize(
    ("text", "relation", "name", "kind"),
    [
        ("ASA has signed an agreement with Larkwing.", "signedAgreementWith", "Larkwing", "Agency"),
        ("ASA has signed an agreement with SkyLark.", "signedAgreementWith", "SkyLark", "Agency"),
        ("ASA operates Larkwing.", "operates", "Larkwing", "Object"),
        ("Canada joined the Larkwing Pact.", "signatoryOf", "Larkwing Pact", "Agreement"),
        ("ASA participates in Larkwing 3.", "participatesIn", "Larkwing 3", "Object"),
        ("ASA participates in Expedition 91.", "participatesIn", "Expedition 91", "Activity"),
        ("SWIFTLET, a small satellite, was built by ASA.", "develops", "SWIFTLET", "Object"),
        ("ASA signed an agreement with Larkwing and SKYL.", "signedAgreementWith", "Larkwing",
         "Agency"),
        ("ASA signed an agreement with the Deep Lark Network.", "signedAgreementWith",
         "Deep Lark Network", "Agency"),
        ("ASA signed an agreement with the Larkwing Institute and Quill Agency.",
         "signedAgreementWith", "Quill Agency", "Agency"),
        ("ASA signed an agreement with the Larkwing Institute and the Ministry of Finance.",
         "signedAgreementWith", "Larkwing Institute", "Agency"),
        ("ASA signed an agreement with the Larkwing Institute on Monday.", "signedAgreementWith",
         "Larkwing Institute", "Agency"),
        ("On Monday the Larkwing Institute signed an agreement with ASA.", "signedAgreementWith",
         "Larkwing Institute", "Agency"),
        ("The Norway Sky Institute and Canada Sky Agency signed an agreement with ASA.",
         "signedAgreementWith", "Norway Sky Institute", "Agency"),
        ("ASA operates the “Larkwing” satellite.", "operates", "Larkwing", "Object"),
        ("ASA and Osaka University signed an agreement.", "signedAgreementWith",
         "Osaka University", "Agency"),
        ("Today ASA and Astroscience Norway signed an agreement.", "signedAgreementWith",
         "Astroscience Norway", "Agency"),
        ("Astroscience Norway and ASA signed an agreement.", "signedAgreementWith",
         "Astroscience Norway", "Agency"),
        ("ASA and the Ministry of Education, Culture, Sports and Science signed an agreement.",
         "signedAgreementWith", "Ministry of Education, Culture, Sports and Science", "Agency"),
    ],
)  # fmt: skip
def test_an_end_that_the_graph_lacks_waits_with_its_kind(
    names: Gazetteer, text: str, relation: str, name: str, kind: str
) -> None:
    found = read(names, text)
    assert end(found, relation, name) == (kind, True)
    assert not passed(found)


def test_an_unknown_name_beside_a_known_one_waits_and_the_known_one_passes(
    names: Gazetteer,
) -> None:
    found = read(names, "ASA signed an agreement with BSO and Larkwing.")
    assert end(found, "signedAgreementWith", "Larkwing") == ("Agency", True)
    assert passed(found) == {("asa", "signedAgreementWith", "bso", "occurred")}


def test_a_name_between_quotation_marks_is_read_as_one_without(names: Gazetteer) -> None:
    found = read(names, "ASA operates the “Kite” satellite.")
    assert ("asa", "operates", "kite", "ongoing") in passed(found)


@pytest.mark.parametrize(
    "text",
    [
        "ASA has signed a Memorandum with the Committee.",
        "ASA participates in March 21.",
        "ASA participates in Pad 39.",
        "Today ASA operates.",
    ],
)
def test_words_with_capitals_are_not_all_names(names: Gazetteer, text: str) -> None:
    assert not read(names, text)


def test_a_state_inside_the_name_of_a_body_is_no_party(names: Gazetteer) -> None:
    found = read(names, "Astroscience Norway and ASA signed an agreement.")
    assert "norway" not in {m.slug for c in found for m in (c.subject, c.object)}


def test_a_sentence_may_begin_with_a_word_before_a_state(names: Gazetteer) -> None:
    found = read(names, "Meanwhile Norway and Japan signed an agreement.")
    assert ("norway", "signedAgreementWith", "japan", "occurred") in passed(found)


def test_a_state_before_other_words_in_capitals_is_no_party(names: Gazetteer) -> None:
    assert not passed(read(names, "ASA and Norway Sky Watchers signed an agreement last week."))


@pytest.mark.parametrize(
    "name",
    [
        "Japanese Sky Research Institute",
        "Centre National d'Etudes du Ciel",
        "French Centre National d’Études du Ciel (CNEC)",
        "French space agency, CNEC,",
        "French Space Agency (CNEC)",
        "National Space Agency (CNEC)",
    ],
)
def test_a_body_is_found_as_releases_write_it(names: Gazetteer, name: str) -> None:
    slug = "jsri" if "Japan" in name else "cnec"
    found = passed(read(names, f"ASA and the {name} signed an agreement."))
    assert ("asa", "signedAgreementWith", slug, "occurred") in found


def test_a_release_may_give_an_abbreviation_to_another_body(names: Gazetteer) -> None:
    text = "The Australian Space Agency (ASA) met BSO. ASA signed an agreement with Italy."
    assert "asa" not in {m.slug for c in read(names, text) for m in (c.subject, c.object)}


def test_an_abbreviation_that_is_spelt_out_otherwise_is_another_thing(names: Gazetteer) -> None:
    text = "ASA built the {} (BSO) for Japan. BSO signed an agreement with Italy."
    ends = [
        {m.slug for c in read(names, text.format(full)) for m in (c.subject, c.object)}
        for full in ("Bright Solar Oven", "Beta Space Organisation")
    ]
    assert ["bso" in slugs for slugs in ends] == [False, True]


def test_one_of_a_series_does_not_abbreviate_the_series(names: Gazetteer) -> None:
    found = read(names, "They built the third Kite mission (KM-3).")
    (told,) = [c for c in found if c.relation == "hasAbbreviation"]
    assert "its number is not that of the name" in told.reasons


def test_the_publishers_slip_leaves_an_abbreviation_where_it_is(names: Gazetteer) -> None:
    text = "The Alpha Space Agency (ASA) met BSO. ASA signed an agreement with Italy."
    assert ("asa", "signedAgreementWith", "italy", "occurred") in passed(read(names, text))


@pytest.mark.parametrize("name", ["Bo Quill", "Bo R. Quill"])
def test_a_middle_initial_may_be_left_out(names: Gazetteer, name: str) -> None:
    found = passed(read(names, f"{name}, President of ASA, was there."))
    assert ("bo-r-quill", "headOf", "asa", "ongoing") in found


def test_another_initial_is_another_person(names: Gazetteer) -> None:
    assert not passed(read(names, "Bo T. Quill, President of ASA, was there."))


def test_a_shorter_form_is_the_person_named_before(names: Gazetteer) -> None:
    text = (
        "Cy Ben Dunn, President of ASA, came. Cy Dunn, the ASA President, said: “We agree on it.”"
    )
    found = read(names, text)
    assert {c.subject.name for c in found} == {"Cy Ben Dunn"}


def test_a_programmes_noun_in_capitals_belongs_to_its_name(names: Gazetteer) -> None:
    text = "The Plover-2 Programme is a joint mission of ASA and BSO."
    assert ("asa", "participatesIn", "plover-2", "ongoing") in passed(read(names, text))


def test_an_agency_operates_a_crewed_flight_of_a_company(names: Gazetteer) -> None:
    text = "They are on board ASA's Rook Crew-1 mission."
    assert ("asa", "operates", "rook-crew-1", "ongoing") in passed(read(names, text))


def test_the_verb_of_a_heading_is_in_no_name(names: Gazetteer) -> None:
    found = read(names, "ASA's Heron Begins Mission to the Island\nBSO will build a camera.")
    assert not [c for c in found if "Begins" in c.object.name]
    found = read(names, "President Cy Dunn Visits Osaka\nBSO will build a camera.")
    assert {c.subject.name for c in found} <= {"Cy Dunn", "Beta Space Organisation"}


def test_a_mails_quoting_marks_are_no_words(names: Gazetteer) -> None:
    lines = [
        "The first lines of what the mail quotes are as wide as any others",
        "are. In the capital the Alpha Space Agency and the Beta Space",
        "Organisation signed an agreement on the use of cameras, which all",
        "of them have long waited for, and then they went home to sleep on",
        "it for a night.",
    ]
    text = "\n".join(f"> {line}" for line in lines)
    assert ("asa", "signedAgreementWith", "bso", "occurred") in passed(read(names, text))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Cy Dunn, the new Minister of Trade, was there.", "Minister of Trade"),
        ("Cy Dunn, First Deputy Head of ASA, was there.", "First Deputy Head"),
        ("The Minister for Trade and Energy, Cy Dunn, was there.", "Minister for Trade and Energy"),
        ("They met Minister for Foreign Affairs Cy Dunn today.", "Minister for Foreign Affairs"),
        ("Cy Dunn, Kite Module integration manager, was there.", "Kite Module integration manager"),
        ("Cy Dunn, Minister of Trade and Minister responsible for ASA, was there.",
         "Minister responsible for ASA"),
        ("It was during President Cy Dunn's visit.", "President"),
    ],
)  # fmt: skip
def test_offices_are_read_around_a_name(names: Gazetteer, text: str, title: str) -> None:
    held = {(c.subject.name, c.object.name) for c in read(names, text)}
    assert ("Cy Dunn", title) in held


def test_a_signature_has_its_title_below(names: Gazetteer) -> None:
    text = "We hope so too.\n\nCy Dunn\nMinister of Trade, Art and Science\nMay 2, 2031\n"
    (found,) = read(names, text)
    assert (found.subject.name, found.object.name) == (
        "Cy Dunn", "Minister of Trade, Art and Science"
    )  # fmt: skip
    assert found.reasons
    assert text[found.evidence[0].start : found.evidence[0].end] == found.evidence[0].quote


def test_a_role_is_written_one_way(names: Gazetteer) -> None:
    (found,) = read(names, "Ann Lee, ASA director general, was there.")
    assert found.qualifiers["role"] == "Director General"


def test_a_title_between_two_persons_waits(names: Gazetteer) -> None:
    text = "The crew were Ann Lee, Northern mission commander, Cy Dunn, and others."
    assert not passed(read(names, text))


def test_a_head_of_what_is_not_said_waits(names: Gazetteer) -> None:
    found = [c for c in read(names, "Ann Lee, Director General, was there.") if c.reasons]
    assert [c.relation for c in found] == ["holdsOffice"]


def test_signatories_are_listed_after_their_bodies(names: Gazetteer) -> None:
    found = passed(read(names, "Signatories:\nASA - Ann Lee, President\nBSO: Bo Quill, Chair"))
    assert ("ann-lee", "headOf", "asa", "ongoing") in found
    assert ("bo-r-quill", "headOf", "bso", "ongoing") in found


def test_a_minister_signs_for_the_state(names: Gazetteer) -> None:
    text = "Cy Dunn, the French Minister for Art, and Ann Lee, ASA President, signed an agreement."
    assert ("france", "signedAgreementWith", "asa", "occurred") in passed(read(names, text))


def test_who_looks_on_signs_nothing(names: Gazetteer) -> None:
    text = (
        "In the presence of French President Cy Dunn, ASA President Ann Lee and BSO Chair Bo Quill "
        "signed an agreement."
    )
    found = passed(read(names, text))
    assert ("asa", "signedAgreementWith", "bso", "occurred") in found
    assert "france" not in {one[0] for one in found}


@pytest.mark.parametrize(
    "text",
    [
        "“We have come far with it,” ASA President Ann Lee said at the signing.",
        "ASA President Ann Lee said at the signing, “We have come far with it.”",
        "“We have come far with it.”\nAnn Lee, President, ASA\nMore of it.",
        "ASA President Ann Lee pointed out: “We have come far with it.”",
    ],
)
def test_speakers_are_found_around_their_words(names: Gazetteer, text: str) -> None:
    assert ("ann-lee", "quotedIn") in {one[:2] for one in passed(read(names, text))}


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("They met at the Alpha Space Agency's (ASA) house.", True),
        ("They met at Heron Research Centre (QRX) today.", False),
    ],
)
def test_an_abbreviation_stands_behind_a_name(names: Gazetteer, text: str, sure: bool) -> None:
    (found,) = [c for c in read(names, text) if c.relation == "hasAbbreviation"]
    assert bool(found.reasons) is not sure


def test_a_bracket_may_tell_where_a_site_belongs(names: Gazetteer) -> None:
    assert not said(read(names, "They met at Heron Research Centre (BSO) today."))


def test_the_publisher_issues_what_a_dateline_dates() -> None:
    text = "OSAKA, May 2, 2031 - The Alpha Space Agency opened a house.\n"
    release = Release("r", text, "asa", "official")
    found = pipeline.extract(release, pipeline.gazetteer(NAMES))
    assert ("asa", "issued", "r", "occurred") in passed(found)
    assert not said(read(pipeline.gazetteer(NAMES), text))


def test_a_dateline_may_name_its_wire() -> None:
    text = (
        "OSAKA, JAPAN--(Wirenews - May 2, 2031) - The house is open.\n\nSOURCE Alpha Space Agency\n"
    )
    found = passed(read(pipeline.gazetteer(NAMES), text))
    assert ("asa", "issued", "r", "occurred") in found


def test_the_place_of_a_signing_stands_between_no_parties(names: Gazetteer) -> None:
    text = "An agreement was signed on May 2, 2031 at Osaka, Japan between ASA and BSO."
    (found,) = [c for c in read(names, text) if c.relation == "signedAgreementWith"]
    assert found.qualifiers["date"] == "2031-05-02"
    assert not found.reasons


def test_several_spaces_are_one_and_the_quote_has_them_all(names: Gazetteer) -> None:
    text = "The Alpha  Space   Agency signed an agreement   with BSO."
    (found,) = [c for c in read(names, text) if c.relation == "signedAgreementWith"]
    assert [text[e.start : e.end] for e in found.evidence] == [e.quote for e in found.evidence]
    assert "Alpha  Space   Agency" in found.evidence[0].quote


def test_a_pattern_may_want_ends_that_are_names(names: Gazetteer) -> None:
    assert not read(names, "They saw Japan's Larkwing at noon.")


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("Plover-2 lifted off from Mirna on 3 May 2019.", True),
        ("Plover-2 was launched from the Russian Mirna launch site.", True),
        ("Plover-2 was launched from Varde.", False),
        ("Plover-2 was launched from Mirna Island.", False),
    ],
)
def test_one_launch_site_is_called_by_its_first_word(
    names: Gazetteer, text: str, linked: bool
) -> None:
    sites = {c.object.slug for c in read(names, text) if c.relation == "launchSite"}
    assert ("mirna" in sites) is linked
    assert not sites & {"varde-north", "varde-south"}


def test_a_launch_site_is_so_called_only_where_a_launch_is_told(names: Gazetteer) -> None:
    assert not passed(read(names, "ASA signed an agreement with Mirna."))


def test_a_name_with_capitals_inside_may_be_written_without(names: Gazetteer) -> None:
    assert passed(read(names, "ASA operates Finchlark.")) == {
        ("asa", "operates", "finchlark", "ongoing")
    }


def test_what_a_satellite_does_is_no_part_of_its_name(names: Gazetteer) -> None:
    assert passed(read(names, "ASA’s FinchLark Sky-observing satellite is in orbit.")) == {
        ("asa", "operates", "finchlark", "ongoing")
    }


def test_the_government_of_a_republic_is_the_state(names: Gazetteer) -> None:
    text = "The Government of the Republic of Japan and the Government of Canada signed a treaty."
    assert ("japan", "signedAgreementWith", "canada") in {s[:3] for s in said(read(names, text))}


def test_a_title_may_have_a_dash_for_its_hyphen(names: Gazetteer) -> None:
    (one,) = read(names, "Ann Lee, Director–General of the Alpha Space Agency, came.")
    assert (one.relation, one.qualifiers["role"]) == ("headOf", "Director-General")


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n\r\n"])
def test_a_signature_has_its_body_below_the_title(names: Gazetteer, gap: str) -> None:
    text = "It was a success.\n\n" + gap.join(["Ann Lee", "President", "Alpha Space Agency", "X"])
    assert passed(read(names, text)) == {("ann-lee", "headOf", "asa", "ongoing")}


def test_a_body_two_blank_lines_below_signs_nothing(names: Gazetteer) -> None:
    text = "It was a success.\n\nAnn Lee\nPresident\n\n\nAlpha Space Agency\n"
    assert not passed(read(names, text))


@pytest.mark.parametrize(
    "name",
    ["retired Navy Vice Admiral Cy B. Dunn, Jr., Ph.D.", "retired Admiral Cy B. Dunn, Ph.D."],
)
def test_ranks_and_degrees_stand_around_a_name(names: Gazetteer, name: str) -> None:
    text = f"“It works,” said {name}, under secretary of trade for seas and ASA administrator."
    found = read(names, text)
    assert {c.subject.name for c in found} == {"Cy B. Dunn"}
    assert {c.relation for c in found} == {"quotedIn", "headOf", "holdsOffice"}
    assert "under secretary of trade for seas" in {c.object.name for c in found}


def test_a_title_is_not_cut_inside_its_list(names: Gazetteer) -> None:
    (one,) = read(names, "Ann Lee, the minister of trade, science and industry, came.")
    assert one.object.name == "minister"


@pytest.mark.parametrize(
    ("full", "abc"),
    [
        ("National Institute of Light and Sound Technology", "NILT"),
        ("Ministry of Internal Affairs and Communications", "MIC"),
        ("Osaka Organisation for Applied Sky Research", "TNO"),
        ("Royal Norway Sky Institute", "RNS"),
        ("National Sky Policy Secretariat", "NSPS"),
    ],
)
def test_a_body_waits_with_the_abbreviation_behind_it(
    names: Gazetteer, full: str, abc: str
) -> None:
    found = read(names, f"ASA and the {full} ({abc}) signed an agreement.")
    waits = {(c.subject.name, c.object.name) for c in found if c.relation == "hasAbbreviation"}
    assert waits == {(full, abc)}
    assert end(found, "signedAgreementWith", full) == ("Agency", True)
    assert not passed(found)


def test_a_bracket_with_a_name_of_the_graph_abbreviates_nothing(names: Gazetteer) -> None:
    found = read(names, "The Osaka Organisation for Applied Sky Research (CNEC) met ASA.")
    assert not [c for c in found if c.relation == "hasAbbreviation" and not c.subject.slug]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Canadian Larkwing was launched from Mirna today.", "Larkwing"),
        ("ASA develops Larkwing-2.1a.", "Larkwing-2.1a"),
    ],
)
def test_a_name_is_neither_its_nation_nor_half_a_number(
    names: Gazetteer, text: str, name: str
) -> None:
    found = read(names, text)
    assert {m.name for c in found for m in (c.subject, c.object) if m.method == "proposal"} == {
        name
    }
    assert not passed(found)


def test_an_office_is_no_part_of_the_name_of_a_body(names: Gazetteer) -> None:
    found = read(names, "ASA met Bo R. Quill, President and CEO of Canada Heron Industries (CHI).")
    (head,) = [c for c in found if c.relation == "headOf"]
    assert (head.object.name, bool(head.reasons)) == ("Canada Heron Industries", True)
    (short,) = [c for c in found if c.relation == "hasAbbreviation"]
    assert (short.subject.name, short.object.name) == ("Canada Heron Industries", "CHI")


def test_data_from_an_instrument_are_nothing_that_one_gives_to_its_mission(
    names: Gazetteer,
) -> None:
    assert not passed(read(names, "ASA will provide data from the imager flying on Kite."))


def test_each_relation_says_what_its_guessed_ends_are() -> None:
    told_by_titles_and_quotes = {"hasAbbreviation", "headOf", "holdsOffice", "issued", "quotedIn"}
    assert RELATIONS - set(guesses.ENDS) == told_by_titles_and_quotes
    assert set(guesses.ENDS) < RELATIONS


@pytest.mark.parametrize(
    "text",
    [
        '"It flies," said Mia B. Wren.',
        '"It flies," Mia B. Wren told the press.',
        'Mia B. Wren said: "It flies."',
        '"It flies," added Dr. Mia B. Wren, who built it.',
    ],
)
def test_who_is_quoted_is_a_person_without_a_title(names: Gazetteer, text: str) -> None:
    found = read(names, text)
    assert [(c.subject.name, c.relation) for c in found] == [("Mia B. Wren", "quotedIn")]
    assert not passed(found)


def test_a_body_that_is_quoted_is_no_person(names: Gazetteer) -> None:
    assert not read(names, '"It flies," said Larkwing Sky Institute.')


def test_who_is_named_with_a_courtesy_is_a_person(names: Gazetteer) -> None:
    found = read(names, "Mr. Per Wren visited ASA.")
    assert {(c.subject.name, c.relation) for c in found} == {("Per Wren", "visited")}


def test_titles_before_names_are_not_those_of_the_name_before(names: Gazetteer) -> None:
    text = "It was signed by the Head of ASA, Dr Ann Lee AC, President of BSO, Mr Bo R. Quill."
    assert said(read(names, text)) >= {
        ("ann-lee", "headOf", "asa", "ongoing"), ("bo-r-quill", "headOf", "bso", "ongoing"),
    }  # fmt: skip
    assert ("ann-lee", "headOf", "bso", "ongoing") not in said(read(names, text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ASA signed an agreement with the Society of Sky Engineers.", "Society of Sky Engineers"),
        ("ASA signed an agreement with the Centre for Sky Research.", "Centre for Sky Research"),
        ("ASA signed an agreement with the Universidad Nacional del Cielo.",
         "Universidad Nacional del Cielo"),
    ],
)  # fmt: skip
def test_a_body_is_told_by_its_first_word(names: Gazetteer, text: str, name: str) -> None:
    assert end(read(names, text), "signedAgreementWith", name) == ("Agency", True)


def test_a_letter_after_a_hyphen_makes_another_name(names: Gazetteer) -> None:
    found = read(names, "ASA-K Prime was launched from Mirna Cosmodrome.")
    assert "asa" not in {m.slug for c in found for m in (c.subject, c.object)}


@pytest.mark.parametrize(
    "name",
    ["Mirna Space Cosmodrome", "Mirna launch site", "Osaka Space Force Base"],
)
def test_a_launch_site_is_known_by_its_first_word(names: Gazetteer, name: str) -> None:
    found = read(names, f"OSPREY was launched from {name} on Tuesday, May 5, 2020.")
    sites = {c.object.slug: c.qualifiers.get("date") for c in found if c.relation == "launchSite"}
    assert sites == {name.split()[0].lower(): "2020-05-05"}


@pytest.mark.parametrize("name", ["PLOVER-2", "Plover2"])
def test_a_thing_is_known_in_capitals(names: Gazetteer, name: str) -> None:
    assert ("asa", "operates", "plover-2", "ongoing") in passed(
        read(names, f"ASA operates {name}.")
    )


def test_a_name_is_known_without_its_accents(names: Gazetteer) -> None:
    found = read(names, "ASA and the Centre national d'etudes du ciel signed an agreement.")
    assert ("asa", "signedAgreementWith", "cnec", "occurred") in passed(found)


def test_a_name_without_accents_is_known_with_them(names: Gazetteer) -> None:
    found = read(names, "Ànn Lée, Director of ASA, met BSO.")
    assert ("ann-lee", "holdsOffice", "Director", "ongoing") in passed(found)


def test_a_weekday_belongs_to_its_date(names: Gazetteer) -> None:
    found = read(
        names, "The launch of OSPREY is scheduled for Sunday, Jan. 17, 2016.", "2016-01-01"
    )
    assert [c.object.value for c in found if c.relation == "launchDate"] == ["2016-01-17"]


def test_a_title_that_runs_over_another_office_waits(names: Gazetteer) -> None:
    text = "They saw Ann Lee, the Norwegian Minister of Defence Per Wren and the President of ASA."
    assert not [c for c in read(names, text) if c.relation == "holdsOffice" and not c.reasons]


def test_the_three_agencies_are_those_of_the_sentence_that_names_three(names: Gazetteer) -> None:
    three = "CNEC is old. ASA, BSO and the Japan Sky Research Institute met in Osaka."
    found = passed(read(names, f"{three} The three partners will develop Plover-2."))
    assert {s for s, r, _, _ in found if r == "develops"} == {"asa", "bso", "jsri"}
    found = passed(read(names, "CNEC and ASA met. The three partners will develop Plover-2."))
    assert not {s for s, r, _, _ in found if r == "develops"}


def test_each_verb_of_several_is_read(names: Gazetteer) -> None:
    found = passed(read(names, "ASA will design, build, launch and operate Plover-2."))
    assert {r for _, r, _, _ in found} == {"develops", "launches", "operates"}
    found = passed(read(names, "Plover-2 was built and launched by ASA."))
    assert {r for _, r, _, _ in found} == {"develops", "launches"}


def test_what_somebody_is_told_to_do_is_not_done(names: Gazetteer) -> None:
    text = "The ASA Council authorised the Director to prepare and sign agreements with BSO."
    assert not passed(read(names, text))
