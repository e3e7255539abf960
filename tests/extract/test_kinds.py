"""Ways of saying that go past one pattern: verbs that share an object, kinds of things, headings."""

from __future__ import annotations

import pytest
from extract_cast import CAST, passed, read

from kg.extract import pipeline
from kg.extract.gazetteer import Gazetteer


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
