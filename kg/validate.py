"""SHACL on the merge, and the checks across records that shapes cannot express.

Only this module imports the SHACL engine. Source: W3C SHACL, 20 July 2017.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg import resources
from kg.namespaces import curie, iri
from kg.store import View

_LINES = ox.RdfFormat.N_TRIPLES


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong with the data.

    Attributes:
        severity: "violation" (the build fails) or "warning".
        rule: The shape, or the name of the cross-record check.
        node: IRI of the node concerned.
        message: What is wrong, in a sentence.
        path: IRI of the property concerned, or "".
        value: The offending value, or "".
        external: True if it only shows with sources that are not ours to mend.
    """

    severity: str
    rule: str
    node: str
    message: str
    path: str = ""
    value: str = ""
    external: bool = False


def check(view: View, lines: bytes | None = None) -> list[Problem]:
    """Return all problems of a view, violations first.

    Args:
        view: Shapes see its merge, which includes the ontology.
        lines: The merge as N-Triples, where it is at hand.
    """
    return sorted({*shapes(view, lines), *cross_checks(view)})


def shapes(view: View, lines: bytes | None = None) -> Iterator[Problem]:
    """Yield what breaks the SHACL shapes."""
    import shacl

    data = lines or view.store.dump(format=_LINES, from_graph=ox.DefaultGraph()) or b""
    text = (resources.ontology() / "shapes.ttl").read_text(encoding="utf-8")
    compiled = shacl.Shapes.from_turtle(text)
    for result in compiled.validate_text(data.decode(), "nt").results:
        yield Problem(
            severity="violation" if result.severity == "Violation" else "warning",
            rule=curie(_bare(result.source_shape or "")),
            node=_bare(result.focus_node),
            message=result.message or result.component,
            path=_bare(result.path or ""),
            value=result.value_plain or "",
        )


def _bare(term: str) -> str:
    return term.strip("<>")


_ANACHRONISM = """SELECT ?claim ?actor ?start ?founded {
    ?claim sp:participant ?actor ; sp:period/sp:startLatest ?start .
    ?f a sp:Founding ; sp:object ?actor ; sp:onDate/sp:startEarliest ?founded .
    FILTER(?start < ?founded) }"""
_LEVEL = """SELECT ?claim ?actor ?state ?other {
    ?claim sp:participant ?actor ; sp:inActivity ?m ; sp:evidence ?e .
    ?e sp:document ?d ; sp:locator ?l .
    ?actor a/rdfs:subClassOf* sp:Organization .
    ?other sp:participant ?state ; sp:inActivity ?m ; sp:evidence ?g .
    ?g sp:document ?d ; sp:locator ?l .
    ?state a sp:State . ?actor sp:actsFor ?state }"""
_HEADS = """SELECT ?post ?one ?two ?p ?q {
    ?one sp:post ?post ; sp:person ?p ; sp:period ?a .
    ?two sp:post ?post ; sp:person ?q ; sp:period ?b . ?post a sp:HeadPost .
    FILTER(STR(?p) < STR(?q))
    ?a sp:startLatest ?a1 ; sp:endEarliest ?a2 . ?b sp:startLatest ?b1 ; sp:endEarliest ?b2 .
    FILTER(?a1 < ?b2 && ?b1 < ?a2) }"""
_EARLY = """SELECT ?happened ?fact (MAX(?day) AS ?latest) (MIN(?announced) AS ?first) {
    ?one sp:realizes ?fact .
    { ?one a sp:Fact BIND(?one AS ?happened) } UNION { ?one sp:ofFact ?happened }
    ?event sp:ofFact ?happened ; sp:onDate/sp:endLatest ?day .
    ?plan sp:ofFact ?fact ; sp:announcedOn ?announced }
    GROUP BY ?happened ?fact"""
_COUNTS = """SELECT ?claim ?about ?first ?last ?value {
    ?claim sp:about ?about ; sp:observedProperty measure:members ; sp:value ?value ; sp:asOf ?on .
    ?on sp:startEarliest ?first ; sp:endLatest ?last }"""
_MEMBERS = """SELECT DISTINCT ?about ?actor ?from ?by {
    ?m a sp:Membership ; sp:participant ?actor ; sp:inActivity ?about .
    OPTIONAL { ?m sp:period/sp:startEarliest ?from } OPTIONAL { ?m sp:period/sp:startLatest ?by }
    FILTER NOT EXISTS { ?actor a sp:State } }"""

_IDENTIFIERS = """SELECT DISTINCT ?one ?scheme ?value {
    ?one sp:identifier ?i . ?i sp:scheme ?scheme ; sp:identifierValue ?value }"""
_STATED = f"""SELECT DISTINCT ?p ?node {{ ?p sp:derived true GRAPH ?g {{ ?node ?p ?value }}
    FILTER(STRSTARTS(STR(?g), "{iri("doc:")}")) }}"""
_UNREAL = """SELECT ?x ?fact { ?x sp:realizes ?fact FILTER NOT EXISTS { ?fact a sp:Fact } }"""


def cross_checks(view: View) -> Iterator[Problem]:
    """Yield what contradicts itself across records."""
    for claim, actor, start, founded in view.rows(_ANACHRONISM):
        text = f"{view.label(actor)} has a role by {start} but was founded on {founded} or later"
        yield Problem("violation", "role-before-its-holder", claim, text)
    for claim, actor, state, _ in view.rows(_LEVEL):
        text = (
            f"the same words are cited for {view.label(state)} and for its agency "
            f"{view.label(actor)}: a country's fact is not its agency's"
        )
        yield Problem("violation", "country-fact-on-agency", claim, text)
    for post, one, _, person, other in view.rows(_HEADS):
        text = f"{view.label(person)} and {view.label(other)} both held {view.label(post)} at once"
        yield Problem("violation", "two-heads-at-once", one, text)
    for event, _, day, announced in view.rows(_EARLY):
        if day < announced:
            text = f"it happened by {day}, before its plan was announced on {announced}"
            yield Problem("violation", "realised-before-announced", event, text)
    yield from _shared_identifiers(view)
    for node, fact in view.rows(_UNREAL):
        text = f"it realizes '{fact.rsplit('/', 1)[-1]}', which no claim is about"
        yield Problem("violation", "realizes-nothing", node, text, value=fact)
    yield from _member_counts(view)
    yield from _derived_stated(view)


def _shared_identifiers(view: View) -> Iterator[Problem]:
    """Grouped here: joined in the query, each identifier would meet all others of its scheme."""
    first: dict[tuple[str, str], str] = {}
    for entity, scheme, value in view.rows(_IDENTIFIERS):
        one = first.setdefault((scheme, value), entity)
        if one != entity:
            text = f"{scheme} '{value}' is also the identifier of {view.label(one)}"
            yield Problem("violation", "one-identifier-two-entities", entity, text, value=value)


def _member_counts(view: View) -> Iterator[Problem]:
    members = view.rows(_MEMBERS)
    for claim, about, first, last, value in view.rows(_COUNTS):
        sure = {actor for a, actor, _, by in members if a == about and "" < by <= first}
        maybe = {actor for a, actor, start, _ in members if a == about and start <= last}
        if maybe and not len(sure) <= int(value) <= len(maybe):
            text = (
                f"{view.label(about)}: {value} members reported for {first} to {last}, "
                f"{len(sure)} to {len(maybe)} on record"
            )
            yield Problem("warning", "reported-against-derived-count", claim, text)


def _derived_stated(view: View) -> Iterator[Problem]:
    """A shortcut that a document graph states would pass for evidence."""
    for prop, node in view.rows(_STATED):
        text = f"{curie(prop)} is derived by rule; a document may not state it"
        yield Problem("violation", "derived-stated", node, text, prop)
