"""The application (ASGI): which process answers which path, and what each answer carries.

It holds no store and does no work of its own, so nothing that is asked can keep it busy.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl

from kg.accept import choose
from kg.serve import protocol
from kg.serve.answer import Answer, RefusedError
from kg.serve.formats import GRAPHS
from kg.serve.headers import SECURITY, allowed_origin, known_host
from kg.serve.pool import Pool
from kg.serve.settings import Settings

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]
ENDPOINT, FORM, VOID, HEALTH, STATIC = (
    "/sparql",
    "/query",
    "/.well-known/void",
    "/healthz",
    "/static/",
)
SLOW = {"graph", "pair"}
"""First parts of the paths of pages that take long to draw."""
CLOCK = {"as_of", "as-of"}
_READ = "GET, HEAD"
_CHUNK = 64 * 1024
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LOG = logging.getLogger("kg.serve.access")


@dataclass(frozen=True)
class Request:
    """What a client sent.

    Attributes:
        method: In capitals.
        path: Decoded.
        query_string: Still encoded.
        headers: Names in lower case.
        receive: Where the content comes from.
    """

    method: str
    path: str
    query_string: bytes
    headers: dict[str, str]
    receive: Receive

    @classmethod
    def of(cls, scope: dict[str, Any], receive: Receive) -> Request:
        """Read the head of a request."""
        headers: dict[str, str] = {}
        for raw, value in scope["headers"]:
            name, text = raw.decode("latin-1"), value.decode("latin-1")
            headers[name] = f"{headers[name]}, {text}" if name in headers else text
        return cls(scope["method"], scope["path"], scope["query_string"], headers, receive)

    def header(self, name: str) -> str:
        """Return a header, or ""."""
        return self.headers.get(name, "")

    @cached_property
    def query(self) -> list[tuple[str, str]]:
        """The parameters; signs that are not UTF-8 are replaced."""
        try:
            return parse_qsl(self.query_string.decode("latin-1"), True, max_num_fields=200)
        except ValueError:
            raise RefusedError(400, "too many parameters") from None


class App:
    """Routes requests.

    Args:
        settings: What was chosen.
        pages: Processes for pages.
        aside: A process for pages as of a day, and other slow ones: it keeps the restricted
            views, which take seconds to make, out of the way of the others.
        sparql: Processes for queries.
    """

    def __init__(self, settings: Settings, pages: Pool, aside: Pool, sparql: Pool) -> None:
        self._settings, self._pages, self._aside, self._sparql = settings, pages, aside, sparql
        self._files: dict[str, Answer] = {}

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request, and write one line about it."""
        started = time.perf_counter()
        request = Request.of(scope, receive)
        try:
            answer = await self._answer(request)
        except RefusedError as refused:
            answer = refused.answer
        answer = self._dressed(request, answer)
        try:
            await _send(answer, send)
        finally:
            spent = round((time.perf_counter() - started) * 1000, 1)
            about = {"method": request.method, "path": request.path[:200], "status": answer.status}
            fields = about | {"bytes": len(answer.body), "ms": spent}
            _LOG.info("request", extra={"fields": fields})

    async def _answer(self, request: Request) -> Answer:
        if not known_host(request.header("host"), self._settings):
            raise RefusedError(421, "this server does not answer to that name")
        path = request.path
        if path.rstrip("/") == ENDPOINT:
            return await self._endpoint(request)
        _only_read(request)
        if path == HEALTH:
            return self._health()
        if path == VOID:
            return await self._describe(request, "void")
        if path.startswith(STATIC):
            return _conditional(request, await self._static(path.removeprefix(STATIC)))
        return await self._page(request)

    async def _endpoint(self, request: Request) -> Answer:
        if request.method == "OPTIONS":
            return Answer(204, headers=(("Allow", protocol.METHODS),))
        body = await self._content(request)
        asked = protocol.read(request.method, request.query_string, request.headers, body)
        if not asked.query:
            if choose(request.header("accept"), (*GRAPHS, "text/html")) == "text/html":
                place = self._settings.base + FORM
                return Answer(303, headers=(("Location", place), ("Vary", "Accept")))
            return await self._describe(request, "service")
        job = {"do": "sparql", "default": asked.default, "named": asked.named}
        job |= {"accept": request.header("accept"), "base": self._root(request) + ENDPOINT}
        work = self._sparql.ask(job, asked.query.encode())
        answer, _ = await _while_there(request, work)
        return replace(answer, headers=(*answer.headers, ("Cache-Control", "no-cache")))

    async def _describe(self, request: Request, what: str) -> Answer:
        job = {"do": "description", "what": what, "root": self._root(request)}
        return await self._cached(request, self._pages, job | {"accept": request.header("accept")})

    async def _page(self, request: Request) -> Answer:
        job = {"do": "page", "path": request.path, "query": request.query}
        job |= {"accept": request.header("accept"), "base": self._settings.base}
        return await self._cached(request, self._pool(request), job)

    def _root(self, request: Request) -> str:
        """Address of the server for its clients, without a slash at the end."""
        return self._settings.base_url.rstrip("/") or "http://" + request.header("host")

    def _pool(self, request: Request) -> Pool:
        """Whose processes answer a page: what may take long is kept away from the rest."""
        names = {name for name, value in request.query if value.strip()}
        head = request.path.lstrip("/").partition("/")[0].partition(".")[0]
        if head == FORM.lstrip("/") and "query" in names:
            return self._sparql
        return self._aside if head in SLOW or names & CLOCK else self._pages

    async def _cached(self, request: Request, pool: Pool, job: dict[str, Any]) -> Answer:
        """Same build, same request, same bytes: what the client has need not be made again."""
        if _tag(pool.identity, job) in _tags(request):
            return Answer(304, headers=_cache(_tag(pool.identity, job)))
        answer, identity = await pool.ask(dict(job))
        headers = answer.headers
        if all(name.lower() != "vary" for name, _ in headers):
            headers = (*headers, ("Vary", "Accept"))
        if answer.status == 200:
            headers = (*headers, *_cache(_tag(identity, job)))
        return replace(answer, headers=headers)

    async def _content(self, request: Request) -> bytes:
        most = self._settings.body
        found: bytes = b""
        if request.method != "POST":
            return found
        while True:
            event = await request.receive()
            if event["type"] == "http.disconnect":
                raise _left()
            found += event.get("body", b"")
            if len(found) > most:
                raise RefusedError(413, f"more than {most} bytes", ("Connection", "close"))
            if not event.get("more_body"):
                return found

    async def _static(self, name: str) -> Answer:
        """A file of ours; there are few, and they are kept."""
        if name in self._files:
            return self._files[name]
        if not _NAME.fullmatch(name):
            raise RefusedError(404, "no such file")
        found, _ = await self._pages.ask({"do": "static", "name": name})
        if found.status == 200:
            tag = f'"{hashlib.sha256(found.body).hexdigest()[:24]}"'
            found = self._files[name] = replace(found, headers=(*found.headers, *_cache(tag)))
        return found

    def _health(self) -> Answer:
        body = json.dumps({"status": "ok", "build": self._pages.build}).encode()
        return Answer(200, "application/json", body, (("Cache-Control", "no-store"),))

    def _dressed(self, request: Request, answer: Answer) -> Answer:
        own = {name.lower() for name, _ in answer.headers}
        added = [(name, value) for name, value in SECURITY if name.lower() not in own]
        if request.path.rstrip("/") in {ENDPOINT, VOID}:
            added += self._cors(request)
        elif "cross-origin-resource-policy" not in own:
            added.append(("Cross-Origin-Resource-Policy", "same-origin"))
        return replace(answer, headers=(*answer.headers, *added))

    def _cors(self, request: Request) -> list[tuple[str, str]]:
        origin = allowed_origin(request.header("origin"), self._settings)
        if not origin:
            return [("Vary", "Origin")]
        found = [("Access-Control-Allow-Origin", origin), ("Vary", "Origin")]
        if request.method == "OPTIONS":
            found.append(("Access-Control-Allow-Methods", "GET, HEAD, POST"))
            found.append(("Access-Control-Allow-Headers", "Accept, Content-Type"))
            found.append(("Access-Control-Max-Age", "86400"))
        return found


def _only_read(request: Request) -> None:
    if request.method not in _READ.split(", "):
        raise RefusedError(405, f"{request.method} is not for this address", ("Allow", _READ))


def _tag(identity: str, job: dict[str, Any]) -> str:
    """An entity tag (RFC 9110, section 8.8.3)."""
    asked = json.dumps(job, sort_keys=True).encode()
    return f'"{identity}-{hashlib.sha256(asked).hexdigest()[:16]}"'


def _tags(request: Request) -> set[str]:
    given = request.header("if-none-match").split(",")
    return {tag.strip().removeprefix("W/") for tag in given}


def _cache(tag: str) -> tuple[tuple[str, str], ...]:
    return ("ETag", tag), ("Cache-Control", "no-cache")


def _conditional(request: Request, answer: Answer) -> Answer:
    tags = [pair for pair in answer.headers if pair[0] == "ETag"]
    if tags and tags[0][1] in _tags(request):
        return Answer(304, headers=_cache(tags[0][1]))
    return answer


async def _while_there(request: Request, work: Awaitable[tuple[Answer, str]]) -> tuple[Answer, str]:
    """Wait for an answer, or stop the work when the client goes away."""
    doing, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_gone(request.receive))
    try:
        await asyncio.wait({doing, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not doing.done():
            raise _left()
        return doing.result()
    finally:
        doing.cancel()
        leaving.cancel()


def _left() -> RefusedError:
    """For the log: nobody is there to read it."""
    return RefusedError(499, "the client went away")


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        """A client that still sends is still there."""


async def _send(answer: Answer, send: Send) -> None:
    headers = [*answer.headers]
    if answer.status not in {204, 304}:
        headers += [("Content-Type", answer.media), ("Content-Length", str(len(answer.body)))]
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": raw})
    for start in range(0, max(len(answer.body), 1), _CHUNK):
        part, more = answer.body[start : start + _CHUNK], start + _CHUNK < len(answer.body)
        await send({"type": "http.response.body", "body": part, "more_body": more})
