"""Wikidata in all its forms, on invented items: each form gives the same rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from wikidata_items import (
    FULL,
    LUMEN,
    ROWS,
    day,
    entity,
    errors,
    form,
    forms,
    item,
    lines,
    said,
    table,
    written,
    year,
)

from kg.loaders import _wikidata_time
from kg.loaders._readers import wikidata


def test_each_form_gives_the_same(tmp_path: Path) -> None:
    count = 0
    for name, path in forms(tmp_path):
        count += 1
        found = [(r["property"], r["value"], r["start"], r["end"]) for r in table(path)]
        assert sorted(found) == sorted(ROWS), name
        assert {r["state"] for r in table(path)} == {""}, name
        (row,) = table(path, "items")
        assert (row["id"], row["class"], row["label"]) == ("Q1", "SpaceAgency", "Lumen en"), name
        assert (row["label_ja"], row["alias_fr"], row["P247"]) == ("Lumen ja", "Lueur", "2031-001A")
        assert errors(path) == [], name
    assert count == 14


def test_statements_are_found_again_by_their_names(tmp_path: Path) -> None:
    path = written(tmp_path, "a.json", json.dumps(LUMEN))
    assert {row[2] for row in wikidata.read(path, form("statements")).rows} == {"#Q1$0-normal"}
    assert [row[2] for row in wikidata.read(path, form("items")).rows] == ["#Q1"]
    path = written(tmp_path, "a.ttl", FULL)
    assert "#Q1-b" in {row[2] for row in wikidata.read(path, form("statements")).rows}


def test_a_file_of_one_item_is_dated(tmp_path: Path) -> None:
    path = written(tmp_path, "a.json", json.dumps(LUMEN))
    assert wikidata.read(path, form("items")).comments == ["modified 2031-05-06T07:08:09Z"]
    assert wikidata.read(written(tmp_path, "b.json", lines(3)), form("items")).comments == []
    assert len(table(written(tmp_path, "c.json", lines(5)), "items")) == 5


RESULTS = {
    "head": {"vars": ["item", "itemLabel", "inception", "type", "mass"]},
    "results": {
        "bindings": [
            {
                "item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q1"},
                "itemLabel": {"type": "literal", "value": "Lumen", "xml:lang": "en"},
                "inception": {
                    "type": "literal",
                    "value": "2001-01-01T00:00:00Z",
                    "datatype": "http://www.w3.org/2001/XMLSchema#dateTime",
                },
                "type": {"type": "uri", "value": "http://www.wikidata.org/entity/Q17505024"},
            },
            {
                "item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q1"},
                "mass": {"type": "literal", "value": "12"},
            },
            {"mass": {"type": "literal", "value": "12"}},
        ]
    },
}


def test_results_of_a_query(tmp_path: Path) -> None:
    path = written(tmp_path, "results.json", json.dumps(RESULTS))
    (row,) = table(path, "items")
    assert (row["id"], row["label"], row["class"]) == ("Q1", "Lumen", "SpaceAgency")
    found = {(r["property"], r["value"]) for r in table(path)}
    assert found == {("P571", "2001"), ("P31", "Q17505024"), ("?mass", "12")}
    assert errors(path) == [f"{path}:1: a result without an item of Wikidata"]


def test_results_in_short_form(tmp_path: Path) -> None:
    short = [
        {"item": "http://www.wikidata.org/entity/Q1", "itemLabel": "Lumen", "P247": "2031-001A"}
    ]
    path = written(tmp_path, "query.json", json.dumps(short))
    (row,) = table(path, "items")
    assert (row["label"], row["label_language"], row["P247"]) == ("Lumen", "und", "2031-001A")


def states(tmp_path: Path, **claims: Any) -> list[tuple[str, str]]:
    path = written(tmp_path, "one.json", json.dumps(entity(**claims)))
    return [(r["value"], r["state"]) for r in table(path)]


def test_what_does_not_count(tmp_path: Path) -> None:
    unknown = {"mainsnak": {"snaktype": "somevalue"}, "rank": "normal"}
    none = {"mainsnak": {"snaktype": "novalue"}, "rank": "normal"}
    assert states(tmp_path, P17=[unknown]) == [("", "somevalue")]
    assert states(tmp_path, P576=[none]) == [("", "novalue")]
    assert states(tmp_path, P17=[said(item("Q2"), "deprecated")]) == [("Q2", "deprecated")]
    assert states(tmp_path, P571=[said(day("-0044-03-15T00:00:00Z"))]) == [("", "no-date")]


def test_a_preferred_statement_outranks_those_without_dates_of_their_own(tmp_path: Path) -> None:
    found = states(
        tmp_path,
        P17=[
            said(item("Q2")),
            said(item("Q3"), P582=day("+2009-00-00T00:00:00Z", 9)),
            said(item("Q4"), "preferred"),
        ],
    )
    assert found == [("Q2", "outranked"), ("Q3", ""), ("Q4", "")]


def test_what_is_still_to_come_has_not_happened(tmp_path: Path) -> None:
    assert states(tmp_path, P619=[said(day("+2033-04-05T00:00:00Z"))]) == [("2033-04-05", "future")]
    assert states(tmp_path, P619=[said(day("+2031-00-00T00:00:00Z", 9))]) == [("2031", "unsure")]
    assert states(tmp_path, P619=[said(day("+2031-05-06T00:00:00Z"))]) == [("2031-05-06", "")]
    begun = said(item("Q9"), P580=day("+2032-00-00T00:00:00Z", 9))
    assert states(tmp_path, P1037=[begun]) == [("Q9", "future")]


def test_of_several_dates_one_is_right(tmp_path: Path) -> None:
    exact, year = day("+2001-02-03T00:00:00Z"), day("+2001-00-00T00:00:00Z", 9)
    found = states(tmp_path, P571=[said(year), said(exact)])
    assert found == [("2001", "repeated"), ("2001-02-03", "")]
    other = day("+2002-00-00T00:00:00Z", 9)
    assert [s for _, s in states(tmp_path, P571=[said(exact), said(other)])] == ["several"] * 2


def test_terms_are_numbered_and_told_apart_from_what_lasts(tmp_path: Path) -> None:
    terms = [
        said(item("Q9"), P580=year(2010), P582={"snaktype": "somevalue"}),
        said(item("Q9"), P580=year(2005), P582=year(2007)),
        said(item("Q8"), P580=year(2020), P582={"snaktype": "novalue"}),
    ]
    rows = table(written(tmp_path, "a.json", json.dumps(entity(P1037=terms))))
    found = [(r["value"], r["start"], r["end"], r["ended"], r["turn"]) for r in rows]
    assert found == [
        ("Q9", "2010", "", "yes", "2"),
        ("Q9", "2005", "2007", "yes", ""),
        ("Q8", "2020", "..", "no", ""),
    ]


@pytest.mark.parametrize(
    ("time", "precision", "expected"),
    [
        ("+1958-07-29T00:00:00Z", 11, "1958-07-29"),
        ("+1958-07-00T00:00:00Z", 10, "1958-07"),
        ("+1985-00-00T00:00:00Z", 9, "1985"),
        ("+1950-00-00T00:00:00Z", 8, "195X"),
        ("+2000-00-00T00:00:00Z", 7, "[1901..2000]"),
        ("+1901-00-00T00:00:00Z", 7, "[1901..2000]"),
        ("+1958-02-30T00:00:00Z", 11, ""),
        ("+1958-07-29T00:00:00Z", 14, ""),
        ("+1958-07-29T00:00:00Z", 6, ""),
    ],
)
def test_precision_is_kept(time: str, precision: int, expected: str) -> None:
    assert _wikidata_time.edtf(time, precision) == expected


@pytest.mark.parametrize(
    ("julian", "expected"),
    [
        ("+1582-10-05T00:00:00Z", "1582-10-15"),
        ("+1900-02-29T00:00:00Z", "1900-03-13"),
        ("+1917-10-25T00:00:00Z", "1917-11-07"),
    ],
)
def test_julian_days_are_converted(julian: str, expected: str) -> None:
    assert _wikidata_time.edtf(julian, 11, julian=True) == expected
    assert _wikidata_time.edtf(julian, 10, julian=True) == julian[1:5]


def test_a_time_without_precision_is_read_as_the_widest_it_can_mean() -> None:
    assert _wikidata_time.of_text("1926") == "1926"
    assert _wikidata_time.of_text("1958-01-01T00:00:00Z") == "1958"
    assert _wikidata_time.of_text("1958-03-01T00:00:00Z") == "1958-03"
    assert _wikidata_time.of_text("1958-03-02T00:00:00Z") == "1958-03-02"
    assert _wikidata_time.of_text("soon") == ""


def test_circa_is_marked(tmp_path: Path) -> None:
    about = said(day("+2001-00-00T00:00:00Z", 9), P1480=item("Q5727902"))
    assert states(tmp_path, P571=[about]) == [("2001~", "")]
