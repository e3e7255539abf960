"""The page of `kg view` beside plain pyvis: physics off, the same positions, headless Chromium.

Each page is opened in a fresh, offline context, alternated, and the median is told. Frames are
wall time between two animation frames of the page; the ratio within one run is what counts.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from _measure import Finding

from kg.view import Edge, Fact, Node, Picture, render
from kg.view.records import Records, records

SIZES = (500, 2000, 20000)
_DRAGGED = 2000  # beyond, a drag of the peer takes minutes
_MEASURED = {"first": "first frame", "drag": "drag, p95 of frames"}
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_HOOK = "network = new vis.Network(container, data, options);"
_MARK = "document.documentElement.dataset.drawn = Math.round(performance.now());"
_FRAMES = """() => { window.frames_ = []; let last = performance.now();
    const tick = () => { const now = performance.now(); frames_.push(now - last); last = now;
      requestAnimationFrame(tick); }; requestAnimationFrame(tick); }"""


def compare(rounds: int) -> Iterator[Finding]:
    """Yield sizes and times of both pages; nothing where there is no Chromium or playwright."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        chromium = None
    if not chromium:
        print("skipped: the page (no Chromium or no playwright)", file=sys.stderr)
        return
    with sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        browser = play.chromium.launch(executable_path=chromium, args=_FLAGS)
        for size in SIZES:
            yield from _at(browser, Path(folder), size, max(3, rounds) if size < 20000 else 3)
        browser.close()


def _at(browser: Any, folder: Path, size: int, rounds: int) -> Iterator[Finding]:
    picture = world(size)
    pages = {"kg": render(picture), "pyvis": plain(records(picture, seed=7, flat=True))}
    if size == 2000:
        pages["flat"] = render(picture, flat=True)
    files = {name: _written(folder, f"{size}-{name}", html) for name, html in pages.items()}
    found: dict[str, list[dict[str, float]]] = {name: [] for name in files}
    for number in range(rounds):
        for name in list(files)[:: 1 if number % 2 == 0 else -1]:
            found[name].append(_opened(browser, files[name], name, drag=size <= _DRAGGED))
    best = {
        name: {key: statistics.median(run[key] for run in runs) / 1000 for key in runs[0]}
        for name, runs in found.items()
    }
    goals = {500: {}, 2000: {"first": 0.6, "drag": 0.8}, 20000: {"first": 0.3}}[size]
    ours, peer = (files[name].stat().st_size / 1e6 for name in ("kg", "pyvis"))
    note = f"{ours:.2f} MB with all evidence; pyvis {peer:.2f} MB without"
    for name in [name for name in files if name != "pyvis"]:
        how = "as it opens" if name == "kg" else "every item drawn"
        for key, what in _MEASURED.items():
            if key not in best[name]:
                continue
            label = f"page, {size:,} items, {what}, {how} (wall)"
            times = best[name][key], best["pyvis"][key]
            yield Finding(label, *times, "plain pyvis", goals.get(key), note=note)


def _written(folder: Path, name: str, html: str) -> Path:
    path = folder / f"{name}.html"
    path.write_text(html, encoding="utf-8", newline="\n")
    return path


def _opened(browser: Any, file: Path, name: str, *, drag: bool) -> dict[str, float]:
    """First frame and 95th percentile of frames while the view is dragged, in milliseconds."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page = context.new_page()
    page.set_default_timeout(180_000)
    page.goto(file.as_uri(), wait_until="commit")
    page.wait_for_selector("html[data-drawn]", state="attached")
    first = float(page.locator("html").get_attribute("data-drawn"))
    if not drag:
        context.close()
        return {"first": first}
    page.wait_for_timeout(500)
    box = page.locator("#mynetwork canvas" if name == "pyvis" else "#graph canvas").bounding_box()
    x, y = box["x"] + 12, box["y"] + 12
    page.evaluate(_FRAMES)
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(40):
        page.mouse.move(x + step * 6, y + step * 4)
    page.mouse.up()
    frames = sorted(page.evaluate("window.frames_"))
    context.close()
    return {"first": first, "drag": frames[int(len(frames) * 0.95)] if frames else 0.0}


def world(size: int) -> Picture:
    """An invented picture: some busy agencies, missions with about three links each, evidence."""
    actors = max(20, size // 25)
    nodes = [
        Node(f"https://example.org/id/a{i:05}", f"Agency {i}", "Space agency", "actor")
        for i in range(actors)
    ]
    nodes += [
        Node(f"https://example.org/id/m{i:05}", f"Mission Größe {i}", "Mission", "mission")
        for i in range(size - actors)
    ]
    edges, state = [], 7
    for i in range(3 * size):
        state = (state * 1103515245 + 12345) % 2**31
        share = (state >> 8) % 10_000 / 10_000
        actor, mission = int(actors * share**2.2), (i * 7 + state // 65536) % (size - actors)
        first = 1975 + i % 45
        edges.append(_link(i, nodes[actor].id, nodes[actors + mission].id, first))
    return Picture("An invented world", "", tuple(nodes), tuple(edges), today="2026-01-01")


def _link(i: int, actor: str, mission: str, first: int) -> Edge:
    said = Fact(
        text=f"Claim {i} in a sentence", status="ongoing", attribution="asserted",
        period=f"{first}/{first + 5}", document=f"doc-{i // 25}", document_title="Report",
        publisher="A publisher", issued="2020-01-01", locator=f"#char={i},{i + 80}",
        gist=f"What is said at {i}, in our own words.", url=f"https://example.org/report/{i // 25}",
    )  # fmt: skip
    status = ("ongoing", "occurred", "planned")[i % 3]
    spans = ((first, first + 5, "yes"),)
    return Edge(
        actor, mission, "partner", "partner", status, start=f"{first}/{first + 5}",
        first_year=first, last_year=first + 5, facts=(said,), spans=spans,
    )  # fmt: skip


def plain(found: Records) -> str:
    """What pyvis makes of the same items at the same places, with its own template."""
    from pyvis.network import Network

    net = Network(height="100vh", width="100%", cdn_resources="in_line")
    net.nodes = [
        {"id": n["id"], "label": n["label"], "shape": "dot", "x": n["x"], "y": n["y"]}
        for n in found.nodes
    ]
    net.edges = [{"from": e["from"], "to": e["to"]} for e in found.edges]
    net.toggle_physics(False)
    html = str(net.generate_html(notebook=False))
    if _HOOK not in html:
        raise SystemExit("pyvis no longer makes its network where this benchmark hooks in")
    return html.replace(_HOOK, f"{_HOOK} network.once('afterDrawing', () => {{ {_MARK} }});")
