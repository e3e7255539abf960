"""The lines of a build: what is loaded from them, and their digest, whatever the pieces."""

import pytest

from kg import draft, store
from kg.errors import Origin
from kg.model import Statement, ref, text
from kg.namespaces import iri
from kg.store import View


def said(number):
    body = ((iri("rdfs:label"), text(f"label {number} é")), (iri("sp:partOf"), ref("urn:x")))
    return Statement(f"urn:a{number}", "urn:g", body, Origin("test"))


@pytest.fixture
def drafted(tmp_path):
    made = draft.Draft(tmp_path)
    made.write([said(3), said(1), said(2), said(1)])
    return made


@pytest.mark.parametrize("piece", [1 << 20, 200])
def test_the_digest_is_that_of_the_loaded_quads(drafted, monkeypatch, piece):
    monkeypatch.setattr(draft, "_CHUNK", piece)
    lines = View(drafted.load()).sorted_quads()
    assert drafted.digest() == (len(lines), store.digest_of(lines))


def test_the_merge_holds_each_triple_once(drafted):
    view = View(drafted.load())
    assert view.rows("SELECT ?x (COUNT(*) AS ?n) { ?x sp:partOf ?y } GROUP BY ?x") == [
        ("urn:a1", "1"),
        ("urn:a2", "1"),
        ("urn:a3", "1"),
    ]


def test_on_disk_as_in_memory(drafted, tmp_path):
    there = View(drafted.load(tmp_path / "store", checked=True))
    assert there.sorted_quads() == View(drafted.load()).sorted_quads()


def test_nothing_is_left_behind(drafted, tmp_path):
    drafted.digest()
    drafted.remove()
    assert list(tmp_path.iterdir()) == []
