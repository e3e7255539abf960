"""Start-up: `kg --help` against a bare click script, CPU of child processes."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from _measure import Finding

_BARE = '''import click

@click.group()
def main():
    """A group."""

@main.command()
def one():
    """A command."""

main()
'''


def compare(rounds: int) -> Iterator[Finding]:
    """Yield the comparison; nothing if the `kg` script is not installed here."""
    script = Path(sys.executable).parent / "kg"
    if not script.is_file():
        print("skipped: start-up (no kg script beside this Python)", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(_BARE)
        commands = {
            "kg": [sys.executable, str(script), "--help"],
            "click": [sys.executable, str(bare), "--help"],
        }
        found: dict[str, list[float]] = {name: [] for name in commands}
        for number in range(rounds):
            for name in list(commands)[:: 1 if number % 2 == 0 else -1]:
                found[name].append(_child(commands[name]))
    ours, peer = (statistics.median(found[name]) for name in ("kg", "click"))
    yield Finding("kg --help", ours, peer, "bare click script", 2.5)


def _child(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)
