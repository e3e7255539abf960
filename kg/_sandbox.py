"""Child process of `kg.sparql`: reads a request on stdin, writes the answer on stdout."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from kg._guard import check_offline
from kg._limits import limit_cpu, limit_memory


def _open(request: dict[str, Any]) -> ox.Store:
    if "store" in request:
        return ox.Store.read_only(request["store"])
    store = ox.Store()
    store.bulk_load(path=request["quads"], format=ox.RdfFormat.N_QUADS)
    return store


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if request["named"] is not None:
        options["named_graphs"] = [ox.NamedNode(g) for g in request["named"]]
    if not request["service"]:
        check_offline(request["query"], request["prefixes"])
    store = _open(request)
    limit_memory(request["memory"])
    found = store.query(request["query"], prefixes=request["prefixes"], **options)
    if isinstance(found, ox.QueryBoolean):
        return {"boolean": bool(found)}
    if isinstance(found, ox.QueryTriples):
        columns = ["subject", "predicate", "object"]
    else:
        columns = [v.value for v in found.variables]
    return {"columns": columns, "rows": _rows(found, request["rows"], request["bytes"])}


def _rows(found: Iterable[Any], most: int, size: int) -> list[list[str]]:
    rows: list[list[str]] = []
    for terms in found:
        rows.append(["" if t is None else str(getattr(t, "value", t)) for t in terms])
        size -= sum(map(len, rows[-1]))
        if len(rows) > most:
            raise ValueError(f"more than {most} rows; add LIMIT, or raise --row-limit")
        if size < 0:
            raise ValueError("the result is too large; add LIMIT")
    return rows


def main() -> None:
    """Answer one request."""
    request = json.load(sys.stdin)
    limit_cpu(request["seconds"])
    try:
        answer = _answer(request)
    except Exception as error:  # noqa: BLE001,RUF100 - the engine has errors of many types
        answer = {"error": getattr(error, "msg", None) or str(error) or type(error).__name__}
    json.dump(answer, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
