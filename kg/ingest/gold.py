"""Extracted statements as JSON Lines, in the form that annotated releases are scored against.

What patterns read in the releases of the workspace, before any decision: one object a line with
doc, subject, relation, object, qualifiers, evidence and confidence; below 0.8 it waits for review.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg.extract.spans import Candidate, Mention
from kg.ingest import keeping
from kg.ingest.keeping import Kept
from kg.namespaces import iri
from kg.store import View


def lines(view: View) -> Iterator[bytes]:
    """Yield the statements of the kept releases as lines, by document and place.

    Args:
        view: Its workspace holds the releases; a restricted view only some of them.
    """
    for kept in keeping.read_all(view.home) if view.home else ():
        if view.allowed is None or iri(f"doc:{kept.id}") in view.allowed:
            for one in kept.candidates:
                yield json.dumps(_line(kept, one), ensure_ascii=False).encode() + b"\n"


def _line(kept: Kept, one: Candidate) -> dict[str, object]:
    name = kept.made_with.get("file", kept.id)
    return {
        "doc": name,
        "subject": _name(one.subject),
        "relation": one.relation,
        "object": f"doc:{name}" if one.object.kind == "Document" else _literal(one),
        "qualifiers": dict(one.qualifiers),
        "evidence": [{"start": e.start, "end": e.end, "quote": e.quote} for e in one.evidence],
        "confidence": one.confidence,
    }


def _literal(one: Candidate) -> str:
    return one.object.value or _name(one.object)


def _name(mention: Mention) -> str:
    """A full name as the text writes it; the label where it abbreviates, or says what it is."""
    named = " " in mention.surface and mention.method != "national"
    return mention.surface if named else mention.name
