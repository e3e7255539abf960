"""kg analyze."""

from __future__ import annotations

from typing import Any

import click

from kg import registry
from kg.cli._common import format_option, on_option, pairs, scope, scope_options
from kg.cli._output import show


@click.command(short_help="Centrality, communities, brokers and other analyses.")
@click.argument("name", required=False)
@click.option("--list", "listed", is_flag=True, help="List the analyses.")
@click.option("--level", type=click.Choice(["agency", "state"]), help="Agencies or states.")
@click.option("--roles", metavar="ROLE,…", help="Roles that make a tie; 'all' for any.")
@click.option("--from", "from_year", type=int, metavar="YEAR", help="First year of the window.")
@click.option("--to", "to_year", type=int, metavar="YEAR", help="Last year of the window.")
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="Other option.")
@on_option
@scope_options
@format_option
def command(
    name: str | None,
    listed: bool,
    level: str | None,
    roles: str | None,
    from_year: int | None,
    to_year: int | None,
    params: tuple[str, ...],
    form: str,
    **options: Any,
) -> None:
    """Run an analysis; its definition, edge rule, n, m, seed and ties are printed below.

    \b
    Example:
      kg analyze centrality
      kg analyze brokers --level agency --from 1990 --to 2025
      kg analyze communities -p seed=3 -f csv
    """
    from kg.api import analyze

    if listed or not name:
        for known in registry.names("kg.analytics"):
            module = registry.load("kg.analytics", known, "analysis")
            click.echo(f"{known:15} {(module.__doc__ or '').splitlines()[0]}")
        return
    chosen = scope(**options)
    given: dict[str, Any] = {
        "level": level,
        "roles": roles,
        "from_year": from_year,
        "to_year": to_year,
        "on": chosen.on.isoformat() if chosen.on else None,
    }
    given = {key: value for key, value in given.items() if value is not None}
    show(analyze(chosen.view, name, **given, **pairs(params, "option")), form)
