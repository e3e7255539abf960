"""The classes, properties and concepts, and the things of a class."""

from __future__ import annotations

from typing import NamedTuple

from kg import vocab
from kg.namespaces import RDF_TYPE, iri, prefixes, sp
from kg.pages.http import Response
from kg.pages.links import term_id
from kg.pages.lists import part
from kg.pages.memory import Memory
from kg.pages.negotiate import no_page
from kg.pages.render import Asked

LISTED = 150
_COUNTS = """SELECT ?c (COUNT(?x) AS ?n) { ?x a ?c
    FILTER(STRSTARTS(STR(?x), "%s")) } GROUP BY ?c"""


class Term(NamedTuple):
    """A declared term: IRI, fragment, local name, label, definition, and terms it hangs on."""

    iri: str
    id: str
    name: str
    label: str
    definition: str
    above: tuple[str, ...]


def page(asked: Asked) -> Response:
    """Return the vocabulary on one page."""
    words = vocab.load()
    classes = [_term(c, "rdfs:subClassOf") for c in sorted(words.classes.values())]
    properties = [_term(p.iri, "rdfs:domain") for p in words.properties.values()]
    concepts = [
        (words.label(scheme), [_term(c, "skos:broader") for c in sorted(found)])
        for scheme, found in sorted(words.concepts.items())
    ]
    shown = [c for c in classes if c.label and c.definition]
    return asked.html("terms.html", classes=shown, properties=properties, concepts=concepts)


def _term(full: str, above: str) -> Term:
    words = vocab.load()
    said = words.objects(full, iri("skos:definition"))
    higher = [x for x in words.objects(full, iri(above)) if x.startswith(prefixes()["id"][:-3])]
    name = full.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
    definition = next(iter(said), "")
    return Term(full, term_id(full), name, words.label(full), definition, tuple(higher))


def counts(view: Memory) -> list[tuple[str, int]]:
    """Return the classes of the register with how many things each has, largest first."""
    return view.once("classes", _counts)


def _counts(view: Memory) -> list[tuple[str, int]]:
    found = [
        (c.removeprefix(sp("")), int(n))
        for c, n in view.rows(_COUNTS % prefixes()["id"])
        if c.startswith(sp(""))
    ]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def things(asked: Asked) -> Response:
    """List the classes of the register, or the things of one."""
    _, _, rest = asked.path.partition("/")
    name, _, number = rest.partition("/")
    if not name:
        return asked.html("classes.html", counts=counts(asked.site.full))
    if name not in dict(counts(asked.site.full)):
        raise no_page(asked.path)
    home, full = prefixes()["id"], asked.site.full
    found = [x for x in full.subjects(RDF_TYPE, sp(name)) if x.startswith(home)]
    found.sort(key=lambda x: (full.label(x).casefold(), x))
    weight = asked.site.index.weight
    kept = part(found, f"things/{name}", number, LISTED)
    return asked.html("things.html", name=name, part=kept, weight=weight)
