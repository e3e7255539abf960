"""What is only proposed: words that tell a relation, and the nearest names as its ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from extract_cast import CAST, passed, read, said, stated

from kg.errors import InputError
from kg.extract import patterns, pipeline, trial, words
from kg.extract.gazetteer import Gazetteer, Name
from kg.extract.spans import Candidate, Release

NAMES = [
    *CAST,
    Name("Ann Lee", "ann-lee", "Person", "Ann Lee"),
    Name("Bo Quill", "bo-quill", "Person", "Bo Quill"),
    Name("Great Station", "station", "Object", "Great Station"),
    Name("Rome", "rome", "Place", "Rome"),
]


@pytest.fixture(scope="module")
def names() -> Gazetteer:
    return pipeline.gazetteer(NAMES)


def proposed(found: list[Candidate]) -> set[tuple[str, str, str, str]]:
    return said([c for c in found if c not in stated(found)])


def test_the_nearest_name_of_the_kind_before_and_after_is_an_end(names: Gazetteer) -> None:
    text = "ASA goes on, as it did for years in Rome, with its cooperation in space with BSO."
    assert ("asa", "cooperatesWith", "bso", "ongoing") in proposed(read(names, text))


def test_what_is_proposed_never_passes_and_says_why(names: Gazetteer) -> None:
    text = "ASA goes on, as it did for years in Rome, with its cooperation in space with BSO."
    found = read(names, text)
    (one,) = [c for c in found if c.relation == "cooperatesWith"]
    assert one.confidence < 0.8
    assert one.reasons[0].startswith("proposed: “ASA goes on, as it did")
    assert not passed(found)


def test_what_a_pattern_states_is_not_proposed_too(names: Gazetteer) -> None:
    found = read(names, "ASA operates Kite.")
    assert [c.relation for c in found] == ["operates"]
    assert stated(found) == found


def test_an_end_is_not_taken_from_another_clause(names: Gazetteer) -> None:
    text = "ASA was glad; the cooperation with BSO goes on."
    assert not {s for s in said(read(names, text)) if s[1] == "cooperatesWith"}


def test_what_is_done_to_a_thing_is_not_done_by_it(names: Gazetteer) -> None:
    found = said(read(names, "Kite was carried with all care to the Great Station."))
    assert ("kite", "carries", "station") not in {s[:3] for s in found}


def test_a_name_after_a_preposition_is_not_what_acts(names: Gazetteer) -> None:
    found = said(read(names, "BSO, after long talks in Rome with ASA, will also operate Kite."))
    assert ("asa", "operates", "kite") not in {s[:3] for s in found}


def test_the_denied_is_not_proposed(names: Gazetteer) -> None:
    text = "ASA does not go on with its cooperation in many fields with BSO."
    assert not {s for s in said(read(names, text)) if s[1] == "cooperatesWith"}


def test_what_is_to_be_done_is_planned(names: Gazetteer) -> None:
    found = said(read(names, "ASA has for good reasons been chosen to operate in space the Kite."))
    assert {s[3] for s in found if s[1] == "operates"} <= {"planned", "claimed"}


def test_what_stands_for_a_name_before_counts(names: Gazetteer) -> None:
    text = "OSPREY left the coast. It was launched in 2019 with joy."
    found = said(read(names, text, issued="2020-05-01"))
    assert ("osprey", "launchDate", "2019", "occurred") in found


def test_we_is_the_issuer(names: Gazetteer) -> None:
    release = Release(
        "r", "Report of ASA\n\nWe go on with our cooperation with BSO.", "asa", "official"
    )
    found = pipeline.extract(release, names)
    assert ("asa", "cooperatesWith", "bso") in {s[:3] for s in said(found)}


def test_a_day_after_the_issue_is_to_come(names: Gazetteer) -> None:
    text = "OSPREY, its makers say, was with all care made ready for launch in 2031."
    found = said(read(names, text, issued="2020-05-01"))
    assert {s[3] for s in found if s[1] == "launchDate"} <= {"planned", "claimed"}


def test_a_list_of_five_joins_nobody_in_pairs(names: Gazetteer) -> None:
    text = "Japan, Canada, Italy, ASA and BSO, as ever, are working together."
    assert not {s for s in proposed(read(names, text)) if s[1] == "cooperatesWith"}


@pytest.mark.parametrize(
    ("text", "subject", "short"),
    [
        ("They saw Thermal Vacuum (TVAC) tests.", "Thermal Vacuum", "TVAC"),
        ("They use IOK (Institute of Kites).", "Institute of Kites", "IOK"),
        ("It is Earth observation (EO) that counts.", "Earth observation", "EO"),
    ],
)
def test_a_short_name_of_the_letters(names: Gazetteer, text: str, subject: str, short: str) -> None:
    found = [c for c in read(names, text) if c.relation == "hasAbbreviation"]
    assert [(c.subject.name, c.object.name) for c in found] == [(subject, short)]


def test_a_bracket_that_shortens_nothing_is_left(names: Gazetteer) -> None:
    assert not said(read(names, "They went home by the long road (Rome)."))


def test_where_a_site_is(names: Gazetteer) -> None:
    found = read(names, "It was read out at the Justus Green House in Rome.")
    assert ("Justus Green House", "locatedIn", "rome") in {
        (c.subject.name, c.relation, c.object.slug) for c in found
    }


def test_a_part_of_a_body(names: Gazetteer) -> None:
    found = read(names, "It was the Sky Committee of the Ministry of Air that came.")
    assert ("Sky Committee", "partOf", "Ministry of Air") in {
        (c.subject.name, c.relation, c.object.name) for c in found
    }


def test_further_offices_of_a_person(names: Gazetteer) -> None:
    text = "It was Ann Lee, Chairman of ASA and Deputy Chairman of BSO, who came."
    found = read(names, text)
    assert ("ann-lee", "holdsOffice", "Deputy Chairman") in {s[:3] for s in said(found)}


def test_the_next_person_takes_no_office_of_the_one_before(names: Gazetteer) -> None:
    found = said(read(names, "They met Ann Lee, and the President of BSO, Bo Quill."))
    assert ("ann-lee", "headOf", "bso") not in {s[:3] for s in found}


def test_an_officer_is_no_crew(names: Gazetteer) -> None:
    text = "ASA President Ann Lee spoke of the launch aboard the Great Station."
    assert not {s for s in proposed(read(names, text)) if s[1] == "crewOf"}


def test_a_proposing_pattern_is_tried_on_its_examples(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        '[[pattern]]\nid = "mine"\nrelation = "operates"\n'
        'kinds = { subject = ["Agency"], object = ["Object"] }\norder = "S * O"\n'
        'text = ["tends"]\n'
        'examples = [{ say = "{ASA|Agency} tends with love {Kite|Object}.", '
        'gives = ["ASA operates Kite", "Kite operates ASA"] }]\n'
        'not_examples = ["{ASA|Agency} tends {Kite|Object}."]\n',
        encoding="utf-8",
    )
    base = words.pattern_files("en")[0]
    wrong = [e.message for e in trial.check(patterns.load(path, base))]
    assert wrong == [
        "pattern 'mine' does not give 'Kite operates ASA'; it gives ASA operates Kite",
        "pattern 'mine' finds 'ASA operates Kite' in its counter-example",
    ]


@pytest.mark.parametrize("order", ["S O", "X * O", "* *", "S & *"])
def test_an_order_that_is_none_is_named(tmp_path: Path, order: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        f'[[pattern]]\nid = "mine"\nrelation = "operates"\norder = "{order}"\n'
        'kinds = { subject = ["Agency"], object = ["Object"] }\ntext = ["tends"]\n'
        'examples = [{ say = "x" }]\nnot_examples = ["y"]\n',
        encoding="utf-8",
    )
    with pytest.raises(InputError, match="no order of ends"):
        patterns.load(path, words.pattern_files("en")[0])


def test_every_shipped_proposal_is_under_the_gate() -> None:
    some = [p for p in pipeline.load_patterns("en") if p.order]
    assert len(some) > 50
    assert max(p.precision for p in some) < 0.8
