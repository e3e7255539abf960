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


def crowd(n: int = 420) -> Picture:
    """So many items that the page opens on groups: three hubs with their own, and a lone pair."""
    hubs = [Node(f"{BASE}hub{h}", f"Hub number {h}", "Space agency", "actor") for h in range(3)]
    items = [
        Node(f"{BASE}i{i:04}", f"Item {i}", "Mission", "mission" if i % 2 else "object")
        for i in range(n)
    ]
    pair = [Node(f"{BASE}x{i}", f"Lone {i}", "Person", "person") for i in range(2)]
    links = [(hubs[i % 3].id, item.id) for i, item in enumerate(items)]
    links += [(items[i].id, items[i + 1].id) for i in range(0, n - 1, 7)]
    links += [(hubs[0].id, hubs[1].id), (pair[0].id, pair[1].id)]
    edges = tuple(
        Edge(a, b, "partner", "partner", first_year=2000, last_year=2004, facts=(fact("So."),))
        for a, b in links
    )
    return Picture("A crowd", "", (*hubs, *items, *pair), edges, today="2025-05-05")


def timed() -> Picture:
    """One link of each answer to the question whether it holds in 2001, in every line style."""
    nodes = tuple(
        Node(f"{BASE}{name}", name.title(), "Mission", "mission") for name in ("a", "b", "c", "d")
    )

    def link(target: str, role: str, spans: object, **more: object) -> Edge:
        edge = Edge(f"{BASE}a", BASE + target, role, role, facts=(fact(role),))
        return replace(edge, spans=spans, **more)  # type: ignore[arg-type]

    edges = (
        link("b", "held", ((2000, 2002, "yes"),), first_year=2000, last_year=2002),
        link("b", "perhaps", ((2000, 2004, "possible"),), first_year=2000, last_year=2004),
        link("c", "undated", (), attribution="quoted"),
        link("c", "later", ((2003, 2003, "yes"),), status="planned", first_year=2003),
        link("d", "aim", ((2001, 2001, "yes"),), status="intended", first_year=2001),
    )
    sources = ("Invented data, CC0",)
    return Picture("Years", "", nodes, edges, sources, "2005-01-01", "A line is invented.")


def foreign() -> Picture:
    """Japanese, Arabic, a very long label, and one that turns the text round."""
    labels = ("宇宙航空研究開発機構", "وكالة الفضاء الإمارات", "L" * 10_000, TURNED)
    nodes = tuple(
        Node(f"{BASE}f{i}", label, "Space agency", "actor") for i, label in enumerate(labels)
    )
    edges = tuple(
        Edge(nodes[0].id, node.id, "協力", "partner", facts=(fact(node.label),))
        for node in nodes[1:]
    )
    return Picture("宇宙 / فضاء", "", nodes, edges)
