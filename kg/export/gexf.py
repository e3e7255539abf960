"""GEXF: the typed graph with time and colours, for Gephi.

A node or an edge is there from the first day that its period can mean to the last one; the EDTF
text beside it says what is really stated.
"""

from __future__ import annotations

from typing import Any, BinaryIO
from xml.etree.ElementTree import SubElement

from kg.export._graphs import cleaned
from kg.store import View

EXTENSION = ".gexf"
MEDIA_TYPE = "application/gexf+xml"

_COLOURS = {
    "agency": (0, 114, 178),
    "state": (213, 94, 0),
    "organization": (86, 180, 233),
    "person": (204, 121, 167),
    "group": (225, 170, 200),
    "activity": (0, 158, 115),
    "object": (230, 159, 0),
    "agreement": (120, 94, 160),
    "post": (150, 110, 90),
    "plan": (240, 228, 66),
    "event": (90, 90, 90),
}
_OTHER = (170, 170, 170)


def write(view: View, out: BinaryIO) -> None:
    """Write the typed graph of a view as GEXF 1.2.

    Args:
        view: The documents that count.
        out: Where the bytes go.
    """
    from kg.projection import typed

    write_graph(typed(view), view, out)


def write_graph(graph: Any, view: View, out: BinaryIO) -> None:
    """Write a projection as GEXF 1.2; sources and licences are its description.

    Args:
        graph: A graph of :mod:`kg.projection`.
        view: The view it was made from.
        out: Where the bytes go.
    """
    from networkx.readwrite.gexf import GEXFWriter

    copy = cleaned(graph, view)
    _prepare(copy)
    copy.graph["name"] = copy.graph["title"]
    writer = GEXFWriter(copy, encoding="utf-8", version="1.2draft")
    _describe(writer.xml.find("meta"), copy.graph)
    writer.write(out)


def _prepare(graph: Any) -> None:
    for _, data in graph.nodes(data=True):
        red, green, blue = _COLOURS.get(data.get("group", ""), _OTHER)
        data["viz"] = {"color": {"r": red, "g": green, "b": blue}}
        _date(data)
    edges = graph.edges(keys=True, data=True) if graph.is_multigraph() else graph.edges(data=True)
    for *ends, data in edges:
        if len(ends) > 2:
            data["id"] = ends[2]
        _date(data)


def _date(data: dict[str, Any]) -> None:
    """Years become days: the first of the first, the last of the last."""
    for key, day in (("start", "01-01"), ("end", "12-31")):
        if key in data:
            data[key] = f"{int(data[key]):04d}-{day}"


def _describe(meta: Any, about: dict[str, Any]) -> None:
    """Say whose data it is, and take out the day on which the file was written."""
    meta.attrib.pop("lastmodifieddate", None)
    meta.find("creator").text = "kg"
    said = [f"{key}: {about[key]}" for key in ("scope", "sources", "notes") if key in about]
    SubElement(meta, "description").text = ". ".join(said)
