"""Pictures saved, printed, and the labels in them.

Any request or console message fails the test.
"""

import re
import xml.etree.ElementTree as ET

import pytest
from view_samples import crowd, foreign, grid, hostile, small, timed
from view_steps import set_year

pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"


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
