"""The search page, and completion for its box."""

from __future__ import annotations

import json
from collections.abc import Callable

from kg.pages.http import Response
from kg.pages.names import Hit
from kg.pages.render import Asked
from kg.phrase import class_of
from kg.vocab import load

COMPLETED = 12
LISTED = 60
LONGEST = 200
"""Characters that are looked for."""


def page(asked: Asked) -> Response:
    """List the things whose names fit what was typed."""
    typed = asked.request.get("q")[:LONGEST]
    hits = asked.site.index.find(typed, LISTED) if typed else []
    near = asked.site.index.near(typed) if typed and not hits else []
    return asked.html("search.html", typed=typed, hits=hits, near=near, kind=_kind(asked))


def completion(asked: Asked) -> Response:
    """Return the first hits as JSON: thing, label, name that fits, kind, and link."""
    kind = _kind(asked)
    found = [
        {
            "id": hit.thing.rsplit("/", 1)[-1],
            "label": asked.label(hit.thing),
            "name": hit.name,
            "kind": kind(hit),
            "href": asked.links.of(hit.thing),
        }
        for hit in asked.site.index.find(asked.request.get("q")[:LONGEST], COMPLETED)
    ]
    body = json.dumps({"hits": found}, ensure_ascii=False, separators=(",", ":"))
    return Response(200, "application/json; charset=utf-8", body.encode())


def _kind(asked: Asked) -> Callable[[Hit], str]:
    words = load()

    def kind(hit: Hit) -> str:
        cls = class_of(asked.site.full, hit.thing)
        return words.label(words.classes[cls]) if cls in words.classes else ""

    return kind
