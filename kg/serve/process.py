"""A worker process as the server sees it: started, asked, ended."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sys
from typing import Any

from kg.errors import StoreError
from kg.serve import frames
from kg.serve.answer import Answer

LOG = logging.getLogger("kg.serve")
_START = 120.0


class GoneError(Exception):
    """A worker process ended in the middle of a job."""


class StaleError(Exception):
    """The build that a worker had open was swept away."""


class Worker:
    """A child process and the pipe to it; made by :meth:`start`."""

    def __init__(self, process: asyncio.subprocess.Process, ready: dict[str, Any]) -> None:
        self._process = process
        self.build: str = ready["build"]
        self.identity: str = ready["identity"]
        self.peak = 0
        self.generation = 0

    @classmethod
    async def start(cls, options: dict[str, Any]) -> Worker:
        """Start a process and wait until it has opened the store.

        Raises:
            StoreError: If it cannot.
        """
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "kg.serve.worker",
            json.dumps(options),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the server alone
        )
        try:
            assert process.stdout  # noqa: S101 - it is a pipe
            async with asyncio.timeout(_START):
                ready, _ = await frames.read(process.stdout)
            if "error" in ready:
                raise StoreError(ready["error"], fix=ready["fix"])
        except BaseException as error:
            await _end(process)
            if isinstance(error, (asyncio.IncompleteReadError, TimeoutError)):
                raise StoreError("a worker process ended before it had opened the store") from None
            raise
        return cls(process, ready)

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.returncode is None

    async def ask(self, job: dict[str, Any], body: bytes) -> Answer:
        """Have one job done.

        Raises:
            GoneError: If the process ends.
            StaleError: If the store can no longer be read.
        """
        assert self._process.stdin and self._process.stdout  # noqa: S101 - they are pipes
        try:
            self._process.stdin.write(frames.pack(job, body))
            await self._process.stdin.drain()
            head, content = await frames.read(self._process.stdout)
        except (asyncio.IncompleteReadError, ConnectionError):
            raise GoneError from None
        if "crash" in head:
            LOG.error("a worker failed", extra={"fields": {"trace": head["crash"]}})
            raise GoneError
        if "stale" in head:
            raise StaleError(head["stale"])
        self.peak = head["peak"]
        headers = tuple((name, value) for name, value in head["headers"])
        return Answer(head["status"], head["media"], content, headers)

    async def end(self) -> None:
        """Kill the process and reap it."""
        await _end(self._process)


async def _end(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    await process.wait()
