"""Turtle: against rdflib's serialiser, and against sorted N-Triples."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pyoxigraph as ox
from _measure import Finding, alternate, cpu

from kg.export import turtle
from kg.namespaces import prefixes
from kg.store import View

_RDFLIB_LIMIT = 300_000


def compare(view: View, size: str, rounds: int) -> Iterator[Finding]:
    """Yield the two comparisons; rdflib's only where it ends in reasonable time."""
    times = alternate({"kg": lambda: _turtle(view), "nt": lambda: _sorted(view)}, rounds)
    count = len(_sorted(view).splitlines())
    what = f"Turtle, {size} quads"
    yield Finding(what, times["kg"], times["nt"], "sorted N-Triples", 3, note=f"{count:,} triples")
    if count > _RDFLIB_LIMIT:
        return
    graph = _rdflib(view)
    peer = cpu(lambda: graph.serialize(format="turtle", encoding="utf-8"))
    yield Finding(
        what, times["kg"], peer, "rdflib turtle", 12, faster=True, note="one run of rdflib"
    )


def _turtle(view: View) -> bytes:
    out = io.BytesIO()
    turtle.write(view, out)
    return out.getvalue()


def _sorted(view: View) -> bytes:
    dumped = view.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return b"".join(sorted(dumped.splitlines(keepends=True)))


def _rdflib(view: View):
    import oxrdflib  # noqa: F401  # registers its parsers
    import rdflib

    graph = rdflib.Graph()
    for prefix, namespace in prefixes().items():
        graph.bind(prefix, namespace)
    return graph.parse(_sorted(view), format="ox-nt")
