"""EDTF against the examples of its specification (Library of Congress, 4 February 2019)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.period import Answer, Period, attested, bounds_of_set, combine, describe, parse, slug

YES, NO, POSSIBLE, NOT_STATED = Answer.YES, Answer.NO, Answer.POSSIBLE, Answer.NOT_STATED


def day(text: str) -> date:
    return date.fromisoformat(text)


def bounds(period: Period) -> tuple[str, ...]:
    four = (period.start_earliest, period.start_latest, period.end_earliest, period.end_latest)
    return tuple(str(d) if d else "" for d in four)


# One day out of those from first to last ("" for no bound).
DAYS = [
    # level 0
    ("1985-04-12", "1985-04-12", "1985-04-12"),
    ("1985-04", "1985-04-01", "1985-04-30"),
    ("1985", "1985-01-01", "1985-12-31"),
    ("1985-04-12T23:20:30", "1985-04-12", "1985-04-12"),
    ("1985-04-12T23:20:30Z", "1985-04-12", "1985-04-12"),
    ("1985-04-12T23:20:30-04", "1985-04-12", "1985-04-12"),
    ("1985-04-12T23:20:30+04:30", "1985-04-12", "1985-04-12"),
    # level 1: seasons
    ("2001-21", "2001-03-01", "2001-05-31"),
    ("2001-22", "2001-06-01", "2001-08-31"),
    ("2001-23", "2001-09-01", "2001-11-30"),
    ("2001-24", "2001-12-01", "2002-02-28"),
    ("2003-24", "2003-12-01", "2004-02-29"),
    # level 1: qualified; one unit of the precision on either side
    ("1984?", "1982-12-31", "1986-01-01"),
    ("2004-06~", "2004-05-01", "2004-07-31"),
    ("2004-06-11%", "2004-06-10", "2004-06-12"),
    # level 1: unspecified digits from the right
    ("201X", "2010-01-01", "2019-12-31"),
    ("20XX", "2000-01-01", "2099-12-31"),
    ("2004-XX", "2004-01-01", "2004-12-31"),
    ("1985-04-XX", "1985-04-01", "1985-04-30"),
    ("2024-02-XX", "2024-02-01", "2024-02-29"),
    ("1985-XX-XX", "1985-01-01", "1985-12-31"),
    # level 2: quarters
    ("2001-33", "2001-01-01", "2001-03-31"),
    ("2001-34", "2001-04-01", "2001-06-30"),
    ("2001-35", "2001-07-01", "2001-09-30"),
    ("2001-36", "2001-10-01", "2001-12-31"),
    # level 2: one of a set
    ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31"),
    ("[..1760-12-03]", "", "1760-12-03"),
    ("[1760-12..]", "1760-12-01", ""),
    ("[1760-01,1760-02,1760-12..]", "1760-01-01", ""),
    ("[1667,1760-12]", "1667-01-01", "1760-12-31"),
    ("[..1984]", "", "1984-12-31"),
    ("[2023,2021]", "2021-01-01", "2023-12-31"),
    ("[..2025-07-09]", "", "2025-07-09"),
    ("[2025-07-09..2025-12-31]", "2025-07-09", "2025-12-31"),
    # edges
    ("2024-02-29", "2024-02-29", "2024-02-29"),
    ("2000-02-29", "2000-02-29", "2000-02-29"),
    ("000X", "0001-01-01", "0009-12-31"),
    ("9999", "9999-01-01", "9999-12-31"),
    ("0001~", "0001-01-01", "0003-01-01"),
    ("9999~", "9997-12-31", "9999-12-31"),
    (" 2009 ", "2009-01-01", "2009-12-31"),
]

INTERVALS = [
    # level 0
    ("1964/2008", "1964-01-01 1964-12-31 2008-01-01 2008-12-31"),
    ("2004-06/2006-08", "2004-06-01 2004-06-30 2006-08-01 2006-08-31"),
    ("2004-02-01/2005-02-08", "2004-02-01 2004-02-01 2005-02-08 2005-02-08"),
    ("2004-02-01/2005-02", "2004-02-01 2004-02-01 2005-02-01 2005-02-28"),
    ("2004-02-01/2005", "2004-02-01 2004-02-01 2005-01-01 2005-12-31"),
    ("2005/2006-02", "2005-01-01 2005-12-31 2006-02-01 2006-02-28"),
    # level 1: open end, open start, unknown end, unknown start
    ("1985-04-12/..", "1985-04-12 1985-04-12 - -"),
    ("1985-04/..", "1985-04-01 1985-04-30 - -"),
    ("1985/..", "1985-01-01 1985-12-31 - -"),
    ("../1985-04-12", "0001-01-01 0001-01-01 1985-04-12 1985-04-12"),
    ("../1985-04", "0001-01-01 0001-01-01 1985-04-01 1985-04-30"),
    ("../1985", "0001-01-01 0001-01-01 1985-01-01 1985-12-31"),
    ("1985-04-12/", "1985-04-12 1985-04-12 - -"),
    ("1985-04/", "1985-04-01 1985-04-30 - -"),
    ("1985/", "1985-01-01 1985-12-31 - -"),
    ("/1985-04-12", "- - 1985-04-12 1985-04-12"),
    ("/1985-04", "- - 1985-04-01 1985-04-30"),
    ("/1985", "- - 1985-01-01 1985-12-31"),
    ("/..", "- - - -"),
    # unspecified and qualified ends
    ("198X/..", "1980-01-01 1989-12-31 - -"),
    ("1984~/2004-06", "1982-12-31 1986-01-01 2004-06-01 2004-06-30"),
    ("2004-06-XX/2004-07-03", "2004-06-01 2004-06-30 2004-07-03 2004-07-03"),
    ("2001-21/2003", "2001-03-01 2001-05-31 2003-01-01 2003-12-31"),
    ("2009/2009", "2009-01-01 2009-12-31 2009-01-01 2009-12-31"),
]

REFUSED = {
    "2023-02-29": "names a day that does not exist",
    "1900-02-29": "names a day that does not exist",
    "1985-13": "names a day that does not exist",
    "1985-00": "names a day that does not exist",
    "2021-04-31": "names a day that does not exist",
    "2021-04-00": "names a day that does not exist",
    "0000": "names a day that does not exist",
    "2001-XX-05": "names a day that does not exist",
    "2001-21-05": "names a day that does not exist",
    "198X-05": "names a day that does not exist",
    "2005/2004": "ends before it starts",
    "2004-06/2004-05": "ends before it starts",
    "2025-07-09/2025-07-08": "ends before it starts",
    "[2005..2004]": "ends before it starts",
    "09/07/2025": "no EDTF",
    "2020/2021/2022": "is no EDTF interval",
    "/": "is no EDTF interval",
    "../..": "is no EDTF interval",
    "2004-01-01T10:10:10Z/2005": "is no EDTF interval",
    "9.7.2025": "write year-month-day",
    "2025-7-9": "is no EDTF date",
    "20250709": "is no EDTF date",
    "July 2025": "write it without spaces",
    "[1667, 1668]": "write it without spaces",
    "": "is no EDTF date",
    "..": "is no EDTF date",
    "2021..2022": "is no EDTF date",
    "[]": "is no EDTF set",
    "[..]": "is no EDTF set",
    "[2021": "is no EDTF set",
    "2021]": "is no EDTF date",
    "[2020/2021]": "is no EDTF date",
    "[2021,]": "is no EDTF date",
    "1X85": "is no EDTF date",
    "XXXX": "is no EDTF date",
    "２０２１": "is no EDTF date",
    "1985-04-12T24:00:00": "is no EDTF date",
    "1985-04-12T23:60:00": "is no EDTF date",
    "1985-04-12T99:99:99": "is no EDTF date",
    "1985-04-12T23:20:30+99": "is no EDTF date",
    "1985T23:20:30": "is no EDTF date",
    "1985-04-XXT23:20:30": "is no EDTF date",
    # of the specification, but beyond what we promise: refused, never misread
    "Y170000002": "only the years 0001 to 9999",
    "-1985": "only the years 0001 to 9999",
    "1950S2": "is no EDTF date",
    "2001-32": "names a day that does not exist",
    "2001-37": "names a day that does not exist",
    "{1667,1668}": "is no EDTF date",
    "2004-06~-11": "is no EDTF date",
    "?2004-06-11": "is no EDTF date",
    "156X-12-25": "names a day that does not exist",
}


@pytest.mark.parametrize(("text", "first", "last"), DAYS, ids=[d[0] for d in DAYS])
def test_days_of_the_specification(text: str, first: str, last: str) -> None:
    found = parse(text)
    assert found.kind == "set"
    assert bounds(found) == (first, last, first, last)
    assert tuple(str(d) if d else "" for d in bounds_of_set(found)) == (first, last)
    assert found.edtf == text.strip()
    assert not found.open_end


@pytest.mark.parametrize(("text", "expected"), INTERVALS, ids=[i[0] for i in INTERVALS])
def test_intervals_of_the_specification(text: str, expected: str) -> None:
    found = parse(text)
    assert found.kind == "interval"
    assert " ".join(b or "-" for b in bounds(found)) == expected
    assert found.open_end == text.endswith("..")


@pytest.mark.parametrize("text", REFUSED, ids=repr)
def test_refusals_say_what_is_wrong(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text)
    assert REFUSED[text] in str(caught.value)
    assert text in caught.value.message or text[1:-1].split(",")[-1] in caught.value.message


ON = [
    # question 13 and vocabulary.md: partners since the 1980s, said on 2025-07-09
    ("198X/..", ["2025-07-09"], "1979-12-31", NO),
    ("198X/..", ["2025-07-09"], "1980-01-01", POSSIBLE),
    ("198X/..", ["2025-07-09"], "1985-06-01", POSSIBLE),
    ("198X/..", ["2025-07-09"], "1989-12-31", YES),
    ("198X/..", ["2025-07-09"], "1990-01-01", YES),
    ("198X/..", ["2025-07-09"], "2025-07-09", YES),
    ("198X/..", ["2025-07-09"], "2025-07-10", POSSIBLE),
    ("198X/..", [], "1990-01-01", POSSIBLE),
    ("198X/..", ["2025-07-09", "2030-01-01"], "2029-12-31", YES),
    # start not stated, still so
    ("/..", ["2025-07-09"], "2025-07-09", YES),
    ("/..", ["2025-07-09"], "2025-07-08", NOT_STATED),
    ("/..", ["2025-07-09"], "2025-07-10", POSSIBLE),
    # an extent with vague ends
    ("2009/2010", [], "2008-12-31", NO),
    ("2009/2010", [], "2009-06-01", POSSIBLE),
    ("2009/2010", [], "2009-12-31", YES),
    ("2009/2010", [], "2010-01-01", YES),
    ("2009/2010", [], "2010-06-01", POSSIBLE),
    ("2009/2010", [], "2011-01-01", NO),
    # a side without bound
    ("2021/", [], "2020-12-31", NO),
    ("2021/", [], "2022-01-01", NOT_STATED),
    ("2021/", [], "2021-06-01", NOT_STATED),
    ("2021/", ["2025-01-01"], "2024-12-31", YES),
    ("2021/", ["2025-01-01"], "2025-01-02", NOT_STATED),
    ("/2010", [], "2011-01-01", NO),
    ("/2010", [], "2009-01-01", NOT_STATED),
    ("../2010", [], "2009-01-01", YES),
    ("../2010", [], "2010-06-01", POSSIBLE),
    # one day within bounds is never true of the whole (a plan's window read as extent said yes)
    ("[2025-07-09..2025-12-31]", [], "2025-08-01", POSSIBLE),
    ("[2025-07-09..2025-12-31]", [], "2025-07-08", NO),
    ("[2025-07-09..2025-12-31]", [], "2026-01-01", NO),
    ("[..2025-07-09]", [], "1900-01-01", POSSIBLE),
    ("[..2025-07-09]", [], "2025-07-10", NO),
    ("2009", [], "2009-06-01", POSSIBLE),
    ("2009", [], "2010-01-01", NO),
    ("2009", ["2009-03-01", "2009-09-01"], "2009-06-01", POSSIBLE),
    ("2025-10-29", [], "2025-10-29", YES),
    ("2025-10-29", [], "2025-10-30", NO),
]


@pytest.mark.parametrize(("text", "said", "asked", "answer"), ON)
def test_answers_on_a_day(text: str, said: list[str], asked: str, answer: Answer) -> None:
    assert parse(text).on(day(asked), [day(s) for s in said]) == answer


def test_what_has_no_period_is_known_only_on_the_days_attested() -> None:
    """Questions 3 and 4: the head on 9 July is stated, the one of 8 July is not."""
    said = [day("2025-07-09")]
    assert attested(said, day("2025-07-09")) == YES
    assert attested(said, day("2025-07-08")) == NOT_STATED
    assert attested([], day("2025-07-09")) == NOT_STATED


def test_a_joint_fact_is_as_sure_as_its_weakest_part() -> None:
    assert combine([YES, POSSIBLE]) == POSSIBLE
    assert combine([POSSIBLE, NOT_STATED]) == NOT_STATED
    assert combine([YES, NO, NOT_STATED]) == NO
    assert combine([YES, YES]) == YES


def test_in_words() -> None:
    assert describe("") == "not stated"
    assert describe("2021/..") == "from 2021 on"
    assert describe("/..") == "ongoing, start not stated"
    assert describe("2009/") == "from 2009, end not stated"
    assert describe("2009/2010-05") == "from 2009 to 2010-05"
    assert describe("2025-07-09") == "on 2025-07-09"
    assert describe("2009") == "in 2009"
    assert describe("[..2025-07-09]") == "on or before 2025-07-09"
    assert describe("[2025-07-09..]") == "on or after 2025-07-09"
    assert describe("[2025-07-09..2025-12-31]") == "a day from 2025-07-09 to 2025-12-31"


# --- properties

days = st.dates(date(1000, 1, 1), date(2999, 12, 31))
plain = st.one_of(
    days.map(lambda d: d.isoformat()),
    days.map(lambda d: d.isoformat()[:7]),
    days.map(lambda d: d.isoformat()[:4]),
    days.map(lambda d: d.isoformat()[:3] + "X"),
    days.map(lambda d: d.isoformat()[:8] + "XX"),
    st.builds(lambda d, s: f"{d.year:04}-{s}", days, st.integers(21, 24)),
)
dates = st.builds(lambda d, mark: d + mark, plain, st.sampled_from(["", "", "?", "~", "%"]))
side = st.one_of(st.just(""), st.just(".."), dates)
expressions = st.one_of(
    dates,
    st.builds("{}/{}".format, side, side),
    st.builds("[{}..{}]".format, dates, dates),
    dates.map("[..{}]".format),
    dates.map("[{}..]".format),
    st.lists(dates, min_size=1, max_size=3).map(lambda ds: "[" + ",".join(ds) + "]"),
)


def parsed(text: str) -> Period | None:
    try:
        return parse(text)
    except InputError:
        return None


@given(expressions)
def test_bounds_are_in_order(text: str) -> None:
    p = parsed(text)
    if p is None:
        assert ".." in text or "/" in text, "a single date that was made valid is refused"
        return
    if p.start_earliest and p.start_latest:
        assert p.start_earliest <= p.start_latest
    if p.end_earliest and p.end_latest:
        assert p.end_earliest <= p.end_latest
    if p.start_earliest and p.end_latest:
        assert p.start_earliest <= p.end_latest


@given(dates, dates, days)
def test_an_extent_says_yes_inside_and_no_outside(one: str, other: str, asked: date) -> None:
    p = parsed(f"{one}/{other}")
    if p is None:
        first, last = parse(one).start_earliest, parse(other).end_latest
        assert first and last and first > last
        return
    assert p.start_earliest and p.start_latest and p.end_earliest and p.end_latest
    answer = p.on(asked)
    if asked < p.start_earliest or asked > p.end_latest:
        assert answer == NO
    elif p.start_latest <= asked <= p.end_earliest:
        assert answer == YES
    else:
        assert answer == POSSIBLE


@given(dates, days)
def test_a_vague_day_is_never_certain(text: str, asked: date) -> None:
    p = parse(text)
    assert p.start_earliest and p.end_latest
    inside = p.start_earliest <= asked <= p.end_latest
    certain = p.start_earliest == p.end_latest
    assert p.on(asked) == ((YES if certain else POSSIBLE) if inside else NO)


@given(dates, days, st.integers(1, 4000))
def test_nothing_is_certain_after_the_last_attestation(text: str, said: date, later: int) -> None:
    p = parse(f"{text}/..")
    answer = p.on(said + timedelta(days=later), [said])
    assert answer in {POSSIBLE, NO}


@given(expressions, expressions)
def test_slugs_are_unique_and_safe(one: str, other: str) -> None:
    assert (slug(one) == slug(other)) == (one == other)
    assert set(slug(one)) <= set("0123456789-_.TXZabcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize(
    ("edtf", "name"),
    [
        ("198X/..", "198X_to_open"),
        ("[..2025-07-09]", "one-of_open2025-07-09"),
        ("[2023,2025]", "one-of_2023_or_2025"),
        ("1984?/2004-06~", "1984_uncertain_to_2004-06_approximate"),
        ("2004-06-11%", "2004-06-11_uncertain-approximate"),
        ("1985-04-12T23:20:30+04:30", "1985-04-12T23h20h30plus04h30"),
    ],
)
def test_slugs_are_frozen(edtf: str, name: str) -> None:
    """They are ends of IRIs, which others link to."""
    assert slug(edtf) == name


def test_slugs_of_all_examples_are_unique() -> None:
    texts = {d[0].strip() for d in DAYS} | {i[0] for i in INTERVALS}
    assert len(texts) == len(DAYS) + len(INTERVALS)
    assert len({slug(t) for t in texts}) == len(texts)


@given(st.text("0123456789X-/.,[]?~%TZ: ", max_size=16))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        assert parse(text).kind in {"interval", "set"}
    except InputError as error:
        assert error.message
