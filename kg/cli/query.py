"""kg query."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli._common import (
    Seconds,
    format_option,
    languages_option,
    on_option,
    pairs,
    scope,
    scope_options,
)
from kg.cli._output import show, shown
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.cli._common import Scope
    from kg.table import Table


@click.command(short_help="Ask a named question, or run SPARQL read-only and offline.")
@click.argument("name", required=False)
@on_option
@languages_option
@scope_options
@format_option
@click.option(
    "-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter; repeatable."
)
@click.option("--list", "listed", is_flag=True, help="List the named queries.")
@click.option(
    "--limit", type=click.IntRange(0), metavar="N",
    help="Show the first N rows, 0 for all.  [default: 100 on a terminal, elsewhere all]",
)  # fmt: skip
@click.option("--sparql", metavar="FILE", help="Run the SPARQL of a file, or of stdin for -.")
@click.option(
    "--time-limit", type=Seconds(), default=30.0, show_default=True,
    help="Seconds for --sparql.",
)  # fmt: skip
@click.option("--allow-service", is_flag=True, help="Let SERVICE in --sparql open connections.")
@click.option(
    "--row-limit", type=click.IntRange(min=1), default=100_000, show_default=True,
    help="Rows for --sparql.",
)  # fmt: skip
def command(
    name: str | None,
    form: str,
    params: tuple[str, ...],
    listed: bool,
    limit: int | None,
    sparql: str | None,
    time_limit: float,
    row_limit: int,
    allow_service: bool,
    **options: Any,
) -> None:
    """Ask a named question (q01 … q40, or its name), or run SPARQL of your own.

    \b
    Example:
      kg query q01 -p a=CSA -p b=JAXA
      kg query q13 --on 1985-06-01
      kg query occurred --limit 20
      kg query --sparql question.rq -f csv
    """
    if listed:
        show(_listing(), form)
        return
    if bool(name) == bool(sparql):
        raise click.UsageError("give the name of a query, or --sparql FILE (kg query --list)")
    if sparql and (params or options["on"] or options["languages"]):
        raise click.UsageError("-p, --on and --lang belong to named queries, not to --sparql")
    chosen = scope(**options)
    if name:
        from kg.query import run

        table = run(
            chosen.view,
            name,
            pairs(params, "parameter"),
            on=chosen.on,
            names_in=chosen.full,
            languages=chosen.languages,
            most=shown(form, limit),
        )
    else:
        table = _sparql(chosen, str(sparql), time_limit, row_limit, allow_service)
        if form in {"table", "md"}:
            table = _shortened(table)
        table = table.first(shown(form, limit))
    show(table, form)


def _sparql(chosen: Scope, source: str, seconds: float, rows: int, service: bool) -> Table:
    from kg import sparql

    limits = sparql.Limits(seconds, rows)
    name = "stdin" if source == "-" else source
    return sparql.run(chosen.view, _read(source), limits, name=name, service=service)


def _shortened(table: Table) -> Table:
    from kg.namespaces import curie
    from kg.table import flat

    rows = tuple(tuple(curie(flat(cell)) for cell in row) for row in table.rows)
    return replace(table, rows=rows)


def _read(source: str) -> str:
    try:
        if source == "-":
            return sys.stdin.read()
        return Path(source).read_text(encoding="utf-8")
    except OSError as error:
        fix = "give a file that holds a query, or - for stdin"
        raise QueryError(f"cannot read '{source}': {error.strerror}", fix=fix) from None
    except UnicodeDecodeError:
        raise QueryError(f"'{source}' is not UTF-8", fix="save it as UTF-8") from None


def _listing() -> Table:
    from kg.questions import answered_elsewhere, load_all
    from kg.table import Table

    rows = [
        (
            ", ".join(q.questions),
            q.name,
            q.title,
            ", ".join(f"{p.name}={p.default}" for p in q.parameters.values()),
        )
        for q in load_all().values()
    ]
    rows += [
        (q, command, "a command of its own", "") for q, command in answered_elsewhere().items()
    ]
    return Table(("question", "name", "title", "parameters"), tuple(sorted(rows)), "Named queries")
