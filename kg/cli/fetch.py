"""kg fetch."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._common import workspace_option
from kg.cli._output import show

if TYPE_CHECKING:
    from kg.fetch.client import Client
    from kg.fetch.pages import Result
    from kg.fetch.spec import File, Spec
    from kg.fetch.tables import Outcome
    from kg.table import Table


@click.command(short_help="Bring publishers' tables, or the cited pages, into your cache.")
@click.argument("name", required=False)
@click.argument("items", nargs=-1, metavar="[ITEM]...")
@workspace_option
@click.option("--dry-run", is_flag=True, help="Only say what would be fetched.")
@click.option("--from", "saved", metavar="DIR", help="texts: your saved copies; no connection.")
@click.option("--strict", is_flag=True, help="texts: end with 1 if any quote is not found.")
@click.option("--contact", envvar="KG_CONTACT", metavar="ADDRESS", default="",
              help="An address for the publisher, sent with each request.")  # fmt: skip
@click.option("--loopback", is_flag=True, hidden=True, help="Allow plain HTTP to this machine.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    name: str | None,
    items: tuple[str, ...],
    workspace: str | None,
    dry_run: bool,
    saved: str | None,
    strict: bool,
    contact: str,
    loopback: bool,
) -> None:
    """Fetch a publisher's files, or the pages that the facts cite. No other command connects.

    NAME is what `kg fetch` lists, or texts. ITEM is a file of the publisher, a Wikidata item
    (by default those that the store names), or a document (by default all that are cited).

    \b
    Example:
      kg fetch
      kg fetch gcat --dry-run
      kg fetch wikidata Q23548 Q49087
      kg fetch texts csa-2025-07-09
      kg fetch texts --from saved-pages
    """
    from kg import resources

    home = resources.workspace(workspace)
    if name != "texts" and (saved or strict):
        raise click.UsageError("--from and --strict belong to: kg fetch texts")
    if not name:
        show(_offers(), "table")
        return

    def client() -> Client:
        from kg.fetch.client import Client

        return Client(loopback=loopback, contact=contact)

    failed = _texts(home, items, saved, dry_run, strict, client) if name == "texts" else None
    if failed is None:
        failed = _tables(home, name, items, dry_run, client)
    ctx.exit(1 if failed else 0)


def _offers() -> Table:
    from kg.fetch import spec
    from kg.table import Table

    found = [spec.load(name) for name in spec.names()]
    rows = [(s.name, s.title, s.licence, s.missing or _content(s)) for s in found]
    pages = "the cited pages; each quote is found again by its length and SHA-256"
    rows.append(("texts", "Pages that the facts cite", "their publishers'", pages))
    return Table(("name", "title", "licence", "what is fetched"), tuple(rows), "kg fetch NAME")


def _content(spec: Spec) -> str:
    return "items that you name" if spec.items else ", ".join(f.name for f in spec.files)


def _tables(
    home: Path, name: str, items: tuple[str, ...], dry_run: bool, client: Callable[[], Client]
) -> bool:
    from kg.fetch import spec, tables

    offer = spec.load(name)
    if offer.missing:
        click.echo(f"nothing to fetch for {name}: {offer.missing}")
        return False
    if offer.items and not items:
        items = _from_store(home, offer)
    files = list(spec.chosen(offer, items))
    folder = tables.folder(home, name)
    if dry_run:
        _foretell(offer, files, folder)
        return False
    with _progress() as (say, bar):
        asking = client()
        asking.say = say
        found = tables.fetch(offer, files, home, asking, bar)
    return _report(offer, found, folder)


def _from_store(home: Path, offer: Spec) -> tuple[str, ...]:
    from kg.fetch.tables import identified
    from kg.store import open_view

    scheme = offer.items.scheme if offer.items else ""
    found = tuple(identified(open_view(home), scheme))
    if not found:
        raise click.UsageError(f"the store names no item of {offer.name}: give some")
    return found


def _foretell(offer: Spec, files: list[File], folder: Path) -> None:
    click.echo(f"{offer.title}; licence: {offer.licence}; {offer.homepage}")
    for file in files:
        click.echo(f"{file.url} -> {folder / file.name}")
    click.echo(f"then: kg build --add {offer.name}={folder}")


def _report(offer: Spec, found: list[Outcome], folder: Path) -> bool:
    for one in found:
        tail = f": {one.reason}" if one.reason else f" sha256 {one.sha256}"
        kept = ", the former one stays" if one.reason and one.size else ""
        click.echo(f"{one.name}: {one.state}{kept}, {one.size} bytes{tail}")
    click.echo(f"credit: {offer.credit} ({offer.licence})")
    if any(one.size for one in found):
        click.echo(f"kg build --add {offer.name}={folder}")
    return any(one.reason for one in found)


def _texts(
    home: Path,
    items: tuple[str, ...],
    saved: str | None,
    dry_run: bool,
    strict: bool,
    client: Callable[[], Client],
) -> bool:
    from kg.fetch import pages
    from kg.store import open_view

    cited = pages.cited(open_view(home), items)
    if dry_run:
        for one in cited:
            click.echo(f"{one.url or 'no address'} -> {one.name}: {len(one.quotes)} quotes")
        return False
    with _progress() as (say, bar):
        if saved:
            results: list[Result] = pages.from_folder(cited, Path(saved), home, say)
        else:
            asking = client()
            asking.say = say
            results = pages.from_web(cited, home, asking, say, bar)
    show(pages.table(results), "table")
    return strict and any(r.gone or r.reason for r in results)


@contextmanager
def _progress() -> Iterator[tuple[Callable[[str], None], Callable[[str, int, int], None]]]:
    """Give a function for words and one for bytes; both are silent where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _text: None, lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        tasks = {"": shown.add_task("", total=None)}

        def say(text: str) -> None:
            shown.update(tasks[""], description=text)

        def bar(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = shown.add_task(name)
            shown.update(tasks[name], completed=done, total=total or None)
            if done == total:
                shown.remove_task(tasks.pop(name))

        yield say, bar
