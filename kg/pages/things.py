"""Which thing a path means, and what its page needs of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.errors import UnknownNameError
from kg.namespaces import RDFS_LABEL, iri, sp
from kg.pages.http import Response
from kg.pages.languages import LANGUAGES
from kg.pages.links import DATA, iri_of
from kg.pages.memory import Memory
from kg.pages.negotiate import THING, chosen, ending
from kg.pages.render import Asked


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a thing.

    Attributes:
        text: As its source writes it.
        tag: Language tag, or "".
        kind: name, also or abbreviation.
    """

    text: str
    tag: str
    kind: str

    @property
    def language(self) -> str:
        """The language in English, or its tag, or "" where none is stated."""
        return LANGUAGES.get(self.tag, self.tag)


def names(view: Memory, thing: str) -> list[Name]:
    """Return the names of a thing: English ones first, then by language."""
    kinds = (
        ("name", RDFS_LABEL),
        ("also", iri("skos:altLabel")),
        ("abbreviation", sp("abbreviation")),
    )
    found = [
        Name(t.value, getattr(t, "language", None) or "", kind)
        for kind, prop in kinds
        for t in view.terms(thing, prop)
    ]
    order = [kind for kind, _ in kinds]
    return sorted(found, key=lambda n: (order.index(n.kind), n.tag != "en", n.tag, n.text))


def find(asked: Asked) -> tuple[str, str, Asked]:
    """Find the thing that a path means.

    Returns:
        Its IRI, the rest of the path below it, and what is asked with the path of the thing and
        the format: by ending, parameter or Accept header; "" where none is acceptable.

    Raises:
        UnknownNameError: If there is no such thing.
        KGError: If the format does not exist.
    """
    given, accept = asked.request.get("format"), asked.request.accept
    path, form = asked.path, ""
    if not _exists(asked, path):
        path, form = ending(path, THING)
    if _exists(asked, path):
        wanted = chosen(form, given, accept, THING)
        return iri_of(path), "", replace(asked, path=path, form=wanted)
    parts = asked.path.split("/")
    head = "/".join(parts[:2])
    if len(parts) > 2 and _exists(asked, head):
        return iri_of(head), "/".join(parts[2:]), replace(asked, form="html")
    kind = {"doc": "document", "fact": "fact", "claim": "claim"}.get(parts[0], "thing")
    name = path.partition("/")[2]
    raise UnknownNameError(f"there is no {kind} '{name}'", fix="search for a name, or see below")


def _exists(asked: Asked, path: str) -> bool:
    full = iri_of(path)
    try:
        return bool(full and asked.site.full.types(full))
    except ValueError:
        return False


def unacceptable() -> Response:
    """Return that no format fits the Accept header, with those that there are."""
    known = "".join(f"{media}\n" for media in THING.values())
    return Response(406, "text/plain; charset=utf-8", f"offered:\n{known}".encode(), _VARY)


_VARY = (("Vary", "Accept"),)


def headers(asked: Asked) -> tuple[tuple[str, str], ...]:
    """Return the headers of the page of a thing: it varies, and what else it is offered as."""
    others = [
        f'<{asked.links.data(asked.path, end)}>; rel="alternate"; type="{media}"'
        for end, media in DATA.items()
    ]
    return (*_VARY, ("Link", ", ".join(others)))
