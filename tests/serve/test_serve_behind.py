"""Behind a proxy that speaks TLS: addresses are those at which the proxy shows the server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from serving import Running, end, with_settings

ADDRESS = "https://space.example.org/partnerships/"
FORMAT = ox.RdfFormat.TURTLE


@pytest.fixture(scope="module")
def behind(world_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    log = tmp_path_factory.mktemp("behind") / "log"
    running = with_settings(world_store, log, pages="kg.pages", base_url=ADDRESS)
    yield running
    end(running)


def addresses(turtle: bytes) -> set[str]:
    """The IRIs of the server in a description."""
    quads = ox.parse(turtle, format=FORMAT)
    ends = (str(getattr(t, "value", "")) for q in quads for t in (q.subject, q.object))
    return {iri for iri in ends if "space.example.org" in iri or "127.0.0.1" in iri}


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
def test_descriptions_give_the_address_of_the_proxy(behind: Running, path: str) -> None:
    reply = behind.ask(path, Accept="text/turtle")
    found = addresses(reply.body)
    assert ADDRESS + "sparql" in found
    assert {iri[: len(ADDRESS)] for iri in found} == {ADDRESS}


def test_links_of_pages_begin_with_the_path_of_the_proxy(behind: Running) -> None:
    text = behind.ask("/", Accept="text/html").text
    assert 'href="/partnerships/static/kg.css"' in text
    assert 'href="/partnerships/pairs"' in text
    assert 'href="/pairs"' not in text


def test_a_browser_that_asks_the_endpoint_is_sent_below_that_path(behind: Running) -> None:
    reply = behind.ask("/sparql", Accept="text/html")
    assert (reply.status, reply.headers["location"]) == (303, "/partnerships/query")


@pytest.mark.parametrize(
    ("host", "status"),
    [("space.example.org", 200), ("Space.Example.org:443", 200), ("evil.example.org", 421)],
)
def test_the_name_of_the_proxy_is_answered_to_and_no_other(
    behind: Running, host: str, status: int
) -> None:
    assert behind.ask("/healthz", Host=host).status == status
