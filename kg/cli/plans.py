"""kg plans."""

from __future__ import annotations

import click

from kg.cli._common import format_option, scope, scope_options
from kg.cli._output import show


@click.command(short_help="What was planned, and what became of it.")
@scope_options
@format_option
def command(form: str, **options: object) -> None:
    r"""Follow every plan: realised, late, changed, unconfirmed, cancelled or open.

    \b
    Example:
      kg plans
      kg plans --as-of 2025-07-09
    """
    from kg.analytics.plans import run

    chosen = scope(**options)  # type: ignore[arg-type]  # click gives the options by name
    show(run(chosen.view), form)
