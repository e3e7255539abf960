"""A site of files: its links, its data, the same bytes, and what it refuses."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli.publish import command
from kg.errors import KGError, StoreError
from kg.pages.links import Relative, file_of
from kg.publish import Options, publish
from kg.publish import site as publish_site
from kg.store import View

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "pages"))
from pages_world import Tags, facts, wrong

LOST = "404.html"
SMALL = Options(base_url="https://example.org/p", pairs=5, graphs=1)


def digests(folder: Path) -> dict[str, str]:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files
    }


@pytest.fixture(scope="module")
def made(world_view: View, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("publish") / "site"
    assert publish(world_view, folder, SMALL) == len(digests(folder)) - 1  # and the mark
    return folder


def broken(folder: Path) -> list[tuple[str, str]]:
    """Links of the pages in a folder that lead nowhere."""
    pages = {
        p: Tags(p.read_text("utf-8"))
        for p in folder.rglob("*.html")
        if p.parent.name != "graph" and p.name != LOST
    }
    found, looked_at = [], 0
    for page, tags in pages.items():
        for link in tags.values("href", "src", "action", "data-complete"):
            parts = urlsplit(link)
            if parts.scheme:
                continue
            looked_at += 1
            to = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            lost = parts.fragment and parts.fragment not in set(pages[to].values("id"))
            if not to.is_file() or lost or folder.resolve() not in to.parents:
                found.append((page.name, link))
    assert looked_at > 500
    return found


def test_every_link_leads_to_a_file(made: Path) -> None:
    assert broken(made) == []


def test_hostile_names_harm_neither_pages_nor_files(view_of, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    publish(view_of(facts()), tmp_path / "site", SMALL)
    assert broken(tmp_path / "site") == []
    pages = [p for p in (tmp_path / "site").rglob("*.html") if p.parent.name != "graph"]
    assert len(pages) > 40
    assert {p.name: w for p in pages if (w := wrong(p.read_text("utf-8")))} == {}
    assert "<script>" not in (tmp_path / "site/static/names.js").read_text("utf-8").split("\n")[0]


def test_every_kind_of_page_and_data_is_there(made: Path) -> None:
    for name in (
        "index.html", "search.html", "id/asa.html", "id/asa.ttl", "id/asa.jsonld", "plans.csv",
        "doc/asa-2031-05-02.html", "conflicts.html", "things/SpaceAgency.html", "terms.html",
        "data.html", "dumps/partnerships.ttl", "dumps/partnerships.trig", "dumps/partnerships.nq",
        "dumps/partnerships.csv", "ontology/space.ttl", "ro-crate-metadata.json", "dcat.ttl",
        "sitemap.xml", "static/kg.css", "static/kg.js", "static/names.js",
    ):  # fmt: skip
        assert (made / name).is_file(), name
    assert list(made.glob("fact/*.html"))
    assert len(list(made.glob("graph/*.html"))) == 1
    assert list(made.glob("pair/*/*.html"))


def targets(page: Path) -> list[str]:
    found = list(Tags(page.read_text("utf-8")).values("href", "src", "action", "data-complete"))
    return [urlsplit(link).path for link in found if link != "#main"]


def test_what_is_not_there_has_a_page_that_leads_back_from_any_path(made: Path) -> None:
    links = targets(made / LOST)
    assert len(links) > 10
    assert {link[:3] for link in links} == {"/p/"}
    assert [x for x in links if not (made / unquote(x).removeprefix("/p/")).is_file()] == []
    said = (made / LOST).read_text("utf-8")
    assert "Not found" in said
    assert "canonical" not in said
    assert LOST not in (made / "sitemap.xml").read_text("utf-8")


def test_without_an_address_that_page_leads_back_from_the_root(
    world_view: View, tmp_path: Path
) -> None:
    publish(world_view, tmp_path / "site", Options(pairs=0, graphs=0))
    links = targets(tmp_path / "site" / LOST)
    assert [x for x in links if not (tmp_path / "site" / unquote(x)).is_file()] == []
    assert "@base" not in (tmp_path / "site" / "dcat.ttl").read_text("utf-8")


def test_the_dumps_hold_the_graph(made: Path, world_view: View) -> None:
    lines = (made / "dumps/partnerships.nq").read_text("utf-8").splitlines()
    kept = [q for q in world_view.sorted_quads() if not q.endswith("graph/ontology> .")]
    assert lines == kept
    triples = set(ox.parse(path=str(made / "dumps/partnerships.ttl"), format=ox.RdfFormat.TURTLE))
    assert len(triples) > 100


def test_the_descriptions_name_every_dump_with_size_and_digest(made: Path) -> None:
    crate = json.loads((made / "ro-crate-metadata.json").read_text("utf-8"))
    nodes = {n["@id"]: n for n in crate["@graph"]}
    files = [n for n in nodes.values() if n["@type"] == "File"]
    assert len(files) == 8
    assert [p["@id"] for p in nodes["./"]["hasPart"]] == sorted(f["@id"] for f in files)
    for file in files:
        content = (made / file["@id"]).read_bytes()
        assert file["contentSize"] == str(len(content))
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
    base = "https://example.org/p/"
    text = (made / "dcat.ttl").read_text("utf-8")
    elsewhere = "https://elsewhere.example/"
    quads = list(ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=elsewhere))
    urls = {q.object.value for q in quads if q.predicate.value.endswith("downloadURL")}
    assert urls == {base + f["@id"] for f in files}


def test_the_site_map_names_every_page(made: Path) -> None:
    root = ElementTree.parse(made / "sitemap.xml").getroot()
    places = {e.text for e in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    pages = {p.relative_to(made).as_posix() for p in made.rglob("*.html") if p.name != LOST}
    assert places == {f"https://example.org/p/{p}" for p in pages}
    assert (
        'rel="canonical" href="https://example.org/p/id/asa.html"'
        in (made / "id/asa.html").read_text()
    )


def test_the_same_store_gives_the_same_bytes(made: Path, world_store: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    line = ["publish", str(again), "--workspace", str(world_store), "--pairs", "5", "--graphs", "1"]
    run = [sys.executable, "-m", "kg", *line, "--base-url", "https://example.org/p"]
    done = subprocess.run(run, env={**os.environ, "PYTHONHASHSEED": "77"}, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert digests(again) == digests(made)


def test_a_folder_of_others_is_refused(world_view: View, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep me")
    with pytest.raises(StoreError, match="did not write"):
        publish(world_view, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]
    with pytest.raises(StoreError, match="is not a folder"):
        publish(world_view, tmp_path / "mine.txt")


def test_our_own_folder_is_replaced_whole(world_view: View, tmp_path: Path) -> None:
    target = tmp_path / "site"
    target.mkdir()
    publish(world_view, target, Options(pairs=0, graphs=0))
    (target / "left-over.html").write_text("old")
    publish(world_view, target, Options(pairs=0, graphs=0))
    assert not (target / "left-over.html").exists()
    assert not (target / "sitemap.xml").exists()
    assert not list(target.glob("pair/*/*"))
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_what_was_there_stays_when_writing_fails(
    world_view: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "site"
    publish(world_view, target, Options(pairs=0, graphs=0))
    before = digests(target)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publish_site, "_put", full)
    with pytest.raises(StoreError, match="No space left"):
        publish(world_view, target)
    assert digests(target) == before
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("url", ["example.org", "ftp://example.org/", "https://", "https://a/?b"])
def test_an_address_that_is_none_is_refused(world_view: View, tmp_path: Path, url: str) -> None:
    with pytest.raises(KGError, match="no address"):
        publish(world_view, tmp_path / "site", Options(base_url=url))
    assert not (tmp_path / "site").exists()


def test_names_that_no_file_can_have_are_named_by_digest() -> None:
    for path in ("id/..", "id/a b", "id/" + "x" * 300, "id/.hidden", "id/ü"):
        name = file_of(path)
        assert name.startswith("id/x-")
        assert name.count("/") == 1
    assert file_of("id/a.b-c_d") == "id/a.b-c_d.html"
    links = Relative(here="id/a/events/2", known=frozenset({"plans", "id/a"}))
    assert links.page("plans") == "../../../plans.html"
    assert links.page("") == "../../../index.html"
    assert (links.has("plans"), links.has("pair/a/b")) == (True, False)


def test_the_command_says_what_it_wrote(world_store: Path, tmp_path: Path) -> None:
    options = ["--workspace", str(world_store), "--pairs", "0", "--graphs", "0"]
    done = CliRunner().invoke(command, [str(tmp_path / "site"), *options, "--as-of", "2031-06-01"])
    assert done.exit_code == 0
    assert "files in" in done.output
    assert "As known on 2031-06-01" in (tmp_path / "site/index.html").read_text("utf-8")
