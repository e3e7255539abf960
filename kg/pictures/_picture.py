"""What every picture is: an SVG, a caption without which it means nothing, and its rows."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from kg.export._credits import TITLE, version
from kg.store import View
from kg.table import Table, flat

_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 1.5rem auto; padding: 0 1rem;
  color: #1b1f24; background: #fff; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
figure { margin: 0; } figure svg { width: 100%; height: auto; }
td, th { font-size: .85rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .25rem .6rem .25rem 0;
  border-bottom: 1px solid #d0d7de; overflow-wrap: anywhere; }
summary { cursor: pointer; padding: .5rem 0; font-weight: 600; }
@media print { body { margin: 0; max-width: none; } details:not([open]) { display: none; } }
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with what must be said about it.

    Attributes:
        title: What it shows.
        svg: The drawing, caption included.
        caption: Source, date and definition, one sentence or more each.
        table: The rows that are drawn.
    """

    title: str
    svg: bytes
    caption: tuple[str, ...]
    table: Table


def caption(view: View, *more: str) -> tuple[str, ...]:
    """Return definition, scope and source of a picture.

    Args:
        view: The documents that count.
        *more: What its marks mean, and what is left out.
    """
    held = version(view)
    data = f", data {held}" if held else ""
    known = f"Known by {view.today} from {len(view.documents)} documents"
    left = f"; {len(view.left_out)} documents left out" if view.left_out else ""
    return (*more, f"{known}{left}. Source: {TITLE}{data}.")


def page(picture: Picture) -> bytes:
    """Return a picture as one HTML page: drawing, caption, and the rows it was made from."""
    title = escape(picture.title)
    drawing = picture.svg.decode()
    drawing = drawing[drawing.index("<svg") :]
    text = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f'<h1 class="unseen">{title}</h1>\n<figure>\n{drawing}\n</figure>\n'
        f"<details>\n<summary>The rows of this picture</summary>\n{_rows(picture.table)}"
        "</details>\n</main>\n</body>\n</html>\n"
    )
    return text.encode()


def _rows(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(c)}</th>' for c in table.columns)
    body = "".join(
        "<tr>" + "".join(f"<td><bdi>{escape(flat(c))}</bdi></td>" for c in row) + "</tr>\n"
        for row in table.rows
    )
    return (
        '<div class="wide" tabindex="0" role="region" aria-label="Rows of the picture">\n'
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n</div>\n"
    )
