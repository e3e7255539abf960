"""The W3C's tests of SPARQL 1.1: protocol (queries), service description, CSV, TSV and JSON.

The requests and what they want are read from the manifests. Tests of updates that must succeed are
out of scope, as the store is read-only; they are listed by name, and that they are refused is
tested.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, Graph, Namespace
from rdflib.collection import Collection
from serving import ROOT, Reply, Running, end, with_settings

from kg.namespaces import iri
from kg.serve.evaluate import Job, evaluate
from kg.sparql import Limits
from kg.store import BUILD, CURRENT, FORMAT, View

SUITE = ROOT / "shared" / "w3c" / "sparql11"
if not SUITE.is_dir():
    SUITE = ROOT.parent / "shared" / "w3c" / "sparql11"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
DATA = "http://kasei.us/2009/09/sparql/data/data%d.rdf"
UPDATES = (
    "update_base_uri",
    "update_dataset_default_graph",
    "update_dataset_default_graphs",
    "update_dataset_full",
    "update_dataset_named_graphs",
    "update_post_direct",
    "update_post_form",
)
QUERIES = (
    "bad_multiple_queries",
    "bad_multiple_updates",
    "bad_query_method",
    "bad_query_missing_direct_type",
    "bad_query_missing_form_type",
    "bad_query_non_utf8",
    "bad_query_syntax",
    "bad_query_wrong_media_type",
    "bad_update_dataset_conflict",
    "bad_update_get",
    "bad_update_missing_form_type",
    "bad_update_non_utf8",
    "bad_update_syntax",
    "bad_update_wrong_media_type",
    "query_content_type_ask",
    "query_content_type_construct",
    "query_content_type_describe",
    "query_content_type_select",
    "query_dataset_default_graphs_get",
    "query_dataset_default_graphs_post",
    "query_dataset_full",
    "query_dataset_named_graphs_get",
    "query_dataset_named_graphs_post",
    "query_get",
    "query_multiple_dataset",
    "query_post_direct",
    "query_post_form",
)
pytestmark = pytest.mark.skipif(
    not SUITE.is_dir(), reason="skipped: the W3C's tests; ../shared/w3c is not at hand"
)


def manifest(name: str) -> Graph:
    path = SUITE / name / "manifest.ttl"
    return Graph().parse(path, publicID=path.as_uri())


def entries(graph: Graph) -> dict[str, Any]:
    """Name after the # of each test of a manifest."""
    head = next(graph.objects(None, MF.entries))
    return {str(e).rpartition("#")[2]: e for e in Collection(graph, head)}


@pytest.fixture(scope="module")
def protocol() -> Graph:
    return manifest("protocol")


@pytest.fixture(scope="module")
def endpoint(protocol: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server of the data of the manifest; data0, which it does not give, is an empty document."""
    home = tmp_path_factory.mktemp("w3c")
    build = home / "store" / "builds" / "000001"
    build.mkdir(parents=True)
    files = {
        str(next(protocol.objects(node, RDFS.label))): Path(
            str(next(protocol.objects(node, UT.graph))).removeprefix("file://")
        )
        for node in protocol.objects(None, UT.graphData)
    }
    assert set(files) == {DATA % n for n in (1, 2, 3)}
    store = ox.Store(str(build / "oxigraph"))
    lines = {name: path.read_bytes() for name, path in files.items()} | {DATA % 0: b""}
    for name, data in lines.items():
        told = f"<{name}> <{iri('sp:fromSource')}> <{iri('source:w3c')}> .\n".encode()
        for graph, content in ((name, data), (iri("graph:catalogue"), told)):
            node = ox.NamedNode(graph)
            store.load(content, format=ox.RdfFormat.N_TRIPLES, to_graph=node)
            store.load(content, format=ox.RdfFormat.N_TRIPLES)
    store.flush()
    (build / BUILD).write_text(json.dumps({"format": FORMAT}))
    (home / "store" / CURRENT).write_text("000001\n")
    del store
    running = with_settings(home, home / "log")
    yield running
    end(running)


def requests(graph: Graph, test: Any) -> Iterator[tuple[Any, Reply | None]]:
    action = next(graph.objects(test, MF.action))
    yield from Collection(graph, next(graph.objects(action, HT.requests)))


def send(running: Running, graph: Graph, request: Any) -> Reply:
    headers, body = {}, None
    if listed := next(graph.objects(request, HT.headers), None):
        for field in Collection(graph, listed):
            name = str(next(graph.objects(field, HT.fieldName)))
            headers[name] = str(next(graph.objects(field, HT.fieldValue)))
    if content := next(graph.objects(request, HT.body), None):
        text = str(next(graph.objects(content, CNT.chars)))
        body = text.encode(str(next(graph.objects(content, CNT.characterEncoding))))
    method = str(next(graph.objects(request, HT.methodName)))
    path = str(next(graph.objects(request, HT.absolutePath)))
    return running.ask(path, method, body, **headers)


def check(graph: Graph, request: Any, reply: Reply) -> None:
    wanted = next(graph.objects(request, HT.resp))
    classes = {str(s)[-3] for s in graph.objects(wanted, MF.expectedStatus)}
    assert classes, "the manifest wants some status"
    assert str(reply.status)[0] in classes, reply.text
    form = str(next(graph.objects(wanted, MF.expectedFormat), ""))
    media = reply.headers.get("content-type", "").partition(";")[0]
    if form in {"boolean", "tabular"}:
        assert media == "application/sparql-results+json"
        assert ("boolean" in reply.json()) == (form == "boolean")
    if form == "RDF":
        Graph().parse(reply.body, format=media)
    truth = next(graph.objects(wanted, MF.expectedBoolean), None)
    if truth is not None:
        assert reply.json()["boolean"] is truth.toPython()


def test_every_protocol_test_is_either_run_or_an_update(protocol: Graph) -> None:
    assert sorted(entries(protocol)) == sorted((*QUERIES, *UPDATES))
    assert (len(QUERIES), len(UPDATES)) == (27, 7)


@pytest.mark.parametrize("name", QUERIES)
def test_protocol(name: str, endpoint: Running, protocol: Graph) -> None:
    done = 0
    for request in requests(protocol, entries(protocol)[name]):
        check(protocol, request, send(endpoint, protocol, request))
        done += 1
    assert done == 1


@pytest.mark.parametrize("name", UPDATES)
def test_an_update_is_refused(name: str, endpoint: Running, protocol: Graph) -> None:
    first = next(iter(requests(protocol, entries(protocol)[name])))
    reply = send(endpoint, protocol, first)
    assert reply.status == 403
    assert "read-only" in reply.text


def test_every_service_description_test_is_run() -> None:
    found = set(entries(manifest("service-description")))
    assert found == {"returns-rdf", "has-endpoint-triple", "conforms-to-schema"}


@pytest.fixture(scope="module")
def description(endpoint: Running) -> Graph:
    reply = endpoint.ask("/sparql")
    assert reply.status == 200
    media = reply.headers["content-type"].partition(";")[0]
    return Graph().parse(reply.body, format=media)


def test_service_description_returns_rdf(description: Graph) -> None:
    assert len(description) > 20


def test_service_description_has_endpoint_triple(endpoint: Running, description: Graph) -> None:
    assert [str(o) for o in description.objects(None, SD.endpoint)] == [endpoint.endpoint]


# The recommendation's table of properties: property → (class of subject, class of object).
SCHEMA = {
    SD.endpoint: (SD.Service, None),
    SD.feature: (SD.Service, None),
    SD.defaultEntailmentRegime: (SD.Service, None),
    SD.entailmentRegime: (SD.NamedGraph, None),
    SD.supportedEntailmentProfile: (SD.NamedGraph, None),
    SD.extensionFunction: (SD.Service, SD.Function),
    SD.extensionAggregate: (SD.Service, SD.Aggregate),
    SD.languageExtension: (SD.Service, None),
    SD.supportedLanguage: (SD.Service, None),
    SD.propertyFeature: (SD.Service, None),
    SD.defaultDataset: (SD.Service, SD.Dataset),
    SD.availableGraphs: (SD.Service, SD.GraphCollection),
    SD.resultFormat: (SD.Service, None),
    SD.inputFormat: (SD.Service, None),
    SD.defaultGraph: (SD.Dataset, SD.Graph),
    SD.namedGraph: (None, SD.NamedGraph),
    SD.name: (SD.NamedGraph, None),
    SD.graph: (SD.NamedGraph, SD.Graph),
}
FEATURES = {SD[n] for n in ("DereferencesURIs", "UnionDefaultGraph", "RequiresDataset",
                            "EmptyGraphs", "BasicFederatedQuery")}  # fmt: skip
LANGUAGES = {SD.SPARQL10Query, SD.SPARQL11Query, SD.SPARQL11Update}


def test_service_description_conforms_to_schema(description: Graph) -> None:
    used = {p for p in description.predicates() if str(p).startswith(str(SD))}
    assert len(used) >= 9
    assert used <= set(SCHEMA)
    for subject, predicate, value in description:
        before, after = SCHEMA.get(predicate, (None, None))
        assert before is None or (subject, RDF.type, before) in description, predicate
        assert after is None or (value, RDF.type, after) in description, predicate
    (service,) = description.subjects(RDF.type, SD.Service)
    assert set(description.objects(service, SD.feature)) <= FEATURES
    assert set(description.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query}
    assert set(description.objects(service, SD.supportedLanguage)) <= LANGUAGES
    assert len(list(description.objects(None, SD.defaultDataset))) == 1


RESULTS = {"csv-tsv-res": 6, "json-res": 4}


def result_tests() -> list[tuple[str, str, str, str]]:
    found = []
    for folder in RESULTS if SUITE.is_dir() else ():
        graph = manifest(folder)
        for name, test in sorted(entries(graph).items()):
            action = next(graph.objects(test, MF.action))
            files = (
                next(graph.objects(action, QT.query)),
                next(graph.objects(action, QT.data)),
                next(graph.objects(test, MF.result)),
            )
            found.append((f"{folder}/{name}", *(str(f).removeprefix("file://") for f in files)))
    return found


def test_every_result_test_is_run() -> None:
    assert len(result_tests()) == sum(RESULTS.values())


MEDIA = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".srj": "application/sparql-results+json",
}


LOST = pytest.mark.xfail(
    strict=True, reason="the engine keeps an xsd:negativeInteger as an xsd:integer"
)


def parameters() -> list[Any]:
    return [
        pytest.param(*files, id=name, marks=[LOST] if name == "csv-tsv-res/tsv03" else [])
        for name, *files in result_tests()
    ]


@pytest.mark.parametrize(("query", "data", "result"), parameters())
def test_result_format(query: str, data: str, result: str) -> None:
    store = ox.Store()
    store.load(path=data, format=ox.RdfFormat.TURTLE)
    ending = Path(result).suffix
    job = Job(Path(query).read_text(), accept=MEDIA[ending])
    answer = evaluate(View(store), job, Limits())
    assert answer.status == 200
    wanted = Path(result).read_text()
    assert parsed(answer.body.decode(), ending) == parsed(wanted, ending)


def parsed(text: str, ending: str) -> Any:
    """Rows in any order; neither names of blank nodes count, nor how a number is written."""
    if ending == ".srj":
        found = json.loads(text)
        if "boolean" in found:
            return found["boolean"]
        rows = [json.dumps(unnamed(row), sort_keys=True) for row in found["results"]["bindings"]]
        return sorted(found["head"]["vars"]), sorted(rows)
    if ending == ".csv":
        rows = list(csv.reader(io.StringIO(text), strict=True))
    else:
        rows = [line.split("\t") for line in text.splitlines()]
    rows = [[number(cell) for cell in row] for row in rows]
    head, *rest = [[re.sub(r"^_:.*", "_:b", cell) for cell in row] for row in rows]
    return sorted(head), sorted(sorted(row) for row in rest)


def unnamed(row: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    return {
        name: {k: v for k, v in term.items() if term["type"] != "bnode" or k != "value"}
        for name, term in row.items()
    }


def number(cell: str) -> str:
    """The value of a number, of which `1.0E6` and `1000000` are two ways to write one."""
    match = re.fullmatch(r'"([^"]*)"\^\^<http://www.w3.org/2001/XMLSchema#(decimal|double)>', cell)
    try:
        return repr(float(match[1] if match else cell))
    except ValueError:
        return cell
