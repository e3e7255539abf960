"""kg view."""

from __future__ import annotations

from typing import Any

import click

from kg.cli._common import on_option, out_option, scope, scope_options
from kg.cli._output import write
from kg.errors import KGError


@click.command(short_help="An interactive graph as one offline HTML file.")
@click.option("--around", metavar="NAME", help="Only what is near this thing.")
@click.option("--depth", type=click.IntRange(1, 5), default=1, show_default=True, help="Links.")
@click.option("--query", "asked", metavar="NAME", help="Only what the rows of a query speak of.")
@click.option("--all", "everything", is_flag=True, help="Everything.")
@click.option("--flat", is_flag=True, help="Draw every item, however many; no groups.")
@click.option("--positions", metavar="FILE", default="", help="Positions saved from a page.")
@out_option
@on_option
@scope_options
def command(
    around: str | None,
    depth: int,
    asked: str | None,
    everything: bool,
    flat: bool,
    positions: str,
    output: str,
    **options: Any,
) -> None:
    """Draw the graph: time, search, filters, and the evidence of every line on a click.

    A large graph opens on groups that unfold. The page needs no network; its address keeps what
    is shown.

    \b
    Example:
      kg view --around JAXA --depth 2 -o jaxa.html
      kg view --query q01 -o shared.html
      kg view --all -o graph.html
      kg view --around JAXA --positions kg-positions.json -o jaxa.html
    """
    from kg.api import draw

    if sum(map(bool, (around, asked, everything))) != 1:
        raise KGError("say what to draw", fix="give one of --around NAME, --query NAME, --all")
    chosen = scope(**options)
    html = draw(
        chosen.view,
        around=around or "",
        depth=depth,
        asked=asked or "",
        on=chosen.on,
        positions=positions,
        flat=flat,
    )
    write(html.encode(), output)
