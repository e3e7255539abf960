"""SPARQL of a user's own: its prefixes, its rows, and the documents that FROM names."""

from datetime import date

import pytest

from kg import sparql
from kg.errors import KGError, QueryError
from kg.namespaces import iri
from kg.restrict import restrict
from kg.sparql import Limits
from kg.store import open_view

SHORT = Limits(seconds=20)
PERSONS = "SELECT ?x { ?x a sp:Person }"
DOC = iri("doc:csa-2025-07-09")


def run(view, text, **options):
    return sparql.run(view, text, options.pop("limits", SHORT), **options)


def test_prefixes_need_no_declaration(seed_view):
    table = run(seed_view, PERSONS)
    assert table.columns == ("x",)
    assert table.rows == (
        (iri("id:hiroshi-yamakawa"),),
        (iri("id:lisa-campbell"),),
        (iri("id:melanie-joly"),),
    )


def test_rows_are_sorted_unless_the_query_orders_them(seed_view):
    back = run(seed_view, PERSONS + " ORDER BY DESC(?x)")
    assert back.rows == run(seed_view, PERSONS).rows[::-1]


def test_ask(seed_view):
    assert run(seed_view, "ASK { id:csa a sp:SpaceAgency }").rows == (("yes",),)
    assert run(seed_view, "ASK { id:csa a sp:State }").rows == (("no",),)


def test_construct_and_describe(seed_view):
    table = run(seed_view, "CONSTRUCT { ?x rdfs:label ?l } { ?x a sp:Person ; rdfs:label ?l }")
    assert table.columns == ("subject", "predicate", "object")
    assert (iri("id:lisa-campbell"), iri("rdfs:label"), "Lisa Campbell") in table.rows
    described = run(seed_view, "DESCRIBE id:lisa-campbell")
    assert {row[0] for row in described.rows} == {iri("id:lisa-campbell")}


def test_unbound_is_empty(seed_view):
    assert run(seed_view, "SELECT ?a ?b { BIND(1 AS ?a) }").rows == (("1", ""),)


def test_from_becomes_a_view(full_view):
    count = "SELECT (COUNT(*) AS ?n) %s { ?c sp:ofFact ?f }"
    everything = int(run(full_view, count % "").rows[0][0])
    one = int(run(full_view, count % f"FROM <{DOC}>").rows[0][0])
    two = int(
        run(full_view, count % f"FROM doc:csa-2025-07-09 FROM <{iri('doc:jaxa-2025-10-30')}>").rows[
            0
        ][0]
    )
    assert 0 < one < two < everything


def test_a_triple_of_two_from_documents_counts_once(full_view):
    """The list of FROM graphs of the engine would count it twice."""
    both = "FROM doc:csa-2025-07-09 FROM doc:csa-2025-07-09-fr"
    asked = f"SELECT (COUNT(*) AS ?n) {both} {{ id:jaxa rdfs:label ?l }}"
    plain = restrict(full_view, documents=["csa-2025-07-09", "csa-2025-07-09-fr"])
    assert run(full_view, asked).rows == tuple(
        plain.rows("SELECT (COUNT(*) AS ?n) { id:jaxa rdfs:label ?l }")
    )


def test_from_named_leaves_the_default_graph_empty(full_view):
    asked = f"SELECT (COUNT(*) AS ?n) FROM NAMED <{DOC}> {{ %s }}"
    assert run(full_view, asked % "?c sp:ofFact ?f").rows == (("0",),)
    assert int(run(full_view, asked % "GRAPH ?g { ?c sp:ofFact ?f }").rows[0][0]) > 40


def test_from_and_from_named_stay_apart(full_view):
    name, other = DOC, iri("doc:jaxa-2025-10-30")
    named = "SELECT DISTINCT ?g %s { GRAPH ?g { ?s ?p ?o } }"
    assert run(full_view, named % f"FROM <{name}>").rows == ()
    found = run(full_view, named % f"FROM <{other}> FROM NAMED <{name}>").rows
    assert found == ((name,),)
    count = "SELECT (COUNT(*) AS ?n) %s { ?c sp:ofFact ?f }"
    alone = run(full_view, count % f"FROM <{other}>").rows
    assert run(full_view, count % f"FROM <{other}> FROM NAMED <{name}>").rows == alone


def test_an_unknown_graph_is_an_error_not_an_empty_answer(full_view):
    for graph in ("<urn:nothing>", "doc:nothing", "id:csa"):
        with pytest.raises(QueryError, match="which is no document here"):
            run(full_view, f"SELECT * FROM {graph} {{ ?s ?p ?o }}")
    with pytest.raises(QueryError, match="FROM needs the IRI"):
        run(full_view, "SELECT * FROM nodoc:x { ?s ?p ?o }")


def test_from_inside_a_string_is_no_from(seed_view):
    assert run(seed_view, 'SELECT ("FROM <urn:x>" AS ?x) { }').rows == (("FROM <urn:x>",),)


def test_positions_stay_when_from_is_taken_out(full_view):
    with pytest.raises(QueryError) as raised:
        run(full_view, f"SELECT *\nFROM <{DOC}>\n{{ ?s ?p }}")
    assert raised.value.origin.line == 3


def test_a_restricted_view(full_view):
    then = restrict(full_view, as_of=date(2025, 7, 9))
    asked = "SELECT (COUNT(*) AS ?n) { ?e a sp:Capture ; sp:object id:htv-x1 }"
    assert run(then, asked).rows == (("0",),)
    assert int(run(full_view, asked).rows[0][0]) > 3
    graphs = run(then, "SELECT DISTINCT ?g { GRAPH ?g { ?c sp:ofFact ?f } }")
    assert (DOC,) in graphs.rows
    assert (iri("doc:jaxa-2025-10-30"),) not in graphs.rows


def test_graph_sees_the_documents(full_view):
    rows = run(full_view, "SELECT DISTINCT ?g { GRAPH ?g { ?c sp:ofFact ?f } }").rows
    assert len(rows) > 50


def test_the_users_own_prefix_wins(seed_view):
    assert run(seed_view, "PREFIX sp: <urn:x#> SELECT (sp:a AS ?x) { }").rows == (("urn:x#a",),)


def test_nothing_is_left_in_the_temporary_folder(full_view, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    then = restrict(full_view, documents=["csa-2025-07-09"])
    run(then, PERSONS)
    with pytest.raises(KGError, match="syntax error"):
        run(then, "SELECT")
    assert list(tmp_path.iterdir()) == []


def test_names_with_several_dots_can_be_pasted(seed_store):
    """Oxigraph 0.5 refuses such prefixed names although SPARQL 1.1 allows them."""
    view = open_view(seed_store)
    for end in (" .", "."):
        asked = f"SELECT ?c {{ ?c sp:ofFact fact:event.capture.htv._{end} ?c a sp:Capture }}"
        assert [row[0].rsplit("/", 1)[-1] for row in sparql.run(view, asked).rows] == [
            "event.capture.htv._.csa-2025-07-09"
        ]
    with pytest.raises(QueryError, match="Prefix not found"):
        sparql.run(view, 'SELECT ?c { ?c sp:note "fact:event.capture.htv._" ; nope:a.b.c ?x }')
