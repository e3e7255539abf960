"""The page of a thing, of a document, and of a fact."""

from __future__ import annotations

from kg.errors import UnknownNameError
from kg.namespaces import sp
from kg.pages import links
from kg.pages.facts import about, entries, of_fact, stated_by
from kg.pages.http import Response, redirect
from kg.pages.links import home
from kg.pages.render import Asked


def _existing(asked: Asked) -> str:
    full = links.iri_of(asked.path)
    if not full or not asked.site.full.types(full):
        raise UnknownNameError(f"there is nothing called '{asked.path}'", fix="search for a name")
    return full


def page(asked: Asked) -> Response:
    """Return the page of a thing of the register."""
    thing = _existing(asked)
    return asked.html(
        "entity.html",
        thing=thing,
        entries=entries(asked.view, about(asked.view, thing)[:50], asked.scope.on),
    )


def document(asked: Asked) -> Response:
    """Return the page of a document."""
    thing = _existing(asked)
    return asked.html(
        "entity.html",
        thing=thing,
        entries=entries(asked.view, stated_by(asked.view, thing)[:50], asked.scope.on),
    )


def fact(asked: Asked) -> Response:
    """Return the page of a fact."""
    thing = _existing(asked)
    listed = of_fact(asked.view, thing)
    return asked.html(
        "entity.html",
        thing=thing,
        entries=entries(asked.view, [listed] if listed else [], asked.scope.on),
    )


def claim(asked: Asked) -> Response:
    """Lead from a claim to the fact that it is about."""
    full = _existing(asked)
    fact_iri = asked.site.full.value(full, sp("ofFact"))
    return redirect(303, asked.links.page(fact_iri.removeprefix(home())))
