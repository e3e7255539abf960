"""How long the stages of a build take; kept apart from what it makes."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def peak_memory() -> int:
    """Return the most memory that this process ever had, in bytes; 0 where it cannot be told."""
    try:
        import resource
    except ImportError:  # not on Windows
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


class Clock:
    """Measures one stage after the other, from the moment it is made.

    Attributes:
        seconds: Stage → seconds of CPU (user and system) and seconds on the clock.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, tuple[float, float]] = {}
        self._cpu, self._wall = time.process_time(), time.perf_counter()

    def stage(self, name: str) -> None:
        """Say that a stage has ended; the next begins."""
        cpu, wall = time.process_time(), time.perf_counter()
        self.seconds[name] = (round(cpu - self._cpu, 3), round(wall - self._wall, 3))
        self._cpu, self._wall = cpu, wall

    def write(self, path: Path) -> None:
        """Write the stages and the peak of memory (MiB) as JSON."""
        peak = peak_memory() // 2**20
        stages = {name: {"cpu": c, "wall": w} for name, (c, w) in self.seconds.items()}
        content = {"stages": stages, "peak_memory_mib": peak}
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
