"""Files of Wikidata that are broken: what is wrong costs itself, with file and line."""

from __future__ import annotations

import bz2
import gzip
import json
import tracemalloc
from pathlib import Path

import pytest
from wikidata_items import (
    FULL,
    LUMEN,
    entity,
    errors,
    form,
    forms,
    lines,
    table,
    written,
)

from kg.errors import InputError
from kg.loaders import _json
from kg.loaders._readers import wikidata
from kg.loaders._sheet import Unfit


def test_a_broken_line_costs_itself(tmp_path: Path) -> None:
    good = json.dumps(LUMEN)
    path = written(tmp_path, "d.json", f"[\n{good},\n{good[:200]}\n{good},\n{good}\n]\n")
    assert len(table(path, "items")) == 3
    assert errors(path) == [f"{path}:3: broken JSON: the line is cut off"]
    path = written(
        tmp_path, "e.json", f'[\n{good},\n{good[:200]},\n{{"id": "Q1", "x": tru}},\n{good}\n]'
    )
    assert len(table(path, "items")) == 2
    assert [e.split(": ")[0] for e in errors(path)] == [f"{path}:3", f"{path}:4"]


def test_an_entity_without_id_or_missing(tmp_path: Path) -> None:
    bad = {"entities": {"Q8": {"id": "Q8", "missing": ""}, "Q9": {"labels": {}}, "Q1": LUMEN}}
    path = written(tmp_path, "a.json", json.dumps(bad))
    assert errors(path) == [
        f"{path}:1: Wikidata has no entity Q8",
        f"{path}:1: an entity without id",
    ]
    assert len(table(path, "items")) == 1


def test_a_redirected_entity_is_its_target(tmp_path: Path) -> None:
    served = {"entities": {"Q5000": LUMEN}}
    (row,) = table(written(tmp_path, "a.json", json.dumps(served)), "items")
    assert row["id"] == "Q1"
    moved = entity("Q5000") | {"redirects": {"from": "Q5000", "to": "Q1"}}
    (row,) = table(written(tmp_path, "b.json", json.dumps(moved)), "items")
    assert row["id"] == "Q1"


def test_properties_and_odd_entities(tmp_path: Path) -> None:
    odd = [{"id": "P31", "type": "property"}, {"id": "Q7", "claims": {"P1": [{"rank": 3}]}}]
    path = written(tmp_path, "a.json", json.dumps(odd))
    (row,) = table(path, "items")
    assert (row["id"], row["state"]) == ("P31", "no-item")
    assert errors(path) == [f"{path}:1: an entity in an unknown form"]
    empty = entity("Q3") | {"labels": [], "aliases": [], "claims": []}
    (row,) = table(written(tmp_path, "b.json", json.dumps(empty)), "items")
    assert (row["id"], row["label"]) == ("Q3", "")


@pytest.mark.parametrize(
    ("name", "content", "said_"),
    [
        ("page.json", "<!DOCTYPE html><html><body>429</body></html>", "page"),
        ("words.json", "Too many requests", "no JSON"),
        ("empty.json", "", "empty"),
        ("wide.json", '{"id": "Q1"}'.encode("utf-16"), "no JSON in UTF-8"),
        ("cut.json.gz", gzip.compress(b"[\n" + b" " * 99, mtime=0)[:14], "cut off"),
        ("error.json", '{"error": {"code": "no-such-entity"}}', "error message"),
        ("lone.json", '{"labels": {}}', "without id"),
        ("page.ttl", "<html><body>no</body></html>", "web page"),
        ("other.ttl", "<http://a> <http://b> <http://c> .", "wikidata.org"),
    ],
)
def test_what_is_no_file_of_wikidata(tmp_path: Path, name: str, content: str, said_: str) -> None:
    with pytest.raises(Unfit, match=said_):
        wikidata.read(written(tmp_path, name, content), form("items"))


def test_another_encoding_costs_the_line(tmp_path: Path) -> None:
    good = json.dumps(LUMEN)
    content = f'{good}\n{{"id": "Q2", "labels": {{"fr": {{"value": "Étoile"}}}}}}\n{good}\n'
    path = written(tmp_path, "a.json", content.encode("cp1252"))
    assert errors(path) == [f"{path}:2: not UTF-8"]
    assert len(table(path, "items")) == 2


def test_a_packed_file_that_is_cut_off_gives_what_it_has(tmp_path: Path) -> None:
    import random

    noise = random.Random(7)
    rows = [json.dumps(LUMEN | {"x": noise.randbytes(500).hex()}) for _ in range(1500)]
    for name, pack in (("a.json.gz", gzip.compress), ("a.json.bz2", bz2.compress)):
        packed = pack("\n".join(rows).encode())
        path = written(tmp_path, name, packed[: len(packed) // 2])
        assert 10 < len(table(path, "items")) < 1490
        (message,) = errors(path)
        assert "the file is cut off" in message


def test_a_value_without_end_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_json, "_CHUNK", 1 << 16)
    huge = '{"id": "Q2", "x": "' + "y" * (1 << 22) + '"}'
    path = written(tmp_path, "a.json", f"[\n{json.dumps(LUMEN)},\n{huge},\n{json.dumps(LUMEN)}\n]")
    with path.open("rb") as handle:
        found = list(_json.values(_json.Text(handle, path, limit=1 << 20)))
    assert [f.line for f in found] == [2, 3, 4]
    assert "more than 1 MB" in str(found[1].value)


def test_broken_rdf_keeps_what_can_be_read(tmp_path: Path) -> None:
    path = written(tmp_path, "a.ttl", FULL + "wd:Q2 rdfs:label nothing .\nwd:Q3 rdfs:label 'x' .")
    assert len(table(path, "items")) == 1
    (message,) = errors(path)
    assert message.startswith(f"{path}:{FULL.count(chr(10)) + 1}")
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    made = "".join(f'<http://www.wikidata.org/entity/Q{n}> {label} "{n}" .\n' for n in (1, 2, 3))
    path = written(tmp_path, "a.nt", made.replace('"2"', "2 2"))
    assert [r["id"] for r in table(path, "items")] == ["Q1", "Q3"]
    assert [e.split(": ")[0].rsplit(":", 1)[0] for e in errors(path)] == [f"{path}:2"]


def test_rdf_xml_that_is_cut_off_is_said_to_be(tmp_path: Path) -> None:
    whole = next(p for n, p in forms(tmp_path) if n == "rdf").read_text()
    path = written(tmp_path, "cut.rdf", whole[: len(whole) // 2])
    (message,) = errors(path)
    assert "broken RDF" in message


def test_the_mapping_itself(tmp_path: Path) -> None:
    path = written(tmp_path, "a.json", json.dumps(LUMEN))
    with pytest.raises(InputError, match="no part of an item"):
        wikidata.read(path, form("pages"))


def peak(path: Path) -> int:
    tracemalloc.start()
    for _ in wikidata.read(path, form("statements")).rows:
        pass
    size = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return size


def test_memory_does_not_grow_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_json, "_CHUNK", 1 << 16)
    once = written(tmp_path, "once.json", lines(500))
    four = written(tmp_path, "four.json", lines(2000))
    assert four.stat().st_size > 3.9 * once.stat().st_size > 1 << 20
    first = peak(once)
    assert peak(four) < first * 1.2
