"""The shapes say what they should, and every rule in them can fail.

Two engines look at each fixture: `shacl` (the one the product uses) and `pyshacl` as oracle.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from pathlib import Path
from typing import cast

import pyshacl
import pytest
import rdflib
import shacl
from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = ROOT / "ontology"
FIXTURES = ROOT / "tests" / "shapes"
SHAPE = "https://w3id.org/space-partnerships/shape/"
CONTEXT_FILES = (ONTOLOGY / "space.ttl", ONTOLOGY / "roles.ttl", FIXTURES / "shared.ttl")

Case = tuple[URIRef, URIRef, URIRef]  # node shape, property shape, constraint parameter


@pytest.fixture(autouse=True)
def literals_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """rdflib would rewrite 15:58:00Z as 15:58:00+00:00, which a pattern then refuses."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


@pytest.fixture(scope="module")
def background() -> str:
    """The ontology, the concepts and what the fixtures point to, as Turtle."""
    return "\n".join(path.read_text(encoding="utf-8") for path in CONTEXT_FILES)


@pytest.fixture(scope="module")
def compiled() -> shacl.Shapes:
    return shacl.Shapes.from_file(str(ONTOLOGY / "shapes.ttl"))


KNOWN = cast(Container[Node], SH)
SHAPES = Graph().parse(ONTOLOGY / "shapes.ttl")
NODE_SHAPES: list[URIRef] = sorted(
    s for s in SHAPES.subjects(RDF.type, SH.NodeShape) if isinstance(s, URIRef)
)
FILES = sorted(p for p in FIXTURES.glob("*.ttl") if p.name != "shared.ttl")


def _local(iri: Node | str) -> str:
    return str(iri).strip("<>").removeprefix(SHAPE)


def _violated(report: shacl.Report) -> set[str]:
    return {_local(str(r.source_shape)) for r in report.results}


def _expected(path: Path) -> set[str]:
    """The property shape that a failing fixture names in its comment; none for a passing one."""
    return set(re.findall(r"^# violates shape:(\S+)$", path.read_text("utf-8"), re.MULTILINE))


def test_background_conforms(background: str, compiled: shacl.Shapes) -> None:
    report = compiled.validate_turtle(background)
    assert report.conforms and not report.results


def test_one_pair_of_fixtures_per_node_shape() -> None:
    names = {_local(s) for s in NODE_SHAPES}
    assert len(names) == 20
    assert {p.name for p in FILES} == {f"{n}.{k}.ttl" for n in names for k in ("pass", "fail")}
    assert len(FILES) == 40


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_fixture(path: Path, background: str, compiled: shacl.Shapes) -> None:
    expected = _expected(path)
    shape = path.name.partition(".")[0]
    assert len(expected) == (1 if path.name.endswith(".fail.ttl") else 0)
    assert all(name.startswith(f"{shape}-") for name in expected)
    data = background + path.read_text(encoding="utf-8")
    assert _violated(compiled.validate_turtle(data)) == expected
    graph = Graph().parse(data=data, format="turtle")
    _, results, _ = pyshacl.validate(graph, shacl_graph=SHAPES, allow_warnings=False)
    assert isinstance(results, Graph)
    assert {_local(s) for s in results.objects(None, SH.sourceShape)} == expected


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_fixture_is_sorted(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    prefixes = re.findall(r"^@prefix (\w+):", text, re.MULTILINE)
    predicates = re.findall(r"^    (\S+) ", text, re.MULTILINE)
    assert prefixes and prefixes == sorted(prefixes)
    blocks = re.split(r"\n\n", text)
    assert all(
        found == sorted(found)
        for found in (re.findall(r"^    (\S+) ", b, re.MULTILINE) for b in blocks)
    )
    assert predicates or path.name.startswith("Claim")


# --- Every constraint of every property shape can fail


def _cases() -> Iterator[Case]:
    for shape in NODE_SHAPES:
        for prop in sorted(SHAPES.objects(shape, SH.property), key=str):
            for param in sorted(set(SHAPES.predicates(prop)), key=str):
                if param not in {RDF.type, SH.path, SH.severity, SH.message}:
                    assert isinstance(prop, URIRef) and isinstance(param, URIRef)
                    yield shape, prop, param


CASES = list(_cases())


def _predicates(path: Node) -> list[URIRef]:
    """The predicates whose values a path starts with."""
    if isinstance(path, URIRef):
        return [path]
    alternatives = SHAPES.value(path, SH.alternativePath)
    members = list(Collection(SHAPES, alternatives if alternatives else path))
    found = [m for m in members if isinstance(m, URIRef)]
    return found if alternatives else found[:1]


def _wrong_value(graph: Graph, focus: Node, param: URIRef, prop: URIRef) -> Node:
    if param == SH.lessThan:
        other = SHAPES.value(prop, SH.lessThan)
        assert isinstance(other, URIRef)
        value = graph.value(focus, other)
        assert value is not None
        return value
    return {
        SH.nodeKind: Literal("?"),
        SH.pattern: Literal("?!"),
        SH.minInclusive: Literal(-1),
        SH.minLength: Literal(""),
        SH.lessThanOrEquals: Literal("9999-12-31", datatype=XSD.date),
    }.get(param, URIRef("urn:test:wrong"))


def _break(graph: Graph, prop: URIRef, param: URIRef) -> None:
    """Change the values of one property so that one constraint no longer holds."""
    path = SHAPES.value(prop, SH.path)
    assert path is not None
    predicates = _predicates(path)
    focus = next(s for p in predicates for s in graph.subjects(p, None))
    if param == SH.uniqueLang:
        graph.add((focus, predicates[0], Literal("A second one", lang="en")))
    elif param == SH.maxCount:
        graph.add((focus, predicates[0], URIRef("urn:test:second")))
    else:
        wrong = _wrong_value(graph, focus, param, prop)
        for predicate in predicates:
            graph.remove((focus, predicate, None))
        if param != SH.minCount:
            graph.add((focus, predicates[0], wrong))


def _component(param: URIRef) -> str:
    name = param.removeprefix(str(SH))
    return name[0].upper() + name[1:] + "ConstraintComponent"


def test_there_are_cases() -> None:
    assert len({prop for _, prop, _ in CASES}) > 90
    assert len(CASES) > 240


@pytest.mark.parametrize(
    ("shape", "prop", "param"), CASES, ids=lambda iri: _local(iri).removeprefix(str(SH))
)
def test_constraint_can_fail(
    shape: URIRef, prop: URIRef, param: URIRef, background: str, compiled: shacl.Shapes
) -> None:
    graph = Graph().parse(FIXTURES / f"{_local(shape)}.pass.ttl")
    _break(graph, prop, param)
    report = compiled.validate_turtle(background + graph.serialize(format="nt"))
    assert (_local(prop), _component(param)) in {
        (_local(str(r.source_shape)), r.component) for r in report.results
    }


# --- The shapes file itself


def test_only_known_shacl_terms() -> None:
    used = {t for triple in SHAPES for t in triple if str(t).startswith(str(SH))}
    assert len(used) > 20
    assert [t for t in used if t not in KNOWN] == []


def test_misspelt_shacl_term_would_be_found() -> None:
    assert URIRef(f"{SH}minCont") not in KNOWN and URIRef(f"{SH}minCount") in KNOWN


def test_every_shape_is_named() -> None:
    properties = set(SHAPES.objects(None, SH.property))
    assert len(properties) > 90
    assert not [p for p in properties if isinstance(p, BNode)]
    assert properties == set(SHAPES.subjects(RDF.type, SH.PropertyShape))
    assert all(str(s).startswith(SHAPE) for s in {*properties, *NODE_SHAPES})
    assert not [s for s in SHAPES.subjects(RDF.type, SH.NodeShape) if isinstance(s, BNode)]


def test_property_shapes_belong_to_one_node_shape_and_bear_its_name() -> None:
    for prop in SHAPES.subjects(RDF.type, SH.PropertyShape):
        owners = list(SHAPES.subjects(SH.property, prop))
        assert len(owners) == 1, prop
        assert _local(prop).startswith(_local(owners[0]) + "-")


def test_property_shapes_speak() -> None:
    messages: set[str] = set()
    for prop in sorted(SHAPES.subjects(RDF.type, SH.PropertyShape), key=str):
        (message,) = SHAPES.objects(prop, SH.message)
        assert isinstance(message, Literal) and message.language == "en"
        assert str(message).endswith(".") and str(message) == str(message).strip()
        assert str(message) not in messages, f"said twice: {message}"
        messages.add(str(message))
        assert SHAPES.value(prop, SH.severity) in {SH.Violation, SH.Warning}
        assert len(list(SHAPES.objects(prop, SH.path))) == 1
    assert len(messages) > 90


def test_shapes_agree_with_the_ontology() -> None:
    """What space.ttl calls required or at most one, the shapes ask for, and the reverse."""
    sp = rdflib.Namespace("https://w3id.org/space-partnerships/ontology#")
    ontology = Graph().parse(ONTOLOGY / "space.ttl")
    seen = 0
    for shape in NODE_SHAPES:
        target = SHAPES.value(shape, SH.targetClass)
        for prop in SHAPES.objects(shape, SH.property):
            path = SHAPES.value(prop, SH.path)
            if not isinstance(path, URIRef) or not path.startswith(str(sp)):
                continue
            if ontology.value(path, RDFS.domain) != target:
                continue
            seen += 1
            most = SHAPES.value(prop, SH.maxCount)
            assert (most is not None) == ((path, sp.maxPerClaim, None) in ontology), prop
            least = SHAPES.value(prop, SH.minCount)
            required = (path, sp.required, Literal(True)) in ontology
            assert not required or least is not None, prop
    assert seen > 60


# --- Where evidence lies

LOCATORS = {
    "#char=360,404": True,
    "#row=5": True,
    "#row=5-7;9-*": True,
    "#cell=5,2-6,3": True,
    "#col=2": True,
    "#element(/1/2/13)": True,
    "#Q23548$2B1A-4c": True,
    "#http://www.wikidata.org/entity/Q1%20x": True,
    "#about": True,
    "#char=360": False,
    "#row=": False,
    "#row=five": False,
    "#cell=5": False,
    "row=5": False,
    "#a b": False,
    "#": False,
}


@pytest.mark.parametrize("locator", LOCATORS)
def test_a_locator_is_a_fragment_and_known_schemes_are_whole(
    locator: str, background: str, compiled: shacl.Shapes
) -> None:
    graph = Graph().parse(FIXTURES / "Evidence.pass.ttl")
    place = URIRef("https://w3id.org/space-partnerships/ontology#locator")
    (subject,) = set(graph.subjects(place, None))
    graph.set((subject, place, Literal(locator)))
    report = compiled.validate_turtle(background + graph.serialize(format="nt"))
    expected = set() if LOCATORS[locator] else {"Evidence-locator"}
    assert _violated(report) == expected
