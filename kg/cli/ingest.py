"""kg ingest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._building import traced
from kg.cli._common import workspace_option
from kg.cli._output import progress

if TYPE_CHECKING:
    from kg.ingest.run import Outcome

_SHOWN = 10


@click.command(short_help="Read press releases: cited statements, and proposals for review.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@workspace_option
@click.option("--publisher", metavar="NAME", help="Who issued them.")
@click.option("--date", "issued", metavar="EDTF", help="Day of issue.")
@click.option("--language", metavar="TAG", help="Language.  [default: en]")
@click.option("--url", metavar="URL", help="Where the release is published.")
@click.option("--tier", metavar="TIER", help="official, wire, reference, news or unknown.")
@click.option("--encoding", default="", metavar="NAME", help="Encoding of the files.")
@click.option("--decisions", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
              help="Decisions of another reviewer; repeatable.")  # fmt: skip
@click.option("--extractor", "extractors", multiple=True, metavar="NAME",
              help="Ask an installed extractor too, for review only; repeatable.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(0), default=0, metavar="N",
              help="Processes.  [default: one a core]")  # fmt: skip
@click.option("--explain", is_flag=True, help="Show what matched which words; keep nothing.")
@click.option("--no-build", is_flag=True, help="Do not build the store afterwards.")
def command(
    paths: tuple[Path, ...],
    workspace: str | None,
    encoding: str,
    decisions: tuple[Path, ...],
    extractors: tuple[str, ...],
    jobs: int,
    explain: bool,
    no_build: bool,
    **given: str | None,
) -> None:
    """Read releases from files, folders or a manifest and put what they state into the graph.

    What is sure goes to the graph, what is not waits for `kg review`, always with the reason. A
    second run changes nothing; an interrupted one goes on where it stopped.

    \b
    Example:
      kg ingest release.txt
      kg ingest releases/ --publisher NASA
      kg ingest --explain release.html
    """
    from kg import resources, store
    from kg.build import build
    from kg.ingest import explaining, ledger, run

    home = resources.workspace(workspace)
    said = {k: v for k, v in given.items() if v}
    with progress() as say:
        if not (home / "store" / store.CURRENT).is_file():
            say("building the store first")
            build(workspace)
        view = store.open_view(home)
        if explain:
            decided = ledger.load(home / "review" / ledger.DECISIONS, decisions)
            click.echo(explaining.explain(view, home, paths, said, encoding, decided), nl=False)
            return
        done = run.ingest(view, home, paths, given=said, encoding=encoding,
                          reviewers=decisions, progress=say, jobs=jobs,
                          extractors=extractors)  # fmt: skip
        if not no_build and (done.extracted or done.compiled.graph):
            say("building the store")
            with traced(home):
                build(workspace)
    _report(done)


def _report(done: Outcome) -> None:
    for error in done.failed:
        click.echo(f"not read: {error}", err=True)
    for reason, count in sorted(done.dropped.items()):
        click.echo(f"dropped: {count} of {reason}", err=True)
    made = done.compiled
    click.echo(f"{len(done.extracted)} releases read, {len(done.unchanged)} unchanged, "
               f"{len(done.failed)} not read")  # fmt: skip
    click.echo(f"{made.graph} statements in the graph, {made.review} wait for kg review, "
               f"{made.rejected} rejected")  # fmt: skip
    if made.stated:
        click.echo(f"{made.stated} are stated already by people who have read the document")
    if made.unfit:
        click.echo(f"{made.unfit} decisions are on statements that are no longer extracted")
    for pattern in made.fallen:
        click.echo(f"pattern {pattern}; what it finds waits")
    reasons = sorted(made.unplaced.items(), key=lambda r: (-r[1], r[0]))
    for reason, count in reasons[:_SHOWN]:
        click.echo(f"  {count} accepted, not in the graph: {reason}")
    if len(reasons) > _SHOWN:
        rest = sum(count for _, count in reasons[_SHOWN:])
        click.echo(f"  {rest} accepted, not in the graph for {len(reasons) - _SHOWN} more reasons")
    if done.failed and not done.extracted and not done.unchanged:
        raise SystemExit(1)
