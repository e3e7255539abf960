"""What is announced, what happens, and what differs: two facts, a link, and a register."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kg import realization
from kg.analytics import conflicts, plans
from kg.errors import InputError
from kg.ingest import ledger
from kg.ingest.run import Outcome
from kg.namespaces import curie
from kg.restrict import restrict
from kg.store import View

PLANNED = "A promise from Aldria\n\nThis year, Grasp will catch Lumen. ASA said so in June.\n"
DONE = "A catch over Aldria\n\nGrasp caught Lumen on October 2, 2031. ASA said so at once.\n"


@pytest.fixture
def told(ingest: Callable[..., Outcome], rebuilt: Callable[[], View]) -> View:
    ingest({"planned.txt": PLANNED}, publisher="ASA", issued="2031-06-03")
    ingest({"done.txt": DONE}, publisher="ASA", issued="2031-10-03")
    return rebuilt()


def outcomes(view: View) -> list[tuple[str, str, str]]:
    found = plans.run(view, about="Lumen")
    return [(r["window"], r["outcome"], r["happened"]) for r in found.records()]  # type: ignore[misc]


def realized(view: View) -> list[tuple[str, str]]:
    rows = view.rows("SELECT ?e ?p { ?e sp:realizes ?p }")
    return [(curie(e), curie(p)) for e, p in rows if "lumen" in e]


def test_planned_and_occurred_are_two_facts_joined_by_a_rule(told: View) -> None:
    assert realized(told) == [
        ("fact:event.capture.lumen._", "fact:planned-event.capture.lumen._"),
    ]
    assert outcomes(told) == [("[2031-06-03..2031-12-31]", "realised", "2031-10-02")]


def test_before_the_news_the_plan_is_open(told: View) -> None:
    then = restrict(told, as_of=date(2031, 7, 1))
    assert realized(then) == []
    assert [o[1] for o in outcomes(then)] == ["open"]


def test_a_plan_past_its_window_is_unconfirmed_not_false(
    ingest: Callable[..., Outcome], rebuilt: Callable[[], View]
) -> None:
    ingest({"planned.txt": PLANNED}, publisher="ASA", issued="2031-06-03")
    later = "A word on Halo\n\nASA and BSO are partners in Halo Station. It is the year after.\n"
    ingest({"later.txt": later}, publisher="ASA", issued="2032-02-01")
    view = rebuilt()
    assert [o[1:] for o in outcomes(view)] == [("unconfirmed", "none recorded")]
    assert realized(view) == []


def test_what_was_done_before_it_was_announced_realizes_nothing(
    ingest: Callable[..., Outcome], rebuilt: Callable[[], View]
) -> None:
    ingest({"planned.txt": PLANNED}, publisher="ASA", issued="2031-06-03")
    early = DONE.replace("October 2, 2031", "May 2, 2030")
    ingest({"done.txt": early}, publisher="ASA", issued="2031-10-03")
    assert realized(rebuilt()) == []


def test_two_values_for_one_day_are_a_contradiction_with_both_sources(
    ingest: Callable[..., Outcome], rebuilt: Callable[[], View]
) -> None:
    count = "A count from Aldria\n\nThe Ice Watch Charter has {} members. It was said so aloud.\n"
    ingest({"a.txt": count.format(5)}, publisher="ASA", issued="2031-06-03")
    ingest({"b.txt": count.format(7)}, publisher="BSO", issued="2031-06-03")
    found = conflicts.run(rebuilt(), about="Ice Watch Charter").records()
    mine = [r for r in found if "2031-06-03" in str(r["conflict"])]
    assert {(r["value"], r["document"]) for r in mine} == {
        ("5", "asa-2031-06-03"),
        ("7", "bso-2031-06-03"),
    }


def test_two_heads_on_one_day_are_a_contradiction(
    ingest: Callable[..., Outcome], workspace: Path, rebuilt: Callable[[], View]
) -> None:
    text = "A word on offices\n\n{}, President of ASA, opened the day. It was a long day for all.\n"
    files = {"a.txt": ("ASA", "Vera Holt"), "b.txt": ("BSO", "Ilmo Saar")}
    for name, (by, who) in files.items():
        ingest({name: text.format(who)}, publisher=by, issued="2031-06-03")
    lines = (workspace / "review" / "queue.jsonl").read_text("utf-8").splitlines()
    keys = [q["key"] for q in map(json.loads, lines)]
    decided = ledger.Ledger({k: {"key": k, "verdict": "accept"} for k in keys})
    ledger.save(workspace / "review" / ledger.DECISIONS, decided)
    ingest({"a.txt": text.format("Vera Holt")}, publisher="ASA", issued="2031-06-03")
    found = conflicts.run(rebuilt(), kind="different-heads").records()
    assert {(r["value"], r["document"]) for r in found} == {
        ("Vera Holt", "asa-2031-06-03"),
        ("Ilmo Saar", "bso-2031-06-03"),
    }


def test_the_rules_are_read_in_their_order() -> None:
    (thing, people) = realization.load()
    assert (thing.id, thing.shares, thing.agrees) == (
        "same-thing",
        ("object", "eventName"),
        ("instrument",),
    )
    assert (people.id, people.equal, people.window) == (
        "same-people",
        ("agent", "object", "place"),
        True,
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('["*"]', '["Captur"]', "unknown kind 'Captur'"),
        ('shares = ["object"', 'shares = ["objekt"', "unknown property 'objekt'"),
        ("agrees = [", "aggrees = [", "unknown key 'aggrees'"),
        ('shares = ["agent"]\n', "", "'same-people' shares nothing"),
        ("[[rule]]", "[[rule", "no file of rules"),
    ],
)
def test_a_bad_rule_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    from kg import resources

    content = (resources.ontology() / realization.NAME).read_text("utf-8")
    assert old in content
    path = tmp_path / realization.NAME
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        realization.load(path)
    assert message in str(refused.value)
    assert str(path) in str(refused.value)
