"""The formats of results and of graphs: media type → name in the engine; no engine is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.accept import choose
from kg.serve.answer import RefusedError

if TYPE_CHECKING:
    import pyoxigraph as ox

RESULTS = {
    "application/sparql-results+json": "JSON",
    "application/sparql-results+xml": "XML",
    "text/csv": "CSV",
    "text/tab-separated-values": "TSV",
    "application/json": "JSON",
    "application/xml": "XML",
    "text/xml": "XML",
}
GRAPHS = {
    "text/turtle": "TURTLE",
    "application/n-triples": "N_TRIPLES",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON_LD",
    "application/xml": "RDF_XML",
    "application/json": "JSON_LD",
}


def acceptable(accept: str, offers: Mapping[str, str], what: str) -> str:
    """Return the media type to answer with.

    Raises:
        RefusedError: 406, with what there is.
    """
    media = choose(accept, offers)
    if media is None:
        raise RefusedError(406, f"{what} is answered as " + ", ".join(offers))
    return media


def content_type(media: str) -> str:
    """Return the value of Content-Type: text is UTF-8 and says so."""
    return media + ("; charset=utf-8" if media.startswith("text/") else "")


def results_format(media: str) -> ox.QueryResultsFormat:
    """Return the engine's format of results."""
    import pyoxigraph as ox

    found: ox.QueryResultsFormat = getattr(ox.QueryResultsFormat, RESULTS[media])
    return found


def rdf_format(media: str) -> ox.RdfFormat:
    """Return the engine's format of graphs."""
    import pyoxigraph as ox

    found: ox.RdfFormat = getattr(ox.RdfFormat, GRAPHS[media])
    return found
