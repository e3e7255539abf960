"""Foreign terms that the ontology names: they exist, and nothing follows that is wrong."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from ontology_terms import (
    BASE,
    CLASSES,
    CLOSED,
    MAPPINGS,
    ONTOLOGY,
    PREFIXES,
    PROPERTIES,
    SP,
    SPACE,
    TERMS,
    ancestors,
)
from rdflib import (
    DCTERMS,
    OWL,
    PROV,
    RDF,
    RDFS,
    SKOS,
    Graph,
    URIRef,
)
from rdflib.term import Node


def _foreign(graph: Graph) -> set[str]:
    iris = {str(t) for triple in graph for t in triple if isinstance(t, URIRef)}
    return {i for i in iris if not i.startswith((BASE, "https://creativecommons.org/"))}


def _known(iri: str) -> bool:
    space = next((ns for ns in sorted(CLOSED, reverse=True) if iri.startswith(ns)), None)
    return space is not None and URIRef(iri) in CLOSED[space]


@pytest.mark.parametrize(
    "path",
    [ONTOLOGY / "space.ttl", ONTOLOGY / "roles.ttl", *MAPPINGS],
    ids=lambda p: p.stem,
)
def test_foreign_terms_exist(path: Path) -> None:
    terms = _foreign(Graph().parse(path))
    assert len(terms) > 4
    assert [t for t in sorted(terms) if not _known(t)] == []


def test_a_foreign_term_that_does_not_exist_is_found() -> None:
    assert not _known("http://www.w3.org/ns/prov#Actor")
    assert not _known("http://www.w3.org/ns/org#Agreement")
    assert not _known("http://example.org/x")


def test_mappings() -> None:
    assert len(MAPPINGS) == 8
    allowed = {RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch}
    seen: set[tuple[Node, Node, Node]] = set()
    for path in MAPPINGS:
        graph = Graph().parse(path)
        (header,) = graph.subjects(RDF.type, OWL.Ontology)
        assert header == URIRef(f"{BASE}ontology/mappings/{path.stem}")
        assert graph.value(header, DCTERMS.title) and graph.value(header, DCTERMS.license)
        for s, p, o in graph:
            if s == header:
                continue
            assert p in allowed and s in TERMS, (path, s, p, o)
            assert (p == RDFS.subPropertyOf) <= (s in PROPERTIES)
            assert (p == RDFS.subClassOf) <= (s in CLASSES)
            assert not str(o).startswith(BASE)
            assert (s, p, o) not in seen
            seen.add((s, p, o))
    assert len(seen) > 90


def test_mappings_do_not_contradict_disjoint_foreign_classes() -> None:
    """PROV makes its entities and activities disjoint."""
    merged = SPACE + Graph().parse(ONTOLOGY / "mappings" / "prov-o.ttl")
    for cls in CLASSES:
        assert not {PROV.Entity, PROV.Activity} <= ancestors(merged, cls), cls


def test_space_ttl_aligns_to_nothing_foreign() -> None:
    pairs = [*SPACE.subject_objects(RDFS.subClassOf), *SPACE.subject_objects(RDFS.subPropertyOf)]
    assert len(pairs) > 80
    foreign = {o for s, o in pairs if not str(o).startswith(str(SP))}
    assert foreign == {SKOS.Concept}


def test_sssom() -> None:
    text = (ONTOLOGY / "mappings" / "wikidata.sssom.tsv").read_text(encoding="utf-8")
    header = [line.removeprefix("#") for line in text.splitlines() if line.startswith("#")]
    keys = {line.partition(":")[0] for line in header if not line.startswith(" ")}
    assert {"mapping_set_id", "mapping_set_title", "license", "curie_map"} <= keys
    curies = dict(re.findall(r"^  (\w+): (\S+)$", "\n".join(header), re.MULTILINE))
    assert all(PREFIXES.get(p, ns) == ns for p, ns in curies.items())
    body = [line for line in text.splitlines() if not line.startswith("#")]
    table = list(csv.DictReader(body, delimiter="\t"))
    assert len(table) > 20
    for row in table:
        for column in ("subject_id", "predicate_id", "object_id", "mapping_justification"):
            assert row[column].partition(":")[0] in curies, row
        assert re.fullmatch(r"wikidata:Q[1-9]\d*", row["object_id"])
        assert row["predicate_id"] in {"skos:exactMatch", "skos:closeMatch"}
        assert row["mapping_justification"] == "semapv:ManualMappingCuration"
        assert all(row.values()), row
    subjects = [row["subject_id"] for row in table]
    assert subjects == sorted(set(subjects))
    assert len({row["object_id"] for row in table}) == len(table)
    assert {SP[s[3:]] for s in subjects if s.startswith("sp:")} <= set(CLASSES)
