from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tiny_facts import agencies, claim, entity, facts, missions, part

from kg.analytics import conflicts, plans, timeline
from kg.errors import KGError, UnknownNameError
from kg.restrict import restrict
from kg.store import View
from kg.table import Cell, Table

Maker = Callable[[str], View]
SHIP = entity("ship", "Spacecraft")
ARM = entity("arm", "RoboticManipulator")


def plan(window: str = "", announced: str = "2030-01-01", **more: Any) -> dict[str, Any]:
    fields = {"kind": "Capture", "object": "ship", "announcedOn": announced, **more}
    return claim("PlannedEvent", **(fields | ({"plannedFor": window} if window else {})))


def capture(day: str = "", **more: Any) -> dict[str, Any]:
    fields = {"object": "ship", "status": "occurred", **more}
    return claim("Capture", **(fields | ({"onDate": day} if day else {})))


def column(table: Table, name: str) -> list[Cell]:
    return [row[name] for row in table.records()]


CANCELLED = plan("2030", status="cancelled", document="beta")


@pytest.mark.parametrize(
    ("statements", "outcome", "happened", "lag"),
    [
        ([plan("2030"), capture("2030-02-03")], "realised", "2030-02-03", "33"),
        ([plan("2030-02"), capture("2030-03-05")], "realised late", "2030-03-05", "63"),
        ([plan("2030-05"), capture("2030-03-05")], "realised early", "2030-03-05", "63"),
        ([plan("2030-02"), capture("2030-03-01")], "realised", "2030-03-01", "59"),
        ([plan("2030"), capture("2030-03")], "realised", "2030-03", "59 to 89"),
        ([plan("2030")], "open", "none recorded", "not stated"),
        ([plan()], "open", "none recorded", "not stated"),
        ([plan("2030-02")], "unconfirmed", "none recorded", "not stated"),
        ([plan("2030"), CANCELLED], "cancelled", "none recorded", "not stated"),
        ([plan("2030"), capture("2029-03-01")], "open", "none recorded", "not stated"),
    ],
)
def test_outcome_of_a_plan(
    view_of: Maker, statements: list[dict[str, Any]], outcome: str, happened: str, lag: str
) -> None:
    table = plans.run(view_of(facts([SHIP], statements)))
    row = table.records()[0]
    assert (row["plan"], row["outcome"]) == ("capture of SHIP", outcome)
    assert (row["happened"], row["lag_days"]) == (happened, lag)
    assert any("as of 2030-06-01" in note for note in table.notes)


def test_instant_beats_day_and_both_are_cited(view_of: Maker) -> None:
    exact = {"atTime": "2030-02-03T15:58:00Z", "dateZone": "+09:00"}
    statements = [
        plan("2030-02-03"),
        capture("2030-02-04", document="beta", **exact),
        capture("2030-02-05", gist="another day"),
    ]
    row = plans.run(view_of(facts([SHIP], statements))).records()[0]
    assert row["happened"] == "2030-02-03T15:58:00Z"
    assert row["outcome"] == "realised"
    assert row["modality"] == ("planned, asserted", "occurred, asserted", "occurred, asserted")
    assert row["document"] == ("alpha", "alpha", "beta")


def test_changed_plan(view_of: Maker) -> None:
    statements = [plan("2030-08"), plan("2031", announced="2030-05-01", document="beta")]
    table = plans.run(view_of(facts([SHIP], statements)))
    assert column(table, "outcome") == ["changed", "open"]
    assert column(table, "window") == ["2030-08", "2031"]
    assert len(plans.run(view_of(facts([SHIP], statements)), outcome="open").rows) == 1


def test_intentions_are_not_evaluable(view_of: Maker) -> None:
    hope = claim("Intention", kind="Activity", agent="aa", eventName="go-to-moon")
    view = view_of(facts([*agencies("aa", "bb")], [hope]))
    row = plans.run(view, about="AA").records()[0]
    assert (row["plan"], row["by"]) == ("activity (go to moon)", "AA")
    assert (row["outcome"], row["window"], row["announced"]) == (
        "not evaluable",
        "not stated",
        "not stated",
    )
    assert not plans.run(view, about="BB").rows


def test_plans_refuse_unknown_words(view_of: Maker) -> None:
    view = view_of(facts([SHIP], [plan("2030")]))
    for wrong in ({"outcome": "done"}, {"abuot": "SHIP"}, {"about": "nobody"}):
        with pytest.raises(KGError) as error:
            plans.run(view, **wrong)
        assert error.value.fix


def test_plans_of_the_seed(seed_view: View) -> None:
    table = plans.run(seed_view)
    found = sorted((str(r["plan"]), str(r["outcome"])) for r in table.records())
    assert [o for p, o in found if "HTV-X" in p] == ["open", "open"]
    assert {r["by"] for r in table.records() if "HTV-X" in r["plan"]} == {"Canadarm2"}
    assert [o for _, o in found].count("not evaluable") == 3
    assert len(found) == 5


def test_conflicts_keep_all_values_nearest_source_first(view_of: Maker) -> None:
    statements = [
        capture("2030-02-03", document="beta", gist="news"),
        capture("2030-02-09", gist="official"),
    ]
    table = conflicts.run(view_of(facts([SHIP], statements)))
    assert column(table, "value") == ["2030-02-09", "2030-02-03"]
    assert column(table, "tier") == ["official", "news"]
    assert column(table, "document") == ["alpha", "beta"]
    assert column(table, "about") == ["Capture of SHIP"] * 2
    assert any("contradictions: 1" in note for note in table.notes)


def test_one_instant_in_two_zones_is_no_conflict(view_of: Maker) -> None:
    at = {"atTime": "2030-02-03T15:58:00Z"}
    statements = [
        capture("2030-02-03", **at),
        capture("2030-02-04", document="beta", dateZone="+09:00", **at),
    ]
    assert not conflicts.run(view_of(facts([SHIP], statements))).rows


def test_conflicts_of_counts_and_of_one_thing(view_of: Maker) -> None:
    count = {"about": "ship", "observedProperty": "flights", "asOf": "2030", "status": "ongoing"}
    statements = [
        claim("CountObservation", value="3", **count),
        claim("CountObservation", document="beta", value="4", **count),
        claim("Signing", agent="aa", object="deal", status="occurred"),
        claim("Signing", document="beta", agent="bb", object="deal", status="occurred"),
    ]
    things = [SHIP, *agencies("aa", "bb"), entity("deal", "Treaty")]
    view = view_of(facts(things, statements))
    table = conflicts.run(view, about="SHIP")
    assert column(table, "value") == ["3", "4"]
    assert column(table, "about") == ["SHIP: number of flights"] * 2
    other = conflicts.run(view, about="DEAL")
    assert column(other, "value") == ["AA", "BB"]
    assert {*column(conflicts.run(view), "property")} == {*column(table, "property")} | {
        *column(other, "property")
    }
    with pytest.raises(KGError, match="kind is 'quarrel'"):
        conflicts.run(view, kind="quarrel")


def test_timeline_is_sorted_and_says_what_is_uncertain(view_of: Maker) -> None:
    statements = [
        part("aa", "m1", period="198X/.."),
        part("aa", "m2", period="/.."),
        part("aa", "m3"),
        capture("[..2030-02-03]", agent="aa", atTime="2030-02-03T10:00:00Z"),
        capture("[..2030-02-03]", agent="aa", document="beta"),
        claim("Tenure", person="pp", post="boss", period="2020-05/2021", status="occurred"),
        claim("Founding", object="aa", onDate="1975", status="occurred"),
        claim("Founding", document="beta", object="aa", onDate="1976", status="occurred"),
    ]
    posts = [entity("boss", "HeadPost", ofOrganization="aa"), entity("pp", "Person")]
    view = view_of(facts([*agencies("aa"), *missions("m1", "m2", "m3"), *posts, SHIP], statements))
    table = timeline.run(view, entity="AA")
    assert column(table, "date") == [
        "1975", "1976", "198X/..", "2020-05/2021", "[..2030-02-03]", "/..",
    ]  # fmt: skip
    assert column(table, "uncertain") == [
        "", "", "approximate", "", "one day of a set", "start not stated",
    ]  # fmt: skip
    assert column(table, "instant")[4] == "2030-02-03T10:00:00Z"
    assert column(table, "document")[4] == ("alpha", "beta")
    assert column(table, "part")[3] == "through a post"
    assert any("without a date: 1 (left out)" in note for note in table.notes)
    every = timeline.run(view, entity="AA", undated="true")
    assert column(every, "date")[-1] == "not stated"
    assert len(every.rows) == 7


def test_timeline_needs_a_thing(view_of: Maker) -> None:
    view = view_of(facts(agencies("aa"), []))
    with pytest.raises(KGError, match="no thing is named"):
        timeline.run(view)
    with pytest.raises(UnknownNameError, match="nothing is called 'nobody'"):
        timeline.run(view, entity="nobody")
    assert timeline.run(view, entity="AA").rows == ()


def test_notes_say_what_was_left_out(view_of: Maker) -> None:
    view = view_of(facts([SHIP], [plan("2030"), capture("2030-02-03", document="beta")]))
    early = restrict(view, as_of=date(2030, 3, 1))
    table = plans.run(early)
    assert column(table, "outcome") == ["open"]
    assert any("left out: 1 (1 issued after 2030-03-01)" in note for note in table.notes)
    assert early.today == date(2030, 3, 1)
