"""The data of the repository against the ontology, read as OWL reads it.

In OWL a domain or range is no check: it adds a type. A property used outside its domain makes
its subject a member of two disjoint classes, so the whole graph inconsistent. SHACL does not see
this where no shape looks at the property, so this test does.
"""

from __future__ import annotations

import importlib
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

ROOT = Path(__file__).resolve().parent.parent
SP = "https://w3id.org/space-partnerships/ontology#"
SPACE = Graph().parse(ROOT / "ontology" / "space.ttl")
CLASSES = set(SPACE.subjects(RDF.type, OWL.Class))

Types = dict[Node, set[Node]]


@pytest.fixture(scope="module")
def merge(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The default graph of a build of the repository's own data."""
    import pyoxigraph as ox

    build = importlib.import_module("kg.build")
    view = build.build(tmp_path_factory.mktemp("workspace")).view
    lines = view.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
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
