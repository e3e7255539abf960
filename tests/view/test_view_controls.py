"""Each control of the page does what it says. Any request or console message fails the test."""

import json
import re
import xml.etree.ElementTree as ET

import pytest
from view_samples import BASE, crowd, fact, foreign, grid, hostile, small, timed

from kg.view import Edge, Node, Picture, read_positions

pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"


def shown(page):
    return page.evaluate("kgPage.nodes.filter(n => n.shown).map(n => n.label)")


def set_year(page, year):
    page.evaluate(
        "y => { const s = document.getElementById('year'); s.value = y;"
        " s.dispatchEvent(new Event('input')); }",
        year,
    )


def answers(page):
    return page.evaluate("Object.fromEntries(kgPage.edges.map(e => [e.role, e.kept && e.answer]))")


def address(page):
    page.wait_for_timeout(250)
    return page.evaluate("location.hash")


def look(page, role):
    """The batches of ink in which the line of a role is drawn, from the saved picture."""
    return page.evaluate(
        """role => { const edge = kgPage.edges.find(e => e.role === role);
        return kgPage.scene().batches.filter(b => b.courses.some(c => c.edge === edge.id))
        .map(b => ({dash: b.dash, alpha: b.alpha, width: b.width, colour: b.colour})); }""",
        role,
    )


# ---- the year ------------------------------------------------------------------------------


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


# ---- groups, focus, leaves, pins -------------------------------------------------------------


def test_a_large_picture_opens_on_groups_that_unfold(visit):
    page = visit(crowd())
    regions = page.evaluate("kgPage.regions.map(r => [r.label, r.count, r.shown])")
    assert len(regions) >= 3
    assert sum(count for _, count, _ in regions) == 425
    assert len(shown(page)) < 30
    page.evaluate("document.getElementById('graph').focus()")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    after = len(shown(page))
    assert after > 100
    page.click("#unfold-all")
    assert len(shown(page)) == 425
    page.click("#gather-all")
    assert len(shown(page)) < 30


def test_a_click_on_a_group_unfolds_it(visit):
    page = visit(crowd())
    at = page.evaluate(
        """() => { const r = kgPage.regions.find(r => r.shown);
        const p = kgPage.network.canvasToDOM({x: r.x, y: r.y});
        const b = document.querySelector('#graph').getBoundingClientRect();
        return [p.x + b.x, p.y + b.y]; }"""
    )
    before = len(shown(page))
    page.mouse.click(*at)
    page.wait_for_timeout(400)
    assert len(shown(page)) > before + 100


def test_search_finds_what_is_in_a_closed_group(visit):
    page = visit(crowd())
    page.fill("#search", "Item 419")
    page.keyboard.press("Enter")
    assert "Item 419" in shown(page)
    assert page.locator("#panel-title").inner_text() == "Item 419"
    page.click("text=Fold this group")
    assert "Item 419" not in shown(page)
    assert page.locator("#panel").is_hidden()


def test_flat_draws_every_item(visit):
    page = visit(crowd(), flat=True)
    assert len(shown(page)) == 425
    assert page.locator("#unfold-all").is_hidden()


def bundles(page):
    """How ties between groups are drawn: dashes, alpha and width."""
    return page.evaluate(
        """() => kgPage.scene().batches.flatMap(b => b.courses.filter(c => c.edge === undefined)
        .map(() => [b.dash !== '', b.alpha, b.width * kgPage.network.getScale() > 5]))"""
    )


def test_a_tie_of_groups_says_planned_uncertain_and_undated_as_a_line_does(visit):
    names = [f"{BASE}h{h}" for h in range(3)]
    nodes = [Node(name, name[-2:], "Space agency", "actor") for name in names]
    nodes += [Node(f"{BASE}i{i:03}", f"I{i}", "Mission", "mission") for i in range(300)]
    own = [Edge(names[i % 3], f"{BASE}i{i:03}", "partner") for i in range(300)]
    planned = Edge(names[0], names[1], "partner", status="planned", spans=((2010, 2010, "yes"),))
    undated = Edge(names[1], names[2], "partner", spans=())
    perhaps = Edge(names[0], names[2], "partner", first_year=2000, last_year=2012)
    page = visit(Picture("Ties", "", tuple(nodes), (*own, planned, undated, perhaps)))
    assert sorted(dashed for dashed, _, _ in bundles(page)) == [False, False, True]
    assert not any(hatched for _, _, hatched in bundles(page))
    set_year(page, 2001)
    now = bundles(page)
    assert [hatched for _, _, hatched in now].count(True) == 1  # only what may hold
    assert len(now) == 3  # hatch and line of the one, the undated one; the planned one not yet
    pale = min(alpha for _, alpha, _ in now)
    assert [alpha for _, alpha, _ in now].count(pale) == 1


def test_focus_keeps_neighbours_and_goes_further(visit):
    page = visit(small())
    page.fill("#search", "lone")
    page.keyboard.press("Enter")
    page.click("text=Focus on neighbours")
    assert shown(page) == ["Lone Study"]
    page.click("#all")
    page.fill("#search", "sud")
    page.keyboard.press("Enter")
    page.click("text=Focus on neighbours")
    assert len(shown(page)) == 3
    page.click("text=One link further")
    assert page.evaluate("kgPage.state.focus.depth") == 2
    page.click("#all")
    assert len(shown(page)) == 4


def test_focus_in_a_large_picture_brings_neighbours_near(visit):
    page = visit(crowd())
    page.fill("#search", "Item 7")
    page.keyboard.press("Enter")
    before = page.evaluate("kgPage.nodes.map(n => [n.x, n.y])")
    page.click("text=Focus on neighbours")
    assert len(shown(page)) <= 4
    page.click("#all")
    assert page.evaluate("kgPage.nodes.map(n => [n.x, n.y])") == before


def test_leaves_fold_into_their_item(visit):
    star = Picture(
        "Star",
        "",
        tuple(Node(f"{BASE}{i}", f"N{i}", "Mission", "mission") for i in range(5)),
        tuple(Edge(f"{BASE}0", f"{BASE}{i}", "partner") for i in range(1, 5)),
    )
    page = visit(star)
    page.fill("#search", "N0")
    page.keyboard.press("Enter")
    page.click("text=Fold leaves")
    assert shown(page) == ["N0"]
    assert page.evaluate("kgPage.nodes[0].badge") == 4
    assert page.locator("#counts").inner_text() == "1 of 5 items, 0 of 4 links shown"
    page.click("text=Fold leaves")
    assert len(shown(page)) == 5


def test_a_dragged_item_stays_and_its_place_is_saved(visit, tmp_path):
    page = visit(small())
    box = page.locator("#graph").bounding_box()
    at = page.evaluate("kgPage.network.canvasToDOM(kgPage.nodes[1])")
    page.mouse.move(box["x"] + at["x"], box["y"] + at["y"])
    page.mouse.down()
    page.mouse.move(box["x"] + at["x"] + 40, box["y"] + at["y"] + 60, steps=4)
    page.mouse.up()
    assert page.evaluate("[...kgPage.state.pins].map(n => n.id)") == [1]
    with page.expect_download() as saving:
        page.click("#save-positions")
    file = tmp_path / "saved.json"
    saving.value.save_as(file)
    found = read_positions(str(file))
    assert list(found) == [f"{BASE}north"]
    moved = page.evaluate("[Math.round(kgPage.nodes[1].x), Math.round(kgPage.nodes[1].y)]")
    again = visit(small(), positions=found)
    assert again.evaluate("[kgPage.nodes[1].x, kgPage.nodes[1].y]") == moved
    assert again.evaluate("kgPage.state.pins.size") == 1


def test_a_large_picture_is_dragged_as_it_stands(visit):
    page = visit(grid(900), flat=True)
    box = page.locator("#graph").bounding_box()
    before = page.evaluate("kgPage.network.getViewPosition()")
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 105, box["y"] + 65, steps=5)
    page.mouse.up()
    after = page.evaluate("kgPage.network.getViewPosition()")
    assert after["x"] < before["x"]
    assert after["y"] < before["y"]
    assert "at=" in address(page)


def test_positions_of_everything_are_saved_where_nothing_is_pinned(visit):
    page = visit(small(), mobile=True)
    found = json.loads(page.evaluate("kgPage.positionsText()"))["positions"]
    assert len(found) == 4
    wide = json.loads(visit(small()).evaluate("kgPage.positionsText()"))["positions"]
    assert found == wide  # a phone turns the picture, not what is saved


def test_pin_and_unpin(visit):
    page = visit(small())
    page.fill("#search", "north")
    page.keyboard.press("Enter")
    pin = page.locator(".actions button", has_text="Pin")
    pin.click()
    assert pin.get_attribute("aria-pressed") == "true"
    assert "pin=north" in address(page)
    pin.click()
    assert "pin=" not in address(page)


# ---- the address -----------------------------------------------------------------------------


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


# ---- pictures --------------------------------------------------------------------------------


def test_svg_is_well_formed_and_says_what_when_and_from_where(visit, tmp_path):
    page = visit(timed())
    set_year(page, 2001)
    with page.expect_download() as saving:
        page.click("#save-svg")
    assert saving.value.suggested_filename == "Years.svg"
    file = tmp_path / "picture.svg"
    saving.value.save_as(file)
    root = ET.parse(file).getroot()
    text = " ".join(t.text or "" for t in root.iter(f"{SVG}text"))
    for part in ("2005-01-01", "A line is invented.", "Invented data, CC0", "Year shown: 2001"):
        assert part in text
    assert "may hold in that year" in text
    assert any(p.get("stroke-dasharray") for p in root.iter(f"{SVG}path"))
    assert not list(root.iter(f"{SVG}script"))
    assert not re.search(r"(href|url\()", file.read_text("utf-8"))


def test_svg_of_hostile_labels_holds_text_only(visit):
    page = visit(hostile())
    root = ET.fromstring(page.evaluate("kgPage.svgText()").encode())
    kinds = {node.tag.removeprefix(SVG) for node in root.iter()}
    assert kinds <= {"svg", "g", "path", "text", "rect", "title", "desc"}


def test_png_is_drawn_at_twice_the_size(visit, tmp_path):
    page = visit(small())
    with page.expect_download() as saving:
        page.click("#save-png")
    file = tmp_path / "picture.png"
    saving.value.save_as(file)
    head = file.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    width = page.evaluate("document.querySelector('#graph').clientWidth")
    assert int.from_bytes(head[16:20], "big") == 2 * width
    assert file.stat().st_size > 20_000


def test_print_carries_picture_legend_and_the_words_of_the_evidence(visit):
    page = visit(small())
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#rows .words").count() == 1
    assert "North, it says here, leads." in page.locator("#rows").inner_text()
    drawn = page.locator("#caption > svg").text_content()
    for part in ("North Agency", "Missions", "planned", "Invented data, CC0"):
        assert part in drawn
    assert page.locator(".bar").is_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#rows .words").count() == 0


# ---- labels ----------------------------------------------------------------------------------


def overlaps(page):
    return page.evaluate(
        """() => { const boxes = kgPage.scene().labels.map(l => l.box); let n = 0;
        boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {
          n += a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1]; }));
        return [boxes.length, n]; }"""
    )


@pytest.mark.parametrize("picture", [small, timed, crowd, foreign, lambda: grid(150)])
@pytest.mark.parametrize("mobile", [False, True])
def test_labels_never_overlap(visit, picture, mobile):
    page = visit(picture(), mobile=mobile)
    many, over = overlaps(page)
    assert many >= 3
    assert over == 0
    page.click("#zoom-in")
    assert overlaps(page)[1] == 0


def test_labels_of_every_script_are_drawn_whole_and_not_turned(visit):
    page = visit(foreign())
    lines = page.evaluate("kgPage.scene().labels.map(l => l.it.lines.join('')).sort()")
    assert "宇宙航空研究開発機構" in lines
    assert "Agency gnorw way" in lines
    assert max(map(len, lines)) < 60  # ten thousand letters are cut
    assert any("وكالة" in line for line in lines)
    page.fill("#search", "宇宙")
    page.keyboard.press("Enter")
    assert page.locator("#panel-title bdi").inner_text() == "宇宙航空研究開発機構"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# ---- keyboard and screen readers -------------------------------------------------------------


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
