"""What the catalogue says of a release: its identifier, publisher, day, tier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg import names as graph_names
from kg.errors import InputError, UnknownNameError
from kg.extract import frame, words
from kg.extract.gazetteer import Gazetteer
from kg.extract.spans import Release
from kg.ingest import keeping, vocabulary
from kg.ingest.drafts import slug
from kg.ingest.manifest import Item
from kg.ingest.reading import Reading
from kg.namespaces import prefixes
from kg.store import View

_DOCUMENTS = "SELECT ?d ?text { ?d sp:fromSource ?s . OPTIONAL { ?d sp:textSha256 ?text } }"


@dataclass(slots=True)
class Register:
    """Which text has which identifier: one text is one document unless a person names another.

    Attributes:
        texts: SHA-256 of a text → identifier of its document.
        taken: Identifier → SHA-256 of its text, or "" where the graph does not know it.
        fixed: Identifiers of documents that the graph has from elsewhere.
    """

    texts: dict[str, str] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    fixed: frozenset[str] = frozenset()

    @classmethod
    def of(cls, view: View, workspace: Path) -> Register:
        """Return what the graph and the workspace hold."""
        found = cls()
        for name, text in view.rows(_DOCUMENTS):
            found.take(name.removeprefix(prefixes()["doc"]), text or "")
        kept = keeping.texts(workspace)
        found.fixed = frozenset(found.taken) - kept.keys()
        for name, text in kept.items():
            found.take(name, text)
        return found

    def take(self, name: str, text: str) -> None:
        """Take note of a document."""
        self.taken[name] = text
        if text:
            self.texts.setdefault(text, name)

    def name(self, wanted: str, text: str, *, chosen: bool) -> str:
        """Return the identifier of a text, and take note of it.

        Args:
            wanted: What it would be called.
            text: SHA-256 of the text.
            chosen: True if a person chose the name: it is then a document of its own, and a changed
                text replaces the old one.

        Raises:
            InputError: If the name is chosen, and the graph has another document of that name.
        """
        name = wanted if chosen else self.texts.get(text, wanted)
        if self.taken.get(name, text) != text:
            if chosen and name in self.fixed:
                fix = "give it an id of its own in the manifest"
                message = f"document '{name}' is in the graph with another text"
                raise InputError(message, fix=fix)
            name = name if chosen else f"{name}-{text[:6]}"
        self.take(name, text)
        return name


def describe(
    view: View, item: Item, got: Reading, names: Gazetteer, register: Register
) -> dict[str, str]:
    """Return the entry of a release for the catalogue, as far as it is known.

    Args:
        view: The graph, in which the publisher is looked up.
        item: The file, and what is said of it.
        got: Its text.
        names: Names of the graph.
        register: Which identifiers are taken.

    Raises:
        InputError: If its identifier is that of another document.
    """
    said = dict(item.said)
    spoken = words.load(said.get("language", "") or "en")
    issued = said.get("issued", "") or frame.day_of_issue(got.text, spoken)
    publisher, tier = _publisher(view, said, got.text, names, spoken)
    wanted = said.get("id", "") or _name(publisher, issued, item.path, got)
    name = register.name(wanted, got.text_sha256, chosen="id" in said)
    entry = {"id": name, "type": "PressRelease", "publisher": publisher, "issued": issued}
    if not publisher and said.get("publisher"):
        entry["publisherName"] = said["publisher"]
    entry |= {
        "title": said.get("title", ""),
        "language": said.get("language", "") or "en",
        "url": said.get("url", ""),
        "tier": tier,
    }
    entry |= {"seen": "file", "sha256": got.sha256, "textSha256": got.text_sha256}
    entry |= {"textLength": str(len(got.text)), "extractor": got.extractor}
    return {k: v for k, v in entry.items() if v}


def _name(publisher: str, issued: str, path: Path, got: Reading) -> str:
    if publisher and issued:
        return slug(f"{publisher}-{issued}")
    return f"{slug(path.stem)[:50].strip('-')}-{got.text_sha256[:6]}"


def _publisher(
    view: View, said: Mapping[str, str], text: str, names: Gazetteer, spoken: words.Words
) -> tuple[str, str]:
    """Identifier and tier: an agency's own word is official, what nobody vouches for unknown."""
    slug = ""
    if name := said.get("publisher", ""):
        try:
            slug = graph_names.resolve(view, name).removeprefix(prefixes()["id"])
        except UnknownNameError:
            slug = ""
    else:
        probe = Release("probe", text, issued="")
        issuers = (c.subject.slug for c in frame.issue(probe, names, spoken))
        slug = next((issuer for issuer in issuers if issuer), "")
    official = bool(slug) and vocabulary.speaks_for_itself(view, slug)
    return slug, said.get("tier", "") or ("official" if official else "unknown")
