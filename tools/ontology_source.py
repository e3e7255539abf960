"""The files of the ontology, read once, and how a page names and links what is in them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from markupsafe import Markup
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

ONTOLOGY = Path(__file__).resolve().parent.parent / "ontology"
BASE = "https://w3id.org/space-partnerships/"


class Source:
    """The files of the ontology, read once, and how to name and link what is in them."""

    def __init__(self, folder: Path = ONTOLOGY) -> None:
        context = json.loads((folder / "context.jsonld").read_text(encoding="utf-8"))["@context"]
        self.prefixes = {k: v for k, v in context.items() if isinstance(v, str)}
        self.space = Graph().parse(folder / "space.ttl")
        self.roles = Graph().parse(folder / "roles.ttl")
        self.shapes = Graph().parse(folder / "shapes.ttl")
        files = sorted((folder / "mappings").glob("*.ttl"))
        self.mappings = {path.stem: Graph().parse(path) for path in files}
        self.wikidata = folder / "mappings" / "wikidata.sssom.tsv"

    def curie(self, iri: str) -> str:
        """Shorten an IRI with the longest prefix that fits, or give it back."""
        fits = [(len(ns), p) for p, ns in self.prefixes.items() if iri.startswith(ns)]
        prefix = max(fits)[1] if fits else ""
        return f"{prefix}:{iri.removeprefix(self.prefixes[prefix])}" if prefix else iri

    def link(self, iri: Node) -> Markup:
        """Link a term: to its place on this page if it is ours, else to where it is defined."""
        curie = self.curie(str(iri))
        prefix, _, name = curie.partition(":")
        if prefix == "sp":
            return Markup('<a href="#{0}">{0}</a>').format(name)
        if str(iri).startswith(BASE):
            return Markup('<a href="#{}-{}">{}</a>').format(prefix, name, curie)
        return Markup('<a class="out" href="{}">{}</a>').format(str(iri), curie)

    def links(self, iris: Iterable[Node | None]) -> list[Markup]:
        """Link each of several terms, in the order of their names."""
        found = {i for i in iris if isinstance(i, URIRef)}
        return [self.link(i) for i in sorted(found, key=lambda i: self.curie(i).lower())]

    def text(self, graph: Graph, subject: Node, predicate: URIRef, lang: str = "en") -> str:
        """The text of a term in one language, empty if there is none."""
        found = (o for o in graph.objects(subject, predicate) if isinstance(o, Literal))
        return next((str(o) for o in found if o.language == lang), "")
