"""kg missing."""

from __future__ import annotations

from typing import Any

import click

from kg.cli._common import format_option, scope, scope_options
from kg.cli._output import show


@click.command(short_help="What has no identifier, no date, one source, or only a party's word.")
@click.option("--about", metavar="NAME", help="Only this thing, and the facts about it.")
@click.option("--kind", metavar="KIND", help="identifier, label, role, date, start, 'first day', "
              "'last day', 'second source', 'independent source' or page.")  # fmt: skip
@click.option("--class", "cls", metavar="CLASS", help="Only things or facts of this class.")
@click.option("--list", "listed", is_flag=True, help="Each lack, with its evidence, not a count.")
@scope_options
@format_option
def command(
    about: str | None, kind: str | None, cls: str | None, listed: bool, form: str, **options: Any
) -> None:
    """Count what is not stated; with --about or --list, say each.

    \b
    Example:
      kg missing
      kg missing --kind date --class Launch --list
      kg missing --about XRISM --kind 'independent source'
    """
    from kg.analytics.missing import counts, run
    from kg.names import resolve

    chosen = scope(**options)
    thing = resolve(chosen.full, about) if about else ""
    ask = run if listed or about else counts
    found = ask(chosen.view, entity=thing, kind=kind or "", cls=cls or "")
    show(found, form, empty="nothing is missing of what was asked for")
