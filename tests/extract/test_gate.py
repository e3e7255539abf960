"""Graph, review or drop: nothing goes to the graph against which something speaks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.extract.gate import THRESHOLD, judge
from kg.extract.spans import Candidate, Evidence, Mention, Release

RELEASE = Release("r", "ASA leads Kite.", "asa", "official")
ASA = Mention(0, 3, "Agency", "ASA", "asa")
KITE = Mention(10, 14, "Activity", "Kite", "kite")
LEADS = Candidate("r", "leads", ASA, KITE, {}, (Evidence(0, 14, "ASA leads Kite"),), "leads", 0.95)


def test_what_is_sure_keeps_the_confidence_of_its_pattern() -> None:
    found = judge(LEADS, RELEASE)
    assert (found.confidence, found.reasons) == (0.95, ())
    assert found.confidence >= THRESHOLD
    assert replace(found, confidence=0.95) == LEADS


@pytest.mark.parametrize(
    ("method", "confidence"),
    [
        ("label", 0.95),
        ("alias", 0.931),
        ("abbreviation", 0.941),
        ("adjective", 0.921),
        ("anaphora", 0.921),
        ("surname", 0.921),
        ("pronoun", 0.874),
        ("title", 0.95),
    ],
)
def test_the_way_a_name_was_found_costs_confidence(method: str, confidence: float) -> None:
    one = judge(replace(LEADS, subject=replace(ASA, method=method)), RELEASE)
    other = judge(replace(LEADS, object=replace(KITE, method=method)), RELEASE)
    assert one.confidence == other.confidence == confidence
    assert one.reasons == other.reasons == ()


def test_both_ends_cost() -> None:
    both = replace(
        LEADS, subject=replace(ASA, method="pronoun"), object=replace(KITE, method="pronoun")
    )
    assert judge(both, RELEASE).confidence == 0.804


@pytest.mark.parametrize(
    ("mention", "reason"),
    [
        (replace(ASA, slug=""), "the name 'ASA' is not in the graph"),
        (replace(ASA, slug="", kind="Person"), "the person 'ASA' is not in the graph"),
        (replace(ASA, method="ambiguous"), "'ASA' is the name of several things"),
        (replace(ASA, method="ambiguous", slug=""), "'ASA' is the name of several things"),
    ],
)
def test_an_end_that_is_not_known_goes_to_review(mention: Mention, reason: str) -> None:
    for candidate in (replace(LEADS, subject=mention), replace(LEADS, object=mention)):
        found = judge(candidate, RELEASE)
        assert found.reasons == (reason,)
        assert found.confidence == 0.79 < THRESHOLD


@pytest.mark.parametrize(
    ("tier", "reasons"),
    [
        ("official", ()),
        ("wire", ()),
        ("news", ("the publisher is of tier news",)),
        ("reference", ("the publisher is of tier reference",)),
        ("unknown", ("the publisher is of tier unknown",)),
    ],
)
def test_only_who_knows_it_first_hand_is_taken_at_his_word(
    tier: str, reasons: tuple[str, ...]
) -> None:
    found = judge(LEADS, replace(RELEASE, tier=tier))
    assert found.reasons == reasons
    assert (found.confidence >= THRESHOLD) == (not reasons)


@pytest.mark.parametrize("modality", ["occurred", "ongoing", "planned", "claimed"])
def test_what_is_only_claimed_goes_to_review(modality: str) -> None:
    found = judge(replace(LEADS, qualifiers={"modality": modality}), RELEASE)
    claimed = ("said, hoped or possible, not stated as a fact",)
    assert found.reasons == (claimed if modality == "claimed" else ())


def test_earlier_reasons_stay_first_and_low_confidence_stays_low() -> None:
    doubtful = replace(LEADS, reasons=("a reading",), confidence=0.5)
    found = judge(doubtful, replace(RELEASE, tier="news"))
    assert found.reasons == ("a reading", "the publisher is of tier news")
    assert found.confidence == 0.5


@pytest.mark.parametrize(
    "relation",
    [
        "studies", "hasPurpose", "isA", "holdsOffice", "hasAbbreviation", "hasCount", "launchDate",
        "startDate", "endDate",
    ],
)  # fmt: skip
def test_words_that_are_a_value_need_not_be_known(relation: str) -> None:
    words = Mention(10, 14, "Text", "kites")
    assert judge(replace(LEADS, relation=relation, object=words), RELEASE).reasons == ()
    unknown = replace(ASA, slug="")
    found = judge(replace(LEADS, relation=relation, subject=unknown, object=words), RELEASE)
    assert found.reasons == ("the name 'ASA' is not in the graph",)


def test_neither_need_this_document_nor_an_aim_of_a_mission_that_is_known() -> None:
    document = Mention(0, 0, "Document", "this document")
    assert judge(replace(LEADS, object=document), RELEASE).reasons == ()
    words, known = Mention(10, 14, "Text", "kites"), {"missionSlug": "kite"}
    assert judge(replace(LEADS, object=words, qualifiers=known), RELEASE).reasons == ()
    assert judge(replace(LEADS, object=words), RELEASE).reasons != ()
    name = replace(words, kind="Activity")
    assert judge(replace(LEADS, object=name, qualifiers=known), RELEASE).reasons != ()
