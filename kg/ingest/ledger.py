"""What people decided: accepted, rejected and edited statements, and new entities.

The file belongs in version control. A decision is kept by a key made of the release's text and the
words of the statement, so it outlives a new extraction and the linking of a name. A rejection also
keeps the characters: the same triple never comes back from them, whatever a pattern makes of it.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg import files
from kg.errors import InputError, Origin, suggest
from kg.extract.patterns import SYMMETRIC
from kg.extract.spans import Candidate, Evidence, Mention
from kg.ingest import checking

VERDICTS = ("accept", "reject", "edit")
DECISIONS = "decisions.toml"
_DECISION = (
    "key", "verdict", "edit", "statement", "release", "pattern", "triple", "chars", "who", "when",
    "why",
)  # fmt: skip
_ENTITY = ("name", "verdict", "id", "type", "release", "who", "when", "why")
_KEYS = {"decision": "key", "entity": "name"}
_CHARS = re.compile(r"(\d+)-(\d+)")


@dataclass(slots=True)
class Ledger:
    """The decisions of a workspace.

    Attributes:
        decisions: Key → decision.
        entities: Name → decision on a new entity.
        order: Table and name of each decision, in the order they were made.
    """

    decisions: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    entities: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    order: list[tuple[str, str]] = field(default_factory=list)

    def add(self, table: str, given: Mapping[str, Any]) -> None:
        """Take a decision on a statement ("decision") or a name ("entity"); the last counts."""
        name = str(given[_KEYS[table]])
        self._table(table)[name] = given
        self.order = [*(o for o in self.order if o != (table, name)), (table, name)]

    def undo(self) -> Mapping[str, Any] | None:
        """Take the newest decision back and return it, or None where there is none."""
        if not self.order:
            return None
        table, name = self.order.pop()
        return self._table(table).pop(name)

    def _table(self, table: str) -> dict[str, Mapping[str, Any]]:
        return self.decisions if table == "decision" else self.entities

    def verdict(self, key: str) -> str:
        """Return accept, reject, edit, or "" where nobody has decided."""
        return str(self.decisions.get(key, {}).get("verdict", ""))

    def rejected(self) -> dict[str, list[tuple[int, int]]]:
        """Return triple → ranges of characters from which it must not come back."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for decision in self.decisions.values():
            if decision.get("verdict") == "reject":
                ranges = _CHARS.findall(str(decision.get("chars", "")))
                found[str(decision.get("triple", ""))] += [(int(a), int(b)) for a, b in ranges]
        return found

    def accepted(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield name and decision of the entities that people accepted."""
        yield from ((n, e) for n, e in self.entities.items() if e.get("verdict") == "accept")


def key(candidate: Candidate, text_sha256: str) -> str:
    """Return the name of a statement: 16 hex digits that hang on text and words alone."""
    kept = sorted((k, v) for k, v in candidate.qualifiers.items() if k != "asOf")
    ends = [words(candidate.subject), words(candidate.object)]
    return _digest([text_sha256, candidate.relation, *ends, kept])


def triple(candidate: Candidate, text_sha256: str) -> str:
    """Return the name of a statement without its qualifiers."""
    ends = [words(candidate.subject), words(candidate.object)]
    if candidate.relation in SYMMETRIC:
        ends.sort()
    return _digest([text_sha256, candidate.relation, *ends])


def _digest(parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:16]


def words(mention: Mention) -> str:
    """Return the words of a mention as the release has them."""
    return mention.surface or mention.name


def left(one: Candidate, covered: Iterable[tuple[int, int]]) -> tuple[Evidence, ...]:
    """Return the evidence that shares no character with some ranges."""
    ranges = list(covered)
    return tuple(e for e in one.evidence if all(e.end <= a or b <= e.start for a, b in ranges))


def load(own: Path, others: Iterable[Path] = ()) -> Ledger:
    """Read files of decisions.

    Args:
        own: The workspace's file; it need not be there.
        others: Files of other reviewers.

    Raises:
        InputError: With file and line, if one is broken or not there, or two reviewers disagree.
    """
    found = Ledger()
    homes: dict[tuple[str, str], Origin] = {}
    for path in dict.fromkeys([*([own] if own.exists() else []), *others]):
        content = _parsed(path)
        taken: dict[tuple[str, str], int] = {}
        for table in _KEYS:
            for given in content.get(table, []):
                where = _taken(table, given, found, path, homes)
                taken[table, str(given[_KEYS[table]])] = where.line
        found.order += sorted(taken, key=lambda name: taken[name])
    return found


def _parsed(path: Path) -> dict[str, Any]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        fix = "name a file of decisions, such as the decisions.toml of another workspace"
        message = f"cannot be read: {error.strerror}"
        raise InputError(message, origin=Origin(str(path)), fix=fix) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        fix = "mend the file by hand, or take the last good one from version control"
        where = Origin(str(path), int(line[1]) if line else 0)
        raise InputError(f"broken decisions: {error}", origin=where, fix=fix) from None
    for name, tables in content.items():
        if name not in {"decision", "entity"}:
            fix = suggest(name, ("decision", "entity")) or "tables: [[decision]] and [[entity]]"
            raise InputError(f"unknown table '{name}'", origin=_at(path, name), fix=fix)
        if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
            fix = f"write [[{name}]] with two brackets"
            raise InputError(f"'{name}' is no list of tables", origin=_at(path, name), fix=fix)
    return content


def _taken(
    table: str,
    given: Mapping[str, Any],
    into: Ledger,
    path: Path,
    homes: dict[tuple[str, str], Origin],
) -> Origin:
    name = _KEYS[table]
    value = str(given.get(name, ""))
    where = _at(path, f'{name} = "{value}"')
    try:
        _check(table, given)
    except InputError as error:
        error.origin = where
        raise
    earlier = into._table(table).get(value)
    if earlier and _meaning(earlier) != _meaning(given):
        what = f"'{given.get('statement', value)}'"
        message = f"{what}: {_verdict(given)} here, {_verdict(earlier)} in {homes[table, value]}"
        raise InputError(message, origin=where, fix="agree, and keep the decision in one file")
    into._table(table)[value] = given
    homes[table, value] = where
    return where


def _check(table: str, given: Mapping[str, Any]) -> None:
    known = _DECISION if table == "decision" else _ENTITY
    for one in given:
        if one not in known:
            fix = suggest(one, known) or "known: " + ", ".join(known)
            raise InputError(f"unknown key '{one}'", fix=fix)
    name, verdict = _KEYS[table], given.get("verdict")
    verdicts = VERDICTS if table == "decision" else VERDICTS[:2]
    if not given.get(name) or verdict not in verdicts:
        fix = f"write {name} and verdict, one of " + ", ".join(verdicts)
        raise InputError(f"a decision without {name} or verdict", fix=fix)
    checking.edit(given.get("edit", {}), needed=verdict == "edit")
    if table == "entity" and verdict == "accept":
        checking.entity(given)


def _verdict(given: Mapping[str, Any]) -> str:
    more = given.get("edit") or {k: given[k] for k in ("id", "type") if k in given}
    said = ", ".join(f"{k} {v}" for k, v in more.items())
    return f"{given['verdict']} ({said})" if said else str(given["verdict"])


def _meaning(given: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(given.get(name) for name in ("verdict", "edit", "id", "type"))


def _at(path: Path, needle: str) -> Origin:
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [n for n, line in enumerate(lines, 1) if needle in line]
    return Origin(str(path), found[-1] if found else 1)


def save(path: Path, ledger: Ledger) -> None:
    """Write the decisions, in the order they were made, replacing the file at once.

    Raises:
        StoreError: If it cannot be written; the old file stays.
    """
    rest = [("decision", k) for k in ledger.decisions] + [("entity", n) for n in ledger.entities]
    made = dict.fromkeys([*ledger.order, *rest])
    blocks = [_block(table, ledger._table(table)[name]) for table, name in made]
    head = "# Decisions on what releases say. Made by kg review; keep it in version control.\n\n"
    files.write(path, (head + "\n".join(blocks)).encode(), folders=True)


def _block(table: str, given: Mapping[str, Any]) -> str:
    lines = [f"[[{table}]]"]
    order = _DECISION if table == "decision" else _ENTITY
    for name in (n for n in order if given.get(n)):
        value = given[name]
        if isinstance(value, Mapping):
            inner = ", ".join(f"{k} = {_text(v)}" for k, v in value.items())
            lines.append(f"{name} = {{ {inner} }}")
        else:
            lines.append(f"{name} = {_text(value)}")
    return "\n".join(lines) + "\n"


def _text(value: object) -> str:
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
