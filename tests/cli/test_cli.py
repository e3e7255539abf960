"""The command line as a user meets it: help, exit codes, formats, and where things are written."""

import csv
import hashlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import registry, store
from kg.namespaces import iri

COMMANDS = registry.names("kg.cli")
SEED = "csa-2025-07-09"
NEEDS_FILES = {
    "--positions",
    "--sparql",
    "--texts",
    "diff",
    "sssom",
    "ingest",
    "review",
    "patterns",
}


def example_lines(name):
    """Return the lines of a command's help that show how it is called."""
    code = registry.load("kg.cli", name, "command").command.callback.__doc__
    return re.findall(r"^\s+kg (.*)$", code, re.MULTILINE)


EXAMPLES = [
    line
    for name in COMMANDS
    for line in example_lines(name)
    if name not in {"build", "ingest", "serve", "publish"} and not NEEDS_FILES & set(line.split())
    if name != "fetch" or line == "fetch" or "--dry-run" in line
]


def test_the_commands_are_all_found():
    assert {"build", "query", "show", "info", "validate", "export", "view"} <= set(COMMANDS)
    assert len(COMMANDS) >= 14


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(kg, name):
    ran = kg(name, "--help")
    assert ran.code == 0
    assert "Example:" in ran.out
    assert re.search(rf"kg {name}\b", ran.out)
    assert ran.err == ""
    assert example_lines(name)


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_examples_in_help_stand_on_lines_of_their_own(kg, name):
    ran = kg(*filter(None, [name]), "--help")
    assert "\\b" not in ran.out
    assert re.search(r"^ +Example:$", ran.out, re.MULTILINE)


def test_help_lists_every_command(kg):
    ran = kg("--help")
    assert ran.code == 0
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\S", ran.out, re.MULTILINE), name
    assert kg("-h").out == ran.out


@pytest.mark.parametrize("line", EXAMPLES)
def test_every_example_works(kg, line):
    ran = kg(*shlex.split(line))
    assert (ran.code, ran.err) == (0, "")
    written = re.search(r"-o (\S+)", line)
    if written:
        assert Path(written[1]).stat().st_size > 500
        assert [p.name for p in Path().iterdir()] == [written[1]]
    else:
        assert len(ran.out.splitlines()) >= 2
        assert list(Path().iterdir()) == []


def test_there_are_enough_examples():
    assert len(EXAMPLES) >= 20


def test_the_version(kg):
    ran = kg("--version")
    assert (ran.code, ran.err) == (0, "")
    assert re.search(r"\d+\.\d+\.\d+", ran.out)


# --- unknown things -------------------------------------------------------------------------------

UNKNOWN = {
    "a command": (["buidl"], "build"),
    "a query": (["query", "q99"], "did you mean 'q"),
    "a named query": (["query", "shared-mission"], "shared-missions"),
    "an actor": (["query", "q01", "-p", "a=JAXAA"], "jaxa"),
    "a parameter": (["query", "q01", "-p", "aa=CSA"], "did you mean 'a'?"),
    "a thing to show": (["show", "jaxaa"], "jaxa"),
    "a document": (["info", "--document", "csa-2025-07-90"], SEED),
    "a measure": (["query", "q25", "-p", "measure=member"], "members"),
    "a side of a dossier": (["dossier", "CSAA", "JAXA"], "csa"),
    "an end of a path": (["path", "CSA", "ISROO"], "isro"),
    "a thing with a timeline": (["timeline", "jaxaa"], "jaxa"),
    "a thing to draw": (["view", "--around", "jaxaa"], "jaxa"),
    "a format of tables": (["info", "-f", "xml"], "csv"),
}


@pytest.mark.parametrize("what", UNKNOWN)
def test_what_is_unknown_ends_with_2_and_a_suggestion(kg, what):
    args, nearest = UNKNOWN[what]
    ran = kg(*args)
    assert ran.code == 2
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert nearest.casefold() in ran.err.split("rror:")[-1].casefold()


WRONG = {
    "a day": ["query", "q13", "--on", "1985-13-01"],
    "a boolean": ["query", "q01", "-p", "include_states=maybe"],
    "no equals sign": ["query", "q01", "-p", "a"],
    "no query": ["query"],
    "both": ["query", "q01", "--sparql", "x.rq"],
    "no such file": ["query", "--sparql", "nowhere.rq"],
    "a question of another command": ["query", "q30"],
    "a workspace without a store": ["info", "--workspace", "nowhere"],
    "nothing to draw": ["view"],
    "a hostile name": ["show", 'x"> } INSERT'],
    "an output folder that is not there": ["export", "-o", "no/such/folder/x.ttl"],
    "an output that is a folder": ["export", "-o", "."],
    "a day that is none": ["show", "JAXA", "--on", "2025-02-30"],
    "a day in words": ["show", "JAXA", "--as-of", "9 July 2025"],
    "a day in another form": ["show", "JAXA", "--as-of", "2025-W28-3"],
    "a clock that nothing reads": ["plans", "--on", "2025-07-09"],
    "a language that nothing reads": ["conflicts", "--lang", "ja"],
    "no name": ["show", " "],
    "no limit": ["query", "--sparql", "-", "--time-limit", "nan"],
    "a limit below nothing": ["query", "--sparql", "-", "--row-limit", "-1"],
    "a parameter of no query": ["query", "--sparql", "-", "-p", "a=CSA"],
    "a number that is none": ["picture", "timeline", "JAXA", "-p", "rows=²"],
    "an entity that a picture has no use for": ["picture", "decades", "JAXA"],
    "a network of readings": ["export", "-f", "gold", "--projection", "typed"],
    "a value of nothing": ["report", "fact:event.founding.csa._", "--value", "5"],
    "an option of fetch without texts": ["fetch", "--strict"],
    "a source without a path": ["build", "--add", "gcat"],
    "an origin that is none": ["serve", "--cors", "https://example.org/path"],
    "an address that is none": ["serve", "--base-url", "example.org"],
    "an address of a site that is none": ["publish", "site", "--base-url", "https://[::1/"],
    "positions that are not there": ["view", "--around", "JAXA", "--positions", "none.json"],
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_one_message_and_no_trace(kg, what):
    ran = kg(*WRONG[what])
    assert ran.code in {1, 2}
    assert ran.out == ""
    assert "rror: " in ran.err
    assert "Traceback" not in ran.err
    assert list(Path().iterdir()) == []


# --- results -------------------------------------------------------------------------------------


def test_no_rows_is_no_error_and_is_said(kg):
    ran = kg("query", "q01", "--as-of", "1950-01-01")
    assert ran.code == 0
    assert "no rows" in ran.out
    assert "documents that count: 0; left out: " in ran.out.replace("\n", " ")
    assert "*no rows*" in kg("query", "q01", "--as-of", "1950-01-01", "-f", "md").out
    assert json.loads(kg("query", "q01", "--as-of", "1950-01-01", "-f", "json").out)["rows"] == []


TABLES = [["query", "q01"], ["query", "q22"], ["show", "JAXA"], ["info"], ["conflicts"], ["plans"]]


@pytest.mark.parametrize("args", TABLES, ids=" ".join)
def test_every_format_can_be_read(kg, args):
    table = json.loads(kg(*args, "-f", "json").out)
    columns, count = table["columns"], len(table["rows"])
    assert count
    for form, delimiter in (("csv", ","), ("tsv", "\t")):
        ran = kg(*args, "-f", form)
        rows = list(csv.reader(io.StringIO(ran.out, newline=""), delimiter=delimiter))
        assert rows[0] == columns
        assert len(rows) == count + 1
        assert {len(row) for row in rows} == {len(columns)}
        assert ran.err == ""
    lines = kg(*args, "-f", "md").out.splitlines()
    assert sum(line.startswith("| ") for line in lines) == count + 2
    pretty = kg(*args)
    assert (pretty.code, pretty.err) == (0, "")
    assert "Traceback" not in pretty.out


def test_the_answer_for_people_numbers_its_evidence(kg, monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    out = kg("query", "q01", "--document", SEED).out
    assert "International Space Station" in out
    assert re.search(rf"^\[1\] {SEED} #char=360,448 \(s02\): ", out, re.MULTILINE)
    assert "not stated in every row: since a" in out.replace("\n", " ")
    assert "not asked for" in out


def test_on_and_as_of(kg):
    rows = json.loads(kg("query", "q13", "--on", "1985-06-01", "-f", "json").out)["rows"]
    assert "possible" in {r["true on 1985-06-01"] for r in rows}
    then = kg("info", "documents", "--as-of", "2025-07-09", "-f", "csv").out
    now = kg("info", "documents", "-f", "csv").out
    assert "jaxa-2025-10-30" in now
    assert "jaxa-2025-10-30" not in then


def test_a_path_on_a_day_takes_only_what_can_hold_on_it(kg):
    asked = ["path", "CSA", "ISRO", "-f", "json"]
    always = json.loads(kg(*asked).out)
    early = json.loads(kg(*asked, "--on", "1950-01-01").out)
    assert always["rows"]
    assert early["rows"] != always["rows"]
    assert "on 1950-01-01" in " ".join(early["notes"])


def test_a_home_folder_after_an_equals_sign_is_found(kg, tmp_path, monkeypatch):
    """Not every shell expands `--add gcat=~/gcat`."""
    monkeypatch.setenv("HOME", str(tmp_path))
    assert f"'{tmp_path}/nowhere'" in kg("build", "--add", "gcat=~/nowhere").err


def test_labels_in_another_language(kg):
    out = kg("query", "q01", "--lang", "ja", "--document", SEED, "-f", "csv").out
    assert "宇宙航空研究開発機構" in out


def test_sparql_from_a_file_and_from_stdin(kg, monkeypatch):
    text = "SELECT ?x { ?x a sp:Person } LIMIT 2"
    Path("mine.rq").write_text(text)
    from_file = kg("query", "--sparql", "mine.rq", "-f", "csv")
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    from_stdin = kg("query", "--sparql", "-", "-f", "csv")
    assert from_file.out == from_stdin.out
    assert from_file.out.startswith("x\nhttps://")
    assert "id:" in kg("query", "--sparql", "mine.rq").out, "short names for people"


def test_sparql_errors_name_the_file_and_the_place(kg):
    Path("mine.rq").write_text("SELECT ?x {\n ?x a }")
    ran = kg("query", "--sparql", "mine.rq")
    assert ran.code == 1
    assert re.match(r"error: mine\.rq:2:\d+: syntax error", ran.err)
    Path("mine.rq").write_text("DELETE WHERE { ?s ?p ?o }")
    assert "this store is read-only" in kg("query", "--sparql", "mine.rq").err
    Path("mine.rq").write_bytes(b"\xff\xfe")
    assert "is not UTF-8" in kg("query", "--sparql", "mine.rq").err


def test_the_time_limit_of_the_command_line(kg):
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?i) }"
    Path("mine.rq").write_text(endless)
    ran = kg("query", "--sparql", "mine.rq", "--time-limit", "1")
    assert ran.code == 1
    assert "was stopped after 1 s" in ran.err


def test_the_list_of_queries_has_all_forty_questions(kg):
    out = kg("query", "--list", "-f", "csv").out
    for number in range(1, 41):
        assert f"q{number:02}" in out


def test_the_same_bytes_every_time(kg):
    for args in (["query", "q22"], ["info"], ["show", "JAXA"]):
        assert kg(*args).out == kg(*args).out


# --- validation -----------------------------------------------------------------------------------


def test_a_valid_store_ends_with_0(kg):
    ran = kg("validate")
    assert ran.code == 0
    assert "0 violations" in ran.out


PLANTED = {
    "a claim without status": "DELETE WHERE { GRAPH ?g { <%s> sp:status ?s } } ; "
    "DELETE WHERE { <%s> sp:status ?s }",
    "a date that is none": "INSERT DATA { <%s> sp:announcedOn 'tomorrow' ; sp:ofFact <%s> }",
}


@pytest.fixture
def spoilt(seed_store, tmp_path):
    """A copy of a store, to be spoilt by an update."""
    home = Path(shutil.copytree(seed_store, tmp_path / "spoilt"))

    def spoil(update):
        path = home / "store" / "builds" / (home / "store" / store.CURRENT).read_text().strip()
        opened = ox.Store(str(path / "oxigraph"))
        opened.update(update, prefixes={"sp": iri("sp:x")[:-1]})
        opened.flush()
        return home

    return spoil


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_error_ends_with_1(kg, spoilt, what):
    claim = iri(f"claim:participation.jaxa.xrism.lead.ongoing.{SEED}")
    home = spoilt(PLANTED[what] % (claim, claim))
    ran = kg("validate", "--workspace", home, "-f", "csv")
    assert ran.code == 1
    violations = [r for r in csv.DictReader(io.StringIO(ran.out)) if r["severity"] == "violation"]
    assert violations
    assert any("xrism" in r["node"] for r in violations)


def test_a_changed_text_is_no_text_and_a_wrong_digest_a_violation(kg, spoilt, seed_text):
    """The digest of a quotation is changed in the store: its words are not found any more."""
    update = """DELETE { GRAPH ?g { ?e sp:quoteSha256 ?s } ?e sp:quoteSha256 ?s }
        INSERT { ?e sp:quoteSha256 "0" }
        WHERE { GRAPH ?g { ?e sp:quoteSha256 ?s ; sp:start ?n } FILTER(STR(?n) = "3803") }"""
    home = spoilt(update)
    texts = home / "cache" / "texts"
    texts.mkdir(parents=True)
    content = seed_text.read_bytes()
    (texts / f"{hashlib.sha256(content).hexdigest()}.txt").write_bytes(content)
    ran = kg("validate", "--workspace", home, "-f", "csv")
    assert ran.code == 1
    assert "quote-not-found" in ran.out


# --- building, and where things are written ------------------------------------------------------


def listed(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*"))


def test_build_reports_what_it_read(kg, tmp_path, monkeypatch):
    monkeypatch.setenv("KG_WORKSPACE", str(tmp_path / "mine"))
    ran = kg("build", "--only", "seed")
    assert ran.code == 0
    assert re.search(r"^seed: (\d+) rows in = \1 mapped \+ 0 rejected", ran.out, re.MULTILINE)
    assert re.search(r"sha256 of the sorted N-Quads [0-9a-f]{64}", ran.out)
    assert (tmp_path / "mine" / "store" / "CURRENT").is_file()


def test_a_failed_build_says_where_and_ends_with_1(kg, tmp_path, monkeypatch):
    monkeypatch.setenv("KG_WORKSPACE", str(tmp_path / "mine"))
    folder = tmp_path / "mine" / "sources" / "bad"
    folder.mkdir(parents=True)
    (folder / "source.yaml").write_text("loader: facts\nfiles:\n  - facts.yaml\n")
    (folder / "facts.yaml").write_text("statements:\n  - class: Nonsense\n")
    ran = kg("build")
    assert ran.code == 1
    assert ran.out == ""
    assert re.search(r"error: .*bad/facts\.yaml:2", ran.err)


def test_the_workspace_option_wins_over_the_variable(kg, seed_store):
    one = r"(?<!\d)1 documents"
    assert re.search(one, kg("info", "documents", "--workspace", seed_store).out)
    assert not re.search(one, kg("info", "documents").out)


def test_nothing_is_written_outside_the_workspace(full_store, tmp_path):
    """Home, working folder, temporary folder and the package stay as they were."""
    home, here, temporary = (tmp_path / n for n in ("home", "here", "tmp"))
    for folder in (home, here, temporary):
        folder.mkdir()
    workspace = tmp_path / "ws"
    env = {
        **os.environ, "HOME": str(home), "TMPDIR": str(temporary), "KG_WORKSPACE": str(workspace),
        "XDG_CACHE_HOME": str(home / "cache"), "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    package = Path(store.__file__).parent
    before = listed(package.parent / "data"), listed(package.parent / "ontology")
    (tmp_path / "mine.rq").write_text("SELECT * { ?s a sp:Person }")
    for line in (
        "build --only seed", "query q01", "validate", "export -o -",
        f"query --sparql {tmp_path}/mine.rq --document {SEED}", "view --all -o -",
    ):  # fmt: skip
        subprocess.run(
            [sys.executable, "-m", "kg", *line.split()],
            env=env, cwd=here, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    assert [listed(f) for f in (home, here, temporary)] == [[], [], []]
    assert sorted(p.name for p in workspace.iterdir()) == ["store"]
    assert (listed(package.parent / "data"), listed(package.parent / "ontology")) == before


@pytest.mark.parametrize("args", ["info", "info -f csv", "query q34 -f json", "export", "--help"])
def test_a_closed_pipe_is_quiet(full_store, args):
    """`kg … | head -1`: no trace, no complaint."""
    env = {**os.environ, "KG_WORKSPACE": str(full_store)}
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", *args.split()],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    err = process.stderr.read()
    assert process.wait(timeout=60) == 1
    assert err == b""


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="the system has no /dev/full")
@pytest.mark.parametrize("args", ["info", "info -f csv", "export", "export -o /dev/full"])
def test_a_full_disk_is_one_message(full_store, args):
    env = {**os.environ, "KG_WORKSPACE": str(full_store)}
    with Path("/dev/full").open("wb") as out:
        ran = subprocess.run(
            [sys.executable, "-m", "kg", *args.split()], env=env, stdout=out,
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    assert ran.returncode == 1
    assert ran.stderr.startswith("error: ")
    assert "No space left on device" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "ignored" not in ran.stderr
    assert Path("/dev/full").is_char_device()


def test_a_terminal_that_cannot_show_all_signs_gets_escapes(full_store):
    env = {**os.environ, "KG_WORKSPACE": str(full_store), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "kg", "show", "JAXA"]
    ran = subprocess.run(command, env=env, capture_output=True, check=True)
    assert ran.stderr == b""
    assert rb"\u5b87" in ran.stdout


@pytest.mark.parametrize("given", ["", "wide", "0", "-5"])
def test_a_width_that_is_none_is_no_width(kg, monkeypatch, given):
    usual = kg("info")
    monkeypatch.setenv("COLUMNS", given)
    assert kg("info") == usual


def test_output_goes_to_a_file_whole_or_not_at_all(kg):
    Path("old.ttl").write_text("old")
    ran = kg("export", "--document", "nothing", "-o", "old.ttl")
    assert ran.code == 2
    assert Path("old.ttl").read_text() == "old"
    assert kg("export", "-o", "old.ttl").code == 0
    assert Path("old.ttl").read_text() != "old"
    assert [p.name for p in Path().iterdir()] == ["old.ttl"]


def test_importing_the_commands_is_cheap():
    """`kg --help` loads neither the engine nor pyvis, networkx or rdflib."""
    code = """
import sys
sys.argv = ["kg", "--help"]
from kg import cli
try:
    cli.run()
except SystemExit:
    pass
heavy = ("pyoxigraph", "rdflib", "networkx", "pyvis", "IPython")
print([m for m in heavy if m in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
