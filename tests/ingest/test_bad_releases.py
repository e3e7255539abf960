"""Bad files: one clear message each, with the file and the likely fix; the others are read."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import store
from kg.errors import InputError
from kg.extract import pipeline, words
from kg.ingest import keeping, ledger, limits, reading, run
from kg.ingest.run import Outcome

SHIPPED = words.HERE
GOOD = "A word from Aldria\n\nASA and BSO are partners in Lumen. It was said so in a sentence.\n"
LONG = GOOD * 8
PAGE = """<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">
<!ENTITY x SYSTEM "file:///etc/passwd">]>
<html><head><title>A word</title><script>document.write("BSO leads Lumen.")</script></head>
<body><nav>Home News About</nav><article><h1>A word from Aldria</h1>
<p onclick="alert('BSO leads Halo')">ASA &amp; BSO are partners in Lumen &c; &x; &#xD800;, as was
said so in a long sentence to everybody in the room.</p>
<script>var said = "CSC leads Lumen";</script>
<p>The Ice Watch Charter has 5 members, as everybody in the room well knew by then.</p>
</article></body></html>"""

BAD: dict[str, tuple[str, bytes, str, str]] = {
    "empty": ("a.txt", b"", "no text in it", "holds the release itself"),
    "blank": ("a.txt", b" \n" * 90, "no text in it", "holds the release itself"),
    "a picture": ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(256), "a binary file", "give a text"),
    "no UTF-8": ("a.txt", (GOOD + "café").encode("cp1252"), "not utf-8 at byte", "--encoding"),
    "two by their ends": ("a.txt", f"{LONG}\n-30-\n{LONG}\n-30-\n".encode(),
                          "2 releases in one file", "a file of its own"),
    "two by their datelines": (
        "a.txt", f"ALDPORT, June 3, 2031 - {LONG}\nCYRA CITY, July 4, 2031 - {LONG}".encode(),
        "2 releases in one file", "a file of its own"),
    "very long": ("a.txt", GOOD.encode() * 8000, "characters are no press release", "the limit"),
    "a broken PDF": ("a.pdf", b"%PDF-1.7\n garbage" * 9, "a PDF that cannot be read", ""),
    "a page of nothing": ("a.html", b"<" * 90_000, "no text in it", "holds the release itself"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_named_and_the_others_are_read(
    workspace: Path, tmp_path: Path, what: str, capfd: pytest.CaptureFixture[str]
) -> None:
    name, content, message, fix = BAD[what]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(content)
    (tmp_path / "in" / "good.txt").write_text(GOOD, encoding="utf-8")
    done = run.ingest(store.open_view(workspace), workspace, [tmp_path / "in"], given={})
    (error,) = done.failed
    assert message in error.message
    assert fix in error.fix
    assert str(tmp_path / "in" / name) in str(error)
    assert len(done.extracted) == 1
    assert capfd.readouterr().err == ""


def test_fifty_megabytes_are_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(InputError, match="50,000,000 bytes are no press release"):
        reading.read(path)


@pytest.mark.parametrize(("encoding", "said"), [("utf-16", ""), ("utf-16-le", "utf-16-le")])
def test_another_encoding_is_read_when_it_is_said(tmp_path: Path, encoding: str, said: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(GOOD.encode(encoding))
    assert reading.read(path, said).text == GOOD


def test_a_hostile_page_gives_its_words_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    got = reading.read(path)
    assert "ASA & BSO are partners in Lumen" in got.text
    assert "Ice Watch Charter has 5 members" in got.text
    for word in ("leads", "root:", "alert", "hahaha", "<"):
        assert word not in got.text
    assert got.extractor.startswith("trafilatura ")


def test_a_page_nested_without_end_ends(tmp_path: Path) -> None:
    path = tmp_path / "deep.html"
    path.write_text("<div>" * 50_000 + GOOD + "</div>" * 50_000, encoding="utf-8")
    try:
        assert "partners in Lumen" in reading.read(path).text
    except InputError as error:
        assert error.message == "no text in it"


def test_a_release_that_takes_too_long_costs_itself_only(
    ingest: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pipeline.extract

    def slow(release, *args):  # type: ignore[no-untyped-def]
        while "forever" in release.text:
            pass
        return real(release, *args)

    monkeypatch.setattr(pipeline, "extract", slow)
    monkeypatch.setattr(limits, "RELEASE", 0.2)
    done = ingest({"a.txt": GOOD + "And so on forever.", "b.txt": GOOD})
    (error,) = done.failed
    assert "more than 0.2 s of CPU" in error.message
    assert "a.txt" in str(error)
    assert len(done.extracted) == 1


def test_a_release_without_a_day_goes_to_review_undated(
    ingest: Callable[..., Outcome], workspace: Path
) -> None:
    text = "A word on offices\n\nThis year, Grasp will catch Lumen. Vera Holt, President of ASA.\n"
    ingest({"a.txt": text}, publisher="ASA")
    (kept,) = keeping.read_all(workspace)
    assert "issued" not in kept.document
    assert len(kept.candidates) >= 2
    assert all("asOf" not in c.qualifiers for c in kept.candidates)
    assert all("2031" not in c.qualifiers.get("date", "") for c in kept.candidates)


@pytest.mark.parametrize(("module", "name"), [("trafilatura", "a.html"), ("pypdf", "a.pdf")])
def test_a_missing_package_is_named_with_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, name: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    path = tmp_path / name
    path.write_bytes(b"%PDF-1.7" if name.endswith("pdf") else PAGE.encode())
    with pytest.raises(InputError, match=f"needs the package {module}") as refused:
        reading.read(path)
    assert f"pip install 'kg[{name[2:]}]'" in refused.value.fix


GOOD_DECISION = '[[decision]]\nkey = "abc"\nverdict = "accept"\n'
DECISIONS = {
    "no TOML": ("[[decision]\n", ":1", "broken decisions"),
    "one bracket": ('[decision]\nkey = "a"\n', ":1", "no list of tables"),
    "another table": ('[[decisions]]\nkey = "a"\n', ":1", "unknown table 'decisions'"),
    "no verdict": (GOOD_DECISION + '\n[[decision]]\nkey = "b"\n', ":6", "without key or verdict"),
    "a word of one's own": (GOOD_DECISION + 'whi = "so"\n', ":2", "unknown key 'whi'"),
    "an empty edit": ('[[decision]]\nkey = "a"\nverdict = "edit"\n', ":2", "without changes"),
    "a relation of one's own": (
        '[[decision]]\nkey = "a"\nverdict = "edit"\nedit = { relation = "leeds" }\n', ":2",
        "unknown relation 'leeds'"),
    "no date": ('[[decision]]\nkey = "a"\nverdict = "edit"\nedit = { date = "soon" }\n', ":2",
                "soon"),
    "no class": ('[[entity]]\nname = "X"\nverdict = "accept"\nid = "x"\ntype = "Agancy"\n', ":2",
                 "no class of a new entity"),
    "no id": ('[[entity]]\nname = "X"\nverdict = "accept"\ntype = "Person"\n', ":2",
              "is no identifier"),
    "both in one file": (GOOD_DECISION + GOOD_DECISION.replace("accept", "reject"), ":5",
                         "reject here, accept in"),
}  # fmt: skip


@pytest.mark.parametrize("what", DECISIONS)
def test_decisions_edited_by_hand_are_refused_with_line_and_fix(tmp_path: Path, what: str) -> None:
    content, line, message = DECISIONS[what]
    path = tmp_path / "decisions.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        ledger.load(path)
    assert message in refused.value.message
    assert f"decisions.toml{line}" in str(refused.value)
    assert refused.value.fix


def test_broken_decisions_stop_the_run_and_nothing_is_lost(
    ingest: Callable[..., Outcome], workspace: Path
) -> None:
    ingest({"a.txt": GOOD})
    path = workspace / "review" / "decisions.toml"
    path.write_text("[[decision]\n", encoding="utf-8")
    before = {p: p.read_bytes() for p in workspace.rglob("*") if p.is_file()}
    with pytest.raises(InputError, match="broken decisions"):
        ingest({"b.txt": GOOD + "More."})
    assert {p: p.read_bytes() for p in workspace.rglob("*") if p.is_file()} == before


def test_decisions_of_another_reviewer_that_are_not_there_stop_the_run(
    workspace: Path, tmp_path: Path
) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    missing = tmp_path / "missing.toml"
    with pytest.raises(InputError, match="No such file") as refused:
        run.ingest(
            store.open_view(workspace), workspace, [tmp_path / "good.txt"], given={},
            reviewers=[missing],
        )  # fmt: skip
    assert str(missing) in str(refused.value)
    assert refused.value.fix
    assert not (workspace / keeping.FOLDER).exists()


@pytest.mark.parametrize(
    ("text", "in_english", "in_french"),
    [
        (f"{LONG}\n- fin -\n{LONG}\n- fin -\n", 1, 2),
        (f"{LONG}\n-30-\n{LONG}\n-30-\n", 2, 1),
        (f"PARIS, le 3 juin 2031 - {LONG}\nPARIS, le 4 juin 2031 - {LONG}", 1, 2),
        (f"ALDPORT, June 3, 2031 - {LONG}\nALDPORT, 2031-07-04 - {LONG}", 2, 1),
        (f"ALDPORT, June 3, 2031 - {LONG}\nALDPORT, June 3, 2031 - {LONG}", 1, 1),
    ],
)
def test_each_language_says_where_a_second_release_begins(
    french: Path, tmp_path: Path, text: str, in_english: int, in_french: int
) -> None:
    shutil.copytree(SHIPPED / "en", french.parent / "en")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    for language, count in (("en", in_english), ("fr", in_french)):
        if count == 1:
            assert reading.read(tmp_path / "a.txt", language=language).text == text
        else:
            with pytest.raises(InputError, match=f"{count} releases in one file"):
                reading.read(tmp_path / "a.txt", language=language)


def test_decisions_that_nobody_has_made_yet_are_none(tmp_path: Path) -> None:
    assert ledger.load(tmp_path / "decisions.toml") == ledger.Ledger()


def test_a_manifest_that_is_not_there_is_named(workspace: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing.csv"
    with pytest.raises(InputError, match="No such file") as refused:
        run.ingest(store.open_view(workspace), workspace, [missing], given={})
    assert str(missing) in str(refused.value)
    assert refused.value.fix


@pytest.mark.parametrize(
    ("encoding", "message"), [("undefined", "not undefined"), ("utf-9", "unknown encoding 'utf-9'")]
)
def test_an_encoding_that_cannot_be_is_one_message(
    tmp_path: Path, encoding: str, message: str
) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    with pytest.raises(InputError, match=message) as refused:
        reading.read(tmp_path / "a.txt", encoding)
    assert "--encoding" in refused.value.fix


def test_reviewers_who_name_a_thing_differently_disagree(tmp_path: Path) -> None:
    files = []
    for number, cls in enumerate(("Person", "Organization")):
        files.append(tmp_path / f"{number}.toml")
        entity = f'[[entity]]\nname = "Bo"\nverdict = "accept"\nid = "bo"\ntype = "{cls}"\n'
        files[-1].write_text(entity, encoding="utf-8")
    with pytest.raises(InputError, match="type Organization") as refused:
        ledger.load(files[0], files[1:])
    assert "0.toml:2" in refused.value.message
    assert "1.toml:2" in str(refused.value)
