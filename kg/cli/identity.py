"""kg identity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli._common import FORMATS, format_option, hear_choices, workspace_option
from kg.cli._output import show

if TYPE_CHECKING:
    from kg.sssom import Line
    from kg.store import View


@click.group(short_help="Which records are one thing, who says so, and what may be.")
def command() -> None:
    """Show which identifiers join which records, and which names might.

    \b
    Example:
      kg identity list XRISM
      kg identity candidates -f sssom
    """


@command.command("list")
@click.argument("name", required=False)
@workspace_option
@format_option
def listed(name: str | None, workspace: str | None, form: str) -> None:
    """List the identifiers of NAME, or of all records, with their justification.

    \b
    Example:
      kg identity list JAXA
    """
    from kg import candidates
    from kg.names import resolve

    view, lines = _opened(workspace)
    thing = resolve(view, name) if name else ""
    show(candidates.joined(view, lines, thing), form, "no identifiers")


@command.command("candidates")
@click.argument("name", required=False)
@click.option("--homonyms", is_flag=True, help="Also pairs that a catalogue tells apart.")
@workspace_option
@click.option(
    "-f", "--format", "form", type=click.Choice((*FORMATS, "sssom")), default="table",
    show_default=True,
)  # fmt: skip
def proposed(name: str | None, homonyms: bool, workspace: str | None, form: str) -> None:
    """List records that share a name and no identifier, or only those that share NAME.

    Nothing is joined. With -f sssom the candidates come as lines of a mapping file; fill in
    author_label and mapping_date of those that are right and put them into the identity/ folder of
    the workspace. A line with predicate_modifier Not says that two records are not one.

    \b
    Example:
      kg identity candidates ISS --homonyms
      kg identity candidates -f sssom
    """
    from kg import candidates

    view, lines = _opened(workspace)
    found = candidates.pairs(view, lines, homonyms=homonyms)
    if name:
        wanted = candidates.folded(name)
        found = [pair for pair in found if candidates.folded(pair.label) == wanted]
    if form == "sssom":
        show(candidates.sssom(view, found), "tsv", "no candidates")
    else:
        show(candidates.table(view, found), form, "no candidates")


def _opened(workspace: str | None) -> tuple[View, list[Line]]:
    from kg import resources, sssom
    from kg.store import open_view

    home = resources.workspace(workspace)
    hear_choices()
    return open_view(home), sssom.read_all([resources.identity(), home / "identity"])
