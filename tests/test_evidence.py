"""Evidence of claims: the words where the text is at hand, our own gist elsewhere."""

import shutil
from dataclasses import replace
from datetime import date

import pytest

from kg import build
from kg.evidence import supports
from kg.namespaces import iri
from kg.period import Answer
from kg.restrict import restrict
from kg.store import open_view
from kg.texts import NOT_AT_HAND

LEAD = iri("claim:participation.jaxa.xrism.lead.ongoing.csa-2025-07-09")
STATES = iri("claim:participation.canada.iss.partner.ongoing.csa-2025-07-09")


@pytest.fixture(scope="module")
def with_text(seed_store, seed_text, tmp_path_factory):
    home = tmp_path_factory.mktemp("with-text") / "ws"
    shutil.copytree(seed_store, home)
    build.build(home, only=["seed"], texts_folder=seed_text.parent)
    return open_view(home)


def test_without_the_text_the_gist_is_shown_and_said_to_be_one(seed_view):
    (evidence,) = supports(seed_view, [LEAD])[LEAD].evidence
    assert evidence.quote == ""
    assert evidence.words == f"[{NOT_AT_HAND}] {evidence.gist}"
    assert evidence.gist


def test_with_the_text_the_words_are_shown(with_text, seed_text):
    (evidence,) = supports(with_text, [LEAD])[LEAD].evidence
    text = seed_text.read_text(encoding="utf-8")
    assert evidence.quote == text[3803:3821] == "Led by JAXA, XRISM"
    assert evidence.words == "“Led by JAXA, XRISM”"


def test_every_quote_of_the_seed_is_where_it_is_cited(with_text, seed_text):
    text = seed_text.read_text(encoding="utf-8")
    claims = [c for (c,) in with_text.rows("SELECT ?c { ?c sp:ofFact ?f }")]
    found = [e for s in supports(with_text, claims).values() for e in s.evidence]
    assert len(found) >= 43
    for evidence in found:
        start, _, end = evidence.locator.removeprefix("#char=").partition(",")
        assert evidence.quote == text[int(start) : int(end)] != ""


def test_what_is_known_of_the_document(seed_view):
    (evidence,) = supports(seed_view, [LEAD])[LEAD].evidence
    assert evidence.document == "csa-2025-07-09"
    assert evidence.locator == "#char=3803,3821"
    assert evidence.sentence == "s28"
    assert evidence.publisher == "Canadian Space Agency"
    assert evidence.issued == "2025-07-09"
    assert evidence.tier == "official"
    assert evidence.title == "", "the release has no title"
    assert evidence.attribution == "asserted"


def test_modality_is_status_and_attribution(seed_view):
    quoted = [c for (c,) in seed_view.rows("SELECT ?c { ?c a sp:Quotation }")]
    assert {s.modality for s in supports(seed_view, quoted).values()} == {"occurred, quoted"}
    assert supports(seed_view, [LEAD])[LEAD].modality == "ongoing, asserted"


@pytest.mark.parametrize(
    ("status", "kinds", "modality"),
    [
        ("occurred", ["quoted", "asserted", "quoted"], "occurred, asserted/quoted"),
        ("", ["reported"], "reported"),
        ("planned", [], "planned"),
        ("", [], ""),
    ],
)
def test_modality_of_several_places_or_none(seed_view, status, kinds, modality):
    support = supports(seed_view, [LEAD])[LEAD]
    (one,) = support.evidence
    places = tuple(replace(one, attribution=kind) for kind in kinds)
    assert replace(support, status=status, evidence=places).modality == modality


@pytest.mark.parametrize(
    ("period", "day", "over"),
    [
        ("2009/2010", "2010-12-31", False),
        ("2009/2010", "2011-01-01", True),
        ("2009/..", "2030-01-01", False),
        ("2009/", "2030-01-01", False),
        ("2009", "2030-01-01", False),
        ("", "2030-01-01", False),
    ],
)
def test_over_is_what_is_stated_to_have_ended_before_a_day(seed_view, period, day, over):
    support = replace(supports(seed_view, [LEAD])[LEAD], period=period)
    assert support.over(date.fromisoformat(day)) is over


@pytest.mark.parametrize("name", ["period", "onDate", "plannedFor", "asOf"])
def test_each_kind_of_time_is_the_time_of_its_claim(world_view, name):
    query = f"SELECT ?c ?e {{ ?c sp:ofFact ?f ; sp:{name}/sp:edtf ?e }}"
    stated = dict(world_view.rows(query))
    assert stated
    found = supports(world_view, stated)
    assert {claim: found[claim].period for claim in stated} == stated


def test_an_unknown_claim_has_nothing(seed_view):
    unknown = iri("claim:nothing")
    support = supports(seed_view, [unknown])[unknown]
    assert (support.status, support.evidence) == ("", ())
    assert support.on(date(2025, 7, 9)) is Answer.NOT_STATED


def test_no_claims_no_answer(seed_view):
    assert supports(seed_view, []) == {}


def test_evidence_from_documents_left_out_is_not_shown(full_view):
    """An entity may be cited from several documents; only those that count are shown."""
    jaxa = iri("id:jaxa")
    everywhere = {e.document for e in supports(full_view, [jaxa])[jaxa].evidence}
    only = restrict(full_view, documents=["csa-2025-07-09"])
    there = {e.document for e in supports(only, [jaxa])[jaxa].evidence}
    assert there == {"csa-2025-07-09"} < everywhere


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("1979-12-31", Answer.NO),
        ("1985-06-01", Answer.POSSIBLE),
        ("1990-01-01", Answer.YES),
        ("2025-07-09", Answer.YES),
        ("2030-01-01", Answer.POSSIBLE),
    ],
)
def test_a_vague_start_and_an_open_end(seed_view, day, answer):
    assert supports(seed_view, [STATES])[STATES].on(date.fromisoformat(day)) is answer


def test_without_a_period_only_the_days_attested_are_yes(seed_view):
    support = replace(supports(seed_view, [LEAD])[LEAD], attested=("2025-07-09",))
    assert support.period == ""
    assert support.on(date(2025, 7, 9)) is Answer.YES
    assert support.on(date(2025, 7, 8)) is Answer.NOT_STATED


def test_one_claim_belongs_to_one_document(full_view):
    """One claim node shared by two documents would join one's date to the other's words."""
    query = """SELECT ?c (COUNT(DISTINCT ?d) AS ?n) { ?c sp:ofFact ?f ; sp:evidence/sp:document ?d }
        GROUP BY ?c HAVING (COUNT(DISTINCT ?d) > 1)"""
    assert full_view.rows(query) == []
    assert len(full_view.rows("SELECT ?c { ?c sp:ofFact ?f }")) > 300
