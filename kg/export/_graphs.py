"""networkx graphs made fit for a file: short names, plain attributes, whose data it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kg.export._credits import TITLE, credits_of, scope
from kg.namespaces import curie
from kg.store import View

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def cleaned(graph: Any, view: View) -> Any:
    """Return a copy of a projection that any graph format can hold.

    Args:
        graph: A graph of :mod:`kg.projection`; its nodes are IRIs.
        view: The view it was made from; its sources are named in the copy.

    Returns:
        A graph of the same class: CURIEs as nodes, unique CURIE-like edge keys, lists as "a; b",
        values that are not stated left out, control characters replaced.
    """
    copy = graph.__class__(**attributes({**graph.graph, **about(view)}))
    for node, data in graph.nodes(data=True):
        copy.add_node(_xml(curie(node)), **attributes(data))
    if not graph.is_multigraph():
        for source, target, data in graph.edges(data=True):
            copy.add_edge(_xml(curie(source)), _xml(curie(target)), **attributes(data))
        return copy
    used: set[str] = set()
    for source, target, key, data in graph.edges(keys=True, data=True):
        ends = _xml(curie(source)), _xml(curie(target))
        name = _key(str(key), ends[1], used)
        copy.add_edge(*ends, key=name, **attributes(data))
    return copy


def about(view: View) -> dict[str, Any]:
    """Return title, scope and sources with their licences."""
    return {"title": TITLE, "scope": scope(view), "sources": list(map(str, credits_of(view)))}


def attributes(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return attributes without empty values, lists as text.

    Args:
        data: Attributes of a node, an edge or a graph.
    """
    plain = {key: _plain(value) for key, value in sorted(data.items())}
    return {key: value for key, value in plain.items() if value != ""}


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        return _xml(curie(value) if value.startswith(("http://", "https://")) else value)
    if isinstance(value, Iterable):
        return "; ".join(str(_plain(one)) for one in value)
    return _xml(str(value))


def _xml(text: str) -> str:
    """Replace the characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def _key(key: str, target: str, used: set[str]) -> str:
    """Return a key that is unique in the file: the fact, then what tells its edges apart."""
    fact, bar, name = key.partition("|")
    short = _xml(curie(fact) + bar + name)
    if short in used:
        short = f"{short}|{target}"
    while short in used:
        short += "'"
    used.add(short)
    return short
