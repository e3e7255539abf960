"""kg info."""

from __future__ import annotations

from typing import Any

import click

from kg.cli._common import format_option, scope, scope_options
from kg.cli._output import show


@click.command(short_help="What the store holds: sources, documents, counts, versions.")
@click.argument("what", type=click.Choice(["sources", "documents"]), default="sources")
@scope_options
@format_option
def command(what: str, form: str, **options: Any) -> None:
    """Say what the store holds: its sources with counts and licence, or every document.

    \b
    Example:
      kg info
      kg info documents --as-of 2025-07-09 -f json
    """
    from kg import catalogue

    chosen = scope(**options)
    made = catalogue.sources if what == "sources" else catalogue.documents
    show(made(chosen.view), form)
