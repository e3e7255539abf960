"""The first page: what this is, how much there is, and where to begin."""

from __future__ import annotations

from kg.pages.http import Response
from kg.pages.render import Asked


def page(asked: Asked) -> Response:
    """Return the first page."""
    return asked.html("home.html")
