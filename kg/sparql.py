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

from kg._guard import Token, origin, refuse, tokens
from kg.errors import Origin, QueryError, StoreError
from kg.namespaces import prefixes
from kg.restrict import restrict
from kg.store import BUILD, View
from kg.table import Table

_PLACE = re.compile(r"(?:error )?at (\d+):(\d+)(?:-\d+(?::\d+)?)?:?\s*")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may use.

    Attributes:
        seconds: Wall and CPU time.
        rows: Rows of the result.
        bytes: Size of the result.
        memory: Memory of the process.
    """

    seconds: float = 30.0
    rows: int = 100_000
    bytes: int = 256 * 1024 * 1024
    memory: int = 4 * 1024 * 1024 * 1024


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
    found = list(tokens(text))
    refuse(found, text, name, service)
    text, default, named = _dataset(found, text, name)
    text = _spelled_out(found, text)
    if default or named:
        view = restrict(view, documents=_known(view, [*default, *named], name))
    request = {
        "query": text,
        "prefixes": dict(prefixes()),
        "rows": limits.rows,
        "seconds": limits.seconds,
        "bytes": limits.bytes,
        "memory": limits.memory,
        "service": service,
        "empty_default": bool(named and not default),
        "named": named,
    }
    ordered = any(t.kind == "word" and t.text.upper() == "ORDER" for t in found)
    return _table(_in_child(view, request, limits, name), ordered)


def _dataset(tokens: list[Token], text: str, name: str) -> tuple[str, list[str], list[str]]:
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


def _spelled_out(tokens: list[Token], text: str) -> str:
    """Write names with several dots as IRIs: Oxigraph 0.5's SPARQL parser refuses them.

    SPARQL 1.1 allows them (PN_LOCAL), and the names of claims and facts have them.
    """
    declared = dict(prefixes()) | dict(_declared(tokens))
    for token in reversed(tokens):
        prefix, _, local = token.text.rstrip(".").partition(":")
        end = token.start + len(token.text.rstrip("."))
        several = token.kind == "pname" and local.count(".") > 1 and "\\" not in local
        if several and prefix in declared and text[token.start : end] == f"{prefix}:{local}":
            text = f"{text[: token.start]}<{declared[prefix]}{local}>{text[end:]}"
    return text


def _declared(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    for first, second, third in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if first.text.upper() == "PREFIX" and second.kind == "pname" and third.kind == "iri":
            yield second.text.rstrip(":"), third.text[1:-1]


def _full(token: Token, declared: Mapping[str, str], text: str, name: str) -> str:
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, _, local = token.text.partition(":")
    if token.kind != "pname" or prefix not in declared:
        place = origin(text, token.start, name)
        raise QueryError("FROM needs the IRI of a document", origin=place)
    return declared[prefix] + local


def _known(view: View, graphs: list[str], name: str) -> list[str]:
    for graph in graphs:
        if graph not in view.documents:
            fix = "kg info documents lists them; an unknown one is an error, not an empty answer"
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
    if done.returncode == -6 or b"MemoryError" in done.stderr:
        fix = "make it more selective, or add LIMIT"
        raise QueryError(f"{name} was stopped: it needs too much memory", fix=fix)
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
    """A whole store is opened by the child; one restricted, unsaved or since replaced is dumped."""
    if view.path and view.allowed is None and (view.path / BUILD).is_file():
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


def _table(answer: dict[str, Any], ordered: bool) -> Table:
    if "boolean" in answer:
        return Table(("answer",), (("yes" if answer["boolean"] else "no",),))
    rows = [tuple(row) for row in answer["rows"]]
    if not ordered:
        rows.sort()
    return Table(tuple(answer["columns"]), tuple(rows))
