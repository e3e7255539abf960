"""Invented items of Wikidata, written in all the forms that its files have."""

from __future__ import annotations

import bz2
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import KGError
from kg.loaders._readers import wikidata
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
