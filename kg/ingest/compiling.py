"""Candidates and decisions to a source folder of the workspace and a queue for review."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from kg import texts
from kg.errors import KGError, UnknownNameError
from kg.extract import gate
from kg.extract.spans import Candidate, Mention
from kg.ingest import keeping, ledger, statements, vocabulary
from kg.ingest.drafts import Drafts
from kg.ingest.keeping import Kept
from kg.ingest.ledger import Ledger
from kg.names import resolve
from kg.namespaces import prefixes
from kg.store import View

SOURCE, QUEUE = "releases", "queue.jsonl"


@dataclass(slots=True)
class Compiled:
    """What the candidates of all releases came to.

    Attributes:
        graph: Statements that went to the graph.
        review: Statements that wait for a person.
        rejected: Statements that a person rejected.
        unplaced: Reason → number of accepted statements that the ontology has no place for.
        documents: Documents of the source.
    """

    graph: int = 0
    review: int = 0
    rejected: int = 0
    unplaced: Counter[str] = field(default_factory=Counter)
    documents: list[str] = field(default_factory=list)


def compile_all(view: View, workspace: Path, decided: Ledger) -> Compiled:
    """Write `sources/releases/` and `review/queue.jsonl` anew from all kept results.

    Args:
        view: The graph: its head posts and classes.
        workspace: The workspace.
        decided: The decisions.
    """
    done = Compiled()
    folder = workspace / "sources" / SOURCE
    folder.mkdir(parents=True, exist_ok=True)
    posts = vocabulary.head_posts(view)
    queue = workspace / "review" / QUEUE
    queue.parent.mkdir(parents=True, exist_ok=True)
    wanted: set[str] = set()
    with (queue.with_suffix(".new")).open("w", encoding="utf-8") as waiting:
        for kept in keeping.read_all(workspace):
            drafts = Drafts(kept.id, str(kept.document.get("issued", "")), posts)
            _document(view, kept, decided, drafts, done, waiting)
            name = f"{kept.id}.yaml"
            wanted.add(name)
            _write(folder / name, kept.document, drafts, _accepted(decided, kept))
            done.documents.append(kept.id)
    queue.with_suffix(".new").replace(queue)
    for old in folder.glob("*.yaml"):
        if old.name not in wanted | {"source.yaml"}:
            old.unlink()
    _describe(folder)
    return done


def _document(
    view: View, kept: Kept, decided: Ledger, drafts: Drafts, done: Compiled, waiting: Any
) -> None:
    quotes: dict[str, str] = {}
    for one in kept.candidates:
        name = ledger.key(one, kept.made_with["text"])
        verdict = decided.verdict(name)
        if verdict == "reject":
            done.rejected += 1
            continue
        chosen = _edited(view, one, decided.decisions[name]) if verdict == "edit" else one
        sure = chosen.confidence >= gate.THRESHOLD and not chosen.reasons
        if not (sure or verdict in {"accept", "edit"}):
            done.review += 1
            waiting.write(json.dumps(_waiting(name, one), ensure_ascii=False) + "\n")
            continue
        reason = _unlinked(chosen) or statements.add(_prepared(view, chosen), drafts)
        if reason:
            done.unplaced[reason] += 1
        else:
            done.graph += 1
            quotes |= {_sha(e.quote): e.quote for e in chosen.evidence}
    if quotes and view.home:
        texts.keep(view.home, kept.id, quotes)


def _sha(words: str) -> str:
    import hashlib

    return hashlib.sha256(words.encode()).hexdigest()


def _waiting(name: str, one: Candidate) -> Mapping[str, Any]:
    return {"key": name, **keeping._plain(one)}


def _unlinked(one: Candidate) -> str:
    for end in (one.subject, one.object):
        literal = end.kind in {"Text", "Document", "Date", "Number"}
        if not end.slug and not literal:
            return f"'{end.name}' is not in the graph: accept it as a new entity first"
    return ""


def _prepared(view: View, one: Candidate) -> Candidate:
    """Add what a claim needs beyond the words: identifiers of qualifiers, the subject's class."""
    more: dict[str, str] = {}
    for name in ("of", "agent", "owner", "place", "home"):
        if value := one.qualifiers.get(name, ""):
            try:
                more[f"{name}Slug"] = resolve(view, value).removeprefix(prefixes()["id"])
            except UnknownNameError:
                continue
    if one.relation == "hasAbbreviation":
        more["subjectClass"] = vocabulary.class_of(view, one.subject.slug)
    return replace(one, qualifiers={**one.qualifiers, **more})


def _edited(view: View, one: Candidate, decision: Mapping[str, Any]) -> Candidate:
    edit = decision.get("edit", {})
    ends: dict[str, Any] = {}
    for name in ("subject", "object"):
        if value := edit.get(name):
            slug = resolve(view, str(value)).removeprefix(prefixes()["id"])
            old: Mention = getattr(one, name)
            ends[name] = replace(old, slug=slug, name=view.label(prefixes()["id"] + slug))
    kept = {k: str(v) for k, v in edit.items() if k not in {"subject", "object", "relation"}}
    qualifiers = {**one.qualifiers, **kept}
    relation = str(edit.get("relation", one.relation))
    return replace(one, relation=relation, qualifiers=qualifiers, **ends)


def _accepted(decided: Ledger, kept: Kept) -> Iterator[dict[str, Any]]:
    """New entities that a person accepted, cited where this release first names them."""
    for name, entity in decided.entities.items():
        place = kept.text.find(name)
        if entity.get("verdict") != "accept" or place < 0:
            continue
        cite = {
            "document": kept.id,
            "chars": f"{place}-{place + len(name)}",
            "sha256": _sha(name),
            "gist": f"The release names {name}; a reviewer accepted it as a new entity.",
            "attests": {"en": name},
        }
        yield {"id": entity["id"], "type": entity["type"], "label": {"en": name}, "cite": [cite]}


def _write(
    path: Path, document: Mapping[str, Any], drafts: Drafts, more: Iterator[dict[str, Any]]
) -> None:
    entities = {e["id"]: e for e in more} | drafts.entities
    content: dict[str, Any] = {"documents": [dict(document)]}
    if entities:
        content["entities"] = [entities[k] for k in sorted(entities)]
    if drafts.statements:
        content["statements"] = _once(drafts.statements)
    dumped = yaml.dump(content, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10_000)
    path.write_text(dumped, encoding="utf-8")


class _Plain(yaml.SafeDumper):
    """Writes shared nodes out instead of using anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        """Return True: no anchors."""
        del data
        return True


def _once(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join entries that say the same; their citations come together."""
    kept: dict[str, dict[str, Any]] = {}
    for entry in entries:
        name = json.dumps({k: v for k, v in entry.items() if k != "cite"}, sort_keys=True)
        known = kept.setdefault(name, {**entry, "cite": []})
        known["cite"] += [c for c in entry["cite"] if c not in known["cite"]]
    return list(kept.values())


def _describe(folder: Path) -> None:
    said = {
        "title": "Releases read with kg ingest",
        "description": "What press releases state, as patterns read it or a person accepted it.",
        "licence": "CC-BY-4.0",
        "loader": "facts",
        "files": sorted(p.name for p in folder.glob("*.yaml") if p.name != "source.yaml"),
    }
    text = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=10_000)
    (folder / "source.yaml").write_text(text, encoding="utf-8")


__all__ = ["Compiled", "KGError", "compile_all"]
