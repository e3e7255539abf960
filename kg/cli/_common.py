"""Options that several commands share, and how a view is opened from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.errors import KGError

if TYPE_CHECKING:
    from kg.store import View

F = TypeVar("F", bound=Callable[..., Any])
_ONCE = {"source": "put the files into one folder, and add that"}
FORMATS = ("table", "csv", "tsv", "json", "md")


class Day(click.ParamType[date]):
    """A calendar day, YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or fail with the form that is wanted."""
        from kg import period

        if isinstance(value, date):
            return value
        try:
            return period.day(value)
        except KGError as error:
            self.fail(f"{error.message}; {error.fix}", param, ctx)


class Seconds(click.FloatRange):
    """A time limit in seconds, up to a day."""

    def __init__(self) -> None:
        super().__init__(0.1, 86_400)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number; nan is in every range of click."""
        found = super().convert(value, param, ctx)
        if found != found:
            self.fail(f"'{value}' is no number of seconds", param, ctx)
        return found


@dataclass(frozen=True, slots=True)
class Scope:
    """What the shared options say.

    Attributes:
        full: The whole store: names are looked up in it.
        view: The documents that count.
        on: Day for "true then", or None.
        languages: Languages of labels, best first.
    """

    full: View
    view: View
    on: date | None
    languages: tuple[str, ...]


def workspace_option(function: F) -> F:
    """Add --workspace."""
    return click.option(
        "--workspace",
        envvar="KG_WORKSPACE",
        metavar="DIR",
        help="Workspace folder.  [default: kg-workspace]",
    )(function)


def scope_options(function: F) -> F:
    """Add --workspace, --as-of and --document: which documents count."""
    known = click.option(
        "--as-of", type=Day(), help="Known then: only documents issued by that day."
    )
    given = click.option(
        "--document", "documents", multiple=True, metavar="ID",
        help="Only this document; repeatable.",
    )  # fmt: skip
    return workspace_option(known(given(function)))


def on_option(function: F) -> F:
    """Add --on, for commands whose answer depends on it."""
    return click.option("--on", type=Day(), help="True then: what holds on that day?")(function)


def languages_option(function: F) -> F:
    """Add --lang, for commands that print labels in a language of choice."""
    return click.option(
        "--lang", "languages", multiple=True, metavar="TAG",
        help="Language of labels, best first; repeatable.",
    )(function)  # fmt: skip


def format_option(function: F) -> F:
    """Add -f for tables."""
    return click.option(
        "-f", "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True,
        help="csv and tsv hold cells as they are; let a spreadsheet read them as text.",
    )(function)  # fmt: skip


def out_option(function: F) -> F:
    """Add -o."""
    return click.option(
        "-o", "--output", metavar="FILE", default="-", help="Where to write.  [default: stdout]"
    )(function)


def scope(
    workspace: str | None,
    as_of: date | None,
    documents: tuple[str, ...] = (),
    on: date | None = None,
    languages: tuple[str, ...] = (),
) -> Scope:
    """Open the store that the shared options ask for."""
    from kg import resources
    from kg.restrict import restrict
    from kg.store import open_view

    full = open_view(resources.workspace(workspace))
    hear_choices()
    view = restrict(full, as_of=as_of, documents=documents or None)
    return Scope(full, view, on, (*languages, "en"))


def hear_choices() -> None:
    """Say on stderr which thing a name was read as, where several have it."""
    import logging

    from kg.names import LOG

    logger = logging.getLogger(LOG)
    logger.setLevel(logging.INFO)
    logger.handlers = [logging.StreamHandler()]


def pairs(given: tuple[str, ...], what: str) -> dict[str, str]:
    """Return NAME=VALUE options as a dict.

    Raises:
        KGError: If one has no equals sign, or a name is given twice.
    """
    found = {}
    for item in given:
        name, equals, value = item.partition("=")
        if not equals or not name:
            fix = f"write NAME={'PATH' if what == 'source' else 'VALUE'}"
            raise KGError(f"'{item}' is no {what}", fix=fix)
        if name in found:
            raise KGError(
                f"the {what} '{name}' is given twice", fix=_ONCE.get(what, "give it once")
            )
        found[name] = value
    return found
