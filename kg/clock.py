"""How long the stages of a build take; kept apart from what it makes."""

from __future__ import annotations

import json
import time
from pathlib import Path

from kg._limits import peak_memory


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
