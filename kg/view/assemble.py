"""From a view and a typed graph to the picture that the page shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg import phrase, vocab
from kg.evidence import Support, supports
from kg.namespaces import sp
from kg.store import View
from kg.view.picture import NOT_AT_HAND, Edge, Fact, Node, Picture
from kg.view.spans import spans

_GROUPS = {
    "agency": "actor",
    "organization": "actor",
    "group": "person",
    "plan": "event",
    "post": "person",
    "place": "other",
}
_MISSIONS = ("Mission", "Programme", "SpaceStation")
_DEFINITION = (
    "A line is one fact that a document states: taking part, holding a post, a relation, or what "
    "an event or a plan is about."
)
_LICENCES = """SELECT ?title ?licence { ?s a dcat:Dataset ; dct:title ?title
    OPTIONAL { ?s dct:license ?licence } }"""


def picture(view: View, graph: Any, title: str) -> Picture:
    """Return the picture of a typed graph, with the evidence of every line.

    Args:
        view: The documents that count.
        graph: A graph of :func:`kg.projection.typed`, or a part of one.
        title: Heading of the page.
    """
    claims = {c for _, d in graph.nodes(data=True) for c in d.get("claims", ())}
    claims |= {c for *_, d in graph.edges(data=True) for c in d.get("claims", ())}
    known = supports(view, [*claims, *(n for n in graph if "claims" not in graph.nodes[n])])
    facts = {claim: _facts(view, claim, known[claim], claim in claims) for claim in known}
    nodes = tuple(_node(view, name, data, facts) for name, data in sorted(graph.nodes(data=True)))
    window = _window(view, graph)
    edges = tuple(
        _edge(source, target, data, facts, known, window)
        for source, target, _, data in sorted(
            graph.edges(keys=True, data=True), key=lambda e: (e[0], e[1], e[2])
        )
    )
    count = f"{len(nodes)} things, {len(edges)} links, as known on {view.today}"
    sources = tuple(f"{t} ({licence})" for t, licence in view.rows(_LICENCES))
    return Picture(title, count, nodes, edges, sources, str(view.today), _DEFINITION)


def _window(view: View, graph: Any) -> tuple[int, int]:
    """First and last year that any link is about, today's among them."""
    ends = (data.get(k) for *_, data in graph.edges(data=True) for k in ("start", "end"))
    years = [int(year) for year in ends if year] + [int(str(view.today)[:4])]
    return min(years), max(years)


def _facts(view: View, claim: str, support: Support, is_claim: bool) -> tuple[Fact, ...]:
    text = phrase.phrase(view, claim) if is_claim else view.label(claim)
    return tuple(
        Fact(
            text=text,
            status=support.status or "ongoing",
            attribution=e.attribution,
            period=support.period,
            document=e.document,
            document_title=e.title,
            publisher=e.publisher,
            issued=e.issued,
            locator=" ".join(filter(None, (e.locator, e.sentence))),
            quote=e.quote or NOT_AT_HAND,
            gist=f"{e.gist} [{e.loss}]" if e.lost else e.gist,
            url=e.url,
        )
        for e in support.evidence
    )


def _node(
    view: View, name: str, data: Mapping[str, Any], facts: Mapping[str, tuple[Fact, ...]]
) -> Node:
    cls = str(data.get("cls", ""))
    group = str(data.get("group", "other"))
    mission = any(cls == m for m in _MISSIONS)
    words = vocab.load()
    kind = words.label(sp(cls)) if cls in words.classes else cls
    claims = data.get("claims", [name])
    label = str(data.get("label", name))
    if "claims" in data:
        label = phrase.heading(view, claims[0])
    return Node(
        id=name,
        label=label[:1].upper() + label[1:],
        kind=kind.capitalize(),
        group="mission" if mission else _GROUPS.get(group, group),
        facts=tuple(f for c in claims for f in facts.get(c, ())),
        first_year=data.get("start"),
        last_year=data.get("end"),
    )


def _edge(
    source: str,
    target: str,
    data: Mapping[str, Any],
    facts: Mapping[str, tuple[Fact, ...]],
    known: Mapping[str, Support],
    window: tuple[int, int],
) -> Edge:
    claims = list(data.get("claims", ()))
    attributions = {e.attribution for c in claims for e in known[c].evidence}
    start, _, end = str(data.get("edtf", "")).partition(" | ")[0].partition("/")
    return Edge(
        source=source,
        target=target,
        label=str(data.get("label", "")),
        role=str(data.get("role", "")),
        status=str(data.get("status", "")).split("/")[0] or "ongoing",
        attribution="/".join(sorted(attributions)),
        start=start or None,
        end=end or None,
        first_year=data.get("start"),
        last_year=data.get("end"),
        facts=tuple(f for c in claims for f in facts.get(c, ())),
        directed=str(data.get("kind", "")) != "participation",
        spans=spans(((known[c].period, known[c].attested) for c in claims), *window),
    )
