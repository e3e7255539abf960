"""What the page is made of: groups and their regions, years, saved positions, colours, scripts."""

import json
import random
import re
from pathlib import Path

import pytest
from view_samples import BASE, crowd, small

from kg.errors import InputError, KGError
from kg.period import parse
from kg.projection import Filter
from kg.view import read_positions, render
from kg.view.clusters import LIMIT, gather
from kg.view.page import SCRIPTS
from kg.view.records import records
from kg.view.regions import arrange
from kg.view.spans import spans

VIEW = Path(__file__).parents[2] / "kg" / "view"


def star(hubs, leaves):
    """Hubs 0 to hubs - 1, each with so many items of its own."""
    links = [(h, hubs + h * leaves + i) for h in range(hubs) for i in range(leaves)]
    return ["actor"] * hubs + ["mission"] * hubs * leaves, links


def test_each_item_gathers_round_the_hub_it_is_linked_to():
    groups, links = star(3, 40)
    found = gather(groups, links)
    for cluster in found[:3]:
        assert cluster.hub in (0, 1, 2)
        assert {item for a, item in links if a == cluster.hub} <= set(cluster.members)
    assert sorted(item for cluster in found for item in cluster.members) == list(range(123))


def test_what_touches_no_hub_goes_with_its_neighbours_or_into_the_last_group():
    groups, links = star(10, 40)
    n = len(groups)
    chain = [(10, n), (n, n + 1), (n + 2, n + 3)]
    found = gather([*groups, "event", "person", "person", "event"], links + chain)
    home = {item: number for number, cluster in enumerate(found) for item in cluster.members}
    assert home[n] == home[n + 1] == home[10]
    assert found[-1].hub is None
    assert found[-1].members == (n + 2, n + 3)


def test_ties_go_to_the_less_busy_hub():
    groups, links = star(10, 10)
    links += [(0, len(groups)), (1, len(groups)), (0, 30), (0, 31)]
    found = gather([*groups, "mission"], links)
    [home] = [cluster for cluster in found if len(groups) in cluster.members]
    assert home.hub == 1


def test_groups_do_not_hang_on_the_order_of_links():
    groups, links = star(12, 30)
    links += [(i, i * 7 % len(groups)) for i in range(len(groups))]
    expected = gather(groups, links)
    mixed = [(b, a) for a, b in links]
    random.Random(1).shuffle(mixed)
    assert gather(groups, mixed) == expected
    spots = arrange(groups, links, expected, 7)
    assert arrange(groups, mixed, expected, 7) == spots


def test_regions_hold_their_items_and_do_not_overlap():
    groups, links = star(14, 25)
    links += [(i, (i + 1) % 14) for i in range(14)] + [(15, 300), (16, 200)]
    clusters = gather(groups, links)
    spots, regions = arrange(groups, links, clusters, 7)
    assert len(regions) >= 10
    for cluster, (x, y, r) in zip(clusters, regions, strict=True):
        for item in cluster.members:
            assert (spots[item][0] - x) ** 2 + (spots[item][1] - y) ** 2 < r * r
    for i, (x, y, r) in enumerate(regions):
        for u, v, s in regions[:i]:
            assert (x - u) ** 2 + (y - v) ** 2 > (r + s - 2) ** 2


def test_only_large_pictures_are_gathered():
    assert records(small(), seed=7).regions == []
    assert records(crowd(LIMIT - 5), seed=7).regions == []
    assert len(records(crowd(), seed=7).regions) >= 3
    assert records(crowd(), seed=7, flat=True).regions == []


def test_no_item_gathers_twice_and_the_page_repeats_itself():
    picture = crowd()
    assert render(picture) == render(picture)


# ---- years -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([("1999/2001", ())], ((1999, 1999, "yes"), (2000, 2000, "yes"), (2001, 2001, "yes"))),
        ([("2003", ())], ((2003, 2003, "yes"),)),
        ([("[1998..2000]", ())], ((1998, 2000, "possible"),)),
        ([("", ("2001-05-05",))], ((1995, 2000, "not stated"), (2001, 2001, "yes"))),
        ([("", ())], ()),
    ],
)
def test_spans_say_when_a_link_holds(said, expected):
    found = spans(said, 1995, 2005)
    years = {year: word for first, last, word in found for year in range(first, last + 1)}
    for first, last, word in expected:
        assert all(years[year] == word for year in range(first, last + 1))
    assert bool(found) == bool(expected)


def test_an_open_end_is_only_possible_after_the_last_statement():
    found = spans([("2000/..", ("2003-06-01",))], 1998, 2006)
    assert found == ((2000, 2003, "yes"), (2004, 2006, "possible"))


def test_a_date_overrules_claims_without_one():
    assert spans([("", ("2005-01-01",)), ("2001", ())], 2000, 2006) == ((2001, 2001, "yes"),)


@pytest.mark.parametrize(
    "edtf", ["198X/2001", "/2005", "../2005", "[..2010]", "2001~/2010?", "2000/"]
)
def test_spans_agree_with_the_period_asked_year_by_year(edtf):
    found = {y: w for a, b, w in spans([(edtf, ())], 1975, 2031) for y in range(a, b + 1)}
    for year in range(1975, 2032):
        answer = Filter(from_year=year, to_year=year).when(parse(edtf))
        assert found.get(year, "no") == str(answer)
    assert found


def test_without_spans_a_link_is_only_possible_between_its_years():
    edges = records(small(), seed=7).edges
    by_role = {edge["role"] + edge["status"]: edge["spans"] for edge in edges}
    assert by_role["leadoccurred"] == [[1999, None, "possible"]]
    assert by_role["partnerintended"] == []


# ---- positions -------------------------------------------------------------------------------


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_positions_overrule_the_layout(tmp_path):
    saved = {"format": "kg-positions/1", "positions": {f"{BASE}north": [12, -34.4], "gone": [1, 2]}}
    places = read_positions(write(tmp_path / "p.json", json.dumps(saved)))
    nodes = {n["iri"]: n for n in records(small(), seed=7, positions=places).nodes}
    assert (nodes[f"{BASE}north"]["x"], nodes[f"{BASE}north"]["y"]) == (12, -34)
    assert nodes[f"{BASE}north"]["pinned"] is True
    assert "pinned" not in nodes[f"{BASE}south"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is no JSON"),
        ("[]", 'lacks "format"'),
        ('{"format": "kg-positions/1"}', 'lacks "positions"'),
        ('{"format": "kg-positions/1", "positions": {"a": [1]}}', "no pair of numbers"),
        ('{"format": "kg-positions/1", "positions": {"a": [1, NaN]}}', "no pair of numbers"),
        ('{"format": "kg-positions/1", "positions": {"a": [1, 1e99]}}', "no pair of numbers"),
        ('{"format": "kg-positions/1", "positions": {"a": [true, 2]}}', "no pair of numbers"),
    ],
)
def test_a_bad_file_of_positions_is_refused(tmp_path, text, message):
    path = write(tmp_path / "p.json", text)
    with pytest.raises(InputError, match=message) as caught:
        read_positions(path)
    assert "p.json" in str(caught.value)


def test_a_missing_file_and_positions_of_other_things_are_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_positions(str(tmp_path / "none.json"))
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="no UTF-8"):
        read_positions(str(tmp_path / "bytes.json"))
    with pytest.raises(KGError, match="None of the saved positions"):
        render(small(), positions={"elsewhere": (1.0, 2.0)})


# ---- colours and scripts ---------------------------------------------------------------------


def light(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Contrast ratio of WCAG 2.2."""
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [":root {", ":root[data-theme=dark] {"])
def test_symbols_and_lines_stand_out_from_the_drawing(theme):
    css = (VIEW / "page.css").read_text("utf-8")
    block = css[css.index(theme) :].split("}")[0]
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))
    signs = {n: c for n, c in colours.items() if n.startswith(("g-", "s-", "accent", "focus"))}
    assert len(signs) == 17
    faint = {n: round(contrast(c, colours["canvas"]), 2) for n, c in signs.items()}
    assert {n: ratio for n, ratio in faint.items() if ratio < 3} == {}
    for ground in ("canvas", "card", "back", "bubble"):
        assert contrast(colours["ink"], colours[ground]) > 7 if ground in colours else True
    assert len({colours[n] for n in colours if n.startswith("g-")}) == 9


def test_scripts_are_short_and_all_are_used():
    found = sorted(VIEW.glob("js/*.js"))
    assert len(found) >= 15
    assert {path.stem for path in found} == set(SCRIPTS)
    lengths = {path.name: len(path.read_text("utf-8").splitlines()) for path in found}
    assert {name: n for name, n in lengths.items() if n >= 300} == {}
    whole = "".join(path.read_text("utf-8") for path in found)
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|fetch\(", whole
    )
