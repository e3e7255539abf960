"""What rdflib users get: a plain data set that reads like any other and never writes."""

import pytest
from rdflib import RDFS, XSD, Literal, URIRef

from kg.errors import KGError, QueryError, StoreError
from kg.namespaces import iri, sp

pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's own

A = URIRef("urn:a")
DOC = URIRef(iri("doc:csa-2025-07-09"))
SCHEME = URIRef(sp("scheme"))


@pytest.fixture(scope="module")
def dataset(full_view):
    return full_view.dataset()


WRITES = {
    "add": lambda d: d.add((A, A, A)),
    "addN": lambda d: d.addN([(A, A, A, d.default_graph)]),
    "add to a graph": lambda d: d.graph(DOC).add((A, A, A)),
    "add to the default graph": lambda d: d.default_graph.add((A, A, A)),
    "remove": lambda d: d.remove((None, None, None)),
    "remove a graph": lambda d: d.remove_graph(DOC),
    "set": lambda d: d.default_graph.set((A, A, A)),
    "parse": lambda d: d.parse(data="<urn:a> <urn:a> <urn:a> .", format="turtle"),
    "insert": lambda d: d.update("INSERT DATA { <urn:a> <urn:a> <urn:a> }"),
    "load": lambda d: d.update("LOAD <http://127.0.0.1:9/>"),
    "plus": lambda d: d.default_graph.__iadd__([(A, A, A)]),
    "update as a query": lambda d: d.query("DELETE WHERE { ?s ?p ?o }"),
    "destroy": lambda d: d.store.destroy("/nowhere"),
    "open": lambda d: d.store.open("/nowhere"),
}


@pytest.mark.parametrize("write", WRITES)
def test_writing_is_refused_with_a_clear_error(dataset, full_view, write):
    before = len(full_view.store)
    with pytest.raises((StoreError, QueryError), match="read-only") as raised:
        WRITES[write](dataset)
    assert raised.value.fix
    assert len(full_view.store) == before
    assert (A, A, A) not in dataset


def test_a_string_equals_a_plain_literal(dataset, full_view):
    values = set(dataset.objects(None, SCHEME))
    assert Literal("wikidata") in values
    assert all(v.datatype is None for v in values)
    assert {str(v) for v in values} == {
        v for (v,) in full_view.rows("SELECT DISTINCT ?v { ?i sp:scheme ?v }")
    }


def test_a_string_of_a_query_equals_a_plain_literal(dataset):
    found = {row[0] for row in dataset.query("SELECT DISTINCT ?v { ?i sp:scheme ?v }")}
    assert Literal("wikidata") in found


def test_a_pattern_with_either_form_of_a_string_matches(dataset):
    plain = set(dataset.subjects(SCHEME, Literal("wikidata")))
    assert plain == set(dataset.subjects(SCHEME, Literal("wikidata", datatype=XSD.string)))
    assert len(plain) > 10


def test_other_literals_keep_their_type_and_language(dataset):
    issued = dataset.value(DOC, URIRef(sp("issuedEarliest")))
    assert issued.datatype == XSD.date
    labels = set(dataset.objects(URIRef(iri("id:jaxa")), RDFS.label))
    assert Literal("宇宙航空研究開発機構", lang="ja") in labels


def test_the_default_graph_is_the_merge(dataset, full_view):
    (count,) = next(iter(dataset.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")))
    assert int(count) == int(full_view.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0][0])
    assert int(count) == sum(1 for _ in dataset.triples((None, None, None)))


def test_the_length_is_that_of_the_graph(dataset, full_view):
    (count,) = full_view.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0]
    assert len(dataset) == len(dataset.default_graph) == int(count)
    assert len(dataset.graph(DOC)) == len(list(dataset.graph(DOC))) > 400
    assert len(dataset.graph(A)) == 0


def test_named_graphs_can_be_read(dataset, full_view):
    assert len(list(dataset.graph(DOC).triples((None, None, None)))) > 400
    names = {g.identifier for g in dataset.graphs()}
    assert {URIRef(g) for g in full_view.graphs()} <= names
    assert len(full_view.graphs()) == len(set(full_view.graphs()))


def test_reading_an_unknown_graph_makes_none(dataset, full_view):
    assert len(list(dataset.graph(A).triples((None, None, None)))) == 0
    assert str(A) not in full_view.graphs()


def test_our_prefixes_are_bound(dataset):
    assert dict(dataset.namespaces())["sp"] == URIRef(sp(""))


def test_from_is_refused_since_it_would_be_ignored_in_silence(dataset):
    for query in ("SELECT * FROM <urn:x> { ?s ?p ?o }", "select * from named <urn:x> { ?s ?p ?o }"):
        with pytest.raises(QueryError, match="FROM has no effect") as raised:
            dataset.query(query)
        assert "kg.open(documents=" in raised.value.fix
    assert list(dataset.query('SELECT ("from" AS ?x) { }'))


def test_service_is_refused(dataset):
    for text in (
        "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }",
        "# x\rSERVICE <http://127.0.0.1:9/> { }",
    ):
        with pytest.raises(QueryError, match="SERVICE"):
            dataset.query(f"SELECT * {{ {text} }}")
    with pytest.raises(QueryError, match="SERVICE"):
        dataset.query("SELECT * { ?a ?b trueSERVICE<http://127.0.0.1:9/>{ } }")


def test_bindings_and_namespaces_of_the_caller_work(dataset):
    found = dataset.query(
        "SELECT ?x ?l { ?x a my:Person ; rdfs:label ?l }",
        initNs={"my": URIRef(sp(""))},
        initBindings={"l": Literal("Lisa Campbell", lang="en")},
    )
    assert [str(row[0]) for row in found] == [iri("id:lisa-campbell")]


def test_ask_and_construct(dataset):
    assert dataset.query("ASK { id:csa a sp:SpaceAgency }").askAnswer is True
    graph = dataset.query("CONSTRUCT { ?x rdfs:label ?l } { ?x a sp:Person ; rdfs:label ?l }").graph
    assert len(graph) > 3


def test_a_restricted_view_gives_a_restricted_data_set(full_view):
    from kg.restrict import restrict

    small = restrict(full_view, documents=["csa-2025-07-09"]).dataset()
    found = small.query("SELECT DISTINCT ?d { ?c sp:ofFact ?f ; sp:evidence/sp:document ?d }")
    assert {row[0] for row in found} == {DOC}


def test_it_can_be_copied_into_a_graph_that_writes(dataset):
    from rdflib import Graph

    mine = Graph()
    mine += dataset.graph(DOC)
    mine.add((A, A, A))
    assert (A, A, A) in mine


def test_errors_of_the_data_set_are_ours():
    assert issubclass(StoreError, KGError)
    assert issubclass(QueryError, KGError)
