"""From what a page says to its HTML: the templates, and what every page has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.namespaces import curie, iri, sp
from kg.pages.http import HTML, Request, Response
from kg.pages.languages import LANGUAGES
from kg.pages.links import DATA, Links
from kg.pages.memory import Memory
from kg.pages.scope import Scope
from kg.pages.site import Site
from kg.period import describe
from kg.phrase import phrase
from kg.safe import clean, web_address
from kg.table import NOT_STATED, flat

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent
LONG = 400
"""Characters of a name or a quotation that a page prints; the data hold all of them."""
SITE = "Space partnerships"
ID_LINKS = {
    "wikidata": "https://www.wikidata.org/wiki/",
    "ror": "https://ror.org/",
}
"""Scheme of an identifier → where an identifier of it leads."""


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
            dispute=self.dispute,
            titled=self.titled,
            **content,
        )
        return Response(status, HTML, text.encode("utf-8", "replace"))

    def label(self, thing: str) -> str:
        """Return the label of a thing; names do not depend on the documents that count."""
        return self.site.full.label(thing)

    def titled(self, document: str) -> str:
        """Return the title of a document, or "" where it has none."""
        return self.site.full.value(iri(f"doc:{document}"), iri("dct:title"))

    def dispute(self, node: str) -> str:
        """Return what a contradiction is about."""
        view = self.view
        claims = view.objects(node, sp("concerns"))
        prop = view.label(view.value(node, sp("conflictProperty")))
        return f"{phrase(view, claims[0])}: {prop}" if claims else curie(node)


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
        "capfirst": capfirst,
        "curie": curie,
        "describe": describe,
        "flat": flat,
        "iri": iri,
        "many": many,
        "short": short,
        "slug": slug,
        "web": web_address,
    }
    made.globals |= {
        "DATA": DATA,
        "ID_LINKS": ID_LINKS,
        "LANGUAGES": LANGUAGES,
        "NOT_STATED": NOT_STATED,
        "SITE": SITE,
    }
    return made


def _clean(value: Any) -> Any:
    """Take out of every printed text what would turn round or break the text after it."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return clean(value)


def short(text: str, most: int = LONG) -> str:
    """Return a text, cut where it is too long for a page."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def slug(full: str) -> str:
    """Return the last part of an IRI, for a fragment."""
    return full.rsplit("/", 1)[-1]


def capfirst(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def many(number: int, one: str, several: str = "") -> str:
    """Return a number with its noun, such as "1 document" or "2 documents"."""
    return f"{number:,} {one if number == 1 else several or one + 's'}".replace(",", "\u202f")


def assets() -> list[str]:
    """Return the names of our style sheets, scripts and icons, sorted."""
    return sorted(p.name for p in (_HERE / "static").iterdir() if p.is_file())


def asset(name: str) -> bytes | None:
    """Return a style sheet, script or icon of ours, or None."""
    return (_HERE / "static" / name).read_bytes() if name in assets() else None
