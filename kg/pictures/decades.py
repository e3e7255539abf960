"""Small multiples of the network: who shares activities with whom, one panel a decade."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from kg.errors import KGError
from kg.namespaces import sp
from kg.pictures import _canvas, _decades
from kg.pictures._decades import Pair
from kg.pictures._picture import Picture, caption
from kg.projection import Filter
from kg.store import View
from kg.table import Table

MARKS = (
    "A line joins two actors that share activities in cooperative roles; the wider, the more. "
    "Dotted lines are only possible in the decade. Every actor keeps its place in all panels, and "
    "neighbours on the ring are those that share most; a filled dot has a tie in the decade."
)
_PANEL, _COLUMNS, _MOST = 285.0, 3, 40


def draw(view: View, *, level: str = "agency", actors: int = 22, largest: int = 12) -> Picture:
    """Draw the network decade by decade.

    Args:
        view: The documents that count.
        level: "agency" or "state".
        actors: How many actors at the most: those with most ties over all decades.
        largest: Activities with more actors than that are left out.

    Raises:
        KGError: If there is no dated tie, or matplotlib is missing.
    """
    if not 2 <= actors <= _MOST:
        raise KGError(f"{actors} actors cannot be drawn", fix=f"ask for 2 to {_MOST}")
    found = _decades.placed(view, Filter(level=level), largest)
    weights, sure = _weights(found)
    if not weights:
        raise KGError("no tie has a date that could be drawn", fix="try another level")
    ring = _ring(weights, actors)
    others = len({a for pairs in weights.values() for p in pairs for a in p}) - len(ring)
    title = f"Who shares activities with whom, by decade ({level} level)"
    more = f"The {len(ring)} actors with most ties are drawn; {others} others are not."
    said = caption(view, MARKS, _decades.RULE, f"{more} {_decades.left_out(found)}")
    rows = [
        (f"{decade}s", view.label(a), view.label(b), str(n), str(sure[decade][a, b]))
        for decade, pairs in sorted(weights.items())
        for (a, b), n in sorted(pairs.items())
    ]
    names = ("decade", "actor a", "actor b", "activities shared", "of these certain")
    table = Table(names, tuple(rows), title, said)
    with _canvas.drawing():
        svg = _drawn(view, weights, sure, ring, title, said)
    return Picture(title, svg, said, table)


Weights = dict[int, Counter[Pair]]


def _weights(found: _decades.Placed) -> tuple[Weights, Weights]:
    every: Weights = defaultdict(Counter)
    sure: Weights = defaultdict(Counter)
    for decade, _, pair, certain in found.pairs():
        every[decade][pair] += 1
        sure[decade][pair] += certain
    return dict(every), dict(sure)


def _ring(weights: Weights, most: int) -> list[str]:
    """Return the actors with most ties, each beside the one it shares most with (greedily)."""
    total: Counter[Pair] = sum(weights.values(), Counter())
    strength: Counter[str] = Counter()
    for pair, n in total.items():
        for actor in pair:
            strength[actor] += n
    chosen = sorted(sorted(strength, key=lambda a: (-strength[a], a))[:most])
    ring = [max(chosen, key=lambda a: (strength[a], a))]
    left = set(chosen) - set(ring)
    while left:
        end = ring[-1]
        near = max(sorted(left), key=lambda a: (total[_pair(a, end)], strength[a]))
        ring.append(near)
        left.remove(near)
    return ring


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _drawn(
    view: View,
    weights: Weights,
    sure: Weights,
    ring: Sequence[str],
    title: str,
    said: Sequence[str],
) -> bytes:
    decades = range(min(weights), max(weights) + 10, 10)
    lines = math.ceil(len(decades) / _COLUMNS)
    fig = _canvas.figure(_PANEL * _COLUMNS, _PANEL * lines)
    names = [_short(view, actor) for actor in ring]
    top = max(max(c.values(), default=1) for c in weights.values())
    for number, decade in enumerate(decades):
        row, column = divmod(number, _COLUMNS)
        box = (column / _COLUMNS, 1 - (row + 1) / lines, 1 / _COLUMNS, 1 / lines)
        axes = fig.add_axes(box)
        _panel(axes, ring, names, weights.get(decade, Counter()), sure.get(decade, Counter()), top)
        shown = sum(set(p) <= set(ring) for p in weights.get(decade, ()))
        axes.set_title(f"{decade}s – {shown} pairs", fontsize=9.5, pad=-8)
    return _canvas.finish(fig, title, said)


def _short(view: View, actor: str) -> str:
    """An actor's abbreviation where one is on record, else its label, cut."""
    known = sorted(view.objects(actor, sp("abbreviation")), key=lambda n: (len(n), n))
    return _canvas.isolated(_canvas.shortened(known[0] if known else view.label(actor), 16))


def _panel(
    axes: Any, ring: Sequence[str], names: Sequence[str], pairs: Counter[Pair],
    sure: Counter[Pair], top: int,
) -> None:  # fmt: skip
    at = {a: 2 * math.pi * n / len(ring) for n, a in enumerate(ring)}
    active = {a for p in pairs for a in p if set(p) <= set(ring)}
    for (a, b), n in sorted(pairs.items()):
        if a in at and b in at:
            style = "-" if sure[a, b] else ":"
            ends = [[f(at[x]) for x in (a, b)] for f in (math.cos, math.sin)]
            wide = 0.5 + 3 * n / top
            axes.plot(*ends, style, color=_canvas.BLUE, alpha=0.75, linewidth=wide)
    for actor, name in zip(ring, names, strict=True):
        x, y = math.cos(at[actor]), math.sin(at[actor])
        face = _canvas.BLUE if actor in active else "white"
        axes.plot(x, y, "o", markersize=4.5, markerfacecolor=face, markeredgecolor=_canvas.BLUE)
        turn = math.degrees(at[actor])
        flip = 90 < turn < 270
        ink = _canvas.INK if actor in active else "#57606A"
        axes.text(1.07 * x, 1.07 * y, name, fontsize=6.5, color=ink, rotation=turn + 180 * flip,
                  rotation_mode="anchor", ha="right" if flip else "left", va="center")  # fmt: skip
    axes.set_xlim(-1.55, 1.55)
    axes.set_ylim(-1.55, 1.55)
    axes.set_aspect("equal")
    axes.axis("off")
