"""A tiny world whose names try everything, as pages; and what is asked of every page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qsl, unquote, urlsplit

from tiny_facts import claim, entity, part

from kg.pages import Request, Response, Site, respond

SCRIPT = "<script>window.pwned = 1</script>"
BREAKOUT = "\"><img src=x onerror='window.pwned = 1'>"
ADDRESS = "javascript:window.pwned = 1"
TURNED = "Ab\u202egnirts\u2066 left \u05e9\u05dc\u05d5\u05dd"
LONG = "Long " * 2000
KINDS = (
    "/",
    "/search?q=script",
    "/search?q=zzzzzz",
    "/id/aye",
    "/id/long",
    "/id/aye/timeline",
    "/doc/alpha",
    "/fact/participation.aye.moon.lead.ongoing",
    "/pairs",
    "/pair/aye/bee",
    "/plans",
    "/plans/unconfirmed",
    "/conflicts",
    "/questions",
    "/questions/shared-missions?a=aye&b=bee",
    "/query",
    "/query?query=SELECT+%2A+%7B+%3Fs+a+sp%3AMission+%7D",
    "/query?query=SELECT+%2A%0A%7B+%3Fs+%3Fp",
    "/documents",
    "/data",
    "/things",
    "/things/SpaceAgency",
    "/terms",
    "/id/nobody",
    "/id/aye?as_of=nonsense",
)
"""One address of every kind of page."""


def facts() -> str:
    """The statements of the world."""
    named = [
        entity("aye", "SpaceAgency", label={"en": SCRIPT, "ja": "宇宙", "he": TURNED}),
        entity("bee", "SpaceAgency", label={"en": BREAKOUT}, alias={"en": ADDRESS}),
        entity("long", "SpaceAgency", label={"en": LONG}),
        entity("moon", "Mission", label={"en": "Moon & Sun"}),
        entity("etoile", "Mission", label={"en": "Étoile", "fr": "L’Étoile du Nord"}),
        entity("pact", "Agreement", label={"en": TURNED}),
        entity("ship", "Spacecraft", label={"en": ADDRESS}),
    ]
    said = [
        part("aye", "moon", "lead", period="2001/.."),
        part("bee", "moon", period="198X/..", document="alpha"),
        part("long", "moon", gist=SCRIPT),
        part("aye", "pact", "signatory", status="occurred"),
        part("bee", "pact", "signatory", status="occurred"),
        claim("Launch", object="ship", agent="aye", onDate="2029-05-01", gist=BREAKOUT),
        claim("Launch", "beta", object="ship", agent="aye", onDate="2029-06-01", gist=LONG),
        claim("PlannedEvent", kind="Launch", object="moon", agent="aye", announcedOn="2030-01-01",
              plannedFor="[2030-01-01..2030-03-01]", status="planned"),
        claim("PlannedEvent", "beta", kind="Docking", object="ship", agent="bee",
              announcedOn="2030-06-01", plannedFor="2031", status="planned"),
        claim("CountObservation", about="pact", observedProperty="members", value="2",
              asOf="2030-01-01", gist=ADDRESS),
    ]  # fmt: skip
    return f"entities: {json.dumps(named)}\nstatements: {json.dumps(said)}\n"


def get(site: Site, address: str, accept: str = "", base: str = "") -> Response:
    """Ask for an address as a browser would write it."""
    parts = urlsplit(address)
    query = tuple(parse_qsl(parts.query, keep_blank_values=True))
    return respond(site, Request(unquote(parts.path).removeprefix(base), query, accept, base))


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def values(self, *names: str) -> Iterator[str]:
        for _, attributes in self.found:
            yield from (v for n in names if (v := attributes.get(n)) is not None)


def wrong(text: str) -> list[str]:
    """What a page must not have: scripts, styles and handlers of its own, hidden controls."""
    tags = Tags(text)
    found = [f"<{t}> without src" for t, a in tags.found if t == "script" and "src" not in a]
    found += [f"<{t}>" for t, _ in tags.found if t in {"style", "iframe", "object", "base"}]
    found += [n for _, a in tags.found for n in a if n.startswith("on") or n == "style"]
    for value in tags.values("href", "src", "action"):
        if urlsplit(value.strip()).scheme not in {"", "http", "https"}:
            found.append(value)
    found += [v for _, a in tags.found if (v := a.get("src")) and "//" in v]
    ids = list(tags.values("id"))
    found += sorted({i for i in ids if ids.count(i) > 1})
    return found + re.findall("[\u202a-\u202e\u2066-\u2069]", text)
