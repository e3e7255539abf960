"""kg diff."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli._common import format_option
from kg.cli._output import show


@click.command(short_help="What changed between two stores or files.")
@click.argument("old")
@click.argument("new")
@format_option
def command(old: str, new: str, form: str) -> None:
    """Compare two workspaces, builds or RDF files: triples by graph, names, documents.

    \b
    Example:
      kg diff last-month/ kg-workspace/
      kg diff old.trig new.trig -f csv
    """
    from kg.diff import diff, open_any

    show(diff(open_any(Path(old)), open_any(Path(new))), form, empty="nothing has changed")
