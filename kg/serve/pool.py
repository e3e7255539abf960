"""Worker processes that are killed at their time limit and replaced; everything is bounded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from kg.errors import StoreError
from kg.serve.answer import Answer, RefusedError
from kg.serve.process import LOG, GoneError, StaleError, Worker

_AGAIN = 1.0
_TRIES = 3


@dataclass(eq=False)
class Pool:
    """Processes of one kind.

    Attributes:
        options: What each process is started with.
        current: Says which build is the current one.
        size: Processes for jobs that are not long.
        queue: Jobs that may wait.
        patience: Seconds that a job waits.
        limit: Seconds after which the process of a job is killed.
        quick: Seconds after which a job is long: another process takes the place of its own.
        long: Long jobs that may go on side by side; where there are more, the last is killed.
        worn: Bytes of memory after which a process is replaced.
    """

    options: dict[str, Any]
    current: Callable[[], str]
    size: int
    queue: int
    patience: float
    limit: float
    quick: float
    long: int
    worn: int
    build: str = ""
    identity: str = ""
    _all: set[Worker] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _generation: int = 0
    _waiting: int = 0
    _closed: bool = False

    async def start(self) -> None:
        """Start all processes.

        Raises:
            StoreError: If there is no store that they can open.
        """
        self._idle: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        self._long = asyncio.Semaphore(self.long)
        self._renewing = asyncio.Lock()
        await self.renew()

    async def renew(self) -> None:
        """If there is a new build, have a full set of processes on it, then let the old ones go.

        Raises:
            StoreError: If the new build cannot be opened; the old processes go on.
        """
        async with self._renewing:
            if self.current() == self.build:
                return
            made = await asyncio.gather(
                *(Worker.start(self.options) for _ in range(self.size)), return_exceptions=True
            )
            fresh = [worker for worker in made if isinstance(worker, Worker)]
            self._all.update(fresh)
            if failed := next((e for e in made if isinstance(e, BaseException)), None):
                await asyncio.gather(*(self._finish(worker) for worker in fresh))
                raise failed
            oldest = min(fresh, key=lambda worker: worker.build)
            self.build, self.identity = oldest.build, oldest.identity
            old = [self._idle.get_nowait() for _ in range(self._idle.qsize())]
            self._generation += 1
            for worker in fresh:
                worker.generation = self._generation
            for worker in [*fresh, *old]:
                self._release(worker)

    async def ask(self, job: dict[str, Any], body: bytes = b"") -> tuple[Answer, str]:
        """Have a job done within the limits.

        Args:
            job: What :meth:`kg.serve.worker.Desk.answer` takes.
            body: Bytes that go with it.

        Returns:
            The answer, and the identity of the build that it comes from.

        Raises:
            RefusedError: 503 if there are too many, 504 after the time limit, 500 if the process
                ends.
        """
        for _ in range(_TRIES):
            worker = await self._take()
            try:
                return await self._within(worker, job, body), worker.identity
            except StaleError as stale:
                LOG.warning("the build is gone", extra={"fields": {"said": str(stale)}})
                await self.renew()
        raise RefusedError(503, "the store cannot be read", ("Retry-After", "5"))

    async def _take(self) -> Worker:
        if self._waiting >= self.queue or self._closed:
            raise _busy("too many requests are waiting")
        self._waiting += 1
        try:
            async with asyncio.timeout(self.patience):
                while True:
                    worker = await self._idle.get()
                    if worker.alive and worker.generation == self._generation:
                        return worker
                    self._discard(worker)
        except TimeoutError:
            raise _busy("all processes are busy") from None
        finally:
            self._waiting -= 1

    async def _within(self, worker: Worker, job: dict[str, Any], body: bytes) -> Answer:
        asked = asyncio.ensure_future(worker.ask(job, body))
        counted = True
        try:
            if not await _done(asked, min(self.quick, self.limit)):
                if self.quick >= self.limit:
                    raise self._too_long()
                if self._long.locked():
                    raise _busy(f"{self.long} long queries are running; this one was stopped")
                async with self._long:
                    counted = False
                    self._leave(worker)
                    if not await _done(asked, self.limit - self.quick):
                        raise self._too_long()
            return asked.result()
        except GoneError:
            message = "the process ended: this needs too much memory, or is nested too deeply"
            raise RefusedError(500, message) from None
        finally:
            whole = asked.done() and not asked.cancelled() and not asked.exception()
            if whole and counted:
                self._release(worker)
            else:
                asked.cancel()
                self._discard(worker, counted)

    def _too_long(self) -> RefusedError:
        return RefusedError(504, f"stopped after {self.limit:g} s")

    def _release(self, worker: Worker) -> None:
        current = worker.generation == self._generation and not self._closed
        if current and worker.peak <= self.worn:
            self._idle.put_nowait(worker)
        else:
            self._discard(worker)

    def _discard(self, worker: Worker, counted: bool = True) -> None:
        self._task(self._finish(worker))
        if counted:
            self._leave(worker)

    def _leave(self, worker: Worker) -> None:
        """A process no longer counts; another takes its place, if it is not an old one."""
        if worker.generation == self._generation and not self._closed:
            self._task(self._replace(self._generation))

    async def _replace(self, generation: int) -> None:
        while not self._closed:
            try:
                worker = await Worker.start(self.options)
            except StoreError as error:
                LOG.error("no worker", extra={"fields": {"said": str(error)}})
                await asyncio.sleep(_AGAIN)
                continue
            self._all.add(worker)
            worker.generation = generation
            self._release(worker)
            return

    async def _finish(self, worker: Worker) -> None:
        await worker.end()
        self._all.discard(worker)

    def _task(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """End all processes and wait until they are gone."""
        self._closed = True
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.end() for worker in self._all))


async def _done(asked: asyncio.Future[Answer], seconds: float) -> bool:
    done, _ = await asyncio.wait({asked}, timeout=seconds)
    return bool(done)


def _busy(message: str) -> RefusedError:
    return RefusedError(503, f"{message}; try again later", ("Retry-After", "5"))
