"""What is said of one thing, as RDF: its triples, its claims and their evidence, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.export import jsonld, ntriples, turtle
from kg.namespaces import sp
from kg.pages.http import Response
from kg.pages.memory import Memory
from kg.pages.negotiate import THING
from kg.parts import TIMES

FORMS = ("ttl", "jsonld", "nt")
_WRITERS = {"ttl": turtle.grouped, "jsonld": jsonld.nodes, "nt": ntriples.joined}


def response(view: Memory, things: Iterable[str], claims: Iterable[str], form: str) -> Response:
    """Return the triples of some things and claims.

    Args:
        view: The documents that count.
        things: IRIs of nodes; their identifiers and evidence come with them.
        claims: IRIs of claims; their facts, times and evidence come with them.
        form: "ttl", "jsonld" or "nt".
    """
    lines = sorted({line for node in _nodes(view, things, claims) for line in _lines(view, node)})
    return Response(200, THING[form], _WRITERS[form](lines))


def _nodes(view: Memory, things: Iterable[str], claims: Iterable[str]) -> set[str]:
    found = set(things)
    for thing in list(found):
        found |= {*view.objects(thing, sp("identifier")), *view.objects(thing, sp("evidence"))}
    for claim in claims:
        found.add(claim)
        for name in ("ofFact", "evidence", *TIMES):
            found |= set(view.objects(claim, sp(name)))
    return found


def _lines(view: Memory, node: str) -> Iterator[bytes]:
    """Yield the triples of a node as N-Triples, without the closing point."""
    subject = ox.NamedNode(node)
    quads = view.store.quads_for_pattern(subject, None, None, ox.DefaultGraph())
    yield from (f"{q.subject} {q.predicate} {q.object}".encode() for q in quads)
