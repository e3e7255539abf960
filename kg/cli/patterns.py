"""kg patterns."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._common import format_option, workspace_option
from kg.cli._output import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.errors import KGError


@click.group(short_help="The patterns that releases are read with: check, try, list.")
def command() -> None:
    """Patterns are data, a file a language; your own go into patterns/en.toml of the workspace.

    \b
    Example:
      kg patterns list
      kg patterns check
      kg patterns try mine.toml --in releases/
    """


@command.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--language", metavar="TAG", help="Language of FILES.  [default: their names, or en]")
@workspace_option
def checked(files: tuple[Path, ...], language: str | None, workspace: str | None) -> None:
    """Check pattern files: their form, examples and counter-examples, and that they end in time.

    Without FILES those that come with the product, and your own in the workspace.

    \b
    Example:
      kg patterns check
      kg patterns check mine.toml
    """
    from kg import resources
    from kg.errors import InputError
    from kg.extract import words
    from kg.ingest import own

    home = resources.workspace(workspace)
    chosen = [(f, language or _language(f)) for f in files] or [
        (f, tag)
        for tag in words.languages()
        for f in (*words.pattern_files(tag), *own.files(home, tag))
    ]
    wrong = list(_checked(chosen))
    if wrong:
        raise InputError("\n".join(["patterns that are wrong", *map(str, wrong)]))


def _checked(chosen: list[tuple[Path, str]]) -> Iterator[KGError]:
    from kg.errors import KGError
    from kg.ingest import own, trying

    for path, language in chosen:
        try:
            found = trying.load(path, language)
        except KGError as error:
            yield error
            continue
        errors = own.check(found)
        yield from errors
        if not errors:
            examples = sum(len(p.examples) for p in found)
            counter = sum(len(p.counter) for p in found)
            click.echo(f"{path}: {len(found)} patterns, {examples} examples, "
                       f"{counter} counter-examples: all right")  # fmt: skip


def _language(path: Path) -> str:
    from kg.extract import words

    return path.stem if path.stem in words.languages() else "en"


@command.command("try")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--in", "folder", type=click.Path(path_type=Path), metavar="DIR",
              help="Texts to try it on.  [default: all releases read so far]")  # fmt: skip
@click.option("--language", metavar="TAG", help="Language.  [default: the file's name, or en]")
@workspace_option
@format_option
def tried(
    file: Path, folder: Path | None, language: str | None, workspace: str | None, form: str
) -> None:
    """Show every hit of the patterns in FILE, and what would become of it; nothing is kept.

    \b
    Example:
      kg patterns try mine.toml
      kg patterns try mine.toml --in releases/
    """
    from kg import resources, store
    from kg.ingest import learning, ledger, own, trying

    home = resources.workspace(workspace)
    tag = language or _language(file)
    found = trying.load(file, tag)
    for error in own.check(found):
        raise error
    view = store.open_view(home)
    decided = ledger.load(home / "review" / ledger.DECISIONS)
    names = trying.gazetteer(view, tag, decided)
    texts = trying.given(view, home, [folder], tag, names) if folder else trying.stored(home, tag)
    known = learning.records(found, decided)
    show(trying.table(found, texts, names, known), form, "no hits")


@command.command("list")
@click.option("--language", default="en", show_default=True, metavar="TAG", help="Language.")
@workspace_option
@format_option
def listed(language: str, workspace: str | None, form: str) -> None:
    """List the patterns, shipped and your own, with what reviewers' decisions make of them.

    What a pattern declares is the prior; each decision on what it found moves it. The gate goes by
    what is learnt: a pattern that falls under 0.80 gives nothing to the graph, only to review.

    \b
    Example:
      kg patterns list
    """
    from kg import resources
    from kg.ingest import ledger, trying

    home = resources.workspace(workspace)
    decided = ledger.load(home / "review" / ledger.DECISIONS)
    show(trying.listed(language, home, decided), form)
