"""What a thing is joined to by facts: a list, and a picture of the strongest ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from kg.pages.facts import about, mentioned
from kg.pages.memory import Memory
from kg.projection import group

DRAWN = 18
LISTED = 12
_WIDTH, _HEIGHT = 960, 430
_ACROSS, _DOWN = 250, 170


@dataclass(frozen=True, slots=True)
class Tie:
    """A thing that facts join to the thing of the page.

    Attributes:
        thing: Its IRI.
        facts: How many facts speak of both.
        group: Its group, by which it is drawn.
    """

    thing: str
    facts: int
    group: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A tie with its place in the picture.

    Attributes:
        tie: What is drawn.
        x: Place from the left.
        y: Place from the top.
        anchor: How its name is set: start, middle or end.
        across: Where its name begins, from the left.
        down: Base line of its name, from the top.
    """

    tie: Tie
    x: float
    y: float
    anchor: str
    across: float
    down: float


def ties(view: Memory, thing: str) -> list[Tie]:
    """Return what the facts about a thing join it to, strongest first."""
    return view.kept(_ties, thing)


def _ties(view: Memory, thing: str) -> list[Tie]:
    count = Counter[str]()
    for listed in about(view, thing):
        others = {o for claim in listed.claims for o in mentioned(view, claim)}
        count.update(others - {thing})
    order = sorted(count, key=lambda o: (-count[o], o))
    return [Tie(o, count[o], _group(view, o)) for o in order]


def _group(view: Memory, thing: str) -> str:
    types = view.types(thing)
    return group(types[0]) if types else "other"


def picture(found: Sequence[Tie]) -> list[Spot]:
    """Place the strongest ties on an ellipse around the thing, equal groups beside each other."""
    chosen = sorted(found[:DRAWN], key=lambda t: (t.group, -t.facts, t.thing))
    return [_spot(tie, 2 * pi * (n + 0.5) / len(chosen) - pi / 2) for n, tie in enumerate(chosen)]


def _spot(tie: Tie, turn: float) -> Spot:
    right, below = cos(turn), sin(turn)
    x, y = _WIDTH / 2 + _ACROSS * right, _HEIGHT / 2 + _DOWN * below
    anchor = "middle" if abs(right) < 0.12 else "start" if right > 0 else "end"
    aside = 0.0 if anchor == "middle" else 12.0 if right > 0 else -12.0
    lift = (18.0 if below > 0 else -12.0) if anchor == "middle" else 4.0
    name = round(x + aside, 1), round(y + lift, 1)
    return Spot(tie, round(x, 1), round(y, 1), anchor, *name)
