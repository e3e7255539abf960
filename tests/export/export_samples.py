"""Labels that try to break out, and what a view must export."""

from __future__ import annotations

import pyoxigraph as ox

from kg import store
from kg.namespaces import iri
from kg.store import View

HOSTILE = (
    'He said "no" and \\"left\\"',
    "two\nlines\r\nand a\ttab",
    "<script>alert(1)</script>",
    "' . } <urn:x> <urn:y> <urn:z> . #",
    "\u202eright to left\u202c",
    "line\u2028separator\u2029and\u0085next",
    "rocket 🚀 日本 e\u0301",
    "ends in a backslash \\ and type ^^<urn:x>",
    "back\\u0041slash \\n u",
)
CONTROL = "bell\x07 form\x0c null-like\x01"


def merge_of(view: View) -> set[ox.Triple]:
    """Return the triples of all graphs but the ontology."""
    ontology = iri(store.ONTOLOGY)
    return {q.triple for q in view.store if _name(q) not in {"", ontology}}


def quads_of(view: View) -> set[ox.Quad]:
    """Return the quads of all named graphs but the ontology."""
    return {q for q in view.store if _name(q) not in {"", iri(store.ONTOLOGY)}}


def _name(quad: ox.Quad) -> str:
    return getattr(quad.graph_name, "value", "")
