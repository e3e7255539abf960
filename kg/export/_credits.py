"""Whose data it is: every export names its sources and their licences."""

from __future__ import annotations

from dataclasses import dataclass

from kg import edition
from kg.namespaces import curie
from kg.store import View

TITLE = "International space partnerships, a knowledge graph"
_SOURCES = """SELECT ?source ?title ?publisher ?licence { ?source a dcat:Dataset .
    OPTIONAL { ?source dct:title ?title } OPTIONAL { ?source dct:publisher ?publisher }
    OPTIONAL { ?source dct:license ?licence } }"""


@dataclass(frozen=True, slots=True)
class Credit:
    """One source and its terms.

    Attributes:
        iri: IRI of the source.
        title: Its title, or its identifier.
        publisher: Who publishes it, or "".
        licence: Its licence, or "licence not stated".
    """

    iri: str
    title: str
    publisher: str
    licence: str

    def __str__(self) -> str:
        publisher = f", {self.publisher}" if self.publisher else ""
        return f"{self.title}{publisher} ({self.licence})"


def credits_of(view: View) -> list[Credit]:
    """Return the sources of a view, in the order of their identifiers."""
    found: dict[str, Credit] = {}
    for source, title, publisher, licence in view.rows(_SOURCES):
        terms = licence or "licence not stated"
        credit = Credit(source, _one_line(title) or curie(source), _one_line(publisher), terms)
        found.setdefault(source, credit)
    return list(found.values())


def scope(view: View) -> list[str]:
    """Say which edition and which documents a view holds, one short sentence each."""
    kept = len(view.documents)
    said = [f"Documents: {kept}"]
    if found := edition.held(view):
        said.insert(0, f"Cite as: {found.citation}")
        said.insert(0, f"Version of the data: {found.version} of {found.modified}")
    if view.as_of:
        said.append(f"Known by: {view.as_of} (issued by that day)")
    if view.left_out:
        said.append(f"Documents left out: {len(view.left_out)}")
    return said


def version(view: View) -> str:
    """Return the version of the curated data in a view, or "" where it holds none of it."""
    found = edition.held(view)
    return found.version if found else ""


def comment(view: View, counted: str) -> bytes:
    """Return the comment that opens an RDF file: title, counts, sources; no clock date.

    Args:
        view: What is exported.
        counted: The count that fits the format, such as "Triples: 12".
    """
    lines = [TITLE, counted, *scope(view)]
    lines += [f"Source: {credit}" for credit in credits_of(view)]
    return "".join(f"# {_one_line(line)}\n" for line in lines).encode()


def _one_line(text: str) -> str:
    return " ".join(text.split())
