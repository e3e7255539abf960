"""The user's own patterns: checked, tried before they go live, and picked up by the next run."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.extract import patterns, pipeline, trial, words
from kg.ingest import own
from kg.ingest.run import Outcome

MINE = """[[pattern]]
id = "warms"
relation = "contributesTo"
kinds = { subject = ["actor"], object = ["thing"] }
text = ["{subject} [provide] the stove of {object}"]
examples = [
  { say = "{A|Agency} provided the stove of {L|Activity}.", gives = ["A contributesTo L"] },
]
not_examples = ["{A|Agency} saw the stove of {L|Activity}."]
"""
TEXT = "A note from Aldria\n\nASA provided the stove of Lumen. It was said so in a sentence.\n"
OFFICIAL = {"publisher": "ASA", "issued": "2031-06-03"}


@pytest.fixture
def mine(workspace: Path) -> Path:
    path = workspace / "patterns" / "en.toml"
    path.parent.mkdir()
    return path


def test_own_patterns_are_picked_up_and_read_old_releases_anew(
    mine: Path, ingest: Callable[..., Outcome], workspace: Path
) -> None:
    before = ingest({"a.txt": TEXT}, **OFFICIAL)
    mine.write_text(MINE, encoding="utf-8")
    after = ingest({"a.txt": TEXT}, **OFFICIAL)
    assert after.extracted == before.extracted == ["asa-2031-06-03"]
    source = (workspace / "sources/releases/asa-2031-06-03.yaml").read_text("utf-8")
    assert "(warms)" in source
    assert ingest({"a.txt": TEXT}, **OFFICIAL).unchanged == ["asa-2031-06-03"]


def test_a_trial_shows_every_hit_and_keeps_nothing(
    command: Callable[..., tuple[int, str, str]],
    ingest: Callable[..., Outcome],
    workspace: Path,
    tmp_path: Path,
) -> None:
    ingest({"a.txt": TEXT}, **OFFICIAL)
    path = tmp_path / "mine.toml"
    path.write_text(MINE, encoding="utf-8")
    before = {p: p.read_bytes() for p in workspace.rglob("*") if p.is_file()}
    code, out, _ = command("patterns", "try", path, "-f", "json")
    (hit,) = json.loads(out)["rows"]
    assert code == 0
    assert hit["statement"] == "Aldria Space Agency | contributesTo | Lumen"
    assert (hit["would"], hit["known"]) == ("go to the graph", "no")
    assert hit["place"].startswith("asa-2031-06-03#char=20,")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "b.txt").write_text(TEXT + "ASA provided the stove of Lumen.\n", "utf-8")
    code, out, _ = command("patterns", "try", path, "--in", tmp_path / "texts", "-f", "json")
    assert [h["would"] for h in json.loads(out)["rows"]] == ["wait for review"]
    assert {p: p.read_bytes() for p in workspace.rglob("*") if p.is_file()} == before


def test_all_pattern_files_are_checked(
    command: Callable[..., tuple[int, str, str]], mine: Path
) -> None:
    mine.write_text(MINE, encoding="utf-8")
    code, out, _ = command("patterns", "check")
    assert code == 0
    assert out.count("all right") == 1 + len(words.pattern_files("en"))
    mine.write_text(MINE.replace('contributesTo"\nk', 'contributeTo"\nk'), encoding="utf-8")
    code, _, err = command("patterns", "check")
    assert code == 1
    assert f"{mine}:2: pattern 'warms': unknown relation 'contributeTo'" in err
    assert "did you mean 'contributesTo'?" in err


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("saw the stove", "provided the stove", "in its counter-example"),
        ("[provide] the stove", "[provide] the oven", "does not give 'A contributesTo L'"),
        ('id = "warms"', 'id = "member-of"', "pattern 'member-of' is there already"),
        ('["actor"]', "3", "a value of the wrong form"),
        ("[[pattern]]", "[pattern]", "no list of tables"),
        ("{ say =", "{ says =", "an example without say"),
        ("[provide]", "... ... ... ... ... ... zzz", "more than 2 s of CPU"),
    ],
)
def test_a_bad_own_file_stops_the_run_before_anything_is_read(
    mine: Path, ingest: Callable[..., Outcome], workspace: Path, old: str, new: str, message: str
) -> None:
    assert old in MINE
    content = MINE.replace(old, new)
    if "zzz" in new:
        content = content.replace("Agency} provided the", "Agency} zzz the")
    mine.write_text(content, encoding="utf-8")
    (error,) = ingest({"a.txt": TEXT}, **OFFICIAL).failed
    assert message in error.message
    assert str(mine) in str(error)
    assert not (workspace / "ingest").exists()


def test_shipped_patterns_end_in_time() -> None:
    found = pipeline.load_patterns("en")
    assert len(found) >= 30
    assert own.check(found) == []


def forever(_: object) -> None:
    while True:
        pass


def test_the_strain_can_be_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "p.toml"
    path.write_text(MINE, encoding="utf-8")
    (one,) = patterns.load(path, own.shipped("en"))
    monkeypatch.setattr(trial, "strain", forever)
    monkeypatch.setattr("kg.ingest.limits.PATTERN", 0.1)
    (error,) = own.check([one])
    assert "may take without end" in error.message
    assert isinstance(error, InputError)


def test_the_list_says_what_is_shipped_and_what_is_own(
    command: Callable[..., tuple[int, str, str]], mine: Path
) -> None:
    mine.write_text(MINE, encoding="utf-8")
    _, out, _ = command("patterns", "list", "-f", "json")
    rows = {r["pattern"]: r["from"] for r in json.loads(out)["rows"]}
    assert rows["warms"] == "own"
    assert rows["member-of"] == "shipped"
    code, _, err = command("patterns", "list", "--language", "fr")
    assert code == 1
    assert "no patterns for language 'fr'" in err
    assert "languages with patterns: en" in err
