"""CURIE to IRI and back, and the one place where prefixes are written down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.namespaces import RDF_TYPE, RDFS_LABEL, curie, iri, prefixes, sp

BASE = "https://w3id.org/space-partnerships/"
CONTEXT = Path(__file__).resolve().parent.parent / "ontology" / "context.jsonld"


def test_prefixes_are_those_of_the_context() -> None:
    written = json.loads(CONTEXT.read_text(encoding="utf-8"))["@context"]
    found = prefixes()
    assert len(found) == 38
    assert all(written[p] == ns for p, ns in found.items())
    assert list(found) == sorted(found)
    with pytest.raises(TypeError):
        found["sp"] = "x"  # type: ignore[index]


def test_our_namespaces_hang_below_one_base() -> None:
    ours = {p for p, ns in prefixes().items() if ns.startswith(BASE)}
    assert ours == {
        "sp", "id", "doc", "claim", "fact", "evidence", "period", "identifier", "conflict",
        "graph", "source", "role", "status", "attribution", "theme", "kind", "tier", "seen",
        "measure", "shape",
    }  # fmt: skip
    assert sp("Mission") == BASE + "ontology#Mission"
    assert iri("id:csa") == BASE + "id/csa"
    assert iri("rdf:type") == RDF_TYPE
    assert iri("rdfs:label") == RDFS_LABEL


@pytest.mark.parametrize(
    "text", ["https://example.org/x", "nocolon", "unknown:x", "mailto:a@b.example", ""]
)
def test_what_is_no_curie_of_ours_stays_as_it_is(text: str) -> None:
    assert iri(text) == text


@pytest.mark.parametrize(
    ("full", "short"),
    [
        (BASE + "id/csa", "id:csa"),
        (BASE + "ontology#Mission", "sp:Mission"),
        (BASE + "claim/a.b._.c-2025", "claim:a.b._.c-2025"),
        (BASE + "doc/a.", BASE + "doc/a."),
        (BASE + "id/a/b", BASE + "id/a/b"),
        (BASE + "id/", BASE + "id/"),
        (BASE + "id/a b", BASE + "id/a b"),
        (BASE + "id/-a", BASE + "id/-a"),
        ("https://example.org/x", "https://example.org/x"),
    ],
)
def test_an_iri_is_shortened_only_where_turtle_needs_no_escape(full: str, short: str) -> None:
    assert curie(full) == short


@given(st.sampled_from(sorted(prefixes())), st.text(max_size=20))
def test_there_and_back(prefix: str, local: str) -> None:
    full = prefixes()[prefix] + local
    assert iri(curie(full)) == full
