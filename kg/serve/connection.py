"""Connections and the server around them: what uvicorn leaves open is closed here."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

_LOOK = 1.0


def protocol(seconds: float) -> type[H11Protocol]:
    """Return a protocol that gives up on slow clients.

    Args:
        seconds: That a client may take to send a request's head, its content, or to take in what
            was sent. uvicorn itself waits for ever.
    """

    class Impatient(H11Protocol):
        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._turn: tuple[str, object] = ("", None)
            self._since = self.loop.time()
            self._taken = 0
            self._look = self.loop.call_later(_LOOK, self._watch)

        def connection_lost(self, exc: Exception | None) -> None:
            self._look.cancel()
            super().connection_lost(exc)

        def resume_writing(self) -> None:
            self._taken += 1
            super().resume_writing()

        def _watch(self) -> None:
            turn = self._whose()
            if turn != self._turn:
                self._turn, self._since = turn, self.loop.time()
            if turn[0] and self.loop.time() - self._since > seconds:
                self.transport.abort()
                return
            self._look = self.loop.call_later(_LOOK, self._watch)

        def _whose(self) -> tuple[str, object]:
            """What the client is expected to do, and at which place; "" when it is our turn."""
            if self.transport.is_closing() or self.transport.get_write_buffer_size():
                return "take", self._taken
            if self.cycle is None or self.cycle.response_complete:
                return "head", id(self.cycle)
            return ("content" if self.cycle.more_body else ""), id(self.cycle)

    return Impatient


class Server(uvicorn.Server):
    """A server that says when it listens, and ends with success when it is told to stop.

    Args:
        config: As uvicorn has it.
        listening: Called once, when requests are answered.
    """

    def __init__(self, config: uvicorn.Config, listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: Any = None) -> None:
        """Start to listen."""
        await super().startup(sockets=sockets)
        self._listening()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Finish what was begun; a second Ctrl-C stops at once."""
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True
