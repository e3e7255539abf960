"""kg timeline."""

from __future__ import annotations

from typing import Any

import click

from kg.cli._common import format_option, scope, scope_options
from kg.cli._output import show


@click.command(short_help="Everything dated about one thing, in order.")
@click.argument("name")
@scope_options
@format_option
def command(name: str, form: str, **options: Any) -> None:
    """List what is dated about an entity, with its EDTF date and evidence.

    \b
    Example:
      kg timeline JAXA
      kg timeline ISS --as-of 2025-07-09 -f csv
    """
    from kg.analytics.timeline import run
    from kg.names import resolve

    chosen = scope(**options)
    show(run(chosen.view, entity=resolve(chosen.full, name)), form)
