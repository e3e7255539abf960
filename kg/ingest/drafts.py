"""Entries of a facts file in the making: what the statements of one release add."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kg.extract.spans import Candidate

Entry = dict[str, Any]
KEYS = "keys"
"""Where an entry says of which statements it comes; no field of it."""
_STATUS = {
    "occurred": "occurred",
    "ongoing": "ongoing",
    "planned": "planned",
    "claimed": "intended",
}


@dataclass(slots=True)
class Drafts:
    """What the statements of one release add. An entry is replaced, never changed.

    Attributes:
        document: Identifier of the document.
        issued: Day of issue as EDTF, or "".
        language: Tag of its language.
        posts: Organization → identifier of its head's post, as the graph has it.
        conventions: Organization → the agreement that sets it up, as the graph has it.
        entities: Identifier → entry.
        statements: Entries in order.
    """

    document: str
    issued: str
    language: str = "en"
    posts: Mapping[str, str] = field(default_factory=dict)
    conventions: Mapping[str, str] = field(default_factory=dict)
    entities: dict[str, Entry] = field(default_factory=dict)
    statements: list[Entry] = field(default_factory=list)

    @property
    def day(self) -> str:
        """The day of issue; "" when only its month or year is known."""
        return self.issued if re.fullmatch(r"\d{4}-\d\d-\d\d", self.issued) else ""

    def copy(self) -> Drafts:
        """Return drafts of their own with the same entries."""
        return replace(self, entities=dict(self.entities), statements=list(self.statements))

    def since(self, before: Drafts) -> list[Entry]:
        """Return the statements that earlier drafts do not have."""
        known = {id(entry) for entry in before.statements}
        return [entry for entry in self.statements if id(entry) not in known]

    def named_since(self, before: Drafts) -> list[Entry]:
        """Return the entities that earlier drafts do not have, or have otherwise."""
        known = before.entities
        return [entry for slug, entry in self.entities.items() if entry is not known.get(slug)]

    def need(self, slug: str, cls: str, label: str, cite: list[Entry], **more: Any) -> str:
        """Declare an entity that the release speaks of and the graph has no node for."""
        entry = {"id": slug, "type": cls, "label": {"en": label}, **more, "cite": cite}
        self.entities.setdefault(slug, entry)
        return slug


def citation(one: Candidate, document: str, start: int, end: int) -> Entry:
    """Return the citation of a range of characters of a candidate's evidence."""
    quote = next(e.quote for e in one.evidence if (e.start, e.end) == (start, end))
    entry: Entry = {
        "document": document,
        "chars": f"{start}-{end}",
        "sha256": hashlib.sha256(quote.encode()).hexdigest(),
        "gist": f"{one.subject.name} – {_said(one.relation)} – {_end(one)} ({one.pattern}).",
    }
    if attribution := one.qualifiers.get("attribution", ""):
        entry["attribution"] = attribution
        if speaker := one.qualifiers.get("speakerSlug", ""):
            entry["speaker"] = speaker
    return entry


def _said(relation: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", relation).lower()


def _end(one: Candidate) -> str:
    return "this document" if one.object.kind == "Document" else one.object.name


def slug(text: str) -> str:
    """Return an identifier made of a text's words: ASCII, lower case, hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-") or "unnamed"


def state(drafts: Drafts, cls: str, one: Candidate, cite: list[Entry], **fields: Any) -> None:
    """Add a statement of a class; empty fields are left out."""
    kept = {k: v for k, v in fields.items() if v}
    status = {"status": _STATUS[one.modality]} if cls in _WITH_STATUS else {}
    drafts.statements.append({"class": cls, **kept, **status, "cite": cite})


_WITH_STATUS = {"Participation", "Membership", "Tenure", "Relation"}


def period(one: Candidate) -> str:
    """Return the extent that a candidate states, or ""."""
    date = one.qualifiers.get("date", "")
    return date if date.endswith("/..") else ""
