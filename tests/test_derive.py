"""Shortcuts by rule: what follows from the claims, and what does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.namespaces import curie
from kg.store import View

Make = Callable[[str], View]


def claim(document: str, cls: str, fields: str) -> str:
    lines = "".join(f"    {f.strip()}\n" for f in fields.split(";"))
    return (
        f"  - class: {cls}\n{lines}    cite: [{{document: {document}, chars: 3-7, gist: Ours.}}]\n"
    )


def derived(view: View) -> set[tuple[str, ...]]:
    rows = view.rows("SELECT ?s ?p ?o { GRAPH graph:derived { ?s ?p ?o } }")
    return {tuple(curie(x) for x in row) for row in rows}


def of(make: Make, *claims: str) -> set[tuple[str, ...]]:
    return derived(make("statements:\n" + "".join(claims)))


def taking_part(role: str, status: str = "ongoing", document: str = "alpha") -> str:
    fields = f"participant: asa; inActivity: lumen; status: {status}"
    return claim(document, "Participation", fields + (f"; role: {role}" if role else ""))


ROLES = [
    ("", []),
    ("partner", []),
    ("supporter", []),
    ("lead", [("id:asa", "sp:leads", "id:lumen")]),
    ("principal", []),
    ("operator", [("id:lumen", "sp:operatedBy", "id:asa")]),
    ("provider", [("id:lumen", "sp:providedBy", "id:asa")]),
    ("module-provider", [("id:lumen", "sp:providedBy", "id:asa")]),
    ("launch-provider", []),
    ("customer", []),
]


@pytest.mark.parametrize(("role", "more"), ROLES)
def test_roles_become_shortcuts(view_of: Make, role: str, more: list[tuple[str, str, str]]) -> None:
    expected = {("id:asa", "sp:participatesIn", "id:lumen"), *more}
    assert of(view_of, taking_part(role)) == expected


@pytest.mark.parametrize("status", ["planned", "intended", "cancelled"])
def test_what_is_not_so_yet_gives_no_shortcut(view_of: Make, status: str) -> None:
    assert of(view_of, taking_part("lead", status)) == set()


def test_what_was_so_gives_one(view_of: Make) -> None:
    assert ("id:asa", "sp:leads", "id:lumen") in of(view_of, taking_part("lead", "occurred"))


def test_two_documents_give_one_shortcut(view_of: Make) -> None:
    view = view_of("statements:\n" + taking_part("lead") + taking_part("lead", document="beta"))
    query = "SELECT ?a ?m { ?a sp:leads ?m }"
    assert len(view.rows(query)) == 1
    assert len(view.rows("SELECT ?c { ?c sp:role role:lead }")) == 2


LINKS = ["partOf", "ofType", "successorOf", "actsFor", "locatedIn"]


@pytest.mark.parametrize("name", LINKS)
def test_dated_links_become_plain_triples(view_of: Make, name: str) -> None:
    fields = f"relationSubject: a; relationType: {name}; relationObject: b; period: 2021/.."
    expected = {("id:a", f"sp:{name}", "id:b")}
    if name == "partOf":
        expected.add(("id:b", "sp:hasPart", "id:a"))
    assert of(view_of, claim("alpha", "Relation", fields)) == expected


@pytest.mark.parametrize("status", ["planned", "intended", "cancelled"])
def test_a_link_that_is_only_planned_gives_none(view_of: Make, status: str) -> None:
    fields = "relationSubject: a; relationType: partOf; relationObject: b; status: "
    assert of(view_of, claim("alpha", "Relation", fields + status)) == set()


# --- what was planned and what happened


def plan(fields: str = "", cls: str = "PlannedEvent", document: str = "alpha") -> str:
    base = "kind: Capture; object: tern-b; announcedOn: 2030-01-01; plannedFor: 2030"
    return claim(document, cls, base + (f"; {fields}" if fields else ""))


def capture(
    day: str, thing: str = "tern-b1", fields: str = "", cls: str = "Capture", document: str = "beta"
) -> str:
    base = f"object: {thing}; onDate: {day}"
    return claim(document, cls, base + (f"; {fields}" if fields else ""))


def flight(name: str = "tern-b1", kind: str = "tern-b") -> str:
    fields = f"relationSubject: {name}; relationType: ofType; relationObject: {kind}"
    return claim("beta", "Relation", fields)


def realized(found: set[tuple[str, ...]]) -> set[tuple[str, str]]:
    return {(s.removeprefix("fact:"), o) for s, p, o in found if p == "sp:realizes"}


DONE = ("event.capture.tern-b1._", "fact:planned-event.capture.tern-b._")


def test_a_flight_of_the_type_that_was_planned_realizes_the_plan(view_of: Make) -> None:
    assert realized(of(view_of, plan(), flight(), capture("2030-10-30"))) == {DONE}


def test_so_does_the_very_thing_that_was_planned(view_of: Make) -> None:
    found = of(view_of, plan(), capture("2030-10-30", "tern-b"))
    assert realized(found) == {("event.capture.tern-b._", DONE[1])}


NOT = [
    ("before it was announced", [plan(), flight(), capture("2029-12-31")]),
    ("perhaps before", [plan(), flight(), capture('"[..2029-12-31]"')]),
    ("another kind", [plan(), flight(), capture("2030-10-30", cls="Berthing")]),
    ("another type", [plan(), flight(kind="tern"), capture("2030-10-30")]),
    ("no type stated", [plan(), capture("2030-10-30")]),
    ("another arm", [plan("instrument: arm"), flight(),
                     capture("2030-10-30", fields="instrument: other-arm")]),
    ("undated", [plan(), flight(), claim("beta", "Capture", "object: tern-b1")]),
    ("an intention", [plan(cls="Intention").replace("    plannedFor: 2030\n", ""), flight(),
                      capture("2030-10-30")]),
    ("cancelled", [plan(), flight(), capture("2030-10-30", fields="status: cancelled")]),
    ("two plans of the same", [plan(), plan(document="beta")]),
]  # fmt: skip


@pytest.mark.parametrize("claims", [n[1] for n in NOT], ids=[n[0] for n in NOT])
def test_what_does_not_realize_a_plan(view_of: Make, claims: list[str]) -> None:
    assert realized(of(view_of, *claims)) == set()


@pytest.mark.parametrize("fields", ["instrument: arm", ""])
def test_the_arm_must_not_differ_where_both_name_one(view_of: Make, fields: str) -> None:
    found = of(view_of, plan("instrument: arm"), flight(), capture("2030-10-30", fields=fields))
    assert realized(found) == {DONE}


def visit(cls: str, name: str, fields: str) -> str:
    base = f"eventName: {name}; agent: ann; place: cyra; {fields}"
    return claim("alpha" if cls == "PlannedEvent" else "beta", cls, base)


@pytest.mark.parametrize(
    ("day", "place", "expected"),
    [
        ("2030-04-02", "", 1),
        ("2030-04-01", "", 1),
        ("2030-04-30", "", 1),
        ("2030-03-31", "", 0),
        ("2030-05-01", "", 0),
        ("2030-04-02", "dome", 0),
    ],
)
def test_of_visits_only_the_days_tell_which_was_meant(
    view_of: Make, day: str, place: str, expected: int
) -> None:
    planned = visit(
        "PlannedEvent", "to-come", "kind: Visit; announcedOn: 2030-01-01; plannedFor: 2030-04"
    )
    done = visit("Visit", "came", f"onDate: {day}")
    done = done.replace("place: cyra", f"place: {place}") if place else done
    assert len(realized(of(view_of, planned, done))) == expected


@pytest.mark.parametrize(("kind", "expected"), [("Visit", 1), ("Signing", 0)])
def test_the_same_people_realize_only_the_kinds_that_a_rule_names(
    view_of: Make, kind: str, expected: int
) -> None:
    fields = f"kind: {kind}; announcedOn: 2030-01-01; plannedFor: 2030-04"
    planned = visit("PlannedEvent", "to-come", fields)
    found = of(view_of, planned, visit(kind, "came", "onDate: 2030-04-02"))
    assert len(realized(found)) == expected


def test_on_the_day_of_the_announcement_is_not_before(view_of: Make) -> None:
    assert realized(of(view_of, plan(), flight(), capture("2030-01-01"))) == {DONE}


def test_only_the_first_event_realizes_the_plan(view_of: Make) -> None:
    """HTV-X2 does not fulfil what was promised for HTV-X1."""
    found = of(
        view_of,
        plan(),
        flight(),
        flight("tern-b2"),
        capture("2031-05-01", "tern-b2"),
        capture("2030-10-30"),
    )
    assert realized(found) == {DONE}


def test_the_first_by_date_not_by_name(view_of: Make) -> None:
    found = of(
        view_of,
        plan(),
        flight(),
        flight("tern-b2"),
        capture("2030-05-01", "tern-b2"),
        capture("2030-10-30"),
    )
    assert realized(found) == {("event.capture.tern-b2._", DONE[1])}


def test_the_order_of_claims_does_not_matter(view_of: Make) -> None:
    claims = [plan(), flight(), capture("2030-10-30"), taking_part("lead")]
    one = of(view_of, *claims)
    assert one == of(view_of, *reversed(claims))
    assert len(one) == 4


def test_derived_triples_are_in_their_own_graph_and_in_the_merge(world_view: View) -> None:
    found = derived(world_view)
    assert ("fact:event.capture.tern-b1._", "sp:realizes", DONE[1]) in found
    assert ("id:csc", "sp:leads", "id:lumen") in found
    assert len(found) == 16
    query = "SELECT ?s ?o { ?s sp:leads ?o }"
    assert len(world_view.rows(query)) == 1
    outside = "SELECT ?g { GRAPH ?g { ?s sp:leads ?o } FILTER(?g != graph:derived) }"
    assert world_view.rows(outside) == []
