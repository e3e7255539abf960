"""`kg fetch NAME`: what is offered is data; files land where `kg build --add` reads them."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kg import resources
from kg.errors import InputError, UnknownNameError
from kg.fetch import spec, tables

ORGS = b"#Code\tName\n" + b"A\tAgency\n" * 500
LOG = b"#Launch_Tag\tSatOwner\n" + b"2026-001\tA\n" * 500
OFFER = """\
title: A catalogue
publisher: Somebody
licence: CC BY 4.0
credit: Somebody's catalogue
hosts: [localhost]
files:
  - {{name: orgs.tsv, url: {root}/orgs.tsv, kind: tsv, columns: [Code, Name], least: "100"}}
  - {{name: launchlog.tsv, url: {root}/log.tsv, kind: tsv, columns: [Launch_Tag]}}
"""
ITEMS = """\
title: Items
publisher: Somebody
licence: CC0
items: {{pattern: "Q[1-9][0-9]*", scheme: wikidata, name: "{{item}}.json", kind: json,
         key: entities, url: "{root}/{{item}}.json"}}
"""


@pytest.fixture
def offered(site, tmp_path, monkeypatch):
    """Put descriptions that lead to the server in the place of the product's."""
    monkeypatch.setattr(resources, "data", lambda: tmp_path / "data")

    def put(name, text):
        folder = tmp_path / "data" / "external" / name
        folder.mkdir(parents=True)
        (folder / spec.SPEC).write_text(text.format(root=site.root))

    return put


def test_what_the_product_offers_can_be_read():
    names = spec.names()
    assert {"gcat", "ucs", "astronauts", "wikidata", "charter"} <= set(names)
    for name in names:
        found = spec.load(name)
        assert found.licence
        assert found.files or found.items or found.missing
        files = [*found.files, *([found.items.file] if found.items else [])]
        for file in files:
            assert file.url.startswith("https://")
            assert urlsplit(file.url).username is None
            assert file.expected.columns or file.expected.key


def test_the_columns_expected_of_gcat_are_those_of_its_files():
    """The description was written from files of 2024 and 2025; they are tried where at hand."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "data" / "gcat"
    if not folder.is_dir():
        pytest.skip("skipped: the samples of GCAT are not at hand")
    from kg.fetch.check import check

    by_name = {f.name: f for f in spec.load("gcat").files}
    tried = [n for n in by_name if (folder / n).is_file()]
    assert len(tried) == 6
    for name in tried:
        assert check(folder / name, by_name[name].expected)


def test_a_table_is_fetched_and_the_next_step_said(site, offered, kg, reply, tmp_path):
    offered("gcat", OFFER)
    site.put("/orgs.tsv", reply(ORGS, etag='"1"'))
    site.put("/log.tsv", reply(LOG))
    ran = kg("fetch", "gcat", "--loopback")
    folder = tmp_path / "ws" / "cache" / "fetch" / "gcat"
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[-1] == f"kg build --add gcat={folder}"
    assert "Somebody's catalogue (CC BY 4.0)" in ran.out
    assert sorted(p.name for p in folder.iterdir()) == ["launchlog.tsv", "orgs.tsv"]
    ledger = json.loads((folder.parent / "gcat.manifest.json").read_text())
    assert ledger["orgs.tsv"]["etag"] == '"1"'
    assert ledger["orgs.tsv"]["length"] == len(ORGS)
    assert set(ledger["orgs.tsv"]) == {
        "url", "source", "sha256", "length", "etag", "modified", "date", "media",
    }  # fmt: skip
    again = kg("fetch", "gcat", "orgs", "--loopback")
    assert "orgs.tsv: unchanged" in again.out
    assert "launchlog" not in again.out


def test_one_file_that_fails_does_not_cost_the_others(site, offered, kg, reply, tmp_path):
    offered("gcat", OFFER)
    site.put("/orgs.tsv", reply(ORGS))
    site.put("/log.tsv", reply(LOG))
    assert kg("fetch", "gcat", "--loopback").code == 0
    site.put("/orgs.tsv", reply(b"<html>gone</html>"))
    site.put("/log.tsv", reply(LOG + b"2026-002\tA\n"))
    ran = kg("fetch", "gcat", "--loopback")
    assert ran.code == 1
    assert "orgs.tsv: failed, the former one stays" in ran.out
    assert "launchlog.tsv: fetched" in ran.out
    assert (tmp_path / "ws/cache/fetch/gcat/orgs.tsv").read_bytes() == ORGS


def test_a_host_that_the_description_names_may_answer(site, offered, kg, reply):
    offered("gcat", OFFER)
    other = site.root.replace("127.0.0.1", "localhost")
    site.put("/orgs.tsv", reply(b"", 302, {"Location": f"{other}/moved.tsv"}))
    site.put("/moved.tsv", reply(ORGS))
    assert kg("fetch", "gcat", "orgs.tsv", "--loopback").code == 0


def test_a_dry_run_asks_nobody(site, offered, kg, tmp_path):
    offered("gcat", OFFER)
    ran = kg("fetch", "gcat", "--dry-run")
    assert ran.code == 0
    assert f"{site.root}/orgs.tsv -> " in ran.out
    assert "kg build --add gcat=" in ran.out
    assert site.asked == []
    assert not (tmp_path / "ws").exists()


def test_items_are_chosen_by_the_user(site, offered, kg, reply, tmp_path):
    offered("wikidata", ITEMS)
    site.put("/Q42.json", reply(b'{"entities": {"Q42": {}}}'))
    assert kg("fetch", "wikidata", "Q42", "--loopback").code == 0
    assert [p.name for p in (tmp_path / "ws/cache/fetch/wikidata").iterdir()] == ["Q42.json"]
    ran = kg("fetch", "wikidata", "../../etc", "--loopback")
    assert ran.code == 2
    assert "items look like" in ran.err


def test_without_items_those_that_the_store_names(seed_view, world_view):
    assert tables.identified(seed_view, "wikidata") == []
    assert tables.identified(world_view, "ror") == ["00xaldria"]
    assert tables.identified(world_view, "wikidata") == []


def test_unknown_names_are_suggested(kg):
    ran = kg("fetch", "gcatt")
    assert ran.code == 2
    assert "did you mean 'gcat'?" in ran.err
    ran = kg("fetch", "gcat", "orgz.tsv", "--dry-run")
    assert ran.code == 2
    assert "did you mean 'orgs" in ran.err


def test_what_cannot_be_fetched_says_why(kg):
    ran = kg("fetch", "charter")
    assert ran.code == 0
    assert "web page, not as a table" in ran.out


def test_the_list_of_offers(kg):
    ran = kg("fetch")
    assert ran.code == 0
    for name in (*spec.names(), "texts"):
        assert name in ran.out


def test_options_of_texts_are_not_for_tables(kg):
    assert kg("fetch", "gcat", "--strict").code == 2


WRONG = {
    "unknown key": ("title: x\nurls: []\n", "unknown key 'urls'"),
    "no licence": ("title: x\npublisher: y\n", "no licence"),
    "a kind": (
        "title: x\npublisher: y\nlicence: z\nfiles: [{name: a, url: b, kind: xls}]\n",
        "unknown kind 'xls'",
    ),
    "a path for a name": (
        "title: x\npublisher: y\nlicence: z\nfiles: [{name: ../a, url: b}]\n",
        "no name of a file",
    ),
    "a number": (
        "title: x\npublisher: y\nlicence: z\nfiles: [{name: a, url: b, least: some}]\n",
        "no whole number",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_broken_description_names_its_place(tmp_path, what):
    text, message = WRONG[what]
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / spec.SPEC).write_text(text)
    with pytest.raises(InputError, match=message) as caught:
        spec.load("x", tmp_path)
    assert caught.value.origin


def test_files_are_chosen_by_name_or_stem():
    gcat = spec.load("gcat")
    names = [f.name for f in spec.chosen(gcat, ["orgs", "lv.tsv", "orgs"])]
    assert names == ["orgs.tsv", "lv.tsv"]
    with pytest.raises(UnknownNameError, match="nothing"):
        list(spec.chosen(gcat, ["nothing"]))
