"""GraphML and GEXF: the same nodes, edges and attributes come back; no clock, no broken XML."""

from __future__ import annotations

import io
import re
from datetime import date

import networkx as nx
import pytest
from export_samples import HOSTILE

from kg.export import gexf, graphml
from kg.export._graphs import attributes, cleaned
from kg.projection import actor_actor, two_mode, typed

PROJECTIONS = (typed, two_mode, actor_actor)


def _graphml(graph, view):
    out = io.BytesIO()
    graphml.write_graph(graph, view, out)
    many = graph.is_multigraph()
    return nx.read_graphml(io.BytesIO(out.getvalue()), edge_key_type=str, force_multigraph=many)


def _gexf(graph, view):
    out = io.BytesIO()
    gexf.write_graph(graph, view, out)
    return nx.read_gexf(io.BytesIO(out.getvalue())), out.getvalue().decode()


@pytest.mark.parametrize("project", PROJECTIONS)
def test_graphml_comes_back(world_view, project):
    graph = cleaned(project(world_view), world_view)
    found = _graphml(project(world_view), world_view)
    assert graph.number_of_nodes() and graph.number_of_edges()
    assert dict(found.nodes(data=True)) == dict(graph.nodes(data=True))
    assert _edges(found) == _edges(graph)


def _edges(graph):
    if graph.is_multigraph():
        return {(u, v, k): d for u, v, k, d in graph.edges(keys=True, data=True)}
    return {tuple(sorted((u, v))): d for u, v, d in graph.edges(data=True)}


@pytest.mark.parametrize("project", PROJECTIONS)
def test_gexf_comes_back(world_view, project):
    graph = cleaned(project(world_view), world_view)
    found, _ = _gexf(project(world_view), world_view)
    assert (len(found), found.size()) == (len(graph), graph.size())
    for node, data in graph.nodes(data=True):
        assert _without_time(found.nodes[node]) == _without_time(data)
    if graph.is_multigraph():
        expected = {k: _without_time(d) for _, _, k, d in graph.edges(keys=True, data=True)}
        read = {d["id"]: _without_time(d) for _, _, d in found.edges(data=True)}
        assert read == expected


def _without_time(data):
    return {k: v for k, v in data.items() if k not in {"start", "end", "viz", "id"}}


def test_keys_are_unique_and_nodes_are_curies(world_view):
    graph = cleaned(typed(world_view), world_view)
    keys = [k for _, _, k in graph.edges(keys=True)]
    assert len(keys) == len(set(keys))
    assert all(re.match(r"(id|fact|claim):", node) for node in graph)


def test_gexf_has_time_and_colour(world_view):
    found, text = _gexf(typed(world_view), world_view)
    assert 'mode="dynamic"' in text and 'timeformat="date"' in text
    days = re.findall(r' (start|end)="([^"]*)"', text)
    assert {"start", "end"} == {kind for kind, _ in days}
    assert all(re.fullmatch(r"\d{4}-(01-01|12-31)", day) for _, day in days)
    assert found.nodes["id:asa"]["viz"]["color"] == {"r": 0, "g": 114, "b": 178, "a": 1.0}


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_no_clock_and_whose_data(world_view, written, name):
    text = written(world_view, name).decode()
    assert date.today().isoformat() not in text and "lastmodified" not in text
    assert "An invented release and what came after it (CC0-1.0)" in text


@pytest.mark.parametrize("project", PROJECTIONS)
def test_hostile_labels_come_back(hostile_view, project):
    labels = {label.replace("\r\n", "\n") for label in HOSTILE}
    graph = project(hostile_view)
    for found in (_graphml(graph, hostile_view), _gexf(graph, hostile_view)[0]):
        read = {d["label"].replace("\r\n", "\n") for _, d in found.nodes(data=True)}
        assert labels <= read
        assert any("bell\ufffd" in label for label in read)


def test_attributes_are_made_plain():
    given = {
        "none": None,
        "empty": [],
        "list": ["b", "a"],
        "set": ("https://w3id.org/space-partnerships/id/csa",),
        "yes": True,
        "year": 2009,
        "control": "a\x00b",
    }
    expected = {"list": "b; a", "set": "id:csa", "yes": True, "year": 2009, "control": "a\ufffdb"}
    assert attributes(given) == expected
