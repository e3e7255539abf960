"""Whether drafted entries are claims that the ontology and the other claims of a release allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg import vocab
from kg.claims import Record, compile_claim
from kg.errors import InputError, Origin
from kg.ingest.drafts import Drafts, Entry
from kg.model import Citation, Statement
from kg.namespaces import prefixes, sp
from kg.store import View

Claims = dict[str, frozenset[tuple[str, str]]]
"""IRI of a claim → its properties without evidence."""


def claims(entries: Sequence[Entry], document: str) -> Claims:
    """Return the claims that some entries make.

    Args:
        entries: Entries of `statements:`.
        document: Identifier of the document.

    Raises:
        InputError: If an entry does not fit the ontology.
    """
    found: Claims = {}
    for entry in entries:
        claim = next(compile_claim(_record(entry, document), vocab.load()))
        found[claim.subject] = found.get(claim.subject, frozenset()) | _said(claim)
    return found


def _said(claim: Statement) -> frozenset[tuple[str, str]]:
    return frozenset(p for p in claim.properties if p[0] != sp("evidence"))


def _record(entry: Mapping[str, Any], document: str) -> Record:
    fields = {k: _values(v) for k, v in entry.items() if k not in {"class", "cite"}}
    cited = [Citation(document, c["gist"], quote_sha256=c["sha256"]) for c in entry["cite"]]
    return Record(str(entry["class"]), fields, cited, Origin(""))


def _values(value: Any) -> list[tuple[str, str]]:
    return [(str(v), "") for v in (value if isinstance(value, list) else [value])]


def refusal(view: View, drafts: Drafts, earlier: int, made: Claims) -> str:
    """Say why the newest entries of some drafts cannot stand, or return "" and remember them.

    Args:
        view: The graph.
        drafts: What the release adds.
        earlier: How many statements of it are known to stand.
        made: The claims made so far; filled.
    """
    try:
        found = claims(drafts.statements[earlier:], drafts.document)
    except InputError as error:
        return error.message
    for name, said in found.items():
        if made.get(name, said) != said:
            return "the same release states it otherwise"
    for slug, entity in drafts.entities.items():
        types = [t.removeprefix(prefixes()["sp"]) for t in view.types(prefixes()["id"] + slug)]
        if types and entity["type"] not in types:
            return f"'{slug}' is a {types[0]} in the graph, not a {entity['type']}"
    made.update(found)
    return ""


def stated(view: View, found: Claims) -> bool:
    """Say whether the graph holds all of some claims."""
    return bool(found) and all(view.types(name) for name in found)


def is_curated(view: View, document: str, source: str) -> bool:
    """Say whether a source other than the releases declares a document."""
    home = view.value(prefixes()["doc"] + document, sp("fromSource"))
    return bool(home) and home != prefixes()["source"] + source
