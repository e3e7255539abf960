"""kg publish."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from kg.cli._common import Day, scope, workspace_option


@click.command(short_help="The pages of the graph as a site of files.")
@click.argument("folder", metavar="DIR")
@click.option("--base-url", default="", metavar="URL", help="Where it will be read.")
@click.option("--pairs", type=click.IntRange(0), default=100, show_default=True,
              help="Briefs of pairs at the most, those that share most first.")  # fmt: skip
@click.option("--graphs", type=click.IntRange(0), default=10, show_default=True,
              help="Interactive graphs at the most; each is half a megabyte.")  # fmt: skip
@click.option("--as-of", type=Day(), help="Known then: only documents issued by that day.")
@workspace_option
def command(
    folder: str,
    base_url: str,
    pairs: int,
    graphs: int,
    as_of: date | None,
    workspace: str | None,
) -> None:
    """Write entity pages, briefs, plans, contradictions and data as files.

    The site works from any path and from a disk; the same store gives the same bytes. DIR must be
    empty or written by this command; it is replaced when all is written. With --base-url there is
    a site map, and 404.html, which servers show for a page that is not there, leads back from any
    path.

    \b
    Example:
      kg publish site
      kg publish site --base-url https://example.org/partnerships/ --pairs 500
    """
    from kg.publish import Options, publish

    chosen = scope(workspace, as_of)
    with _bar() as progress:
        count = publish(chosen.view, Path(folder), Options(base_url, pairs, graphs), progress)
    click.echo(f"{count} files in {folder}; open {Path(folder) / 'index.html'}", err=True)


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """Give a function that shows how far the work is, on stderr, only on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as shown:
        task = shown.add_task("writing")
        yield lambda done, total: shown.update(task, completed=done, total=total)
