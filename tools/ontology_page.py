"""Write docs/ontology.html, the reference page of the ontology, from the files in ontology/.

Run ``python tools/ontology_page.py`` to write the page and ``python tools/ontology_page.py
--check`` to compare: exit 1 if the page in docs/ is not what the ontology now gives. The page
needs no script and no other file.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from ontology_source import BASE, ONTOLOGY, Source
from rdflib import OWL, RDF, RDFS, SH, SKOS, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS
from rdflib.term import Node

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "ontology.html"
SP = Namespace(f"{BASE}ontology#")
IRI = URIRef(f"{BASE}ontology")
KINDS = {
    OWL.Class: "class",
    OWL.ObjectProperty: "object property",
    OWL.DatatypeProperty: "datatype property",
    OWL.AnnotationProperty: "annotation property",
}
Row = tuple[str, list[Markup]]


@dataclass(frozen=True)
class Term:
    """One class or property as the page shows it."""

    name: str
    kind: str
    label: str
    french: str
    definition: str
    example: str
    rows: list[Row] = field(default_factory=list)


def own(source: Source, *types: Node) -> list[URIRef]:
    """Our own terms of some types, sorted by name."""
    found = {s for t in types for s in source.space.subjects(RDF.type, t)}
    return sorted(s for s in found if isinstance(s, URIRef) and s.startswith(str(SP)))


def mapped(source: Source, iri: URIRef) -> list[Markup]:
    """What a term is mapped to, each with the strength of the mapping."""
    words = {RDFS.subClassOf: "below", RDFS.subPropertyOf: "below", SKOS.closeMatch: "close to"}
    pairs = sorted(
        (words[p], source.curie(str(o)), o)
        for graph in source.mappings.values()
        for p, o in graph.predicate_objects(iri)
        if isinstance(p, URIRef) and p in words
    )
    return [Markup("{} {}").format(word, source.link(o)) for word, _, o in pairs]


def rules(source: Source, iri: URIRef) -> list[Markup]:
    """The messages of the shapes that target a class."""
    props = {
        prop
        for shape in source.shapes.subjects(SH.targetClass, iri)
        for prop in source.shapes.objects(shape, SH.property)
    }
    messages = [source.text(source.shapes, p, SH.message) for p in sorted(props, key=str)]
    return [escape(message) for message in messages]


def inherited(source: Source, iri: URIRef) -> list[Markup]:
    """The properties that a class has from what it is below."""
    above = {c for c in source.space.transitive_objects(iri, RDFS.subClassOf) if c != iri}
    return source.links(p for c in above for p in source.space.subjects(RDFS.domain, c))


def disjoint(source: Source, iri: URIRef) -> list[Markup]:
    """The classes that no instance of a class can belong to, as far as stated for itself."""
    lists = [set(Collection(source.space, o)) for o in source.space.objects(None, OWL.members)]
    pairs = {*source.space.objects(iri, OWL.disjointWith)}
    pairs |= {*source.space.subjects(OWL.disjointWith, iri)}
    return source.links(pairs.union(*(m for m in lists if iri in m)) - {iri})


def class_rows(source: Source, iri: URIRef) -> list[Row]:
    """What the page says of a class beside its definition."""
    g = source.space
    key = g.value(iri, SP.factKey)
    union = g.value(iri, OWL.unionOf)
    members = source.links(Collection(g, union)) if union else []
    prefix = g.value(iri, SP.slugPrefix)
    return [
        ("Superclasses", source.links(g.objects(iri, RDFS.subClassOf))),
        ("Subclasses", source.links(g.subjects(RDFS.subClassOf, iri)) if not union else []),
        ("Either of", members),
        ("Key of its facts", [source.link(p) for p in Collection(g, key)] if key else []),
        ("Properties from it", source.links(g.subjects(RDFS.domain, iri))),
        ("Inherited properties", inherited(source, iri)),
        ("Properties to it", source.links(g.subjects(RDFS.range, iri))),
        ("IRIs of instances", [Markup("{}{}").format(source.prefixes[str(prefix)], "…")])
        if prefix
        else ("IRIs of instances", []),
        ("Disjoint with", disjoint(source, iri)),
        ("Rules", rules(source, iri)),
        ("Mappings", mapped(source, iri)),
    ]


def flags(source: Source, iri: URIRef) -> list[Markup]:
    """The annotations of a property that steer the loader, in words."""
    g = source.space
    words = {
        SP.required: "required",
        SP.maxPerClaim: "at most one value",
        SP.derived: "derived by rule, never written by a source",
    }
    found = [Markup(text) for p, text in words.items() if g.value(iri, p) is not None]
    times = {"interval": "a period is an extent", "set": "a period is one day of a set"}
    found += [Markup(times[str(t)]) for t in g.objects(iri, SP.timeKind)]
    if (iri, RDF.type, RDF.Property) in g:
        found.append(Markup("allowed as type of a relation"))
    return found


def property_rows(source: Source, iri: URIRef) -> list[Row]:
    """What the page says of a property beside its definition."""
    g = source.space
    return [
        ("Domain", source.links(g.objects(iri, RDFS.domain))),
        ("Range", source.links(g.objects(iri, RDFS.range))),
        ("Superproperty", source.links(g.objects(iri, RDFS.subPropertyOf))),
        (
            "Inverse of",
            source.links([*g.objects(iri, OWL.inverseOf), *g.subjects(OWL.inverseOf, iri)]),
        ),
        ("Use", flags(source, iri)),
        ("Mappings", mapped(source, iri)),
    ]


def term(source: Source, iri: URIRef) -> Term:
    """Gather what the page shows of one class or property."""
    g = source.space
    types = set(g.objects(iri, RDF.type))
    kind = next(word for cls, word in KINDS.items() if cls in types)
    rows = class_rows(source, iri) if kind == "class" else property_rows(source, iri)
    return Term(
        name=iri.removeprefix(str(SP)),
        kind="named union" if g.value(iri, OWL.unionOf) else kind,
        label=source.text(g, iri, RDFS.label),
        french=source.text(g, iri, RDFS.label, "fr"),
        definition=source.text(g, iri, SKOS.definition),
        example=source.text(g, iri, SKOS.example),
        rows=[row for row in rows if row[1]],
    )


def tree(source: Source, iri: URIRef) -> Markup:
    """A class and what is below it as a nested list; named unions are left out."""
    g = source.space
    below = sorted(s for s in g.subjects(RDFS.subClassOf, iri) if isinstance(s, URIRef))
    inner = Markup("").join(tree(source, s) for s in below if not g.value(s, OWL.unionOf))
    wrapped = Markup("<ul>{}</ul>").format(inner) if inner else Markup("")
    return Markup("<li>{}{}</li>").format(source.link(iri), wrapped)


def trees(source: Source) -> Markup:
    """The trees of all classes that are below nothing but named unions."""
    g = source.space
    unions = set(g.subjects(OWL.unionOf))
    tops = [
        c
        for c in own(source, OWL.Class)
        if c not in unions and set(g.objects(c, RDFS.subClassOf)) <= unions | {SKOS.Concept}
    ]
    return Markup("").join(tree(source, c) for c in tops)


def schemes(source: Source) -> list[dict[str, object]]:
    """The concept schemes, each with its concepts in the order of their IRIs."""
    g = source.roles
    found: list[dict[str, object]] = []
    for scheme in sorted(g.subjects(RDF.type, SKOS.ConceptScheme), key=str):
        concepts = []
        for concept in sorted(g.subjects(SKOS.inScheme, scheme), key=str):
            extra = {SP.cooperative: "cooperative: {}", SP.rank: "rank {}"}
            notes = [w.format(o) for p, w in extra.items() for o in g.objects(concept, p)]
            concepts.append(
                {
                    "anchor": source.curie(str(concept)).replace(":", "-"),
                    "curie": source.curie(str(concept)),
                    "label": source.text(g, concept, SKOS.prefLabel),
                    "french": source.text(g, concept, SKOS.prefLabel, "fr"),
                    "definition": source.text(g, concept, SKOS.definition),
                    "broader": source.links(g.objects(concept, SKOS.broader)),
                    "notes": notes,
                }
            )
        found.append(
            {
                "anchor": str(scheme).removeprefix(BASE).strip("/"),
                "label": source.text(g, scheme, SKOS.prefLabel),
                "french": source.text(g, scheme, SKOS.prefLabel, "fr"),
                "definition": source.text(g, scheme, SKOS.definition),
                "concepts": concepts,
            }
        )
    return found


def vocabularies(source: Source) -> list[dict[str, object]]:
    """The mapping files, each with its title, note and number of mappings."""
    found: list[dict[str, object]] = []
    for stem, graph in source.mappings.items():
        header = URIRef(f"{BASE}ontology/mappings/{stem}")
        found.append(
            {
                "file": f"{stem}.ttl",
                "title": source.text(graph, header, DCTERMS.title).partition("mapping to ")[2],
                "note": source.text(graph, header, SKOS.note),
                "size": sum(1 for s in graph.subjects() if s != header),
            }
        )
    return found


def wikidata(source: Source) -> list[dict[str, str]]:
    """The rows of the Wikidata mapping."""
    lines = source.wikidata.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t")
    return [{**row, "item": row["object_id"].partition(":")[2]} for row in rows]


def metadata(source: Source) -> dict[str, str]:
    """Title, version, licence and so on of the ontology."""
    g = source.space
    return {
        "title": source.text(g, IRI, DCTERMS.title),
        "french": source.text(g, IRI, DCTERMS.title, "fr"),
        "description": source.text(g, IRI, DCTERMS.description),
        "iri": str(IRI),
        "version": str(g.value(IRI, OWL.versionInfo)),
        "version_iri": str(g.value(IRI, OWL.versionIRI)),
        "created": str(g.value(IRI, DCTERMS.created)),
        "creator": next(str(o) for o in g.objects(g.value(IRI, DCTERMS.creator)) if " " in str(o)),
        "licence": str(g.value(IRI, DCTERMS.license)),
        "note": source.text(g, IRI, SKOS.note),
        "scope_note": source.text(g, IRI, SKOS.scopeNote),
    }


def render(folder: Path = ONTOLOGY) -> str:
    """Make the page.

    Args:
        folder: The folder that holds the ontology.

    Returns:
        The page as one HTML text, the same for the same ontology.
    """
    source = Source(folder)
    unions = set(source.space.subjects(OWL.unionOf))
    classes = own(source, OWL.Class)
    env = Environment(
        autoescape=True,
        loader=FileSystemLoader(Path(__file__).parent),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    annotations = own(source, OWL.AnnotationProperty)
    properties = own(source, OWL.ObjectProperty, OWL.DatatypeProperty)
    return env.get_template("ontology_page.html.j2").render(
        meta=metadata(source),
        tree=trees(source),
        groups=[
            ("classes", "Classes", [term(source, c) for c in classes if c not in unions]),
            ("unions", "Named unions", [term(source, c) for c in classes if c in unions]),
            ("properties", "Properties", [term(source, p) for p in properties]),
            ("annotations", "Annotations", [term(source, p) for p in annotations]),
        ],
        schemes=schemes(source),
        prefixes=sorted(source.prefixes.items()),
        vocabularies=vocabularies(source),
        wikidata=wikidata(source),
    )


def main(arguments: list[str]) -> int:
    """Write the page, or with --check compare it; returns the exit status."""
    page = render()
    if "--check" not in arguments:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page, encoding="utf-8", newline="\n")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page:
        return 0
    print(
        "docs/ontology.html is not what ontology/ now gives: run `python tools/ontology_page.py`",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
