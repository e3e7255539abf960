"""The contradiction register: what cannot all be true is listed, what can is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg import conflicts as rules
from kg.namespaces import curie, iri, sp
from kg.store import View

Make = Callable[[str], View]
CONFLICTS = """SELECT ?c ?property ?kind {
    GRAPH graph:derived { ?c a sp:Conflict ; sp:conflictProperty ?property ;
        sp:conflictKind ?kind } }"""


def claim(document: str, fields: str, cls: str = "Capture") -> str:
    lines = "".join(f"    {f.strip()}\n" for f in fields.split(";"))
    return (
        f"  - class: {cls}\n{lines}    cite: [{{document: {document}, chars: 3-7, gist: Ours.}}]\n"
    )


def conflicts(view: View) -> list[tuple[str, ...]]:
    return [tuple(curie(x) for x in row) for row in view.rows(CONFLICTS)]


def concerned(view: View) -> set[str]:
    found = view.rows("SELECT ?claim { ?c a sp:Conflict ; sp:concerns ?claim }")
    return {curie(c).rsplit(".", 1)[-1] for (c,) in found}


def of(make: Make, *claims: str) -> View:
    return make("statements:\n" + "".join(claims))


JST, UTC = 'dateZone: "+09:00"', 'dateZone: "+00:00"'
INSTANT = 'atTime: "2025-10-29T15:58:00Z"'

DATES = [
    # the capture of HTV-X1: 29 October UTC was 30 October in Japan
    (f"onDate: 2025-10-29; {INSTANT}", f"onDate: 2025-10-30; {JST}", ""),
    (f"onDate: 2025-10-29; {UTC}", f"onDate: 2025-10-30; {JST}", ""),
    (f"onDate: 2025-10-29; {INSTANT}", f"onDate: 2025-10-29; {JST}", "different-dates"),
    (f"onDate: 2025-10-28; {UTC}", f"onDate: 2025-10-30; {JST}", "different-dates"),
    (f"onDate: 2025-10-28; {UTC}", f"onDate: 2025-10-29; {UTC}", "different-dates"),
    # no zone given: any zone may be meant
    ("onDate: 2025-10-29", "onDate: 2025-10-30", ""),
    ("onDate: 2025-10-29", f"onDate: 2025-10-30; {JST}", ""),
    ("onDate: 2025-10-28", f"onDate: 2025-10-30; {JST}", "different-dates"),
    ("onDate: 2025-10-28", "onDate: 2025-10-31", "different-dates"),
    ("onDate: 2025-10-29", INSTANT, ""),
    ("onDate: 2025-10-30", INSTANT, ""),
    ("onDate: 2025-10-28", INSTANT, "different-dates"),
    ("onDate: 2025-10-31", INSTANT, "different-dates"),
    # the earliest place on Earth is 14 hours ahead of UTC, the latest 12 hours behind
    ("onDate: 2025-10-30", 'atTime: "2025-10-29T10:00:00Z"', ""),
    ("onDate: 2025-10-30", 'atTime: "2025-10-29T09:59:59Z"', "different-dates"),
    ("onDate: 2025-10-28", 'atTime: "2025-10-29T11:59:59Z"', ""),
    ("onDate: 2025-10-28", 'atTime: "2025-10-29T12:01:00Z"', "different-dates"),
    # a coarser date holds a finer one
    ("onDate: 2025-10", "onDate: 2025-10-30", ""),
    ("onDate: 2009", "onDate: 2010", ""),
    ("onDate: 2009", "onDate: 2011", "different-dates"),
    ("onDate: 2009-09", "onDate: 2009-11", "different-dates"),
    ('onDate: "[2025-07-09..2025-12-31]"', f"onDate: 2025-10-30; {JST}", ""),
    ('onDate: "[..2025-07-09]"', "onDate: 2025-10-30", "different-dates"),
    # two instants
    (INSTANT, INSTANT.replace(":00Z", ":30Z"), ""),
    (INSTANT, INSTANT.replace("58:00Z", "59:30Z"), "different-dates"),
    (INSTANT, INSTANT, ""),
    # nothing said is no contradiction
    ("instrument: arm", "onDate: 2025-10-30", ""),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "kind"), DATES)
def test_dates_of_one_event(view_of: Make, one: str, other: str, kind: str) -> None:
    view = of(view_of, claim("alpha", "object: x; " + one), claim("beta", "object: x; " + other))
    expected = [("conflict:event.capture.x._.onDate", "sp:onDate", kind)] if kind else []
    assert conflicts(view) == expected
    assert concerned(view) == ({"alpha", "beta"} if kind else set())


def test_an_offset_behind_utc(view_of: Make) -> None:
    """23:00 on the 28th in a zone five hours behind is 04:00 UTC on the 29th."""
    west = 'onDate: 2025-10-28; dateZone: "-05:00"'
    same = of(
        view_of,
        claim("alpha", 'object: x; atTime: "2025-10-29T04:00:00Z"'),
        claim("beta", f"object: x; {west}"),
    )
    assert conflicts(same) == []


def test_an_offset_behind_utc_can_contradict(view_of: Make) -> None:
    west = 'onDate: 2025-10-28; dateZone: "-05:00"'
    apart = of(
        view_of,
        claim("alpha", 'object: x; atTime: "2025-10-29T05:00:01Z"'),
        claim("beta", f"object: x; {west}"),
    )
    assert [c[2] for c in conflicts(apart)] == ["different-dates"]


def test_different_events_do_not_meet(view_of: Make) -> None:
    view = of(
        view_of,
        claim("alpha", "object: x; onDate: 2001"),
        claim("beta", "object: y; onDate: 2025"),
        claim("alpha", "object: x; eventName: second; onDate: 2011"),
    )
    assert conflicts(view) == []


@pytest.mark.parametrize(
    ("official", "other", "found"),
    [
        ('"[..2025-07-09]"', "2025-07-03", True),
        ('"[..2025-07-09]"', '"[2025-07-01..2025-07-03]"', False),
        ("2025-07", "2025-07-03", False),
    ],
)
def test_a_day_that_the_official_source_leaves_open(
    view_of: Make, official: str, other: str, found: bool
) -> None:
    view = of(
        view_of,
        claim("alpha", f"object: x; onDate: {official}"),
        claim("beta", f"object: x; onDate: {other}"),
    )
    assert [c[2] for c in conflicts(view)] == (["finer-than-official"] if found else [])


def test_an_official_source_may_be_finer_than_the_news(view_of: Make) -> None:
    view = of(
        view_of,
        claim("alpha", "object: x; onDate: 2025-07-03"),
        claim("beta", 'object: x; onDate: "[..2025-07-09]"'),
    )
    assert conflicts(view) == []


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        ("value: 17", "value: 17", []),
        ("value: 17", "value: 18", ["sp:value"]),
        ("value: 17", "lowerBound: 15", []),
        ("lowerBound: 15", "lowerBound: 16", ["sp:lowerBound"]),
    ],
)
def test_counts_of_one_day(view_of: Make, one: str, other: str, kinds: list[str]) -> None:
    head = "about: x; observedProperty: members; asOf: 2025; "
    view = of(
        view_of,
        claim("alpha", head + one, "CountObservation"),
        claim("beta", head + other, "CountObservation"),
    )
    assert [c[1] for c in conflicts(view)] == kinds
    assert {c[2] for c in conflicts(view)} <= {"different-values"}


def test_counts_of_two_days_do_not_meet(view_of: Make) -> None:
    head = "about: x; observedProperty: members; "
    view = of(
        view_of,
        claim("alpha", head + "asOf: 2024; value: 17", "CountObservation"),
        claim("beta", head + "asOf: 2025; value: 18", "CountObservation"),
    )
    assert conflicts(view) == []


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("agent: a", "agent: a", False),
        ("agent: a", "agent: [a, b]", False),
        ("agent: a", "agent: b", True),
        ("agent: [a, b]", "agent: [c, d]", True),
        ("agent: a", "onDate: 2025", False),
    ],
)
def test_who_did_it(view_of: Make, one: str, other: str, found: bool) -> None:
    view = of(
        view_of,
        claim("alpha", "object: x; " + one, "Launch"),
        claim("beta", "object: x; " + other, "Launch"),
    )
    expected = [("conflict:event.launch.x._.agent", "sp:agent", "different-actors")]
    assert conflicts(view) == (expected if found else [])


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        ("198X/..", "1984/..", []),
        ("198X/..", "1998/..", ["different-starts"]),
        ("/..", "1998/..", []),
        ("1998/2010", "1998/2011", ["different-ends"]),
        ("1998/..", "1998/2011", []),
        ("1998/2010", "1999/2011", ["different-ends", "different-starts"]),
        ("1998/2010", "1998-05/2010-06-30", []),
    ],
)
def test_extents(view_of: Make, one: str, other: str, kinds: list[str]) -> None:
    head = "person: p; post: q; status: occurred; period: "
    view = of(view_of, claim("alpha", head + one, "Tenure"), claim("beta", head + other, "Tenure"))
    assert sorted(c[2] for c in conflicts(view)) == kinds


def test_only_the_claims_that_disagree_are_named(view_of: Make) -> None:
    view = of(
        view_of,
        claim("alpha", "object: x; onDate: 2025-10"),
        claim("beta", f"object: x; onDate: 2025-10-01; {UTC}"),
        claim("beta", f"object: x; onDate: 2025-10-30; {UTC}").replace("beta", "gamma"),
    )
    assert concerned(view) == {"beta", "gamma"}


def test_the_world_has_no_contradiction(world_view: View) -> None:
    assert world_view.rows("SELECT ?c { ?c a sp:Conflict }") == []
    assert len(world_view.subjects(sp("ofFact"), iri("fact:event.capture.tern-b1._"))) == 2


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("2013-08-03T19:48:00Z", "2013-08-03T19:48:46Z", False),
        ("1988-11-26T15:50:00Z", "1988-11-26T15:49:34Z", False),
        ("2013-08-03T19:48:00Z", "2013-08-03T19:49:10Z", True),
        ("2013-08-03T19:48:10Z", "2013-08-03T19:48:46Z", True),
    ],
)
def test_a_time_to_the_minute_agrees_with_the_seconds_within_it(
    one: str, other: str, apart: bool
) -> None:
    dated = [rules._dated(x, "", "", x, "", "") for x in (one, other)]
    assert bool(rules._apart(dated, lambda d: (d.low, d.high))) is apart


def test_one_claim_alone_is_no_contradiction(view_of):
    view = view_of(
        "statements:\n  - {class: Capture, object: x, onDate: 2025-10-28, cite: [{document: alpha,"
        ' quote: {length: "3", sha256: %s}, gist: It.}]}\n' % ("0" * 64)
    )
    assert list(rules.register(view)) == []
