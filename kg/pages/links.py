"""Where the pages are: from an IRI to a path, from a path to a link."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import quote, urlencode, urlsplit

from kg.namespaces import iri, prefixes

PAGES = ("id", "doc", "fact")
"""Kinds of things that have a page of their own."""
CONCEPTS = ("role", "status", "attribution", "theme", "kind", "tier", "seen", "measure")
DATA = {".ttl": "text/turtle", ".jsonld": "application/ld+json", ".nt": "application/n-triples"}
"""Ending → media type of what is said of a thing, as RDF."""
FILES = {
    "id": ("ttl", "jsonld"),
    "doc": ("ttl", "jsonld"),
    "data": ("ttl", "jsonld"),
    "pairs": ("csv", "json"),
    "plans": ("csv", "json"),
    "conflicts": ("csv", "json"),
    "documents": ("csv", "json"),
    "questions": ("csv", "json"),
}
"""First part of a path → formats that a site of files holds beside the page."""
_SAFE = "/-._~!$'()*,;:@"
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}")


def home() -> str:
    """Return what all our IRIs begin with."""
    return prefixes()["id"].removesuffix("id/")


def path_of(full: str) -> str:
    """Return the path of the page of an IRI, with a fragment where it is part of one, or ""."""
    if not full.startswith(home()):
        return ""
    kind, _, rest = full.removeprefix(home()).partition("/")
    if kind in PAGES and rest:
        return f"{kind}/{rest}"
    if kind.startswith("ontology#") or kind in CONCEPTS:
        return "terms#" + term_id(full)
    return {"conflict": f"conflict/{rest}", "source": f"data#{rest}"}.get(kind, "")


def term_id(full: str) -> str:
    """Return the fragment of a term on the page of the terms."""
    return full.removeprefix(home()).removeprefix("ontology#").replace("/", "-")


@dataclass(frozen=True)
class Links:
    """Links of a site that is served.

    Attributes:
        base: What every link begins with.
        clocks: Parameters of the two clocks, carried along.
    """

    base: str = ""
    clocks: tuple[tuple[str, str], ...] = ()
    static: ClassVar[bool] = False

    def page(self, path: str, **query: str) -> str:
        """Return the link to a page.

        Args:
            path: Such as "id/jaxa" or "conflicts#x"; "" for the first page.
            **query: Parameters; empty ones are left out.
        """
        place, _, fragment = path.partition("#")
        pairs = [(k, v) for k, v in query.items() if v]
        pairs += [(k, v) for k, v in self.clocks if k not in query]
        asked = f"?{urlencode(pairs)}" if pairs else ""
        end = f"#{quote(fragment, safe=_SAFE)}" if fragment else ""
        return f"{self.base}/{quote(place, safe=_SAFE)}{asked}{end}"

    def of(self, full: str) -> str:
        """Return the link to the page of an IRI, or "" where it has none."""
        path = path_of(full)
        return self.page(path) if path else ""

    def data(self, path: str, ending: str, **query: str) -> str:
        """Return the link to a page's content in another format, such as ".ttl"."""
        return self.page(path + ending, **query)

    def action(self, path: str) -> str:
        """Return where a form asks: a link without parameters."""
        return f"{self.base}/{quote(path, safe=_SAFE)}"

    def names(self) -> str:
        """Return where completion asks for names."""
        return self.action("search.json")

    def offers(self, path: str, forms: Sequence[str]) -> Sequence[str]:
        """Return the formats, of some, in which a page is there."""
        return forms if path else ()

    def canonical(self, path: str) -> str:
        """Return the address that stands for a page wherever it is read, or "" where unknown."""
        del path
        return ""

    def asset(self, name: str) -> str:
        """Return the link to a style sheet, script or icon of ours."""
        return f"{self.base}/static/{name}"

    def has(self, path: str) -> bool:
        """Say whether there is such a page."""
        return bool(path)


def file_of(path: str, ending: str = ".html") -> str:
    """Return the name of the file that holds a page of a static site.

    What is not safe as a file name everywhere is named by its digest.

    Args:
        path: Path of a page; "" for the first.
        ending: Of the file name.
    """
    parts = [p if _NAME.fullmatch(p) else _digest(p) for p in path.split("/")] if path else []
    return "/".join(parts or ["index"]) + ending


def _digest(part: str) -> str:
    return "x-" + hashlib.sha256(part.encode()).hexdigest()[:24]


@dataclass(frozen=True)
class Relative(Links):
    """Links of a static site, relative to one of its pages.

    Attributes:
        here: Path of the page that has the links.
        known: Paths of all pages there are.
        site: Address of the first page, with a slash at its end, or "".
        anywhere: Whether the page is shown at any path, as that for what is not there is.
    """

    here: str = ""
    known: frozenset[str] = frozenset()
    site: str = ""
    anywhere: bool = False
    static: ClassVar[bool] = True

    def page(self, path: str, **_query: str) -> str:
        """Return the relative link to a page; parameters mean nothing here."""
        place, _, fragment = path.partition("#")
        end = f"#{quote(fragment, safe=_SAFE)}" if fragment else ""
        return self._up() + quote(file_of(place)) + end

    def of(self, full: str) -> str:
        """Return the link to the page of an IRI, or "" where there is none."""
        path = path_of(full)
        return self.page(path) if self.has(path) else ""

    def data(self, path: str, ending: str, **_query: str) -> str:
        """Return the relative link to a page's content in another format."""
        return self._up() + quote(file_of(path, ending))

    def action(self, path: str) -> str:
        """Return where a form asks."""
        return self.page(path)

    def names(self) -> str:
        """Return the script that holds all names."""
        return self.asset("names.js")

    def offers(self, path: str, forms: Sequence[str]) -> Sequence[str]:
        """Return the formats, of some, in which a page is there."""
        kind = path.partition("/")[0]
        return [form for form in forms if form in FILES.get(kind, ())]

    def canonical(self, path: str) -> str:
        """Return the address that stands for a page wherever it is read, or ""."""
        return self.site + quote(file_of(path)) if self.site and not self.anywhere else ""

    def asset(self, name: str) -> str:
        """Return the relative link to a style sheet, script or icon of ours."""
        return f"{self._up()}static/{name}"

    def file(self, name: str) -> str:
        """Return the relative link to a file, named from the root of the site."""
        return self._up() + quote(name)

    def has(self, path: str) -> bool:
        """Say whether there is such a page."""
        return path.partition("#")[0] in self.known

    def _up(self) -> str:
        if self.anywhere and self.site:
            return urlsplit(self.site).path
        return "../" * self.here.count("/")


def iri_of(path: str) -> str:
    """Return the IRI that a path stands for, or "" where it stands for none."""
    kind, _, rest = path.partition("/")
    return iri(f"{kind}:{rest}") if kind in (*PAGES, "claim", "evidence") and rest else ""
