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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg._guard import Token, origin, refuse, tokens
from kg.errors import Origin, QueryError, StoreError
from kg.namespaces import prefixes
from kg.restrict import restrict, side_by_side
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
        memory: What the process may take beside the open store.
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
    asked = read(text, name, service=service)
    view, named = dataset(view, asked.default, asked.named)
    request = {
        "query": asked.text,
        "prefixes": dict(prefixes()),
        "rows": limits.rows,
        "seconds": limits.seconds,
        "bytes": limits.bytes,
        "memory": limits.memory,
        "service": service,
        "named": named,
    }
    return _table(_in_child(view, request, limits, name), "ORDER" in asked.words)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that may be run.

    Attributes:
        text: The query without its FROM clauses, places unchanged.
        default: IRIs that FROM names.
        named: IRIs that FROM NAMED names.
        words: Its keywords in upper case, in their order, strings and names left out.
    """

    text: str
    default: tuple[str, ...]
    named: tuple[str, ...]
    words: tuple[str, ...]


def read(text: str, name: str = "query", *, service: bool = False) -> Asked:
    """Read a query, and refuse what writes or opens a connection.

    Args:
        text: SPARQL 1.1 query; the prefixes of the context need no declaration.
        name: What to call the query in messages.
        service: Allow SERVICE.

    Raises:
        ForbiddenQueryError: If it is an update or has a SERVICE.
        QueryError: If a FROM has no IRI.
    """
    found = list(tokens(text))
    refuse(found, text, name, service)
    plain, default, named = _dataset(found, text, name)
    words = tuple(t.text.upper() for t in found if t.kind == "word")
    return Asked(_spelled_out(found, plain), tuple(default), tuple(named), words)


def dataset(
    view: View, default: Sequence[str], named: Sequence[str]
) -> tuple[View, list[str] | None]:
    """Return the RDF dataset that FROM and FROM NAMED, or a request, ask for.

    As in SPARQL 1.1 Query, section 13.2: the default graph is the merge of the first documents
    alone, and only the second are named graphs.

    Args:
        view: The documents that count.
        default: IRIs of documents.
        named: IRIs of documents.

    Returns:
        The view to ask, and which of its named graphs count: None for all.

    Raises:
        QueryError: If one is no document of the view.
    """
    if not default and not named:
        return view, None
    _check_known(view, (*default, *named))
    merged = restrict(view, documents=default) if default else None
    if merged and not named:
        return merged, []
    return side_by_side(view, merged, named), list(named)


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


def _check_known(view: View, graphs: Iterable[str]) -> None:
    for graph in graphs:
        if graph not in view.documents:
            fix = "kg info documents lists them; an unknown one is an error, not an empty answer"
            raise QueryError(f"FROM names <{graph}>, which is no document here", fix=fix)


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
        raise explained(answer["error"], name)
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


def explained(message: str, name: str) -> QueryError:
    """Return the engine's message about a query as an error with a place and a fix."""
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
