"""The pages in a real browser: under the policy of kg serve and from a disk, without any network.

Any console message, failed request or request to elsewhere fails the test. axe-core runs on every
kind of page, wide and narrow, light and dark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from pages_world import KINDS, facts

from kg.pages import Request, Site, respond, static
from kg.publish import Options, publish
from kg.store import View

pytestmark = pytest.mark.browser
HOST = "http://pages.invalid"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
WIDE, NARROW, NARROWEST = (1280, 900), (390, 844), (320, 600)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@pytest.fixture(scope="module")
def axe() -> str:
    """axe-core, as the package axe-playwright-python brings it."""
    spec = find_spec("axe_playwright_python")
    assert spec, "install the development group: pip install --group dev"
    assert spec.origin
    return Path(spec.origin).with_name("axe.min.js").read_text("utf-8")


@pytest.fixture
def served(view_of: Callable[[str], View]) -> Site:
    """The pages of the world; `visit` answers for them, so there is no server to wait for."""
    return Site(view_of(facts()))


def answer(site: Site, route: Any) -> None:
    """Answer what the browser asks for, with the policy that kg serve sends."""
    parts = urlsplit(route.request.url)
    name = parts.path.removeprefix("/static/")
    query = tuple(parse_qsl(parts.query, keep_blank_values=True))
    asked = Request(unquote(parts.path), query, route.request.headers.get("accept", ""))
    reply = respond(site, asked) if name == parts.path else static(name)
    sent = {"Content-Security-Policy": POLICY, "Content-Type": reply.media, **dict(reply.headers)}
    route.fulfill(status=reply.status, headers=sent, body=reply.body)


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Any]]:
    problems: list[str] = []
    contexts = []

    def go(
        place: Site | Path,
        address: str = "",
        size: tuple[int, int] = WIDE,
        *,
        dark: bool = False,
        script: bool = True,
    ) -> Any:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()

        def gate(route: Any) -> None:
            ours = HOST if isinstance(place, Site) else place.as_uri()
            if not route.request.url.startswith(ours + "/"):
                problems.append(f"asked {route.request.url}")
                route.abort()
            elif isinstance(place, Site):
                answer(place, route)
            else:
                route.continue_()

        page.route("**/*", gate)
        page.on("console", lambda m: None if wanted(m.text) else problems.append(m.text))
        page.on("pageerror", lambda e: problems.append(f"error: {e}"))
        page.on("dialog", lambda d: (problems.append("dialog"), d.dismiss()))
        page.goto(HOST + address if isinstance(place, Site) else f"{place.as_uri()}/{address}")
        return page

    yield go
    for context in contexts:
        context.close()
    assert problems == []


def wanted(message: str) -> bool:
    """The browser itself notes an answer of 400 or 404 to a page asked for."""
    return "status of 40" in message


def check(page: Any, axe: str, rules: Sequence[str] = RULES) -> list[str]:
    """What axe-core finds wrong."""
    page.evaluate(axe)
    how = "{runOnly: rules, resultTypes: ['violations'], preload: false}"
    ask = f"(rules) => axe.run(document, {how})"
    found = page.evaluate(ask, list(rules))
    assert len(found["passes"]) > (10 if rules is RULES else 0)
    return [
        f"{v['id']}: {n['target']} {n.get('failureSummary', '')[:200]}"
        for v in found["violations"]
        for n in v["nodes"][:3]
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_axe_finds_nothing(
    visit: Callable[..., Any], served: Site, axe: str, size: tuple[int, int], dark: bool
) -> None:
    page = visit(served, "/", size, dark=dark)
    rules = ("color-contrast",) if dark else RULES  # in the dark only colours differ
    found = {}
    for address in KINDS:
        page.goto(HOST + address)
        if problems := check(page, axe, rules):
            found[address] = problems
    assert found == {}


def test_nothing_scrolls_sideways_and_nothing_runs(visit: Callable[..., Any], served: Site) -> None:
    page = visit(served, "/", NARROWEST)
    wide = {}
    for address in KINDS:
        page.goto(HOST + address)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > NARROWEST[0]:
            wide[address] = width
        assert page.evaluate("window.pwned") is None
        assert page.locator("img").count() == 0
    assert wide == {}


def test_targets_are_large_enough(visit: Callable[..., Any], served: Site) -> None:
    page = visit(served, "/plans", NARROW)
    small = page.evaluate(
        """() => [...document.querySelectorAll('header a, header button, header input, nav a')]
        .filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < 24)
        .map((e) => e.outerHTML)"""
    )
    assert small == []


def test_completion_by_keyboard(visit: Callable[..., Any], served: Site) -> None:
    page = visit(served, "/plans")
    page.keyboard.press("/")
    page.keyboard.type("ETOIL")
    page.wait_for_selector("[role=option]")
    assert page.get_attribute("#site-q", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.get_attribute("#site-q", "aria-activedescendant")
    assert page.get_attribute(f"#{chosen}", "aria-selected") == "true"
    page.keyboard.press("Enter")
    page.wait_for_url("**/id/etoile")
    assert page.locator("h1").inner_text() == "Étoile"


def test_completion_closes_and_fills_forms(visit: Callable[..., Any], served: Site) -> None:
    page = visit(served, "/pairs")
    page.fill("#a", "moo")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("Escape")
    assert page.locator("[role=listbox]:visible").count() == 0
    page.fill("#a", "long")
    page.locator("[role=option]").first.click()
    assert page.input_value("#a") == "long"


def test_the_skip_link_is_first_and_works(visit: Callable[..., Any], served: Site) -> None:
    page = visit(served, "/id/aye")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_focus_is_seen(visit: Callable[..., Any], served: Site) -> None:
    page = visit(served, "/id/aye")
    for _ in range(12):
        page.keyboard.press("Tab")
        width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert width == "3px"


def test_search_and_dates_work_without_a_script(visit: Callable[..., Any], served: Site) -> None:
    page = visit(served, "/", script=False)
    page.fill("#q", "etoile")
    page.press("#q", "Enter")
    page.locator("main .hits a").first.click()
    page.locator(".clocks summary").click()
    page.fill("#as-of", "2030-03-01")
    page.locator(".clocks button").click()
    assert "as_of=2030-03-01" in page.url
    assert "1 document left out" in page.locator(".clocks").inner_text()


def test_an_unknown_name_of_sparql_is_marked_on_its_line(
    visit: Callable[..., Any], served: Site
) -> None:
    page = visit(served, "/query", script=False)
    page.fill("#query", "SELECT * {\n ?s ?p ?o . .. }")
    page.locator("main button", has_text="Run").click()
    assert page.locator(".lines .bad").inner_text().strip().startswith("?s ?p ?o")
    assert "line 2" in page.locator("#problem").inner_text()


def test_the_graph_draws_under_its_own_policy(visit: Callable[..., Any], served: Site) -> None:
    page = visit(served, "/id/aye")
    page.get_by_text("Interactive graph").click()
    page.wait_for_selector("html[data-drawn]")


def test_print_leaves_out_what_cannot_be_used(visit: Callable[..., Any], served: Site) -> None:
    page = visit(served, "/id/aye", dark=True)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("header.site nav").is_hidden()
    assert page.locator("form:visible").count() == 0
    ink = "getComputedStyle(document.documentElement).getPropertyValue('--ink').trim()"
    assert page.evaluate(ink) == "#000"
    assert page.locator(".evidence").first.is_visible()


def test_a_site_of_files_works_from_a_disk(
    visit: Callable[..., Any], view_of: Callable[[str], View], axe: str, tmp_path: Path
) -> None:
    publish(view_of(facts()), tmp_path / "site", Options(pairs=3, graphs=1))
    page = visit(tmp_path / "site", "index.html", NARROW)
    page.fill("#q", "nord")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/id/etoile.html")
    page.fill("#site-q", "script")
    page.keyboard.press("Enter")
    page.wait_for_selector("#hits li")
    assert "3 things for “script”" in page.locator("#found").inner_text()
    assert check(page, axe) == []
    page.locator("#hits a").first.click()
    page.wait_for_url("**/id/aye.html")
    assert page.evaluate("window.pwned") is None
    assert check(page, axe) == []
