"""Clients that people have: rdflib, SPARQLWrapper, curl, a federated query, YASGUI's requests."""

from __future__ import annotations

import json
import shutil
import subprocess
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from rdflib import RDFS, Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from serving import FORM, Running

from kg.namespaces import iri

LABELS = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sp: <https://w3id.org/space-partnerships/ontology#>
SELECT ?m ?l { ?m a sp:Mission ; rdfs:label ?l } ORDER BY ?m ?l"""


@pytest.fixture(scope="module")
def labels(world_view) -> list[tuple[str, str]]:
    found = [tuple(t.value for t in row) for row in world_view.select(LABELS)]
    assert found
    return found


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflib_sparql_store(served: Running, labels, method: str, form: str) -> None:
    store = SPARQLStore(served.endpoint, method=method, returnFormat=form)
    assert [tuple(map(str, row)) for row in store.query(LABELS)] == labels


def test_rdflib_reads_triples(served: Running, labels) -> None:
    graph = Graph(SPARQLStore(served.endpoint))
    mission, label = labels[0]
    assert label in {str(o) for o in graph.objects(URIRef(mission), RDFS.label)}
    made = graph.query("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 3").graph
    assert made is not None
    assert len(made) == 3


def test_rdflib_asks_a_document(served: Running, world_view) -> None:
    documents = sorted(world_view.documents)
    graph = Graph(SPARQLStore(served.endpoint), identifier=URIRef(documents[0]))
    assert bool(graph.query("ASK { ?s ?p ?o }"))


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("requested", ["urlencoded", "postdirectly"])
def test_sparqlwrapper(served: Running, labels, method: str, requested: str) -> None:
    from SPARQLWrapper import CSV, JSON, TURTLE, XML, SPARQLWrapper

    client = SPARQLWrapper(served.endpoint)
    client.setMethod(method)
    client.setRequestMethod(requested)
    client.setQuery(LABELS)
    client.setReturnFormat(JSON)
    rows = client.query().convert()["results"]["bindings"]
    assert [(r["m"]["value"], r["l"]["value"]) for r in rows] == labels
    client.setReturnFormat(XML)
    assert len(client.query().convert().getElementsByTagName("result")) == len(labels)
    client.setReturnFormat(CSV)
    assert client.query().convert().startswith(b"m,l")
    client.setQuery("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 3")
    client.setReturnFormat(TURTLE)
    assert len(Graph().parse(client.query().convert(), format="turtle")) == 3


def test_sparqlwrapper_says_what_is_wrong(served: Running) -> None:
    from SPARQLWrapper import SPARQLWrapper
    from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

    client = SPARQLWrapper(served.endpoint)
    client.setQuery("SELECT * {")
    with pytest.raises(QueryBadFormed, match="query:1"):
        client.query()


@pytest.mark.skipif(not shutil.which("curl"), reason="skipped: curl is not at hand")
def test_curl(served: Running, labels) -> None:
    query = ["--data-urlencode", f"query={LABELS}"]
    command = ["curl", "-sS", "--fail", "-H", "Accept: text/csv", *query, served.endpoint]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["m,l", *(f"{m},{label}" for m, label in labels)]


def test_a_federated_query_from_outside(served: Running, labels) -> None:
    """Another Oxigraph joins what it has with what we have."""
    store = ox.Store()
    mine, mission = ox.NamedNode("urn:mine"), ox.NamedNode(labels[0][0])
    store.add(ox.Quad(mine, ox.NamedNode("urn:of"), mission))
    inner = f"SERVICE <{served.endpoint}> {{ ?m <{RDFS.label}> ?l }}"
    found = store.query(f"SELECT ?l {{ ?x <urn:of> ?m . {inner} }}")
    assert {row["l"].value for row in found} >= {labels[0][1]}


SELECT_ACCEPT = "application/sparql-results+json,*/*;q=0.9"
GRAPH_ACCEPT = "text/turtle,*/*;q=0.9"
ORIGIN = "http://localhost:8080"


def test_yasgui(served: Running, labels) -> None:
    """It posts a form, from a page of another origin, and names the format it likes."""
    body = urlencode({"query": LABELS})
    headers = {"Content_Type": f"{FORM}; charset=UTF-8", "Origin": ORIGIN}
    reply = served.ask(method="POST", body=body, Accept=SELECT_ACCEPT, **headers)
    assert reply.headers["content-type"] == "application/sparql-results+json"
    assert len(reply.json()["results"]["bindings"]) == len(labels)
    assert reply.headers["access-control-allow-origin"] == ORIGIN
    assert "Origin" in reply.headers["vary"]
    body = urlencode({"query": f"DESCRIBE <{labels[0][0]}>"})
    reply = served.ask(method="POST", body=body, Accept=GRAPH_ACCEPT, **headers)
    assert len(Graph().parse(reply.body, format="turtle")) > 2


def test_yasgui_preflight(served: Running) -> None:
    reply = served.ask(
        method="OPTIONS",
        Origin=ORIGIN,
        Access_Control_Request_Method="POST",
        Access_Control_Request_Headers="content-type",
    )
    assert reply.status == 204
    assert reply.headers["access-control-allow-origin"] == ORIGIN
    assert "POST" in reply.headers["access-control-allow-methods"]
    assert "content-type" in reply.headers["access-control-allow-headers"].lower()
    assert "access-control-allow-credentials" not in reply.headers
    foreign = served.ask(
        method="OPTIONS", Origin="https://evil.example", Access_Control_Request_Method="POST"
    )
    assert "access-control-allow-origin" not in foreign.headers


def test_results_keep_every_sign(served: Running) -> None:
    text = 'Ünïcødé "quoted"\n\t\\ <tag> 漢字 \U0001f680'
    reply = served.query(f"SELECT ({json.dumps(text, ensure_ascii=False)} AS ?x) {{}}")
    assert reply.json()["results"]["bindings"][0]["x"]["value"] == text


def test_prefixes_need_no_declaration(served: Running) -> None:
    reply = served.query("ASK { ?m a sp:Mission }")
    assert reply.json()["boolean"] is True
    assert iri("sp:Mission").startswith("https://")
