"""Running a named query: parameters, days, rows that merge, and the evidence beside them."""

from dataclasses import replace
from datetime import date

import pytest

from kg import query, rows
from kg.errors import QueryError, UnknownNameError
from kg.evidence import supports
from kg.namespaces import iri
from kg.restrict import restrict

SEED = "csa-2025-07-09"
LEAD = iri(f"claim:participation.jaxa.xrism.lead.ongoing.{SEED}")
DAY = date(2025, 7, 9)


def run(view, name, on=None, **parameters):
    return query.run(view, name, parameters, on=on)


@pytest.fixture(scope="module")
def seed(full_view):
    return restrict(full_view, documents=[SEED])


def test_a_name_in_any_form_gives_the_same_answer(seed):
    first = run(seed, "q01", a="CSA", b="JAXA").rows
    assert first == run(seed, "q01", a="id:csa", b="宇宙航空研究開発機構").rows
    assert first == run(seed, "shared-missions").rows
    assert len(first) == 2


def test_several_values_with_commas(full_view):
    both = run(full_view, "q23", organizations="JAXA, CSA").rows
    one = run(full_view, "q23", organizations="JAXA").rows
    other = run(full_view, "q23", organizations="CSA").rows
    assert set(both) == set(one) | set(other)
    assert one
    assert other


@pytest.mark.parametrize(
    ("name", "parameters", "error"),
    [
        ("q01", {"a": "Atlantis Agency"}, UnknownNameError),
        ("q01", {"a": "International Space Station"}, UnknownNameError),
        ("q01", {"a": ""}, UnknownNameError),
        ("q01", {"a": "csa,,jaxa"}, UnknownNameError),
        ("q01", {"x": "csa"}, UnknownNameError),
        ("q01", {"include_states": "TRUE"}, QueryError),
        ("q06", {"date": "9 July 2025"}, QueryError),
        ("q13", {"on": "1985"}, QueryError),
        ("q18", {"claim": "nothing"}, UnknownNameError),
        ("q18", {"claim": 'x"> } #'}, UnknownNameError),
        ("q25", {"measure": "member"}, UnknownNameError),
        ("q01", {"assume_continuity": "true"}, UnknownNameError),
    ],
)
def test_a_value_that_does_not_fit_is_refused(full_view, name, parameters, error):
    with pytest.raises(error) as raised:
        query.run(full_view, name, parameters)
    assert raised.value.fix or "true or false" in raised.value.message


def test_an_unknown_parameter_lists_the_known_ones(seed):
    with pytest.raises(UnknownNameError, match="has no parameter 'zzz'") as raised:
        run(seed, "q01", zzz="1")
    assert raised.value.fix == "known: a, b, include_states"


def test_names_are_looked_up_in_the_full_view(full_view, seed):
    """NASA is in no sentence of the release, but it is a name that we know: no row, no error."""
    assert query.run(seed, "q01", {"a": "NASA"}, names_in=full_view).rows == ()


def test_on_is_the_same_as_an_option_and_as_a_parameter(seed):
    option, parameter = run(seed, "q13", on=date(1985, 6, 1)), run(seed, "q13")
    assert option.rows == query.run(seed, "q13", {"on": "1985-06-01"}).rows
    assert "true on 1985-06-01" in option.columns
    assert not any(c.startswith("true on") for c in parameter.columns)


def test_an_empty_answer_keeps_its_columns(full_view):
    for name in ("q01", "q03", "q06", "q13", "q24"):
        empty = restrict(full_view, as_of=date(1900, 1, 1))
        found = query.run(empty, name, names_in=full_view)
        assert found.rows == ()
        assert set(found.columns) >= {"modality", "document", "locator", "quote"}
        full = query.run(full_view, name)
        assert found.columns == tuple(
            c.replace(str(full_view.today), "1900-01-01") for c in full.columns
        )


def test_a_mission_does_not_share_itself_with_one_actor(full_view):
    assert run(full_view, "q01", a="CSA", b="CSA").rows == ()


def test_unknown_is_not_stated_and_never_empty_or_zero(seed):
    for name in ("q01", "q02", "q15", "q17"):
        rows = run(seed, name).rows
        assert len(rows) >= 2, name
        for row in rows:
            cells = [c for cell in row for c in (cell if isinstance(cell, tuple) else (cell,))]
            assert "" not in cells
            assert "None" not in cells


def test_the_reference_day_of_a_view_is_used_where_no_day_is_given(full_view):
    then = restrict(full_view, as_of=DAY)
    found = query.run(then, "q07", names_in=full_view)
    assert {r["as of"] for r in found.records()} == {"2025-07-09"}
    assert {r["outcome"] for r in found.records()} == {"planned, no occurrence recorded"}


def test_sources_that_differ_share_a_row(full_view):
    """One head, several terms: the values stand side by side, not in rows of their own."""
    found = [r for r in run(full_view, "q03").records() if r["person"] == "Hiroshi Yamakawa"]
    (row,) = found
    assert isinstance(row["term"], tuple)
    assert len(row["document"]) == len(row["locator"]) == len(row["quote"]) > 3


class TestAnswerOn:
    """A row holds where all its parts hold."""

    @pytest.fixture
    def known(self, seed_view):
        base = supports(seed_view, [LEAD])[LEAD]

        def claim(name, fact, period="", attested=()):
            return replace(base, claim=name, fact=fact, period=period, attested=tuple(attested))

        return {
            s.claim: s
            for s in (
                claim("yes", "f1", "2020/2030"),
                claim("possible", "f2", "202X/2030"),
                claim("no", "f3", "2000/2001"),
                claim("unknown", "f4"),
                claim("no of f1", "f1", "2000/2001"),
                claim("attested", "f5", attested=["2025-07-09"]),
                claim("open end", "f6", "2010/.."),
                claim("stated end", "f6", "2010/2020-06"),
                claim("vague end", "f6", "2010/202X"),
                claim("attested before", "f6", attested=["2015-01-01"]),
            )
        }

    @pytest.mark.parametrize(
        ("claims", "answer"),
        [
            ({"a": ["yes"]}, "yes"),
            ({"a": ["possible"]}, "possible"),
            ({"a": ["no"]}, "no"),
            ({"a": ["unknown"]}, "not stated"),
            ({"a": ["attested"]}, "yes"),
            ({"a": ["yes"], "b": ["possible"]}, "possible"),
            ({"a": ["yes"], "b": ["no"]}, "no"),
            ({"a": ["yes", "no of f1"]}, "contested"),
            ({"a": ["yes", "no"]}, "yes"),
            ({"a": ["open end"]}, "possible"),
            ({"a": ["open end", "stated end", "attested before"]}, "no"),
            ({"a": ["open end", "stated end", "vague end"]}, "possible"),
            ({}, "not stated"),
        ],
    )
    def test_answers(self, known, claims, answer):
        assert query.answer_on(claims, known, DAY, assume=False) == answer

    def test_continuity_is_only_assumed_where_nothing_is_stated(self, known):
        inferred = query.answer_on({"a": ["unknown"]}, known, DAY, assume=True)
        assert inferred == "yes (inferred: continuity assumed)"
        assert query.answer_on({"a": ["no"]}, known, DAY, assume=True) == "no"
        assert query.answer_on({"a": ["yes"]}, known, DAY, assume=True) == "yes"
        assert query.answer_on({"a": ["possible"]}, known, DAY, assume=True) == "possible"


def test_heads_of_another_time_are_not_listed(full_view):
    """A head whose term is over by the day is no answer for it."""
    found = {r["person"] for r in run(full_view, "q03").records()}
    assert "Hiroshi Yamakawa" in found
    assert "山之内秀一郎" not in found
    assert "Naoki Okumura" not in found, "an open end of 2013 does not outlast the end of 2018"


def test_what_is_left_out_is_counted(full_view):
    notes = run(restrict(full_view, documents=[SEED]), "q14").notes
    others = len(full_view.documents) - 1
    assert any(f"left out: {others} ({others} not asked for)" in note for note in notes)
    assert any("left out: 0" in note for note in run(full_view, "q14").notes)


def test_the_claims_behind_a_query(full_view, seed):
    claims = query.claims_of(seed, "q14")
    assert LEAD in claims
    assert len(claims) == 2
    with pytest.raises(QueryError, match="rests on no claims"):
        query.claims_of(full_view, "q33")


def test_labels_in_the_language_asked_for(seed):
    found = query.run(seed, "q14", languages=("ja", "en"))
    assert "宇宙航空研究開発機構" in {r["participant"] for r in found.records()}


def test_the_first_rows_are_those_of_the_whole_and_the_rest_is_counted(seed):
    whole, some = run(seed, "q17"), query.run(seed, "q17", most=2)
    assert len(whole.rows) > 2
    assert some.rows == whole.rows[:2]
    assert some.notes[0].startswith(f"the first 2 of {len(whole.rows)} rows;")
    assert query.run(seed, "q17", most=len(whole.rows)) == whole


def test_of_the_first_rows_only_the_values_that_share_a_row_are_named(seed, monkeypatch):
    named: list[set[str]] = []
    real = rows._names
    monkeypatch.setattr(
        rows,
        "_names",
        lambda v, found, langs: named.append({t.value for t in found}) or real(v, found, langs),
    )
    some, whole = query.run(seed, "q17", most=2), query.run(seed, "q17")
    assert some.rows == whole.rows[:2]
    keys, merged, keys_of_all, merged_of_all = named
    assert keys == keys_of_all, "what tells rows apart is named for all: they are sorted by it"
    assert merged < merged_of_all


def test_a_day_decides_on_all_rows_before_the_first_are_taken(seed):
    whole = run(seed, "q13", on=DAY)
    some = query.run(seed, "q13", on=DAY, most=1)
    assert some.rows == whole.rows[:1]
    assert f"of {len(whole.rows)} rows" in some.notes[0]


def test_much_evidence_is_that_of_each_claim_by_itself(full_view):
    claims = [c for (c,) in full_view.rows("SELECT ?c { ?c sp:ofFact ?f } LIMIT 120")]
    many = supports(full_view, claims)
    assert len(many) == 120
    assert many == {c: supports(full_view, [c])[c] for c in claims}
