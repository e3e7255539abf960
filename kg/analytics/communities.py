"""Which blocs the partnership network falls into, and how sure that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, product
from math import exp, lgamma, log

import networkx as nx

from kg.analytics import _cells, _options
from kg.analytics._options import Plain
from kg.projection import actor_actor
from kg.store import View
from kg.table import Table

KEPT = True
"""Kept beside a large store, with what it says by default."""

DEFINITION = (
    "communities by the Louvain method (Blondel et al. 2008) on weights, with modularity "
    "(Newman 2004) at the resolution given; stability = mean adjusted mutual information "
    "(Vinh, Epps and Bailey 2010, arithmetic mean) between the partitions of several seeds, "
    "1 when all agree, about 0 when they agree by chance"
)
Partition = list[set[int]]


def run(
    view: View,
    *,
    seed: Plain = 0,
    resolution: Plain = 1.0,
    runs: Plain = 20,
    **filters: Plain,
) -> Table:
    """Find communities of actors.

    Args:
        view: The documents that count.
        seed: Seed of the partition shown.
        resolution: Above 1 for smaller, below 1 for larger communities.
        runs: How many seeds, from `seed` on, the stability rests on (at least 2).
        **filters: Options of :class:`kg.projection.Filter`; `from_year=2008` for one.

    Returns:
        One row a community, largest first: size, members, the weight inside and to others.

    Raises:
        KGError: If an option is unknown or has a value that cannot be.
    """
    start, count = _options.integer("seed", seed), _options.integer("runs", runs, 2, 1000)
    scale = _options.real("resolution", resolution, 0.01, 100)
    chosen = _options.filter_of(filters, ("seed", "resolution", "runs"))
    graph = actor_actor(view, chosen)
    plain, nodes = _cells.numbered(graph)
    partitions = [louvain(plain, start + i, scale) for i in range(count)]
    documents = _cells.Documents(view)
    rows = []
    for place, part in enumerate(partitions[0], 1):
        members = [nodes[i] for i in sorted(part)]
        inside = plain.subgraph(part).size(weight="weight")
        across = sum(d for _, d in plain.degree(part, weight="weight")) - 2 * inside
        claims = [c for _, _, d in graph.subgraph(members).edges(data=True) for c in d["claims"]]
        names = _cells.labels(graph, members)
        figures = (str(int(inside)), str(int(across)))
        rows.append((str(place), str(len(members)), names, *figures, documents.of(claims)))
    columns = ("community", "size", "members", "weight_inside", "weight_across", "document")
    more = (*_figures(plain, partitions, start, scale), *_cells.graph_notes(graph))
    notes = _cells.notes(view, DEFINITION, *more)
    return Table(columns, tuple(rows), "Communities in the partnership network", notes)


def louvain(plain: nx.Graph, seed: int, resolution: float) -> Partition:
    """Return the communities of a graph with sorted whole-number nodes, largest first."""
    if plain.number_of_edges() == 0:
        return [{node} for node in plain]
    parts = nx.community.louvain_communities(
        plain, weight="weight", resolution=resolution, seed=seed
    )
    return sorted(parts, key=lambda part: (-len(part), min(part)))


def _figures(
    plain: nx.Graph, partitions: Sequence[Partition], seed: int, resolution: float
) -> list[str]:
    figures = [f"seed {seed}, resolution {resolution}, communities: {len(partitions[0])}"]
    if not plain.number_of_edges():
        return [*figures, "modularity and stability: not evaluable without edges"]
    modularity = nx.community.modularity(
        plain, partitions[0], weight="weight", resolution=resolution
    )
    found = stability(partitions, len(plain))
    sizes = sorted(Counter(len(p) for p in partitions).items())
    spread = ", ".join(f"{size} in {times}" for size, times in sizes)
    last = seed + len(partitions) - 1
    return [
        *figures,
        f"modularity: {modularity:.6f}",
        f"stability over {len(partitions)} seeds ({seed} to {last}): {found:.6f}; "
        f"number of communities: {spread}",
    ]


def stability(partitions: Sequence[Partition], count: int) -> float:
    """Return the mean adjusted mutual information of all pairs of partitions."""
    codes = [_codes(part, count) for part in partitions]
    found = [adjusted_mutual_information(a, b) for a, b in combinations(codes, 2)]
    return sum(found) / len(found)


def _codes(partition: Partition, count: int) -> list[int]:
    codes = [0] * count
    for place, part in enumerate(partition):
        for node in part:
            codes[node] = place
    return codes


def adjusted_mutual_information(one: Sequence[int], other: Sequence[int]) -> float:
    """Return how far two labellings agree beyond chance.

    Args:
        one: A label for each thing.
        other: Other labels for the same things.

    Returns:
        1 for the same grouping, about 0 for chance (Vinh, Epps and Bailey 2010, arithmetic mean).
    """
    sizes, others = Counter(one), Counter(other)
    total = len(one)
    if len(sizes) == len(others) and len(sizes) in {1, total}:
        return 1.0
    mutual = sum(
        n / total * log(total * n / (sizes[a] * others[b]))
        for (a, b), n in sorted(Counter(zip(one, other, strict=True)).items())
    )
    expected = _expected(sorted(sizes.values()), sorted(others.values()), total)
    mean = (_entropy(sorted(sizes.values()), total) + _entropy(sorted(others.values()), total)) / 2
    return (mutual - expected) / (mean - expected) if mean != expected else 0.0


def _entropy(sizes: Sequence[int], total: int) -> float:
    return -sum(n / total * log(n / total) for n in sizes)


def _expected(sizes: Sequence[int], others: Sequence[int], total: int) -> float:
    """Expected mutual information of random labellings; groups of one size are summed at once."""
    factorial = [lgamma(n + 1) for n in range(total + 1)]
    found = 0.0
    for (a, times), (b, more) in product(
        sorted(Counter(sizes).items()), sorted(Counter(others).items())
    ):
        fixed = factorial[a] + factorial[b] + factorial[total - a] + factorial[total - b]
        for n in range(max(1, a + b - total), min(a, b) + 1):
            chance = fixed - factorial[total] - factorial[n] - factorial[a - n]
            chance -= factorial[b - n] + factorial[total - a - b + n]
            found += times * more * n / total * log(total * n / (a * b)) * exp(chance)
    return found
