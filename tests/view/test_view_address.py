"""The address of the page brings back what was seen.

Any request or console message fails the test.
"""

import pytest
from view_samples import crowd, small, timed
from view_steps import address, set_year, shown

pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"


def test_the_address_brings_everything_back(visit):
    page = visit(small())
    page.fill("#search", "north")
    page.keyboard.press("Enter")
    page.locator(".actions button", has_text="Pin").click()
    page.uncheck("input[name=status][value=cancelled]")
    page.locator(".more summary", has_text="Class").click()
    page.uncheck("input[name=kind][value='Joint research']")
    set_year(page, 1988)
    page.click("#zoom-in")
    page.click("#theme")
    kept = address(page)
    for part in ("sel=north", "s=cancelled", "k=Joint%20research", "year=1988", "pin=north", "at="):
        assert part in kept
    again = visit(small(), address=kept)
    assert again.evaluate("kgPage.toAddress()") == kept.removeprefix("#")
    assert again.locator("#panel-title").inner_text() == "North Agency"
    assert again.locator("#year").input_value() == "1988"
    assert not again.locator("input[name=status][value=cancelled]").is_checked()
    assert again.evaluate("document.documentElement.dataset.theme") == "dark"
    assert again.locator("#counts").inner_text() == page.locator("#counts").inner_text()


def test_the_address_of_a_link_a_group_and_a_focus(visit):
    page = visit(small())
    page.locator("#rows tr", has_text="lead").locator("td").first.click()
    again = visit(small(), address=address(page))
    assert again.locator("#panel-title").inner_text() == "lead"
    page = visit(crowd())
    page.click("#unfold-all")
    kept = address(page)
    assert kept == "#open=all"
    assert len(shown(visit(crowd(), address=kept))) == 425
    page = visit(crowd(), address="#focus=i0007~2&fold=hub0")
    assert page.evaluate("[kgPage.state.focus.depth, kgPage.state.folded.size]") == [2, 1]


def test_a_new_address_in_the_same_page_is_followed(visit):
    page = visit(timed())
    page.evaluate("location.hash = '#year=2001&sel=a'")
    page.wait_for_selector("#panel:not([hidden])")
    assert page.evaluate("kgPage.state.year") == 2001
    assert page.locator("#panel-title").inner_text() == "A"


def test_link_button_shows_the_address(visit):
    page = visit(small())
    set_year(page, 1999)
    page.click("#link")
    assert page.locator("#link-text").input_value().endswith("page.html#year=1999")
    page.keyboard.press("Escape")
    assert page.locator("#link-dialog").is_hidden()


@pytest.mark.parametrize(
    "bad",
    [
        "#sel=nobody&year=abc&open=zz&pin=a~b~c&at=1~2&focus=~~&theme=x&s=%E0%A4%A",
        "#sel=link~999999&year=99999999999&from=1e9&fold=%00&at=0~0~-1",
        "#%3Cscript%3Ewindow.pwned=1%3C/script%3E&sel=%3Cimg%20src=x%20onerror=1%3E",
        "#sel=__proto__&g=constructor&k=__proto__~toString",
    ],
)
def test_a_strangers_address_does_no_harm(visit, bad):
    page = visit(small(), address=bad)
    assert page.locator("#panel").is_hidden()
    assert page.evaluate("window.pwned") is None
    assert len(shown(page)) == 4
