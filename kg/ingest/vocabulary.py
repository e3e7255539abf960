"""Names of a view's entities as the extraction needs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from kg import vocab
from kg.extract import words
from kg.extract.gazetteer import Name
from kg.namespaces import RDFS_LABEL, iri, prefixes
from kg.store import View

_KINDS = (
    ("Person", "Person"), ("State", "State"), ("Organization", "Agency"), ("Activity", "Activity"),
    ("SpaceStation", "Activity"), ("SpaceObject", "Object"), ("VehicleType", "Object"),
    ("Agreement", "Agreement"), ("CollaborationFramework", "Agreement"), ("Facility", "Facility"),
    ("Place", "Place"),
)  # fmt: skip
_QUERY = """SELECT DISTINCT ?e ?type ?p ?name (LANG(?name) AS ?tag) {
    VALUES ?p { rdfs:label skos:altLabel sp:abbreviation }
    ?e a ?type ; ?p ?name . FILTER(STRSTARTS(STR(?e), "%s")) }"""


_DRAFTED = """SELECT DISTINCT ?e { ?d sp:fromSource source:releases . ?v sp:document ?d .
    ?e sp:evidence ?v ; rdfs:label ?label .
    FILTER NOT EXISTS { ?e sp:evidence/sp:attestsLabel ?words }
    FILTER NOT EXISTS { ?e sp:evidence/sp:document/sp:fromSource ?other
        FILTER(?other != source:releases) } }"""


_BROUGHT = """SELECT DISTINCT ?e { ?d sp:fromSource source:releases . ?v sp:document ?d .
    ?e sp:evidence ?v ; rdfs:label ?label .
    FILTER NOT EXISTS { ?e sp:evidence/sp:document/sp:fromSource ?other
        FILTER(?other != source:releases) } }"""


def brought(view: View) -> set[str]:
    """Return the entities that releases alone brought into the graph."""
    return {entity.removeprefix(prefixes()["id"]) for (entity,) in view.rows(_BROUGHT)}


_NATIONAL = """SELECT DISTINCT ?state ?agency { ?agency a sp:SpaceAgency .
    ?agency sp:locatedIn|sp:actsFor ?state . ?state a sp:State
    FILTER NOT EXISTS { ?agency a sp:IntergovernmentalOrganization } }"""


def names(view: View, language: str) -> list[Name]:
    """Return the names of all entities that have a kind of mention, sorted.

    Labels that are ours, of what a release speaks of without naming it, are no names. Where a
    state has had one space agency, and never another, "the space agency of" it is a name.

    Args:
        view: The graph.
        language: Tag of the language of the releases; abbreviations, and the names that
            organizations have in their own languages, count in any.
    """
    found = set(_names(view, language))
    found |= set(_national(view, language, found))
    return sorted(found, key=lambda n: (n.slug, n.text, n.method))


def _national(view: View, language: str, known: Iterable[Name]) -> Iterator[Name]:
    """Yield what the only space agency of a state is called by the state: "Norway's …"."""
    if language not in words.languages():
        return
    said, home = words.load(language), prefixes()["id"]
    agencies: dict[str, set[str]] = {}
    for state, agency in view.rows(_NATIONAL):
        agencies.setdefault(state.removeprefix(home), set()).add(agency.removeprefix(home))
    only = {state: found.pop() for state, found in agencies.items() if len(found) == 1}
    labels = {n.slug: n.label for n in known}
    called = {(n.slug, n.text) for n in known if n.kind == "State"}
    called |= {(state, text) for state in only for text in said.states.get(state, ())}
    adjectives = [(s, a, "national_by_adjective") for s in only for a in said.adjectives.get(s, ())]
    for state, text, how in [*((*c, "national_by_state") for c in called), *adjectives]:
        if only.get(state) in labels:
            for form in said.lists.get(how, ()):
                yield Name(
                    form.format(text), only[state], "Agency", labels[only[state]], "national"
                )


def _names(view: View, language: str) -> Iterator[Name]:
    methods = {RDFS_LABEL: "label", iri("sp:abbreviation"): "abbreviation"}
    labels: dict[str, str] = {}
    drafted = {entity for (entity,) in view.rows(_DRAFTED)}
    for entity, cls, prop, text, tag in view.rows(_QUERY % prefixes()["id"]):
        kind, own = kind_of(cls), tag in {"", language}
        if (
            kind
            and entity not in drafted
            and (own or kind == "Agency" or prop == iri("sp:abbreviation"))
        ):
            label = labels.setdefault(entity, view.label(entity, (language, "en")))
            slug = entity.removeprefix(prefixes()["id"])
            method = methods.get(prop, "alias")
            yield Name(text, slug, kind, label, method if own or method != "label" else "alias")


@lru_cache(maxsize=512)
def kind_of(cls: str) -> str:
    """Return the kind of mention that things of a class make, or ""."""
    known = vocab.load()
    return next((kind for name, kind in _KINDS if known.is_a(cls, name)), "")


_POSTS = """SELECT DISTINCT ?body ?post { ?post a sp:HeadPost ; sp:ofOrganization ?body ;
    sp:evidence/sp:document/sp:fromSource ?source . FILTER(?source != source:releases) }"""
_OFFICIAL = ("SpaceAgency", "IntergovernmentalOrganization", "Ministry", "State")


def head_posts(view: View) -> dict[str, str]:
    """Return organization → the post of its head, where the graph has exactly one.

    Posts that releases alone brought are left out: each release declares them anew.
    """
    found: dict[str, list[str]] = {}
    home = prefixes()["id"]
    for body, post in view.rows(_POSTS):
        found.setdefault(body.removeprefix(home), []).append(post.removeprefix(home))
    return {body: posts[0] for body, posts in found.items() if len(posts) == 1}


_CONVENTIONS = """SELECT DISTINCT ?body ?agreement { ?claim a sp:Relation ;
    sp:relationType sp:establishedBy ; sp:relationSubject ?body ; sp:relationObject ?agreement }"""


def conventions(view: View) -> dict[str, str]:
    """Return body → the one agreement that sets it up, on which memberships in it hang."""
    found: dict[str, list[str]] = {}
    home = prefixes()["id"]
    for body, agreement in view.rows(_CONVENTIONS):
        found.setdefault(body.removeprefix(home), []).append(agreement.removeprefix(home))
    return {body: agreements[0] for body, agreements in found.items() if len(agreements) == 1}


def class_of(view: View, slug: str) -> str:
    """Return the local name of an entity's class, or ""."""
    types = view.types(prefixes()["id"] + slug)
    return types[0].removeprefix(prefixes()["sp"]) if types else ""


def speaks_for_itself(view: View, slug: str) -> bool:
    """Say whether a publisher is an agency, a body of states, a ministry or a state."""
    words = vocab.load()
    types = view.types(prefixes()["id"] + slug)
    return any(words.is_a(t, name) for t in types for name in _OFFICIAL)
