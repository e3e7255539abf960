"""Search, the two clocks, the questions, SPARQL, registers, and what is said of bad input."""

from __future__ import annotations

import csv
import io
import json

import pytest
from pages_world import Tags, get

from kg.pages import Site
from kg.pages.lists import part
from kg.pages.names import Index, fold
from kg.questions import load_all


def page(site: Site, address: str) -> str:
    return get(site, address).body.decode()


@pytest.mark.parametrize("typed", ["étoile", "ETOILE", "l'etoile du n", "nord", "Étoile du"])
def test_search_knows_no_accents_and_no_case(hostile: Site, typed: str) -> None:
    hits = json.loads(get(hostile, f"/search.json?q={typed}").body)["hits"]
    assert [h["id"] for h in hits] == ["etoile"]
    assert hits[0]["href"] == "/id/etoile"


def test_search_finds_other_scripts_and_aliases(hostile: Site) -> None:
    assert json.loads(get(hostile, "/search.json?q=宇").body)["hits"][0]["id"] == "aye"
    assert json.loads(get(hostile, "/search.json?q=javascript").body)["hits"]
    assert json.loads(get(hostile, "/search.json?q=").body) == {"hits": []}


def test_search_works_without_a_script(hostile: Site) -> None:
    assert 'href="/id/etoile"' in page(hostile, "/search?q=etoile")
    assert "0 things for" in page(hostile, "/search?q=qqqqq")


def test_better_hits_come_first() -> None:
    from collections import Counter

    names = [("x:a", "Space Ace"), ("x:b", "Ace"), ("x:c", "Palace"), ("x:d", "Ace of Space")]
    index = Index(names, Counter({"x:a": 9}))
    assert [h.thing for h in index.find("ace")] == ["x:b", "x:d", "x:a", "x:c"]
    assert [h.thing for h in index.find("space ace")] == ["x:a", "x:d"]
    assert [h.thing for h in index.near("Plaace")][:1] == ["x:c"]
    assert index.find("ace", 1)[0].thing == "x:b"


def test_folding_keeps_letters_of_all_scripts() -> None:
    assert fold("  L’Étoile—du Nord ") == "l etoile du nord"
    assert fold("Ё宇宙") == "е宇宙"


def test_known_by_leaves_documents_out_and_says_so(hostile: Site) -> None:
    text = page(hostile, "/id/ship?as_of=2030-03-01")
    assert "1 document left out: 1 issued after 2030-03-01" in text
    assert "contradicted" not in text
    assert "contradicted" in page(hostile, "/id/ship")


def test_links_carry_the_clocks_along(hostile: Site) -> None:
    tags = Tags(page(hostile, "/id/ship?as_of=2030-03-01&on=2029-05-01"))
    links = [v for v in tags.values("href") if v.startswith("/") and "/static/" not in v]
    bare = [v for v in links if "as_of=2030-03-01" not in v]
    assert len(links) > 15
    assert bare == ["/id/ship"]  # the link that clears both


@pytest.mark.parametrize("query", ["on=2025-13-01", "as_of=yesterday", "on=2025-02-30"])
def test_a_day_that_is_none_is_said(hostile: Site, query: str) -> None:
    reply = get(hostile, f"/id/ship?{query}")
    text = reply.body.decode()
    assert reply.status == 400
    assert "is no calendar day" in text
    assert "write YYYY-MM-DD" in text
    assert "Known by" in text


def test_every_question_has_a_form_and_an_answer(site: Site) -> None:
    for name, query in load_all().items():
        reply = get(site, f"/questions/{name}")
        assert reply.status in {200, 404}, name  # 404: a default names nothing in this world
        fields = set(Tags(reply.body.decode()).values("name"))
        assert set(query.parameters) <= fields, name
    assert len(load_all()) >= 26


def test_an_answer_has_evidence_and_is_offered_as_data(hostile: Site) -> None:
    address = "/questions/shared-missions?a=aye&b=bee"
    text = page(hostile, address)
    assert 'id="e1"' in text
    assert 'href="#e1"' in text
    assert "/questions/shared-missions.csv?a=aye&amp;b=bee" in text
    rows = list(csv.DictReader(io.StringIO(page(hostile, address.replace("?", ".csv?")))))
    assert rows[0]["activity"] == "Moon & Sun"
    found = json.loads(page(hostile, address + "&format=json"))
    assert found["rows"][0]["modality"] == "ongoing, asserted"


def test_a_wrong_parameter_is_said_beside_the_form(hostile: Site) -> None:
    reply = get(hostile, "/questions/shared-missions?a=nobody-at-all")
    assert reply.status == 404
    assert 'role="alert"' in reply.body.decode()
    assert 'name="a"' in reply.body.decode()


def test_sparql_shows_where_it_is_wrong(site: Site) -> None:
    reply = get(site, "/query?query=SELECT+%2A+%7B%0A%3Fs+a+%3B%3B+sp%3AMission+.+.+%7D")
    text = reply.body.decode()
    assert reply.status == 400
    assert 'class="bad"' in text
    assert "line 2" in text


def test_sparql_runs_and_refuses(site: Site) -> None:
    good = page(site, "/query?query=SELECT+%3Fs+%7B+%3Fs+a+sp%3ASpaceAgency+%7D")
    assert "https://w3id.org/space-partnerships/id/asa" in good
    bad = get(
        site,
        "/query?query=SELECT+%2A+%7B+SERVICE+%3Chttp%3A%2F%2Fx%2F%3E+%7B+%3Fs+%3Fp+%3Fo+%7D+%7D",
    )
    assert bad.status == 400
    assert "SERVICE" in bad.body.decode()


def test_a_server_may_run_the_queries_itself(hostile: Site) -> None:
    from kg.table import Table

    asked = []
    own = Site(hostile.full, ask=lambda view, text: asked.append(text) or Table(("x",), (("1",),)))
    assert "1 row." in page(own, "/query?query=ASK+%7B%7D")
    assert asked == ["ASK {}"]


def test_plans_are_sorted_by_outcome(hostile: Site) -> None:
    assert "Docking of" in page(hostile, "/plans")
    assert "Launch of" in page(hostile, "/plans/unconfirmed")
    assert "never “did not happen”" in page(hostile, "/plans")


def test_contradictions_keep_both_sides(hostile: Site) -> None:
    text = page(hostile, "/conflicts")
    assert "1 contradiction" in text
    assert text.index("2029-05-01") < text.index("2029-06-01")  # the official source first


def test_two_names_lead_to_a_brief(hostile: Site) -> None:
    reply = get(hostile, "/pairs?a=aye&b=bee")
    assert (reply.status, dict(reply.headers)["Location"]) == (303, "/pair/aye/bee")
    assert get(hostile, "/pairs?a=aye").status == 400
    assert get(hostile, "/pair/aye/aye").status == 400
    assert get(hostile, "/pair/aye/nobody").status == 404


def test_a_list_in_parts() -> None:
    items = list(range(95))
    last = part(items, "x", "4", 30)
    assert (list(last.items), last.first, last.pages) == ([90, 91, 92, 93, 94], 91, 4)
    assert part(items, "x", "", 30).shown == [1, 2, 3, 4]
    assert part(list(range(900)), "x", "15", 30).shown == [1, 0, 13, 14, 15, 16, 17, 0, 30]
    assert part([], "x", "", 30).pages == 1
