"""What no document states is counted and listed: things and facts, with what they lack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from tiny_facts import agencies, claim, entity, facts, missions, part

from kg import columns
from kg.analytics import missing
from kg.analytics._lacks import KINDS
from kg.errors import KGError, VocabularyError
from kg.query import run
from kg.store import View
from kg.table import Table

Maker = Callable[[str], View]
SHIP = entity("ship", "Spacecraft")


@pytest.fixture
def view(view_of: Maker) -> View:
    known = entity("bb", "SpaceAgency", identifier={"wikidata": "Q1", "ror": "01"})
    statements = [
        part("aa", "m1", role=""),
        part("aa", "m1", role="", document="beta", period="2020/.."),
        part("aa", "m2", period="/.."),
        claim("Capture", object="ship", agent="aa", status="occurred"),
        claim("Visit", agent="bb", eventName="trip", onDate="[..2030-01-01]", status="occurred"),
    ]
    return view_of(facts([*agencies("aa"), known, *missions("m1", "m2"), SHIP], statements))


def pairs(table: Table) -> list[tuple[str, str]]:
    return [(str(r["lacks"]), str(r["of"])) for r in table.records()]


def test_what_one_thing_lacks(view: View) -> None:
    table = missing.run(view, entity="AA")
    assert pairs(table) == [
        ("identifier", "wikidata"),
        ("identifier", "ror"),
        ("date", "Capture of SHIP by AA"),
        ("second source", "Capture of SHIP by AA"),
        ("role", "AA: role not stated in M1"),
        ("start", "AA: partner in M2"),
        ("second source", "AA: partner in M2"),
    ]
    assert "counts: 2 identifier, 1 role, 1 date, 1 start, 2 second source" in table.notes
    by_kind = {r["lacks"]: r["document"] for r in table.records()}
    assert by_kind["role"] == ("alpha", "beta"), "what two documents do not say"


def test_of_one_thing_the_same_is_missing_as_of_it_among_all(view: View) -> None:
    alone = [row for name in ("AA", "BB") for row in missing.run(view, entity=name).rows]
    among = missing.run(view).rows
    assert len(alone) > 5
    assert [row for row in alone if row not in among] == []


def test_of_one_thing_no_whole_column_of_claims_is_read(
    view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    real = columns._quads
    monkeypatch.setattr(columns, "_quads", lambda v, name: read.append(name) or real(v, name))
    missing.run(view, entity="AA")
    of_documents = {"publisherName", "dct:publisher", "foundAgain", "notFoundAgain"}
    assert set(read) == {"ofOrganization", *of_documents}


def test_a_day_of_attestation_is_a_date(view_of: Maker) -> None:
    held = claim("Tenure", person="pp", post="boss", attestedOn="2020-05-01", status="ongoing")
    things = [entity("boss", "HeadPost", ofOrganization="aa"), entity("pp", "Person")]
    view = view_of(facts([*agencies("aa"), *things], [held]))
    assert ("second source", "PP: BOSS") in pairs(missing.run(view, entity="PP"))
    for asked in ("", "AA"):
        assert "date" not in {what for what, _ in pairs(missing.run(view, entity=asked))}


def test_a_bound_that_is_open(view: View) -> None:
    found = pairs(missing.run(view, entity="BB"))
    assert [what for what, _ in found] == ["first day", "second source"]


def test_one_kind_and_one_class(view: View) -> None:
    starts = missing.run(view, kind="start")
    assert [(r["entity"], r["of"]) for r in starts.records()] == [("AA", "AA: partner in M2")]
    dates = missing.run(view, kind="date", cls="Capture")
    assert [r["of"] for r in dates.records()] == ["Capture of SHIP by AA"]
    assert missing.run(view, kind="date", cls="Tenure").rows == ()
    ids = missing.run(view, kind="identifier", cls="Mission")
    assert {r["entity"] for r in ids.records()} == {"M1", "M2"}


def test_the_counts_are_those_of_the_list(view: View) -> None:
    listed = Counter(what for what, _ in pairs(missing.run(view)))
    counted: Counter[str] = Counter()
    for row in missing.counts(view).records():
        counted[str(row["lacks"])] += int(str(row["how many"]))
    assert counted == listed
    order = [KINDS.index(str(r["lacks"])) for r in missing.counts(view).records()]
    assert order == sorted(order)


def test_a_fact_is_listed_once(view: View) -> None:
    found = pairs(missing.run(view, kind="date"))
    assert len(found) == len(set(found))


def test_unknown_words_are_refused(view: View) -> None:
    with pytest.raises(KGError, match="kind is 'money'"):
        missing.run(view, kind="money")
    with pytest.raises(VocabularyError, match="'Spaceship'"):
        missing.run(view, cls="Spaceship")
    with pytest.raises(KGError, match="unknown option"):
        missing.counts(view, colour="red")


def test_a_partys_own_word(view_of: Maker) -> None:
    """The publisher takes part: nobody independent says so. A second publisher settles it."""
    text = facts([*agencies("aa", "bb"), *missions("m1", "m2")], [
        part("aa", "m1", document="own"),
        part("bb", "m1", document="own"),
        part("aa", "m2", document="own"),
        part("aa", "m2", document="beta"),
    ])  # fmt: skip
    head = "  - {id: own, type: PressRelease, publisher: aa, tier: official, seen: page}\n"
    view = view_of(head + text)
    independent = pairs(missing.run(view, kind="independent source"))
    assert independent == [("independent source", "AA: partner in M1")]
    second = pairs(missing.run(view, kind="second source"))
    assert [of for _, of in second] == ["AA: partner in M1", "BB: partner in M1"]


def test_a_page_that_was_looked_for_in_vain(view_of: Maker) -> None:
    """A fact lacks its page when every document that states it is gone; the evidence says so."""
    head = """\
  - {id: gone, type: WebPage, tier: news, seen: excerpt, notFoundAgain: 2030-07-01}
  - {id: back, type: WebPage, tier: news, seen: excerpt, notFoundAgain: 2030-07-01,
     foundAgain: 2030-08-01}
"""
    made = [
        part("aa", "m1", document="gone"),
        part("aa", "m2", document="gone"),
        part("aa", "m2", document="beta"),
        part("bb", "m1", document="back"),
    ]
    view = view_of(head + facts([*agencies("aa", "bb"), *missions("m1", "m2")], made))
    (row,) = missing.run(view, kind="page").records()
    assert row["of"] == "AA: partner in M1"
    assert row["quote"] == "[text not at hand; page not found again on 2030-07-01] says so"
    assert "not found again" not in str(missing.run(view, entity="BB").rows)


def test_single_sources_are_those_of_the_named_query(seed_view: View, world_view: View) -> None:
    for view in (seed_view, world_view):
        asked = {r["fact"] for r in run(view, "single-source").records()}
        listed = missing.run(view, kind="second source")
        assert len(listed.rows) == len(asked)


def test_missing_identifiers_hold_those_of_the_named_query(seed_view: View) -> None:
    asked = {r["entity"] for r in run(seed_view, "missing-identifiers").records()}
    listed = missing.run(seed_view, kind="identifier").records()
    ours = {r["entity"] for r in listed if r["of"] == "wikidata"}
    assert len(asked & ours) >= 6
