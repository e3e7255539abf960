"""What ROBOT's report and OOPS! look for, as tests; each says how many things it looked at."""

from __future__ import annotations

import re
from collections import Counter
from typing import cast

import pytest
from ontology_terms import (
    CLASSES,
    CONCEPTS,
    CONTEXT,
    DATA_PROPERTIES,
    IRI,
    PREFIXES,
    PROPERTIES,
    PROPERTY_TYPES,
    ROLES,
    SCHEMES,
    SP,
    SPACE,
    TERMS,
    ancestors,
    listed,
    name_of,
    own,
    texts_of,
)
from rdflib import (
    DCTERMS,
    OWL,
    RDF,
    RDFS,
    SKOS,
    VANN,
    XSD,
    BNode,
    Literal,
    URIRef,
)
from rdflib.term import Node

# --- The ontology as a whole


def test_sizes() -> None:
    assert len(CLASSES) >= 86
    assert len(DATA_PROPERTIES) >= 93
    assert len(CONCEPTS) >= 74
    assert len(SCHEMES) == 8


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_header_title_and_description(lang: str) -> None:
    assert len(texts_of(SPACE, IRI, DCTERMS.title, lang)) == 1
    assert len(texts_of(SPACE, IRI, DCTERMS.description, lang)) == 1


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
    labels = {t: texts_of(SPACE, t, RDFS.label, lang) for t in TERMS}
    assert len(labels) > 180
    assert {t for t, found in labels.items() if len(found) != 1} == set()
    concepts = [x for c in CONCEPTS for x in texts_of(ROLES, c, SKOS.prefLabel, lang)]
    count = Counter([found[0] for found in labels.values()] + concepts)
    assert {label for label, n in count.items() if n > 1} == set()


@pytest.mark.parametrize(
    "predicate", [SKOS.definition, SKOS.example], ids=["definition", "example"]
)
def test_one_definition_and_one_example(predicate: URIRef) -> None:
    texts = {t: texts_of(SPACE, t, predicate, "en") for t in TERMS}
    assert len(texts) > 180
    assert {t for t, found in texts.items() if len(found) != 1} == set()


def test_definitions_are_different_sentences() -> None:
    texts = [texts_of(SPACE, t, SKOS.definition, "en")[0] for t in TERMS]
    texts += [x for c in CONCEPTS for x in texts_of(ROLES, c, SKOS.definition, "en")]
    assert len(texts) >= 260
    assert [text for text, n in Counter(texts).items() if n > 1] == []
    assert [text for text in texts if not (text[0].isupper() and text.endswith("."))] == []


def test_white_space() -> None:
    literals = [o for g in (SPACE, ROLES) for o in g.objects() if isinstance(o, Literal)]
    assert len(literals) > 900
    assert [x for x in literals if str(x) != " ".join(str(x).split())] == []


def test_names() -> None:
    assert len(CLASSES) > 40 and len(PROPERTIES) > 40
    assert [c for c in CLASSES if not re.fullmatch(r"([A-Z][a-z]+)+", name_of(c))] == []
    camel = r"[a-z]+([A-Z][a-z]+|\d+)*"
    assert [p for p in PROPERTIES if not re.fullmatch(camel, name_of(p))] == []
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
    assert {name_of(c) for c in tops} == {
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
        assert all(cls not in ancestors(SPACE, p) for p in parents), cls


def test_unions_are_repeated_as_superclasses() -> None:
    """SHACL and RDFS readers follow rdfs:subClassOf only, so unions say it twice."""
    unions = own(SPACE.subjects(OWL.unionOf))
    assert len(unions) == 12
    for union in unions:
        members = set(listed(SPACE.value(union, OWL.unionOf)))
        assert members == set(SPACE.subjects(RDFS.subClassOf, union)), union
        assert len(members) > 1


def test_every_class_is_connected() -> None:
    """A class is a superclass or subclass, or the domain or range of something."""
    used = {o for p in (RDFS.domain, RDFS.range) for o in SPACE.objects(None, p)}
    loose = [c for c in CLASSES if not (ancestors(SPACE, c) | {c}) & used]
    assert len(CLASSES) > 80
    assert loose == []


def _disjoint_pairs() -> set[frozenset[Node]]:
    pairs: set[frozenset[Node]] = set()
    for axiom in SPACE.subjects(RDF.type, OWL.AllDisjointClasses):
        members = listed(SPACE.value(axiom, OWL.members))
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
        above = ancestors(SPACE, cls)
        for pair in pairs:
            checked += 1
            assert not pair <= above, (cls, pair)
    assert checked > 20_000


def test_keys() -> None:
    keys = {
        name_of(s): [name_of(m) for m in listed(o)] for s, o in SPACE.subject_objects(SP.factKey)
    }
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
            assert SPACE.value(SP[prop], RDFS.domain) in ancestors(SPACE, SP[name]), (name, prop)


def test_terms_used_are_declared() -> None:
    used = own(t for triple in SPACE + ROLES for t in triple)
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
        assert ancestors(SPACE, cast(Node, target)) & set(prefixes), f"no slug prefix for {prop}"


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
    required = own(SPACE.subjects(SP.required))
    assert len(required) == 19
    assert [p for p in required if (p, SP.maxPerClaim, None) not in SPACE] == []


def test_every_property_that_leads_to_a_period_says_which_kind_of_time() -> None:
    leads = own(SPACE.subjects(RDFS.range, SP.Period))
    assert {name_of(p): str(SPACE.value(p, SP.timeKind)) for p in leads} == {
        "period": "interval",
        "onDate": "set",
        "plannedFor": "set",
        "asOf": "set",
    }
    assert leads == own(SPACE.subjects(SP.timeKind))


def test_relation_types_are_derived_object_properties() -> None:
    types = own(SPACE.subjects(RDF.type, RDF.Property))
    assert {"partOf", "ofType", "successorOf", "actsFor", "locatedIn", "signedAt"} <= {
        name_of(t) for t in types
    }
    assert [t for t in types if (t, SP.derived, Literal(True)) not in SPACE] == []
