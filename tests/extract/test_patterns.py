"""The patterns of every language pass their own examples, and bad pattern files are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.extract import patterns, pipeline, trial, words

GOOD = """
[[pattern]]
id = "leads"
relation = "leads"
kinds = { subject = ["Agency"], object = ["Activity"] }
text = ["{subject} (leads|led) {object}"]
examples = [{ say = "{ASA|Agency} leads {Alpha|Activity}.", gives = ["ASA leads Alpha"] }]
not_examples = ["{ASA|Agency} follows {Alpha|Activity}."]
"""


@pytest.mark.parametrize("language", words.languages())
def test_patterns_pass_their_own_examples(language: str) -> None:
    found = pipeline.load_patterns(language)
    assert len(found) >= 30
    assert [str(e) for e in trial.check(found)] == []


@pytest.mark.parametrize("name", ["{Alpha|Activity}", "{Alpha|Activity} mission"])
def test_an_optional_word_may_stand_before_a_comma(tmp_path: Path, name: str) -> None:
    path = tmp_path / "p.toml"
    before = "<big> <mission>, led by {subject}"
    text = GOOD.replace("{subject} (leads|led) {object}", f"{{object}} {before}")
    path.write_text(
        text.replace("{ASA|Agency} leads {Alpha|Activity}", f"{name}, led by {{ASA|Agency}}")
    )
    assert [str(e) for e in trial.check(patterns.load(path))] == []


@pytest.mark.parametrize("word", ["leads", "now leads"])
def test_a_choice_that_may_be_left_out_takes_its_space_along(tmp_path: Path, word: str) -> None:
    path = tmp_path / "p.toml"
    text = GOOD.replace("{subject} (leads|led)", "{subject} (now|still)? (leads|led)")
    path.write_text(text.replace("{ASA|Agency} leads", f"{{ASA|Agency}} {word}"))
    assert [str(e) for e in trial.check(patterns.load(path))] == []


@pytest.mark.parametrize("language", words.languages())
def test_no_two_files_of_a_language_have_a_pattern_of_one_name(language: str) -> None:
    names = [p.id for p in pipeline.load_patterns(language)]
    assert len(names) == len(set(names))


def test_a_file_beside_the_first_may_use_its_kinds_and_verbs(french: Path) -> None:
    more = french / "more.toml"
    more.write_text(GOOD.replace('["Agency"]', '["actor"]'), encoding="utf-8")
    assert [p.name for p in words.pattern_files("fr")] == ["patterns.toml", "more.toml"]
    assert [p.id for p in pipeline.load_patterns("fr")][-1] == "leads"


def test_a_pattern_that_misses_its_example_is_found(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text(GOOD.replace("leads|led", "heads|headed"), encoding="utf-8")
    (error,) = trial.check(patterns.load(path))
    assert "does not give 'ASA leads Alpha'" in error.message


def test_a_pattern_that_finds_its_counter_example_is_found(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text(GOOD.replace("leads|led", "leads|follows"), encoding="utf-8")
    (error,) = trial.check(patterns.load(path))
    assert "in its counter-example" in error.message


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('relation = "leads"', 'relation = "leeds"', "unknown relation 'leeds'"),
        ('["Agency"]', '["Agence"]', "unknown kind 'Agence'"),
        ("{subject} (leads|led)", "{subject} [lead]", "unknown verb 'lead'"),
        ("(leads|led)", "(leads|led", "does not compile"),
        ('text = ["{subject}', 'text = ["{who}', "slot 'who' has no kinds"),
        ("not_examples", "other_examples", "unknown key 'other_examples'"),
        ('id = "leads"', 'id = "leads"\nmodality = "maybe"', "unknown modality 'maybe'"),
        ('id = "leads"', 'id = "leads"\nprecision = 2', "precision is a number"),
        ('id = "leads"', 'id = "leads"\nunless = "(x"', "unless is no regular expression"),
        ("[[pattern]]", "[[pattern]", "no pattern file"),
    ],
)
def test_a_bad_pattern_file_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    path = tmp_path / "p.toml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        patterns.load(path)
    assert message in str(refused.value)
    assert "p.toml" in str(refused.value)


def test_a_language_without_patterns_is_said_so() -> None:
    with pytest.raises(InputError, match="no patterns for language 'fr'"):
        words.load("fr")


def test_a_choice_inside_a_choice_is_no_word_that_must_be_there(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    text = GOOD.replace("(leads|led)", "((heads|headed)|leads) (boldly|firmly)")
    path.write_text(text.replace("{ASA|Agency} leads", "{ASA|Agency} leads boldly"))
    assert [str(e) for e in trial.check(patterns.load(path))] == []
