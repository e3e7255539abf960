"""The brief of a pair: what it says, that every line is cited, and that nothing runs in it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from kg import dossier
from kg.dossier.content import compose
from kg.errors import KGError
from kg.namespaces import iri
from kg.restrict import restrict
from kg.store import View, open_view

CSA, JAXA = iri("id:csa"), iri("id:jaxa")
DAY = date(2025, 7, 9)


@pytest.fixture(scope="module")
def full(full_store: Path) -> View:
    return open_view(full_store)


@pytest.fixture(scope="module")
def brief(full: View) -> dossier.model.Dossier:
    return compose(full, full, CSA, JAXA, DAY)


def section(brief: dossier.model.Dossier, title: str) -> list[str]:
    found = [s for s in brief.sections if s.title == title]
    assert len(found) == 1, title
    return [line.text for line in found[0].lines]


def test_who_is_in_office_on_the_day(brief: dossier.model.Dossier) -> None:
    heads = section(brief, "In office")
    assert len(heads) == 2
    assert heads[0].startswith("Lisa Campbell, President of the Canadian Space Agency")
    assert heads[1].startswith("Hiroshi Yamakawa")
    assert all("on the day: yes" in head for head in heads)


def test_where_nobody_is_stated_for_the_day_only_the_last_one_is_named(full: View) -> None:
    heads = section(compose(full, full, CSA, JAXA, date(2026, 3, 7)), "In office")
    assert [head.split(",")[0] for head in heads] == ["Lisa Campbell", "Hiroshi Yamakawa"]
    assert "attested 2020-09-03, 2025-07-09); on the day: not stated" in heads[0]
    assert "on the day: possible" in heads[1]


def test_missions_keep_states_and_agencies_apart(brief: dossier.model.Dossier) -> None:
    missions = section(brief, "Missions shared")
    station = [m for m in missions if m.startswith("International Space Station")]
    assert len(station) == 2
    states = next(m for m in station if "– Canada: partner" in m)
    assert "Japan: partner, from 198X" in states
    assert states.count("198X") == 2
    agencies = next(m for m in station if m is not states)
    assert "198X" not in agencies
    assert "Canadian Space Agency" in agencies


def test_other_cooperation(brief: dossier.model.Dossier) -> None:
    others = " | ".join(section(brief, "Other cooperation and agreements"))
    for wanted in ("Earth observation data sharing", "lunar exploration", "Charter", "training"):
        assert wanted in others
    assert "renewed on or before 2025-07-09" in others


def test_a_plan_is_reported_with_what_became_of_it(brief: dossier.model.Dossier) -> None:
    plans = section(brief, "Plans and what became of them")
    capture = [p for p in plans if p.startswith("capture of HTV-X – window [2025-07-09..")]
    assert len(capture) == 1
    assert "realised" in capture[0]
    assert capture[0].endswith("2025-10-29T15:58:00Z")
    assert not any("2009" in plan for plan in plans)


def test_as_of_the_release_the_plan_is_open(full: View) -> None:
    then = restrict(full, as_of=DAY)
    plans = section(compose(then, full, CSA, JAXA, DAY), "Plans and what became of them")
    capture = [p for p in plans if p.startswith("capture of HTV-X –")]
    assert capture
    assert all(p.endswith("open") for p in capture)


def test_contradictions_keep_both_sides(brief: dossier.model.Dossier) -> None:
    found = " ".join(section(brief, "Contradictions"))
    assert "2025-10-28" in found
    assert "Canada and Japan (official)" in found


def test_every_line_but_the_missing_ones_is_cited(brief: dossier.model.Dossier) -> None:
    checked = 0
    for part in brief.sections:
        for line in part.lines:
            if part.title != "Not stated":
                checked += 1
                assert line.sources, line.text
                assert all(1 <= n <= len(brief.sources) for n in line.sources)
    assert checked > 30
    missing = section(brief, "Not stated")
    assert any(line.startswith("start for Canadian Space Agency") for line in missing)


def test_markdown_and_html_say_the_same(full: View, brief: dossier.model.Dossier) -> None:
    markdown = dossier.write(full, full, CSA, JAXA, on=DAY, form="md")
    html = dossier.write(full, full, CSA, JAXA, on=DAY, form="html")
    assert markdown.count("\n- ") > 60
    for number, _ in enumerate(brief.sources, 1):
        assert f"\n{number}. " in markdown
        assert f'id="e{number}"' in html
    assert not re.search(r"<script|<link|src=|url\(", html)
    assert set(re.findall(r'href="([^"#]{4})', html)) == {"http"}


def test_html_escapes(full: View) -> None:
    document = ("d", "<b>", "p", "i", "javascript:x")
    title, source = "<script>alert(1)</script>", "<img src=x>"
    evil = dossier.model.Dossier(title, "&", (), (source,), (document,), ())
    html = dossier.html.write(evil)
    assert "<script>" not in html
    assert "<img" not in html
    assert "javascript:" not in html
    assert "&lt;b&gt;" in html


def test_a_pair_with_nothing_in_common_says_so(full: View) -> None:
    text = dossier.write(full, full, iri("id:melanie-joly"), iri("id:jaxa"), on=DAY, form="md")
    assert text.count("Nothing on record.") > 3


@pytest.mark.parametrize(
    ("b", "form", "message"),
    [(CSA, "md", "two different actors"), (JAXA, "pdf", "unknown format 'pdf'")],
)
def test_what_cannot_be_written_is_refused(full: View, b: str, form: str, message: str) -> None:
    with pytest.raises(KGError, match=message):
        dossier.write(full, full, CSA, b, on=DAY, form=form)
