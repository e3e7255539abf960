"""How flights and what is built for them are told: crews, launches, hardware, parts."""

from __future__ import annotations

import pytest
from extract_cast import CAST, passed, read, said

from kg.extract import pipeline
from kg.extract.gazetteer import Gazetteer, Name

NAMES = [
    *CAST,
    Name("Ann Lee", "ann-lee", "Person", "Ann Lee"),
    Name("Bo Quill", "bo-quill", "Person", "Bo Quill"),
    Name("Kazakhstan", "kazakhstan", "State", "Kazakhstan"),
    Name("Tern 2", "tern-2", "Object", "Tern 2"),
    Name("Knot 2", "knot-2", "Object", "Knot 2"),
    Name("Knot 3", "knot-3", "Object", "Knot 3"),
    Name("Plover module", "plover", "Object", "Plover module"),
    Name("Great Perch", "perch", "Object", "Great Perch"),
    Name("SX-40", "sx-40", "Activity", "SX-40"),
    Name("SX-41", "sx-41", "Activity", "SX-41"),
]


@pytest.fixture(scope="module")
def names() -> Gazetteer:
    return pipeline.gazetteer(NAMES)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Ann Lee will be on the shuttle Swallow for mission SX-40, with launch planned for "
            "April 2031.",
            {("ann-lee", "crewOf", "sx-40", "planned"),
             ("sx-40", "launchDate", "April 2031", "planned")},
        ),
        ("Dr. Ann Lee took part in mission SX-40, in 1996.",
         {("ann-lee", "crewOf", "sx-40", "occurred")}),
        ("Ann Lee, previously assigned to SX-40, has been reassigned to SX-41.",
         {("ann-lee", "crewOf", "sx-41", "planned")}),
        ("A capsule brought Ann Lee and cosmonaut Bo Quill of BSO from the Great Perch to Earth.",
         {("ann-lee", "crewOf", "perch", "occurred"), ("bo-quill", "crewOf", "perch", "occurred")}),
        ("ASA formally handed over Knot 2 to BSO.",
         {("asa", "provides", "knot-2", "occurred")}),
        ("ASA will provide Knot 2 and Knot 3 (a similar one).",
         {("asa", "provides", "knot-2", "planned"), ("asa", "provides", "knot-3", "planned")}),
        ("It waits for parts of Knot 2 contributed by the Japanese space agency, ASA, this year.",
         {("asa", "provides", "knot-2", "ongoing")}),
        ("Canada is an active participant in the Kite mission and OSPREY.",
         {("canada", "participatesIn", "kite", "ongoing"),
          ("canada", "participatesIn", "osprey", "ongoing")}),
        ("Kite is a satellite designed and constructed by ASA for others.",
         {("asa", "develops", "kite", "ongoing")}),
        ("3 a.m. - Docking to the Great Perch's Plover module",
         {("plover", "partOf", "perch", "ongoing")}),
        ("Kite was launched on a Tern 2.", {("tern-2", "launches", "kite", "occurred")}),
        ("They await the planned launch of Kite aboard a Tern 2.",
         {("tern-2", "launches", "kite", "planned")}),
    ],
)  # fmt: skip
def test_wordings_of_spaceflight_reach_the_graph(
    names: Gazetteer, text: str, told: set[tuple[str, str, str, str]]
) -> None:
    assert told <= passed(read(names, text))


@pytest.mark.parametrize(
    "text",
    [
        "Kite is to be launched on a rocket from the port in Kazakhstan.",
        "Ann Lee was part of the backup crew of mission SX-40.",
        "Ann Lee took part in the opening ceremony of mission SX-40.",
        "They see the end of Kite, with launch originally planned for April 2031.",
        "Knot 2 carries a radar designed and built by ASA.",
    ],
)
def test_what_only_looks_so_does_not_reach_the_graph(names: Gazetteer, text: str) -> None:
    relations = {"launches", "crewOf", "launchDate", "develops", "launchSite"}
    assert not [c for c in passed(read(names, text)) if c[1] in relations]


def test_ranks_stand_before_names_that_nobody_knows(names: Gazetteer) -> None:
    text = (
        "SX-40 flies. The pilot will be Navy Lt. Col. Cy O. Wren. The mission specialists are "
        "Ann Lee, retired Army Col. Dee E. Marten, fellow astronaut Ed Finch, and Bo Quill."
    )
    crew = {c.subject.name for c in read(names, text) if c.relation == "crewOf"}
    assert crew == {"Cy O. Wren", "Ann Lee", "Dee E. Marten", "Ed Finch", "Bo Quill"}


def test_who_is_to_fly_by_the_present_tense_waits_for_review(names: Gazetteer) -> None:
    found = read(names, "The SX-40 crew is commanded by Ann Lee.")
    assert ("ann-lee", "crewOf", "sx-40", "planned") in said(found)
    assert not passed(found)


def test_a_body_of_a_body_stands_in_a_list(names: Gazetteer) -> None:
    text = "Kite is a joint project of ASA, ASA's Beta Space Organisation, and Japan."
    told = {
        ("bso", "participatesIn", "kite", "ongoing"),
        ("japan", "participatesIn", "kite", "ongoing"),
    }
    assert told <= passed(read(names, text))


def test_a_bracket_after_an_owner_is_left_out(names: Gazetteer) -> None:
    text = "OSPREY (a test), developed under the ASA's (Alpha) Kite programme, flies."
    assert ("osprey", "partOf", "kite") in {c[:3] for c in said(read(names, text))}


def test_what_is_provided_ends_where_an_insertion_begins(names: Gazetteer) -> None:
    text = "Canada's contribution to Kite is the Knot 2 (KN), a device to be built, tested by ASA."
    items = {c.object.name for c in read(names, text) if c.relation == "provides"}
    assert items == {"Knot 2"}


def test_a_range_of_days_after_a_flight_gives_no_day(names: Gazetteer) -> None:
    text = "Ann Lee, Mission SX-40, October 22 to November 1st 1992, shuttle Swallow"
    (one,) = [c for c in read(names, text, "2009-10-01") if c.relation == "crewOf"]
    assert (one.subject.slug, one.object.slug) == ("ann-lee", "sx-40")
    assert "date" not in one.qualifiers
