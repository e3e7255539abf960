"""kg dossier."""

from __future__ import annotations

from typing import Any

import click

from kg.cli._common import on_option, out_option, scope, scope_options
from kg.cli._output import write


@click.command(short_help="The one-page brief of a pair: what is shared, promised and due.")
@click.argument("a")
@click.argument("b")
@click.option("-f", "--format", "form", type=click.Choice(["md", "html"]), default="md")
@out_option
@on_option
@scope_options
def command(a: str, b: str, form: str, output: str, **options: Any) -> None:
    """Write the brief that an officer takes into a meeting, every line cited.

    \b
    Example:
      kg dossier CSA JAXA
      kg dossier CSA JAXA --on 2025-07-09 -f html -o brief.html
    """
    from kg.dossier import write as write_dossier
    from kg.names import resolve

    chosen = scope(**options)
    ends = resolve(chosen.full, a), resolve(chosen.full, b)
    text = write_dossier(chosen.view, chosen.full, *ends, on=chosen.on, form=form)
    write(text.encode(), output)
