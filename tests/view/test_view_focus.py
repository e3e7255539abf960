"""Groups, focus, leaves and pins: the control does what it says.

Any request or console message fails the test.
"""

import json

import pytest
from view_samples import BASE, crowd, grid, small
from view_steps import address, set_year, shown

from kg.view import Edge, Node, Picture, read_positions

pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"


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
