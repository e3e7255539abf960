"""`kg fetch texts`: the words come into the user's own cache, and answers then show them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from kg import build, texts
from kg.errors import InputError, UnknownNameError
from kg.evidence import supports
from kg.fetch import pages
from kg.fetch.robots import parse
from kg.namespaces import iri
from kg.store import open_view
from kg.texts import NOT_AT_HAND

WORDS = "Zoë leads the Polar mission with two partners"
OTHER = "The second agency takes part"
SOURCE = """\
title: pages
licence: CC-BY-4.0
loader: facts
files: [facts.yaml]
"""
FACTS = """\
documents:
  - {{id: page-one, type: WebPage, url: "{root}/one", tier: official, seen: page}}
  - {{id: page-two, type: WebPage, url: "{root}/two", tier: news, seen: page}}
  - {{id: page-three, type: WebPage, tier: news, seen: page}}
entities:
  - {{id: polar, type: Mission, label: {{en: Polar}}, cite: {one}}}
  - {{id: first, type: SpaceAgency, label: {{en: First}}, cite: {one}}}
  - {{id: second, type: SpaceAgency, label: {{en: Second}}, cite: {two}}}
statements:
  - {{class: Participation, participant: first, inActivity: polar, role: lead, status: ongoing,
     cite: {one}}}
  - {{class: Participation, participant: second, inActivity: polar, role: partner, status: ongoing,
     cite: {two}}}
  - {{class: Participation, participant: second, inActivity: polar, role: supporter,
     status: ongoing, cite: {three}}}
"""
CLAIM = "claim:participation.first.polar.lead.ongoing.page-one"


def cite(document, words, gist):
    sha = hashlib.sha256(words.encode()).hexdigest()
    quote = f'quote: {{length: "{len(words)}", sha256: {sha}}}'
    return f"{{document: {document}, {quote}, gist: {gist}}}"


@pytest.fixture
def workspace(site, tmp_path):
    """A store that cites three pages, of which the server can have two."""
    home = tmp_path / "ws"
    folder = home / "sources" / "pages"
    folder.mkdir(parents=True)
    (folder / "source.yaml").write_text(SOURCE)
    facts = FACTS.format(
        root=site.root,
        one=cite("page-one", WORDS, "First leads it"),
        two=cite("page-two", OTHER, "Second takes part"),
        three=cite("page-three", "no address", "Second supports it"),
    )
    (folder / "facts.yaml").write_text(facts)
    build.build(home, only=["pages"])
    return home


def page(words):
    return f"<!DOCTYPE html><body><p>Before. <b>{words}</b>. After.</p>".encode()


def words_of(home):
    view = open_view(home)
    (evidence,) = supports(view, [iri(CLAIM)])[iri(CLAIM)].evidence
    return evidence.words


def test_the_words_are_found_and_shown(site, kg, reply, workspace):
    assert words_of(workspace) == f"[{NOT_AT_HAND}] First leads it"
    site.put("/one", reply(page(WORDS)))
    site.put("/two", reply(page("The page says something else now")))
    ran = kg("fetch", "texts", "--loopback")
    assert (ran.code, ran.err) == (0, "")
    assert "quotes: 1 found, 1 gone from their pages, 1 on pages not read" in ran.out
    assert "gone: Second takes part" in ran.out
    assert "no address is stated" in ran.out
    assert words_of(workspace) == f"“{WORDS}”"
    for command in (
        ["show", "First"],
        ["show", "page-one"],
        ["query", "roles-in", "-p", "activity=polar"],
    ):
        shown = kg(*command)
        assert (shown.code, shown.err) == (0, "")
        assert WORDS in shown.out
    assert WORDS in kg("dossier", "First", "Second").out
    assert WORDS not in kg("export", "-f", "turtle").out, "exports carry no words of others"


def test_strict_ends_with_1(site, kg, reply, workspace):
    site.put("/one", reply(page(WORDS)))
    assert kg("fetch", "texts", "page-one", "--loopback", "--strict").code == 0
    assert kg("fetch", "texts", "page-two", "--loopback", "--strict").code == 1
    assert kg("fetch", "texts", "page-two", "--loopback").code == 0


def test_a_page_whose_quotes_are_at_hand_is_not_asked_for_again(site, kg, reply, workspace):
    site.put("/one", reply(page(WORDS)))
    kg("fetch", "texts", "page-one", "--loopback")
    asked = len(site.asked)
    ran = kg("fetch", "texts", "page-one", "--loopback")
    assert "quotes: 1 found, 0 gone" in ran.out
    assert len(site.asked) == asked


def test_a_page_that_cannot_be_had_is_reported(site, kg, reply, workspace):
    site.put("/one", reply(b"no", 403))
    ran = kg("fetch", "texts", "page-one", "--loopback")
    assert ran.code == 0
    assert "answers 403" in ran.out
    assert words_of(workspace).startswith(f"[{NOT_AT_HAND}]")


def test_robots_are_respected_and_asked_once(site, kg, reply, workspace):
    site.put("/robots.txt", reply(b"User-agent: *\nDisallow: /one\n"))
    site.put("/one", reply(page(WORDS)))
    site.put("/two", reply(page(OTHER)))
    ran = kg("fetch", "texts", "--loopback")
    assert "asks programs to stay out" in ran.out
    assert site.paths() == ["/robots.txt", "/two"]


def test_robots_that_cannot_be_read_mean_no(site, kg, reply, workspace):
    site.put("/robots.txt", reply(b"", 500))
    site.put("/one", reply(page(WORDS)))
    ran = kg("fetch", "texts", "page-one", "--loopback")
    assert "says nothing that can be read" in ran.out
    assert "/one" not in site.paths()


def test_a_redirect_is_held_against_the_robots_of_its_target(site, kg, reply, workspace):
    site.put("/robots.txt", reply(b"User-agent: kg-space-partnerships\nDisallow: /private\n"))
    site.put("/one", reply(b"", 301, {"Location": "/private/one"}))
    site.put("/private/one", reply(page(WORDS)))
    ran = kg("fetch", "texts", "page-one", "--loopback")
    assert "asks programs to stay out" in ran.out
    assert "/private/one" not in site.paths()


def test_a_dry_run_lists_addresses(site, kg, workspace):
    ran = kg("fetch", "texts", "--dry-run")
    assert f"{site.root}/one -> page-one: 1 quotes" in ran.out
    assert "no address -> page-three" in ran.out
    assert site.asked == []


def test_saved_copies_need_no_connection(site, kg, workspace, tmp_path):
    """Known by their name, by the address that they give as theirs, or by their folder."""
    saved = tmp_path / "saved"
    (saved / "page-three").mkdir(parents=True)
    (saved / "page-one.html").write_bytes(page(WORDS))
    link = f'<link rel="canonical" href="{site.root}/two/">'
    (saved / "some name.htm").write_bytes(link.encode() + page(OTHER))
    (saved / "page-three" / "index.txt").write_text("there is\n no   address\n")
    (saved / "unknown.html").write_bytes(page("x"))
    (saved / "picture.png").write_bytes(b"\x89PNG")
    ran = kg("fetch", "texts", "--from", saved, "--strict")
    assert (ran.code, ran.err) == (0, "")
    assert "quotes: 3 found, 0 gone" in ran.out
    assert site.asked == []
    assert words_of(workspace) == f"“{WORDS}”"


def test_what_was_not_saved_is_said(kg, workspace, tmp_path):
    ran = kg("fetch", "texts", "page-one", "--from", tmp_path)
    assert "no saved copy" in ran.out
    assert kg("fetch", "texts", "--from", tmp_path / "nowhere").code == 1


def test_of_two_copies_the_one_that_has_it_counts(workspace, tmp_path):
    saved = tmp_path / "saved"
    (saved / "page-one").mkdir(parents=True)
    (saved / "page-one" / "a.html").write_bytes(page("a login page"))
    (saved / "page-one" / "b.html").write_bytes(page(WORDS))
    found = pages.from_folder(pages.cited(open_view(workspace), ["page-one"]), saved, workspace)
    assert [(r.found, r.gone) for r in found] == [(1, ())]


def test_a_cache_that_was_changed_shows_nothing(workspace):
    sha = hashlib.sha256(WORDS.encode()).hexdigest()
    texts.keep(workspace, "page-one", {sha: WORDS})
    assert words_of(workspace) == f"“{WORDS}”"
    path = workspace / texts.QUOTES / "page-one.json"
    path.write_text(json.dumps({sha: "something else"}))
    assert words_of(workspace).startswith(f"[{NOT_AT_HAND}]")
    path.write_text("[broken")
    assert words_of(workspace).startswith(f"[{NOT_AT_HAND}]")


def test_the_bytes_of_a_cited_file_become_a_text_at_hand(seed_store, seed_text, tmp_path):
    import shutil

    home = Path(shutil.copytree(seed_store, tmp_path / "ws"))
    saved = tmp_path / "saved"
    saved.mkdir()
    shutil.copy(seed_text, saved / "any name.txt")
    (result,) = pages.from_folder(pages.cited(open_view(home)), saved, home)
    assert result.gone == ()
    assert len(list((home / texts.CACHE).iterdir())) == 1


def test_unknown_documents_are_suggested(workspace, tmp_path):
    with pytest.raises(UnknownNameError, match="nothing is quoted") as caught:
        pages.cited(open_view(workspace), ["page-onee"])
    assert "page-one" in caught.value.fix
    with pytest.raises(InputError, match="not a folder"):
        pages.from_folder([], tmp_path / "nowhere", workspace)


ROBOTS = """\
# for all
User-agent: other
User-agent: kg-space-partnerships
Allow: /news/open$
Disallow: /news/
Disallow: /*.php
Crawl-delay: 7

User-agent: *
Disallow: /
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/news/closed", False),
        ("/news/open", True),
        ("/news/opening", False),
        ("/a/b.php?x=1", False),
        ("/a/b.html", True),
    ],
)
def test_robots_as_the_standard_says(path, allowed):
    rules = parse(ROBOTS, "kg-space-partnerships")
    assert rules.allow(f"https://example.org{path}") is allowed
    assert rules.delay == 7.0
    assert not parse(ROBOTS, "somebody").allow("https://example.org/")
    assert parse("", "x").allow("https://example.org/a")
    assert parse("User-agent: *\nDisallow:\n", "x").allow("https://example.org/a")
