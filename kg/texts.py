"""The user's own copies of documents, found by their SHA-256, so that quotes can be checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError, Origin
from kg.namespaces import sp
from kg.store import View

CACHE = "cache/texts"
NOT_AT_HAND = "text not at hand"


@dataclass(slots=True)
class Texts:
    """Texts at hand, by the SHA-256 of their bytes.

    Attributes:
        folder: Where they are kept, or None.
    """

    folder: Path | None = None
    _seen: dict[str, str | None] = field(default_factory=dict)
    _digests: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, view: View) -> Texts:
        """Return the texts kept in the workspace of a view."""
        return cls(view.home / CACHE if view.home else None)

    def get(self, sha256: str) -> str | None:
        """Return a text, or None when it is not at hand or is not what its name says."""
        if sha256 not in self._seen:
            self._seen[sha256] = self._read(sha256)
        return self._seen[sha256]

    def _read(self, sha256: str) -> str | None:
        if not self.folder or not sha256:
            return None
        path = self.folder / f"{sha256}.txt"
        if not path.is_file():
            return None
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            return None
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:  # not plain text: its characters are an extractor's
            return None

    def quote(self, view: View, document: str, start: str, end: str) -> str:
        """Return the characters of a document, or "" where the text is not at hand.

        Args:
            view: The view that describes the document.
            document: IRI of the document.
            start: First code point.
            end: Code point after the last.
        """
        if not start or not self.folder:
            return ""
        if document not in self._digests:
            self._digests[document] = view.value(document, sp("sha256"))
        text = self.get(self._digests[document])
        return text[int(start) : int(end)] if text else ""


def collect(folder: Path, workspace: Path, wanted: set[str]) -> list[Path]:
    """Copy texts that documents of the build ask for into the workspace.

    Args:
        folder: The user's folder of texts; searched below too.
        workspace: The workspace.
        wanted: SHA-256 of the bytes of the documents.

    Returns:
        The files that matched, sorted.

    Raises:
        InputError: If the folder does not exist.
    """
    if not folder.is_dir():
        raise InputError(f"--texts '{folder}' is not a folder")
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if digest in wanted:
            target = workspace / CACHE / f"{digest}.txt"
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                target.write_bytes(content)
            found.append(path)
    return found


_QUOTES = """SELECT ?e ?document ?start ?end ?quote ?sha {
    ?e sp:document ?document ; sp:start ?start ; sp:end ?end ; sp:quoteSha256 ?quote .
    ?document sp:sha256 ?sha }"""


def mismatches(view: View, texts: Texts) -> Iterator[tuple[str, InputError]]:
    """Yield the evidences whose quote is not at its offsets in a text at hand.

    Yields:
        IRI of the evidence, and an error without origin.
    """
    for evidence, document, start, end, quote, sha in view.rows(_QUOTES):
        text = texts.get(sha)
        if text is None:
            continue
        found = text[int(start) : int(end)]
        if hashlib.sha256(found.encode()).hexdigest() != quote:
            name = document.rsplit("/", 1)[-1]
            message = f"the characters {start}-{end} of '{name}' are not the quote that is cited"
            fix = f"that range reads: {found[:60]!r}"
            yield evidence, InputError(message, origin=Origin(name), fix=fix)
