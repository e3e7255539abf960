"""A second language is a folder of two files: words and patterns, and no Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.extract import pipeline, trial, words
from kg.extract.gazetteer import Name
from kg.extract.spans import Candidate, Release

NAMES = [
    Name("Centre national d’études spatiales", "cnes", "Agency", "CNES"),
    Name("CNES", "cnes", "Agency", "CNES", "abbreviation"),
    Name("Agence spatiale italienne", "asi", "Agency", "ASI"),
    Name("Anne Roy", "anne-roy", "Person", "Anne Roy"),
]
TEXT = """PARIS, le 9 juillet 2025 – Le CNES et l’Agence spatiale italienne ont signé un accord de \
coopération sur la météo. Anne Roy, présidente du CNES, était là.
"""


def read(text: str) -> list[Candidate]:
    release = Release("r", text, "", "official", "", "fr")
    return pipeline.extract(release, pipeline.gazetteer(NAMES, "fr"))


def said(found: list[Candidate]) -> set[tuple[str, str, str, str]]:
    return {(c.subject.slug, c.relation, c.object.slug or c.object.name, c.modality) for c in found}


def test_a_sentence_is_read_with_files_alone(french: Path) -> None:
    assert words.languages() == ["fr"]
    found = read(TEXT.replace("PARIS", "Paris"))
    assert ("cnes", "signedAgreementWith", "asi", "occurred") in said(found)
    assert ("anne-roy", "headOf", "cnes", "ongoing") in said(found)
    (deal,) = [c for c in found if c.relation == "signedAgreementWith"]
    assert deal.qualifiers["topic"] == "météo"
    assert not deal.reasons


def test_its_own_tenses_and_negation_count(french: Path) -> None:
    (plan,) = read("Le CNES et l’Agence spatiale italienne vont signer un accord.")
    assert plan.modality == "planned"
    (hope,) = read("Le CNES et l’Agence spatiale italienne pourraient signer un accord.")
    assert hope.modality == "claimed"
    assert read("Ils n’ont pas dit que le CNES et l’Agence spatiale italienne signent.") == []


def test_its_dates_and_datelines_are_read(french: Path) -> None:
    said_by = {c.qualifiers.get("asOf") for c in read(TEXT.replace("PARIS", "Paris"))}
    assert "2025-07-09" in said_by


def test_its_patterns_are_tried_on_their_examples(french: Path) -> None:
    assert list(trial.check(pipeline.load_patterns("fr"))) == []


def test_what_another_language_says_is_not_read(french: Path) -> None:
    english = "CNES and the Agence spatiale italienne signed an agreement. Anne Roy, President."
    assert said(read(english)) == set()


@pytest.mark.parametrize("turn", ["negation", "reported", "condition", "possible", "planned"])
def test_words_that_cannot_deny_or_doubt_are_refused(french: Path, turn: str) -> None:
    path = french / "words.toml"
    text = path.read_text("utf-8")
    assert f"\n{turn} = '" in text
    path.write_text(text.replace(f"\n{turn} = '", f"\nno_{turn} = '"), encoding="utf-8")
    with pytest.raises(InputError, match=f"words are missing: {turn}") as refused:
        words.load("fr")
    assert str(path) in str(refused.value)
