"""A query on a view, in the format that the client accepts. Runs in a worker process."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, cast

import pyoxigraph as ox

from kg import sparql
from kg._guard import check_offline
from kg.errors import ForbiddenQueryError, KGError, StoreError
from kg.namespaces import prefixes
from kg.serve.answer import Answer, RefusedError
from kg.serve.formats import GRAPHS, RESULTS, acceptable, content_type, rdf_format, results_format
from kg.sparql import Limits
from kg.store import View

_JSON, _XML, _CSV, _TSV = (
    ox.QueryResultsFormat.JSON,
    ox.QueryResultsFormat.XML,
    ox.QueryResultsFormat.CSV,
    ox.QueryResultsFormat.TSV,
)
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_ROW = {_JSON: b",{", _XML: b"</result>", _CSV: b"\r\n", _TSV: b"\n"}
_QUOTED = {_JSON: re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL), _CSV: re.compile(rb'"[^"]*"')}


@dataclass(frozen=True, slots=True)
class Job:
    """What a request to the endpoint asks for.

    Attributes:
        query: SPARQL 1.1 query; the prefixes of the context need no declaration.
        default: Values of default-graph-uri; with `named` they go before FROM in the query.
        named: Values of named-graph-uri.
        accept: The Accept header.
        base: What relative IRIs in the query are relative to: the address of the endpoint.
    """

    query: str
    default: Sequence[str] = ()
    named: Sequence[str] = ()
    accept: str = ""
    base: str | None = None


def evaluate(view: View, job: Job, limits: Limits) -> Answer:
    """Answer a query of the protocol.

    Args:
        view: The whole store.
        job: What is asked.
        limits: Rows and bytes; time and memory are the keeper's of this process.

    Returns:
        Answer: The result; or 400 for a bad query or an unknown graph, 403 for one that is refused
        or whose result is too large, 406.

    Raises:
        StoreError: If the store can no longer be read.
    """
    try:
        return _evaluate(view, job, limits)
    except RefusedError as refused:
        return refused.answer
    except StoreError:
        raise
    except ForbiddenQueryError as error:
        return RefusedError(403, f"{error.origin}: {error.message}").answer
    except (KGError, SyntaxError, ValueError, RuntimeError) as error:
        said = getattr(error, "msg", None) or str(error)
        clear = error if isinstance(error, KGError) else sparql.explained(said, "query")
        return RefusedError(400, str(clear)).answer


def _evaluate(view: View, job: Job, limits: Limits) -> Answer:
    asked = sparql.read(job.query)
    form = next((word for word in asked.words if word in _FORMS), "SELECT")
    offers = RESULTS if form in {"SELECT", "ASK"} else GRAPHS
    media = acceptable(job.accept, offers, form)
    target: Any = results_format(media) if offers is RESULTS else rdf_format(media)
    check_offline(asked.text, prefixes(), job.base)
    chosen = (job.default, job.named) if job.default or job.named else (asked.default, asked.named)
    scope, graphs = sparql.dataset(view, *chosen)
    options: Any = {} if graphs is None else {"named_graphs": [ox.NamedNode(g) for g in graphs]}
    found = scope.store.query(asked.text, prefixes=dict(prefixes()), base_iri=job.base, **options)
    out = _Bounded(limits.bytes)
    if isinstance(found, ox.QueryTriples):
        triples = _within(found, limits.rows)
        ox.serialize(triples, cast(IO[bytes], out), format=target, prefixes=dict(prefixes()))
    else:
        found.serialize(cast(IO[bytes], out), format=target)
    body = out.body()
    if isinstance(found, ox.QuerySolutions) and _more(body, target, limits.rows):
        raise _too_large(f"more than {limits.rows} rows")
    return Answer(200, content_type(media), body, (("Vary", "Accept"),))


def _within(triples: Iterable[ox.Triple], most: int) -> Iterator[ox.Triple]:
    for number, triple in enumerate(triples):
        if number == most:
            raise _too_large(f"more than {most} triples")
        yield triple


def _more(body: bytes, form: Any, most: int) -> bool:
    """Whether a result has more rows than that; what looks like an end of row may be in a value."""
    plain = _QUOTED.get(form)
    return _rows(body, form) > most and (not plain or _rows(plain.sub(b"", body), form) > most)


def _rows(body: bytes, form: Any) -> int:
    extra = {_JSON: 1, _CSV: -1, _TSV: -1}.get(form, 0)  # no end after the last; a head
    return body.count(_ROW[form]) + extra


def _too_large(what: str) -> RefusedError:
    return RefusedError(403, f"the result is too large: {what}; add LIMIT, or page with OFFSET")


class _Bounded:
    """A file in memory that refuses to grow beyond a size."""

    def __init__(self, most: int) -> None:
        self._left, self._most = most, most
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise _too_large(f"more than {self._most // 2**20} MiB")
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """There is nothing behind it."""

    def body(self) -> bytes:
        return b"".join(self._parts)
