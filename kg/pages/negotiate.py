"""Which format is wanted: by the end of the path, a parameter, or the Accept header (RFC 9110)."""

from __future__ import annotations

from collections.abc import Mapping

from kg.accept import choose
from kg.errors import KGError, UnknownNameError, suggest

HTML = "html"
THING = {
    HTML: "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "csv": "text/csv",
    "json": "application/json",
}
"""What a thing is offered as."""
TABLE = {HTML: "text/html", "csv": "text/csv", "json": "application/json"}
"""What an answer in rows is offered as."""


def ending(path: str, offers: Mapping[str, str]) -> tuple[str, str]:
    """Return a path without the ending of a format, and the format, or ""."""
    stem, dot, form = path.rpartition(".")
    return (stem, form) if dot and stem and form in offers and form != HTML else (path, "")


def chosen(form: str, given: str, accept: str, offers: Mapping[str, str]) -> str:
    """Return the format to answer in.

    Args:
        form: By the ending of the path, or "".
        given: Value of the parameter `format`, or "".
        accept: The Accept header, or "".
        offers: Format → media type.

    Returns:
        The format, or "" where the header accepts none.

    Raises:
        KGError: If the parameter names a format that there is not.
    """
    if given and given not in offers:
        fix = suggest(given, offers) or "known: " + ", ".join(offers)
        raise KGError(f"there is no format '{given}' of this page", fix=fix)
    return form or given or _accepted(accept, offers)


def _accepted(accept: str, offers: Mapping[str, str]) -> str:
    media = choose(accept, offers.values())
    return next((form for form, offered in offers.items() if offered == media), "")


def no_page(path: str) -> UnknownNameError:
    """Return the error that there is no page at a path."""
    return UnknownNameError(f"there is no page '{path}'", fix="search for a name")
