"""What a hurried user gives us: one clear message with file, line and remedy, and nothing lost.

Every case spoils a copy of the invented world, which builds, in one place.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import build, sources, store, vocab
from kg.errors import KGError
from kg.sources import Names, Report, Source

ROOT = Path(__file__).resolve().parent.parent
SLUGS = ("arctic", "ice-watch", "survey")
WORLD = Path(__file__).resolve().parent / "world"
RELEASE, AFTER = "arctic/release.yaml", "arctic/after.yaml"
MEMBERS, SPEC, LUMEN = "ice-watch/members.csv", "ice-watch/source.yaml", "survey/lumen.ttl"

Spoil = Callable[[str], str | bytes]


def swap(old: str, new: str) -> Spoil:
    def change(content: str) -> str:
        assert old in content, f"the world no longer holds {old!r}"
        return content.replace(old, new, 1)

    return change


def cut(at: str) -> Spoil:
    return lambda content: content[: content.index(at) + len(at)]


def shifted(content: str) -> str:
    """The first citation of a statement starts one character late."""
    head, statements, tail = content.partition("statements:")
    later = re.sub(r"chars: (\d+)-", lambda m: f"chars: {int(m[1]) + 1}-", tail, count=1)
    return head + statements + later


FACT = "  - class: Participation\n    participant: asa\n    inActivity: lumen"

# file, how it is spoilt, place (":line" where there is one), message, part of the remedy
CASES: dict[str, tuple[str, Spoil, str, str, str]] = {
    "broken YAML": (RELEASE, swap("    label:\n      en: Aldria\n", "    label:\n     en: x: y\n"),
                    r":\d+:\d+", "broken YAML", "indentation"),
    "a tab in YAML": (RELEASE, swap("    type: State", "\ttype: State"), r":\d+:\d+", "broken YAML",
                      "indentation"),
    "a key twice": (RELEASE, swap("    type: State", "    type: State\n    type: State"),
                    r":\d+:\d+", "'type' is given twice", "keep one"),
    "not UTF-8": (RELEASE, lambda c: c.replace("Aldria Space", "Aldrïa Space").encode("cp1252"),
                  r":\d+", "not UTF-8", "save as UTF-8"),
    "unknown class": (RELEASE, swap("class: Meeting", "class: Meetng"), r":\d+:\d+",
                      "unknown class 'Meetng'", "did you mean 'Meeting'"),
    "unknown property": (RELEASE, swap("    instrument: grasp", "    instrumnt: grasp"),
                         r":\d+:\d+", "unknown property 'instrumnt'", "'instrument'"),
    "property of another class": (RELEASE, swap("    onDate: 2029", "    plannedFor: 2029"),
                                  r":\d+:\d+", "'plannedFor' is no property of Capture", "known"),
    "unknown role": (RELEASE, swap("role: partner", "role: partnr"), r":\d+:\d+",
                     "unknown role 'partnr'", "did you mean 'partner'"),
    "unknown status": (RELEASE, swap("status: ongoing", "status: running"), r":\d+:\d+",
                       "unknown status 'running'", "known: "),
    "fact without citation": (
        RELEASE,
        lambda c: re.sub(r"(  - class: Meeting\n(?:    (?!cite).*\n|      .*\n)*?)    cite:\n"
                         r"(?:      .*\n)+", r"\1", c),
        r":\d+:\d+", "a fact without citation", "add cite:"),
    "bad date": (RELEASE, swap("onDate: 2029", "onDate: 2029-02-29"), r":\d+:\d+",
                 "names a day that does not exist", ""),
    "date of another kind": (RELEASE, swap('"[2031-05-02..2031-12-31]"', "2031-05-02/2031-12-31"),
                             r":\d+:\d+", "wrong kind of date", "never an interval"),
    "reversed interval": (RELEASE, swap("period: 2027/..", "period: 2027/2026"), r":\d+:\d+",
                          "ends before it starts", "swap"),
    "two entities with one identifier": (
        RELEASE, swap("  - id: bso\n", "  - id: bso\n    identifier:\n      ror: 00xaldria\n"),
        r":\d+:\d+", "ror '00xaldria' is given to 'bso' and to 'asa'", "the other place is"),
    "one entity, two classes": (
        AFTER, swap("  - id: tern-b1\n    type: Spacecraft", "  - id: lumen\n    type: Spacecraft"),
        r":\d+:\d+", "'lumen' is declared as a Mission and a Spacecraft", "other place is"),
    "a document twice": (AFTER, swap("id: wire-2031-10-29", "id: asa-2031-05-02"), r":\d+:\d+",
                         "document 'asa-2031-05-02' is declared twice", "first at"),
    "undeclared entity": (RELEASE, swap(FACT, FACT.replace("asa", "aas")), r":\d+:\d+",
                          "entity 'aas' is not declared", "did you mean"),
    "undeclared document": (AFTER, swap("- document: wire-2031-10-29", "- document: wire-2031"),
                            r":\d+:\d+", "document 'wire-2031' is not declared", "did you mean"),
    "a text for a number": (RELEASE, swap('value: "3"', "value: three"), r":\d+:\d+",
                            "'three' is no whole number", "digits"),
    "a relative address": (RELEASE, swap("https://asa.example/", "asa.example/"), r":\d+:\d+",
                           "is no web address", "https"),
    "a cut-off YAML list": (RELEASE, cut("agent:\n      - vera"), r":\d+:\d+", "", ""),
    "wrong encoding of a table": (MEMBERS, lambda c: (c + "Ä,joined,\n").encode("cp1252"), r":\d+",
                                  "not utf-8", "encoding:"),
    "quote without end": (MEMBERS, swap("CSC,joined,", '"CSC,joined,'), r":\d+", "broken table",
                          ""),
    "missing column": (MEMBERS, swap("joined\n", "entry\n"), "", "no column 'joined'", "columns: "),
    "fewer rows than expected": (SPEC, swap("    min: \"3\"\n    max: \"3\"",
                                                 "    min: \"4\""), r":\d+:\d+",
                                      "has 3 rows, minimum is 4", "whole"),
    "truncated Turtle": (LUMEN, cut("sp:status status:ong"), r":\d+:\d+", "broken RDF", "cut off"),
    "undeclared property in RDF": (LUMEN, swap("sp:inActivity", "sp:inActivty"), "",
                                   "unknown property 'inActivty'", "'inActivity'"),
    "a derived property in RDF": (LUMEN, swap("sp:inActivity id:lumen ;",
                                              "sp:inActivity id:lumen ; sp:leads id:lumen ;"), "",
                                  "sp:leads is derived by rule", ""),
    "two roles in RDF": (LUMEN, swap("role:instrument-provider", "role:partner, role:lead"), "",
                         "at most one role", ""),
    "no evidence in RDF": (LUMEN, swap("    sp:evidence evidence:lumen-survey.1 .", "    ."), "",
                           "A claim needs at least one evidence", ""),
    "a number for a text in RDF": (
        LUMEN, swap("sp:status status:ongoing ;",
                    'sp:status status:ongoing ; sp:note 3 ;'), "", "plain string", ""),
    "quote that is not there": (RELEASE, shifted, r":\d+:\d+",
                                "are not the quote that is cited", "that range reads"),
}  # fmt: skip


def build_world(world: Path, home: Path) -> build.Result:
    return build.build(
        home,
        add=[(slug, world / slug) for slug in SLUGS],
        only=SLUGS,
        texts_folder=world / "texts",
    )


def spoil(world: Path, name: str) -> Path:
    file, change, *_ = CASES[name]
    path = world / file
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    path.write_bytes(after.encode() if isinstance(after, str) else after)
    return path


def test_the_world_builds_as_it_is(world: Path, tmp_path: Path) -> None:
    assert build_world(world, tmp_path / "ws").problems == []
    assert len(CASES) == 32


@pytest.mark.parametrize("name", CASES)
def test_one_clear_message(world: Path, tmp_path: Path, name: str) -> None:
    path = spoil(world, name)
    _, _, place, message, remedy = CASES[name]
    with pytest.raises(KGError) as caught:
        build_world(world, tmp_path / "ws")
    text = str(caught.value)
    where = path if name != "missing column" else world / SPEC
    assert re.search(re.escape(str(where)) + place, text), text
    assert message in text
    assert remedy in text
    assert "Traceback" not in text
    assert len(text) < 1500
    assert not (tmp_path / "ws" / "store" / "CURRENT").exists()


@pytest.mark.parametrize("name", ["broken YAML", "two roles in RDF", "quote that is not there"])
def test_the_store_in_use_stays(world: Path, tmp_path: Path, name: str) -> None:
    home = tmp_path / "ws"
    before = store.digest_of(build_world(world, home).view.sorted_quads())
    spoil(world, name)
    with pytest.raises(KGError):
        build_world(world, home)
    assert store.digest_of(store.open_view(home).sorted_quads()) == before
    left = sorted(p.name for p in (home / "store" / "builds").iterdir())
    assert left == ["000001"]


def test_a_cell_that_does_not_parse_costs_one_row_and_is_counted(
    world: Path, tmp_path: Path
) -> None:
    path = world / MEMBERS
    path.write_text(path.read_text("utf-8").replace("2026-02-11", "last winter"), encoding="utf-8")
    result = build_world(world, tmp_path / "ws")
    report = result.reports["ice-watch"]
    assert (report.rows, report.mapped, len(report.rejected)) == (3, 2, 1)
    assert str(report.rejected[0]).startswith(f"{path}:3: 'last winter' is no EDTF date")
    assert result.view.build["sources"]["ice-watch"]["rejected"] == 1


def test_several_errors_are_told_together(world: Path, tmp_path: Path) -> None:
    path = world / RELEASE
    content = path.read_text("utf-8")
    content = content.replace("participant: asa", "participant: aas")
    path.write_text(content.replace("participant: bso", "participant: obs"), encoding="utf-8")
    with pytest.raises(KGError) as caught:
        build_world(world, tmp_path / "ws")
    text = str(caught.value)
    assert text.startswith("2 names that nothing declares:\n")
    assert "'aas'" in text and "'obs'" in text


def run(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        cwd=home,
        env=dict(os.environ, PYTHONPATH=str(ROOT), KG_WORKSPACE=str(home / "ws")),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["broken YAML", "truncated Turtle", "unknown role"])
def test_the_command_line_ends_with_one_message(world: Path, tmp_path: Path, name: str) -> None:
    path = spoil(world, name)
    adds = [x for slug in SLUGS for x in ("--add", f"{slug}={world / slug}", "--only", slug)]
    ended = run("build", *adds, home=tmp_path)
    assert ended.returncode == 1
    assert ended.stdout == ""
    (first,) = [line for line in ended.stderr.splitlines() if line.startswith("error: ")]
    assert first.startswith(f"error: {path}:")
    assert CASES[name][3] in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_command_line_on_a_missing_source(tmp_path: Path) -> None:
    ended = run("build", "--add", f"x={tmp_path / 'nowhere'}", "--only", "x", home=tmp_path)
    assert ended.returncode == 1
    assert "nowhere" in ended.stderr and "no such file or folder" in ended.stderr
    assert "Traceback" not in ended.stderr
    ended = run("build", "--only", "sed", home=tmp_path)
    assert ended.returncode == 1
    assert "no source 'sed'" in ended.stderr and "known: " in ended.stderr


# --- whatever is typed, an error is one of ours

SNIPPETS = st.one_of(
    st.sampled_from(
        ["", " ", "\n", "\t", ":", "-", "#", "'", '"', "[", "]", "{", "}", "*a", "&a", "!x", ",",
         "..", "/", "\ufeff", "\x00", "²", "<", ">", "_:b", "@", "\\", "%", "{}", "0", "9" * 12]
    ),
    st.text(max_size=4),
)  # fmt: skip
EDITS = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 30), SNIPPETS),
    min_size=1,
    max_size=3,
)


def read_all(folder: Path) -> None:
    names = Names()
    for statement in sources.load(Source.read(folder), vocab.load(), Report()):
        names.note(statement)
    list(names.missing())


@pytest.mark.parametrize("file", [AFTER, MEMBERS, SPEC, LUMEN, "survey/source.yaml"])
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=EDITS)
def test_a_random_edit_never_ends_in_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, file: str, edits: list[tuple[float, int, str]]
) -> None:
    folder = tmp_path_factory.mktemp("edited")
    source = WORLD / Path(file).parent
    for path in source.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    content = (WORLD / file).read_text("utf-8")
    for where, length, new in edits:
        start = int(where * len(content))
        content = content[:start] + new + content[start + length :]
    (folder / Path(file).name).write_bytes(content.encode("utf-8", "surrogatepass"))
    try:
        read_all(folder)
    except KGError as error:
        assert error.message
        assert error.origin is not None
