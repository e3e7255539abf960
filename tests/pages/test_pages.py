"""Every kind of page: well-formed, safe whatever the names are, and its links lead somewhere."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from urllib.parse import urljoin, urlsplit

import html5rdf
import pytest
from pages_world import KINDS, LONG, Tags, facts, get, wrong

from kg.pages import Request, Site, respond, static
from kg.pages.site import VIEWS
from kg.restrict import KEPT
from kg.store import View


def text_of(site: Site, address: str, accept: str = "") -> str:
    return get(site, address, accept).body.decode()


@pytest.mark.parametrize("address", KINDS)
def test_hostile_names_stay_text(hostile: Site, address: str) -> None:
    text = text_of(hostile, address)
    assert wrong(text) == []
    assert "<script>window" not in text
    assert "<img src=x" not in text
    assert LONG not in text


@pytest.mark.parametrize("address", KINDS)
def test_pages_are_well_formed(hostile: Site, address: str) -> None:
    html5rdf.HTMLParser(strict=True).parse(text_of(hostile, address))


@pytest.mark.parametrize("address", KINDS)
def test_a_page_has_what_readers_of_all_kinds_need(hostile: Site, address: str) -> None:
    tags = Tags(text_of(hostile, address))
    names = [t for t, _ in tags.found]
    assert names.count("h1") == names.count("main") == 1
    assert {"header", "nav", "footer"} <= set(names)
    assert dict(tags.found)["html"]["lang"] == "en"
    first = next(a for t, a in tags.found if t == "a")
    assert (first["class"], first["href"]) == ("skip", "#main")
    labelled = {a["for"] for t, a in tags.found if t == "label"}
    fields = {a["id"] for t, a in tags.found if t in {"input", "textarea", "select"} and "id" in a}
    assert fields - labelled == set()
    heads = [int(t[1]) for t in names if t in {"h1", "h2", "h3", "h4"}]
    assert all(b - a <= 1 for a, b in pairwise(heads))
    assert all("scope" in a for t, a in tags.found if t == "th")


def crawl(site: Site, start: str) -> dict[str, int]:
    """Address → status of every page that links lead to, below the same start."""
    seen: dict[str, int] = {}
    todo = [start]
    while todo:
        here = todo.pop()
        if here in seen:
            continue
        base = "/kg"
        reply = get(site, here, base=base)
        seen[here] = reply.status
        if not reply.media.startswith("text/html") or here.startswith("/kg/graph/"):
            continue
        for link in Tags(reply.body.decode()).values("href", "action"):
            to = urljoin(here, link)
            if urlsplit(to).scheme or to.startswith("/kg/static/"):
                continue
            assert to.startswith("/kg/"), (here, link)
            todo.append(to.partition("#")[0])
    return seen


@pytest.mark.parametrize("start", ["/kg/", "/kg/?as_of=2030-03-01&on=2030-01-01"])
def test_every_link_leads_to_a_page(hostile: Site, start: str) -> None:
    seen = crawl(hostile, start)
    posted = "/kg/sparql"  # a server's own
    assert {a: s for a, s in seen.items() if s not in {200, 303} and a != posted} == {}
    assert len(seen) > 60


def test_fragments_exist_on_the_pages_they_name(hostile: Site) -> None:
    asked = 0
    for address in KINDS:
        for link in Tags(text_of(hostile, address)).values("href"):
            to, _, fragment = link.partition("#")
            if not fragment or urlsplit(to).scheme:
                continue
            asked += 1
            assert fragment in set(Tags(text_of(hostile, to or address)).values("id")), link
    assert asked > 60


def test_the_same_world_gives_the_same_bytes(view_of: Callable[[str], View]) -> None:
    one, other = Site(view_of(facts())), Site(view_of(facts()))
    for address in (*KINDS, "/id/aye.ttl", "/id/aye.jsonld", "/plans.csv", "/data.ttl"):
        assert get(one, address).body == get(other, address).body, address


def test_our_own_files_are_served_and_no_others() -> None:
    assert static("kg.css").media == "text/css; charset=utf-8"
    assert static("kg.js").media == "text/javascript; charset=utf-8"
    assert static("icon.svg").media == "image/svg+xml"
    for name in ("../render.py", "base.html", "", ".", "nothing.css"):
        assert static(name).status == 404


def test_the_script_and_the_sheet_ask_nobody() -> None:
    for name in ("kg.css", "kg.js"):
        text = static(name).body.decode()
        assert "http:" not in text
        assert "https:" not in text
        assert "innerHTML" not in text
        assert "eval(" not in text


def test_links_begin_with_the_base(site: Site) -> None:
    reply = respond(site, Request("/", base="/kg"))
    links = [v for v in Tags(reply.body.decode()).values("href") if not v.startswith("#")]
    assert len(links) > 20
    assert [v for v in links if not v.startswith("/kg/")] == []


def test_a_slash_at_the_end_leads_to_the_page(site: Site) -> None:
    reply = get(site, "/plans/")
    assert (reply.status, dict(reply.headers)["Location"]) == (301, "/plans")


def test_a_view_of_a_day_is_freed_when_others_have_taken_its_place(site: Site) -> None:
    first = weakref.ref(site.view(date(2031, 6, 1)))
    assert site.view(date(2031, 6, 1)) is first()
    for day in range(2, 2 + VIEWS):
        site.view(date(2031, 6, day))
    assert first() is None
    assert KEPT < VIEWS
