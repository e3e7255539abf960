"""kg report."""

from __future__ import annotations

import click

from kg.cli._common import hear_choices, out_option, workspace_option
from kg.cli._output import write


@click.command(short_help="A filled-in correction of a fact, for an issue or as a patch.")
@click.argument("fact")
@click.option("--property", "prop", metavar="NAME", default="", help="Property that is wrong.")
@click.option("--value", default="", metavar="VALUE", help="What it should be.")
@click.option("--source", default="", metavar="URL", help="The source that says so.")
@click.option("-f", "--format", "form", type=click.Choice(["md", "patch"]), default="md",
              show_default=True, help="md for an issue, patch for the data.")  # fmt: skip
@out_option
@workspace_option
def command(
    fact: str, prop: str, value: str, source: str, form: str, output: str, workspace: str | None
) -> None:
    """Print a correction: the fact, its claims and sources, where it is stated, what is proposed.

    FACT is the CURIE of a fact, or of a claim (what one document says of it); or a name, with
    --property where there are many facts about it.

    \b
    Example:
      kg report fact:event.founding.csa._
      kg report claim:event.founding.csa._.spacepatches-csa --property onDate --value 1989 -f patch
    """
    from kg import report, resources
    from kg.store import open_view

    if value and not prop:
        raise click.UsageError("--value needs --property: what is it the value of?")
    view = open_view(resources.workspace(workspace))
    hear_choices()
    claims = report.claims_of(view, fact, prop)
    made = report.compose(view, claims, report.Proposal(prop, value, source))
    text = report.markdown(made) if form == "md" else report.patch(made)
    write(text.encode(), output)
