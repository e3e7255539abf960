"""The brief as one HTML page that prints well; no script, nothing remote."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from kg.dossier.model import Dossier, Line

_STYLE = """
:root { color-scheme: light dark; --line: #8885; --soft: #667; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.05rem; border-bottom: 1px solid var(--line); margin: 1.6rem 0 .5rem; }
.sub, .modality, footer { color: var(--soft); }
ul, ol { padding-left: 1.3rem; margin: .3rem 0; }
li { margin: .25rem 0; overflow-wrap: anywhere; }
.modality { font-size: .85em; border: 1px solid var(--line); border-radius: .6em; padding: 0 .45em;
  white-space: nowrap; }
.planned, .intended { border-style: dashed; }
sup a { text-decoration: none; }
:target { background: #fd08; }
.evidence, .documents, footer { font-size: .85rem; }
@media (prefers-color-scheme: dark) { :root { --soft: #aab; } }
@media print { body { margin: 0; font-size: 10.5pt; max-width: none; } a { color: inherit; }
  h2 { break-after: avoid; } li { break-inside: avoid; } }
"""


def write(dossier: Dossier) -> str:
    """Return the brief as HTML; everything from the data is escaped."""
    title = escape(dossier.title)
    return "".join(
        [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
            "style-src 'unsafe-inline'\">\n",
            f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n",
            f'<header><h1>{title}</h1>\n<p class="sub">{escape(dossier.subtitle)}</p></header>\n',
            "<main>\n",
            *_sections(dossier),
            "</main>\n",
            *_sources(dossier),
            "</body>\n</html>\n",
        ]
    )


def _sections(dossier: Dossier) -> Iterator[str]:
    for section in dossier.sections:
        yield f"<section>\n<h2>{escape(section.title)}</h2>\n"
        if section.lines:
            yield "<ul>\n" + "".join(map(_line, section.lines)) + "</ul>\n"
        else:
            yield f"<p>{escape(section.empty)}</p>\n"
        yield "</section>\n"


def _line(line: Line) -> str:
    first = line.modality.split(",")[0].split(" ")[0]
    kind = first if first in {"planned", "intended"} else ""
    badge = (
        f' <span class="modality {kind}">{escape(line.modality)}</span>' if line.modality else ""
    )
    marks = "".join(f'<sup><a href="#e{n}">[{n}]</a></sup>' for n in line.sources)
    return f"<li><bdi>{escape(line.text)}</bdi>{badge} {marks}</li>\n"


def _sources(dossier: Dossier) -> Iterator[str]:
    yield '<section class="evidence">\n<h2>Evidence</h2>\n<ol>\n'
    for number, source in enumerate(dossier.sources, 1):
        yield f'<li id="e{number}"><bdi>{escape(source)}</bdi></li>\n'
    yield '</ol>\n</section>\n<section class="documents">\n<h2>Documents</h2>\n<ul>\n'
    for name, title, publisher, issued, url in dossier.documents:
        text = f"{escape(title)}. {escape(publisher)}, {escape(issued)}"
        if url.startswith(("https://", "http://")):
            text = f'<a href="{escape(url)}" rel="noopener noreferrer">{text}</a>'
        yield f"<li><code>{escape(name)}</code>: <bdi>{text}</bdi></li>\n"
    yield "</ul>\n</section>\n<footer>\n<ul>\n"
    yield from (f"<li>{escape(note)}</li>\n" for note in dossier.notes)
    yield "</ul>\n</footer>\n"
