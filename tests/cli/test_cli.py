"""The command line as a user meets it: help, exit codes, formats, and where things are written."""

import re
import shlex
from pathlib import Path

import pytest

from kg import registry

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
