"""SPARQL of the user's own: read-only, offline, and inside limits that hold.

The query runs in a child process that is killed at its time limit, because an engine's own
time-out is co-operative. What would write or reach the network is refused before it starts.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import Origin, QueryError, StoreError
from kg.namespaces import prefixes
from kg.restrict import restrict
from kg.store import View
from kg.table import Table

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
    |(?P<string>\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<variable>[?$]\w+)
    |(?P<name>[A-Za-z][\w.-]*)?:(?P<local>[\w.:%-]*)
    |(?P<word>[A-Za-z_]\w*)""",
    re.VERBOSE | re.DOTALL,
)
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
_PLACE = re.compile(r"(?:error )?at (\d+):(\d+)(?:-\d+(?::\d+)?)?:?\s*")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may use.

    Attributes:
        seconds: Wall and CPU time.
        rows: Rows of the result.
        bytes: Size of the result.
    """

    seconds: float = 30.0
    rows: int = 100_000
    bytes: int = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int


def run(
    view: View, text: str, limits: Limits = Limits(), *, name: str = "query", service: bool = False
) -> Table:
    """Run a query on a view.

    Args:
        view: The documents that count; FROM restricts them further.
        text: SPARQL 1.1 query; the prefixes of the context need no declaration.
        limits: Time, rows and bytes.
        name: What to call the query in messages.
        service: Allow SERVICE, which opens connections.

    Returns:
        Table: full IRIs and plain values, in the engine's order if it has ORDER BY, else sorted.

    Raises:
        QueryError: If it is an update, is refused, has a syntax error or exceeds a limit.
    """
    tokens = list(_tokens(text))
    _refuse(tokens, text, name, service)
    text, default, named = _dataset(tokens, text, name)
    if default or named:
        view = restrict(view, documents=_known(view, [*default, *named], name))
    request = {
        "query": text,
        "prefixes": dict(prefixes()),
        "rows": limits.rows,
        "seconds": limits.seconds,
        "empty_default": bool(named and not default),
        "named": named,
    }
    ordered = any(t.kind == "word" and t.text.upper() == "ORDER" for t in tokens)
    return _table(_in_child(view, request, limits, name), name, ordered)


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "comment":
            yield _Token("pname" if kind in {"name", "local"} else kind, match[0], match.start())


def _origin(text: str, start: int, name: str) -> Origin:
    line = text.count("\n", 0, start) + 1
    return Origin(name, line, start - text.rfind("\n", 0, start))


def _refuse(tokens: list[_Token], text: str, name: str, service: bool) -> None:
    words = [t for t in tokens if t.kind == "word"]
    for token in words:
        word = token.text.upper()
        if word in _FORMS:
            break
        if word in _UPDATES:
            message = f"{word} is an update; this store is read-only"
            fix = "ask with SELECT, ASK, CONSTRUCT or DESCRIBE; facts come in through kg build"
            raise QueryError(message, origin=_origin(text, token.start, name), fix=fix)
    for token in words:
        if token.text.upper() == "SERVICE" and not service:
            fix = "leave it out, or allow connections with --allow-service"
            message = "SERVICE would open a connection; queries are offline"
            raise QueryError(message, origin=_origin(text, token.start, name), fix=fix)


def _dataset(tokens: list[_Token], text: str, name: str) -> tuple[str, list[str], list[str]]:
    """Take FROM and FROM NAMED out of a query, leaving blanks so that positions stay."""
    declared = dict(prefixes()) | dict(_declared(tokens))
    found: dict[bool, list[str]] = {False: [], True: []}
    for place, token in enumerate(tokens):
        if token.kind != "word" or token.text.upper() != "FROM":
            continue
        rest = tokens[place + 1 : place + 3]
        is_named = bool(rest) and rest[0].kind == "word" and rest[0].text.upper() == "NAMED"
        target = rest[1] if is_named and len(rest) > 1 else rest[0] if rest else token
        found[is_named].append(_full(target, declared, text, name))
        end = target.start + len(target.text)
        blank = re.sub(r"[^\n]", " ", text[token.start : end])
        text = text[: token.start] + blank + text[end:]
    return text, found[False], found[True]


def _declared(tokens: list[_Token]) -> Iterator[tuple[str, str]]:
    for first, second, third in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if first.text.upper() == "PREFIX" and second.kind == "pname" and third.kind == "iri":
            yield second.text.rstrip(":"), third.text[1:-1]


def _full(token: _Token, declared: Mapping[str, str], text: str, name: str) -> str:
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, _, local = token.text.partition(":")
    if token.kind != "pname" or prefix not in declared:
        origin = _origin(text, token.start, name)
        raise QueryError("FROM needs the IRI of a document", origin=origin)
    return declared[prefix] + local


def _known(view: View, graphs: list[str], name: str) -> list[str]:
    for graph in graphs:
        if graph not in view.documents:
            fix = "kg info lists the documents; an unknown one is an error, not an empty answer"
            raise QueryError(f"FROM names <{graph}>, which is no document here", fix=fix)
    return graphs


def _in_child(view: View, request: dict[str, Any], limits: Limits, name: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        request |= _store_for(view, Path(folder))
        command = [sys.executable, "-m", "kg._sandbox"]
        try:
            done = subprocess.run(  # noqa: S603 - our own module, no shell
                command,
                input=json.dumps(request).encode(),
                capture_output=True,
                timeout=limits.seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _too_long(limits, name) from None
    if done.returncode in {-9, -24, 137, 152}:
        raise _too_long(limits, name)
    if len(done.stdout) > limits.bytes:
        raise QueryError(f"{name}: the result is larger than {limits.bytes} bytes", fix="add LIMIT")
    if done.returncode or not done.stdout:
        raise StoreError(f"{name}: the query process failed: {done.stderr.decode()[-300:]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "error" in answer:
        raise _explained(answer["error"], name)
    return answer


def _too_long(limits: Limits, name: str) -> QueryError:
    fix = "make it more selective, or raise --time-limit"
    return QueryError(f"{name} was stopped after {limits.seconds:g} s", fix=fix)


def _store_for(view: View, folder: Path) -> dict[str, Any]:
    """A whole store is opened by the child; a restricted or unsaved one is handed over."""
    if view.path and view.allowed is None:
        return {"store": str(view.path / "oxigraph")}
    path = folder / "view.nq"
    view.store.dump(str(path), format=ox.RdfFormat.N_QUADS)
    return {"quads": str(path)}


def _explained(message: str, name: str) -> QueryError:
    match = _PLACE.search(message)
    if not match:
        return QueryError(f"{name}: {message}")
    origin = Origin(name, int(match[1]), int(match[2]))
    fix = "check the spelling and the brackets at that place"
    return QueryError(f"syntax error: {_PLACE.sub('', message)}", origin=origin, fix=fix)


def _table(answer: dict[str, Any], name: str, ordered: bool) -> Table:
    if "boolean" in answer:
        return Table(("answer",), (("yes" if answer["boolean"] else "no",),))
    rows = [tuple(row) for row in answer["rows"]]
    if not ordered:
        rows.sort()
    return Table(tuple(answer["columns"]), tuple(rows), "" if name == "-" else name)
