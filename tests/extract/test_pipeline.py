"""What an invented release says, what it only plans, and what it leaves open."""

from __future__ import annotations

import pytest

from kg.extract import pipeline
from kg.extract.gazetteer import Gazetteer, Name
from kg.extract.spans import Candidate, Release

NAMES = [
    Name("Alpha Space Agency", "asa", "Agency", "Alpha Space Agency"),
    Name("ASA", "asa", "Agency", "Alpha Space Agency", "abbreviation"),
    Name("Beta Space Office", "bso", "Agency", "Beta Space Office"),
    Name("BSO", "bso", "Agency", "Beta Space Office", "abbreviation"),
    Name("Ann Lee", "ann-lee", "Person", "Ann Lee"),
    Name("Kite", "kite", "Activity", "Kite"),
    Name("Arm1", "arm1", "Object", "Arm1"),
    Name("Kite-2", "kite-2", "Object", "Kite-2"),
]


@pytest.fixture(scope="module")
def names() -> Gazetteer:
    return pipeline.gazetteer(NAMES)


def read(text: str, names: Gazetteer, **known: str) -> list[Candidate]:
    release = Release("r", text, "asa", known.pop("tier", "official"), **known)
    return pipeline.extract(release, names)


def said(found: list[Candidate]) -> set[tuple[str, str, str, str]]:
    return {(c.subject.name, c.relation, c.object.name, c.modality) for c in found}


def test_facts_have_their_characters(names: Gazetteer) -> None:
    text = "Kite, a joint mission of ASA and BSO, was launched in 2018."
    found = read(text, names)
    assert ("Alpha Space Agency", "participatesIn", "Kite", "ongoing") in said(found)
    assert ("Beta Space Office", "participatesIn", "Kite", "ongoing") in said(found)
    assert all(text[e.start : e.end] == e.quote for c in found for e in c.evidence)


def test_what_is_planned_never_becomes_occurred(names: Gazetteer) -> None:
    found = read("Arm1 will catch BSO's new Kite-2 next spring.", names)
    assert ("Arm1", "captures", "Kite-2", "planned") in said(found)
    assert not [c for c in found if c.relation == "captures" and c.modality != "planned"]


def test_a_quotation_claims_and_waits_for_review(names: Gazetteer) -> None:
    text = "“ASA has a strong partnership with BSO,” said Ann Lee, President of ASA."
    (claim,) = [c for c in read(text, names) if c.relation == "cooperatesWith"]
    assert claim.modality == "claimed"
    assert claim.reasons


def test_a_negated_sentence_states_nothing(names: Gazetteer) -> None:
    assert not [c for c in read("ASA will not provide Arm1.", names) if c.relation == "provides"]


def test_an_unknown_person_waits_for_review(names: Gazetteer) -> None:
    (office,) = [
        c for c in read("ASA President Bo Quill spoke first.", names) if c.pattern == "office"
    ]
    assert office.subject.name == "Bo Quill"
    assert office.relation == "headOf"
    assert "is not in the graph" in office.reasons[0]
    assert office.confidence < 0.8


def test_a_publisher_that_nobody_vouches_for_gives_nothing_to_the_graph(names: Gazetteer) -> None:
    found = read("Kite, a joint mission of ASA and BSO, flew.", names, tier="unknown")
    assert found
    assert all(c.reasons for c in found)


def test_this_year_needs_a_day_of_issue(names: Gazetteer) -> None:
    text = "This year, Arm1 will catch Kite-2."
    (undated,) = [c for c in read(text, names) if c.relation == "captures"]
    (dated,) = [c for c in read(text, names, issued="2025-07-09") if c.relation == "captures"]
    assert "date" not in undated.qualifiers
    assert dated.qualifiers["date"] == "2025"


def test_a_possessive_belongs_to_what_follows(names: Gazetteer) -> None:
    found = read("ASA will provide Kite-2's heater.", names)
    assert not [c for c in found if c.object.name == "Kite-2" and c.relation == "provides"]
