"""Pages that a test can ask to be slow, to fail, or to say what they were asked."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Request:
    path: str
    query: tuple[tuple[str, str], ...] = ()
    accept: str = ""
    base: str = ""


@dataclass(frozen=True)
class Response:
    status: int
    media: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


class Site:
    def __init__(self, view) -> None:
        self.view = view


def respond(site: Site, request: Request) -> Response:
    match request.path.split("/"):
        case ["", "sleep", seconds]:
            time.sleep(float(seconds))
        case ["", "die"]:
            os._exit(3)
        case ["", "fail"]:
            raise RuntimeError("a page that fails")
        case ["", "missing"]:
            return Response(404, "text/html; charset=utf-8", b"<p>nothing here</p>")
        case ["", "graph"]:
            own = (("Content-Security-Policy", "default-src 'self'"),)
            return Response(200, "text/html; charset=utf-8", b"<p>graph</p>", own)
    said = {
        "path": request.path,
        "query": request.query,
        "accept": request.accept,
        "base": request.base,
        "build": site.view.path.name,
        "quads": len(site.view.store),
        "pid": os.getpid(),
    }
    return Response(200, "application/json", json.dumps(said).encode())


def static(name: str) -> Response:
    if name == "kg.css":
        return Response(200, "text/css; charset=utf-8", b"p { color: black }")
    return Response(404, "text/plain; charset=utf-8", b"no such file\n")
