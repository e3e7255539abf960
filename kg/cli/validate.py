"""kg validate."""

from __future__ import annotations

from typing import Any

import click

from kg.cli._common import format_option, scope, scope_options
from kg.cli._output import show


@click.command(short_help="Check the store: SHACL shapes and cross-record checks.")
@scope_options
@format_option
@click.pass_context
def command(ctx: click.Context, /, form: str, **options: Any) -> None:
    """Check the store against the SHACL shapes and across records; exit 1 on a violation.

    \b
    Example:
      kg validate
      kg validate -f json
    """
    from kg.namespaces import curie
    from kg.table import Table
    from kg.texts import Texts, mismatches
    from kg.validate import check

    chosen = scope(**options)
    problems = check(chosen.view)
    wrong = [
        ("violation", "quote-not-found", curie(node), str(error.message))
        for node, error in mismatches(chosen.view, Texts.of(chosen.view))
    ]
    rows = [*wrong, *((p.severity, p.rule, curie(p.node), p.message) for p in problems)]
    violations = sum(row[0] == "violation" for row in rows)
    title = f"{violations} violations, {len(rows) - violations} warnings"
    columns = ("severity", "rule", "node", "message")
    show(
        Table(columns, tuple(rows), title),
        form,
        empty="nothing is wrong" if form == "table" else "",
    )
    ctx.exit(1 if violations else 0)
