"""What waits for a person: statements with the reasons why, and the sentences that say them."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import InputError, Origin, UnknownNameError, suggest
from kg.extract import gate, layout, words
from kg.extract.spans import Candidate, Mention
from kg.ingest import keeping, ledger
from kg.ingest.keeping import Kept
from kg.table import NOT_STATED, Table

QUEUE = "queue.jsonl"
_LEAST = 4
_TITLE = 72


@dataclass(frozen=True, slots=True)
class Waiting:
    """A statement that waits.

    Attributes:
        key: Its name in the decisions.
        candidate: The statement.
    """

    key: str
    candidate: Candidate

    @property
    def text(self) -> str:
        """The statement in one line."""
        one = self.candidate
        end = "this document" if one.object.kind == "Document" else one.object.name
        return f"{one.subject.name} | {one.relation} | {end}"

    @property
    def unknown(self) -> list[Mention]:
        """The ends that the graph does not have."""
        return unlinked(self.candidate)


def unlinked(one: Candidate) -> list[Mention]:
    """Return the ends of a statement that name things that the graph does not have."""
    found = [] if one.subject.slug else [one.subject]
    literal = one.relation in gate.LITERAL or one.object.kind in {"Document", "Date", "Number"}
    literal |= one.object.kind == "Text" and "missionSlug" in one.qualifiers
    return found if literal or one.object.slug else [*found, one.object]


def read(workspace: Path) -> list[Waiting]:
    """Return what waits, by document and place.

    Raises:
        InputError: If the file of the queue is broken.
    """
    path = workspace / "review" / QUEUE
    found = []
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    for number, line in enumerate(lines, 1):
        try:
            given = json.loads(line)
            found.append(Waiting(given.pop("key"), keeping.candidate(given)))
        except (ValueError, KeyError, TypeError, AttributeError):
            where, fix = Origin(str(path), number), "run kg ingest again; it writes the queue anew"
            raise InputError("no statement of a queue", origin=where, fix=fix) from None
    return found


def everything(workspace: Path) -> Iterator[Waiting]:
    """Yield all that the releases say or may say, whether it waits or not."""
    for kept in keeping.read_all(workspace):
        for one in kept.candidates:
            yield Waiting(ledger.key(one, kept.made_with["text"]), one)


def chosen(
    waiting: Sequence[Waiting], *, document: str = "", relation: str = "", reason: str = ""
) -> list[Waiting]:
    """Return those of a document, of a relation, or whose reasons hold some words.

    Raises:
        UnknownNameError: If nothing waits of that document or relation, or with such a reason.
    """
    for name, value, known in (
        ("document", document, {w.candidate.release for w in waiting}),
        ("relation", relation, {w.candidate.relation for w in waiting}),
    ):
        if value and value not in known:
            fix = suggest(value, known) or "waiting: " + (", ".join(sorted(known)) or "nothing")
            raise UnknownNameError(f"nothing waits of {name} '{value}'", fix=fix)
    words = reason.casefold()
    if words and not any(words in r.casefold() for w in waiting for r in w.candidate.reasons):
        fix = "see kg review --list for the reasons"
        raise UnknownNameError(f"nothing waits with '{reason}' in its reasons", fix=fix)
    return [
        w
        for w in waiting
        if document in {"", w.candidate.release}
        and relation in {"", w.candidate.relation}
        and (not words or any(words in r.casefold() for r in w.candidate.reasons))
    ]


def find(waiting: Sequence[Waiting], key: str) -> Waiting:
    """Return the statement of a key, or of its first digits.

    Raises:
        UnknownNameError: If none, or more than one, has it.
    """
    found = [w for w in waiting if w.key.startswith(key.lower())]
    if len(key) < _LEAST or not found:
        raise UnknownNameError(f"no statement has the key '{key}'", fix="see kg review --list")
    if len(found) > 1:
        raise UnknownNameError(f"{len(found)} keys begin with '{key}'", fix="write more of it")
    return found[0]


def table(waiting: Sequence[Waiting], workspace: Path) -> Table:
    """Return what waits as a table, with the words and why it waits."""
    rows = []
    for one in waiting:
        made, kept = one.candidate, keeping.read(keeping.place(workspace, one.candidate.release))
        said = [f"{k} {v}" for k, v in sorted(made.qualifiers.items()) if k != "modality"]
        rows.append(
            (
                one.key,
                one.text,
                made.modality,
                tuple(said) or NOT_STATED,
                made.reasons,
                tuple(f"{kept.id}#char={e.start},{e.end}" for e in made.evidence),
                tuple(e.quote for e in made.evidence),
            )
        )
    columns = ("key", "statement", "modality", "qualifiers", "waits_because", "place", "words")
    return Table(columns, tuple(rows), f"{len(rows)} statements wait")


def title(kept: Kept) -> str:
    """Return the title of a release, or its first line."""
    line = kept.text.strip().splitlines()[0].strip()
    return str(kept.document.get("title") or textwrap.shorten(line, _TITLE, placeholder=" …"))


def sentences(kept: Kept, one: Candidate) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Yield each sentence that carries a statement, once, with the ranges of the words that do.

    Yields:
        Start and end of the sentence, and the ranges in it, none overlapping, in order.
    """
    parts = list(layout.sentences(kept.text, words.load(kept.language)))
    found: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for evidence in sorted(one.evidence, key=lambda e: (e.start, e.end)):
        inside = [p for p in parts if p.start < evidence.end and evidence.start < p.end]
        start = min([evidence.start, *(p.start for p in inside)])
        end = max([evidence.end, *(p.end for p in inside)])
        ranges = found.setdefault((start, end), [])
        if ranges and evidence.start <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(ranges[-1][1], evidence.end))
        else:
            ranges.append((evidence.start, evidence.end))
    yield from ((start, end, ranges) for (start, end), ranges in found.items())


def decision(one: Waiting, kept: Kept, verdict: str, **more: object) -> dict[str, object]:
    """Return the entry of a decision on a statement.

    Args:
        one: The statement.
        kept: Its release.
        verdict: accept, reject or edit.
        **more: edit, who, when, why.
    """
    made = one.candidate
    ranges = " ".join(f"{e.start}-{e.end}" for e in made.evidence)
    entry: dict[str, object] = {"key": one.key, "verdict": verdict, "statement": one.text}
    entry |= {"release": made.release, "pattern": made.pattern, "chars": ranges}
    entry["triple"] = ledger.triple(made, kept.made_with["text"])
    return entry | {name: value for name, value in more.items() if value}


def edited(one: Waiting, changes: dict[str, str]) -> Waiting:
    """Return a statement as an edit would make it, for showing."""
    made = one.candidate
    ends = {
        n: replace(getattr(made, n), name=changes[n], kind="Unknown")
        for n in ("subject", "object")
        if n in changes
    }
    rest = {k: v for k, v in changes.items() if k not in {"relation", "subject", "object"}}
    qualifiers = {k: v for k, v in {**made.qualifiers, **rest}.items() if v}
    relation = changes.get("relation", made.relation)
    return Waiting(
        one.key,
        replace(
            made,
            relation=relation,
            qualifiers=qualifiers,
            subject=ends.get("subject", made.subject),
            object=ends.get("object", made.object),
        ),
    )
