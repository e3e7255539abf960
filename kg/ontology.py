"""The ontology as triples for the store, without blank nodes, the same every time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from kg import resources
from kg.namespaces import prefixes
from kg.vocab import ONTOLOGY_FILES


def lines() -> bytes:
    """Return the ontology (declarations and concepts) as N-Triples; lists become IRIs' nodes."""
    found: list[str] = []
    for name in ONTOLOGY_FILES:
        path = resources.ontology() / name
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            ends = _stable(quad.subject, name), _stable(quad.object, name)
            found.append(f"{ends[0]} {quad.predicate} {ends[1]} .\n")
    return "".join(sorted(set(_renumbered(found)))).encode()


def _stable(term: Any, name: str) -> str:
    if isinstance(term, ox.BlankNode):
        return f"<{prefixes()['sp']}list-{name.removesuffix('.ttl')}-{term.value}>"
    return str(term)


def _renumbered(lines: list[str]) -> Iterator[str]:
    """Give list nodes numbers in the order in which the file has them, the same every time."""
    pattern = re.compile(re.escape(prefixes()["sp"]) + r"list-(\w+)-([0-9a-f]+)")
    numbers: dict[str, str] = {}
    for line in lines:
        yield pattern.sub(
            lambda m: (
                f"{prefixes()['sp']}list-{m[1]}-{numbers.setdefault(m[0], str(len(numbers)))}"
            ),
            line,
        )
