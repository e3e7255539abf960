"""SPARQL of a user's own: read-only, offline, inside its limits, and explained when it fails."""

import os
import socket
import subprocess
import threading
import time

import pytest

from kg import sparql
from kg._guard import refuse, tokens
from kg.errors import QueryError
from kg.sparql import Limits

SHORT = Limits(seconds=20)
PERSONS = "SELECT ?x { ?x a sp:Person }"


def run(view, text, **options):
    return sparql.run(view, text, options.pop("limits", SHORT), **options)


UPDATES = [
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "insert data { <urn:a> <urn:b> <urn:c> }",
    "DELETE WHERE { ?s ?p ?o }",
    "PREFIX x: <urn:x> DELETE DATA { x:a x:b x:c }",
    "BASE <urn:x>\nprefix x: <urn:x>\n  # SELECT\n  InSeRt { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "LOAD <http://127.0.0.1:9/x>",
    "load silent <file:///etc/passwd>",
    "CLEAR ALL",
    "DROP ALL",
    "CREATE GRAPH <urn:g>",
    "COPY DEFAULT TO <urn:g>",
    "MOVE DEFAULT TO <urn:g>",
    "ADD DEFAULT TO <urn:g>",
]


@pytest.mark.parametrize("text", UPDATES)
def test_updates_are_refused_with_their_place(seed_view, text):
    before = len(seed_view.store)
    with pytest.raises(QueryError, match="is an update; this store is read-only") as raised:
        run(seed_view, text, name="mine.rq")
    origin = raised.value.origin
    line = text.splitlines()[origin.line - 1]
    assert line[origin.column - 1 :].upper().startswith(raised.value.message.split()[0])
    assert len(seed_view.store) == before


def test_an_update_behind_a_query_is_refused_by_the_engine(seed_view):
    before = len(seed_view.store)
    with pytest.raises(QueryError, match="syntax error"):
        run(seed_view, "SELECT * { } ; INSERT DATA { <urn:a> <urn:b> <urn:c> }")
    assert len(seed_view.store) == before


HARMLESS = [
    'SELECT ("INSERT DATA { SERVICE <urn:x> { } }" AS ?x) { }',
    "SELECT ('''LOAD 'SERVICE' \"x\" ''' AS ?x) { }",
    'SELECT ("""a "SERVICE" \\""" b""" AS ?x) { }',
    "SELECT ('it\\'s SERVICE' AS ?x) { }",
    "SELECT (<http://service.example/SERVICE#SERVICE> AS ?x) { }",
    "# SERVICE <urn:x> { }\nSELECT (1 AS ?x) { } # DELETE",
    "SELECT (1 AS ?service) { }",
    "SELECT (1 AS ?x) { BIND(2 AS $insert) BIND(3 AS ?SERVICE) }",
    "PREFIX service: <urn:x> SELECT (service:service AS ?x) { }",
    "PREFIX delete: <urn:x> SELECT (delete:load AS ?x) { }",
    "SELECT (id:service AS ?x) { }",
    "SELECT ?x { VALUES ?x { 'clear'@en } }",
]


@pytest.mark.parametrize("text", HARMLESS, ids=range(len(HARMLESS)))
def test_the_words_inside_strings_iris_comments_and_names_are_harmless(seed_view, text):
    assert len(run(seed_view, text).rows) == 1


class Listener(threading.Thread):
    """Counts who connects, and answers like an endpoint."""

    BODY = b'{"head":{"vars":[]},"results":{"bindings":[{}]}}'

    def __init__(self):
        super().__init__(daemon=True)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"
        self.visits = 0
        self.start()

    def run(self):
        while True:
            try:
                peer, _ = self.socket.accept()
            except OSError:
                return
            self.visits += 1
            peer.recv(65536)
            head = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"
            peer.sendall(head + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(self.BODY))
            peer.sendall(self.BODY)
            peer.close()


@pytest.fixture(scope="module")
def listener():
    found = Listener()
    yield found
    found.socket.close()


SERVICES = {
    "plain": "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "lower case": "select * { service silent <URL> { ?s ?p ?o } }",
    "tight": "select*{service<URL>{?s ?p ?o}}",
    "a variable": "SELECT * { VALUES ?e { <URL> } SERVICE ?e { ?s ?p ?o } }",
    "in a subquery": "SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "in EXISTS": "ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "in CONSTRUCT": "CONSTRUCT { ?s ?p ?o } { SERVICE <URL> { ?s ?p ?o } }",
    "after a return in a comment": "SELECT * { # x\rSERVICE <URL> { ?s ?p ?o } }",
    "after an escaped sign in a name": "SELECT * { OPTIONAL { ?a id:a\\#b ?b } SERVICE <URL> { } }",
    "between escaped quotes in names": (
        "SELECT * { OPTIONAL { ?a id:a\\'b ?b } SERVICE <URL> { } OPTIONAL { ?a id:c\\'d ?b } }"
    ),
    "after an escape in an IRI": (
        "SELECT * { OPTIONAL { ?a <http://x/\\u0041#y> ?b } SERVICE <URL> { } }"
    ),
    "between quotes in IRIs": (
        "SELECT * { OPTIONAL { ?a <http://x/\\u0041'> ?b } SERVICE <URL> { } "
        "OPTIONAL { ?a <http://x/\\u0041'> ?b } }"
    ),
    "stuck to a number": "SELECT * { OPTIONAL { ?a ?b 1e5SERVICE <URL> { } } }",
    "stuck to true": "SELECT * { OPTIONAL { ?a ?b trueSERVICE<URL>{ } } }",
    "stuck to a name": "PREFIX ex: <URL> SELECT * { SERVICEex:a { ?s ?p ?o } }",
    "stuck to a declared name": (
        "PREFIX ex: <URL> PREFIX serviceex: <URL> SELECT * { serviceex:a { ?s ?p ?o } }"
    ),
    "less than and a quote": (
        "SELECT * { BIND(1 AS ?a) FILTER(?a<'>'||1=1)SERVICE<URL>{ } FILTER('a'='a') }"
    ),
    "an escaped letter": "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
}


@pytest.mark.parametrize("hidden", SERVICES)
def test_service_is_refused_wherever_it_hides(seed_view, listener, hidden):
    before = listener.visits
    with pytest.raises(QueryError, match=r"SERVICE|syntax error"):
        run(seed_view, SERVICES[hidden].replace("URL", listener.url))
    assert listener.visits == before


def test_service_names_the_flag_that_allows_it_and_the_flag_does(seed_view, listener):
    text = SERVICES["plain"].replace("URL", listener.url)
    with pytest.raises(QueryError, match="SERVICE would open a connection") as raised:
        run(seed_view, text)
    assert "--allow-service" in raised.value.fix
    before = listener.visits
    run(seed_view, text, service=True)
    assert listener.visits == before + 1, "the listener must be able to notice a visit"


def test_tokens_keep_their_places():
    text = "PREFIX a: <urn:x> # c\nSELECT ?x { ?x a:b 'c' }"
    found = [(t.kind, t.text, t.start) for t in tokens(text)]
    assert found[:3] == [("word", "PREFIX", 0), ("pname", "a:", 7), ("iri", "<urn:x>", 10)]
    assert all(text[start : start + len(part)] == part for _, part, start in found)
    refuse(list(tokens(text)), text, "x")


def test_a_syntax_error_has_line_and_column(seed_view):
    with pytest.raises(QueryError, match="syntax error") as raised:
        run(seed_view, "SELECT ?x {\n  ?x a ;;; }\n", name="mine.rq")
    assert (raised.value.origin.file, raised.value.origin.line) == ("mine.rq", 2)
    assert raised.value.origin.column > 3


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "SELECT", "{", "🚀", "SELECT ?x { ?x no:thing ?y }"]
)
def test_what_is_no_sparql_is_an_explained_error(seed_view, text):
    with pytest.raises(QueryError) as raised:
        run(seed_view, text)
    assert raised.value.message.startswith("syntax error: expected ")
    assert raised.value.origin.line == 1
    assert "Traceback" not in str(raised.value)


def test_an_error_while_evaluating_is_explained(seed_view, listener):
    """The endpoint is gone: what the engine says, not the trace of the child."""
    closed = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    closed.close()
    with pytest.raises(QueryError) as raised:
        run(seed_view, f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}", service=True)
    assert "onnection refused" in raised.value.message
    assert "Traceback" not in str(raised.value)


ENDLESS = """SELECT (COUNT(*) AS ?n) {
    ?a ?b ?c . ?d ?e ?f . ?g ?h ?i .
    FILTER(REGEX(CONCAT(STR(?c), STR(?f), STR(?i)), "(x+x+)+y")) }"""


def test_an_endless_query_is_killed_in_time_and_we_live_on(seed_view):
    began = time.monotonic()
    with pytest.raises(QueryError, match="was stopped after 2 s") as raised:
        run(seed_view, ENDLESS, limits=Limits(seconds=2))
    assert time.monotonic() - began < 3
    assert "--time-limit" in raised.value.fix
    assert len(run(seed_view, PERSONS).rows) == 3
    children = subprocess.run(
        ["ps", "--ppid", str(os.getpid()), "-o", "args="], capture_output=True
    )
    assert b"kg._sandbox" not in children.stdout


def test_too_many_rows(seed_view):
    with pytest.raises(QueryError, match="more than 10 rows; add LIMIT"):
        run(seed_view, "SELECT * { ?s ?p ?o }", limits=Limits(20, rows=10))
    assert (
        len(run(seed_view, "SELECT * { ?s ?p ?o } LIMIT 10", limits=Limits(20, rows=10)).rows) == 10
    )


def test_a_result_that_is_too_large(seed_view):
    with pytest.raises(QueryError, match="the result is too large"):
        run(seed_view, "SELECT * { ?s ?p ?o }", limits=Limits(20, bytes=1000))


def test_a_query_that_eats_memory_is_stopped(seed_view):
    doubled = " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(34))
    text = f"SELECT (STRLEN(?v34) AS ?n) {{ BIND('x' AS ?v0) {doubled} }}"
    limits = Limits(seconds=300, memory=1024**3)
    with pytest.raises(QueryError, match="too much memory"):
        run(seed_view, text, limits=limits)
    assert len(run(seed_view, PERSONS).rows) == 3
