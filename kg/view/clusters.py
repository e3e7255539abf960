"""What hangs together in a large picture: each item gathers round one busy item.

A picture of thousands of items is a knot however it is drawn, so it opens on groups. The busiest
items are the hubs; every other item belongs to the hub that it is linked to, and what touches no
hub to the group of the neighbours that most of its links lead to. Ties go to the less busy hub,
which says more. What no chain of links joins to a hub is one group without a hub.

Counting only: no random numbers, no floating point, so that the same picture gives the same groups.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt

LIMIT = 250
"""Above so many items a picture opens on groups."""
LEAST, MOST = 10, 60
"""Fewest and most hubs, where there are so many."""
BUSY = 4
"""Neighbours that a hub has at least."""
_NO_HUB = frozenset({"event", "person", "other"})


@dataclass(frozen=True, slots=True)
class Cluster:
    """Indices of the items of one group, and of its hub; None for what is linked to no hub."""

    hub: int | None
    members: tuple[int, ...]


def gather(groups: Sequence[str], links: Sequence[tuple[int, int]]) -> list[Cluster]:
    """Divide the items of a picture into groups.

    Args:
        groups: Group of each item (:data:`kg.view.picture.GROUPS`), by index.
        links: Pairs of indices; loops are ignored, several links of a pair count as many.

    Returns:
        The groups, that of the busiest hub first; what is linked to no hub comes last.
    """
    near = _neighbours(links)
    hubs = _hubs(groups, near)
    label = {hub: rank for rank, hub in enumerate(hubs)}
    wave = hubs
    while wave:
        wave = _next_wave(wave, near, label)
    members: list[list[int]] = [[] for _ in range(len(hubs) + 1)]
    for item in range(len(groups)):
        members[label.get(item, len(hubs))].append(item)
    found = [Cluster(hub, tuple(inner)) for hub, inner in zip(hubs, members, strict=False)]
    return found + ([Cluster(None, tuple(members[-1]))] if members[-1] else [])


def _neighbours(links: Sequence[tuple[int, int]]) -> dict[int, Counter[int]]:
    near: dict[int, Counter[int]] = defaultdict(Counter)
    for a, b in links:
        if a != b:
            near[a][b] += 1
            near[b][a] += 1
    return near


def _hubs(groups: Sequence[str], near: dict[int, Counter[int]]) -> list[int]:
    """The busiest items that may give a group its name, by the number of their neighbours."""
    many = min(max(LEAST, isqrt(len(groups)) // 2), MOST)
    busy = [item for item in near if len(near[item]) >= BUSY] or list(near)
    able = [item for item in busy if groups[item] not in _NO_HUB] or busy
    return sorted(able, key=lambda item: (-len(near[item]), item))[:many]


def _next_wave(wave: list[int], near: dict[int, Counter[int]], label: dict[int, int]) -> list[int]:
    """Label what the last wave touches; all at once, so that no order of items matters."""
    reached = sorted({other for item in wave for other in near[item] if other not in label})
    chosen = {item: _vote(near[item], label) for item in reached}
    label |= chosen
    return reached


def _vote(links: Counter[int], label: dict[int, int]) -> int:
    votes: Counter[int] = Counter()
    for other, times in links.items():
        if other in label:
            votes[label[other]] += times
    return max(votes, key=lambda rank: (votes[rank], rank))
