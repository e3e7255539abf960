"""Frozen values that travel through the extraction: release, mention, candidate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.errors import InputError


@dataclass(frozen=True, slots=True)
class Release:
    """A document as text, with what is known of it from outside.

    Attributes:
        id: Identifier of the document.
        text: Its characters, as the extractor named in the catalogue gives them.
        publisher: Identifier of the publisher in the graph, or "".
        tier: official, wire, reference, news or unknown.
        issued: Day of issue as EDTF, or "".
        language: Language tag.
    """

    id: str
    text: str
    publisher: str = ""
    tier: str = "unknown"
    issued: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Characters of a release that carry a statement.

    Attributes:
        start: Offset of the first code point.
        end: Offset after the last one.
        quote: Exactly these characters.

    Raises:
        InputError: From :meth:`of`, if the range is empty or outside the text.
    """

    start: int
    end: int
    quote: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Evidence:
        """Cut a range out of a text, white space at its ends left out."""
        if not 0 <= start < end <= len(text):
            raise InputError(f"no characters {start}-{end} in a text of {len(text)}")
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return cls(start, end, text[start:end])


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name something.

    Attributes:
        start: Offset of its first code point in the release.
        end: Offset after its last one.
        kind: What it is: State, Agency, Person, Activity, Object, Agreement, Place, Date …
        name: The name, as the graph or the text gives it.
        slug: Identifier in the graph, or "" when it is not linked.
        method: How it was found: label, alias, adjective, abbreviation, title, anaphora, proposal.
        members: For a group ("the two agencies"), the mentions it stands for.
        value: For dates the EDTF expression, for numbers the digits.
        surface: The words of the name alone, as the text has them.
        anchor: For "their", where the words begin for which it stands, if in its sentence; else -1.
    """

    start: int
    end: int
    kind: str
    name: str
    slug: str = ""
    method: str = "label"
    members: tuple[Mention, ...] = ()
    value: str = ""
    surface: str = ""
    anchor: int = -1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that a release may make.

    Attributes:
        release: Identifier of the document.
        relation: One of the closed list of relations.
        subject: The first end.
        object: The second end.
        qualifiers: date, role, topic, place, count, kind, modality …
        evidence: Where the words are.
        pattern: Name of the pattern that matched.
        confidence: 0 to 1.
        reasons: Why it is not sure; empty when nothing speaks against it.
    """

    release: str
    relation: str
    subject: Mention
    object: Mention
    qualifiers: Mapping[str, str]
    evidence: tuple[Evidence, ...]
    pattern: str
    confidence: float = 1.0
    reasons: tuple[str, ...] = field(default_factory=tuple)

    @property
    def modality(self) -> str:
        """occurred, ongoing, planned or claimed."""
        return self.qualifiers.get("modality", "occurred")
