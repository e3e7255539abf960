"""A picture as plain records, ready to be written as JSON."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import KGError
from kg.safe import clean
from kg.safe import web_address as web
from kg.view.clusters import LIMIT, Cluster, gather
from kg.view.layout import place
from kg.view.picture import GROUPS, NOT_AT_HAND, STATUSES, Edge, Fact, Node, Picture
from kg.view.regions import arrange

Record = dict[str, Any]
Positions = Mapping[str, tuple[float, float]]
_QUOTED = frozenset({"quoted", "claimed"})


@dataclass(frozen=True, slots=True)
class Records:
    """The nodes, links, regions, facts and documents of a picture; all strings are clean."""

    nodes: list[Record]
    edges: list[Record]
    regions: list[Record]
    facts: list[list[str | int]]
    docs: list[list[str]]
    base: str
    years: list[int]


def records(
    picture: Picture, *, seed: int, positions: Positions | None = None, flat: bool = False
) -> Records:
    """Number, place and clean everything that is shown.

    Args:
        picture: What to show.
        seed: Seed of the layout.
        positions: Places by node id that overrule the layout.
        flat: Never gather items into groups.

    Raises:
        KGError: Two nodes share an id, a link has an unknown end, or no position is of a node.
    """
    nodes = sorted(picture.nodes, key=lambda node: node.id)
    edges = sorted(picture.edges, key=_edge_key)
    index = _index(nodes, edges)
    links = [(index[e.source], index[e.target]) for e in edges]
    groups = [_group(node) for node in nodes]
    clusters = [] if flat or len(nodes) <= LIMIT else gather(groups, links)
    if clusters:
        spots, circles = arrange(groups, links, clusters, seed)
    else:
        found = place(index, [(e.source, e.target) for e in edges], seed=seed)
        spots, circles = [found[node.id] for node in nodes], []
    tables = _Tables()
    drawn = [_node(i, node, spots[i], tables) for i, node in enumerate(nodes)]
    _settle(drawn, index, positions or {})
    regions = [_region(c, circle) for c, circle in zip(clusters, circles, strict=True)]
    for number, cluster in enumerate(clusters):
        for item in cluster.members:
            drawn[item]["region"] = number
    lines = [_edge(i, edge, index, tables) for i, edge in enumerate(edges)]
    _fan_out(lines)
    base = _base([record["iri"] for record in drawn])
    years = _years(edges, picture.today)
    return Records(drawn, lines, regions, tables.facts, tables.docs, base, years)


def _edge_key(edge: Edge) -> tuple[str, ...]:
    words = (edge.source, edge.target, edge.role, edge.label, edge.status, edge.attribution)
    return (*words, edge.start or "", edge.end or "", repr(edge))


def _group(node: Node) -> str:
    return node.group if node.group in GROUPS else "other"


def _index(nodes: list[Node], edges: list[Edge]) -> dict[str, int]:
    index = {node.id: i for i, node in enumerate(nodes)}
    if len(index) < len(nodes):
        twice = [name for name, n in Counter(node.id for node in nodes).items() if n > 1]
        raise KGError(f"Two nodes share the id {twice[0]}.", fix="Merge them before drawing.")
    for edge in edges:
        for end in (edge.source, edge.target):
            if end not in index:
                raise KGError(
                    f"A link ends at {end}, which is not among the nodes.", fix="Add the node."
                )
    return index


def _settle(drawn: list[Record], index: dict[str, int], positions: Positions) -> None:
    """Put items where the reader has put them before."""
    kept = {index[name]: spot for name, spot in positions.items() if name in index}
    if positions and drawn and not kept:
        raise KGError(
            "None of the saved positions is of a thing in this picture.",
            fix="Give the positions that were saved from a page of the same things.",
        )
    for i, (x, y) in kept.items():
        drawn[i] |= {"x": round(x), "y": round(y), "pinned": True}


def _base(iris: list[str]) -> str:
    """What all ids begin with, up to a slash: left out where a page's address names items."""
    if not iris:
        return ""
    low, high = min(iris), max(iris)
    same = next((i for i, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), 0)
    return low[: low.rfind("/", 0, same) + 1]


def _years(edges: list[Edge], today: str) -> list[int]:
    """First and last year of the slider; empty where nothing is dated."""
    found = [y for e in edges for y in (e.first_year, e.last_year) if y is not None]
    if found and today[:4].isdigit():
        found.append(int(today[:4]))
    return [min(found), max(found)] if found else []


class _Tables:
    """Documents and facts, each written once and referred to by number."""

    def __init__(self) -> None:
        self.docs: list[list[str]] = []
        self.facts: list[list[str | int]] = []
        self._doc_of: dict[tuple[str, ...], int] = {}
        self._fact_of: dict[Fact, int] = {}

    def numbers(self, facts: tuple[Fact, ...]) -> list[int]:
        return [self._number(fact) for fact in facts]

    def _number(self, fact: Fact) -> int:
        if fact not in self._fact_of:
            quote = "" if fact.quote.strip().lower() == NOT_AT_HAND else fact.quote
            words = (fact.text, fact.status, fact.attribution, fact.period, fact.locator, quote)
            self._fact_of[fact] = len(self.facts)
            self.facts.append([*map(clean, words), clean(fact.gist), self._document(fact)])
        return self._fact_of[fact]

    def _document(self, fact: Fact) -> int:
        words = (fact.document, fact.document_title, fact.publisher, fact.issued)
        key = (*map(clean, words), web(fact.url))
        if key not in self._doc_of:
            self._doc_of[key] = len(self.docs)
            self.docs.append(list(key))
        return self._doc_of[key]


def _node(i: int, node: Node, spot: tuple[int, int], tables: _Tables) -> Record:
    return {
        "id": i,
        "iri": clean(node.id),
        "label": clean(node.label) or clean(node.id),
        "kind": clean(node.kind),
        "group": _group(node),
        "x": spot[0],
        "y": spot[1],
        "years": [node.first_year, node.last_year],
        "facts": tables.numbers(node.facts),
    }


def _region(cluster: Cluster, circle: tuple[int, int, int]) -> Record:
    x, y, radius = circle
    return {"hub": cluster.hub, "x": x, "y": y, "r": radius}


def _edge(i: int, edge: Edge, index: dict[str, int], tables: _Tables) -> Record:
    said = set(clean(edge.attribution).split("/")) - {""}
    record = {
        "id": i,
        "from": index[edge.source],
        "to": index[edge.target],
        "name": clean(edge.label) or clean(edge.role),
        "role": clean(edge.role) or clean(edge.label),
        "status": edge.status if edge.status in STATUSES else "",
        "attribution": clean(edge.attribution),
        "when": _when(edge),
        "years": [edge.first_year, edge.last_year],
        "spans": _spans(edge),
        "facts": tables.numbers(edge.facts),
    }
    flags = {"directed": edge.directed, "quoted": bool(said) and said <= _QUOTED}
    return record | {name: 1 for name, on in flags.items() if on}


def _spans(edge: Edge) -> list[list[int | str | None]]:
    """Years in which the link holds or may hold; without the caller's word, only "possible"."""
    if edge.spans is not None:
        return [list(span) for span in edge.spans]
    bounds = (edge.first_year, edge.last_year)
    return [] if bounds == (None, None) else [[*bounds, "possible"]]


def _when(edge: Edge) -> str:
    start, end = clean(edge.start or ""), clean(edge.end or "")
    return start if not end or end == start else f"{start}/{end}"


def _fan_out(lines: list[Record]) -> None:
    """Give links between the same two nodes different curves, loops different sizes."""
    beside: dict[tuple[int, int], list[Record]] = defaultdict(list)
    for line in lines:
        ends = (line["from"], line["to"])
        beside[min(ends), max(ends)].append(line)
    for group in beside.values():
        for turn, line in enumerate(group):
            if line["from"] == line["to"]:
                line["loop"] = turn
                continue
            bend = (turn - (len(group) - 1) / 2) * min(0.24, 1.2 / len(group))
            if bend:
                line["bend"] = round(bend if line["from"] < line["to"] else -bend, 3)
