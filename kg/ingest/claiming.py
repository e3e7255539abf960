"""Whether drafted entries are claims that the ontology and the other claims of a release allow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kg import vocab
from kg.claims import Record, compile_claim
from kg.errors import InputError, Origin
from kg.ingest.drafts import KEYS, Drafts, Entry
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
    fields = {k: _values(v) for k, v in entry.items() if k not in {"class", "cite", KEYS}}
    cited = [Citation(document, c["gist"], quote_sha256=c["sha256"]) for c in entry["cite"]]
    return Record(str(entry["class"]), fields, cited, Origin(""))


def _values(value: Any) -> list[tuple[str, str]]:
    return [(str(v), "") for v in (value if isinstance(value, list) else [value])]


Classes = Callable[[str], list[str]]
"""Identifier of a thing → IRIs of its classes."""


def without(made: Claims, entries: Sequence[Entry], document: str) -> Claims:
    """Return claims without those of some entries, which fuller ones have replaced."""
    gone = claims(entries, document)
    return {name: said for name, said in made.items() if name not in gone}


def refusal(classes: Classes, drafts: Drafts, before: Drafts, made: Claims) -> str:
    """Say why the newest entries of some drafts cannot stand, or return "" and remember them.

    Args:
        classes: What the graph and the reviewers know.
        drafts: What the release adds.
        before: What of it is known to stand.
        made: The claims made so far; filled.
    """
    fresh = drafts.since(before)
    try:
        found = claims(fresh, drafts.document)
    except InputError as error:
        return error.message
    for entity in drafts.named_since(before):
        slug = entity["id"]
        types = [_local(t) for t in classes(slug)]
        if types and entity["type"] not in types:
            return f"'{slug}' is a {types[0]} in the graph, not a {entity['type']}"
    for name, said in found.items():
        if made.get(name, said) != said:
            return "the same release states it otherwise"
        for predicate, term in sorted(said):
            if wrong := _misplaced(classes, drafts, predicate, term):
                return wrong
    made.update(found)
    return ""


def _misplaced(classes: Classes, drafts: Drafts, predicate: str, term: str) -> str:
    """Say that a thing is not of the class that a property wants."""
    home, words = f"<{prefixes()['id']}", vocab.load()
    prop = words.properties.get(_local(predicate))
    if not prop or not prop.range or not term.startswith(home):
        return ""
    slug = term[len(home) : -1]
    drafted = drafts.entities.get(slug, {}).get("type", "")
    types = classes(slug) or ([sp(drafted)] if drafted else [])
    if not types or any(words.is_a(t, prop.range) for t in types):
        return ""
    return f"'{slug}' is a {_local(types[0])}, which {prop.name} cannot be"


def _local(full: str) -> str:
    return full.removeprefix(prefixes()["sp"])


def stated(view: View, found: Claims) -> bool:
    """Say whether the graph holds all of some claims."""
    return bool(found) and all(view.types(name) for name in found)


def is_curated(view: View, document: str, source: str) -> bool:
    """Say whether a source other than the releases declares a document."""
    home = view.value(prefixes()["doc"] + document, sp("fromSource"))
    return bool(home) and home != prefixes()["source"] + source
