"""Pictures: the same bytes, safe with any label, and no certainty that nobody stated."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
import tiny_facts as tiny

from kg import registry
from kg.errors import KGError
from kg.namespaces import iri
from kg.pictures import _canvas, _decades, decades, ties, timeline
from kg.pictures._picture import page
from kg.projection import Filter
from kg.store import View

Make = Callable[[str], View]
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>alert(1)</script> \u202egnorw 宇宙 وكالة " + "long " * 40


def world(view_of: Make) -> View:
    """Two partners in a dated mission, two in an undated one that was launched, three in a body."""
    launch = tiny.claim("Launch", object="late", onDate="2011-05-04", status="occurred")
    return view_of(
        tiny.facts(
            [
                *tiny.agencies("asa", "bsa", "csa-x"),
                *tiny.missions("early", "late", "lost", "body"),
            ],
            [
                tiny.part("asa", "early", period="1985/1992"),
                tiny.part("bsa", "early", period="198X/1992"),
                tiny.part("asa", "late"),
                tiny.part("bsa", "late"),
                launch,
                tiny.part("asa", "lost"),
                tiny.part("bsa", "lost"),
                *(tiny.part(a, "body", period="2001/..") for a in ("asa", "bsa", "csa-x")),
            ],
        )
    )


def held(view: View, largest: int = 12) -> dict[tuple[int, str], bool]:
    found = _decades.placed(view, Filter(), largest)
    return {(d, a.rsplit("/", 1)[-1]): sure for d, a, _, sure in found.pairs()}


def test_an_undated_tie_stands_in_the_decade_of_the_launch(view_of: Make) -> None:
    found = held(world(view_of))
    assert found[2010, "late"] is True
    assert {d for d, a in found if a == "late"} == {2010}
    assert not [k for k in found if k[1] == "lost"]


def test_both_must_be_certain_for_a_certain_tie(view_of: Make) -> None:
    found = held(world(view_of))
    assert found[1980, "early"] is True and found[1990, "early"] is True
    vague = view_of(
        tiny.facts(
            [*tiny.agencies("asa", "bsa"), *tiny.missions("vague")],
            [tiny.part(a, "vague", period="19XX/1999") for a in ("asa", "bsa")],
        )
    )
    assert held(vague)[1950, "vague"] is False


def test_an_open_end_lasts_to_the_day_of_the_view(view_of: Make) -> None:
    assert {d for d, a in held(world(view_of)) if a == "body"} == {2000, 2010, 2020, 2030}


def test_large_bodies_are_left_out_and_named(view_of: Make) -> None:
    view = world(view_of)
    assert not [a for _, a in held(view, largest=2) if a == "body"]
    picture = decades.draw(view, largest=2)
    assert "BODY (3)" in " ".join(picture.caption)
    with pytest.raises(KGError, match="leaves no tie"):
        decades.draw(view, largest=1)


def test_the_matrix_counts_what_its_rows_say(view_of: Make) -> None:
    picture = ties.draw(world(view_of))
    assert [r["certain"] for r in picture.table.records() if r["decade"] == "2000s"] == ["3"]
    drawn = ElementTree.fromstring(picture.svg)
    words = [t.text for t in drawn.iter(f"{SVG}text")]
    assert {"1980s", "2010s", "not stated"} <= set(words)


def pieces(edtf: str, seen: str = "2030-01-01", today: str = "2030-06-01") -> list[bool]:
    from datetime import date

    from kg import period

    found = timeline._pieces(
        period.parse(edtf), date.fromisoformat(seen), date.fromisoformat(today)
    )
    assert all(start < end for start, end, _ in found)
    return [sure for *_, sure in found]


def test_uncertain_ends_are_pieces_of_their_own() -> None:
    assert pieces("1985-03-01/1992-04-05") == [True]
    assert pieces("198X/1995-01-01") == [False, True]
    assert pieces("1985/1992") == [False, True, False]
    assert pieces("2001-01-01/..") == [True, False]
    assert pieces("2001-01-01/..", seen="2030-06-01") == [True]
    assert pieces("/..") == [False]


@pytest.mark.parametrize("draw", [decades.draw, ties.draw])
def test_nothing_dated_is_said(view_of: Make, draw: Callable[[View], object]) -> None:
    view = view_of(tiny.facts([*tiny.agencies("asa")], []))
    with pytest.raises(KGError, match="no tie has a date"):
        draw(view)


def test_a_thing_without_dates_is_said(view_of: Make) -> None:
    view = view_of(
        tiny.facts([*tiny.agencies("asa"), *tiny.missions("m")], [tiny.part("asa", "m")])
    )
    with pytest.raises(KGError, match="nothing dated"):
        timeline.draw(view, entity=iri("id:asa"))


def test_hostile_labels_stay_text(view_of: Make) -> None:
    bad = [
        {**tiny.entity(slug, cls), "label": {"en": HOSTILE}}
        for slug, cls in (("asa", "SpaceAgency"), ("bsa", "SpaceAgency"), ("m", "Mission"))
    ]
    view = view_of(tiny.facts(bad, [tiny.part(a, "m", period="1990/..") for a in ("asa", "bsa")]))
    for picture in (
        timeline.draw(view, entity=iri("id:asa")),
        ties.draw(view, actor=iri("id:asa")),
        decades.draw(view),
    ):
        drawn = ElementTree.fromstring(picture.svg)
        assert not list(drawn.iter(f"{SVG}script")) and not list(drawn.iter("script"))
        assert b"<script" not in page(picture)
        shown = [t.text or "" for t in drawn.iter(f"{SVG}text")]
        assert not [t for t in shown if "\u202e" in t and t != picture.title]


def test_pictures_have_names_and_fetch_nothing(world_view: View) -> None:
    picture = timeline.draw(world_view, entity="ASA")
    drawn = ElementTree.fromstring(picture.svg)
    assert drawn.get("role") == "img"
    assert drawn.findtext(f"{SVG}title") == picture.title
    assert "Known by" in (drawn.findtext(f"{SVG}desc") or "")
    links = re.findall(rb'(?:href|src)="(?!#)([^"]*)"', page(picture))
    assert links == []
    assert b"<date>" not in picture.svg


def test_too_many_rows_are_cut_and_said(world_view: View) -> None:
    picture = timeline.draw(world_view, entity="ASA", rows=1)
    assert "left out of the drawing" in " ".join(picture.caption)
    assert len(picture.table.rows) > 1
    with pytest.raises(KGError, match="cannot be drawn"):
        timeline.draw(world_view, entity="ASA", rows=0)


def test_the_same_bytes_for_other_hash_seeds(world_store: Path) -> None:
    code = (
        "import sys, kg; from kg.pictures import timeline, decades; view = kg.open(sys.argv[1]);"
        "sys.stdout.buffer.write(timeline.draw(view, entity='ASA').svg)"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", code, str(world_store)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1 and len(made.pop()) > 2_000


def test_a_missing_library_is_said(monkeypatch: pytest.MonkeyPatch, world_view: View) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(KGError) as caught:
        timeline.draw(world_view, entity="ASA")
    assert "not installed" in str(caught.value) and "kg[pictures]" in str(caught.value)


def test_long_labels_are_cut_at_a_word() -> None:
    assert _canvas.shortened("one two three four", 12) == "one two …"
    assert _canvas.shortened("x" * 40, 10) == "xxxxxxxxx…"
    assert _canvas.isolated("ab\u202ec") == "abc"
    assert _canvas.isolated("宇宙") == "\u2068宇宙\u2069"


def test_every_picture_is_found() -> None:
    assert registry.names("kg.pictures") == ["decades", "ties", "timeline"]
