"""A correction says what is stated, by whom and where; a patch changes one line and applies."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from kg import build, report, store
from kg.errors import UnknownNameError, VocabularyError
from kg.namespaces import curie, iri
from kg.report import Proposal
from kg.store import View

SOURCE = "title: t\nlicence: CC-BY-4.0\nloader: facts\nfiles: [facts.yaml]\n"
FACTS = """\
documents:
  - {id: alpha, type: PressRelease, tier: official, seen: page, issued: 2030-01-01}
  - {id: beta, type: NewsArticle, tier: news, seen: page, url: "https://example.org/b"}
entities:
  - {id: aa, type: SpaceAgency, label: {en: AA}, cite: {document: alpha, row: 1, gist: names it}}
statements:
  - class: Founding
    object: aa
    onDate: 1989-12-14
    cite:
      document: alpha
      row: 2
      gist: The day.
  - class: Founding
    object: aa
    onDate: "1989-03-01"
    cite:
      document: beta
      row: 3
      gist: Another day.
  - {class: Dissolution, object: aa, onDate: 1999, cite: {document: beta, row: 4, gist: It ended.}}
"""
FACT = "fact:event.founding.aa._"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "ws" / "sources" / "mine"
    folder.mkdir(parents=True)
    (folder / "source.yaml").write_text(SOURCE)
    (folder / "facts.yaml").write_text(FACTS)
    build.build(tmp_path / "ws", only=["mine"])
    return tmp_path / "ws"


@pytest.fixture
def view(home: Path) -> View:
    return store.open_view(home)


def made(
    view: View, name: str, prop: str = "", value: str = "", source: str = ""
) -> tuple[str, str]:
    claims = report.claims_of(view, name, prop)
    found = report.compose(view, claims, Proposal(prop, value, source))
    return report.markdown(found), report.patch(found)


def test_it_says_what_is_stated_and_where(view: View, home: Path) -> None:
    text, _ = made(view, FACT)
    facts = home / "sources" / "mine" / "facts.yaml"
    assert text.startswith("# Correction: Founding of AA\n")
    assert f"- Fact: `{FACT}`" in text
    assert "- onDate: 1989-12-14" in text and "- onDate: 1989-03-01" in text
    assert "- Source (official): alpha" in text and "`alpha#row=2`" in text
    assert "https://example.org/b" in text
    assert f"- Stated in: `{facts}:7`" in text and f"- Stated in: `{facts}:14`" in text
    assert (
        "Contradiction on record: Founding of AA: happened on: 1989-12-14 (official: alpha)" in text
    )
    assert "- Value: …" in text


def test_what_is_proposed_is_filled_in(view: View) -> None:
    proposal = Proposal("onDate", "1989-03", "https://example.org/new")
    text = report.markdown(report.compose(view, report.claims_of(view, FACT), proposal))
    for line in ("- Property: onDate", "- Value: 1989-03", "address: https://example.org/new"):
        assert line in text


def test_a_claim_alone(view: View) -> None:
    text, _ = made(view, f"claim:{FACT.removeprefix('fact:')}.beta")
    assert "1989-03-01" in text
    assert "### `claim:event.founding.aa._.alpha`" not in text


def test_a_name_and_a_property(view: View) -> None:
    with pytest.raises(UnknownNameError, match="there are 2 facts about 'AA'") as caught:
        report.claims_of(view, "AA")
    assert FACT in caught.value.fix
    with pytest.raises(UnknownNameError, match="no fact about 'AA' gives 'role'"):
        report.claims_of(view, "AA", "role")
    with pytest.raises(VocabularyError, match="'colour'"):
        report.claims_of(view, "AA", "colour")
    for name in ("fact:nothing", "claim:nothing", 'fact:"><'):
        with pytest.raises(UnknownNameError, match="no fact or claim"):
            report.claims_of(view, name)
    with pytest.raises(UnknownNameError, match="nothing is called"):
        report.claims_of(view, "nobody")


def test_the_lines_of_the_data(view: View, home: Path) -> None:
    _, text = made(view, FACT)
    facts = home / "sources" / "mine" / "facts.yaml"
    assert f"# {facts}:7\n  - class: Founding\n    object: aa\n" in text
    assert text.count("class: Founding") == 2
    assert "Dissolution" not in text


def test_a_patch_applies_and_changes_one_line(view: View, home: Path, tmp_path: Path) -> None:
    facts = home / "sources" / "mine" / "facts.yaml"
    _, text = made(view, "claim:event.founding.aa._.beta", "onDate", "1989-03", "https://e.org/")
    assert "Source: https://e.org/" in text
    removed = [x for x in text.splitlines() if x.startswith("-") and not x.startswith("---")]
    added = [x for x in text.splitlines() if x.startswith("+") and not x.startswith("+++")]
    assert removed == ['-    onDate: "1989-03-01"']
    assert added == ['+    onDate: "1989-03"']
    if not shutil.which("patch"):
        pytest.skip("skipped: applying the patch; the program is not at hand")
    subprocess.run(["patch", str(facts)], input=text.encode(), check=True, capture_output=True)
    assert facts.read_text() == FACTS.replace('"1989-03-01"', '"1989-03"')
    build.build(home, only=["mine"])


def test_a_value_is_quoted_where_yaml_would_take_it_for_more(view: View) -> None:
    claim = "claim:event.founding.aa._.alpha"
    assert "+    onDate: 1989\n" in made(view, claim, "onDate", "1989")[1]
    assert '+    onDate: "[..1989]"\n' in made(view, claim, "onDate", "[..1989]")[1]
    assert '+    onDate: "a: \\"b\\""\n' in made(view, claim, "onDate", 'a: "b"')[1]


def test_each_claim_says_what_its_own_document_says(view: View) -> None:
    with pytest.raises(UnknownNameError, match="2 documents state 'onDate'") as caught:
        made(view, FACT, "onDate", "1989")
    assert "claim:event.founding.aa._.beta: 1989-03-01" in caught.value.fix


def test_a_line_that_holds_it_all_is_shown_and_not_changed(view: View) -> None:
    _, text = made(view, "fact:event.dissolution.aa._", "onDate", "1998")
    assert "{class: Dissolution, object: aa, onDate: 1999" in text
    assert "+++" not in text


def test_a_fact_that_the_sources_no_longer_state(view: View, home: Path) -> None:
    facts = home / "sources" / "mine" / "facts.yaml"
    facts.write_text(FACTS[: FACTS.index("  - {class: Dissolution")])
    text, patch = made(view, "fact:event.dissolution.aa._")
    assert "a row of a table that the data does not carry" in text
    assert "a row of a table" in patch


def test_bundled_data_is_named_from_the_root_of_the_repository(seed_view: View) -> None:
    claims = report.claims_of(seed_view, "fact:participation.jaxa.xrism.lead.ongoing")
    assert [curie(c) for c in claims] == [
        "claim:participation.jaxa.xrism.lead.ongoing.csa-2025-07-09"
    ]
    text = report.markdown(report.compose(seed_view, claims, Proposal()))
    assert "- Stated in: `data/sources/seed/" in text
    assert "- Version of the data: 20" in text
    assert iri("id:x")[:-1] not in text, "names are short"
