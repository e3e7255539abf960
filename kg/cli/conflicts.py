"""kg conflicts."""

from __future__ import annotations

from typing import Any

import click

from kg.cli._common import format_option, scope, scope_options
from kg.cli._output import show


@click.command(short_help="Where sources contradict each other, both sides kept.")
@click.option("--about", metavar="NAME", help="Only what concerns this thing.")
@scope_options
@format_option
def command(about: str | None, form: str, **options: Any) -> None:
    """List the contradiction register: every side with its document and the kind of source.

    \b
    Example:
      kg conflicts
      kg conflicts -f csv
    """
    from kg.analytics.conflicts import run
    from kg.names import resolve

    chosen = scope(**options)
    thing = resolve(chosen.full, about) if about else ""
    show(run(chosen.view, about=thing), form)
