"""The page in a real browser, offline. Any request or console message fails the test."""

from dataclasses import replace

import pytest
from view_samples import grid, hostile, small

from kg.view import render

pytestmark = pytest.mark.browser


def painted(page):
    """How many pixels of the canvas are not empty."""
    return page.evaluate(
        """() => { const c = document.querySelector('#graph canvas');
        const off = new OffscreenCanvas(c.width, c.height);
        const copy = off.getContext('2d', {willReadFrequently: true});
        copy.drawImage(c, 0, 0);
        const d = copy.getImageData(0, 0, c.width, c.height).data;
        let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n; }"""
    )


def counts(page):
    return page.locator("#counts").inner_text()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("mobile", [False, True])
def test_page_draws(visit, mobile, dark):
    page = visit(small(), mobile=mobile, dark=dark)
    assert painted(page) > 1000
    assert counts(page) == "4 of 4 items, 5 of 5 links shown"
    assert page.locator("#rows tr").count() == 5
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_empty_picture_says_so(visit):
    from kg.view import Picture

    page = visit(Picture("Nothing"))
    assert page.locator("#empty").is_visible()


def test_search_finds_without_accents_and_by_keyboard(visit):
    page = visit(small())
    page.keyboard.press("/")
    page.keyboard.type("AGENCE DU SUD E")
    assert page.locator("#hits [role=option]").count() == 1
    page.keyboard.press("Enter")
    assert page.locator("#panel-title").inner_text() == "Agence du Sud é"
    assert page.evaluate("kgPage.state.chosen.label") == "Agence du Sud é"
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
    assert page.evaluate("document.activeElement.id") == "search"


def test_search_without_a_hit_says_so(visit):
    page = visit(small())
    page.fill("#search", "zzz")
    assert "No item" in page.locator("#hits").inner_text()
    page.keyboard.press("Enter")
    assert page.locator("#panel").is_hidden()


def test_filters_hide_links_and_the_items_they_leave_alone(visit):
    page = visit(small())
    before = painted(page)
    page.uncheck("input[name=status][value=planned]")
    assert counts(page) == "4 of 4 items, 4 of 5 links shown"
    page.uncheck("input[name=group][value=mission]")
    assert counts(page) == "3 of 4 items, 1 of 5 links shown"
    assert page.locator("#rows tr").count() == 1
    page.wait_for_timeout(100)
    assert painted(page) < before
    page.locator(".more summary", has_text="Who says so").click()
    page.uncheck("input[name=attribution][value=quoted]")
    assert counts(page) == "1 of 4 items, 0 of 5 links shown"
    page.click("#reset")
    assert counts(page) == "4 of 4 items, 5 of 5 links shown"


def test_year_filter_keeps_overlaps_and_undated(visit):
    page = visit(small())
    page.fill("#year-from", "1986")
    page.fill("#year-to", "1995")
    assert counts(page) == "4 of 4 items, 2 of 5 links shown"
    page.uncheck("#undated")
    assert counts(page) == "2 of 4 items, 1 of 5 links shown"
    page.fill("#year-to", "")
    page.fill("#year-from", "2010")
    assert counts(page) == "2 of 4 items, 2 of 5 links shown"


def test_role_and_class_filters(visit):
    page = visit(small())
    page.locator(".more summary", has_text="Role").click()
    page.uncheck("input[name=role][value=partner]")
    assert "3 of 5 links" in counts(page)
    page.locator(".more summary", has_text="Class").click()
    page.uncheck("input[name=kind][value='Joint research']")
    assert counts(page).startswith("2 of 4 items")


def test_joined_attributions_count_one_by_one(visit):
    picture = small()
    first = replace(picture.edges[0], attribution="asserted/quoted")
    page = visit(replace(picture, edges=(first, *picture.edges[1:])))
    page.locator(".more summary", has_text="Who says so").click()
    assert page.locator("#by-attribution label").count() == 2
    page.uncheck("input[name=attribution][value=asserted]")
    assert "2 of 5 links" in counts(page)


def test_a_click_on_a_row_shows_the_evidence(visit):
    page = visit(small())
    page.locator("#rows tr", has_text="lead").locator("td").first.click()
    panel = page.locator("#panel").inner_text()
    for part in ("North, it says here, leads.", "An invented release", "Invented Press"):
        assert part in panel
    assert "2021-03-04" in panel
    assert "#char=10,40" in panel
    link = page.locator("#panel a")
    assert link.get_attribute("href") == "https://example.org/doc-1"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert page.evaluate("kgPage.state.chosen.role") == "lead"
    assert page.locator("#rows [aria-current=true]").count() == 1


def test_evidence_without_quote_says_so(visit):
    page = visit(small())
    page.fill("#search", "north")
    page.keyboard.press("Enter")
    panel = page.locator("#panel").inner_text()
    assert "text not at hand" in panel
    assert "Says it in our words." in panel
    assert page.locator("#panel .linklist button").count() == 4


def test_keyboard_alone_reaches_a_link_and_comes_back(visit):
    page = visit(small())
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#rows') !== null"):
            break
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    here = page.evaluate("document.activeElement.closest('tr').innerText")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel-title"
    assert page.locator("#panel-title").inner_text() in here
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('tr').innerText") == here
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 1


def test_skip_link_is_first_and_works(visit):
    page = visit(small())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "search"


def test_a_click_on_a_symbol_opens_its_panel(visit):
    page = visit(small())
    at = page.evaluate(
        """() => { const p = kgPage.network.canvasToDOM(kgPage.nodes[0]);
        const b = document.querySelector('#graph').getBoundingClientRect();
        return [p.x + b.x, p.y + b.y]; }"""
    )
    page.mouse.click(*at)
    page.wait_for_selector("#panel:not([hidden])")
    assert page.locator("#panel-title").inner_text() == "Lone Study"


def test_sorting_by_a_column(visit):
    page = visit(small())
    page.click("#heads button >> text=Role")
    assert page.locator("#rows tr").first.inner_text().find("customer") > 0
    page.click("#heads button >> text=Role")
    assert page.locator("#heads [aria-sort=descending]").inner_text().startswith("Role")


@pytest.mark.parametrize("mobile", [False, True])
def test_hostile_labels_run_nothing(visit, mobile):
    page = visit(hostile(), mobile=mobile)
    page.locator("#rows button").first.press("Enter")
    assert "<script>" in page.locator("#panel").inner_text()
    assert page.locator("#panel a").count() == 0
    page.locator("#panel .ends button").first.click()
    page.fill("#search", "script")
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert page.evaluate("window.pwned") is None
    assert page.locator("img").count() == 0


def test_large_picture_draws_and_its_table_grows(visit):
    page = visit(grid(500))
    assert page.locator("#rows tr").count() == 200
    page.click("#more")
    assert page.locator("#rows tr").count() == 400
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 201


def test_print_view(visit):
    page = visit(small(), dark=True)
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#search").is_hidden()
    assert page.locator("#graph").is_hidden()
    assert "Missions" in page.locator("#caption > svg").text_content()
    assert (
        page.evaluate(
            "getComputedStyle(document.documentElement).getPropertyValue('--ink')"
        ).strip()
        == "#1c2530"
    )
    page.evaluate("dispatchEvent(new Event('afterprint'))")


def test_the_policy_stops_what_would_get_in_all_the_same(browser, tmp_path):
    file = tmp_path / "page.html"
    intruder = (
        "<script>window.pwned = 1</script><b onclick='window.pwned = 1'>x</b>"
        "<img src='https://example.org/x.png'><style>h1 { display: none }</style>"
    )
    text = render(small()).replace("</header>", f"{intruder}</header>")
    file.write_text(text, encoding="utf-8", newline="\n")
    context = browser.new_context(offline=True)
    page = context.new_page()
    refused, failures = [], []
    page.on("console", lambda m: refused.append(m.text))
    page.on("requestfailed", lambda r: failures.append(r.failure))
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-drawn]")
    page.click("header b")
    assert page.evaluate("window.pwned") is None
    assert page.locator("h1").is_visible()
    assert failures == ["csp"]  # stopped by the policy, not by the missing network
    assert len([text for text in refused if "Content Security Policy" in text]) >= 4
    context.close()
