"""What keeps SPARQL of a user's own read-only and offline: its tokens, and what they may not be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import ForbiddenQueryError, Origin

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\r\n]*)
    |(?P<string>\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    |(?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    |(?P<variable>[?$]\w+)
    |(?P<name>[A-Za-z][\w.-]*)?:(?P<local>(?:[\w.:%-]|\\[-_~.!$&'()*+,;=/?\#@%])*)
    |(?P<word>[A-Za-z_]\w*)""",
    re.VERBOSE | re.DOTALL,
)
_SERVICE = re.compile("service", re.IGNORECASE)
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}


@dataclass(frozen=True, slots=True)
class Token:
    """A token of SPARQL.

    Attributes:
        kind: string, iri, variable, pname or word.
        text: As written.
        start: Its place in the query.
    """

    kind: str
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query that can matter here; comments and signs are left out."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "comment":
            yield Token("pname" if kind in {"name", "local"} else kind, match[0], match.start())


def origin(text: str, start: int, name: str) -> Origin:
    """Return line and column of a place in a query."""
    line = text.count("\n", 0, start) + 1
    return Origin(name, line, start - text.rfind("\n", 0, start))


def refuse(found: list[Token], text: str, name: str, service: bool = False) -> None:
    """Refuse what writes, and what opens a connection.

    Args:
        found: The tokens of the query.
        text: The query.
        name: What to call it in messages.
        service: Allow SERVICE.

    Raises:
        ForbiddenQueryError: with the place of the word.
    """
    words = [t for t in found if t.kind == "word"]
    for token in words:
        word = token.text.upper()
        if word in _FORMS:
            break
        if word in _UPDATES:
            message = f"{word} is an update; this store is read-only"
            fix = "ask with SELECT, ASK, CONSTRUCT or DESCRIBE; facts come in through kg build"
            raise ForbiddenQueryError(message, origin=origin(text, token.start, name), fix=fix)
    for token in words:
        if token.text.upper() == "SERVICE" and not service:
            fix = "leave it out, or allow connections with --allow-service"
            message = "SERVICE would open a connection; queries are offline"
            raise ForbiddenQueryError(message, origin=origin(text, token.start, name), fix=fix)


def check_offline(text: str, prefixes: Mapping[str, str], base: str | None = None) -> None:
    """Make sure that SERVICE is nowhere a keyword, however its letters are hidden from tokens.

    The engine parses the query with other letters in the place of that word, against an empty
    store. Inside a string, an IRI, a comment or a name they do no harm; where the word is a keyword
    the query is no longer SPARQL. The places of errors stay the same.

    Args:
        text: The query.
        prefixes: Prefixes declared for it.
        base: What its relative IRIs are relative to.

    Raises:
        SyntaxError: If the query is no SPARQL without that keyword.
    """
    if _SERVICE.search(text):
        harmless = _SERVICE.sub("servixx", text)
        ox.Store().query(harmless, prefixes=dict(prefixes), base_iri=base)
