"""Named queries as files: `.rq`, plain SPARQL 1.1 with a header, and their parameters.

A file runs on any engine with its defaults. Lines that start with `#+` are its header (YAML):
title, question, summary, parameters, evidence, merge, words, on, drop, notes, search, presets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg import resources
from kg.errors import InputError, QueryError, UnknownNameError, suggest
from kg.loaders._yaml import Block, parse

_HEADER = {
    "title", "question", "summary", "parameters", "evidence", "merge", "words", "on", "drop",
    "notes", "search", "presets",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query.

    Attributes:
        name: The variable it binds.
        type: actor, entity, person, document, claim, boolean, date, text or today.
        default: Text used when the user gives none.
        help: What it means.
        with_states: Name of a boolean parameter; when true the states that an agency acts for
            are bound too.
    """

    name: str
    type: str
    default: str
    help: str
    with_states: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A named query.

    Attributes:
        name: File name without ending.
        questions: Ids of the competency questions it answers.
        title: One line.
        summary: What the columns mean.
        parameters: By name.
        evidence: Variables that hold claims.
        merge: Columns whose differing values share a row.
        words: Date columns that are also said in words.
        on: Default day for "true then", or "".
        drop: Answers on a day whose rows are left out.
        notes: Printed below.
        search: Parameter whose words the quotes must contain, or "".
        presets: Question id → parameter values.
        text: The SPARQL.
    """

    name: str
    questions: tuple[str, ...]
    title: str
    summary: str
    parameters: Mapping[str, Parameter]
    evidence: tuple[str, ...]
    merge: tuple[str, ...]
    words: tuple[str, ...]
    on: str
    drop: tuple[str, ...]
    notes: tuple[str, ...]
    search: str
    presets: Mapping[str, Mapping[str, str]]
    text: str


@lru_cache(maxsize=1)
def load_all() -> Mapping[str, Query]:
    """Return all named queries by name, sorted."""
    files = sorted(resources.queries().glob("*.rq"))
    return {path.stem: read(path) for path in files}


def read(path: Path) -> Query:
    """Read one `.rq` file.

    Raises:
        InputError: If its header is broken or has an unknown key.
    """
    text = path.read_text(encoding="utf-8")
    lines = [line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
    head = parse("\n".join(lines), path)
    for key in head:
        if key not in _HEADER:
            raise InputError(f"unknown key '{key}'", origin=head.at[key], fix=suggest(key, _HEADER))
    presets = head.block("presets")
    return Query(
        name=path.stem,
        questions=tuple(head.texts("question")),
        title=head.text("title"),
        summary=head.text("summary"),
        parameters=_parameters(head.block("parameters")),
        evidence=tuple(head.texts("evidence")),
        merge=tuple(head.texts("merge")),
        words=tuple(head.texts("words")),
        on=head.text("on"),
        drop=tuple(head.texts("drop")),
        notes=tuple(head.texts("notes")),
        search=head.text("search"),
        presets={k: {n: presets.block(k).text(n) for n in presets.block(k)} for k in presets},
        text=text,
    )


def _parameters(block: Block) -> dict[str, Parameter]:
    found = {}
    for name in block:
        given = block.block(name)
        found[name] = Parameter(
            name,
            given.text("type", "text"),
            given.text("default"),
            given.text("help"),
            given.text("with_states"),
        )
    return found


def find(name: str) -> tuple[Query, Mapping[str, str]]:
    """Return a query by its name or the id of a question, and the question's own parameters.

    Raises:
        QueryError: If a command of its own answers it.
        UnknownNameError: If there is none; the message suggests the nearest.
    """
    queries = load_all()
    if name in queries:
        return queries[name], {}
    for query in queries.values():
        if name in query.questions:
            return query, query.presets.get(name, {})
    if command := answered_elsewhere().get(name):
        raise QueryError(f"{name} is answered by a command of its own", fix=command)
    known = [*queries, *(q for query in queries.values() for q in query.questions)]
    raise UnknownNameError(f"no query '{name}'", fix=suggest(name, known) or "see kg query --list")


def answered_elsewhere() -> dict[str, str]:
    """Return question id → the command that answers it, for questions that are no query."""
    path = resources.queries() / "commands.yaml"
    block = parse(path.read_text(encoding="utf-8"), path)
    return {key: block.text(key) for key in block}


def bind(query: Query, values: Mapping[str, Sequence[Any]]) -> str:
    """Return the SPARQL of a query with other values in its VALUES blocks.

    Args:
        query: The query.
        values: Terms by variable.

    Raises:
        QueryError: If the file has no VALUES block for a variable.
    """
    text = query.text
    for name, terms in values.items():
        pattern = re.compile(rf"(VALUES\s+\?{re.escape(name)}\s*\{{)[^{{}}]*\}}")
        inside = " ".join(str(t) for t in terms)
        escaped = inside.replace("\\", "\\\\")
        text, count = pattern.subn(rf"\g<1> {escaped} }}", text)
        if not count:
            raise QueryError(f"{query.name}.rq has no VALUES ?{name}")
    return text
