"""Which of the offered formats a client gets."""

from __future__ import annotations

import pytest

from kg.accept import choose
from kg.serve.formats import GRAPHS, RESULTS

JSON, XML, CSV = "application/sparql-results+json", "application/sparql-results+xml", "text/csv"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", JSON),
        ("*/*", JSON),
        (XML, XML),
        (f"{CSV};q=0.3, {XML};q=0.9", XML),
        (f"{JSON};q=0, */*;q=0.1", XML),
        ("text/*", CSV),
        ("text/*;q=0.9, text/csv;q=0.1", "text/tab-separated-values"),
        (f"{JSON};q=0.5,{XML};q=0.5", JSON),
        ("APPLICATION/SPARQL-RESULTS+XML ; Q=0.8", XML),
        ("application/json", "application/json"),
        ("image/png", None),
        (f"{CSV};q=0", None),
        (f"{CSV};q=high", JSON),
        (f"{CSV};q=nan", JSON),
        (f"{CSV};q=2, {XML};q=0.1", XML),
        ("csv", JSON),
        (", ,", JSON),
    ],
)
def test_results(accept: str, chosen: str | None) -> None:
    assert choose(accept, RESULTS) == chosen


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "text/turtle"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json, text/turtle;q=0.9", "application/ld+json"),
        ("text/html, application/n-triples;q=0.1", "application/n-triples"),
        (JSON, None),
    ],
)
def test_graphs(accept: str, chosen: str | None) -> None:
    assert choose(accept, GRAPHS) == chosen


def test_an_endless_header_is_not_read_to_its_end() -> None:
    assert choose("image/png," * 100_000 + CSV, RESULTS) is None
