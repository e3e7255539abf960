"""Frozen values that travel from the loaders to the store. No graph inside.

A term is a string in N-Triples syntax: ``<iri>``, ``"text"@en``, ``"2009"^^<datatype>``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from kg.errors import InputError, Origin
from kg.namespaces import iri as expand

_BAD_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile(r'[\\"\n\r\t\x00-\x08\x0b\x0c\x0e-\x1f\x7f]')


class Quad(NamedTuple):
    """One triple and the graph that holds it, as N-Triples terms."""

    subject: str
    predicate: str
    object: str
    graph: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What one document says about one node.

    Attributes:
        subject: IRI of the node.
        graph: IRI of the named graph: the document, the register or the catalogue.
        properties: Pairs of predicate IRI and object term.
        origin: Where the source says it.
    """

    subject: str
    graph: str
    properties: tuple[tuple[str, str], ...]
    origin: Origin

    def quads(self) -> Iterator[Quad]:
        """Yield one quad a property."""
        subject, graph = f"<{self.subject}>", f"<{self.graph}>"
        for predicate, term in self.properties:
            yield Quad(subject, f"<{predicate}>", term, graph)


@dataclass(frozen=True, slots=True)
class Citation:
    """The words, or the row, that say it.

    Attributes:
        document: Identifier of the document, such as ``csa-2025-07-09``.
        gist: What the words say, in our own.
        chars: Half-open range of code points in the document's text, or None.
        row: Row number from 1 in a table, or 0.
        quote_sha256: SHA-256 (hex) of the quoted characters in UTF-8, or "".
        quote_length: Number of quoted code points, or 0 when not known.
        attribution: asserted, reported or quoted.
        speaker: Identifier of the person quoted, or "".
        sentence: A reader's help, such as "s02".
        seen: How the words were seen: file, page or excerpt; "" for as the document says.
        attests: Labels that these words attest, as (text, language).
        fragment: Fragment that finds what is no text and no row, such as "#Q23548$guid", or "".
        origin: Where the source file gives the citation.
    """

    document: str
    gist: str
    chars: tuple[int, int] | None = None
    row: int = 0
    quote_sha256: str = ""
    quote_length: int = 0
    attribution: str = "asserted"
    speaker: str = ""
    sentence: str = ""
    seen: str = ""
    attests: tuple[tuple[str, str], ...] = ()
    fragment: str = ""
    origin: Origin = field(default_factory=lambda: Origin(""))

    @property
    def locator(self) -> str:
        """Fragment that finds the words: RFC 5147 for text, RFC 7111 for a table row, or ""."""
        if self.fragment:
            return self.fragment
        if self.chars:
            return f"#char={self.chars[0]},{self.chars[1]}"
        return f"#row={self.row}" if self.row else ""


@dataclass(frozen=True, slots=True)
class Document:
    """A source document, as the catalogue describes it.

    Attributes:
        id: Identifier; also the last part of its IRI.
        fields: Properties as written: name → values.
        origin: Where it is declared.
    """

    id: str
    fields: tuple[tuple[str, tuple[str, ...]], ...]
    origin: Origin

    @property
    def iri(self) -> str:
        """IRI of the document, which is also the name of its graph."""
        return expand("doc:" + self.id)

    def get(self, name: str) -> str:
        """Return the first value of a field, or an empty string."""
        return next((v[0] for k, v in self.fields if k == name and v), "")


@lru_cache(maxsize=4096)
def ref(iri: str) -> str:
    """Return the term of an IRI.

    Raises:
        InputError: If it has a character that an IRI cannot have, or no scheme.
    """
    if _BAD_IRI.search(iri) or ":" not in iri:
        raise InputError(f"'{iri}' is no IRI", fix="write an absolute IRI without spaces")
    return f"<{iri}>"


def text(value: str, language: str = "") -> str:
    """Return the term of a text, with a language tag if one is given.

    Raises:
        InputError: If the tag is no language tag (BCP 47).
    """
    if language and not _LANGUAGE.fullmatch(language):
        raise InputError(f"'{language}' is no language tag", fix="write one such as en, fr or ja")
    escaped = _SPECIAL.sub(_escape, value)
    return f'"{escaped}"@{language.lower()}' if language else f'"{escaped}"'


def literal(value: str, datatype: str) -> str:
    """Return the term of a typed value; `datatype` is a full IRI."""
    return f"{text(value)}^^<{datatype}>"


def _escape(match: re.Match[str]) -> str:
    sign = match[0]
    return _ESCAPES.get(sign) or f"\\u{ord(sign):04X}"
