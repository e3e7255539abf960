"""A server on loopback that answers as it is told, and a client that does not really wait."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.fetch.client import Client

DATE = "Tue, 24 Nov 2026 00:00:00 GMT"


@dataclass
class Reply:
    """One answer: the whole content, or a part of it when a range is asked for."""

    content: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = ""
    cut: int = 0
    ranges: bool = True


@dataclass
class Site:
    """A server: replies by path, in turn; the last one stays."""

    root: str
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def put(self, path: str, *replies: Reply) -> str:
        self.replies[path] = list(replies)
        return self.root + path

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


def _answer(handler: BaseHTTPRequestHandler, site: Site) -> None:
    headers = {k.lower(): v for k, v in handler.headers.items()}
    site.asked.append((handler.path, headers))
    queue = site.replies.get(handler.path) or [Reply(b"not here", 404)]
    reply = queue.pop(0) if len(queue) > 1 else queue[0]
    status, content, more = reply.status, reply.content, dict(reply.headers)
    if reply.etag:
        more["ETag"] = reply.etag
        if headers.get("if-none-match") == reply.etag:
            status, content = 304, b""
    match = re.fullmatch(r"bytes=(\d+)-", headers.get("range", ""))
    if match and reply.ranges and status == 200:
        start = int(match[1])
        fits = headers.get("if-range") == reply.etag
        if fits and start < len(content):
            more["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
            status, content = 206, content[start:]
        elif fits:
            status, content = 416, b""
    handler.send_response_only(status)
    handler.send_header("Date", DATE)
    for name, value in more.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content[: reply.cut] if reply.cut else content)
    handler.close_connection = True


@pytest.fixture
def site() -> Iterator[Site]:
    """A fresh server on 127.0.0.1."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _answer(self, found)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Site(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def waits() -> list[float]:
    """The seconds that the client would have waited."""
    return []


@pytest.fixture
def client(waits: list[float]) -> Client:
    """A client that may ask this machine, and only notes how long it would wait."""
    return Client(pause=0.0, loopback=True, sleep=waits.append)


@pytest.fixture
def reply() -> Callable[..., Reply]:
    """Make a reply."""
    return Reply


@dataclass(frozen=True)
class Ran:
    """What one run of `kg` left."""

    code: int
    out: str
    err: str


@pytest.fixture
def kg(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Ran]:
    """Run `kg …` on a workspace of the test's own, without ever waiting."""
    from kg import cli

    monkeypatch.setenv("KG_WORKSPACE", str(tmp_path / "ws"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("time.sleep", lambda _seconds: None)

    def run(*args: object) -> Ran:
        monkeypatch.setattr("sys.argv", ["kg", *map(str, args)])
        capfdbinary.readouterr()
        try:
            cli.run()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capfdbinary.readouterr()
        return Ran(code, out.decode(), err.decode())

    return run
