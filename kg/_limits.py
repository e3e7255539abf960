"""What this process takes of the machine: the peak, the most it may still take, sweeps put off."""

from __future__ import annotations

import contextlib
import gc
import math
import sys
from collections.abc import Iterator
from pathlib import Path

try:
    import resource
except ImportError:  # not on Windows; whoever started the process still ends it in time
    resource = None  # type: ignore[assignment]

_STATM = Path("/proc/self/statm")


def peak_memory() -> int:
    """Return the most memory that this process ever had, in bytes; 0 where it cannot be told."""
    if resource is None:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def limit_memory(size: int) -> None:
    """Let this process take so much more address space than it has now.

    A store that is open has reserved some hundred MiB without using them, more on a machine with
    more cores; a limit from nothing would have to be guessed from there.

    Args:
        size: Bytes.
    """
    if resource is None:
        return
    with contextlib.suppress(ValueError, OSError):  # some systems do not limit it
        most = _address_space() + size
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def limit_cpu(seconds: float) -> None:
    """Let this process run so much longer than it has, and two seconds in which to say so.

    Args:
        seconds: CPU time, user and system; may be given anew for each job.
    """
    if resource is None:
        return
    with contextlib.suppress(ValueError, OSError):
        used = resource.getrusage(resource.RUSAGE_SELF)
        most = math.ceil(used.ru_utime + used.ru_stime + seconds) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


@contextlib.contextmanager
def without_sweeps() -> Iterator[None]:
    """Let the collector of cycles rest while many small things without cycles are made and kept.

    For work whose size is known, such as reading the curated sources: the collector would look
    through all of it time and again (https://docs.python.org/3/library/gc.html).
    """
    swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if swept:
            gc.enable()


def _address_space() -> int:
    """Bytes of address space that are taken (proc(5), statm); 0 where the system does not say."""
    try:
        pages = int(_STATM.read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * resource.getpagesize()
