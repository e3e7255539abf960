"""How many activities each two actors share: A·Aᵀ of the actor by activity incidence matrix.

Source: Breiger 1974, "The duality of persons and groups".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyoxigraph as ox

from kg import vocab
from kg.namespaces import prefixes, sp
from kg.projection._filter import LEVELS, Filter
from kg.projection._ties import instances, ties
from kg.store import View

_PAIRS = """SELECT ?actor ?activity {
    { SELECT ?claim ?actor { ?claim sp:participant ?actor } }
    { SELECT ?claim ?activity { ?claim sp:inActivity ?activity } }
    MINUS { SELECT ?claim { VALUES ?status { %s } ?claim sp:status ?status } }
    MINUS { SELECT ?claim { VALUES ?role { %s } ?claim sp:role ?role } } }"""


def weights(view: View, chosen: Filter | None = None) -> tuple[list[str], Any]:
    """Return actors and how many activities each two share, and nothing else: the fast way.

    Args:
        view: The documents that count.
        chosen: What counts as a tie; by default cooperative ties between organisations.

    Returns:
        The actors, sorted, and a symmetric `scipy.sparse` matrix with zero diagonal, its rows and
        columns in their order. Several claims of one actor in one activity count once.
    """
    chosen = chosen or Filter()
    plain = chosen.level == "agency" and not (chosen.roles or chosen.classes or chosen.dated_only)
    if plain and not chosen.timed:
        return _at_once(view, chosen)
    found = {(t.actor, t.activity) for t in ties(view, chosen)}
    actors = sorted({a for a, _ in found})
    return actors, shared(found, actors)


def shared(found: Iterable[tuple[str, str]], actors: Sequence[str]) -> Any:
    """Return the matrix of the activities that actors share.

    Args:
        found: Distinct pairs of actor and activity.
        actors: The actors, in the order of rows and columns.
    """
    row_of = {a: i for i, a in enumerate(actors)}
    column_of: dict[str, int] = {}
    cells = [(row_of[a], column_of.setdefault(m, len(column_of))) for a, m in found]
    rows, columns = zip(*cells, strict=True) if cells else ((), ())
    return _square(_matrix(rows, columns, (len(actors), len(column_of))))


def _matrix(rows: Sequence[int], columns: Sequence[int], shape: tuple[int, int]) -> Any:
    import numpy as np
    from scipy import sparse

    places = np.array(rows, np.int64), np.array(columns, np.int64)
    return sparse.csr_matrix((np.ones(len(rows), np.int64), places), shape=shape)


def _square(incidence: Any) -> Any:
    product = (incidence @ incidence.T).tocsr()
    product.setdiag(0)
    product.eliminate_zeros()
    product.sort_indices()
    return product


def _at_once(view: View, chosen: Filter) -> tuple[list[str], Any]:
    """Read all participations as text, but those whose role or status does not count."""
    words = vocab.load()
    actors = sorted(instances(view, words.subclasses(LEVELS[chosen.level])))
    row_of = {f"<{a}>".encode(): i for i, a in enumerate(actors)}
    column_of: dict[bytes, int] = {}
    rows, columns = _cells(_lines(view, chosen), row_of, column_of)
    counts = _matrix(rows, columns, (len(actors), len(column_of)))
    incidence = (counts > 0).astype("int64")
    taking_part = [i for i, total in enumerate(incidence.sum(axis=1).A1.tolist()) if total]
    return [actors[i] for i in taking_part], _square(incidence[taking_part])


def _lines(view: View, chosen: Filter) -> Iterable[list[bytes]]:
    """Yield actor and activity of the claims whose role and status count."""
    concepts = vocab.load().concepts
    less = (
        concepts[sp("Status")] - chosen.status_iris(),
        concepts[sp("Role")] - (chosen.role_iris() or frozenset()),
    )
    query = _PAIRS % tuple(" ".join(f"<{c}>" for c in sorted(found)) for found in less)
    found = view.store.query(query, prefixes=dict(prefixes()))
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError("not a SELECT query")
    text = found.serialize(format=ox.QueryResultsFormat.TSV) or b""
    return (line.split(b"\t") for line in text.split(b"\n")[1:-1])


def _cells(
    lines: Iterable[list[bytes]], row_of: dict[bytes, int], column_of: dict[bytes, int]
) -> tuple[list[int], list[int]]:
    rows: list[int] = []
    columns: list[int] = []
    for actor, activity in lines:
        if actor in row_of:
            rows.append(row_of[actor])
            columns.append(column_of.setdefault(activity, len(column_of)))
    return rows, columns
