"""Draws statements at random, for someone who entered none of them to hold against their sources.

The statements of all YAML sources count, in the order of folder, file and position in it; then
Python's `random.Random(SEED).sample`. So the same data, size and seed give the same draw. Run

    python tools/sample.py 100 20261127 --without seed,charter > sample.txt
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import click

from kg.errors import KGError
from kg.loaders._yaml import Block, read

SOURCES = Path(__file__).resolve().parent.parent / "data" / "sources"


def statements(home: Path, without: set[str]) -> list[Block]:
    """Return the statements below a folder of sources, in order of folder, file and position.

    Args:
        home: Holds one folder a source.
        without: Folders that are left out.

    Raises:
        InputError: If a file is no YAML.
    """
    files = sorted(path for path in home.glob("*/*.yaml") if path.name != "source.yaml")
    kept = [path for path in files if path.parent.name not in without]
    return [found for path in kept for found in read(path).blocks("statements")]


@click.command()
@click.argument("size", type=click.IntRange(min=1))
@click.argument("seed", type=int)
@click.option("--without", default="", help="Folders to leave out, with commas between.")
def main(size: int, seed: int, without: str) -> None:
    """Print file and line of SIZE statements drawn with SEED, in the order of the draw."""
    try:
        found = statements(SOURCES, set(without.split(",")))
    except KGError as error:
        sys.exit(str(error))
    if size > len(found):
        sys.exit(f"there are only {len(found)} statements")
    for block in random.Random(seed).sample(found, size):
        path = Path(block.origin.file).relative_to(SOURCES.parent.parent)
        click.echo(f"{path}:{block.origin.line}")


if __name__ == "__main__":
    main()
