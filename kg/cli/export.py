"""kg export."""

from __future__ import annotations

from typing import Any

import click

from kg import registry
from kg.cli._common import on_option, out_option, scope, scope_options
from kg.cli._output import write


@click.command(short_help="Write the graph as Turtle, TriG, JSON-LD, GraphML, GEXF, CSV …")
@click.option("-f", "--format", "form", default="turtle", show_default=True, metavar="FORMAT",
              help="One of: " + ", ".join(registry.names("kg.export")) + "; or gold.")  # fmt: skip
@click.option("--projection", type=click.Choice(["typed", "two-mode", "actor-actor"]),
              help="Which network, for graphml and gexf.  [default: typed]")  # fmt: skip
@click.option("--from", "from_year", type=int, metavar="YEAR", help="First year of the network.")
@click.option("--to", "to_year", type=int, metavar="YEAR", help="Last year of the network.")
@out_option
@on_option
@scope_options
def command(
    form: str,
    projection: str | None,
    from_year: int | None,
    to_year: int | None,
    output: str,
    **options: Any,
) -> None:
    """Write the graph; the same store gives the same bytes, and evidence is never lost.

    gold is no format of the graph: it writes what was read in the releases of the workspace, as
    JSON Lines that can be scored against annotated releases.

    CSV holds cells as they are; let a spreadsheet read them as text, not as formulas.

    \b
    Example:
      kg export -o partnerships.ttl
      kg export -f graphml --projection two-mode --from 2000 --to 2025 -o ties.graphml
    """
    from kg.api import Filter, serialize

    chosen = scope(**options)
    network = Filter(from_year=from_year, to_year=to_year, on=chosen.on)
    plain = projection is None and network == Filter()
    if form == "gold":
        from kg.ingest import gold

        if not plain:
            raise click.UsageError("gold is no network: leave out --projection, --from, --to, --on")
        write(b"".join(gold.lines(chosen.view)), output)
        return
    write(serialize(chosen.view, form, projection, None if plain else network), output)
