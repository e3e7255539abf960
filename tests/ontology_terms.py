"""The ontology as the tests of it read it, and how they look things up."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator
from pathlib import Path
from typing import cast

from rdflib import (
    DCAT,
    DCTERMS,
    FOAF,
    ORG,
    OWL,
    PROV,
    QB,
    RDF,
    RDFS,
    SDO,
    SKOS,
    TIME,
    VANN,
    VOID,
    XSD,
    Graph,
    Literal,
    Namespace,
    URIRef,
)
from rdflib.collection import Collection
from rdflib.term import Node

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = ROOT / "ontology"
BASE = "https://w3id.org/space-partnerships/"
SP = Namespace(f"{BASE}ontology#")
IRI = URIRef(f"{BASE}ontology")
CONTEXT = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
SPACE = Graph().parse(ONTOLOGY / "space.ttl")
ROLES = Graph().parse(ONTOLOGY / "roles.ttl")
MAPPINGS = sorted((ONTOLOGY / "mappings").glob("*.ttl"))
PREFIXES = {k: v for k, v in CONTEXT.items() if isinstance(v, str) and v[-1] in "/#"}
PROPERTY_TYPES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
OWN_PREFIXES = re.findall(
    r"\w+",
    "sp id doc claim fact evidence period identifier conflict graph source role status"
    " attribution theme kind tier seen measure shape",
)
# The terms of the Web Annotation vocabulary and of EDTF that we use; rdflib knows neither.
OA = {
    URIRef(f"http://www.w3.org/ns/oa#{n}")
    for n in ("SpecificResource", "hasSource", "start", "end", "TextPositionSelector")
}
EDTF = {URIRef("http://id.loc.gov/datatypes/edtf/EDTF")}
CLOSED: dict[str, Container[object]] = {
    str(ns): cast(Container[object], ns)
    for ns in (DCAT, DCTERMS, FOAF, ORG, OWL, PROV, QB, RDF, RDFS, SDO, SKOS, TIME, VANN, VOID, XSD)
} | {"http://www.w3.org/ns/oa#": OA, "http://id.loc.gov/datatypes/edtf/": EDTF}


def own(iris: Iterator[Node | None]) -> list[URIRef]:
    return sorted({i for i in iris if isinstance(i, URIRef) and i.startswith(str(SP))})


CLASSES = own(SPACE.subjects(RDF.type, OWL.Class))
PROPERTIES = own(s for t in PROPERTY_TYPES for s in SPACE.subjects(RDF.type, t))
DATA_PROPERTIES = [p for p in PROPERTIES if (p, RDF.type, OWL.AnnotationProperty) not in SPACE]
TERMS = CLASSES + PROPERTIES
CONCEPTS = sorted(s for s in ROLES.subjects(RDF.type, SKOS.Concept) if isinstance(s, URIRef))
SCHEMES = sorted(s for s in ROLES.subjects(RDF.type, SKOS.ConceptScheme) if isinstance(s, URIRef))


def name_of(iri: Node) -> str:
    return str(iri).removeprefix(str(SP))


def ancestors(graph: Graph, cls: Node) -> set[Node]:
    found = graph.transitive_objects(cls, RDFS.subClassOf)
    return {c for c in found if c is not None}


def listed(node: Node | None) -> list[Node]:
    assert node is not None
    return list(Collection(SPACE, node))


def texts_of(graph: Graph, subject: Node, predicate: URIRef, lang: str) -> list[str]:
    found = graph.objects(subject, predicate)
    return [str(o) for o in found if isinstance(o, Literal) and o.language == lang]
