"""Where groups and their items go: each group has a round region of its own, none overlap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kg.view.clusters import Cluster
from kg.view.layout import SPACING, place

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    Floats = NDArray[float64]

Spot = tuple[int, int]
MARGIN = 60.0
"""Room between a region's rim and its outermost item."""
GAP = 40.0
"""Least room between two regions."""
LEAST = 0.5
"""Radius of the smallest region, as a part of the largest: its name must be readable."""
CROWD = 120
"""Regions of more items are filled like the head of a sunflower."""
STRONGEST = 3
"""So many links of a group steer where it goes."""
_TURN = (-0.7373688780783197, 0.6754902942615238)  # cosine and sine of the golden angle


def arrange(
    groups: Sequence[str], links: Sequence[tuple[int, int]], clusters: Sequence[Cluster], seed: int
) -> tuple[list[Spot], list[tuple[int, int, int]]]:
    """Give every item a place inside the region of its group.

    Args:
        groups: Group of each item, by index.
        links: Pairs of indices.
        clusters: Groups of :func:`kg.view.clusters.gather`.
        seed: Seed of the layout.

    Returns:
        Places by index, and middle and radius of each region.
    """
    home = {item: n for n, cluster in enumerate(clusters) for item in cluster.members}
    inner: list[list[tuple[int, int]]] = [[] for _ in clusters]
    across: Counter[tuple[int, int]] = Counter()
    busy: Counter[int] = Counter()
    for a, b in links:
        busy.update((a, b))
        if home[a] == home[b]:
            inner[home[a]].append((a, b))
        else:
            across[min(home[a], home[b]), max(home[a], home[b])] += 1
    found = [
        _inside(cluster, near, groups, busy, seed)
        for cluster, near in zip(clusters, inner, strict=True)
    ]
    least = LEAST * max(radius for _, radius in found)
    found = [(local, max(radius, least)) for local, radius in found]
    middles = _middles([radius for _, radius in found], across, seed)
    spots = [(0, 0)] * len(groups)
    for (local, _), (x, y) in zip(found, middles, strict=True):
        for item, (dx, dy) in local.items():
            spots[item] = (round(x + dx), round(y + dy))
    regions = [
        (round(x), round(y), round(r)) for (x, y), (_, r) in zip(middles, found, strict=True)
    ]
    return spots, regions


def _inside(
    cluster: Cluster,
    links: list[tuple[int, int]],
    groups: Sequence[str],
    busy: Counter[int],
    seed: int,
) -> tuple[dict[int, tuple[float, float]], float]:
    """Places of the items of one group around (0, 0), and the radius that holds them."""
    if len(cluster.members) > CROWD:
        spots = _sunflower(cluster, groups, busy)
    else:
        names = {item: f"{item:09}" for item in cluster.members}
        found = place(names.values(), [(names[a], names[b]) for a, b in links], seed=seed)
        spots = {
            item: (float(x), float(y)) for item, name in names.items() for x, y in [found[name]]
        }
        spots = _centred(spots)
    farthest = max((x * x + y * y for x, y in spots.values()), default=0.0)
    return spots, float(farthest**0.5 + MARGIN)


def _centred(spots: dict[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
    left, right = min(x for x, _ in spots.values()), max(x for x, _ in spots.values())
    top, bottom = min(y for _, y in spots.values()), max(y for _, y in spots.values())
    return {
        item: (x - (left + right) / 2, y - (top + bottom) / 2) for item, (x, y) in spots.items()
    }


def _sunflower(
    cluster: Cluster, groups: Sequence[str], busy: Counter[int]
) -> dict[int, tuple[float, float]]:
    """The hub in the middle, then ring by ring, one kind after the other, busy items inside."""
    kinds = Counter(groups[item] for item in cluster.members)
    order = sorted(
        cluster.members,
        key=lambda item: (
            item != cluster.hub,
            kinds[groups[item]],
            groups[item],
            -busy[item],
            item,
        ),
    )
    spots = {}
    cos, sin = 1.0, 0.0
    for rank, item in enumerate(order):
        reach = SPACING * 0.62 * (rank**0.5 + (rank > 0) * 0.8)
        spots[item] = (cos * reach, sin * reach)
        cos, sin = cos * _TURN[0] - sin * _TURN[1], cos * _TURN[1] + sin * _TURN[0]
    return spots


def _middles(radii: list[float], across: Counter[tuple[int, int]], seed: int) -> Floats:
    """Middles of the regions: linked ones near each other, drawn together until they touch."""
    import numpy as np

    size: Any = np.array(radii)
    strong = _strongest(len(radii), across)
    names = [f"{n:09}" for n in range(len(radii))]
    start = place(names, [(names[a], names[b]) for a, b in strong], seed=seed)
    xy = np.array([start[name] for name in names], dtype=float)
    extent = np.maximum(xy.max(0) - xy.min(0), 1.0)
    xy = xy * (np.sqrt(4.0 * (size * size).sum() / (extent[0] * extent[1])) + 1e-9)
    for turn in range(600):
        dx, dy = (xy[:, None, k] - xy[None, :, k] for k in (0, 1))
        near = np.sqrt(dx * dx + dy * dy) + 1e-6
        lack = np.maximum(size[:, None] + size + GAP - near, 0.0)
        np.fill_diagonal(lack, 0.0)
        if turn > 400 and not lack.any():
            break
        push = np.stack([(lack / near * d).sum(1) for d in (dx, dy)], axis=1) * 0.3
        pull = np.array([0.012, 0.024]) if turn < 400 else np.zeros(2)
        xy = xy + push - pull * (xy - xy.mean(0))
    middles: Floats = xy - (xy.max(0) + xy.min(0)) / 2
    return middles


def _strongest(count: int, across: Counter[tuple[int, int]]) -> list[tuple[int, int]]:
    beside: list[list[tuple[int, tuple[int, int]]]] = [[] for _ in range(count)]
    for pair, times in sorted(across.items()):
        for end in pair:
            beside[end].append((-times, pair))
    return sorted({pair for found in beside for _, pair in sorted(found)[:STRONGEST]})
