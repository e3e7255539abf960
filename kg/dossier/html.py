"""The brief as one HTML page that prints well; no script, nothing remote."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.resources import files

from kg.dossier.model import Dossier, Line, Section
from kg.safe import web_address

_GLANCE = {
    "Missions shared": "missions shared",
    "Other cooperation and agreements": "other undertakings and agreements",
    "Meetings, visits and signings": "meetings, visits and signings",
    "Plans and what became of them": "plans followed",
    "Contradictions": "contradictions between sources",
}


def write(dossier: Dossier) -> str:
    """Return the brief as HTML; everything from the data is escaped."""
    title = escape(dossier.title)
    return "".join(
        [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
            "style-src 'unsafe-inline'\">\n",
            f"<title>{title}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n",
            f'<header>\n<p class="kind">Brief</p>\n<h1>{title}</h1>\n',
            f'<p class="sub">{escape(dossier.subtitle)}</p>\n',
            *_glance(dossier),
            "</header>\n<main>\n",
            *_sections(dossier),
            *_sources(dossier),
            "</main>\n",
            *_notes(dossier),
            "</body>\n</html>\n",
        ]
    )


@cache
def _style() -> str:
    return files("kg.dossier").joinpath("brief.css").read_text(encoding="utf-8")


def _glance(dossier: Dossier) -> Iterator[str]:
    """How much there is of each kind; what there is nothing of is said, too."""
    yield '<dl class="glance">\n'
    for section in dossier.sections:
        if what := _GLANCE.get(section.title):
            things = {line.cells[0] if line.cells else line.text for line in section.lines}
            yield f"<div><dt>{what}</dt><dd>{len(things)}</dd></div>\n"
    yield "</dl>\n"


def _sections(dossier: Dossier) -> Iterator[str]:
    for section in dossier.sections:
        yield f"<section>\n<h2>{escape(section.title)}</h2>\n"
        if not section.lines:
            yield f"<p>{escape(section.empty)}</p>\n"
        elif section.columns:
            yield from _table(section)
        else:
            yield "<ul>\n" + "".join(map(_line, section.lines)) + "</ul>\n"
        yield "</section>\n"


def _table(section: Section) -> Iterator[str]:
    names = [*section.columns, "Status, evidence"]
    heads = "".join(f'<th scope="col"><bdi>{escape(name)}</bdi></th>' for name in names)
    yield f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    for line in section.lines:
        first, *rest = (f"<bdi>{escape(cell)}</bdi>" for cell in line.cells)
        cells = "".join(f"<td>{cell}</td>" for cell in rest)
        yield f'<tr><th scope="row">{first}</th>{cells}<td>{_support(line)}</td></tr>\n'
    yield "</tbody>\n</table>\n"


def _line(line: Line) -> str:
    return f"<li><bdi>{escape(line.text)}</bdi> {_support(line)}</li>\n"


def _support(line: Line) -> str:
    """Status and attribution, and the numbers that lead to the evidence."""
    first = line.modality.split(",")[0].split(" ")[0]
    kind = f" {first}" if first in {"planned", "intended"} else ""
    badge = f'<span class="modality{kind}">{escape(line.modality)}</span> ' if line.modality else ""
    marks = "".join(f'<a href="#e{n}">[{n}]</a>' for n in line.sources)
    return f'{badge}<span class="marks">{marks}</span>' if marks else badge.rstrip()


def _sources(dossier: Dossier) -> Iterator[str]:
    yield '<section class="evidence">\n<h2>Evidence</h2>\n<ol>\n'
    for number, source in enumerate(dossier.sources, 1):
        yield f'<li id="e{number}"><bdi>{escape(source)}</bdi></li>\n'
    yield '</ol>\n</section>\n<section class="documents">\n<h2>Documents</h2>\n<ul>\n'
    for name, title, publisher, issued, url in dossier.documents:
        text = f"{escape(title)}. {escape(publisher)}, {escape(issued)}"
        if place := web_address(url):
            text = f'<a href="{escape(place)}" rel="noopener noreferrer">{text}</a>'
        yield f"<li><code>{escape(name)}</code>: <bdi>{text}</bdi></li>\n"
    yield "</ul>\n</section>\n"


def _notes(dossier: Dossier) -> Iterator[str]:
    yield "<footer>\n<ul>\n"
    yield from (f"<li>{escape(note)}</li>\n" for note in dossier.notes)
    yield "</ul>\n</footer>\n"
