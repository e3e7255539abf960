"""The data has one version, date and citation, and every place that names it says the same."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg import bulk, edition, registry
from kg.errors import InputError
from kg.export._credits import comment
from kg.loaders._yaml import read
from kg.store import View

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def made() -> View:
    """A catalogue that holds the description of the data and nothing else."""
    return View(bulk.load(edition.statements(["seed", "charter", "seed"])))


def test_the_citation_file_names_the_same_edition() -> None:
    found = edition.load()
    cited = read(ROOT / "CITATION.cff").blocks("references")[0]
    assert cited.text("type") == "data"
    assert cited.text("title") == found.title
    assert cited.text("version") == found.version
    assert cited.text("date-released") == found.modified
    assert cited.text("license") == found.licence
    assert [a.text("name") for a in cited.blocks("authors")] == [found.creator]


def test_the_version_is_its_day_and_in_the_changelog() -> None:
    found = edition.load()
    assert found.version == found.modified.replace("-", ".")
    assert found.issued <= found.modified
    assert f"Data {found.version}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_catalogue_says_it_in_dcat(made: View) -> None:
    assert edition.held(made) == edition.load()
    rows = made.rows("SELECT ?d { ?c a dcat:Catalog ; dcat:dataset ?d }")
    assert [d.rsplit("/", 1)[-1] for (d,) in rows] == ["charter", "seed"]


def test_nothing_is_said_of_other_peoples_data() -> None:
    assert list(edition.statements([])) == []
    assert edition.held(View(bulk.load([]))) is None


@pytest.mark.parametrize("name", registry.names("kg.export"))
def test_every_export_carries_the_version(seed_view: View, name: str) -> None:
    out = io.BytesIO()
    registry.load("kg.export", name, "format").write(seed_view, out)
    assert edition.load().version.encode() in out.getvalue()


def test_the_comment_names_version_and_citation(made: View) -> None:
    text = comment(made, "Triples: 1").decode()
    found = edition.load()
    assert f"# Version of the data: {found.version} of {found.modified}\n" in text
    assert f"# Cite as: {found.citation}\n" in text


def test_a_csv_names_it_in_a_column(seed_view: View) -> None:
    out = io.BytesIO()
    registry.load("kg.export", "csv", "format").write(seed_view, out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode(), newline="")))
    assert {row["data_version"] for row in rows} == {edition.load().version}


def test_info_prints_it(seed_view: View) -> None:
    from kg.catalogue import documents

    (note,) = [n for n in documents(seed_view).notes if n.startswith("data: ")]
    assert edition.load().version in note
    assert edition.load().citation in note


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("issued: 2026-11-22", "issued: 2026-13-22"), "is no calendar day"),
        (("creator: The kg maintainers\n", ""), "'creator' is missing"),
        (("licence:", "license:"), "is missing"),
        (("version:", "versions: 1\nversion:"), "'versions' is unknown"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    text = (ROOT / "data" / "VERSION.yaml").read_text("utf-8")
    path = tmp_path / "VERSION.yaml"
    path.write_text(text.replace(*change), "utf-8")
    with pytest.raises(InputError, match=message) as caught:
        edition.load(path)
    assert caught.value.origin


def test_the_edition_is_a_json_ld_node(seed_view: View) -> None:
    out = io.BytesIO()
    registry.load("kg.export", "jsonld", "format").write(seed_view, out)
    nodes = [n for g in json.loads(out.getvalue())["@graph"] for n in g["@graph"]]
    (node,) = [n for n in nodes if n["@id"] == edition.NODE]
    assert node["@type"] == "dcat:Catalog"
