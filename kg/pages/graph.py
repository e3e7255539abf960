"""The interactive graph around a thing: the page of `kg view`, with the policy it needs."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from kg.errors import UnknownNameError
from kg.namespaces import iri
from kg.pages.http import HTML, Response
from kg.pages.memory import Memory
from kg.pages.render import Asked
from kg.projection import neighbourhood, typed
from kg.view import render
from kg.view.assemble import picture

_POLICY = re.compile('http-equiv="Content-Security-Policy" content="([^"]*)"')


def page(asked: Asked) -> Response:
    """Return the graph of what is one link away from a thing; years are filtered on the page."""
    name = asked.path.partition("/")[2]
    thing = iri("id:" + name)
    graph = asked.view.once("typed", _typed)
    if thing not in graph:
        raise UnknownNameError(f"no fact joins '{name}' to another thing", fix="search for a name")
    near = neighbourhood(graph, thing, 1)
    text = render(picture(asked.view, near, f"{asked.label(thing)}: 1 link away"))
    found = _POLICY.search(text)
    policy = unescape(found[1]) if found else "default-src 'none'"
    return Response(200, HTML, text.encode(), (("Content-Security-Policy", policy),))


def _typed(view: Memory) -> Any:
    return typed(view)
