"""kg picture."""

from __future__ import annotations

from typing import Any

import click

from kg import registry
from kg.cli._common import out_option, pairs, scope, scope_options
from kg.cli._output import write

_NUMBERS = {"rows", "actors", "largest"}
_WHOSE = ("entity", "actor")


@click.command(short_help="Vector pictures: a timeline, ties by theme, the network by decade.")
@click.argument("name")
@click.argument("entity", required=False)
@click.option("-f", "--format", "form", type=click.Choice(["svg", "html"]), default="svg",
              show_default=True, help="The drawing alone, or a page with its rows.")  # fmt: skip
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="Other option.")
@out_option
@scope_options
def command(
    name: str, entity: str | None, form: str, params: tuple[str, ...], output: str, **options: Any
) -> None:
    """Draw a picture with its source, date and definition below it.

    NAME is timeline (of ENTITY), ties (decades and themes; of ENTITY where given) or decades (the
    network, one panel a decade). Uncertain starts and ends are drawn as such.

    \b
    Example:
      kg picture timeline JAXA -o jaxa.svg
      kg picture ties -p level=state -f html -o ties.html
      kg picture decades -p actors=16 -o decades.svg
    """
    from kg.errors import KGError
    from kg.names import resolve
    from kg.pictures._picture import page

    module = registry.load("kg.pictures", name, "picture")
    chosen = scope(**options)
    given: dict[str, Any] = dict(pairs(params, "option"))
    known = sorted(module.draw.__kwdefaults__)
    for key in given:
        if key not in known:
            raise KGError(f"'{key}' is no option of {name}", fix="known: " + ", ".join(known))
    if entity:
        whose = next((key for key in _WHOSE if key in known), "")
        if not whose:
            raise KGError(f"{name} shows all actors, not '{entity}'", fix="leave ENTITY out")
        given[whose] = resolve(chosen.full, entity)
    for key in sorted(_NUMBERS & set(given)):
        given[key] = _number(key, given[key])
    picture = module.draw(chosen.view, **given)
    write(picture.svg if form == "svg" else page(picture), output)


def _number(key: str, text: str) -> int:
    from kg.errors import KGError

    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise KGError(f"{key} '{text}' is no whole number", fix=f"write {key}=20")
    return int(text)
