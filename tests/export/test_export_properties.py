"""Whatever the names and the texts are, what goes out comes back."""

from __future__ import annotations

import io

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import registry
from kg.namespaces import iri, prefixes, sp
from kg.store import View

READ_BACK = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
LOCAL = st.text("aZ09_-.~%2F'()*,;:@!$&=+/#?é日", max_size=8)
SPACES = st.sampled_from([prefixes()[p] for p in ("id", "claim", "sp", "doc", "skos", "xsd")])
IRI = st.builds(str.__add__, SPACES, LOCAL).filter(lambda x: x.count("#") < 2 and "%" not in x)
NODE = IRI.map(ox.NamedNode)
LITERAL = st.one_of(
    TEXT.map(ox.Literal),
    st.builds(lambda t: ox.Literal(t, language="en"), TEXT),
    st.builds(lambda t, d: ox.Literal(t, datatype=d), TEXT, NODE),
)
GRAPH = st.sampled_from([ox.NamedNode(iri("doc:a")), ox.NamedNode(iri("graph:register"))])
PREDICATE = st.one_of(NODE, st.sampled_from([ox.NamedNode(sp("start")), ox.NamedNode(sp("role"))]))
QUADS = st.lists(st.builds(ox.Quad, NODE, PREDICATE, st.one_of(NODE, LITERAL), GRAPH), max_size=8)


@settings(max_examples=150, deadline=None)
@given(QUADS)
def test_any_store_comes_back(quads):
    store = ox.Store()
    for quad in quads:
        store.add(quad)
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    for name, form in READ_BACK.items():
        out = io.BytesIO()
        registry.load("kg.export", name, "format").write(View(store), out)
        found = set(ox.parse(out.getvalue(), format=form))
        named = {q for q in store if q.graph_name != ox.DefaultGraph()}
        expected = {ox.Quad(*q.triple) for q in named} if name == "turtle" else named
        assert found == expected, name
