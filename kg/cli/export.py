"""kg export."""

from __future__ import annotations

import click

from kg import registry
from kg.cli._common import out_option, scope, scope_options
from kg.cli._output import write


@click.command(short_help="Write the graph as Turtle, TriG, JSON-LD, GraphML, GEXF, CSV …")
@click.option("-f", "--format", "form", default="turtle", show_default=True, metavar="FORMAT",
              help="One of: " + ", ".join(registry.names("kg.export")) + ".")  # fmt: skip
@out_option
@scope_options
def command(form: str, output: str, **options: object) -> None:
    """Write the graph; the same store gives the same bytes, and evidence is never lost.

    \b
    Example:
      kg export -o partnerships.ttl
      kg export -f graphml --as-of 2025-07-09 -o then.graphml
    """
    from kg.api import serialize

    chosen = scope(**options)  # type: ignore[arg-type]  # click gives the options by name
    write(serialize(chosen.view, form), output)
