"""Invented pictures for the tests of the page."""

from __future__ import annotations

from dataclasses import replace

from kg.view import Edge, Fact, Node, Picture

BASE = "https://example.org/id/"
HOSTILE = "</script><script>window.pwned=1</script><img src=x onerror=window.pwned=1>"
TURNED = "Agency \u202egnorw\u2066 way"


def fact(text: str, **more: str) -> Fact:
    values = {
        "status": "ongoing",
        "attribution": "asserted",
        "period": "1999/..",
        "document": "doc-1",
        "document_title": "An invented release",
        "publisher": "Invented Press",
        "issued": "2021-03-04",
        "locator": "#char=10,40",
        "gist": "Says it in our words.",
        "url": "https://example.org/doc-1",
    }
    return Fact(text=text, **(values | more))


def small() -> Picture:
    """Four items and five links: parallel, planned, undated, cancelled."""
    nodes = (
        Node(
            f"{BASE}north", "North Agency", "Space agency", "actor", (fact("North is an agency"),)
        ),
        Node(f"{BASE}south", "Agence du Sud é", "Space agency", "actor", (), 1980, None),
        Node(f"{BASE}probe", "Invented Probe", "Mission", "mission"),
        Node(f"{BASE}lone", "Lone Study", "Joint research", "activity"),
    )

    def link(source: str, target: str, role: str, **more: object) -> Edge:
        return replace(Edge(BASE + source, BASE + target, role, role), **more)  # type: ignore[arg-type]

    quoted = fact("North leads the probe", quote="North, it says here, leads.")
    edges = (
        link("north", "probe", "lead", start="1999", end="..", first_year=1999, facts=(quoted,)),
        link("north", "probe", "operator", status="planned", first_year=2030, last_year=2031),
        link("south", "probe", "partner", start="1985/1990", first_year=1985, last_year=1990),
        link("south", "north", "partner", status="intended", attribution="quoted"),
        link("probe", "north", "customer", status="cancelled", first_year=2001, last_year=2002),
    )
    return Picture("Two agencies", "An invented picture", nodes, edges, ("Invented data, CC0",))


def hostile() -> Picture:
    """Every string tries to run a script, to leave the page or to turn the text round."""
    bad = fact(
        HOSTILE,
        status=HOSTILE,
        attribution=HOSTILE,
        period=TURNED,
        document=HOSTILE,
        document_title=HOSTILE,
        publisher=TURNED,
        issued=HOSTILE,
        locator=HOSTILE,
        quote=HOSTILE,
        gist=TURNED,
        url="javascript:window.pwned=1",
    )
    nodes = (
        Node(f"{BASE}a{HOSTILE}", HOSTILE, HOSTILE, HOSTILE, (bad,)),
        Node(f"{BASE}b", TURNED, "{{ 7 * 7 }}", "state"),
    )
    edges = (
        Edge(
            nodes[0].id,
            nodes[1].id,
            HOSTILE,
            HOSTILE,
            HOSTILE,
            HOSTILE,
            HOSTILE,
            TURNED,
            facts=(bad,),
        ),
    )
    return Picture(HOSTILE, TURNED + HOSTILE, nodes, edges, (HOSTILE, TURNED))


def grid(n: int) -> Picture:
    """A larger picture: n items, about two links each."""
    nodes = tuple(Node(f"{BASE}n{i}", f"Item number {i}", "Mission", "mission") for i in range(n))
    pairs = [(i, (i * 7 + 3) % n) for i in range(n)] + [(i, i // 9) for i in range(1, n)]
    edges = tuple(
        Edge(f"{BASE}n{a}", f"{BASE}n{b}", "partner", "partner", facts=(fact(f"{a} with {b}"),) * 1)
        for a, b in pairs
    )
    return Picture("Many", "", nodes, edges)
