"""A limit on CPU time, so that a pattern that backtracks without end costs one release only."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from kg.errors import InputError

RELEASE = 30.0
"""Seconds of CPU for one release; most take a tenth of one, the longest ten."""
PATTERN = 2.0
"""Seconds of CPU for one pattern in one text."""


class TimeLimitError(InputError):
    """Something took more CPU than it may."""


@contextmanager
def limited(seconds: float, what: str, fix: str = "") -> Iterator[None]:
    """Stop what runs inside after some seconds of CPU of this process.

    Python's `re` looks for signals while it matches, so even an endless match ends. Away from the
    main thread, and where the system has no such timer, nothing is limited.

    Args:
        seconds: How long it may take.
        what: What it is, for the message.
        fix: The likely remedy.

    Raises:
        TimeLimitError: If it takes longer.
    """
    main = threading.current_thread() is threading.main_thread()
    if not main or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise TimeLimitError(f"{what}: more than {seconds:g} s of CPU", fix=fix)

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
