"""Near names are suggestions; what tells two things apart is never near."""

from __future__ import annotations

import pytest

from kg.extract.gazetteer import Name
from kg.ingest import naming


def known(*texts: str, kind: str = "Agency") -> list[Name]:
    states = [Name(s, s.lower(), "State", s) for s in ("Austria", "Australia", "Japan")]
    return [Name(t, t.lower().replace(" ", "-"), kind, t) for t in texts] + states


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Austrian Space Agency", "Australian Space Agency"),
        ("Japan Space Forum", "Space Forum"),
        ("Artemis IV", "Artemis I"),
        ("HTV-Y", "HTV-X"),
        ("Canadarm4", "Canadarm"),
        ("Canadarm 4", "Canadarm 3"),
        ("Expedition 21", "Expedition 12"),
    ],
)
def test_what_tells_two_things_apart_is_no_suggestion(name: str, other: str) -> None:
    assert naming.nearest(name, "Agency", known(other)) == []


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Agenzia Spaziale Italiana", "Agenzia Spatiale Italiana"),
        ("Space Agency of Aldria", "Aldria Space Agency"),
        ("Artemis  II", "Artemis II"),
        ("Yamakawa Hiroshi", "Hiroshi Yamakawa"),
    ],
)
def test_a_slip_or_another_order_is_a_suggestion(name: str, other: str) -> None:
    (near,) = naming.nearest(name, "Agency", known(other))
    assert near.name == other
    assert near.score >= 80


def test_another_kind_of_thing_is_no_suggestion() -> None:
    assert naming.nearest("Halo Station", "Person", known("Halo Station")) == []


@pytest.mark.parametrize(
    ("name", "kind", "cls"),
    [
        ("Ann Lee", "Person", "Person"),
        ("Cyra Ice Agency", "Agency", "SpaceAgency"),
        ("University of Cyra", "Agency", "Organization"),
        ("Cyra University", "Agency", "ResearchInstitution"),
        ("Ice Watch", "Activity", "Mission"),
        ("Grasp Arm", "Object", "RoboticManipulator"),
    ],
)
def test_the_class_is_guessed_by_the_last_word_then_by_the_kind(
    name: str, kind: str, cls: str
) -> None:
    assert naming.guess(name, kind) == cls
