"""Keyboard, screen readers and preferences.

Any request or console message fails the test.
"""

import json

import pytest
from view_samples import BASE, crowd, fact, small, timed

from kg.view import Edge, Node, Picture

pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"


def test_keyboard_alone_walks_the_drawing(visit):
    page = visit(small())
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "graph":
            break
    page.wait_for_timeout(200)
    assert "link" in page.locator("#said").text_content()
    start = page.locator("#said").text_content()
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    page.wait_for_timeout(200)
    said = page.locator("#said").text_content()
    assert said != start
    page.keyboard.press("Enter")
    title = page.locator("#panel-title").inner_text()
    assert page.evaluate("document.activeElement.id") == "panel-title"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "graph"
    page.keyboard.press("n")
    assert page.locator("#panel-title").inner_text() != title
    page.keyboard.press("Escape")


def test_every_key_of_the_help_works(visit):
    page = visit(timed())
    page.keyboard.press("?")
    assert page.locator("#help-dialog").is_visible()
    assert page.locator("#help-dialog dt").count() == 12
    page.keyboard.press("Escape")
    page.evaluate("document.getElementById('graph').focus()")
    page.keyboard.press("ArrowRight")
    scale = page.evaluate("kgPage.network.getScale()")
    page.keyboard.press("+")
    assert page.evaluate("kgPage.network.getScale()") > scale
    page.keyboard.press("-")
    page.keyboard.press("0")
    page.keyboard.press("p")
    assert page.evaluate("kgPage.state.pins.size") == 1
    page.keyboard.press("f")
    assert page.evaluate("kgPage.state.focus !== null")
    page.keyboard.press("f")
    page.keyboard.press("c")
    assert page.evaluate("kgPage.state.folded.size") == 1
    page.keyboard.press("c")
    page.keyboard.press(" ")
    assert page.evaluate("kgPage.state.year") == 2000
    page.keyboard.press(" ")
    view = page.evaluate("kgPage.network.getViewPosition().x")
    page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate("kgPage.network.getViewPosition().x") > view


def test_the_table_is_a_table_with_the_links_shown(visit):
    page = visit(timed())
    assert page.get_by_role("table").count() == 1
    assert page.get_by_role("columnheader").count() == 7
    assert page.get_by_role("rowheader").count() == 5
    row = page.locator("#rows tr", has_text="undated").inner_text()
    assert "not stated" in row
    assert "An invented release, 2021-03-04" in row


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("picture", [small, crowd, timed])
def test_axe_finds_nothing(visit, picture, dark):
    from axe_playwright_python.sync_playwright import Axe

    page = visit(picture(), dark=dark, bypass_csp=True)
    page.locator("#rows button").first.press("Enter")
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []


def test_reduced_motion_is_respected(visit):
    page = visit(small(), calm=True)
    page.locator("#rows button").first.press("Enter")
    assert (
        page.evaluate("getComputedStyle(document.getElementById('panel')).animationName") == "none"
    )


def test_theme_button_turns_light_to_dark_and_is_drawn(visit):
    page = visit(small())
    back = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(back)
    page.click("#theme")
    assert page.evaluate(back) != before
    assert page.locator("#theme").inner_text() == "Light"


def test_items_without_facts_say_so(visit):
    nodes = (Node(f"{BASE}a", "A", "Mission"), Node(f"{BASE}b", "B", "Mission"))
    undated = Edge(nodes[0].id, nodes[1].id, "partner", facts=(fact("x", issued=""),))
    page = visit(Picture("Bare", "", nodes, (undated,)))
    page.locator("#rows button").first.press("Enter")
    panel = page.locator("#panel").inner_text()
    assert "Period: not stated" in panel
    assert "date not stated" in panel
    assert json.loads(page.evaluate("kgPage.positionsText()"))["format"] == "kg-positions/1"
