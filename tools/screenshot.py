"""The screenshots of the documents, drawn by headless Chromium: the graph page, and the pages."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from playwright.sync_api import Browser, sync_playwright

import kg
from kg.pages import Request, Site, respond, static

DOCS = Path(__file__).resolve().parent.parent / "docs"
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
HOST = "http://pages.invalid"
PAGES = {
    "page-thing.png": ("/id/xrism#missions", (1024, 700), "light"),
    "page-pair.png": ("/pair/csa/jaxa", (1024, 700), "light"),
    "page-timeline.png": ("/id/csa/timeline", (1024, 700), "light"),
    "page-phone.png": ("/id/htv-x1?on=2025-10-30", (390, 700), "dark"),
}
"""File → address, size of the window, colours."""


def main() -> None:
    """Build, draw and save the pictures in docs/."""
    browser_path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        kg.build_store(folder)
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGS)
        _graph(browser, folder)
        _pages(browser, Site(kg.open(folder)))
        browser.close()


def _graph(browser: Browser, folder: str) -> None:
    page_file = Path(folder) / "graph.html"
    page_file.write_text(kg.draw(kg.open(folder), around="JAXA"), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.context.set_offline(True)
    page.goto(page_file.as_uri())
    page.wait_for_timeout(1500)
    rows = page.locator("#rows tr", has_text="X-Ray").filter(has_text="lead")
    rows.first.locator("td").first.click()
    page.wait_for_timeout(800)
    page.evaluate("window.scrollTo(0, 0)")
    page.screenshot(path=str(DOCS / "graph.png"))
    print("wrote docs/graph.png")


def _pages(browser: Browser, site: Site) -> None:
    """Draw pages without a server: what the browser asks for is answered here."""

    def answer(route: Any) -> None:
        parts = urlsplit(route.request.url)
        query = tuple(parse_qsl(parts.query))
        name = parts.path.removeprefix("/static/")
        asked = Request(unquote(parts.path), query)
        reply = respond(site, asked) if name == parts.path else static(name)
        route.fulfill(status=reply.status, content_type=reply.media, body=reply.body)

    for name, (address, (width, height), colours) in PAGES.items():
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, color_scheme=colours)
        page = context.new_page()
        page.route("**/*", answer)
        page.goto(HOST + address)
        page.screenshot(path=str(DOCS / name))
        context.close()
        print(f"wrote docs/{name}")


if __name__ == "__main__":
    main()
