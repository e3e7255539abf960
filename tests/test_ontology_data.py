"""The data of the repository against the ontology, read as OWL reads it.

In OWL a domain or range is no check: it adds a type. A property used outside its domain makes
its subject a member of two disjoint classes, so the whole graph inconsistent. SHACL does not see
this where no shape looks at the property, so this test does.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

import owlrl  # type: ignore[import-untyped]
import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.store import View

ROOT = Path(__file__).resolve().parent.parent
SP = "https://w3id.org/space-partnerships/ontology#"
SPACE = Graph().parse(ROOT / "ontology" / "space.ttl")
CLASSES = set(SPACE.subjects(RDF.type, OWL.Class))

Types = dict[Node, set[Node]]


@pytest.fixture(scope="module")
def merge(full_view: View) -> Graph:
    """The default graph of a build of the repository's own data."""
    lines = full_view.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return Graph().parse(data=lines, format="nt")


@pytest.fixture(scope="module")
def types(merge: Graph) -> Types:
    """Each node with its classes and what these are below."""
    found: Types = defaultdict(set)
    for node, cls in merge.subject_objects(RDF.type):
        found[node] |= {c for c in SPACE.transitive_objects(cls, RDFS.subClassOf) if c is not None}
    return found


def test_data_keep_to_domains_and_ranges(merge: Graph, types: Types) -> None:
    looked_at: Counter[str] = Counter()
    wrong: set[tuple[str, str, str]] = set()
    for predicate in set(merge.predicates()):
        for side, place in ((RDFS.domain, 0), (RDFS.range, 1)):
            cls = SPACE.value(predicate, side)
            if cls not in CLASSES or (predicate, RDF.type, OWL.AnnotationProperty) in SPACE:
                continue
            for pair in merge.subject_objects(predicate):
                node = pair[place]
                looked_at[str(predicate)] += 1
                if isinstance(node, URIRef) and cls not in types.get(node, set()):
                    wrong.add((str(predicate), str(side), str(node)))
    assert len(looked_at) > 60 and looked_at.total() > 5_000
    assert sorted(wrong)[:10] == []


def test_nothing_is_in_two_disjoint_classes(types: Types) -> None:
    lists = [set(Collection(SPACE, o)) for o in SPACE.objects(None, OWL.members)]
    assert len(lists) == 9 and len(types) > 1_000
    clashes = [(n, found & members) for n, found in types.items() for members in lists]
    assert [(n, both) for n, both in clashes if len(both) > 1] == []


def test_data_use_only_declared_terms(merge: Graph) -> None:
    names = {str(t) for _, p, o in merge for t in (p, o) if isinstance(t, URIRef)}
    used = {n for n in names if n.startswith(SP) and not n.startswith(f"{SP}list-")}
    assert len(used) > 120
    assert sorted(n for n in used if (URIRef(n), None, None) not in SPACE) == []


def test_what_is_mapped_to_wikidata_is_in_the_register_under_that_name(merge: Graph) -> None:
    text = (ROOT / "ontology" / "mappings" / "wikidata.sssom.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader((x for x in text.splitlines() if x[0] != "#"), delimiter="\t")
    ours = {r["subject_id"]: r["subject_label"] for r in rows if r["subject_id"][:3] == "id:"}
    assert len(ours) > 15
    for curie, label in ours.items():
        node = URIRef(f"https://w3id.org/space-partnerships/id/{curie[3:]}")
        found = {str(o) for p in (RDFS.label, SKOS.altLabel) for o in merge.objects(node, p)}
        assert label in found, (curie, found)


# --- A reasoner (OWL 2 RL) over ontology, concepts, mappings and the passing fixtures


def _contradictions(graph: Graph) -> list[str]:
    """What the reasoner complains of."""
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return sorted(str(o) for _, p, o in graph if str(p).endswith("#error"))


def _fixtures() -> Graph:
    """The passing fixtures as one graph, their nodes renamed so that none is in two of them."""
    graph = Graph().parse(ROOT / "tests" / "shapes" / "shared.ttl")
    paths = sorted((ROOT / "tests" / "shapes").glob("*.pass.ttl"))
    assert len(paths) == 20
    for number, path in enumerate(paths):
        text = re.sub(r"^(\w+:[cx])\b", rf"\g<1>{number}", path.read_text("utf-8"), flags=re.M)
        graph.parse(data=text, format="turtle")
    return graph


def test_a_reasoner_finds_no_contradiction() -> None:
    graph = _fixtures()
    files = [*(ROOT / "ontology").glob("mappings/*.ttl"), ROOT / "ontology" / "roles.ttl"]
    assert len(files) == 9
    for path in [*files, ROOT / "ontology" / "space.ttl"]:
        graph.parse(path)
    before = len(graph)
    assert _contradictions(graph) == []
    assert len(graph) > before + 1_000
    same = {(a, b) for a, b in graph.subject_objects(OWL.sameAs) if a != b}
    assert same == set()


def test_the_reasoner_would_find_them() -> None:
    base = "https://w3id.org/space-partnerships/"
    names = ("claim", "doc", "id", "period")
    head = "".join(f"@prefix {n}: <{base}{n}/> .\n" for n in names)
    wrong = f"""{head}@prefix sp: <{SP}> .
        id:x a sp:State, sp:SpaceAgency .
        doc:x a sp:NewsArticle ; sp:gist "No evidence"@en .
        claim:x a sp:Event ; sp:plannedFor period:x ."""
    graph = Graph().parse(ROOT / "ontology" / "space.ttl").parse(data=wrong, format="turtle")
    found = "\n".join(_contradictions(graph))
    assert [n for n in ("id/x", "doc/x", "claim/x") if f"{base}{n}" not in found] == []
