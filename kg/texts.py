"""The user's own copies of documents and of quotes, found by SHA-256 and checked against it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg import files
from kg.errors import InputError, Origin
from kg.namespaces import prefixes, sp
from kg.store import View

CACHE = "cache/texts"
QUOTES = "cache/quotes"
NOT_AT_HAND = "text not at hand"


@dataclass(slots=True)
class Texts:
    """Texts at hand, by the SHA-256 of their bytes.

    Attributes:
        folder: Where they are kept, or None.
        workspace: The workspace, for quotes that were found in pages, or None.
    """

    folder: Path | None = None
    workspace: Path | None = None
    _seen: dict[str, str | None] = field(default_factory=dict)
    _digests: dict[str, str] = field(default_factory=dict)
    _quotes: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, view: View) -> Texts:
        """Return the texts kept in the workspace of a view."""
        return cls(view.home / CACHE, view.home) if view.home else cls()

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

    def quote(self, view: View, document: str, start: str, end: str, sha256: str = "") -> str:
        """Return the characters of a document, or "" where they are not at hand.

        Args:
            view: The view that describes the document.
            document: IRI of the document.
            start: First code point, or "" where no offsets are cited.
            end: Code point after the last.
            sha256: SHA-256 of the quote, by which words that were found in a page are known.
        """
        if start and self.folder:
            if document not in self._digests:
                self._digests[document] = view.value(document, sp("sha256"))
            if text := self.get(self._digests[document]):
                return text[int(start) : int(end)]
        if not sha256 or not self.workspace:
            return ""
        if document not in self._quotes:
            name = document.removeprefix(prefixes()["doc"])
            self._quotes[document] = quotes(self.workspace, name)
        return self._quotes[document].get(sha256, "")


def quotes(workspace: Path, document: str) -> dict[str, str]:
    """Return SHA-256 → words of the quotes of a document that are at hand.

    Words that do not have their digest are left out, so a changed cache shows nothing wrong.

    Args:
        workspace: The workspace.
        document: Identifier of the document.
    """
    try:
        found = json.loads(_place(workspace, document).read_text(encoding="utf-8"))
        pairs = {str(sha): str(words) for sha, words in found.items()}
    except (OSError, ValueError, AttributeError):
        return {}
    return {s: w for s, w in pairs.items() if hashlib.sha256(w.encode()).hexdigest() == s}


def keep(workspace: Path, document: str, found: Mapping[str, str]) -> None:
    """Add quotes of a document to the cache of a workspace.

    Args:
        workspace: The workspace.
        document: Identifier of the document.
        found: SHA-256 → words.

    Raises:
        StoreError: If it cannot be written.
    """
    path = _place(workspace, document)
    content = {**quotes(workspace, document), **found}
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    files.write(path, text.encode(), folders=True)


def _place(workspace: Path, document: str) -> Path:
    return workspace / QUOTES / f"{document}.json"


def collect(folder: Path, workspace: Path, wanted: set[str]) -> list[Path]:
    """Copy texts that documents of the build ask for into the workspace.

    Args:
        folder: The user's folder of texts; searched below too.
        workspace: The workspace.
        wanted: SHA-256 of the bytes of the documents.

    Returns:
        The files that matched, sorted.

    Raises:
        InputError: If the folder does not exist, or a file in it cannot be read.
        StoreError: If the workspace cannot be written.
    """
    if not folder.is_dir():
        raise InputError(f"--texts '{folder}' is not a folder")
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        try:
            content = path.read_bytes()
        except OSError as error:
            where = Origin(str(path))
            raise InputError(f"cannot be read: {error.strerror}", origin=where) from None
        digest = hashlib.sha256(content).hexdigest()
        if digest in wanted:
            target = workspace / CACHE / f"{digest}.txt"
            if not target.exists():
                files.write(target, content, folders=True)
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
