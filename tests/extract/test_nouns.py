"""What releases say with nouns: visits, meetings, agreements, crews, contributions, seats."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from extract_cast import CAST, passed, read, said, stated

from kg.extract import pipeline
from kg.extract.gate import THRESHOLD
from kg.extract.gazetteer import Gazetteer, Name

NAMES = [
    *CAST,
    Name("Ann Lee", "ann-lee", "Person", "Ann Lee"),
    Name("Bo Quill", "bo-quill", "Person", "Bo Quill"),
    Name("Jo Sand", "jo-sand", "Person", "Jo Sand"),
    Name("Great Station", "station", "Object", "Great Station"),
    Name("Heron-7", "heron-7", "Object", "Heron-7"),
    Name("Long Arm", "long-arm", "Object", "Long Arm"),
    Name("Oslo", "oslo", "Place", "Oslo"),
]


@pytest.fixture(scope="module")
def names() -> Gazetteer:
    return pipeline.gazetteer(NAMES)


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (
            "Top officials from ASA and BSO signed a long-term cooperative agreement.",
            ("asa", "signedAgreementWith", "bso", "occurred"),
        ),
        (
            "The governments of Japan and Italy have signed an agreement on optics.",
            ("japan", "signedAgreementWith", "italy", "occurred"),
        ),
        (
            "It follows the signing of a memorandum between the governments of Japan and Italy.",
            ("japan", "signedAgreementWith", "italy", "occurred"),
        ),
        (
            "They read the memorandum signed on 3 May 2019 at Oslo between ASA and BSO.",
            ("asa", "signedAgreementWith", "bso", "occurred"),
        ),
        (
            "The site is regulated by an intergovernmental agreement between Japan and Italy.",
            ("japan", "signedAgreementWith", "italy", "occurred"),
        ),
        (
            "Canada will join the mission under an agreement signed today with BSO.",
            ("canada", "signedAgreementWith", "bso", "occurred"),
        ),
        (
            "ASA President Ann Lee and her counterpart, BSO Chairman Bo Quill, signed a treaty.",
            ("asa", "signedAgreementWith", "bso", "occurred"),
        ),
        (
            "ASA and BSO renew their framework agreement",
            ("asa", "signedAgreementWith", "bso", "occurred"),
        ),
        ("ASA in co-operation deal with BSO", ("asa", "signedAgreementWith", "bso", "occurred")),
        (
            "Ann Lee was welcomed at BSO by Bo Quill.",
            ("ann-lee", "metWith", "bo-quill", "occurred"),
        ),
        (
            "A delegation from ASA, led by Ann Lee, undertook an official visit to Japan.",
            ("asa", "visited", "japan", "occurred"),
        ),
        (
            "Japan and Italy have a long-standing and fruitful relationship.",
            ("japan", "cooperatesWith", "italy", "ongoing"),
        ),
        (
            "ASA, represented by Ann Lee, and BSO, represented by Bo Quill, signed a treaty.",
            ("asa", "signedAgreementWith", "bso", "occurred"),
        ),
        (
            "Ann Lee held talks with Jo Sand and Bo Quill.",
            ("ann-lee", "metWith", "bo-quill", "occurred"),
        ),
        ("ASA and BSO ink lunar MoU", ("asa", "signedAgreementWith", "bso", "occurred")),
        (
            "A probe jointly built by Japan and Italy flew in May.",
            ("japan", "cooperatesWith", "italy", "ongoing"),
        ),
        ("ASA and BSO step up partnership", ("asa", "cooperatesWith", "bso", "ongoing")),
        ("ASA has teamed up with BSO.", ("asa", "cooperatesWith", "bso", "ongoing")),
        (
            "Tuesday the Japan-Italy Strategic Dialogue convened in Oslo.",
            ("japan", "metWith", "italy", "occurred"),
        ),
        (
            "Delegations from Japan and Italy will hold the Seventh Meeting of their Dialogue.",
            ("japan", "metWith", "italy", "planned"),
        ),
        (
            "During the meeting of Ann Lee with Bo Quill the text was read.",
            ("ann-lee", "metWith", "bo-quill", "occurred"),
        ),
        ("Ann Lee is touring BSO this week.", ("ann-lee", "visited", "bso", "occurred")),
        (
            "Ann Lee lived and worked on board the Great Station.",
            ("ann-lee", "crewOf", "station", "occurred"),
        ),
        (
            "Heron-7 that will carry Ann Lee and Bo Quill to orbit is ready.",
            ("bo-quill", "crewOf", "heron-7", "planned"),
        ),
        (
            "Ann Lee, currently on a long mission aboard the Great Station, caught it.",
            ("ann-lee", "crewOf", "station", "ongoing"),
        ),
        (
            "The arm is the heart of Canada's contribution to the Great Station.",
            ("canada", "contributesTo", "station", "ongoing"),
        ),
        (
            "ASA's contribution includes the Long Arm.",
            ("asa", "provides", "long-arm", "ongoing"),
        ),
        ("Kite is an ASA exploration mission.", ("asa", "operates", "kite", "ongoing")),
        (
            "Current projects involving Japan and Italy include the probe Kite.",
            ("japan", "participatesIn", "kite", "ongoing"),
        ),
        (
            "A joint Statement of Intent between ASA and BSO has been signed at a fair.",
            ("asa", "signedAgreementWith", "bso", "occurred"),
        ),
        (
            "It is done under an agreement between ASA and its Canadian counterpart BSO.",
            ("asa", "signedAgreementWith", "bso", "occurred"),
        ),
        (
            "As a cooperating member of BSO, Canada is here.",
            ("canada", "memberOf", "bso", "ongoing"),
        ),
        (
            "ASA and BSO will share data with Japan.",
            ("bso", "sharesDataWith", "japan", "planned"),
        ),
        ("ASA, headquartered in Oslo, is old.", ("asa", "locatedIn", "oslo", "ongoing")),
    ],
)  # fmt: skip
def test_a_noun_states_it(names: Gazetteer, text: str, stated: tuple[str, str, str, str]) -> None:
    assert stated in passed(read(names, text))


@pytest.mark.parametrize(
    "text",
    [
        "Officials from ASA and BSO are to sign an agreement.",
        "ASA and BSO discuss the draft of an agreement between Japan and Italy.",
        "ASA denied that it had signed an agreement with BSO.",
        "Canada asked that Japan and Italy extend their agreement.",
        "They discussed an initiative between Japan and Italy.",
        "ASA in agreement with BSO chose to wait.",
        "ASA and BSO failed to renew their agreement.",
        "Ann Lee, currently in Oslo to meet others on the Great Station, spoke.",
        "Ann Lee, now in talks on the Great Station, spoke.",
        "Canada's planned participation in Kite is under review.",
        "Japan, a possible partner in Kite, waits.",
        "ASA's planned contribution includes the Long Arm.",
        "Ann Lee was at Kite.",
        "Japan and Italy concluded negotiations of an agreement.",
        "The governments of Japan and Italy hope for an agreement.",
        "ASA and BSO agreed to step up cooperation.",
        "A probe jointly painted by Japan and Italy flew in May.",
        "Heron-7 that Ann Lee painted is ready.",
        "Ann Lee, currently head of the school, wrote of the Great Station.",
        "Ann Lee wrote of her tour of BSO.",
        "Current projects in Japan and Italy include the probe Kite.",
    ],
)
def test_what_only_sounds_like_it_is_not_stated(names: Gazetteer, text: str) -> None:
    found = passed(read(names, text))
    assert not [s for s in found if s[3] in {"occurred", "ongoing"}]


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        (
            "Ann Lee met Jon Sand, Director of Optics, and Bo Quill.",
            ("ann-lee", "metWith", "bo-quill"),
        ),
        ("It was co-chaired by Ann Lee and Bo Quill.", ("ann-lee", "metWith", "bo-quill")),
        (
            "ASA built the model of the probe in May together with BSO.",
            ("asa", "cooperatesWith", "bso"),
        ),
        (
            "Canada will provide stations, staff and services in support of Kite.",
            ("canada", "contributesTo", "kite"),
        ),
        ("They spoke of Long Arm on Great Station.", ("long-arm", "installedOn", "station")),
        ("Ann Lee was in Oslo for a fair.", ("ann-lee", "visited", "oslo")),
        ("They met at ASA headquarters in Oslo.", ("asa", "locatedIn", "oslo")),
        ("They praised the accession of Canada to BSO.", ("canada", "memberOf", "bso")),
    ],
)  # fmt: skip
def test_what_is_right_less_often_waits_for_review(
    names: Gazetteer, text: str, proposed: tuple[str, str, str]
) -> None:
    found = read(names, text)
    assert proposed in {s[:3] for s in said(found)}
    assert proposed not in {s[:3] for s in passed(found)}


def test_a_place_that_is_not_sure_adds_nothing_to_what_is(names: Gazetteer) -> None:
    found = read(names, "ASA and BSO ink lunar MoU\n\nASA had at last signed a deal with BSO.")
    (one,) = (c for c in found if c.relation == "signedAgreementWith")
    assert one.pattern == "signed-agreement"


def test_the_working_group_of_the_heading_has_two_sides(names: Gazetteer) -> None:
    text = "Japan-Italy Joint Working Group\n\nThe Joint Working Group held its first meeting."
    assert ("japan", "metWith", "italy", "occurred") in passed(read(names, text))


def test_a_gap_without_names_passes_no_name(names: Gazetteer) -> None:
    text = "ASA built the model for Canada and flew it together with BSO."
    assert ("asa", "cooperatesWith", "bso") not in {s[:3] for s in said(stated(read(names, text)))}


def test_those_who_share_data_with_another_do_not_share_it_among_themselves(
    names: Gazetteer,
) -> None:
    found = said(read(names, "ASA and BSO will share data with Japan."))
    assert ("asa", "sharesDataWith", "bso") not in {s[:3] for s in found}


def test_together_is_no_topic(names: Gazetteer) -> None:
    found = read(names, "ASA and BSO have agreed to work together on optics.")
    assert "together" not in {c.qualifiers.get("topic") for c in found}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Ann Lee, Kite integration manager at ASA, spoke.", "Kite integration manager"),
        ("ASA - Ann Lee, Director General", "Director General"),
    ],
)
def test_an_office_with_words_before_it(names: Gazetteer, text: str, title: str) -> None:
    found = read(names, text)
    assert title in {c.object.name for c in found if c.relation == "holdsOffice"} | {
        c.qualifiers.get("role") for c in found if c.relation == "headOf"
    }


def test_what_is_hoped_in_one_place_makes_another_no_surer(names: Gazetteer) -> None:
    text = (
        "They see a prospect of cooperation between ASA and BSO.\n\nASA flew it together with BSO."
    )
    found = read(names, text)
    assert ("asa", "cooperatesWith", "bso") in {s[:3] for s in said(found)}
    assert not passed(found)


@pytest.mark.parametrize(
    "text",
    [
        "ASA And BSO Will Sign An Agreement On Kite",
        "ASA and BSO To Sign Agreement",
        "ASA Will Sign Agreement With BSO",
        "Kite Will Be Built By ASA",
    ],
)
def test_a_plan_in_a_headline_has_not_occurred(names: Gazetteer, text: str) -> None:
    found = said(read(names, text))
    assert not [s for s in found if s[3] in {"occurred", "ongoing"}]


def test_those_with_whom_somebody_talks_have_not_met_each_other(names: Gazetteer) -> None:
    found = said(read(names, "Ann Lee held talks with Jo Sand and Bo Quill."))
    assert ("jo-sand", "metWith", "bo-quill") not in {s[:3] for s in found}


def test_patterns_for_review_stay_under_the_gate() -> None:
    path = Path(str(files("kg.extract") / "en" / "review.toml"))
    declared = tomllib.loads(path.read_text(encoding="utf-8"))["pattern"]
    assert len(declared) >= 20
    assert max(pattern["precision"] for pattern in declared) < THRESHOLD
