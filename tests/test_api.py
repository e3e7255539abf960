"""The public API: what a notebook does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
import rdflib

import kg
from kg.errors import KGError, StoreError, UnknownNameError


@pytest.fixture(scope="module")
def view(full_store: Path) -> kg.View:
    return kg.open(full_store)


def test_everything_named_is_there() -> None:
    assert len(kg.__all__) == 14
    for name in kg.__all__:
        assert getattr(kg, name) is not None
    with pytest.raises(AttributeError, match="nonsense"):
        kg.nonsense  # noqa: B018 - the look-up is the test


def test_importing_modules_does_not_replace_the_verbs() -> None:
    code = "import kg, kg.query, kg.build, kg.export, kg.view; print(all(map(callable, \
        (kg.ask, kg.build_store, kg.serialize, kg.draw, kg.brief, kg.open))))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"


def test_ask_with_both_clocks(full_store: Path, view: kg.View) -> None:
    then = kg.open(full_store, as_of="2025-07-09")
    assert kg.ask(then, "q07").records()[0]["outcome"] == "planned, no occurrence recorded"
    assert kg.ask(view, "q07").records()[0]["outcome"] == "occurred"
    table = kg.ask(view, "q13", on="1985-06-01", participants="Canada")
    assert table.records()[0]["true on 1985-06-01"] == "possible"


def test_the_dataset_is_plain_rdflib(view: kg.View) -> None:
    dataset = view.dataset()
    assert isinstance(dataset, rdflib.Dataset)
    jaxa = rdflib.URIRef("https://w3id.org/space-partnerships/id/jaxa")
    labels = set(dataset.objects(jaxa, rdflib.RDFS.label))
    assert rdflib.Literal("Japan Aerospace Exploration Agency", lang="en") in labels


def test_networks(view: kg.View) -> None:
    plain = kg.project(view, "actor-actor", kg.Filter(level="agency"))
    assert type(plain) is nx.Graph
    assert plain.number_of_nodes() > 10
    assert kg.project(view, "typed").is_multigraph()
    with pytest.raises(KGError, match="unknown projection"):
        kg.project(view, "hypergraph")


def test_analyze_serialize_draw_and_brief(view: kg.View) -> None:
    assert kg.analyze(view, "centrality").columns[0] == "rank"
    assert kg.serialize(view, "turtle").startswith(b"#")
    page = kg.draw(view, around="XRISM")
    assert page.lower().startswith("<!doctype html>")
    assert "X-Ray Imaging" in kg.draw(view, asked="q14")
    assert kg.brief(view, "CSA", "JAXA", on="2025-07-09").startswith("# Canadian Space Agency")
    with pytest.raises(KGError, match="unknown analysis 'astrology'"):
        kg.analyze(view, "astrology")
    with pytest.raises(KGError, match="unknown format 'docx'"):
        kg.serialize(view, "docx")


def test_names_are_looked_up_in_the_whole_store(full_store: Path) -> None:
    seed = kg.open(full_store, documents=["csa-2025-07-09"])
    assert kg.ask(seed, "q01", a="CSA", b="宇宙航空研究開発機構").rows


def test_mistakes(full_store: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store"):
        kg.open(tmp_path)
    with pytest.raises(UnknownNameError, match="no document"):
        kg.open(full_store, documents=["csa-2025-07-08"])


def test_a_network_of_a_window(view: kg.View) -> None:
    """Question 35: the two-mode graph of 2000 to 2025, with roles, times and stable names."""
    window = kg.Filter(from_year=2000, to_year=2025)
    graph = kg.project(view, "two-mode", window)
    again = nx.parse_graphml(kg.serialize(view, "graphml", "two-mode", window).decode())
    assert (again.number_of_nodes(), again.number_of_edges()) == (len(graph), graph.size())
    assert again.number_of_edges() > 20
    assert "id:charter" in again
    assert {"member"} <= {d.get("roles") for *_, d in again.edges(data=True)}
    with pytest.raises(KGError, match="not a network"):
        kg.serialize(view, "turtle", "two-mode")
