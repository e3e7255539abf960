"""The endpoint: ways to ask, formats, datasets, and what each refusal says."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import urlencode

import pytest
from rdflib import Graph
from serving import FORM, Running

from kg.namespaces import iri
from kg.serve.evaluate import Job, evaluate
from kg.sparql import Limits

DIRECT = "application/sparql-query"
COUNT = "SELECT (COUNT(*) AS ?n) { ?c sp:ofFact ?f }"
PLAN, NEWS = iri("doc:polar-plan"), iri("doc:ice-watch-news")


def number(reply) -> int:
    (row,) = reply.json()["results"]["bindings"]
    return int(row["n"]["value"])


@pytest.fixture(scope="module")
def documents(world_view) -> list[str]:
    """Two documents with claims, the one with fewer first."""
    rows = world_view.rows(
        "SELECT ?d (COUNT(?c) AS ?n) { ?c sp:ofFact ?f ; sp:evidence/sp:document ?d } GROUP BY ?d"
    )
    found = [d for d, _ in sorted(rows, key=lambda row: (int(row[1]), row[0]))]
    assert len(found) >= 3
    return [found[0], found[-1]]


def test_three_ways_to_ask_are_one(served: Running) -> None:
    body = urlencode({"query": COUNT})
    found = {
        number(served.query(COUNT)),
        number(served.ask(method="POST", body=body, Content_Type=FORM)),
        number(served.ask(method="POST", body=COUNT, Content_Type=DIRECT)),
        number(served.ask("/sparql/?" + body)),
    }
    assert len(found) == 1
    assert found.pop() > 20


def test_head_says_what_get_would_carry(served: Running) -> None:
    reply = served.ask("/sparql?" + urlencode({"query": COUNT}), "HEAD")
    assert reply.status == 200
    assert int(reply.headers["content-length"]) > 10
    assert reply.body == b""


@pytest.mark.parametrize(
    ("media", "read"),
    [
        ("application/sparql-results+json", lambda b: len(json.loads(b)["results"]["bindings"])),
        ("application/sparql-results+xml", lambda b: b.count(b"<result>")),
        ("text/csv", lambda b: len(list(csv.reader(io.StringIO(b.decode())))) - 1),
        ("text/tab-separated-values", lambda b: len(b.splitlines()) - 1),
    ],
)
def test_formats_of_results(served: Running, media: str, read) -> None:
    reply = served.query("SELECT * { ?s a ?c } LIMIT 7", media)
    assert reply.headers["content-type"].partition(";")[0] == media
    assert "Accept" in reply.headers["vary"]
    assert read(reply.body) == 7


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_formats_of_graphs(served: Running, media: str) -> None:
    reply = served.query("CONSTRUCT { ?s a ?c } { ?s a ?c } ORDER BY ?s ?c LIMIT 7", media)
    assert reply.headers["content-type"].partition(";")[0] == media
    assert len(Graph().parse(reply.body, format=media)) == 7


def test_nothing_that_is_accepted(served: Running) -> None:
    reply = served.query(COUNT, "text/turtle")
    assert reply.status == 406
    assert "application/sparql-results+json" in reply.text


def test_a_default_graph_is_the_merge_of_its_documents(served: Running, documents) -> None:
    less, more = documents
    whole = number(served.query(COUNT))
    one = number(served.query(COUNT, **{"default-graph-uri": less}))
    fields = [("query", COUNT), ("default-graph-uri", less), ("default-graph-uri", more)]
    two = number(served.ask("/sparql?" + urlencode(fields)))
    again = [*fields, ("default-graph-uri", more)]
    assert 0 < one < two < whole
    assert number(served.ask("/sparql?" + urlencode(again))) == two


def test_the_dataset_of_the_request_goes_before_from(served: Running, documents) -> None:
    less, more = documents
    inside = COUNT.replace(" {", f" FROM <{more}> {{")
    assert number(served.query(inside, **{"default-graph-uri": less})) == number(
        served.query(COUNT, **{"default-graph-uri": less})
    )


def test_default_and_named_graphs_stay_apart(served: Running, documents) -> None:
    less, more = documents
    both = {"default-graph-uri": less, "named-graph-uri": more}
    assert number(served.query(COUNT, **both)) == number(
        served.query(COUNT, **{"default-graph-uri": less})
    )
    named = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    rows = served.query(named, "text/csv", **both).text.split()
    assert rows == ["g", more]
    only = served.query(named, "text/csv", **{"default-graph-uri": less}).text.split()
    assert only == ["g"]
    assert number(served.query(COUNT, **{"named-graph-uri": more})) == 0


def test_an_unknown_graph_is_an_error(served: Running) -> None:
    for name in ("default-graph-uri", "named-graph-uri"):
        reply = served.query(COUNT, **{name: "urn:nothing"})
        assert reply.status == 400
        assert "<urn:nothing>, which is no document here" in reply.text


def test_a_syntax_error_names_its_place(served: Running) -> None:
    reply = served.query("SELECT * {\n ?s ?p }")
    assert reply.status == 400
    assert "query:2:" in reply.text
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("INSERT DATA { <urn:a> <urn:b> 1 }", "read-only"),
        ("LOAD <http://127.0.0.1:9/x>", "read-only"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }", "offline"),
    ],
)
def test_what_writes_or_connects_is_refused(served: Running, query: str, said: str) -> None:
    reply = served.query(query)
    assert reply.status == 403
    assert said in reply.text
    assert "--allow-service" not in reply.text


def test_a_hidden_service_is_no_sparql(served: Running) -> None:
    hidden = "SELECT * { # \r SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    assert served.query(hidden).status in {400, 403}


def test_service_as_a_word_does_no_harm(served: Running) -> None:
    reply = served.query('SELECT ("service" AS ?x) (<relative> AS ?y) {}')
    assert reply.status == 200
    assert served.address + "relative" in reply.text


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status"),
    [
        ("PUT", "/sparql?query=ASK%7B%7D", {}, None, 405),
        ("DELETE", "/sparql", {}, None, 405),
        ("POST", "/sparql", {"Content_Type": FORM}, "update=CLEAR+ALL", 403),
        ("POST", "/sparql", {"Content_Type": "application/sparql-update"}, "CLEAR ALL", 403),
        ("POST", "/sparql", {"Content_Type": FORM}, "quarry=ASK%7B%7D", 400),
        ("POST", "/sparql", {"Content_Type": "text/plain"}, "ASK {}", 415),
        ("POST", "/sparql", {}, "ASK {}", 415),
        ("POST", "/sparql", {"Content_Type": DIRECT}, b"ASK { \xff }", 400),
        ("POST", "/sparql", {"Content_Type": f"{DIRECT}; charset=latin-1"}, "ASK {}", 415),
        ("GET", "/sparql?query=ASK%20%7B%20%FF%20%7D", {}, None, 400),
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", {}, None, 400),
        ("POST", "/sparql", {"Content_Type": DIRECT}, "ASK {} #" + "x" * 2**20, 413),
        ("GET", "/sparql?" + "&".join(f"a{n}=1" for n in range(600)), {}, None, 400),
    ],
)
def test_refusals(served: Running, method, path, headers, body, status) -> None:
    reply = served.ask(path, method, body, **headers)
    assert reply.status == status, reply.text
    assert reply.text.strip()
    if status == 405:
        assert "GET" in reply.headers["allow"]


def test_too_many_rows_are_refused_not_cut(served: Running) -> None:
    many = "SELECT (1 AS ?one) { ?a ?b ?c . ?d ?e ?f } LIMIT %d"
    assert served.query(many % 2000, "text/csv").status == 200
    for media in ("text/csv", "text/tab-separated-values", "text/xml", "application/json"):
        reply = served.query(many % 2001, media)
        assert reply.status == 403
        assert "more than 2000 rows" in reply.text
    reply = served.query("CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }")
    assert reply.status == 403


def test_too_many_bytes_are_refused(served: Running) -> None:
    long = 'SELECT (CONCAT("%s", STR(?s)) AS ?x) { ?s ?p ?o } LIMIT 1500' % ("x" * 1000)
    reply = served.ask(method="POST", body=long, Content_Type=DIRECT)
    assert reply.status == 403
    assert "more than 1 MiB" in reply.text


@pytest.mark.parametrize("media", ["text/csv", "application/json", "text/xml",
                                   "text/tab-separated-values"])  # fmt: skip
def test_values_that_look_like_rows_are_not_counted(world_view, media: str) -> None:
    values = " ".join([r'"a\r\n,{\"b\n</result>"'] * 5)
    job = Job(f"SELECT ?x {{ VALUES ?x {{ {values} }} }}", accept=media)
    assert evaluate(world_view, job, Limits(rows=5)).status == 200
    assert evaluate(world_view, job, Limits(rows=4)).status == 403


def test_a_browser_is_sent_to_the_form(served: Running) -> None:
    reply = served.ask(Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (reply.status, reply.headers["location"]) == (303, "/query")


@pytest.mark.parametrize("media", ["text/turtle", "application/rdf+xml", "application/n-triples"])
def test_void_describes_what_is_there(served: Running, world_view, media: str) -> None:
    reply = served.ask("/.well-known/void", Accept=media)
    assert reply.status == 200
    graph = Graph().parse(reply.body, format=media)
    (row,) = graph.query(
        """PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcat: <http://www.w3.org/ns/dcat#>
        SELECT ?n ?endpoint ?dataset { ?dataset a void:Dataset, dcat:Dataset ; void:triples ?n ;
            void:sparqlEndpoint ?endpoint . ?s dcat:servesDataset ?dataset }"""
    )
    (count,) = world_view.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0]
    assert (str(row.n), str(row.endpoint)) == (count, served.endpoint)
    sources = {str(o).rpartition("/")[2] for o in graph.objects(row.dataset, None)}
    assert {"arctic", "survey", "ice-watch"} <= sources
