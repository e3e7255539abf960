"""Child process of `kg.sparql`: reads a request on stdin, writes the answer on stdout."""

from __future__ import annotations

import json
import math
import sys
from typing import Any

import pyoxigraph as ox


def _limit(seconds: float) -> None:
    try:
        import resource
    except ImportError:  # not on Windows; the parent's wall-clock kill still holds
        return
    cpu = math.ceil(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))


def _open(request: dict[str, Any]) -> ox.Store:
    if "store" in request:
        return ox.Store.read_only(request["store"])
    store = ox.Store()
    store.bulk_load(path=request["quads"], format=ox.RdfFormat.N_QUADS)
    return store


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if request["named"]:
        options["named_graphs"] = [ox.NamedNode(g) for g in request["named"]]
    if request["empty_default"]:
        options["default_graph"] = ox.NamedNode("urn:kg:empty")
    store = _open(request)
    found = store.query(request["query"], prefixes=request["prefixes"], **options)
    if isinstance(found, ox.QueryBoolean):
        return {"boolean": bool(found)}
    most = request["rows"]
    if isinstance(found, ox.QueryTriples):
        columns = ["subject", "predicate", "object"]
        rows = [_plain(t) for t, _ in zip(found, range(most + 1), strict=False)]
    else:
        columns = [v.value for v in found.variables]
        rows = [_plain(s) for s, _ in zip(found, range(most + 1), strict=False)]
    if len(rows) > most:
        return {"error": f"more than {most} rows; add LIMIT, or raise --row-limit"}
    return {"columns": columns, "rows": rows}


def _plain(terms: Any) -> list[str]:
    return ["" if t is None else str(getattr(t, "value", t)) for t in terms]


def main() -> None:
    """Answer one request."""
    request = json.load(sys.stdin)
    _limit(request["seconds"])
    try:
        answer = _answer(request)
    except (SyntaxError, ValueError, OSError) as error:
        answer = {"error": getattr(error, "msg", None) or str(error)}
    json.dump(answer, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
