"""kg review."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from kg.cli._building import traced
from kg.cli._common import Day, format_option, pairs, workspace_option
from kg.cli._output import progress, show

if TYPE_CHECKING:
    from datetime import date

    from kg.ingest.review import Review


@click.command(short_help="Decide on what releases may say: accept, reject, edit, name new things.")
@click.option("--list", "listed", is_flag=True, help="List what waits, and decide nothing.")
@click.option("--accept", "accepted", multiple=True, metavar="KEY", help="Accept; repeatable.")
@click.option("--reject", "rejected", multiple=True, metavar="KEY", help="Reject; repeatable.")
@click.option("--edit", "edited", metavar="KEY", help="Accept as changed with --set.")
@click.option("--set", "changes", multiple=True, metavar="NAME=VALUE",
              help="relation, subject, object, modality, date …; repeatable.")  # fmt: skip
@click.option("--entity", metavar="NAME", help="Accept a name, with --class or as --id.")
@click.option("--class", "cls", default="", metavar="CLASS", help="Class of a new entity.")
@click.option("--id", "identifier", default="", metavar="ID", help="Its id, or the thing meant.")
@click.option("--undo", is_flag=True, help="Take the newest decision back.")
@click.option("--document", default="", metavar="ID", help="Only of this document.")
@click.option("--relation", default="", metavar="NAME", help="Only of this relation.")
@click.option("--reason", default="", metavar="WORDS", help="Only where the reasons say this.")
@click.option("--who", default="", metavar="NAME", help="Who decides.  [default: as git has it]")
@click.option("--when", type=Day(), help="Day of the decision.  [default: today]")
@click.option("--why", default="", metavar="TEXT", help="Why, for those who read it later.")
@click.option("--no-build", is_flag=True, help="Do not build the store afterwards.")
@format_option
@workspace_option
def command(
    listed: bool,
    accepted: tuple[str, ...],
    rejected: tuple[str, ...],
    edited: str | None,
    changes: tuple[str, ...],
    entity: str | None,
    cls: str,
    identifier: str,
    undo: bool,
    document: str,
    relation: str,
    reason: str,
    who: str,
    when: date | None,
    why: str,
    no_build: bool,
    form: str,
    workspace: str | None,
) -> None:
    """Go through what waits, one statement after the other, with the sentence that says it.

    Without options it asks; answers come from the keyboard or from a file on stdin. Each decision
    is written at once into review/decisions.toml of the workspace, which belongs in version
    control; the next session goes on where this one stopped. Decisions outlive a new extraction,
    and a rejected statement never comes back from the same sentence.

    \b
    Example:
      kg review
      kg review --list --reason person
      kg review --accept 9f31c2 --why "the agency says so itself"
      kg review --edit 9f31c2 --set modality=planned --set date=2031
    """
    from kg import resources
    from kg.cli._session import Session
    from kg.cli._who import somebody
    from kg.ingest.review import Review

    if changes and not edited:
        raise click.UsageError("--set changes nothing without --edit KEY")
    day = when.isoformat() if when else _today()
    home = resources.workspace(workspace)
    review = Review.open(home, who=who or somebody(), when=day, why=why)
    chosen = review.waiting(document, relation, reason)
    if listed:
        show(review.table(chosen), form, "nothing waits")
        return
    for key in accepted:
        review.accept(key)
    for key in rejected:
        review.reject(key)
    if edited:
        review.edit(edited, pairs(changes, "change"))
    if entity:
        review.name(entity, cls, identifier)
    if undo:
        review.undo()
    if not (accepted or rejected or edited or entity or undo):
        Session(review).ask(chosen)
    _finish(review, no_build)


def _today() -> str:
    return time.strftime("%Y-%m-%d")


def _finish(review: Review, no_build: bool) -> None:
    from kg.build import build

    if review.made.total():
        with progress() as say:
            done = review.finish(say)
            if not no_build:
                say("building the store")
                with traced(review.home):
                    build(review.home)
        for reason, count in sorted(done.unplaced.items()):
            click.echo(f"{count} accepted, not in the graph: {reason}")
        for pattern in done.fallen:
            click.echo(f"pattern {pattern}; what it finds waits")
    click.echo(review.summary())
