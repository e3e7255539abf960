"""Where the nodes go: the same picture every time, spread out, nothing random.

Each connected part is laid out by itself: distances in the graph first (pivot MDS, then stress
majorisation over the pivots), then a force step in which busy nodes push harder, which opens the
knots that distances alone leave. Parts are turned to lie flat and packed on shelves.

numpy and scipy only, no other layout library: nodes and edges are sorted first, start jitter comes
from a seed, and only sums, products, quotients and square roots are used, so a picture does not
hang on the input order, the hash seed or the number of threads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import float64, int64
    from numpy.typing import NDArray

    Floats = NDArray[float64]
    Ints = NDArray[int64]

SPACING = 92.0
"""Mean room for one node, in pixels of the drawing at zoom 1."""
ASPECT = 1.6
"""Width over height that the whole picture aims at."""
GAP = 110.0
PIVOTS = 64
DENSE_LIMIT = 4000
"""Above so many nodes in one part, the force step (quadratic) is left out."""


def place(
    nodes: Iterable[str], edges: Iterable[tuple[str, str]], *, seed: int = 7
) -> dict[str, tuple[int, int]]:
    """Give every node a position.

    Args:
        nodes: node ids; repeated ids count once.
        edges: pairs of ids. Direction, repetition, loops and unknown ids are ignored.
        seed: seed of the start jitter; the same seed always gives the same picture.

    Returns:
        Whole-pixel coordinates by node id, around the origin.
    """
    ids = sorted(set(nodes))
    if not ids:
        return {}
    index = {name: i for i, name in enumerate(ids)}
    links = sorted(
        {
            (min(index[a], index[b]), max(index[a], index[b]))
            for a, b in edges
            if a in index and b in index and a != b
        }
    )
    boxes = [_part(members, inner, seed) for members, inner in _parts(len(ids), links)]
    return {ids[i]: xy for i, xy in _pack(boxes).items()}


def _parts(n: int, links: list[tuple[int, int]]) -> list[tuple[list[int], list[tuple[int, int]]]]:
    """Connected parts with their links, largest first, ties by the smallest member."""
    near: dict[int, list[int]] = defaultdict(list)
    for a, b in links:
        near[a].append(b)
        near[b].append(a)
    part_of = [-1] * n
    members: list[list[int]] = []
    for start in range(n):
        if part_of[start] >= 0:
            continue
        part_of[start], queue = len(members), [start]
        for node in queue:
            for other in near[node]:
                if part_of[other] < 0:
                    part_of[other] = len(members)
                    queue.append(other)
        members.append(sorted(queue))
    inner: list[list[tuple[int, int]]] = [[] for _ in members]
    for a, b in links:
        inner[part_of[a]].append((a, b))
    return sorted(zip(members, inner, strict=True), key=lambda part: (-len(part[0]), part[0][0]))


def _part(members: list[int], links: list[tuple[int, int]], seed: int) -> tuple[list[int], Floats]:
    """Positions of one connected part, its box starting at (0, 0)."""
    import numpy as np

    n = len(members)
    if n <= 2:
        xy = np.array([[0.0, 0.0], [SPACING * 1.5, 0.0]])[:n]
        return members, xy
    local = {node: i for i, node in enumerate(members)}
    pairs = np.array([(local[a], local[b]) for a, b in links], dtype=np.int64)
    degree = np.bincount(pairs.ravel(), minlength=n).astype(float)
    pivots, far = _distances(n, pairs, degree)
    xy = _stress(_pivot_mds(far, seed), pivots, far)
    if n <= DENSE_LIMIT:
        xy = _forces(xy, pairs, degree)
    xy = _spread(_flatten(xy), degree) if n <= DENSE_LIMIT else _flatten(xy)
    return members, xy - xy.min(axis=0)


def _distances(n: int, pairs: Ints, degree: Floats) -> tuple[Ints, Floats]:
    """Farthest-first pivots (all nodes if few) and graph distances n x pivots.

    A link between two busy nodes counts longer, so that hubs stand apart.
    """
    import numpy as np
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    length = 1.0 + np.sqrt(np.sqrt(degree[pairs[:, 0]] * degree[pairs[:, 1]])) / 4.0
    matrix: Any = csr_matrix((length, (pairs[:, 0], pairs[:, 1])), shape=(n, n))
    if n <= 4 * PIVOTS:
        return np.arange(n), dijkstra(matrix, directed=False)
    chosen = [int(degree.argmax())]
    rows = [dijkstra(matrix, directed=False, indices=chosen[0])]
    nearest = rows[0]
    while len(chosen) < PIVOTS:
        chosen.append(int(nearest.argmax()))
        rows.append(dijkstra(matrix, directed=False, indices=chosen[-1]))
        nearest = np.minimum(nearest, rows[-1])
    return np.array(chosen), np.stack(rows, axis=1)


def _pivot_mds(far: Floats, seed: int) -> Floats:
    """Two main axes of the centred squared distances, by power iteration, with a little jitter."""
    import numpy as np

    square = far * far
    centred = square - square.mean(0) - square.mean(1)[:, None] + square.mean()
    rng = np.random.default_rng(seed)
    axes: list[Floats] = []
    for _ in range(2):
        vector = rng.random(far.shape[1]) - 0.5
        for _ in range(60):
            for axis in axes:
                vector = vector - (vector * axis).sum() * axis
            image = (centred * vector).sum(1)
            vector = (centred * image[:, None]).sum(0)
            vector = vector / (np.sqrt((vector * vector).sum()) + 1e-12)
        axes.append(np.asarray(vector))
    xy: Floats = np.stack([(centred * axis).sum(1) for axis in axes], axis=1)
    xy = xy / (np.abs(xy).max(axis=0) + 1e-12) * far.max() / 2
    return xy + (rng.random(xy.shape) - 0.5) * 0.2


def _stress(xy: Floats, pivots: Ints, far: Floats, rounds: int = 80) -> Floats:
    """Bring drawn distances to the pivots near the graph distances (weight 1/d squared)."""
    import numpy as np

    weight = np.where(far > 0, 1.0 / np.maximum(far, 1e-9) ** 2, 0.0)
    total = weight.sum(1)[:, None]
    for _ in range(rounds):
        dx, dy = (xy[:, None, k] - xy[None, pivots, k] for k in (0, 1))
        pull = weight * far / (np.sqrt(dx * dx + dy * dy) + 1e-9)
        step = [(weight * xy[None, pivots, k] + pull * d).sum(1) for k, d in ((0, dx), (1, dy))]
        xy = np.stack(step, axis=1) / total
    return xy


def _forces(xy: Floats, pairs: Ints, degree: Floats) -> Floats:
    """Links pull with the root of their length; nodes push by degree; a weak pull to the middle."""
    import numpy as np

    n = len(xy)
    kind: Any = np.float64 if n <= 1000 else np.float32  # half the memory traffic
    mass = (degree + 1.0).astype(kind)
    xy = (xy - xy.mean(0)) * (np.sqrt(n) / (np.sqrt((xy * xy).mean()) + 1e-9))
    xy = xy.astype(kind)
    rounds = 200 if n <= 300 else max(80, 200 * 300 // n)
    a, b = pairs[:, 0], pairs[:, 1]
    for turn in range(rounds):
        dx, dy = (xy[:, None, k] - xy[None, :, k] for k in (0, 1))
        push = mass[:, None] * mass / (dx * dx + dy * dy + kind(1e-3))
        force = np.stack([(push * d).sum(1) for d in (dx, dy)], axis=1)
        force = force - kind(0.06) * mass[:, None] * xy
        along = xy[b] - xy[a]
        along = along / np.sqrt(np.sqrt((along * along).sum(1)) + 1e-9)[:, None]
        for k in (0, 1):
            force[:, k] += np.bincount(a, along[:, k], n) - np.bincount(b, along[:, k], n)
        size = np.sqrt((force * force).sum(1))[:, None] + 1e-9
        limit = kind((1 - turn / rounds) * np.sqrt(n) * 0.12)
        xy = xy + force / size * np.minimum(size * kind(0.1), limit)
    return xy.astype(np.float64)


def _flatten(xy: Floats) -> Floats:
    """Turn the long side to lie flat, fix the mirror image, scale to the room the nodes need."""
    import numpy as np

    xy = xy - xy.mean(0)
    cov = [(xy[:, i] * xy[:, j]).sum() for i, j in ((0, 0), (0, 1), (1, 1))]
    gap = np.sqrt(((cov[0] - cov[2]) / 2) ** 2 + cov[1] ** 2)
    main = np.array([cov[1], (cov[0] + cov[2]) / 2 + gap - cov[0]])
    norm = np.sqrt((main * main).sum())
    main = main / norm if norm > 1e-9 else np.array([1.0, 0.0])
    turned = np.stack([xy @ main, xy[:, 1] * main[0] - xy[:, 0] * main[1]], axis=1)
    turned = turned * np.where((turned**3).sum(0) < 0, -1.0, 1.0)
    spread = np.sqrt((turned * turned).mean(0)) + 1e-9
    turned[:, 1] *= min(1.0, max(spread[0] / spread[1] / ASPECT, 0.7))
    turned[:, 1] /= max(1.0, 3.0 * spread[1] / spread[0]) if spread[1] > spread[0] else 1.0
    extent = np.maximum(turned.max(0) - turned.min(0), 1e-9)
    room = len(xy) * SPACING * SPACING
    scale = np.sqrt(room / max(extent[0] * extent[1], 0.2 * extent[0] * extent[0]))
    return np.asarray(turned * scale)


def _spread(xy: Floats, degree: Floats, rounds: int = 40) -> Floats:
    """Push apart nodes that would touch; sideways more, because labels are wide."""
    import numpy as np

    if len(xy) > 1500:
        rounds = 10
    wide = 26.0 + np.minimum(3 * np.sqrt(degree), 20.0)
    for _ in range(rounds):
        dx, dy = (xy[:, None, k] - xy[None, :, k] for k in (0, 1))
        need = wide[:, None] + wide
        near = np.sqrt((dx / 1.35) ** 2 + dy * dy) + 1e-6
        lack = np.maximum(need - near, 0.0) / near * 0.25
        np.fill_diagonal(lack, 0.0)
        if not lack.any():
            break
        xy = xy + np.stack([(lack * dx).sum(1), (lack * dy).sum(1)], axis=1)
    return xy


def _pack(boxes: list[tuple[list[int], Floats]]) -> dict[int, tuple[int, int]]:
    """Put the parts on shelves, left to right, and centre the whole."""
    import numpy as np

    sizes = [xy.max(axis=0) + GAP for _, xy in boxes]
    area = sum(float(w * h) for w, h in sizes)
    width = max(float(sizes[0][0]), float(np.sqrt(area * ASPECT)))
    shelves: list[list[int]] = [[]]
    left = 0.0
    for i, (w, _) in enumerate(sizes):
        if left > 0 and left + w > width + 1:
            shelves.append([])
            left = 0.0
        shelves[-1].append(i)
        left += float(w)
    found: dict[int, tuple[float, float]] = {}
    top = 0.0
    for shelf in shelves:
        left = -sum(float(sizes[i][0]) for i in shelf) / 2 + GAP / 2
        tall = max(float(sizes[i][1]) for i in shelf)
        for i in shelf:
            members, xy = boxes[i]
            lift = top + (tall - float(sizes[i][1])) / 2
            found |= {
                n: (left + float(x), lift + float(y)) for n, (x, y) in zip(members, xy, strict=True)
            }
            left += float(sizes[i][0])
        top += tall
    middle = (top - GAP) / 2
    return {n: (round(x), round(y - middle)) for n, (x, y) in found.items()}
