"""A real browser without a network, for the tests of the page."""

import pytest

from kg.view import render


def _own(url, file):
    """The page itself, or what it hands out as a file."""
    return url.split("#")[0] == file.as_uri() or url.startswith("blob:")


@pytest.fixture
def visit(browser, tmp_path):
    problems, contexts = [], []

    def go(picture, *, mobile=False, dark=False, address="", calm=False, bypass_csp=False, **more):
        file = tmp_path / "page.html"
        file.write_text(render(picture, **more), encoding="utf-8", newline="\n")
        size = {"width": 390, "height": 844} if mobile else {"width": 1400, "height": 900}
        context = browser.new_context(
            viewport=size,
            offline=True,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce" if calm else "no-preference",
            bypass_csp=bypass_csp,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: problems.append(f"console {m.type}: {m.text}"))
        page.on("pageerror", lambda e: problems.append(f"error: {e}"))
        page.on("dialog", lambda d: (problems.append("dialog"), d.dismiss()))
        page.on(
            "request",
            lambda r: None if _own(r.url, file) else problems.append(r.url),
        )
        page.goto(file.as_uri() + address)
        page.wait_for_selector("html[data-drawn]")
        return page

    yield go
    for context in contexts:
        context.close()
    assert problems == []
