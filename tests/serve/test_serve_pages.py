"""The real pages behind the real server, also in a real browser: nothing breaks the policy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from serving import Running, end, with_settings

from kg.namespaces import prefixes

QUERY = "SELECT ?m { ?m a sp:Mission } ORDER BY ?m"


@pytest.fixture(scope="module")
def real(world_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    log = tmp_path_factory.mktemp("pages") / "log"
    running = with_settings(world_store, log, pages="kg.pages")
    yield running
    end(running)


@pytest.fixture(scope="module")
def mission(world_view) -> str:
    """The local name of a mission."""
    (found, *_) = world_view.rows("SELECT ?m { ?p sp:inActivity ?m . ?m a sp:Mission }")
    return found[0].removeprefix(prefixes()["id"])


def paths(mission: str) -> list[str]:
    return [
        "/",
        f"/id/{mission}",
        f"/id/{mission}?on=2030-01-01",
        f"/id/{mission}?as_of=2030-12-31",
        "/search?q=a",
        "/questions",
        "/query?" + urlencode({"query": QUERY}),
        "/documents",
        f"/graph/{mission}",
    ]


def test_pages_are_served(real: Running, mission: str) -> None:
    for path in paths(mission):
        reply = real.ask(path, Accept="text/html")
        assert (reply.status, reply.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert reply.headers["etag"]
        assert "</html>" in reply.text


def test_a_thing_is_also_data(real: Running, mission: str) -> None:
    reply = real.ask(f"/id/{mission}", Accept="text/turtle")
    assert reply.headers["content-type"].startswith("text/turtle")
    assert real.ask(f"/id/{mission}.ttl").body == reply.body


def test_what_the_pages_need_is_static(real: Running) -> None:
    for name in ("kg.css", "kg.js", "icon.svg"):
        assert real.ask(f"/static/{name}").status == 200


def test_an_unknown_page_is_a_page(real: Running) -> None:
    reply = real.ask("/id/no-such-thing", Accept="text/html")
    assert (reply.status, "</html>" in reply.text) == (404, True)


@pytest.mark.browser
def test_a_browser_has_nothing_to_complain_about(real: Running, mission: str, browser: Any) -> None:
    said: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    page.on("response", lambda r: None if r.status < 400 else said.append(f"{r.status}: {r.url}"))
    for path in paths(mission):
        reply = page.goto(real.address.rstrip("/") + path)
        assert reply is not None
        assert reply.status == 200
    page.close()
    assert said == []
