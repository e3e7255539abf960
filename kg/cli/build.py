"""kg build."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._building import traced
from kg.cli._common import pairs, workspace_option
from kg.cli._output import progress

if TYPE_CHECKING:
    from kg.sources import Report
    from kg.validate import Problem

_SHOWN = 20


@click.command(short_help="Build the store from data/, the workspace's sources and --add.")
@workspace_option
@click.option("--only", multiple=True, metavar="SLUG", help="Only this source; repeatable.")
@click.option(
    "--add",
    multiple=True,
    metavar="NAME=PATH",
    help="A further source: your copy of a public table (gcat, ucs …); repeatable.",
)
@click.option("--texts", metavar="DIR", help="Your copies of documents, to check quotes against.")
def command(
    workspace: str | None, only: tuple[str, ...], add: tuple[str, ...], texts: str | None
) -> None:
    """Build the store: read all sources, merge, derive, validate, swap in.

    A failed build leaves the store in use as it was. What is wrong with a row of a table that you
    add costs that row; what is wrong with curated data stops the build.

    \b
    Example:
      kg build
      kg build --add gcat=~/gcat --add ucs=~/UCS-Satellite-Database.csv
      kg build --only seed --texts ~/press-releases
    """
    from kg import resources
    from kg.build import build

    further = [(name, Path(path).expanduser()) for name, path in pairs(add, "source").items()]
    with progress() as say, traced(resources.workspace(workspace)):
        result = build(
            workspace,
            only=only,
            add=further,
            texts_folder=Path(texts).expanduser() if texts else None,
            progress=say,
        )
    for slug, report in result.reports.items():
        _account(slug, report)
    for line in result.idle:
        click.echo(f"warning: {line}", err=True)
    _warn(result.problems)
    build_info = result.view.build
    click.echo(
        f"{build_info['quads']} quads in {build_info['graphs']} graphs; "
        f"sha256 of the sorted N-Quads {build_info['sha256']}"
    )
    if texts:
        click.echo(f"quotes checked against {len(result.texts)} texts")
    spent = ", ".join(f"{name} {cpu:.1f} s" for name, (cpu, _) in result.seconds.items())
    click.echo(f"CPU: {spent}", err=True)


def _account(slug: str, report: Report) -> None:
    counts = ", ".join(f"{n} {kind}" for kind, n in sorted(report.counts.items()))
    click.echo(
        f"{slug}: {_balance(report.rows, report.mapped, report.skipped, report.refused)}; {counts}"
    )
    for file in report.files if report.external else ():
        balance = _balance(file.rows, file.mapped, file.skipped, file.rejected)
        click.echo(f"  {file.file} (table {file.table}, document {file.document}): {balance}")
    for file in report.files:
        if not file.rows:
            click.echo(f"warning: {file.file} has no rows: its header is all there is", err=True)
    for path, reason in report.unread:
        click.echo(f"  not read: {path}: {reason}")
    for reason, number in sorted(report.omitted.items()):
        click.echo(f"  left out of rows that were mapped: {reason} ({number})")
    for error in report.rejected[:_SHOWN]:
        click.echo(f"  rejected: {error}", err=True)
    if report.refused > _SHOWN:
        more = report.refused - _SHOWN
        click.echo(f"  rejected: … and {more} more; all are in the build's rejected.tsv", err=True)


def _balance(rows: int, mapped: int, skipped: Counter[str], rejected: int) -> str:
    rules = "".join(f" + {n} skipped by {rule}" for rule, n in sorted(skipped.items()))
    return f"{rows} rows in = {mapped} mapped{rules} + {rejected} rejected"


def _warn(problems: list[Problem]) -> None:
    """Warnings of our own data one by one; those of external sources counted, with an example."""
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.external:
            groups.setdefault(problem.rule, []).append(problem)
        else:
            click.echo(f"warning: {problem.message} [{problem.rule}]", err=True)
    for rule, found in sorted(groups.items()):
        node = found[0].node.rsplit("/", 1)[-1]
        said = f"{found[0].message} ({node})"
        click.echo(f"warning: {len(found)} of external sources [{rule}], such as: {said}", err=True)
