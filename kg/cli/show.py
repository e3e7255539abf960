"""kg show."""

from __future__ import annotations

from typing import Any

import click

from kg.cli._common import format_option, languages_option, on_option, scope, scope_options
from kg.cli._output import show


@click.command(short_help="Everything on record about one thing, each fact with its evidence.")
@click.argument("name")
@on_option
@languages_option
@scope_options
@format_option
def command(name: str, form: str, **options: Any) -> None:
    """Show an agency, mission, person, agreement or document: names, facts, evidence.

    NAME is a label in any language, an alias, an abbreviation, a slug or a CURIE.

    \b
    Example:
      kg show JAXA
      kg show 宇宙航空研究開発機構 --as-of 2025-07-09
    """
    from kg.names import resolve
    from kg.profile import facts_of

    chosen = scope(**options)
    thing = resolve(chosen.full, name)
    show(facts_of(chosen.view, thing, on=chosen.on, languages=chosen.languages), form)
