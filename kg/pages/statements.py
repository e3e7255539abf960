"""The page of a fact with all its claims, and the way there from a claim."""

from __future__ import annotations

from dataclasses import replace

from kg.namespaces import sp
from kg.pages import rdf, things
from kg.pages.facts import entries, mentioned, of_fact
from kg.pages.http import Response, redirect
from kg.pages.links import path_of
from kg.pages.negotiate import no_page
from kg.pages.render import Asked, slug


def fact(asked: Asked) -> Response:
    """Return a fact: what each document says of it, or data."""
    full, rest, asked = things.find(asked)
    if rest:
        raise no_page(asked.path)
    if not asked.form:
        return things.unacceptable()
    listed = of_fact(asked.view, full)
    claims = listed.claims if listed else ()
    if asked.form != "html":
        form = asked.form if asked.form in rdf.FORMS else "ttl"
        made = rdf.response(asked.view, [full], claims, form)
    else:
        found = entries(asked.view, [listed] if listed else [], asked.scope.on)
        named = {part.thing for entry in found for part in entry.parts}
        about = sorted({t for c in claims for t in mentioned(asked.view, c)} - named)
        made = asked.html("fact.html", fact=full, entries=found, about=about)
    return replace(made, headers=things.headers(asked))


def claim(asked: Asked) -> Response:
    """Lead from a claim to the fact that it is about, or return its triples."""
    full, _, asked = things.find(asked)
    if asked.form in rdf.FORMS:
        return rdf.response(asked.view, [], [full], asked.form)
    about = path_of(asked.site.full.value(full, sp("ofFact")))
    return redirect(303, asked.links.page(f"{about}#{slug(full)}"))
