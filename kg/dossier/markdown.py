"""The brief as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from kg.dossier.model import Dossier, Line


def write(dossier: Dossier) -> str:
    """Return the brief as Markdown with numbered sources."""
    return "\n".join(_parts(dossier)) + "\n"


def _parts(dossier: Dossier) -> Iterator[str]:
    yield f"# {dossier.title}\n\n*{dossier.subtitle}*"
    for section in dossier.sections:
        yield f"\n## {section.title}\n"
        if not section.lines:
            yield section.empty
        yield from (_line(line) for line in section.lines)
    yield "\n## Evidence\n"
    yield from (f"{n}. {source}" for n, source in enumerate(dossier.sources, 1))
    yield "\n## Documents\n"
    for name, title, publisher, issued, url in dossier.documents:
        yield f"- `{name}`: {title}. {publisher}, {issued}. {url}".rstrip()
    yield "\n## How to read this\n"
    yield from (f"- {note}" for note in dossier.notes)


def _line(line: Line) -> str:
    marks = "".join(f"[{n}]" for n in line.sources)
    modality = f" *({line.modality})*" if line.modality else ""
    return f"- {line.text}{modality} {marks}".rstrip()
