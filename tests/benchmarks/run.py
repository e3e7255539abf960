"""Benchmarks against the best way known to do the same: CPU time, same run, alternated, median.

    python tests/benchmarks/run.py [--size 1e5] [--size 1e6] [--rounds 3] [--only load] [--kglab]

Prints a Markdown table. It makes its own data; where the generator of the first measurements lies
beside the checkout, Turtle and load are also measured on its data.
"""

from __future__ import annotations

import argparse
import importlib.util
import platform
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import _extract
import _kglab
import _load
import _page
import _projection
import _questions
import _startup
import _tables
import _turtle
from _measure import Finding, header
from _world import Node, nodes, statements

from kg import bulk, ontology
from kg.namespaces import iri
from kg.store import ONTOLOGY, View

_ANCHOR = Path(__file__).parents[3] / "shared" / "perf" / "gen.py"
PARTS = (
    "startup", "load", "tables", "questions", "turtle", "projection", "page", "extract",
)  # fmt: skip


def main() -> None:
    """Run what was asked for and print the table, row by row."""
    asked = _arguments()
    sizes = asked.size or ["1e5", "1e6"]
    print(f"{_versions()}; CPU seconds (user + system), median of {asked.rounds}, alternated\n")
    print(header(), flush=True)
    over = 0
    for finding in _findings(asked, sizes):
        over += finding.verdict == "over"
        print(finding.row(), flush=True)
    print(f"\n{over} over target" if over else "\nall targets met")
    sys.exit(bool(over) and asked.strict)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", action="append", help="quads, such as 1e5; may be repeated")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", action="append", choices=PARTS, help="may be repeated")
    parser.add_argument("--kglab", action="store_true", help="install kglab in a temporary venv")
    parser.add_argument("--strict", action="store_true", help="exit 1 if a target is missed")
    return parser.parse_args()


def _findings(asked: argparse.Namespace, sizes: list[str]) -> Iterator[Finding]:
    parts = asked.only or PARTS
    if "startup" in parts:
        yield from _startup.compare(max(9, asked.rounds))
    if "extract" in parts:
        yield from _extract.compare(asked.rounds)
    if "page" in parts:
        yield from _page.compare(asked.rounds)
    if "tables" in parts:
        yield from _tables.compare(int(float(sizes[0])) // 75, asked.rounds)
    if not set(parts) - {"startup", "page", "tables"}:
        return
    for size in sizes:
        world = nodes(int(float(size)))
        if "load" in parts:
            yield from _load.compare(world, size, asked.rounds)
        yield from _on_view(parts, _view(world), size, asked.rounds)
        if asked.kglab and size == sizes[0]:
            yield from _kglab.compare(world, _view(world), size)
    if not asked.kglab:
        print("skipped: kglab (give --kglab to install it in a temporary venv)", file=sys.stderr)
    yield from _anchor(parts, sizes, asked.rounds)


def _on_view(parts: tuple[str, ...], view: View, size: str, rounds: int) -> Iterator[Finding]:
    compared: dict[str, Callable[[View, str, int], Iterator[Finding]]] = {
        "questions": _questions.compare,
        "turtle": _turtle.compare,
        "projection": _projection.compare,
    }
    for part, compare in compared.items():
        if part in parts:
            yield from compare(view, size, rounds)


def _view(world: list[Node]) -> View:
    loaded = bulk.load(statements(world))
    lines = ontology.lines()
    graph = f" <{iri(ONTOLOGY)}> .\n".encode()
    bulk.fill(loaded, lines.replace(b" .\n", graph), lines)
    return View(loaded)


def _anchor(parts: tuple[str, ...], sizes: list[str], rounds: int) -> Iterator[Finding]:
    """Turtle on the data of the first measurements, if their generator is here."""
    if "turtle" not in parts:
        return
    if not _ANCHOR.is_file():
        print(
            "skipped: the anchor data (its generator is not beside the checkout)", file=sys.stderr
        )
        return
    spec = importlib.util.spec_from_file_location("anchor", _ANCHOR)
    anchor = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(anchor)
    for size in sizes:
        yield from _turtle.compare(_anchor_view(anchor, size), f"{size} anchor", rounds)


def _anchor_view(anchor, size: str) -> View:
    import pyoxigraph as ox

    made = anchor.statements(int(float(size)))
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o, _ in made).encode()
    loaded = ox.Store()
    loaded.bulk_load(lines, format=ox.RdfFormat.N_TRIPLES)
    return View(loaded)


def _versions() -> str:
    packages = ("pyoxigraph", "rdflib", "networkx", "scipy", "click")
    found = ", ".join(f"{name} {version(name)}" for name in packages)
    return f"Python {platform.python_version()}, {found}"


if __name__ == "__main__":
    main()
