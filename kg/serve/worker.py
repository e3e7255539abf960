"""A worker process: opens the current build and answers one request after the other.

It is killed at will and keeps nothing: `python -m kg.serve.worker` with the settings as JSON.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
import os
import sys
import traceback
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kg._limits import limit_cpu, limit_memory, peak_memory
from kg.errors import KGError, StoreError
from kg.serve import frames
from kg.serve.answer import Answer, RefusedError
from kg.sparql import Limits
from kg.store import BUILD, View, open_view

_WARM = ("/", "/search", "/none")


class Desk:
    """Answers jobs on one build.

    Args:
        view: The whole store.
        pages: Module of the pages.
        limits: Of a query.
    """

    def __init__(self, view: View, pages: str, limits: Limits) -> None:
        self._view, self._limits = view, limits
        self._pages: Any = importlib.import_module(pages)

    @cached_property
    def _site(self) -> Any:
        return self._pages.Site(self._view)

    def warm(self) -> None:
        """Have at hand what most pages need."""
        for path in _WARM:
            self._page(path, [], "", "")

    def answer(self, job: dict[str, Any], body: bytes) -> Answer:
        """Carry out a job: page, static, sparql or description.

        Raises:
            StoreError: If the build can no longer be read.
        """
        made: Answer = getattr(self, "_" + job.pop("do"))(body=body.decode(), **job)
        folder = self._view.path
        if made.status >= 400 and folder and not (folder / BUILD).is_file():
            raise StoreError(f"{folder} was swept away")
        return made

    def _page(
        self, path: str, query: list[list[str]], accept: str, body: str, base: str = ""
    ) -> Answer:
        pairs = tuple((name, value) for name, value in query)
        found = self._pages.respond(self._site, self._pages.Request(path, pairs, accept, base))
        return Answer(found.status, found.media, found.body, found.headers)

    def _static(self, name: str, body: str) -> Answer:
        found = self._pages.static(name)
        return Answer(found.status, found.media, found.body, found.headers)

    def _sparql(self, body: str, **asked: Any) -> Answer:
        from kg.serve.evaluate import Job, evaluate

        return evaluate(self._view, Job(body, **asked), self._limits)

    def _description(self, what: str, root: str, accept: str, body: str) -> Answer:
        from kg.serve.describe import describe

        return describe(self._view, what, root, accept)


def identity(view: View) -> str:
    """Return what an entity tag begins with: the build and the version that reads it."""
    seed = f"{view.path and view.path.name} {view.build.get('sha256')} {version('kg')}"
    return hashlib.sha256(seed.encode()).hexdigest()[:16]


def main() -> None:
    """Serve the pipe until its other end is closed."""
    given = json.loads(sys.argv[1])
    requests, replies = open(0, "rb", closefd=False), os.fdopen(os.dup(1), "wb")  # noqa: SIM115
    os.dup2(2, 1)  # what anything prints must not come between the frames

    def reply(head: dict[str, Any], body: bytes = b"") -> None:
        replies.write(frames.pack(head, body))
        replies.flush()

    try:
        desk, ready = _opened(given)
    except KGError as error:
        reply({"error": error.message, "fix": error.fix})
        return
    reply(ready)
    while frame := frames.receive(requests):
        limit_cpu(given["seconds"])
        try:
            reply(*_reply(desk, *frame))
        except BaseException:
            reply({"crash": traceback.format_exc()[-2000:]})
            raise


def _opened(given: dict[str, Any]) -> tuple[Desk, dict[str, Any]]:
    if given["nice"]:
        with contextlib.suppress(OSError, AttributeError):
            os.nice(given["nice"])
    view = open_view(Path(given["workspace"]))
    limits = Limits(given["seconds"], given["rows"], given["bytes"])
    desk = Desk(view, given["pages"], limits)
    if given["warm"]:
        desk.warm()
    limit_memory(given["memory"])
    return desk, {"build": view.path.name if view.path else "", "identity": identity(view)}


def _reply(desk: Desk, job: dict[str, Any], body: bytes) -> frames.Frame:
    try:
        answer = desk.answer(job, body)
    except RefusedError as refused:
        answer = refused.answer
    except (StoreError, OSError) as error:
        return {"stale": str(error)}, b""
    except KGError as error:
        answer = RefusedError(400, str(error)).answer
    head = {"status": answer.status, "media": answer.media, "headers": answer.headers}
    return head | {"peak": peak_memory()}, answer.body


if __name__ == "__main__":
    main()
