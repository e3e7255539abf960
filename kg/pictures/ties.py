"""A matrix of ties by decade and theme: how many are certain, how many only possible."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from kg.errors import KGError
from kg.pictures import _canvas, _decades
from kg.pictures._decades import Placed
from kg.pictures._picture import Picture, caption
from kg.projection import Filter
from kg.store import View
from kg.table import NOT_STATED, Cell, Table

MARKS = (
    "A number counts ties: pairs of actors that share an activity in cooperative roles, once a "
    "decade; the darker, the more. After the plus: ties that are only possible in that decade, "
    "because a start or an end has bounds only. An activity with several themes counts under each."
)


def draw(view: View, *, level: str = "agency", actor: str = "", largest: int = 12) -> Picture:
    """Draw the matrix of decades and themes.

    Args:
        view: The documents that count.
        level: "agency" or "state".
        actor: IRI of an actor; only its ties are counted. All when empty.
        largest: Activities with more actors than that are left out.

    Raises:
        KGError: If there is no dated tie, or matplotlib is missing.
    """
    found = _decades.placed(view, Filter(level=level), largest)
    cells = _cells(view, found, actor)
    if not cells:
        raise KGError("no tie has a date that could be drawn", fix="try another level or actor")
    whose = f" of {view.label(actor)}" if actor else ""
    title = f"Ties{whose} by decade and theme ({level} level)"
    said = caption(view, MARKS, _decades.RULE, _decades.left_out(found))
    table = _table(cells, title, said)
    with _canvas.drawing():
        svg = _drawn(cells, title, said)
    return Picture(title, svg, said, table)


Counts = dict[tuple[str, int], tuple[int, int]]


def _cells(view: View, found: Placed, actor: str) -> Counts:
    surely: dict[tuple[str, int], set[tuple[str, ...]]] = defaultdict(set)
    maybe: dict[tuple[str, int], set[tuple[str, ...]]] = defaultdict(set)
    themes: dict[str, list[str]] = defaultdict(list)
    for thing, theme in view.rows("SELECT ?x ?theme { ?x sp:topic ?theme }"):
        themes[thing].append(view.label(theme))
    for decade, activity, pair, certain in found.pairs():
        if not actor or actor in pair:
            for theme in themes.get(activity, [NOT_STATED]):
                (surely if certain else maybe)[theme, decade].add((activity, *pair))
    keys = sorted(set(surely) | set(maybe))
    return {k: (len(surely[k]), len(maybe[k] - surely[k])) for k in keys}


def _table(cells: Counts, title: str, notes: tuple[str, ...]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (theme, f"{decade}s", str(sure), str(maybe))
        for (theme, decade), (sure, maybe) in cells.items()
    ]
    return Table(("theme", "decade", "certain", "possible"), tuple(rows), title, notes)


def _drawn(cells: Counts, title: str, said: tuple[str, ...]) -> bytes:
    decades = sorted({d for _, d in cells})
    decades = list(range(decades[0], decades[-1] + 10, 10))
    themes = sorted({t for t, _ in cells}, key=lambda t: (t == NOT_STATED, t))
    most = max(sure for sure, _ in cells.values()) or 1
    width = 190 + 68.0 * len(decades)
    fig = _canvas.figure(max(width, 520), 30.0 * len(themes) + 34)
    axes = fig.add_axes((185 / max(width, 520), 0.02, 68.0 * len(decades) / max(width, 520), 0.9))
    for row, theme in enumerate(themes):
        for place, decade in enumerate(decades):
            _cell(axes, place, row, cells.get((theme, decade), (0, 0)), most)
    axes.set_xlim(-0.5, len(decades) - 0.5)
    axes.set_ylim(len(themes) - 0.5, -0.5)
    axes.set_xticks(range(len(decades)), [f"{d}s" for d in decades])
    axes.set_yticks(range(len(themes)), themes)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return _canvas.finish(fig, title, said)


def _cell(axes: Any, column: int, row: int, counted: tuple[int, int], most: int) -> None:
    from matplotlib.patches import Rectangle

    sure, maybe = counted
    strength = 0.12 + 0.78 * (sure / most) ** 0.5 if sure else 0.0
    ground = _mixed(strength)
    hatch = "..." if maybe and not sure else None
    axes.add_patch(Rectangle((column - 0.46, row - 0.44), 0.92, 0.88, facecolor=ground,
                             edgecolor="#AFB8C1", hatch=hatch, linewidth=0.6))  # fmt: skip
    if sure or maybe:
        text = f"{sure}" + (f" +{maybe}" if maybe else "")
        ink = "white" if strength > 0.55 else _canvas.INK
        box = {"facecolor": ground, "edgecolor": "none", "pad": 1.5} if hatch else None
        axes.text(column, row, text, ha="center", va="center", fontsize=8.5, color=ink, bbox=box)


def _mixed(strength: float) -> str:
    """Our blue, mixed with white."""
    parts = (int(_canvas.BLUE[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (p - 255) * strength):02x}" for p in parts)
