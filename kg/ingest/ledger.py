"""What people decided: accepted, rejected and edited statements, and new entities.

The file belongs in version control. A decision is kept by a key made of the release's text and the
words of the statement, so it outlives a new extraction and the linking of a name.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import InputError, Origin, StoreError, suggest
from kg.extract.patterns import RELATIONS
from kg.extract.spans import Candidate, Mention

VERDICTS = ("accept", "reject", "edit")
DECISIONS = "decisions.toml"
_DECISION = {"key", "verdict", "who", "when", "why", "statement", "edit"}
_ENTITY = {"name", "id", "type", "verdict", "who", "when", "why", "release"}


@dataclass(slots=True)
class Ledger:
    """The decisions of a workspace.

    Attributes:
        decisions: Key → decision.
        entities: Name → decision on a new entity.
    """

    decisions: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    entities: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def verdict(self, key: str) -> str:
        """Return accept, reject, edit, or "" where nobody has decided."""
        return str(self.decisions.get(key, {}).get("verdict", ""))


def key(candidate: Candidate, text_sha256: str) -> str:
    """Return the name of a statement: 16 hex digits that hang on text and words alone."""
    kept = sorted((k, v) for k, v in candidate.qualifiers.items() if k != "asOf")
    parts = [
        text_sha256,
        candidate.relation,
        words(candidate.subject),
        words(candidate.object),
        kept,
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:16]


def words(mention: Mention) -> str:
    """Return the words of a mention as the release has them."""
    return mention.surface or mention.name


def load(paths: Iterable[Path]) -> Ledger:
    """Read files of decisions.

    Args:
        paths: The workspace's file, and files of other reviewers.

    Raises:
        InputError: With file and line, if one is broken, or two reviewers disagree.
    """
    found = Ledger()
    homes: dict[str, Path] = {}
    for path in paths:
        if not path.is_file():
            continue
        content = _parsed(path)
        for decision in content.get("decision", []):
            _take(decision, found.decisions, "key", _DECISION, path, homes)
        for entity in content.get("entity", []):
            _take(entity, found.entities, "name", _ENTITY, path, homes)
    return found


def _parsed(path: Path) -> dict[str, Any]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        fix = "mend the file by hand, or take the last good one from version control"
        raise InputError(f"broken decisions: {error}", origin=Origin(str(path)), fix=fix) from None
    for name in content:
        if name not in {"decision", "entity"}:
            fix = suggest(name, ("decision", "entity"))
            raise InputError(f"unknown table '{name}'", origin=_at(path, f"[[{name}"), fix=fix)
    return content


def _take(
    given: Mapping[str, Any],
    into: dict[str, Mapping[str, Any]],
    name: str,
    known: set[str],
    path: Path,
    homes: dict[str, Path],
) -> None:
    value = str(given.get(name, ""))
    where = _at(path, f'"{value}"')
    for one in given:
        if one not in known:
            raise InputError(f"unknown key '{one}'", origin=where, fix=suggest(one, known))
    verdict = given.get("verdict")
    if not value or verdict not in VERDICTS:
        fix = f"write {name} and verdict, one of " + ", ".join(VERDICTS)
        raise InputError(f"a decision without {name} or verdict", origin=where, fix=fix)
    edited = given.get("edit", {})
    if verdict == "edit" and edited.get("relation", "leads") not in RELATIONS:
        fix = suggest(str(edited.get("relation")), RELATIONS)
        raise InputError(f"unknown relation '{edited.get('relation')}'", origin=where, fix=fix)
    earlier = into.get(value)
    if earlier and earlier.get("verdict") != verdict and homes.get(value) != path:
        what = f"'{given.get('statement', value)}'"
        message = f"{what}: {verdict} here, {earlier['verdict']} in {homes[value]}"
        raise InputError(message, origin=where, fix="agree, and keep the decision in one file")
    into[value] = given
    homes[value] = path


def _at(path: Path, needle: str) -> Origin:
    lines = path.read_text(encoding="utf-8").splitlines()
    return Origin(str(path), next((n for n, line in enumerate(lines, 1) if needle in line), 1))


def save(path: Path, ledger: Ledger) -> None:
    """Write the decisions, in the order they were made, replacing the file at once.

    Raises:
        StoreError: If it cannot be written; the old file stays.
    """
    blocks = [_block("decision", d) for d in ledger.decisions.values()]
    blocks += [_block("entity", e) for e in ledger.entities.values()]
    head = "# Decisions on what releases say. Made by kg review; keep it in version control.\n\n"
    draft = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(head + "\n".join(blocks), encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise StoreError(f"cannot write {path}: {error.strerror}") from None


def _block(table: str, given: Mapping[str, Any]) -> str:
    lines = [f"[[{table}]]"]
    for name, value in given.items():
        if isinstance(value, Mapping):
            inner = ", ".join(f"{k} = {_text(v)}" for k, v in value.items())
            lines.append(f"{name} = {{ {inner} }}")
        else:
            lines.append(f"{name} = {_text(value)}")
    return "\n".join(lines) + "\n"


def _text(value: object) -> str:
    return json.dumps(str(value), ensure_ascii=False)
