"""kg info."""

from __future__ import annotations

from typing import Any

import click

from kg.cli._common import format_option, scope, scope_options
from kg.cli._output import show


@click.command(short_help="What the store holds: documents, counts, versions.")
@scope_options
@format_option
def command(form: str, **options: Any) -> None:
    """Say what the store holds: its documents with publisher, date, tier and licence.

    \b
    Example:
      kg info
      kg info --as-of 2025-07-09 -f json
    """
    from kg.catalogue import documents

    chosen = scope(**options)
    show(documents(chosen.view), form)
