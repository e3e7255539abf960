"""Is the clustering of the network above what chance would give?"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import chain
from math import sqrt

from kg.analytics import _cells, _options
from kg.analytics._options import Plain
from kg.projection import ties as read_ties
from kg.projection import two_mode
from kg.store import View
from kg.table import Cell, Table

KEPT = True
"""Kept beside a large store, with what it says by default."""

DEFINITION = (
    "two-mode clustering = 4 × four-cycles / three-paths (Robins and Alexander 2004); one-mode "
    "clustering = transitivity of the projection; null model: every actor and every activity keeps "
    "its number of ties, drawn by curveball trades (Strona et al. 2014); z = (observed − mean) / "
    "standard deviation of the draws; p = share of draws, the observed counted in, that reach the "
    "observed value"
)
Rows = list[set[int]]


def run(view: View, *, draws: Plain = 200, seed: Plain = 0, **filters: Plain) -> Table:
    """Compare clustering with a null model that keeps all degrees.

    Args:
        view: The documents that count.
        draws: How many random networks to draw.
        seed: Seed of the draws.
        **filters: Options of :class:`kg.projection.Filter`.

    Returns:
        One row a measure: observed, mean and standard deviation of the draws, z and p.

    Raises:
        KGError: If an option is unknown or has a value that cannot be.
    """
    count, start = _options.integer("draws", draws, 2, 100_000), _options.integer("seed", seed)
    chosen = _options.filter_of(filters, ("draws", "seed"))
    found = read_ties(view, chosen)
    activities = sorted({t.activity for t in found})
    index = {m: i for i, m in enumerate(activities)}
    actors = sorted({t.actor for t in found})
    place = {a: i for i, a in enumerate(actors)}
    rows: Rows = [set() for _ in actors]
    for tie in found:
        rows[place[tie.actor]].add(index[tie.activity])
    observed = measures(rows, len(activities))
    drawn = _draws(rows, len(activities), count, start)
    names = ("two-mode clustering", "one-mode clustering")
    table = tuple(_row(name, observed[i], [d[i] for d in drawn]) for i, name in enumerate(names))
    graph = two_mode(view, chosen, detail=False)
    more = (f"draws: {count}, seed {start}", *_cells.graph_notes(graph))
    columns = ("measure", "observed", "null_mean", "null_sd", "z", "p")
    notes = _cells.notes(view, DEFINITION, *more)
    return Table(columns, table, "Clustering against a degree-preserving null model", notes)


def _row(name: str, observed: float | None, drawn: Sequence[float | None]) -> tuple[Cell, ...]:
    values = [v for v in drawn if v is not None]
    if observed is None or not values:
        return (name, *("not evaluable",) * 5)
    mean = sum(values) / len(values)
    spread = sqrt(sum((v - mean) ** 2 for v in values) / max(len(values) - 1, 1))
    reached = 1 + sum(v >= observed - 1e-12 for v in values)
    z = f"{(observed - mean) / spread:.3f}" if spread > 1e-12 else "not evaluable"
    p = f"{reached / (len(values) + 1):.6f}"
    return (name, f"{observed:.6f}", f"{mean:.6f}", f"{spread:.6f}", z, p)


def measures(rows: Rows, count: int) -> tuple[float | None, float | None]:
    """Return two-mode and one-mode clustering, or None where there is nothing to cluster.

    Args:
        rows: The activities of each actor.
        count: How many activities there are.
    """
    import numpy as np
    from scipy import sparse

    degrees = np.array([len(row) for row in rows], np.int64)
    if not degrees.any():
        return None, None
    ends = np.concatenate(([0], degrees.cumsum()))
    activities = np.fromiter(chain.from_iterable(rows), np.int64, ends[-1])
    ones = np.ones(len(activities), np.int64)
    incidence = sparse.csr_matrix((ones, activities, ends), shape=(len(rows), count))
    sizes = np.bincount(activities)
    shared = (incidence @ incidence.T).tocsr()
    shared.setdiag(0)
    shared.eliminate_zeros()
    cycles = int((shared.data * (shared.data - 1) // 2).sum()) // 2
    paths = int((np.repeat(degrees - 1, degrees) * (sizes[activities] - 1)).sum())
    adjacent = (shared > 0).astype(np.int64)
    partners = np.diff(adjacent.indptr)
    wedges = int((partners * (partners - 1)).sum())
    closed = int((adjacent @ adjacent).multiply(adjacent).sum())
    return (4 * cycles / paths if paths else None), (closed / wedges if wedges else None)


def _draws(
    rows: Rows, count: int, draws: int, seed: int
) -> list[tuple[float | None, float | None]]:
    source = random.Random(seed)  # noqa: S311 - draws of a null model, not secrets
    return [measures(curveball(rows, source), count) for _ in range(draws)]


def curveball(rows: Rows, source: random.Random) -> Rows:
    """Return a random incidence with the same row and column sums.

    Args:
        rows: The activities of each actor; not changed.
        source: Where chance comes from.
    """
    made = [set(row) for row in rows]
    if len(made) < 2:
        return made
    for _ in range(5 * len(made)):
        one, other = source.sample(range(len(made)), 2)
        common = made[one] & made[other]
        pool = sorted(made[one] ^ made[other])
        keep = len(made[one]) - len(common)
        shuffle(pool, source)
        made[one], made[other] = common.union(pool[:keep]), common.union(pool[keep:])
    return made


def shuffle(pool: list[int], source: random.Random) -> None:
    """Shuffle in place, with the draws of :meth:`random.Random.shuffle` at a third of its cost.

    Args:
        pool: What to shuffle.
        source: Where chance comes from.
    """
    bits, size = source.getrandbits, len(pool)
    while size > 1:
        width = size.bit_length()
        smallest = 1 << (width - 1)
        for left in range(size, max(smallest, 2) - 1, -1):
            place = bits(width)
            while place >= left:
                place = bits(width)
            pool[left - 1], pool[place] = pool[place], pool[left - 1]
        size = smallest - 1
