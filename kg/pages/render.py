"""From what a page says to its HTML: the templates, and what every page has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.namespaces import curie, iri
from kg.pages.http import HTML, Request, Response
from kg.pages.links import Links, web_address
from kg.pages.memory import Memory
from kg.pages.scope import Scope
from kg.pages.site import Site
from kg.table import NOT_STATED

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent
# Embedding, override and isolate controls reorder the text after them; C0 and C1 have no glyph.
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
LONG = 400
"""Characters of a name or a quotation that a page prints; the data hold all of them."""
SITE = "Space partnerships"


@dataclass(frozen=True)
class Asked:
    """A request, understood: what is asked, in which documents, and how to link.

    Attributes:
        site: What the pages share.
        request: The request.
        scope: The documents that count, and the day asked about.
        links: Where the other pages are.
        path: Path of the page, without slash and without the ending of a format.
        form: Format asked for, such as "html" or "csv".
    """

    site: Site
    request: Request
    scope: Scope
    links: Links
    path: str
    form: str = "html"

    @property
    def view(self) -> Memory:
        """The documents that count."""
        return self.scope.view

    def html(self, template: str, *, status: int = 200, **content: Any) -> Response:
        """Return a page.

        Args:
            template: Name of the template.
            status: HTTP status code.
            **content: What the template says.
        """
        found = environment().get_template(template)
        text = found.render(
            asked=self,
            links=self.links,
            scope=self.scope,
            view=self.view,
            label=self.label,
            **content,
        )
        return Response(status, HTML, text.encode("utf-8", "replace"))

    def label(self, thing: str) -> str:
        """Return the label of a thing; names do not depend on the documents that count."""
        return self.site.full.label(thing)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates; everything that they print is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_clean,
    )
    made.filters |= {
        "curie": curie,
        "web": web_address,
        "short": short,
        "many": many,
        "iri": iri,
        "slug": slug,
    }
    made.globals |= {"SITE": SITE, "NOT_STATED": NOT_STATED}
    return made


def _clean(value: Any) -> Any:
    """Take out of every printed text what would turn round or break the text after it."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return (
        _SURROGATE.sub("\ufffd", _HIDDEN.sub("", value)) if not value.isascii() else _ascii(value)
    )


def _ascii(value: str) -> str:
    return value if value.isprintable() else _HIDDEN.sub("", value)


def short(text: str, most: int = LONG) -> str:
    """Return a text, cut where it is too long for a page."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def slug(full: str) -> str:
    """Return the last part of an IRI, for a fragment."""
    return full.rsplit("/", 1)[-1]


def many(number: int, one: str, several: str = "") -> str:
    """Return a number with its noun, such as "1 document" or "2 documents"."""
    return f"{number:,} {one if number == 1 else several or one + 's'}".replace(",", "\u202f")


def asset(name: str) -> bytes | None:
    """Return a style sheet, script or icon of ours, or None."""
    folder = _HERE / "static"
    known = {p.name: p for p in folder.iterdir() if p.is_file()}
    return known[name].read_bytes() if name in known else None
