"""RDF asked by SPARQL, on invented triples."""

from __future__ import annotations

import gzip
import socket
from pathlib import Path

import pytest

from kg.errors import InputError, KGError
from kg.loaders import _rdfstore
from kg.loaders._readers import select
from kg.loaders._sheet import Unfit
from kg.loaders._yaml import Block, parse

TURTLE = """\
@prefix e: <http://example.org/> .
e:one a e:Ship ; e:name "Lumen", "Lux" ; e:crew e:ada .
e:two a e:Ship ; e:name "Umbra" .
e:ada e:name "Ada &#x0A;   L." .
"""
SHIPS = """
  PREFIX e: <http://example.org/>
  SELECT ?place (MIN(?n) AS ?name) (MIN(STR(?c)) AS ?crew) {
    ?s a e:Ship ; e:name ?n . OPTIONAL { ?s e:crew ?c } BIND(STR(?s) AS ?place)
  } GROUP BY ?place ORDER BY ?place
"""


def form(query: str) -> Block:
    made = parse("select: x", Path("source.yaml"))
    made["select"] = query
    return made


def written(tmp_path: Path, content: str | bytes, name: str = "a.ttl") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_rows_are_solutions(tmp_path: Path) -> None:
    for name, content in (("a.ttl", TURTLE.encode()), ("a.ttl.gz", gzip.compress(TURTLE.encode()))):
        sheet = select.read(written(tmp_path, content, name), form(SHIPS))
        assert sheet.header == ("place", "name", "crew")
        assert list(sheet.rows) == [
            (1, 0, "#http://example.org/one", ["http://example.org/one", "Lumen", "http://example.org/ada"]),
            (2, 0, "#http://example.org/two", ["http://example.org/two", "Umbra", ""]),
        ]  # fmt: skip


def test_triples_of_named_graphs_count_too(tmp_path: Path) -> None:
    line = "<http://example.org/one> <http://example.org/name> 'x' <http://example.org/g> .\n"
    path = written(tmp_path, line.replace("'", '"'), "a.nq")
    assert [row[3] for row in select.read(path, form("SELECT ?o { ?s ?p ?o }")).rows] == [["x"]]


def test_a_row_without_place_is_numbered(tmp_path: Path) -> None:
    rows = select.read(written(tmp_path, TURTLE), form("SELECT ?s { ?s a ?c } ORDER BY ?s")).rows
    assert [row[2] for row in rows] == ["#row=1", "#row=2"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE would open"),
        ("SELECT * { #\r SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("LOAD <http://127.0.0.1:9/a.ttl>", "LOAD is an update"),
        ("INSERT DATA { <http://a> <http://b> 1 }", "INSERT is an update"),
        ("SELECT ?s {", "the query is wrong"),
        ("ASK { ?s ?p ?o }", "no SELECT"),
        ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "no SELECT"),
    ],
)  # fmt: skip
def test_queries_that_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: str, said: str
) -> None:
    def connect(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(InputError, match=said) as caught:
        select.read(written(tmp_path, TURTLE), form(query))
    assert str(caught.value.origin).startswith("source.yaml:1")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "a,b", "no RDF format"),
        ("a.ttl", "<!doctype html><html></html>", "web page"),
        ("a.xml", "<Spase/>", "no RDF/XML"),
        ("a.ttl", "", "empty"),
    ],
)
def test_what_is_no_rdf(tmp_path: Path, name: str, content: str, said: str) -> None:
    with pytest.raises(Unfit, match=said):
        select.read(written(tmp_path, content, name), form(SHIPS))


def test_an_error_of_syntax_costs_what_follows(tmp_path: Path) -> None:
    path = written(tmp_path, TURTLE.replace('e:name "Umbra"', "e:name Umbra"))
    rows = [row[3] for row in select.read(path, form(SHIPS)).rows]
    assert rows[0] == ["http://example.org/one", "Lumen", "http://example.org/ada"]
    assert len(rows) == 2
    assert isinstance(rows[1], KGError)
    assert str(rows[1]).startswith(f"{path}:3:")


def test_a_packed_file_that_is_cut_off(tmp_path: Path) -> None:
    triples = "".join(f'<http://e/{n}> <http://e/p> "{hash(n)}" .\n' for n in range(20000))
    packed = gzip.compress(triples.encode())
    path = written(tmp_path, packed[: len(packed) // 2], "a.nt.gz")
    rows = list(select.read(path, form("SELECT ?s { ?s ?p ?o }")).rows)
    assert 1000 < len(rows) < 19999
    assert "cut off" in str(rows[-1][3])


def test_large_files_are_kept_on_disk_and_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, TURTLE)
    monkeypatch.setattr(_rdfstore, "_LARGE", 1)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "scratch").mkdir()
    rows = select.read(path, form(SHIPS)).rows
    assert next(rows)[3][1] == "Lumen"  # type: ignore[index]
    assert list((tmp_path / "scratch").iterdir())
    assert len(list(rows)) == 1
    assert not list((tmp_path / "scratch").iterdir())
