"""The screenshot in the README: the graph page around JAXA, drawn by headless Chromium."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import kg

ROOT = Path(__file__).resolve().parent.parent
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def main() -> None:
    """Build, draw and save docs/graph.png."""
    browser_path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        kg.build_store(folder)
        page_file = Path(folder) / "graph.html"
        page_file.write_text(kg.draw(kg.open(folder), around="JAXA"), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.context.set_offline(True)
        page.goto(page_file.as_uri())
        page.wait_for_timeout(1500)
        rows = page.locator("#rows tr", has_text="X-Ray").filter(has_text="lead")
        rows.first.locator("td").first.click()
        page.wait_for_timeout(800)
        page.evaluate("window.scrollTo(0, 0)")
        page.screenshot(path=str(ROOT / "docs" / "graph.png"))
        browser.close()
    print("wrote docs/graph.png")


if __name__ == "__main__":
    main()
