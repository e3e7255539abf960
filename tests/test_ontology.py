"""What ROBOT's report and OOPS! look for, as tests; each says how many things it looked at."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Container, Iterator
from pathlib import Path
from typing import cast

import pytest
from pyld import jsonld  # type: ignore[import-untyped]
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
    BNode,
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


def _own(iris: Iterator[Node | None]) -> list[URIRef]:
    return sorted({i for i in iris if isinstance(i, URIRef) and i.startswith(str(SP))})


CLASSES = _own(SPACE.subjects(RDF.type, OWL.Class))
PROPERTIES = _own(s for t in PROPERTY_TYPES for s in SPACE.subjects(RDF.type, t))
DATA_PROPERTIES = [p for p in PROPERTIES if (p, RDF.type, OWL.AnnotationProperty) not in SPACE]
TERMS = CLASSES + PROPERTIES
CONCEPTS = sorted(s for s in ROLES.subjects(RDF.type, SKOS.Concept) if isinstance(s, URIRef))
SCHEMES = sorted(s for s in ROLES.subjects(RDF.type, SKOS.ConceptScheme) if isinstance(s, URIRef))


def _name(iri: Node) -> str:
    return str(iri).removeprefix(str(SP))


def _ancestors(graph: Graph, cls: Node) -> set[Node]:
    found = graph.transitive_objects(cls, RDFS.subClassOf)
    return {c for c in found if c is not None}


def _members(node: Node | None) -> list[Node]:
    assert node is not None
    return list(Collection(SPACE, node))


def _texts(graph: Graph, subject: Node, predicate: URIRef, lang: str) -> list[str]:
    found = graph.objects(subject, predicate)
    return [str(o) for o in found if isinstance(o, Literal) and o.language == lang]


# --- The ontology as a whole


def test_sizes() -> None:
    assert len(CLASSES) >= 86
    assert len(DATA_PROPERTIES) >= 93
    assert len(CONCEPTS) >= 74
    assert len(SCHEMES) == 8


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_header_title_and_description(lang: str) -> None:
    assert len(_texts(SPACE, IRI, DCTERMS.title, lang)) == 1
    assert len(_texts(SPACE, IRI, DCTERMS.description, lang)) == 1


def test_header() -> None:
    assert (IRI, RDF.type, OWL.Ontology) in SPACE
    version = SPACE.value(IRI, OWL.versionInfo)
    assert SPACE.value(IRI, OWL.versionIRI) == URIRef(f"{IRI}/{version}")
    assert re.fullmatch(r"\d+\.\d+\.\d+", str(version))
    licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert SPACE.value(IRI, DCTERMS.license) == licence
    assert SPACE.value(IRI, DCTERMS.creator) is not None
    assert cast(Literal, SPACE.value(IRI, DCTERMS.created)).datatype == XSD.date
    assert str(SPACE.value(IRI, VANN.preferredNamespacePrefix)) == "sp"
    assert str(SPACE.value(IRI, VANN.preferredNamespaceUri)) == str(SP) == CONTEXT["sp"]


# --- Annotations of each term


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_one_label_in_each_language_and_no_two_alike(lang: str) -> None:
    labels = {t: _texts(SPACE, t, RDFS.label, lang) for t in TERMS}
    assert len(labels) > 180
    assert {t for t, found in labels.items() if len(found) != 1} == set()
    concepts = [x for c in CONCEPTS for x in _texts(ROLES, c, SKOS.prefLabel, lang)]
    count = Counter([found[0] for found in labels.values()] + concepts)
    assert {label for label, n in count.items() if n > 1} == set()


@pytest.mark.parametrize(
    "predicate", [SKOS.definition, SKOS.example], ids=["definition", "example"]
)
def test_one_definition_and_one_example(predicate: URIRef) -> None:
    texts = {t: _texts(SPACE, t, predicate, "en") for t in TERMS}
    assert len(texts) > 180
    assert {t for t, found in texts.items() if len(found) != 1} == set()


def test_definitions_are_different_sentences() -> None:
    texts = [_texts(SPACE, t, SKOS.definition, "en")[0] for t in TERMS]
    texts += [x for c in CONCEPTS for x in _texts(ROLES, c, SKOS.definition, "en")]
    assert len(texts) >= 260
    assert [text for text, n in Counter(texts).items() if n > 1] == []
    assert [text for text in texts if not (text[0].isupper() and text.endswith("."))] == []


def test_white_space() -> None:
    literals = [o for g in (SPACE, ROLES) for o in g.objects() if isinstance(o, Literal)]
    assert len(literals) > 900
    assert [x for x in literals if str(x) != " ".join(str(x).split())] == []


def test_names() -> None:
    assert len(CLASSES) > 40 and len(PROPERTIES) > 40
    assert [c for c in CLASSES if not re.fullmatch(r"([A-Z][a-z]+)+", _name(c))] == []
    camel = r"[a-z]+([A-Z][a-z]+|\d+)*"
    assert [p for p in PROPERTIES if not re.fullmatch(camel, _name(p))] == []
    assert [
        c for c in CONCEPTS if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", c.split("/")[-1])
    ] == []


# --- Structure


def test_one_type_per_term() -> None:
    kinds = {t: {*SPACE.objects(t, RDF.type)} & {OWL.Class, *PROPERTY_TYPES} for t in TERMS}
    assert len(kinds) > 180
    assert {t for t, found in kinds.items() if len(found) != 1} == set()


def test_one_domain_and_one_range_each() -> None:
    assert len(DATA_PROPERTIES) > 90
    for prop in DATA_PROPERTIES:
        assert len(list(SPACE.objects(prop, RDFS.domain))) == 1, prop
        assert len(list(SPACE.objects(prop, RDFS.range))) == 1, prop


def test_ranges_fit_the_type_of_property() -> None:
    """An object property leads to a class, a datatype property to a datatype."""
    for prop in DATA_PROPERTIES:
        target = SPACE.value(prop, RDFS.range)
        is_class = (target, RDF.type, OWL.Class) in SPACE or target in {OWL.Class, RDF.Property}
        assert is_class == ((prop, RDF.type, OWL.ObjectProperty) in SPACE), prop
        assert not isinstance(SPACE.value(prop, RDFS.domain), BNode)
    assert len([p for p in DATA_PROPERTIES if (p, RDF.type, OWL.ObjectProperty) in SPACE]) > 40


def test_every_class_has_a_superclass_or_is_a_top() -> None:
    tops = {c for c in CLASSES if not list(SPACE.objects(c, RDFS.subClassOf))}
    assert {_name(c) for c in tops} == {
        "Citable",
        "ClaimOrConflict",
        "DocumentOrEvidence",
        "EntityOrClaim",
        "EventOrFact",
        "Period",
        "QuotationOrEvidence",
    }


def test_no_cycles() -> None:
    for cls in CLASSES:
        parents = SPACE.objects(cls, RDFS.subClassOf)
        assert all(cls not in _ancestors(SPACE, p) for p in parents), cls


def test_unions_are_repeated_as_superclasses() -> None:
    """SHACL and RDFS readers follow rdfs:subClassOf only, so unions say it twice."""
    unions = _own(SPACE.subjects(OWL.unionOf))
    assert len(unions) == 12
    for union in unions:
        members = set(_members(SPACE.value(union, OWL.unionOf)))
        assert members == set(SPACE.subjects(RDFS.subClassOf, union)), union
        assert len(members) > 1


def test_every_class_is_connected() -> None:
    """A class is a superclass or subclass, or the domain or range of something."""
    used = {o for p in (RDFS.domain, RDFS.range) for o in SPACE.objects(None, p)}
    loose = [c for c in CLASSES if not (_ancestors(SPACE, c) | {c}) & used]
    assert len(CLASSES) > 80
    assert loose == []


def _disjoint_pairs() -> set[frozenset[Node]]:
    pairs: set[frozenset[Node]] = set()
    for axiom in SPACE.subjects(RDF.type, OWL.AllDisjointClasses):
        members = _members(SPACE.value(axiom, OWL.members))
        assert len(members) == len(set(members)) > 1
        pairs |= {frozenset((a, b)) for a in members for b in members if a != b}
    return pairs


def test_disjointness() -> None:
    pairs = _disjoint_pairs()
    assert len(list(SPACE.subjects(RDF.type, OWL.AllDisjointClasses))) == 9
    assert len(pairs) > 250
    for a, b in (
        ("State", "Organization"),
        ("Person", "UnnamedGroup"),
        ("Event", "PlannedEvent"),
        ("Participation", "Tenure"),
        ("Claim", "Entity"),
        ("Document", "Evidence"),
    ):
        assert frozenset((SP[a], SP[b])) in pairs


def test_no_class_is_below_two_disjoint_ones() -> None:
    pairs = _disjoint_pairs()
    checked = 0
    for cls in CLASSES:
        above = _ancestors(SPACE, cls)
        for pair in pairs:
            checked += 1
            assert not pair <= above, (cls, pair)
    assert checked > 20_000


def test_keys() -> None:
    keys = {_name(s): [_name(m) for m in _members(o)] for s, o in SPACE.subject_objects(SP.factKey)}
    plan = ["kind", "object", "eventName"]
    assert keys == {
        "Participation": ["participant", "inActivity", "role", "status"],
        "Tenure": ["person", "post"],
        "Relation": ["relationSubject", "relationType", "relationObject"],
        "Event": plan,
        "PlannedEvent": plan,
        "Intention": plan,
        "CountObservation": ["about", "observedProperty", "asOf"],
        "Quotation": ["quotedIn", "speaker"],
    }
    for name, names in keys.items():
        for prop in names:
            assert SPACE.value(SP[prop], RDFS.domain) in _ancestors(SPACE, SP[name]), (name, prop)


def test_terms_used_are_declared() -> None:
    used = _own(t for triple in SPACE + ROLES for t in triple)
    assert len(used) > 180
    assert set(used) - set(TERMS) == set()


# --- Annotations that steer the loader


def test_slug_prefixes() -> None:
    prefixes = {s: str(o) for s, o in SPACE.subject_objects(SP.slugPrefix)}
    assert len(prefixes) >= 16
    assert all(p in PREFIXES for p in prefixes.values())
    assert len(set(prefixes.values())) == len(prefixes)
    assert {str(prefixes[SP[n]]) for n in ("Entity", "Document", "Role", "Sighting")} == {
        "id",
        "doc",
        "role",
        "seen",
    }
    for prop in DATA_PROPERTIES:
        target = SPACE.value(prop, RDFS.range)
        if target in {OWL.Class, RDF.Property} or (target, RDF.type, OWL.Class) not in SPACE:
            continue
        assert _ancestors(SPACE, cast(Node, target)) & set(prefixes), f"no slug prefix for {prop}"


def test_steering_annotations_have_the_right_values() -> None:
    kinds = {
        SP.derived: {Literal(True)},
        SP.required: {Literal(True)},
        SP.maxPerClaim: {Literal(1)},
        SP.timeKind: {Literal("interval"), Literal("set")},
    }
    seen = 0
    for annotation, allowed in kinds.items():
        for prop, value in SPACE.subject_objects(annotation):
            seen += 1
            assert prop in DATA_PROPERTIES
            assert value in allowed, (prop, value)
    assert seen > 90


def test_what_is_required_has_at_most_one_value() -> None:
    required = _own(SPACE.subjects(SP.required))
    assert len(required) == 19
    assert [p for p in required if (p, SP.maxPerClaim, None) not in SPACE] == []


def test_every_property_that_leads_to_a_period_says_which_kind_of_time() -> None:
    leads = _own(SPACE.subjects(RDFS.range, SP.Period))
    assert {_name(p): str(SPACE.value(p, SP.timeKind)) for p in leads} == {
        "period": "interval",
        "onDate": "set",
        "plannedFor": "set",
        "asOf": "set",
    }
    assert leads == _own(SPACE.subjects(SP.timeKind))


def test_relation_types_are_derived_object_properties() -> None:
    types = _own(SPACE.subjects(RDF.type, RDF.Property))
    assert {"partOf", "ofType", "successorOf", "actsFor", "locatedIn", "signedAt"} <= {
        _name(t) for t in types
    }
    assert [t for t in types if (t, SP.derived, Literal(True)) not in SPACE] == []


# --- Concepts


def test_schemes() -> None:
    for scheme in SCHEMES:
        for lang in ("en", "fr"):
            assert len(_texts(ROLES, scheme, SKOS.prefLabel, lang)) == 1
        assert len(_texts(ROLES, scheme, SKOS.definition, "en")) == 1
        assert list(ROLES.subjects(SKOS.topConceptOf, scheme))
        assert str(scheme) in PREFIXES.values()


def test_concepts_are_complete() -> None:
    assert len(CONCEPTS) > 70
    for concept in CONCEPTS:
        (scheme,) = ROLES.objects(concept, SKOS.inScheme)
        assert str(concept).startswith(str(scheme))
        for lang in ("en", "fr"):
            assert len(_texts(ROLES, concept, SKOS.prefLabel, lang)) == 1, concept
        assert len(_texts(ROLES, concept, SKOS.definition, "en")) == 1, concept
        (cls,) = (t for t in ROLES.objects(concept, RDF.type) if t != SKOS.Concept)
        assert PREFIXES[str(SPACE.value(cls, SP.slugPrefix))] == str(scheme)
        tops = list(ROLES.objects(concept, SKOS.topConceptOf))
        broader = list(ROLES.objects(concept, SKOS.broader))
        assert len(tops) + len(broader) == 1, concept
        assert all((b, SKOS.inScheme, scheme) in ROLES for b in broader)


def test_roles_and_tiers() -> None:
    roles = set(ROLES.subjects(RDF.type, SP.Role))
    assert len(roles) == 31
    assert {r for r, _ in ROLES.subject_objects(SP.cooperative)} == roles
    apart = {str(r).split("/")[-1] for r in ROLES.subjects(SP.cooperative, Literal(False))}
    assert {"customer", "contractor", "manufacturer", "launch-provider"} <= apart
    assert (URIRef(f"{BASE}role/owner"), SP.cooperative, Literal(True)) in ROLES
    ranks = {str(s).split("/")[-1]: int(str(o)) for s, o in ROLES.subject_objects(SP.rank)}
    assert sorted(ranks, key=lambda t: ranks[t]) == [
        "official",
        "wire",
        "reference",
        "news",
        "unknown",
    ]


# --- The JSON-LD context


def test_prefixes() -> None:
    ours = {p: BASE + (f"{p}/" if p != "sp" else "ontology#") for p in OWN_PREFIXES}
    assert {p: PREFIXES.get(p) for p in ours} == ours
    assert len(PREFIXES) >= 38
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_prefixes_agree_with_every_turtle_file() -> None:
    files = [*ONTOLOGY.glob("*.ttl"), *MAPPINGS]
    assert len(files) == 11
    seen = 0
    for path in files:
        found = re.findall(r"^@prefix (\w+): <(\S+)> \.$", path.read_text("utf-8"), re.MULTILINE)
        for prefix, namespace in found:
            seen += 1
            assert PREFIXES[prefix] == namespace, (path, prefix)
        names = [prefix for prefix, _ in found]
        assert names == sorted(names), path
    assert seen > 60


def test_each_property_is_in_the_context_with_its_type() -> None:
    assert len(DATA_PROPERTIES) > 90
    for prop in DATA_PROPERTIES:
        entry = CONTEXT[f"sp:{_name(prop)}"]
        assert entry["@id"] == f"sp:{_name(prop)}"
        target = cast(URIRef, SPACE.value(prop, RDFS.range))
        if (prop, RDF.type, OWL.ObjectProperty) in SPACE:
            expected: str | None = "@id"
        elif target in {RDF.langString, XSD.string}:
            expected = None
        else:
            prefix = next(p for p, ns in PREFIXES.items() if target.startswith(ns))
            expected = f"{prefix}:{target.removeprefix(PREFIXES[prefix])}"
        assert entry.get("@type") == expected, prop


def test_context_names_no_property_that_does_not_exist() -> None:
    named = {k.removeprefix("sp:") for k in CONTEXT if k.startswith("sp:")}
    assert len(named) > 90
    assert named == {_name(p) for p in PROPERTIES}


def test_compact_json_ld_goes_there_and_back() -> None:
    compact = {
        "@context": CONTEXT,
        "@id": "claim:c",
        "@type": "sp:Participation",
        "rdfs:label": {"@language": "en", "@value": "A label"},
        "sp:role": "role:lead",
        "sp:period": "period:198X_to_open",
        "sp:sequence": {"@type": "xsd:integer", "@value": "2"},
        "sp:startEarliest": "1980-01-01",
        "sp:edtf": "198X/..",
        "sp:note": "plain",
    }
    expanded = jsonld.expand(compact)
    assert expanded[0][f"{SP}role"] == [{"@id": f"{BASE}role/lead"}]
    assert expanded[0][f"{SP}startEarliest"][0]["@type"] == str(XSD.date)
    again = jsonld.compact(expanded, CONTEXT)
    again.pop("@context")
    assert again.pop("sp:sequence") == "2"
    assert again == {k: v for k, v in compact.items() if k not in {"@context", "sp:sequence"}}


# --- Foreign terms and mappings


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
        assert not {PROV.Entity, PROV.Activity} <= _ancestors(merged, cls), cls


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


# --- The page


def _page_tool(*arguments: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "tools" / "ontology_page.py"), *arguments],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("seed", ["1", "2"])
def test_page_is_up_to_date_whatever_the_hash_seed(seed: str) -> None:
    result = _page_tool("--check", seed=seed)
    assert (result.returncode, result.stderr) == (0, "")


def test_page_check_fails_on_another_page(tmp_path: Path) -> None:
    for name in ("ontology", "tools"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "ontology.html").write_text("old", encoding="utf-8")
    tool = [sys.executable, str(tmp_path / "tools" / "ontology_page.py"), "--check"]
    result = subprocess.run(tool, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "docs/ontology.html" in result.stderr and "python tools/" in result.stderr


def test_page_has_an_anchor_per_term_and_nothing_remote() -> None:
    page = (ROOT / "docs" / "ontology.html").read_text(encoding="utf-8")
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids)) > 250
    assert {_name(t) for t in TERMS} <= set(ids)
    assert {c.removeprefix(BASE).replace("/", "-") for c in CONCEPTS} <= set(ids)
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert len(targets) > 250 and targets <= set(ids)
    assert not re.search(r"<(script|link|img|iframe)|\ssrc=|@import|url\(", page)
