"""SPARQL 1.1 Protocol: from an HTTP request to a query and its dataset (sections 2.1 and 2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from kg.serve.answer import RefusedError

FORM, DIRECT, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
METHODS = "GET, HEAD, POST, OPTIONS"
_FIELDS = 500
_READ_ONLY = "this store is read-only: it answers queries; facts come in through kg build"


@dataclass(frozen=True, slots=True)
class Operation:
    """A query operation.

    Attributes:
        query: The query, or "" when only the service itself is asked for.
        default: Values of default-graph-uri.
        named: Values of named-graph-uri.
    """

    query: str
    default: tuple[str, ...]
    named: tuple[str, ...]


def read(method: str, query_string: bytes, headers: Mapping[str, str], body: bytes) -> Operation:
    """Read a request to the endpoint.

    Args:
        method: GET, HEAD or POST.
        query_string: What follows the question mark, still encoded.
        headers: Names in lower case.
        body: The content.

    Raises:
        RefusedError: 400 if it is malformed, 403 for an update, 405, or 415 for another media type.
    """
    if method not in METHODS.split(", "):
        raise RefusedError(405, f"{method} is not for this address", ("Allow", METHODS))
    fields = _fields(query_string)
    direct: list[str] = []
    if method == "POST":
        media = _media(headers.get("content-type", ""))
        if media == FORM:
            fields += _fields(body)
        else:
            direct = [_text(body)]
    if any(name == "update" for name, _ in fields):
        raise RefusedError(403, _READ_ONLY)
    queries = direct + [value for name, value in fields if name == "query"]
    if len(queries) > 1 or (method == "POST" and not queries):
        raise RefusedError(400, f"{len(queries)} queries in one request; send one")
    return Operation(
        queries[0] if queries else "",
        tuple(value for name, value in fields if name == "default-graph-uri"),
        tuple(value for name, value in fields if name == "named-graph-uri"),
    )


def _media(content_type: str) -> str:
    media, *parameters = (part.strip().lower() for part in content_type.split(";"))
    if media == UPDATE:
        raise RefusedError(403, _READ_ONLY)
    if media not in {FORM, DIRECT}:
        raise RefusedError(415, f"send the query as {DIRECT} or {FORM}", ("Accept-Post", DIRECT))
    charset = next((p[8:].strip('"') for p in parameters if p.startswith("charset=")), "utf-8")
    if charset not in {"utf-8", "utf8", "us-ascii"}:
        raise RefusedError(415, f"the query is in {charset}; send it in UTF-8")
    return media


def _fields(data: bytes) -> list[tuple[str, str]]:
    try:
        text = data.decode("utf-8")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError:
        raise RefusedError(400, "a parameter is not UTF-8") from None
    except ValueError:
        raise RefusedError(400, f"more than {_FIELDS} parameters") from None


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise RefusedError(400, "the query is not UTF-8") from None
