"""kg timeline."""

from __future__ import annotations

from typing import Any

import click

from kg.cli._common import FORMATS, out_option, scope, scope_options
from kg.cli._output import show, write


@click.command(short_help="Everything dated about one thing, in order.")
@click.argument("name")
@scope_options
@click.option("-f", "--format", "form", type=click.Choice([*FORMATS, "svg", "html"]),
              default="table", show_default=True, help="svg and html draw a chart.")  # fmt: skip
@out_option
def command(name: str, form: str, output: str, **options: Any) -> None:
    """List or draw what is dated about an entity, with its EDTF date and evidence.

    \b
    Example:
      kg timeline JAXA
      kg timeline ISS --as-of 2025-07-09 -f csv
      kg timeline JAXA -f svg -o jaxa.svg
    """
    from kg.analytics.timeline import run
    from kg.names import resolve

    chosen = scope(**options)
    thing = resolve(chosen.full, name)
    if form in FORMATS:
        show(run(chosen.view, entity=thing), form)
        return
    from kg.pictures._picture import page
    from kg.pictures.timeline import draw

    picture = draw(chosen.view, entity=thing)
    write(picture.svg if form == "svg" else page(picture), output)
