"""CPU time of alternated variants, and a Markdown table of what was found."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Variants = Mapping[str, Callable[[], object]]


@dataclass(frozen=True)
class Finding:
    """One comparison.

    Attributes:
        what: What was measured, and at which size.
        ours: CPU seconds of kg.
        other: CPU seconds of the peer.
        peer: Name of the peer.
        target: The ratio to reach; None where the figure is only told.
        faster: True when the ratio is peer ÷ kg (more is better), False for kg ÷ peer.
        note: Said in the last column.
    """

    what: str
    ours: float
    other: float
    peer: str
    target: float | None = None
    faster: bool = False
    note: str = ""

    @property
    def ratio(self) -> float:
        """The measured ratio, in the direction of the target."""
        return self.other / self.ours if self.faster else self.ours / self.other

    @property
    def verdict(self) -> str:
        """PASS, over, or "" without a target."""
        if self.target is None:
            return ""
        reached = self.ratio >= self.target if self.faster else self.ratio <= self.target
        return "PASS" if reached else "over"

    def row(self) -> str:
        """Return the row of the table."""
        sign = "≥" if self.faster else "≤"
        target = f"{sign} {self.target:g}" if self.target is not None else ""
        way = "faster" if self.faster else "the time"
        cells = (
            self.what, _time(self.ours), self.peer, _time(self.other),
            f"{self.ratio:.2f} × {way}", target, self.verdict, self.note,
        )  # fmt: skip
        return "| " + " | ".join(cells) + " |"


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def header() -> str:
    """Return the head of the table."""
    names = ("measured", "kg cpu", "peer", "peer cpu", "ratio", "target", "verdict", "note")
    return "| " + " | ".join(names) + " |\n" + "|" + " --- |" * len(names)


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one call in this process, children not counted.

    What is in memory before is frozen: walking over other peers' objects is not part of the work.
    """
    gc.collect()
    gc.freeze()
    start = time.process_time()
    result = work()
    spent = time.process_time() - start
    del result
    return spent


def alternate(variants: Variants, rounds: int) -> dict[str, float]:
    """Return the median CPU seconds of each variant; every other round runs backwards.

    Args:
        variants: What to run, by name.
        rounds: How often.
    """
    found: dict[str, list[float]] = {name: [] for name in variants}
    for number in range(rounds):
        order = list(variants) if number % 2 == 0 else list(variants)[::-1]
        for name in order:
            found[name].append(cpu(variants[name]))
    return {name: statistics.median(times) for name, times in found.items()}
