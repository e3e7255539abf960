"""What changed between two stores, from any of the things that hold one."""

from __future__ import annotations

import io
from datetime import date

import pyoxigraph as ox
import pytest

from kg import registry
from kg.diff import COLUMNS, diff, open_any
from kg.errors import StoreError
from kg.namespaces import RDFS_LABEL, iri, sp
from kg.restrict import restrict
from kg.store import View

FILES = ("nquads", "trig", "jsonld", "turtle", "ntriples")
HEAD = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix id: <https://w3id.org/space-partnerships/id/> .
@prefix dct: <http://purl.org/dc/terms/> .
"""


def _copy(view: View, *, without: set[ox.Quad] = frozenset(), more: list[ox.Quad] = ()) -> View:
    store = ox.Store()
    store.bulk_extend([*(q for q in view.store if q not in without), *more])
    return View(store)


def _register(subject: str, predicate: str, value: ox.Literal | ox.NamedNode) -> list[ox.Quad]:
    triple = ox.NamedNode(iri(subject)), ox.NamedNode(predicate), value
    return [ox.Quad(*triple), ox.Quad(*triple, ox.NamedNode(iri("graph:register")))]


def _kinds(table, *kinds):
    return [row for row in table.rows if row[0] in kinds]


def test_nothing_changed(world_view):
    table = diff(world_view, _copy(world_view))
    assert table.columns == COLUMNS
    assert table.rows == () and table.notes == ("no change",)


def test_a_rename_is_one_row_and_its_two_triples(world_view):
    old = _register("id:asa", RDFS_LABEL, ox.Literal("Aldria Space Agency", language="en"))
    new = _register("id:asa", RDFS_LABEL, ox.Literal("Space Office of Aldria", language="en"))
    table = diff(world_view, _copy(world_view, without=set(old), more=new))
    names = "Aldria Space Agency", "Space Office of Aldria"
    assert table.rows == (
        ("renamed", "id:asa", "rdfs:label@en", *names, ""),
        ("triple removed", "id:asa", "rdfs:label", f'"{names[0]}"@en', "", "graph:register"),
        ("triple added", "id:asa", "rdfs:label", "", f'"{names[1]}"@en', "graph:register"),
    )
    assert "triples changed in graph:register: 2" in table.notes


def test_a_label_in_another_language_is_no_rename(world_view):
    new = _register("id:asa", RDFS_LABEL, ox.Literal("Agence d'Aldria", language="fr"))
    table = diff(world_view, _copy(world_view, more=new))
    assert [row[0] for row in table.rows] == ["triple added"]


def test_a_term_that_is_replaced(world_view):
    successor = ox.NamedNode(iri("id:bso"))
    new = _register("id:asa", iri("dct:isReplacedBy"), successor)
    table = diff(world_view, _copy(world_view, more=new))
    row = ("replaced", "id:asa", "dct:isReplacedBy", "id:asa", "id:bso", "graph:register")
    assert _kinds(table, "replaced") == [row]


def test_documents_that_came_and_went(world_view):
    then = restrict(world_view, as_of=date(2031, 5, 2))
    come = _kinds(diff(then, world_view), "document added")
    gone = _kinds(diff(world_view, then), "document removed")
    expected = sorted(d.rsplit("/", 1)[-1] for d in then.left_out)
    assert [row[1].removeprefix("doc:") for row in come] == expected
    assert [row[1].removeprefix("doc:") for row in gone] == expected
    assert ("document added", "doc:bso-2031-10-30", "", "", "Tern-B1 caught", "") in come
    graphs = {row[5] for row in diff(then, world_view).rows if row[0] == "triple added"}
    assert {f"doc:{d}" for d in expected} - graphs == set()


def test_the_same_question_gives_the_same_rows(world_view):
    then = restrict(world_view, as_of=date(2031, 5, 2))
    once, again = diff(then, world_view), diff(_copy(then), _copy(world_view))
    assert once == again
    changed = [(row[5], row[1], row[2]) for row in once.rows if row[0] == "triple added"]
    assert [c[0] for c in changed] == sorted(c[0] for c in changed)


def test_a_workspace_and_its_build_are_the_same(world_store, world_view):
    (build,) = [p for p in (world_store / "store" / "builds").iterdir() if p.is_dir()]
    assert diff(open_any(world_store), open_any(build)).rows == ()


@pytest.mark.parametrize("name", FILES)
def test_an_export_is_the_same_as_its_store(world_view, tmp_path, name):
    module = registry.load("kg.export", name, "format")
    out = io.BytesIO()
    module.write(world_view, out)
    path = tmp_path / f"export{module.EXTENSION}"
    path.write_bytes(out.getvalue())
    for table in (diff(world_view, open_any(path)), diff(open_any(path), world_view)):
        assert table.rows == ()
        assert table.notes[0] == "no change" and "ontology" in table.notes[1]


def test_a_file_opened_has_a_merge(world_view, tmp_path):
    out = io.BytesIO()
    registry.load("kg.export", "nquads", "format").write(world_view, out)
    (tmp_path / "all.nq").write_bytes(out.getvalue())
    opened = open_any(tmp_path / "all.nq")
    assert opened.label(iri("id:asa")) == "Aldria Space Agency"
    assert opened.value(iri("id:asa"), sp("evidence")) == world_view.value(
        iri("id:asa"), sp("evidence")
    )


def test_blank_nodes_are_no_difference(tmp_path):
    one, two = tmp_path / "one.ttl", tmp_path / "two.ttl"
    one.write_text(HEAD + "id:a dct:relation [ rdfs:label 'x' ], [ dct:relation [] ] .")
    two.write_text(HEAD + "id:a dct:relation [ dct:relation _:q ], _:p . _:p rdfs:label 'x' .")
    assert diff(open_any(one), open_any(two)).rows == ()


@pytest.mark.parametrize("name", ["nothing", "a folder", "notes.txt", "broken.ttl", "broken.nq"])
def test_what_cannot_be_opened_is_said(tmp_path, name):
    path = tmp_path / name
    if name == "a folder":
        path.mkdir()
    elif name != "nothing":
        path.write_text("this is <no RDF")
    with pytest.raises(StoreError, match=name):
        open_any(path)


def test_a_file_that_is_no_rdf_is_named_once_with_its_place(tmp_path):
    path = tmp_path / "broken.nt"
    path.write_text("<http://a> <http://b> <http://c> .\n<http://a> <b> .\n")
    with pytest.raises(StoreError) as raised:
        open_any(path)
    said = str(raised.value)
    assert said.startswith(f"{path}:2:")
    assert said.count("line") == 0
    assert said.count(str(path)) == 1
