"""The year and its lines: what holds when, and how sure.

Any request or console message fails the test.
"""

import pytest
from view_samples import foreign, timed
from view_steps import set_year

pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"


def answers(page):
    return page.evaluate("Object.fromEntries(kgPage.edges.map(e => [e.role, e.kept && e.answer]))")


def look(page, role):
    """The batches of ink in which the line of a role is drawn, from the saved picture."""
    return page.evaluate(
        """role => { const edge = kgPage.edges.find(e => e.role === role);
        return kgPage.scene().batches.filter(b => b.courses.some(c => c.edge === edge.id))
        .map(b => ({dash: b.dash, alpha: b.alpha, width: b.width, colour: b.colour})); }""",
        role,
    )


def test_the_slider_shows_what_holds_in_a_year(visit):
    page = visit(timed())
    assert page.locator("#year-words").inner_text() == "All years, 2000 to 2005"
    set_year(page, 2001)
    assert answers(page) == {
        "held": "yes", "perhaps": "possible", "undated": "not stated", "later": False, "aim": "yes",
    }  # fmt: skip
    words = page.locator("#year-words").inner_text()
    assert words == "2001: 2 links held, 1 may have, 1 not dated"
    assert page.locator("#rows tr").count() == 4
    set_year(page, 2003)
    assert answers(page)["later"] == "yes"
    assert answers(page)["held"] is False
    page.click("#all-years")
    assert page.locator("#rows tr").count() == 5
    assert page.locator("#all-years").is_hidden()


def test_an_uncertain_line_is_hatched_and_a_certain_one_is_not(visit):
    page = visit(timed())
    assert len(look(page, "perhaps")) == 1
    set_year(page, 2001)
    hatched = look(page, "perhaps")
    assert len(hatched) == 2
    assert max(line["width"] for line in hatched) > 4
    [certain] = look(page, "held")
    assert all(line["alpha"] < certain["alpha"] for line in hatched)
    [undated] = look(page, "undated")
    assert undated["alpha"] < min(line["alpha"] for line in hatched)
    assert "may hold in the year chosen" in page.locator("#keys").inner_text()


def test_line_styles_tell_happened_planned_and_claimed_apart(visit):
    page = visit(timed())
    dashes = {role: look(page, role)[0]["dash"] for role in ("held", "later", "aim", "undated")}
    assert dashes["held"] == ""
    assert len(set(dashes.values())) == 3
    assert dashes["aim"] == dashes["undated"]  # intended, and only quoted: both dotted
    assert "only someone's quoted words" in page.locator("#keys").inner_text()


def test_play_walks_through_the_years_and_stops(visit):
    page = visit(timed())
    page.clock.install()
    page.click("#play")
    assert page.evaluate("kgPage.state.year") == 2000
    page.clock.run_for(1700)
    assert page.evaluate("kgPage.state.year") == 2002
    page.click("#play")
    page.clock.run_for(5000)
    assert page.evaluate("kgPage.state.year") == 2002
    page.click("#play")
    page.clock.run_for(9000)
    assert page.evaluate("kgPage.state.year") == 2005
    assert page.locator("#play").get_attribute("aria-label") == "Play the years"


def test_undated_links_can_be_left_out_of_a_year(visit):
    page = visit(timed())
    set_year(page, 2001)
    page.uncheck("#undated")
    assert answers(page)["undated"] is False


def test_the_panel_says_whether_a_link_holds_in_the_year(visit):
    page = visit(timed())
    set_year(page, 2001)
    page.locator("#rows tr", has_text="perhaps").locator("td").first.click()
    assert "In 2001: may hold: the dates leave it open" in page.locator("#panel").inner_text()


def test_without_a_date_there_is_no_slider(visit):
    page = visit(foreign())
    assert page.locator("#time").is_hidden()
