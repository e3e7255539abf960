"""The page of a thing, of a document, of a fact: what they say, and in which formats."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from pages_world import Tags, get

from kg.namespaces import iri, sp
from kg.pages import Site
from kg.pages.memory import remember
from kg.pages.negotiate import THING, chosen
from kg.store import View

ASA = "/id/asa"


def page(site: Site, address: str) -> str:
    return get(site, address).body.decode()


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "text/html; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
        ("text/turtle", "text/turtle"),
        ("text/html;q=0.4, text/turtle;q=0.9", "text/turtle"),
        ("text/turtle;q=0, */*", "text/html; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples, text/turtle;q=0.5", "application/n-triples"),
        ("application/*;q=0.5, text/turtle;q=0.1", "application/ld+json"),
        ("text/turtle;q=nonsense", "text/html; charset=utf-8"),
    ],
)
def test_the_format_is_negotiated(site: Site, accept: str, media: str) -> None:
    reply = get(site, ASA, accept)
    assert (reply.status, reply.media) == (200, media)
    said = dict(reply.headers)
    assert said["Vary"] == "Accept"
    assert 'rel="alternate"; type="text/turtle"' in said["Link"]


def test_what_nobody_offers_is_not_acceptable(site: Site) -> None:
    reply = get(site, ASA, "image/png")
    assert reply.status == 406
    assert b"text/turtle" in reply.body
    assert chosen("", "", "image/png", THING) == ""


@pytest.mark.parametrize("ending", ["ttl", "jsonld", "nt"])
def test_an_ending_and_a_parameter_choose_the_format(site: Site, ending: str) -> None:
    by_ending = get(site, f"{ASA}.{ending}", "text/html")
    assert by_ending.media == THING[ending]
    assert get(site, f"{ASA}?format={ending}", "text/html").body == by_ending.body
    assert get(site, f"{ASA}?format=docx").status == 400


def test_the_triples_are_those_of_the_thing_its_claims_and_their_evidence(site: Site) -> None:
    view = site.full
    claims = {
        q.subject.value
        for q in view.store.quads_for_pattern(
            None, None, ox.NamedNode(iri("id:asa")), ox.DefaultGraph()
        )
        if q.subject.value.startswith(iri("claim:x")[:-1])
    }
    forms = {
        "ttl": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "jsonld": ox.RdfFormat.JSON_LD,
    }
    found = {
        form: {q.triple for q in ox.parse(get(site, f"{ASA}.{form}").body, format=made)}
        for form, made in forms.items()
    }
    assert found["ttl"] == found["nt"] == found["jsonld"]
    subjects = {t.subject.value for t in found["nt"]}
    assert claims and claims <= subjects
    evidence = {e for c in claims for e in view.objects(c, sp("evidence"))}
    assert evidence and evidence <= subjects
    known = {"id", "claim", "evidence", "fact", "period", "identifier"}
    assert {s.removeprefix(iri("id:x")[:-4]).split("/")[0] for s in subjects} <= known
    assert [s for s in subjects if s.startswith(iri("id:x")[:-1])] == [iri("id:asa")]
    for subject in subjects:
        quads = view.store.quads_for_pattern(ox.NamedNode(subject), None, None, ox.DefaultGraph())
        assert {q.triple for q in quads} <= found["nt"]


def test_names_carry_their_language_and_stand_apart(hostile: Site) -> None:
    tags = Tags(page(hostile, "/id/aye"))
    assert ("bdi", {"lang": "ja"}) in tags.found
    assert ("bdi", {"lang": "he"}) in tags.found
    assert "Japanese" in page(hostile, "/id/aye")


def test_what_is_not_stated_is_said(hostile: Site) -> None:
    text = page(hostile, "/id/bee")
    assert "an identifier in wikidata" in text
    assert "time not stated" in text
    assert "a second document for" in text


def test_plans_are_marked_as_plans_and_contradictions_as_such(hostile: Site) -> None:
    text = page(hostile, "/id/aye")
    assert '<span class="status s-planned">planned</span>' in text
    assert "contradicted" in text
    assert "text not at hand" in text


def test_quotes_are_shown_where_the_text_is_at_hand(site: Site) -> None:
    assert "<q>" in page(site, ASA)


def test_a_day_says_of_each_fact_whether_it_holds(hostile: Site) -> None:
    text = page(hostile, "/id/aye/missions?on=2001-06-01")
    assert "true on 2001-06-01: <b>possible</b>" in text or "<b>yes</b>" in text
    assert "true on 2000-01-01: <b>no</b>" in page(hostile, "/id/aye?on=2000-01-01")


def test_a_claim_leads_to_its_fact(hostile: Site) -> None:
    reply = get(hostile, "/claim/participation.aye.moon.lead.ongoing.alpha")
    place = dict(reply.headers)["Location"]
    assert reply.status == 303
    assert place.startswith("/fact/participation.aye.moon.lead.ongoing#")
    assert place.partition("#")[2] in set(Tags(page(hostile, place)).values("id"))
    triples = get(hostile, "/claim/participation.aye.moon.lead.ongoing.alpha.nt")
    assert triples.media == "application/n-triples"


def test_a_document_lists_what_it_states(hostile: Site) -> None:
    text = page(hostile, "/doc/beta")
    assert "2 facts" in text
    assert "news" in text
    assert "2030-06-01" in text


def test_long_lists_are_parted(hostile: Site) -> None:
    assert get(hostile, "/id/aye/missions").status == 200
    for address in ("/id/aye/missions/2", "/id/aye/nothing", "/documents/9", "/plans/open/x"):
        assert get(hostile, address).status == 404


def test_unknown_names_get_close_ones(site: Site) -> None:
    reply = get(site, "/id/arctic-space-agenc")
    assert reply.status == 404
    assert "Close matches" in reply.body.decode()


def test_memory_answers_as_the_view_does(world_view: View) -> None:
    memory = remember(world_view)
    asked = 0
    for subject in (iri("id:asa"), iri("id:tern-b1"), iri("doc:bso-2031-10-30"), iri("id:none")):
        assert memory.label(subject) == world_view.label(subject)
        assert memory.described(subject).keys() == world_view.described(subject).keys()
        for predicate in world_view.described(subject):
            asked += 1
            assert memory.objects(subject, predicate) == world_view.objects(subject, predicate)
            assert set(memory.terms(subject, predicate)) == set(
                world_view.terms(subject, predicate)
            )
    assert asked > 10
