"""RDF formats: what goes out comes back, in both engines, and nothing else goes out."""

from __future__ import annotations

import json
import re
from datetime import date
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
import rdflib
from export_samples import merge_of, quads_of
from pyld import jsonld

from kg import registry
from kg.evidence import supports
from kg.export._credits import credits_of
from kg.export.csv import COLUMNS
from kg.namespaces import RDF_TYPE, iri, prefixes, sp
from kg.restrict import restrict
from kg.store import View

FORMATS = registry.names("kg.export")
TRIPLES = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES}
QUADS = {
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}
RDFLIB = {"turtle": "turtle", "ntriples": "nt", "trig": "trig", "nquads": "nquads"}


def _parsed(data: bytes, name: str) -> list[ox.Quad]:
    return list(ox.parse(data, format=(TRIPLES | QUADS)[name]))


def test_the_formats_are_these():
    assert sorted([*TRIPLES, *QUADS, "csv", "gexf", "graphml"]) == FORMATS
    for name in FORMATS:
        module = registry.load("kg.export", name, "format")
        assert module.EXTENSION.startswith(".") and "/" in module.MEDIA_TYPE


@pytest.mark.parametrize("name", TRIPLES)
def test_triples_come_back(world_view, written, name):
    found = _parsed(written(world_view, name), name)
    assert {q.triple for q in found} == merge_of(world_view)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("name", QUADS)
def test_quads_come_back(world_view, written, name):
    found = _parsed(written(world_view, name), name)
    assert set(found) == quads_of(world_view)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("name", RDFLIB)
def test_rdflib_reads_as_many(world_view, written, name):
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(written(world_view, name), format=RDFLIB[name])
    expected = merge_of(world_view) if name in TRIPLES else quads_of(world_view)
    assert sum(1 for _ in dataset.quads()) == len(expected)


def test_pyld_expands_the_json_ld_to_the_same_graph(world_view, written):
    document = json.loads(written(world_view, "jsonld"))
    lines = jsonld.to_rdf(document, {"format": "application/n-quads"})
    assert set(ox.parse(lines, format=ox.RdfFormat.N_QUADS)) == quads_of(world_view)


def test_json_ld_is_compact_and_carries_its_context(world_view, written):
    document = json.loads(written(world_view, "jsonld"))
    assert document["@context"]["sp"] == prefixes()["sp"]
    claims = [n for g in document["@graph"] for n in g["@graph"] if n["@id"].startswith("claim:")]
    assert claims and all(isinstance(n["sp:status"], str) for n in claims)


@pytest.mark.parametrize("name", [*TRIPLES, *QUADS])
def test_hostile_labels_come_back(hostile_view, written, name):
    found = {q.triple for q in _parsed(written(hostile_view, name), name)}
    assert found == merge_of(hostile_view)


@pytest.mark.parametrize("name", RDFLIB)
def test_hostile_labels_come_back_in_rdflib(hostile_view, written, name):
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(written(hostile_view, name), format=RDFLIB[name])
    found = {str(o) for _, _, o, _ in dataset.quads((None, rdflib.RDFS.label, None, None))}
    rows = hostile_view.rows("SELECT DISTINCT ?name { ?x rdfs:label ?name }")
    assert found == {name for (name,) in rows}


@pytest.mark.parametrize("name", sorted(TRIPLES | QUADS))
def test_an_empty_store_is_written(written, name):
    assert _parsed(written(View(ox.Store()), name), name) == []


def test_an_empty_store_is_a_table_and_a_network_too(written):
    assert {*TRIPLES, *QUADS, "csv", "gexf", "graphml"} == set(FORMATS)
    assert written(View(ox.Store()), "csv").decode() == ",".join(COLUMNS) + "\n"
    for name in ("gexf", "graphml"):
        tags = [t.tag.rpartition("}")[2] for t in ET.fromstring(written(View(ox.Store()), name))]
        assert "graph" in tags and "node" not in tags


@pytest.mark.parametrize("name", ["ntriples", "nquads"])
def test_lines_are_sorted(world_view, written, name):
    lines = written(world_view, name).splitlines()
    assert lines == sorted(lines)


def test_turtle_groups_by_subject_with_the_type_first(world_view, written):
    text = written(world_view, "turtle").decode()
    blocks = re.findall(r"^(\S+) ", text.split("\n\n", 1)[1], re.MULTILINE)
    assert len(blocks) == len(set(blocks)) == len({t.subject for t in merge_of(world_view)})
    assert "\nid:asa a sp:SpaceAgency ;\n" in text
    assert "rdf:type" not in text


def test_turtle_declares_the_prefixes_it_uses_and_no_others(world_view, written):
    head, body = written(world_view, "turtle").decode().split("\n\n", 1)
    declared = re.findall(r"^@prefix (\w+):", head, re.MULTILINE)
    assert declared == sorted(declared)
    without_text = re.sub(r'"(?:[^"\\]|\\.)*"', '""', body)
    assert set(declared) == set(re.findall(r"(?<![<\w])(\w+):(?!//)", without_text)) - {""}


@pytest.mark.parametrize("name", ["turtle", "trig"])
def test_the_head_names_sources_and_licences_but_no_day(world_view, written, name):
    head = [x for x in written(world_view, name).decode().splitlines() if x.startswith("#")]
    named = credits_of(world_view)
    assert len(named) == 3
    for credit in named:
        assert f"# Source: {credit.title} ({credit.licence})" in head
    assert date.today().isoformat() not in "\n".join(head)


def test_evidence_survives_turtle(world_view, written):
    claims = [c for (c,) in world_view.rows("SELECT ?c { ?c sp:ofFact ?f }")]
    reloaded = ox.Store()
    reloaded.bulk_load(written(world_view, "turtle"), format=ox.RdfFormat.TURTLE)
    before, after = supports(world_view, claims), supports(View(reloaded), claims)
    assert claims and all(s.evidence for s in after.values())
    for claim in claims:
        told = [(e.document, e.locator, e.gist, e.issued) for e in after[claim].evidence]
        assert told == [(e.document, e.locator, e.gist, e.issued) for e in before[claim].evidence]
        assert after[claim].modality == before[claim].modality


@pytest.mark.parametrize("name", FORMATS)
def test_a_restricted_view_exports_only_its_documents(world_view, written, name):
    kept = restrict(world_view, documents=["asa-2031-05-02"])
    left_out = [d.removeprefix(prefixes()["doc"]) for d in kept.left_out]
    data = written(kept, name).decode()
    assert len(left_out) >= 2
    if name in QUADS:
        graphs = {q.graph_name.value for q in _parsed(data.encode(), name)}
        assert {g for g in graphs if g.startswith(prefixes()["doc"])} == kept.allowed
    whole = written(world_view, name).decode()
    for document in left_out:
        claims = re.compile(rf"claim[:/][^\s>\"]*\.{document}\b")
        assert claims.search(whole) and not claims.search(data)


def test_the_restriction_is_said_in_the_head(world_view, written):
    kept = restrict(world_view, as_of=date(2031, 5, 2))
    head = written(kept, "turtle").decode().split("@prefix")[0]
    assert "# Known by: 2031-05-02" in head
    assert f"# Documents left out: {len(kept.left_out)}" in head


def test_a_triple_of_the_ontology_that_a_document_repeats_stays(written):
    loaded = ox.Store()
    triple = ox.NamedNode(sp("Mission")), ox.NamedNode(RDF_TYPE), ox.NamedNode(iri("owl:Class"))
    for graph in ("graph:ontology", "doc:d"):
        loaded.add(ox.Quad(*triple, ox.NamedNode(iri(graph))))
    loaded.add(ox.Quad(*triple))
    only = ox.NamedNode(sp("Event")), *triple[1:]
    loaded.add(ox.Quad(*only, ox.NamedNode(iri("graph:ontology"))))
    loaded.add(ox.Quad(*only))
    found = _parsed(written(View(loaded), "ntriples"), "ntriples")
    assert [q.triple for q in found] == [ox.Triple(*triple)]
