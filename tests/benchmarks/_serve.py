"""Many users of `kg serve` at once, one of whom sends nothing but monstrous queries.

    python tests/benchmarks/_serve.py --workspace DIR [--users 50] [--seconds 60] [--think 1.0]

Starts its own server on 127.0.0.1, on a free port, and stops it. Each user looks at a page, waits,
and looks at the next; every page is that of another thing, so that nothing comes from a cache of
the client. The load is bounded in users, time and requests. A round without the monstrous user goes
before, on the same server, so that the two can be compared on any machine.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from kg.api import open as open_view
from kg.namespaces import prefixes

TARGET = 0.150
MOST = 20_000
MONSTERS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g",
    "ASK { ?s (sp:evidence|!sp:evidence)*/(sp:ofFact|!sp:ofFact)* ?o FILTER(?o = 1) }",
    "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }",
)


@dataclass
class Round:
    """What one round saw: seconds of each page, statuses of pages, and of monstrous queries."""

    pages: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    monsters: Counter[int] = field(default_factory=Counter)

    def line(self, name: str) -> str:
        """Return a row of the table."""
        p50, p95 = percentile(self.pages, 50), percentile(self.pages, 95)
        errors = sum(n for status, n in self.statuses.items() if status != 200)
        monsters = ", ".join(f"{n} × {status}" for status, n in sorted(self.monsters.items()))
        times = [f"{part * 1000:.0f} ms" for part in (p50, p95)]
        cells = (name, f"{len(self.pages):,}", *times, str(errors), monsters or "none")
        return "| " + " | ".join(cells) + " |"


def percentile(values: list[float], part: int) -> float:
    """Return a percentile of at least two values."""
    return statistics.quantiles(values, n=100, method="inclusive")[part - 1]


def main() -> None:
    """Run both rounds and print a table."""
    asked = arguments()
    view = open_view(asked.workspace)
    home = prefixes()["id"]
    found = view.rows("SELECT DISTINCT ?x { ?c sp:participant|sp:inActivity ?x }")
    paths = ["/id/" + quote(x.removeprefix(home)) for (x,) in found if x.startswith(home)]
    with server(asked.workspace) as (pid, port):
        before, used = memory(pid), cpu(pid)
        calm = asyncio.run(round_of(port, paths, asked, monsters=0))
        between, used = memory(pid), cpu(pid) - used
        wild = asyncio.run(round_of(port, paths, asked, monsters=1))
        time.sleep(3)
        after = memory(pid)
    load = os.getloadavg()[2]
    print(f"{asked.users} users, {asked.think:g} s between pages, {asked.seconds:g} s a round,")
    print(f"{len(paths):,} pages; load of the machine {load:.1f}\n")
    print("| round | pages | p50 | p95 | errors | monstrous queries |\n|" + " --- |" * 6)
    print(calm.line("all of them read"))
    print(wild.line("one sends monstrous queries"))
    print(f"\nCPU of the server for a page: {used / len(calm.pages) * 1000:.1f} ms (first round)")
    slower = percentile(wild.pages, 95) / percentile(calm.pages, 95)
    print(f"p95 beside monstrous queries: {slower:.2f} × that without")
    for name, (count, size) in (("start", before), ("between", between), ("end", after)):
        print(f"memory at {name}: {size / 2**20:.0f} MiB in {count} processes")
    reached = percentile(wild.pages, 95) <= TARGET
    print(f"target p95 ≤ {TARGET * 1000:.0f} ms: {'PASS' if reached else 'over'}")


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--think", type=float, default=1.0, help="seconds between pages")
    return parser.parse_args()


@contextmanager
def server(workspace: Path) -> Iterator[tuple[int, int]]:
    """Have a server: its process id and its port."""
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--workspace", str(workspace)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        address = process.stdout.readline().strip() if process.stdout else ""
        if not address:
            raise SystemExit("the server did not start; run kg serve to see why")
        yield process.pid, urlsplit(address).port or 0
    finally:
        process.terminate()
        process.wait(60)


def processes(pid: int) -> list[int]:
    """Return a process and its children."""
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [pid, *map(int, listed.stdout.split())]


def cpu(pid: int) -> float:
    """Return the seconds that a process and its children have worked, user and system."""
    ticks = 0
    for number in processes(pid):
        with suppress(OSError):
            fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> tuple[int, int]:
    """Return how many processes there are, and the bytes that are theirs alone (PSS)."""
    sizes = [_own(number) for number in processes(pid)]
    return sum(map(bool, sizes)), sum(sizes)


def _own(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


async def round_of(port: int, paths: list[str], asked: argparse.Namespace, monsters: int) -> Round:
    """Let all users work until the time is over."""
    seen, ends = Round(), time.monotonic() + asked.seconds
    readers = asked.users - monsters
    await asyncio.gather(
        *(reader(number, port, paths, asked.think, ends, seen) for number in range(readers)),
        *(monstrous(port, ends, seen) for _ in range(monsters)),
    )
    return seen


async def reader(
    number: int, port: int, paths: list[str], think: float, ends: float, seen: Round
) -> None:
    """One user: pages in an order of their own, with a pause after each."""
    order = random.Random(number)
    await asyncio.sleep(order.random() * think)
    while time.monotonic() < ends and len(seen.pages) < MOST:
        begun = time.perf_counter()
        seen.statuses[await get(port, order.choice(paths))] += 1
        seen.pages.append(time.perf_counter() - begun)
        await asyncio.sleep(think * (0.5 + order.random()))


async def monstrous(port: int, ends: float, seen: Round) -> None:
    """Four monstrous queries at a time, again and again."""
    number = 0
    while time.monotonic() < ends and number < MOST:
        paths = [f"/sparql?query={quote(query)}" for query in MONSTERS]
        seen.monsters.update(await asyncio.gather(*(get(port, path) for path in paths)))
        number += len(paths)


async def get(port: int, path: str) -> int:
    """Return the status of one request, after all of the answer is there; 0 if it fails."""
    try:
        inward, outward = await asyncio.open_connection("127.0.0.1", port)
        head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html, */*;q=0.1\r\n"
        outward.write(f"{head}Connection: close\r\n\r\n".encode())
        found = await inward.read(-1)
        outward.close()
        return int(found.split(b" ", 2)[1])
    except (OSError, IndexError, ValueError):
        return 0


if __name__ == "__main__":
    main()
