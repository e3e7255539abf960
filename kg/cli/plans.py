"""kg plans."""

from __future__ import annotations

from typing import Any

import click

from kg.cli._common import format_option, scope, scope_options
from kg.cli._output import show


@click.command(short_help="What was planned, and what became of it.")
@click.option("--about", metavar="NAME", help="Only what concerns this thing.")
@scope_options
@format_option
def command(about: str | None, form: str, **options: Any) -> None:
    """Follow every plan: realised, late, changed, unconfirmed, cancelled or open.

    \b
    Example:
      kg plans
      kg plans --about HTV-X --as-of 2025-07-09
    """
    from kg.analytics.plans import run
    from kg.names import resolve

    chosen = scope(**options)
    thing = resolve(chosen.full, about) if about else ""
    show(run(chosen.view, about=thing), form)
