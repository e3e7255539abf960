"""Start, ask and stop a real server on 127.0.0.1; it is ended by its own process id."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FORM = "application/x-www-form-urlencoded"
MONSTER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Running:
    """A server process and where it answers."""

    process: subprocess.Popen[str]
    address: str
    log: Path

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    @property
    def endpoint(self) -> str:
        return self.address + "sparql"

    def ask(
        self,
        path: str = "/sparql",
        method: str = "GET",
        body: bytes | str | None = None,
        **headers: str,
    ) -> Reply:
        """One request on a connection of its own; underscores in names stand for hyphens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, sent)
            found = connection.getresponse()
            joined: dict[str, str] = {}
            for name, value in found.getheaders():
                key = name.lower()
                joined[key] = f"{joined[key]}, {value}" if key in joined else value
            return Reply(found.status, joined, found.read())
        finally:
            connection.close()

    def query(self, text: str, accept: str = "", **more: str) -> Reply:
        """A query by GET."""
        headers = {"Accept": accept} if accept else {}
        return self.ask("/sparql?" + urlencode({"query": text, **more}), **headers)

    def stop(self, with_signal: int = signal.SIGTERM) -> int:
        self.process.send_signal(with_signal)
        return self.process.wait(60)

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]


def launch(command: list[str], log: Path, **environment: str) -> Running:
    """Start a server and wait for the address it prints."""
    path = os.pathsep.join([str(ROOT), str(HERE)])
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, *command],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=os.environ | {"PYTHONPATH": path} | environment,
        )
    assert process.stdout
    address = process.stdout.readline().strip()
    assert address.startswith("http://"), log.read_text()
    return Running(process, address, log)


def with_settings(workspace: Path, log: Path, **settings: Any) -> Running:
    given = {"workspace": str(workspace), "port": 0, "pages": "serve_standin"} | settings
    return launch([str(HERE / "serve_start.py"), json.dumps(given)], log)


def end(running: Running) -> None:
    if running.process.poll() is None:
        running.process.kill()
    running.process.wait(10)
    assert running.process.stdout
    running.process.stdout.close()


def children(pid: int) -> set[int]:
    """The processes that a process started and that still run."""
    found = subprocess.run(
        ["ps", "-o", "pid=,stat=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    rows = (line.split() for line in found.stdout.splitlines())
    return {int(number) for number, state in rows if not state.startswith("Z")}


def wait_until(said: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something to become true; fail if it does not."""
    ends = time.monotonic() + seconds
    while not said():
        assert time.monotonic() < ends, "it did not come true"
        time.sleep(0.05)
