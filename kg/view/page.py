"""One HTML file that draws a picture and asks nobody for anything.

pyvis fills our own template (its own asks a content delivery network for Bootstrap and prints the
heading unescaped). All data is written as JSON that cannot end a script; the page's script puts it
on the screen as text only; a content security policy allows our own inline blocks by their hash
and no connection at all.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from kg.errors import KGError
from kg.view.layout import place
from kg.view.picture import (
    GROUPS,
    NOT_AT_HAND,
    STATUSES,
    Edge,
    Fact,
    Node,
    Picture,
    clean,
    web_address,
)

_HERE = Path(__file__).parent
DASHES: dict[str, list[int]] = {"planned": [10, 6], "intended": [2, 5], "cancelled": [14, 4, 2, 4]}
"""Line pattern of a status; all others are solid."""
OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"shape": "dot"},
    "edges": {"width": 1.4, "smooth": False, "selectionWidth": 1.5, "hoverWidth": 0.6},
    "interaction": {
        "hover": True,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "multiselect": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 150,
    },
}


def render(picture: Picture, *, seed: int = 7) -> str:
    """Write the page.

    Args:
        picture: what to show. Links whose ends are not among the nodes are refused.
        seed: seed of the layout.

    Returns:
        A complete HTML document; the same picture gives the same text.

    Raises:
        KGError: two nodes share an id, a link has an unknown end, or pyvis lacks its library.

    """
    from pyvis.network import Network

    nodes = sorted(picture.nodes, key=lambda node: node.id)
    edges = sorted(picture.edges, key=_edge_key)
    index = _index(nodes, edges)
    net = Network(height="100%", width="100%", cdn_resources="in_line")
    tables = _Tables()
    net.nodes = _nodes(nodes, edges, tables, seed)
    net.edges = _edges(edges, index, tables)
    net.options = OPTIONS
    net.set_template_dir(str(_HERE), "template.html")
    env = net.templateEnv
    env.autoescape = True
    env.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    env.globals.update(_blocks())
    env.globals.update(
        title=clean(picture.title),
        subtitle=clean(picture.subtitle),
        sources=[clean(line) for line in picture.sources],
        details={
            "docs": tables.docs,
            "facts": tables.facts,
            "groups": list(GROUPS.items()),
            "notAtHand": NOT_AT_HAND,
            "statuses": [[key, name, DASHES.get(key, [])] for key, name in STATUSES.items()],
        },
    )
    return str(net.generate_html())


def _edge_key(edge: Edge) -> tuple[str, ...]:
    words = (edge.source, edge.target, edge.role, edge.label, edge.status, edge.attribution)
    return (*words, edge.start or "", edge.end or "", repr(edge))


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
        key = (*map(clean, words), web_address(fact.url))
        if key not in self._doc_of:
            self._doc_of[key] = len(self.docs)
            self.docs.append(list(key))
        return self._doc_of[key]


def _nodes(
    nodes: list[Node], edges: list[Edge], tables: _Tables, seed: int
) -> list[dict[str, Any]]:
    at = place([node.id for node in nodes], [(e.source, e.target) for e in edges], seed=seed)
    return [
        {
            "id": i,
            "iri": clean(node.id),
            "label": clean(node.label) or clean(node.id),
            "kind": clean(node.kind),
            "group": node.group if node.group in GROUPS else "other",
            "x": at[node.id][0],
            "y": at[node.id][1],
            "years": [node.first_year, node.last_year],
            "facts": tables.numbers(node.facts),
        }
        for i, node in enumerate(nodes)
    ]


def _edges(edges: list[Edge], index: dict[str, int], tables: _Tables) -> list[dict[str, Any]]:
    beside: dict[tuple[int, int], list[int]] = defaultdict(list)
    drawn: list[dict[str, Any]] = []
    for i, edge in enumerate(edges):
        a, b = index[edge.source], index[edge.target]
        beside[min(a, b), max(a, b)].append(i)
        drawn.append(
            {
                "id": i,
                "from": a,
                "to": b,
                "name": clean(edge.label) or clean(edge.role),
                "role": clean(edge.role) or clean(edge.label),
                "status": edge.status if edge.status in STATUSES else "",
                "attribution": clean(edge.attribution),
                "when": _when(edge),
                "years": [edge.first_year, edge.last_year],
                "facts": tables.numbers(edge.facts),
            }
        )
        if edge.status in DASHES:
            drawn[-1]["dashes"] = DASHES[edge.status]
        if edge.directed:
            drawn[-1]["arrows"] = {"to": {"enabled": True, "scaleFactor": 0.5}}
    for group in beside.values():
        _fan_out(group, drawn)
    return drawn


def _when(edge: Edge) -> str:
    start, end = clean(edge.start or ""), clean(edge.end or "")
    return start if not end or end == start else f"{start}/{end}"


def _fan_out(group: list[int], drawn: list[dict[str, Any]]) -> None:
    """Give links between the same two nodes different curves, loops different angles."""
    for turn, i in enumerate(group):
        edge = drawn[i]
        if edge["from"] == edge["to"]:
            edge["selfReference"] = {"size": 18 + 6 * turn, "angle": round(0.8 * turn, 2)}
            continue
        bend = (turn - (len(group) - 1) / 2) * min(0.22, 1.2 / len(group))
        if edge["from"] > edge["to"]:
            bend = -bend
        if bend:
            way = "curvedCW" if bend > 0 else "curvedCCW"
            edge["smooth"] = {"enabled": True, "type": way, "roundness": round(abs(bend), 3)}


def _blocks() -> dict[str, Any]:
    """The inline blocks, and the policy that allows exactly these."""
    from markupsafe import Markup

    library, library_css = _library()
    scripts = [library, _asset("draw.js") + _asset("page.js")]
    styles = [library_css, _asset("page.css")]
    rules = [
        "default-src 'none'",
        "script-src " + " ".join(map(_hash, scripts)),
        "style-src " + " ".join(map(_hash, styles)),
        "img-src data: blob:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
    return {
        "policy": "; ".join(rules),
        "scripts": [Markup(text) for text in scripts],  # noqa: S704  (our files and pyvis's)
        "styles": [Markup(text) for text in styles],  # noqa: S704  (the same)
    }


def _library() -> tuple[str, str]:
    """vis-network as pyvis ships it, without source map and without its button images."""
    import pyvis

    found = sorted(Path(pyvis.__file__).parent.glob("templates/lib/vis-*/vis-network.min.js"))
    if not found:
        raise KGError("The installed pyvis ships no vis-network.", fix="Install pyvis 0.3.2.")
    script = re.sub(r"\n?//# sourceMappingURL=.*", "", found[-1].read_text("utf-8"))
    style = found[-1].with_name("vis-network.css").read_text("utf-8")
    style = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", style)
    return _closed(script), _closed(re.sub(r'url\("?data:[^)]*\)', "none", style))


def _asset(name: str) -> str:
    return _closed((_HERE / name).read_text("utf-8"))


def _closed(text: str) -> str:
    """Refuse a block that could end its own tag; line ends as the browser will hash them."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if re.search(r"</(script|style)|<!--", text, re.IGNORECASE):
        raise KGError("An inline block of the page would end its own tag.")
    return text


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
