"""Wikidata in all its forms, on invented items: each form gives the same rows."""

from __future__ import annotations

import bz2
import gzip
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError, KGError
from kg.loaders import _json, _wikidata_time
from kg.loaders._readers import wikidata
from kg.loaders._sheet import Unfit
from kg.loaders._yaml import Block, parse

FORM = """\
part: {part}
languages: [en, fr, ja]
properties: [P247, P856]
single: [P571, P619]
until: "2040-01-01"
variables: {{inception: P571, type: P31}}
classes:
  Q5: Person
  Q17505024: SpaceAgency
"""
GREGORIAN = "http://www.wikidata.org/entity/Q1985727"


def form(part: str) -> Block:
    return parse(FORM.format(part=part), Path("source.yaml"))


def table(path: Path, part: str = "statements") -> list[dict[str, str]]:
    """The rows of a file that could be read."""
    sheet = wikidata.read(path, form(part))
    rows = [cells for _, _, _, cells in sheet.rows if not isinstance(cells, KGError)]
    return [dict(zip(sheet.header, cells, strict=True)) for cells in rows]


def errors(path: Path, part: str = "items") -> list[str]:
    found = [cells for _, _, _, cells in wikidata.read(path, form(part)).rows]
    return [str(e).split("\n")[0] for e in found if isinstance(e, KGError)]


def written(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def item(value: str) -> dict[str, Any]:
    return {"datavalue": {"type": "wikibase-entityid", "value": {"id": value}}}


def day(value: str, precision: int = 11, calendar: str = GREGORIAN) -> dict[str, Any]:
    time = {"time": value, "precision": precision, "calendarmodel": calendar}
    return {"datavalue": {"type": "time", "value": time}}


def year(value: int) -> dict[str, Any]:
    return day(f"+{value}-00-00T00:00:00Z", 9)


def text(value: str, datatype: str = "string") -> dict[str, Any]:
    return {"datatype": datatype, "datavalue": {"type": "string", "value": value}}


def said(snak: dict[str, Any], rank: str = "normal", **qualifiers: Any) -> dict[str, Any]:
    main = {"snaktype": "value"} | snak
    given = {k: v if isinstance(v, list) else [v] for k, v in qualifiers.items()}
    for snaks in given.values():
        for one in snaks:
            one.setdefault("snaktype", "value")
    return {"mainsnak": main, "rank": rank, "id": f"Q1$0-{rank}", "qualifiers": given}


def entity(ident: str = "Q1", **claims: Any) -> dict[str, Any]:
    return {
        "id": ident,
        "type": "item",
        "modified": "2031-05-06T07:08:09Z",
        "labels": {c: {"language": c, "value": f"Lumen {c}"} for c in ("en", "ja")},
        "aliases": {"fr": [{"language": "fr", "value": "Lueur"}]},
        "claims": claims,
    }


LUMEN = entity(
    P31=[said(item("Q17505024"))],
    P571=[said(day("+2001-02-03T00:00:00Z"))],
    P247=[said(text("2031-001A", "external-id"))],
    P463=[said(item("Q77"), P580=year(2005), P582=day("+2010-06-00T00:00:00Z", 10))],
)
ROWS = [
    ("P31", "Q17505024", "", ""),
    ("P571", "2001-02-03", "", ""),
    ("P247", "2031-001A", "", ""),
    ("P463", "Q77", "2005", "2010-06"),
]


def lines(count: int = 1) -> str:
    told = json.dumps(LUMEN)
    return "[\n" + ",\n".join(told for _ in range(count)) + "\n]\n"


PREFIXES = """\
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wds: <http://www.wikidata.org/entity/statement/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX psv: <http://www.wikidata.org/prop/statement/value/>
PREFIX pq: <http://www.wikidata.org/prop/qualifier/>
PREFIX pqv: <http://www.wikidata.org/prop/qualifier/value/>
PREFIX wikibase: <http://wikiba.se/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX schema: <http://schema.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
FULL = (
    PREFIXES
    + """
wd:Q1 rdfs:label "Lumen en"@en, "Lumen ja"@ja ; skos:altLabel "Lueur"@fr ;
  wdt:P31 wd:Q17505024 ; wdt:P571 "2001-02-03T00:00:00Z"^^xsd:dateTime ; wdt:P247 "2031-001A" ;
  wdt:P463 wd:Q77 ;
  p:P571 wds:Q1-a ; p:P463 wds:Q1-b .
<https://www.wikidata.org/wiki/Special:EntityData/Q1> schema:about wd:Q1 ;
  schema:dateModified "2031-05-06T07:08:09Z"^^xsd:dateTime .
wds:Q1-a wikibase:rank wikibase:NormalRank ; ps:P571 "2001-02-03T00:00:00Z"^^xsd:dateTime ;
  psv:P571 <http://www.wikidata.org/value/v1> .
wds:Q1-b wikibase:rank wikibase:NormalRank ; ps:P463 wd:Q77 ;
  pq:P580 "2005-01-01T00:00:00Z"^^xsd:dateTime ; pqv:P580 <http://www.wikidata.org/value/v2> ;
  pq:P582 "2010-06-01T00:00:00Z"^^xsd:dateTime ; pqv:P582 <http://www.wikidata.org/value/v3> .
<http://www.wikidata.org/value/v1> wikibase:timeValue "2001-02-03T00:00:00Z"^^xsd:dateTime ;
  wikibase:timePrecision 11 .
<http://www.wikidata.org/value/v2> wikibase:timeValue "2005-01-01T00:00:00Z"^^xsd:dateTime ;
  wikibase:timePrecision 9 .
<http://www.wikidata.org/value/v3> wikibase:timeValue "2010-06-01T00:00:00Z"^^xsd:dateTime ;
  wikibase:timePrecision 10 .
"""
)


def forms(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    import pyoxigraph as ox

    told = json.dumps(LUMEN)
    yield "bare", written(tmp_path, "bare.json", told)
    yield "pretty", written(tmp_path, "pretty.json", json.dumps(LUMEN, indent=2))
    yield "mark", written(tmp_path, "mark.json", b"\xef\xbb\xbf" + told.encode())
    served = json.dumps({"entities": {"Q1": LUMEN}, "success": 1})
    yield "served", written(tmp_path, "served.json", served)
    yield "dump", written(tmp_path, "dump.json", lines())
    yield "lines", written(tmp_path, "lines.json", told + "\n")
    yield "gz", written(tmp_path, "dump.json.gz", gzip.compress(lines().encode()))
    yield "bz2", written(tmp_path, "dump.json.bz2", bz2.compress(lines().encode()))
    yield "ttl", written(tmp_path, "full.ttl", FULL)
    quads = list(ox.parse(FULL, format=ox.RdfFormat.TURTLE))
    for name, kind in (("nt", ox.RdfFormat.N_TRIPLES), ("rdf", ox.RdfFormat.RDF_XML)):
        content = ox.serialize((q.triple for q in quads), format=kind)
        assert content
        yield name, written(tmp_path, f"full.{name}", content)
        yield name + ".gz", written(tmp_path, f"full.{name}.gz", gzip.compress(content, mtime=0))
    graph = ox.NamedNode("https://example.org/g")
    named = [ox.Quad(q.subject, q.predicate, q.object, graph) for q in quads]
    content = ox.serialize(named, format=ox.RdfFormat.N_QUADS)
    assert content
    yield "nq", written(tmp_path, "full.nq", content)


def test_each_form_gives_the_same(tmp_path: Path) -> None:
    count = 0
    for name, path in forms(tmp_path):
        count += 1
        found = [(r["property"], r["value"], r["start"], r["end"]) for r in table(path)]
        assert sorted(found) == sorted(ROWS), name
        assert {r["state"] for r in table(path)} == {""}, name
        (row,) = table(path, "items")
        assert (row["id"], row["class"], row["label"]) == ("Q1", "SpaceAgency", "Lumen en"), name
        assert (row["label_ja"], row["alias_fr"], row["P247"]) == ("Lumen ja", "Lueur", "2031-001A")
        assert errors(path) == [], name
    assert count == 14


def test_statements_are_found_again_by_their_names(tmp_path: Path) -> None:
    path = written(tmp_path, "a.json", json.dumps(LUMEN))
    assert {row[2] for row in wikidata.read(path, form("statements")).rows} == {"#Q1$0-normal"}
    assert [row[2] for row in wikidata.read(path, form("items")).rows] == ["#Q1"]
    path = written(tmp_path, "a.ttl", FULL)
    assert "#Q1-b" in {row[2] for row in wikidata.read(path, form("statements")).rows}


def test_a_file_of_one_item_is_dated(tmp_path: Path) -> None:
    path = written(tmp_path, "a.json", json.dumps(LUMEN))
    assert wikidata.read(path, form("items")).comments == ["modified 2031-05-06T07:08:09Z"]
    assert wikidata.read(written(tmp_path, "b.json", lines(3)), form("items")).comments == []
    assert len(table(written(tmp_path, "c.json", lines(5)), "items")) == 5


RESULTS = {
    "head": {"vars": ["item", "itemLabel", "inception", "type", "mass"]},
    "results": {
        "bindings": [
            {
                "item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q1"},
                "itemLabel": {"type": "literal", "value": "Lumen", "xml:lang": "en"},
                "inception": {
                    "type": "literal",
                    "value": "2001-01-01T00:00:00Z",
                    "datatype": "http://www.w3.org/2001/XMLSchema#dateTime",
                },
                "type": {"type": "uri", "value": "http://www.wikidata.org/entity/Q17505024"},
            },
            {
                "item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q1"},
                "mass": {"type": "literal", "value": "12"},
            },
            {"mass": {"type": "literal", "value": "12"}},
        ]
    },
}


def test_results_of_a_query(tmp_path: Path) -> None:
    path = written(tmp_path, "results.json", json.dumps(RESULTS))
    (row,) = table(path, "items")
    assert (row["id"], row["label"], row["class"]) == ("Q1", "Lumen", "SpaceAgency")
    found = {(r["property"], r["value"]) for r in table(path)}
    assert found == {("P571", "2001"), ("P31", "Q17505024"), ("?mass", "12")}
    assert errors(path) == [f"{path}:1: a result without an item of Wikidata"]


def test_results_in_short_form(tmp_path: Path) -> None:
    short = [
        {"item": "http://www.wikidata.org/entity/Q1", "itemLabel": "Lumen", "P247": "2031-001A"}
    ]
    path = written(tmp_path, "query.json", json.dumps(short))
    (row,) = table(path, "items")
    assert (row["label"], row["label_language"], row["P247"]) == ("Lumen", "und", "2031-001A")


def states(tmp_path: Path, **claims: Any) -> list[tuple[str, str]]:
    path = written(tmp_path, "one.json", json.dumps(entity(**claims)))
    return [(r["value"], r["state"]) for r in table(path)]


def test_what_does_not_count(tmp_path: Path) -> None:
    unknown = {"mainsnak": {"snaktype": "somevalue"}, "rank": "normal"}
    none = {"mainsnak": {"snaktype": "novalue"}, "rank": "normal"}
    assert states(tmp_path, P17=[unknown]) == [("", "somevalue")]
    assert states(tmp_path, P576=[none]) == [("", "novalue")]
    assert states(tmp_path, P17=[said(item("Q2"), "deprecated")]) == [("Q2", "deprecated")]
    assert states(tmp_path, P571=[said(day("-0044-03-15T00:00:00Z"))]) == [("", "no-date")]


def test_a_preferred_statement_outranks_those_without_dates_of_their_own(tmp_path: Path) -> None:
    found = states(
        tmp_path,
        P17=[
            said(item("Q2")),
            said(item("Q3"), P582=day("+2009-00-00T00:00:00Z", 9)),
            said(item("Q4"), "preferred"),
        ],
    )
    assert found == [("Q2", "outranked"), ("Q3", ""), ("Q4", "")]


def test_what_is_still_to_come_has_not_happened(tmp_path: Path) -> None:
    assert states(tmp_path, P619=[said(day("+2033-04-05T00:00:00Z"))]) == [("2033-04-05", "future")]
    assert states(tmp_path, P619=[said(day("+2031-00-00T00:00:00Z", 9))]) == [("2031", "unsure")]
    assert states(tmp_path, P619=[said(day("+2031-05-06T00:00:00Z"))]) == [("2031-05-06", "")]
    begun = said(item("Q9"), P580=day("+2032-00-00T00:00:00Z", 9))
    assert states(tmp_path, P1037=[begun]) == [("Q9", "future")]


def test_of_several_dates_one_is_right(tmp_path: Path) -> None:
    exact, year = day("+2001-02-03T00:00:00Z"), day("+2001-00-00T00:00:00Z", 9)
    found = states(tmp_path, P571=[said(year), said(exact)])
    assert found == [("2001", "repeated"), ("2001-02-03", "")]
    other = day("+2002-00-00T00:00:00Z", 9)
    assert [s for _, s in states(tmp_path, P571=[said(exact), said(other)])] == ["several"] * 2


def test_terms_are_numbered_and_told_apart_from_what_lasts(tmp_path: Path) -> None:
    terms = [
        said(item("Q9"), P580=year(2010), P582={"snaktype": "somevalue"}),
        said(item("Q9"), P580=year(2005), P582=year(2007)),
        said(item("Q8"), P580=year(2020), P582={"snaktype": "novalue"}),
    ]
    rows = table(written(tmp_path, "a.json", json.dumps(entity(P1037=terms))))
    found = [(r["value"], r["start"], r["end"], r["ended"], r["turn"]) for r in rows]
    assert found == [
        ("Q9", "2010", "", "yes", "2"),
        ("Q9", "2005", "2007", "yes", ""),
        ("Q8", "2020", "..", "no", ""),
    ]


@pytest.mark.parametrize(
    ("time", "precision", "expected"),
    [
        ("+1958-07-29T00:00:00Z", 11, "1958-07-29"),
        ("+1958-07-00T00:00:00Z", 10, "1958-07"),
        ("+1985-00-00T00:00:00Z", 9, "1985"),
        ("+1950-00-00T00:00:00Z", 8, "195X"),
        ("+2000-00-00T00:00:00Z", 7, "[1901..2000]"),
        ("+1901-00-00T00:00:00Z", 7, "[1901..2000]"),
        ("+1958-02-30T00:00:00Z", 11, ""),
        ("+1958-07-29T00:00:00Z", 14, ""),
        ("+1958-07-29T00:00:00Z", 6, ""),
    ],
)
def test_precision_is_kept(time: str, precision: int, expected: str) -> None:
    assert _wikidata_time.edtf(time, precision) == expected


@pytest.mark.parametrize(
    ("julian", "expected"),
    [
        ("+1582-10-05T00:00:00Z", "1582-10-15"),
        ("+1900-02-29T00:00:00Z", "1900-03-13"),
        ("+1917-10-25T00:00:00Z", "1917-11-07"),
    ],
)
def test_julian_days_are_converted(julian: str, expected: str) -> None:
    assert _wikidata_time.edtf(julian, 11, julian=True) == expected
    assert _wikidata_time.edtf(julian, 10, julian=True) == julian[1:5]


def test_a_time_without_precision_is_read_as_the_widest_it_can_mean() -> None:
    assert _wikidata_time.of_text("1926") == "1926"
    assert _wikidata_time.of_text("1958-01-01T00:00:00Z") == "1958"
    assert _wikidata_time.of_text("1958-03-01T00:00:00Z") == "1958-03"
    assert _wikidata_time.of_text("1958-03-02T00:00:00Z") == "1958-03-02"
    assert _wikidata_time.of_text("soon") == ""


def test_circa_is_marked(tmp_path: Path) -> None:
    about = said(day("+2001-00-00T00:00:00Z", 9), P1480=item("Q5727902"))
    assert states(tmp_path, P571=[about]) == [("2001~", "")]


# --- Bad input: what is wrong costs itself, with file and line


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
