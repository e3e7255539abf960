"""Crews told by their seats: the flight beside them, or before them in the paragraph."""

from __future__ import annotations

import pytest
from extract_cast import CAST, passed, read, said

from kg.extract import pipeline
from kg.extract.gazetteer import AUTHORITY, Gazetteer, Name

PEOPLE = {"ann": "Ann Lee", "bo": "Bo Quill", "cy": "Cy Marsh", "di": "Di Fern"}
NAMES = [
    *CAST,
    *(Name(name, slug, "Person", name) for slug, name in PEOPLE.items()),
    Name("Ed Reed", "ed", "Person", "Ed Reed", AUTHORITY),
    Name("STS-900", "sts-900", "Activity", "STS-900"),
    Name("STS-901", "sts-901", "Activity", "STS-901"),
    Name("Expedition 90", "expedition-90", "Activity", "Expedition 90"),
]


@pytest.fixture(scope="module")
def names() -> Gazetteer:
    return pipeline.gazetteer(NAMES)


def _crew(slugs: str, flight: str, modality: str) -> set[tuple[str, str, str, str]]:
    return {(slug, "crewOf", flight, modality) for slug in slugs.split()}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Navy Cmdr. Ann Lee will command STS-900, while Bo Quill will serve as pilot.",
         _crew("ann bo", "sts-900", "planned")),
        ("Ann Lee will command STS-900. Mission Specialists include Air Force Col. Bo Quill, Cy "
         "Marsh and ASA astronaut Di Fern.", _crew("ann bo cy di", "sts-900", "planned")),
        ("Ann Lee commanded STS-900. Pilot Bo Quill (Cmdr., USN) was mission specialist Cy "
         "Marsh's guest.", _crew("ann", "sts-900", "occurred")),
        ("STS-900 Commander Ann Lee spoke of Kite.", _crew("ann", "sts-900", "ongoing")),
        ("The STS-900 crew comprised commander Ann Lee, pilot Bo Quill and payload specialist Cy "
         "Marsh.", _crew("ann bo cy", "sts-900", "occurred")),
    ],
)  # fmt: skip
def test_a_seat_tells_who_flies(
    text: str, told: set[tuple[str, str, str, str]], names: Gazetteer
) -> None:
    assert told <= said(read(names, text, "2031-05-02"))


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee will command STS-900.\n\nPilot Bo Quill opened a school.",
        "STS-900 and STS-901 wait. Pilot Bo Quill waits too.",
        "The backup crew of STS-900: commander Bo Quill.",
        "The crew of STS-900 will welcome flight engineer Bo Quill.",
        "STS-900 will fly soon. As mission specialist, Bo Quill wrote a book.",
        "STS-900 will meet station commander Bo Quill.",
        "STS-900 Commander Bo Quill wrapped up his work on 1 March.",
        "ASA crew member Bo Quill knows STS-900.",
    ],
)
def test_a_seat_elsewhere_tells_nothing_of_the_flight(text: str, names: Gazetteer) -> None:
    assert not {one for one in passed(read(names, text, "2031-05-02")) if one[0] == "bo"}


def test_a_flier_of_the_authority_file_is_meant_where_the_text_speaks_of_flights(
    names: Gazetteer,
) -> None:
    assert _crew("ed", "sts-900", "planned") <= passed(
        read(names, "Ed Reed will command STS-900.", "2031-05-02")
    )
    found = read(names, "Ed Reed, President of ASA, opened the day.", "2031-05-02")
    assert not [one for one in found if one.subject.slug == "ed"]
