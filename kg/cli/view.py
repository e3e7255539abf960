"""kg view."""

from __future__ import annotations

from typing import Any

import click

from kg.cli._common import out_option, scope, scope_options
from kg.cli._output import write
from kg.errors import KGError


@click.command(short_help="An interactive graph as one offline HTML file.")
@click.option("--around", metavar="NAME", help="Only what is near this thing.")
@click.option("--depth", type=click.IntRange(1, 5), default=1, show_default=True, help="Links.")
@click.option("--query", "asked", metavar="NAME", help="Only what the rows of a query speak of.")
@click.option("--all", "everything", is_flag=True, help="Everything.")
@out_option
@scope_options
def command(
    around: str | None,
    depth: int,
    asked: str | None,
    everything: bool,
    output: str,
    **options: Any,
) -> None:
    """Draw the graph: search, filters, and the evidence of every line on a click.

    \b
    Example:
      kg view --around JAXA --depth 2 -o jaxa.html
      kg view --query q01 -o shared.html
      kg view --all -o graph.html
    """
    from kg.api import draw

    if sum(map(bool, (around, asked, everything))) != 1:
        raise KGError("say what to draw", fix="give one of --around NAME, --query NAME, --all")
    chosen = scope(**options)
    html = draw(chosen.view, around=around or "", depth=depth, asked=asked or "", on=chosen.on)
    write(html.encode(), output)
