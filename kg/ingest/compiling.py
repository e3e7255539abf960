"""Candidates and decisions to a source folder of the workspace and a queue for review."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kg import files, texts
from kg.errors import UnknownNameError
from kg.extract import gate
from kg.extract.spans import Candidate, Mention
from kg.ingest import authority, claiming, keeping, learning, ledger, placing, vocabulary, writing
from kg.ingest import queue as waiting_queue
from kg.ingest.drafts import KEYS, Drafts
from kg.ingest.keeping import Kept
from kg.ingest.ledger import Ledger
from kg.names import resolve
from kg.namespaces import prefixes, sp
from kg.store import View

SOURCE = "releases"
_REPORTED = {"attribution": "reported"}
_READ = "people have read this document, and do not state it so"


@dataclass(slots=True)
class Compiled:
    """What the candidates of all releases came to.

    Attributes:
        graph: Statements that went to the graph.
        review: Statements that wait for a person.
        rejected: Statements that a person rejected.
        unplaced: Reason → number of accepted statements that the ontology has no place for.
        documents: Documents of the source.
        stated: Statements that people state already from the same document.
        unfit: Decisions on statements that are no longer extracted.
        fallen: What patterns decisions took under the gate.
    """

    graph: int = 0
    review: int = 0
    rejected: int = 0
    unplaced: Counter[str] = field(default_factory=Counter)
    documents: list[str] = field(default_factory=list)
    stated: int = 0
    unfit: int = 0
    fallen: list[str] = field(default_factory=list)


def compile_all(view: View, workspace: Path, decided: Ledger) -> Compiled:
    """Write `sources/releases/` and `review/queue.jsonl` anew from all kept results.

    Args:
        view: The graph: its head posts and classes.
        workspace: The workspace.
        decided: The decisions.

    Raises:
        StoreError: If a file cannot be written; it stays as it was.
    """
    done = Compiled()
    folder = workspace / "sources" / SOURCE
    posts, conventions = vocabulary.head_posts(view), vocabulary.conventions(view)
    rejected = decided.rejected()
    there = authority.brought(view)
    known: dict[str, learning.Records] = {}
    fit: set[str] = set()
    waiting: list[str] = []
    for kept in keeping.read_all(workspace):
        issued = str(kept.document.get("issued", ""))
        drafts = Drafts(kept.id, issued, kept.language, posts, conventions)
        if kept.language not in known:
            known[kept.language] = learning.of(kept.language, workspace, decided)
        one = _Release(view, kept, decided, rejected, known[kept.language], drafts, done, fit)
        waiting += [json.dumps(entry, ensure_ascii=False) + "\n" for entry in one.sort()]
        named = [*_accepted(one), *authority.entities(one.drafts, there)]
        writing.write(folder / f"{kept.id}.yaml", kept.document, one.drafts, named)
        if one.quotes and view.home:
            texts.keep(view.home, kept.id, one.quotes)
        done.documents.append(kept.id)
    queue = workspace / "review" / waiting_queue.QUEUE
    files.write(queue, "".join(waiting).encode(), folders=True)
    wanted = {f"{name}.yaml" for name in [*done.documents, "source"]}
    for old in folder.glob("*.yaml"):
        if old.name not in wanted:
            old.unlink()
    done.fallen = sorted({s for each in known.values() for s in learning.fallen(each)})
    done.unfit = len(decided.decisions.keys() - fit)
    writing.describe(folder)
    return done


@dataclass(slots=True)
class _Release:
    """One release while it is sorted into graph and queue."""

    view: View
    kept: Kept
    decided: Ledger
    rejected: Mapping[str, list[tuple[int, int]]]
    known: learning.Records
    drafts: Drafts
    done: Compiled
    fit: set[str]
    made: claiming.Claims = field(default_factory=dict)
    quotes: dict[str, str] = field(default_factory=dict)

    def sort(self) -> Iterator[dict[str, Any]]:
        """Draft what goes to the graph, and yield what waits for a person."""
        read = claiming.is_curated(self.view, self.kept.id, SOURCE)
        for found in self.kept.candidates:
            name = ledger.key(found, self.kept.made_with["text"])
            one = self._unrejected(learning.weighed(found, self.known), name)
            if not one:
                self.done.rejected += 1
                continue
            verdict = self.decided.verdict(name)
            if not verdict and read:
                if self._is_stated(one):
                    self.done.stated += 1
                    continue
                one = replace(one, reasons=(*one.reasons, _READ))
            if not verdict and (one.reasons or one.confidence < gate.THRESHOLD):
                self.done.review += 1
                yield {"key": name, **keeping.plain(one)}
            elif reason := self._add(one, name):
                self.done.unplaced[reason] += 1
            else:
                self.done.graph += 1

    def _unrejected(self, one: Candidate, name: str) -> Candidate | None:
        """Take off the evidence that a person rejected; None if nothing is left."""
        verdict = self.decided.verdict(name)
        if verdict:
            self.fit.add(name)
            return None if verdict == "reject" else one
        covered = self.rejected.get(ledger.triple(one, self.kept.made_with["text"]), [])
        evidence = ledger.left(one, covered)
        return replace(one, evidence=evidence) if evidence else None

    def _add(self, one: Candidate, name: str) -> str:
        """Draft a statement; return why it cannot be."""
        try:
            chosen = self._edited(one, name)
        except UnknownNameError as error:
            return error.message
        trial = self.drafts.copy()
        ready = self._ready(chosen, said=one.modality == "claimed")
        reason = _unlinked(chosen) or placing.add(ready, trial, name)
        made = claiming.without(self.made, self.drafts.since(trial), trial.document)
        reason = reason or claiming.refusal(self._classes, trial, self.drafts, made)
        if not reason:
            self.made = made
            self.drafts = trial
            self.quotes |= {_sha(e.quote): e.quote for e in chosen.evidence}
        return reason

    def _ready(self, one: Candidate, *, said: bool) -> Candidate:
        """Add what a claim needs beyond the words; what somebody said stays said, edited or not."""
        made = _prepared(self.view, one, self.decided)
        if not said:
            return made
        speaker = self._speaker(one)
        who = {"attribution": "quoted", "speakerSlug": speaker} if speaker else _REPORTED
        return replace(made, qualifiers={**made.qualifiers, **who})

    def _speaker(self, one: Candidate) -> str:
        """Return who speaks the words of a statement, where the release quotes one known person."""
        spoken = [
            (e, c.subject.slug)
            for c in self.kept.candidates
            if c.relation == "quotedIn"
            for e in c.evidence
        ]
        found = {
            slug
            for words in one.evidence
            for e, slug in spoken
            if e.start <= words.start and words.end <= e.end
        }
        return found.pop() if len(found) == 1 else ""

    def _edited(self, one: Candidate, name: str) -> Candidate:
        decision = self.decided.decisions.get(name, {})
        return _changed(self.view, one, decision.get("edit", {}), self.decided)

    def _classes(self, slug: str) -> list[str]:
        named = {str(e["id"]): str(e.get("type", "")) for _, e in self.decided.accepted()}
        known = self.view.types(prefixes()["id"] + slug)
        cls = named.get(slug) or authority.class_of(slug)
        return known or ([sp(cls)] if cls else [])

    def _is_stated(self, one: Candidate) -> bool:
        if one.relation == "issued":
            return True
        if one.relation == "hasAbbreviation":
            known = self.view.objects(prefixes()["id"] + one.subject.slug, sp("abbreviation"))
            return one.object.name in known
        trial = self.drafts.copy()
        trial.statements = []
        before = trial.copy()
        if _unlinked(one) or placing.add(self._ready(one, said=one.modality == "claimed"), trial):
            return False
        made: claiming.Claims = {}
        if claiming.refusal(self._classes, trial, before, made):
            return False
        return claiming.stated(self.view, made)


def _sha(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _unlinked(one: Candidate) -> str:
    missing = waiting_queue.unlinked(one)
    return f"'{missing[0].name}' is not in the graph: name it with kg review" if missing else ""


def _prepared(view: View, one: Candidate, decided: Ledger) -> Candidate:
    """Add what a claim needs beyond the words: identifiers of qualifiers, the subject's class."""
    more: dict[str, str] = {}
    for name in ("of", "agent", "owner", "place", "home"):
        if value := one.qualifiers.get(name, ""):
            try:
                more[f"{name}Slug"] = _slug(view, value, decided)
            except UnknownNameError:
                continue
    if one.relation in {"hasAbbreviation", "startDate"}:
        named = {e["id"]: str(e.get("type", "")) for _, e in decided.accepted()}
        known = vocabulary.class_of(view, one.subject.slug)
        drafted = named.get(one.subject.slug) or authority.class_of(one.subject.slug)
        more["subjectClass"] = known or drafted
    return replace(one, qualifiers={**one.qualifiers, **more})


def _changed(view: View, one: Candidate, edit: Mapping[str, Any], decided: Ledger) -> Candidate:
    """Apply an edit; an empty value takes a qualifier away."""
    ends: dict[str, Any] = {}
    for name in ("subject", "object"):
        old: Mention = getattr(one, name)
        value = str(edit.get(name, ""))
        if not value and not old.slug and old.name in dict(decided.accepted()):
            value = old.name
        if value:
            slug = _slug(view, value, decided)
            label = view.label(prefixes()["id"] + slug)
            ends[name] = replace(old, slug=slug, name=label or value, kind=_kind(view, slug, old))
    said = {k: str(v) for k, v in edit.items() if k not in {"subject", "object", "relation"}}
    qualifiers = {k: v for k, v in {**one.qualifiers, **said}.items() if v}
    relation = str(edit.get("relation", one.relation))
    return replace(one, relation=relation, qualifiers=qualifiers, **ends)


def _kind(view: View, slug: str, old: Mention) -> str:
    types = view.types(prefixes()["id"] + slug)
    return (vocabulary.kind_of(types[0]) if types else "") or old.kind


def _slug(view: View, name: str, decided: Ledger) -> str:
    entity = decided.entities.get(name, {})
    if entity.get("verdict") == "accept":
        return str(entity["id"])
    return resolve(view, name).removeprefix(prefixes()["id"])


def _accepted(one: _Release) -> Iterator[dict[str, Any]]:
    """New entities, and names of known ones, that a person accepted and this release has."""
    kept = one.kept
    for name, entity in one.decided.accepted():
        place = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", kept.text)
        types = one.view.types(prefixes()["id"] + str(entity["id"]))
        cls = str(entity.get("type", "")) or (
            types[0].removeprefix(prefixes()["sp"]) if types else ""
        )
        if not place or not cls:
            continue
        what = "a new entity" if entity.get("type") else "a name of it"
        cite = {
            "document": kept.id,
            "chars": f"{place.start()}-{place.end()}",
            "sha256": _sha(name),
            "gist": f"The release names {name}; a reviewer accepted it as {what}.",
            "attests": {kept.language: name},
        }
        named = {"id": entity["id"], "type": cls, KEYS: [f'"{name}"']}
        one.quotes[_sha(name)] = name
        field_name = "label" if entity.get("type") else "alias"
        yield {**named, field_name: {kept.language: name}, "cite": [cite]}
