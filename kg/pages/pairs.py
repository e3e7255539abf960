"""Pairs of actors: which share most, and the brief of one."""

from __future__ import annotations

from typing import NamedTuple

from kg.dossier.content import compose
from kg.errors import KGError, UnknownNameError
from kg.names import resolve
from kg.namespaces import iri
from kg.pages.http import Response, redirect
from kg.pages.links import path_of
from kg.pages.lists import part
from kg.pages.memory import Memory
from kg.pages.negotiate import TABLE, chosen, ending
from kg.pages.render import Asked
from kg.pages.rows import Source
from kg.pages.rows import response as rows
from kg.projection import Filter, actor_actor
from kg.table import Table
from kg.vocab import load

MISSIONS = ("Mission", "Programme", "SpaceStation", "Spacecraft", "VehicleType")
"""What the brief counts as a mission (as the query shared-missions does)."""
SIZE = 50


class Pair(NamedTuple):
    """Two actors: how many missions, and how many activities of any kind, they share."""

    a: str
    b: str
    missions: int
    activities: int

    @property
    def path(self) -> str:
        """Path of the brief."""
        return "pair/" + "/".join(path_of(x).partition("/")[2] for x in (self.a, self.b))


def ranked(view: Memory) -> list[Pair]:
    """Return the pairs of organisations that share an activity, most missions first."""
    return view.once("pairs", _ranked)


def _ranked(view: Memory) -> list[Pair]:
    every = _shared(view, Filter())
    missions = _shared(view, Filter(classes=tuple(m for m in MISSIONS if m in load().classes)))
    pairs = [Pair(a, b, missions.get((a, b), 0), n) for (a, b), n in every.items()]
    return sorted(pairs, key=lambda p: (-p.missions, -p.activities, p.a, p.b))


def _shared(view: Memory, chosen: Filter) -> dict[tuple[str, str], int]:
    graph = actor_actor(view, chosen, detail=False)
    found = {(min(u, v), max(u, v)): d["weight"] for u, v, d in graph.edges(data=True)}
    return dict(sorted(found.items()))


def index(asked: Asked) -> Response:
    """List the pairs, or lead to the brief of the two that a form names."""
    a, b = asked.request.get("a"), asked.request.get("b")
    if a and b:
        full = asked.site.full
        return redirect(303, asked.links.page(Pair(resolve(full, a), resolve(full, b), 0, 0).path))
    if a or b:
        raise KGError("a brief needs two actors", fix="fill in both names")
    path, form = ending(asked.path, TABLE)
    form = chosen(form, asked.request.get("format"), asked.request.accept, TABLE)
    found = ranked(asked.view)
    if form in {"csv", "json"}:
        return rows(_table(asked, found), form)
    return asked.html("pairs.html", part=part(found, "pairs", path.partition("/")[2], SIZE))


def _table(asked: Asked, found: list[Pair]) -> Table:
    cells = [
        (asked.label(p.a), asked.label(p.b), str(p.missions), str(p.activities)) for p in found
    ]
    columns = ("a", "b", "missions shared", "activities shared")
    return Table(columns, tuple(cells), "Pairs of organisations that share an activity")


def page(asked: Asked) -> Response:
    """Return the brief of a pair."""
    parts = asked.path.split("/")
    if len(parts) != 3:
        raise UnknownNameError("a brief needs two actors", fix="such as /pair/csa/jaxa")
    a, b = (_actor(asked, name) for name in parts[1:])
    if a == b:
        raise KGError("a brief needs two different actors")
    found = compose(asked.view, asked.site.full, a, b, asked.scope.on)
    return asked.html(
        "pair.html", dossier=found, a=a, b=b, sources=[_source(text) for text in found.sources]
    )


def _actor(asked: Asked, name: str) -> str:
    full = iri("id:" + name)
    try:
        known = asked.site.full.types(full)
    except ValueError:
        known = []
    if not known:
        raise UnknownNameError(f"there is no actor '{name}'", fix="search for a name")
    return full


def _source(text: str) -> Source:
    """Part what a brief cites: document, place, words."""
    head, _, words = text.partition(": ")
    document, _, locator = head.partition(" ")
    return Source(document, locator, words)
