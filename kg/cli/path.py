"""kg path."""

from __future__ import annotations

from typing import Any

import click

from kg.cli._common import format_option, on_option, scope, scope_options
from kg.cli._output import show


@click.command(short_help="How two actors are connected, each hop with its evidence.")
@click.argument("a")
@click.argument("b")
@click.option("--limit", type=click.IntRange(1, 6), default=3, show_default=True, help="Hops.")
@on_option
@scope_options
@format_option
def command(a: str, b: str, limit: int, form: str, **options: Any) -> None:
    """Find the shortest ways from one actor to another through what they take part in.

    \b
    Example:
      kg path CSA ISRO
      kg path CSA CNSA --limit 2 -f md
    """
    from kg.analytics.paths import run
    from kg.names import resolve

    chosen = scope(**options)
    ends = {"source": resolve(chosen.full, a), "target": resolve(chosen.full, b)}
    show(run(chosen.view, length=limit, on=chosen.on, **ends), form)
