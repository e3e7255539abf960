"""The brief of a pair: composed once, written as Markdown or HTML."""

from __future__ import annotations

from datetime import date

from kg.dossier import html, markdown
from kg.dossier.content import compose
from kg.errors import KGError
from kg.store import View

WRITERS = {"md": markdown.write, "html": html.write}


def write(view: View, full: View, a: str, b: str, *, on: date | None, form: str) -> str:
    """Return the brief of a pair.

    Args:
        view: The documents that count.
        full: The whole store, in which names are looked up.
        a: IRI of one actor.
        b: IRI of the other.
        on: Day of the meeting, or None for the day as of which the view speaks.
        form: "md" or "html".

    Raises:
        KGError: If the form is unknown, or the two are one.
    """
    if form not in WRITERS:
        raise KGError(f"unknown format '{form}'", fix="known: " + ", ".join(WRITERS))
    if a == b:
        raise KGError("a dossier needs two different actors")
    return WRITERS[form](compose(view, full, a, b, on))
