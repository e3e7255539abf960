"""A contradiction is shown with every side, its documents and the kind of source; none is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tiny_facts import agencies, claim, entity, facts

from kg import dossier
from kg.analytics import conflicts
from kg.namespaces import iri
from kg.profile import facts_of
from kg.store import View

Maker = Callable[[str], View]
SHIP = entity("ship", "Spacecraft")
UTC, JAPAN = {"dateZone": "+00:00"}, {"dateZone": "+09:00"}


def captures(one: dict[str, str], other: dict[str, str]) -> str:
    made = [
        claim("Capture", document=d, object="ship", agent="aa", status="occurred", **fields)
        for d, fields in (("alpha", one), ("beta", other))
    ]
    return facts([*agencies("aa", "bb"), SHIP], made)


def founded(one: str, other: str) -> str:
    made = [
        claim("Founding", document=d, object="aa", status="occurred", onDate=day)
        for d, day in (("alpha", one), ("beta", other))
    ]
    return facts(agencies("aa"), made)


def notes(view: View, thing: str) -> list[str]:
    table = facts_of(view, iri(f"id:{thing}"))
    return [n for n in table.notes if n.startswith("contradiction: ")]


def test_one_instant_in_two_zones_is_no_contradiction(view_of: Maker) -> None:
    view = view_of(captures({"onDate": "2025-10-29", **UTC}, {"onDate": "2025-10-30", **JAPAN}))
    assert conflicts.run(view).rows == ()
    assert notes(view, "ship") == []


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("1989-12-14", "1989-03-01", True),
        ("1989-12-14", "1989", False),
        ("1989-12-14", "1989-12", False),
        ("1989-12-14", "1989-03", True),
        ("1989-12-14", "[..1989-12-31]", False),
        ("1989-12-14", "1989?", False),
    ],
)
def test_precision_is_accounted_for(view_of: Maker, one: str, other: str, differ: bool) -> None:
    view = view_of(founded(one, other))
    assert bool(notes(view, "aa")) is differ
    assert bool(conflicts.run(view).rows) is differ


def test_both_sides_with_documents_and_tiers(view_of: Maker) -> None:
    view = view_of(founded("1989-03-01", "1989-12-14"))
    (said,) = notes(view, "aa")
    assert said == (
        "contradiction: Founding of AA: happened on: 1989-03-01 (official: alpha) | "
        "1989-12-14 (news: beta)"
    )
    table = conflicts.run(view)
    shown = [(r["value"], r["tier"], r["document"]) for r in table.records()]
    assert shown == [("1989-03-01", "official", "alpha"), ("1989-12-14", "news", "beta")]


def test_extents_that_differ_are_shown_as_they_are_stated(view_of: Maker) -> None:
    made = [
        claim("Tenure", document=d, person="pp", post="boss", period=extent, status="occurred")
        for d, extent in (("alpha", "1998/2010"), ("beta", "1999/2010"))
    ]
    posts = [entity("boss", "HeadPost", ofOrganization="aa"), entity("pp", "Person")]
    table = conflicts.run(view_of(facts([*agencies("aa"), *posts], made)))
    assert [(r["value"], r["kind"]) for r in table.records()] == [
        ("1998/2010", "different-starts"),
        ("1999/2010", "different-starts"),
    ]


def test_the_nearest_source_comes_first(view_of: Maker) -> None:
    view = view_of(founded("1990-12-14", "1989-12-14"))
    (said,) = notes(view, "aa")
    assert said.index("official") < said.index("news")


def test_a_document_shows_the_contradictions_of_its_claims(view_of: Maker) -> None:
    view = view_of(founded("1989-03-01", "1989-12-14"))
    (said,) = [n for n in facts_of(view, iri("doc:beta")).notes if n.startswith("contradiction")]
    assert "alpha" in said and "beta" in said


def test_the_dossier_shows_both_sides(view_of: Maker) -> None:
    view = view_of(captures({"onDate": "2025-10-28", **UTC}, {"onDate": "2025-10-30", **JAPAN}))
    text = dossier.write(view, view, iri("id:aa"), iri("id:bb"), on=None, form="md")
    part = text.split("## Contradictions")[1].split("##")[0]
    assert "2025-10-28 +00:00 (official) | 2025-10-30 +09:00 (news)" in part
