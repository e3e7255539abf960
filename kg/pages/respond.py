"""From a request to a page: which page answers which path, and what is said when none does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.errors import KGError, UnknownNameError
from kg.pages import (
    asking,
    dataset,
    documents,
    entity,
    graph,
    home,
    pairs,
    registers,
    search,
    statements,
    terms,
)
from kg.pages.http import Request, Response, redirect
from kg.pages.links import Links
from kg.pages.negotiate import no_page
from kg.pages.render import Asked, asset
from kg.pages.scope import Scope, scope_of
from kg.pages.site import Site

Page = Callable[[Asked], Response]
_FIRST: dict[str, Page] = {
    "": home.page,
    "search": search.page,
    "search.json": search.completion,
    "id": entity.page,
    "doc": documents.page,
    "fact": statements.fact,
    "claim": statements.claim,
    "graph": graph.page,
    "pair": pairs.page,
    "pairs": pairs.index,
    "plans": registers.plan_page,
    "conflicts": registers.conflict_index,
    "conflict": registers.conflict_page,
    "questions": asking.page,
    "query": asking.sparql,
    "documents": documents.index,
    "data": dataset.page,
    "things": terms.things,
    "terms": terms.page,
}
"""First part of a path → the page below it."""
_MEDIA = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


def respond(site: Site, request: Request) -> Response:
    """Answer a request.

    Args:
        site: The pages of a store.
        request: What is asked.

    Returns:
        A page, data, a redirection, or a page that says what is wrong: 400 for a value that
        cannot be, 404 for a name that nothing has, 406 for a format that there is not.
    """
    path = request.path.lstrip("/")
    asked = Asked(site, request, Scope(site.full), Links(request.base), path)
    try:
        scope = scope_of(site, request)
        asked = replace(asked, scope=scope, links=Links(request.base, scope.clocks))
        return answer(asked)
    except UnknownNameError as error:
        return _problem(asked, 404, error)
    except KGError as error:
        return _problem(asked, 400, error)


def answer(asked: Asked) -> Response:
    """Answer what is asked.

    Raises:
        UnknownNameError: If there is no such page.
        KGError: If a value cannot be.
    """
    if asked.path.endswith("/") and asked.path.rstrip("/"):
        place = asked.links.page(asked.path.rstrip("/"), **dict(asked.request.query))
        return redirect(301, place)
    first = asked.path.partition("/")[0]
    page = _FIRST.get(first) or _FIRST.get(first.rpartition(".")[0] or first)
    if page is None or (not first and asked.path):
        raise no_page(asked.path)
    return page(asked)


def _problem(asked: Asked, status: int, error: KGError) -> Response:
    near = asked.site.index.near(asked.path.rsplit("/", 1)[-1][:100]) if status == 404 else []
    return asked.html("problem.html", status=status, error=error, near=near)


def static(name: str) -> Response:
    """Return a style sheet, script or icon of ours.

    Args:
        name: Name of the file, without a folder.
    """
    body = asset(name)
    if body is None:
        return Response(404, "text/plain; charset=utf-8", b"no such file\n")
    media = _MEDIA.get(name.rsplit(".", 1)[-1], "application/octet-stream")
    charset = "" if media.startswith("image/") else "; charset=utf-8"
    return Response(200, media + charset, body)
