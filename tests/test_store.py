"""The merge, the views, and what opens or does not open."""

import json
import os
import shutil
import subprocess
import sys
from datetime import date

import pyoxigraph as ox
import pytest

from kg import build, bulk, store
from kg.errors import StoreError
from kg.model import Statement
from kg.namespaces import iri, sp
from kg.restrict import restrict

PEOPLE = "SELECT ?x { ?x a sp:Person }"
UNION_COUNTS = ("3", "2")


def statement(subject, graph, *pairs):
    return Statement(subject, graph, tuple(pairs), None)


@pytest.fixture
def doubled():
    """The same triple in two documents, and one more in the second."""
    same = ("urn:p", '"x"')
    return store.View(
        bulk.load(
            [
                statement("urn:a", "urn:doc:1", same),
                statement("urn:a", "urn:doc:2", same, ("urn:q", "<urn:b>")),
            ]
        )
    )


def test_a_triple_in_two_documents_counts_once(doubled):
    assert doubled.rows("SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?o }") == [("1",)]


def test_a_self_join_over_two_documents_counts_once(doubled):
    assert doubled.rows("SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?o . ?s <urn:p> ?r }") == [("1",)]


def test_the_union_switch_counts_twice_which_is_why_it_is_not_used(doubled):
    """When this fails the engine is mended (oxigraph#1919): the merge could then be dropped."""
    query = "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?o }"
    found = next(iter(doubled.store.query(query, use_default_graph_as_union=True)))
    graphs = [ox.NamedNode(g) for g in doubled.graphs()]
    listed = next(iter(doubled.store.query(query, default_graph=graphs)))
    assert (found[0].value, listed[0].value) == UNION_COUNTS


def test_the_full_store_has_each_triple_once(full_view):
    merged = {
        q.triple for q in full_view.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    }
    named = [q.triple for q in full_view.store if q.graph_name != ox.DefaultGraph()]
    assert len(named) > len(set(named)), "some triple must stand in two graphs"
    assert merged == set(named)
    (count,) = full_view.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0]
    assert int(count) == len(merged)


def test_named_graphs_say_who_said_what(doubled):
    assert doubled.graphs() == ["urn:doc:1", "urn:doc:2"]
    rows = doubled.rows("SELECT ?g { GRAPH ?g { ?s <urn:p> ?o } }")
    assert rows == [("urn:doc:1",), ("urn:doc:2",)]


def test_sorted_quads_leave_the_merge_out(doubled):
    assert doubled.sorted_quads() == [
        '<urn:a> <urn:p> "x" <urn:doc:1> .',
        '<urn:a> <urn:p> "x" <urn:doc:2> .',
        "<urn:a> <urn:q> <urn:b> <urn:doc:2> .",
    ]


def test_the_digest_depends_on_content_not_on_order():
    first = statement("urn:a", "urn:g", ("urn:p", '"1"'))
    second = statement("urn:b", "urn:g", ("urn:p", '"2"'))
    there, back = (store.View(bulk.load(s)) for s in ([first, second], [second, first]))
    other = store.View(bulk.load([first]))
    assert (
        store.digest_of(there.sorted_quads())
        == store.digest_of(back.sorted_quads())
        != store.digest_of(other.sorted_quads())
    )


def test_no_blank_nodes_anywhere(full_view):
    nodes = {type(t) for q in full_view.store for t in (q.subject, q.object)}
    assert nodes == {ox.NamedNode, ox.Literal}


def test_the_ontology_is_in_the_merge_so_that_shapes_see_subclasses(seed_view):
    assert iri("rdfs:subClassOf") in {
        p for (p,) in seed_view.rows("SELECT DISTINCT ?p { sp:SpaceAgency ?p ?o }")
    }


def test_ontology_lines_are_the_same_for_every_hash_seed():
    code = "import hashlib, kg.ontology as o; print(hashlib.sha256(o.lines()).hexdigest())"
    found = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        found.add(subprocess.check_output([sys.executable, "-c", code], env=env))
    assert len(found) == 1


def test_opening_a_workspace_without_a_store_names_the_command(tmp_path):
    with pytest.raises(StoreError, match="no store in workspace") as raised:
        store.open_view(tmp_path / "nothing")
    assert "kg build" in raised.value.fix


@pytest.fixture
def copied(seed_store, tmp_path):
    return shutil.copytree(seed_store, tmp_path / "copied")


def described(workspace):
    name = (workspace / "store" / store.CURRENT).read_text().strip()
    return workspace / "store" / "builds" / name / store.BUILD


def test_a_store_of_another_version_says_so(copied):
    path = described(copied)
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 0}))
    with pytest.raises(StoreError, match="has format 0, this version reads 1") as raised:
        store.open_view(copied)
    assert "kg build" in raised.value.fix


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "cannot be opened"),
        ("{", "cannot be opened"),
        ("[1]", "no description of a build"),
        ("null", "no description of a build"),
        ('{"format": "x"}', "has format x"),
    ],
)
def test_a_broken_description_is_a_store_error(copied, content, message):
    described(copied).write_text(content)
    with pytest.raises(StoreError, match=message) as raised:
        store.open_view(copied)
    assert "run kg build" in raised.value.fix


@pytest.mark.parametrize("content", [b"", b"nonsense", b"000099", b"\xff"])
def test_a_current_that_names_nothing_is_a_store_error(copied, content):
    (copied / "store" / store.CURRENT).write_bytes(content)
    with pytest.raises(StoreError, match=r"cannot be opened|names no build|no store"):
        store.open_view(copied)


def test_a_store_whose_files_are_gone_is_a_store_error(copied):
    shutil.rmtree(described(copied).parent / "oxigraph")
    with pytest.raises(StoreError, match="cannot be opened"):
        store.open_view(copied)


def test_today_reads_no_clock(seed_view, full_view):
    assert seed_view.today == date(2025, 7, 9)
    assert full_view.today > date(2025, 10, 30)
    assert restrict(full_view, as_of=date(2020, 1, 1)).today == date(2020, 1, 1)
    assert store.View(ox.Store()).today == date.min


def test_labels_fall_back_to_english_then_to_any_then_to_the_name(full_view):
    jaxa = iri("id:jaxa")
    assert full_view.label(jaxa, ["ja"]) == "宇宙航空研究開発機構"
    assert full_view.label(jaxa, ["xx"]) == "Japan Aerospace Exploration Agency"
    only = store.View(bulk.load([statement("urn:x/a", "urn:g", (iri("rdfs:label"), '"был"@ru'))]))
    assert only.label("urn:x/a") == "был"
    assert only.label("urn:x/nothing") == "nothing"


def test_a_view_has_no_way_to_write():
    names = {n for n in dir(store.View) if not n.startswith("_")}
    assert not names & {"write", "add", "remove", "update", "load", "fill", "clear"}


def test_the_store_on_disk_refuses_to_be_written(full_view):
    triple = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.NamedNode("urn:c"))
    with pytest.raises((OSError, ValueError, RuntimeError)):
        full_view.store.add(triple)
    assert full_view.store.__contains__(triple) is False


def test_select_takes_only_select(seed_view):
    with pytest.raises(TypeError):
        seed_view.select("ASK {}")


def test_rows_are_sorted_and_unbound_is_empty(seed_view):
    rows = seed_view.rows("SELECT ?x ?y { ?x a sp:Person OPTIONAL { ?x <urn:none> ?y } }")
    assert len(rows) == 3
    assert rows == sorted(rows)
    assert {y for _, y in rows} == {""}


def test_long_lists_are_written_whole(monkeypatch):
    monkeypatch.setattr(bulk, "_BATCH", 3)
    many = [statement(f"urn:{n}", "urn:g", ("urn:p", f'"{n}"')) for n in range(20)]
    assert len(bulk.load(many)) == 40


def test_documents_have_their_days_of_issue(seed_view):
    assert seed_view.documents == {iri("doc:csa-2025-07-09"): ("2025-07-09", "2025-07-09")}
    assert seed_view.value(iri("doc:csa-2025-07-09"), sp("textLength")) == "4184"


def test_a_view_opened_before_two_builds_answers_or_says_so(copied):
    """The previous build stays; the one before it is swept, and its files may be opened late."""
    old = store.open_view(copied)
    build.build(copied, only=["seed"])
    assert len(old.rows(PEOPLE)) == 3
    late = store.open_view(copied)
    build.build(copied, only=["seed"])
    build.build(copied, only=["seed"])
    assert not late.path.exists()
    try:
        assert len(late.rows(PEOPLE)) == 3  # the engine had them open already
    except StoreError as error:
        assert "cannot be read" in error.message
        assert "open it again" in error.fix
