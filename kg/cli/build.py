"""kg build."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli._common import pairs, workspace_option
from kg.cli._output import progress


@click.command(short_help="Build the store from data/, the workspace's sources and --add.")
@workspace_option
@click.option("--only", multiple=True, metavar="SLUG", help="Only this source; repeatable.")
@click.option("--add", multiple=True, metavar="NAME=PATH", help="A further source; repeatable.")
@click.option("--texts", metavar="DIR", help="Your copies of documents, to check quotes against.")
def command(
    workspace: str | None, only: tuple[str, ...], add: tuple[str, ...], texts: str | None
) -> None:
    """Build the store: read all sources, merge, derive, validate, swap in.

    A failed build leaves the store in use as it was.

    \b
    Example:
      kg build
      kg build --only seed --texts ~/press-releases
    """
    from kg.build import build

    further = [(name, Path(path)) for name, path in pairs(add, "source").items()]
    with progress() as say:
        result = build(
            workspace,
            only=only,
            add=further,
            texts_folder=Path(texts) if texts else None,
            progress=say,
        )
    for slug, report in result.reports.items():
        counts = ", ".join(f"{n} {kind}" for kind, n in sorted(report.counts.items()))
        click.echo(
            f"{slug}: {report.rows} rows in = {report.mapped} mapped + "
            f"{len(report.rejected)} rejected; {counts}"
        )
        for error in report.rejected:
            click.echo(f"  rejected: {error}", err=True)
    for problem in result.problems:
        click.echo(f"warning: {problem.message} [{problem.rule}]", err=True)
    build_info = result.view.build
    click.echo(
        f"{build_info['quads']} quads in {build_info['graphs']} graphs; "
        f"sha256 of the sorted N-Quads {build_info['sha256']}"
    )
    if texts:
        click.echo(f"quotes checked against {len(result.texts)} texts")
