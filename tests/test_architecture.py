"""One way through the house: who may import whom, and what is confined to one room."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "kg"
FILES = sorted(PACKAGE.rglob("*.py"))

# Upper lines may import lower ones. Modules on one line never import each other.
LAYERS = """
__main__
cli
api
serve  publish
pictures  pages
view  export  dossier  catalogue  profile  sparql  diff  fetch  report  ingest
analytics  query  candidates
build
kept  analyses
parameters
rows
questions  restrict  evidence  phrase
plan
blame
derive  validate  projection  names  texts  draft
conflicts  realization
columns
store
sources  bulk
edition
loaders  extract
claims
parts
identity
values  ontology  expected  identifiers
model  table  labels  _rdflib
period  vocab
namespaces
resources  registry  _sandbox  sssom  clock  files  safe  accept
_guard  _limits
errors
"""
RANK = {name: n for n, line in enumerate(LAYERS.strip().splitlines()) for name in line.split()}

# Where a library may be imported at all: modules, or folders with a slash at the end.
ROOMS = {
    "pyvis": ["view/page.py"],
    "matplotlib": ["pictures/_canvas.py", "pictures/"],
    "shacl": ["validate.py"],
    "rdflib": ["_rdflib.py"],
    "oxrdflib": ["_rdflib.py"],
    "yaml": ["loaders/_yaml.py", "ingest/writing.py"],
    "click": ["cli/"],
    "ahocorasick": ["extract/gazetteer.py"],
    "markdown_it": ["ingest/reading.py"],
    "rapidfuzz": ["ingest/naming.py"],
    "rich": ["cli/"],
    "filelock": ["build.py"],
    "networkx": ["analytics/", "export/", "projection/"],
    "scipy": ["analytics/", "projection/", "view/layout.py"],
    "numpy": ["analytics/", "projection/", "view/layout.py", "view/regions.py"],
    "socket": ["serve/"],
    "http": ["serve/"],
    "subprocess": ["sparql.py", "cli/_who.py"],
    "uvicorn": ["serve/run.py", "serve/connection.py"],
    "asyncio": ["serve/"],
    "IPython": [],
    "requests": [],
    "urllib3": ["fetch/client.py"],
    "pypdf": ["fetch/readings.py"],
    "httpx": [],
    "jinja2": ["pages/", "view/", "dossier/", "serve/", "publish/"],
}
HEAVY = {
    "rdflib",
    "networkx",
    "matplotlib",
    "pyoxigraph",
    "scipy",
    "numpy",
    "pyvis",
    "IPython",
    "shacl",
    "yaml",
    "urllib3",
}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def nodes(path: Path) -> Iterator[ast.AST]:
    """All nodes but those below `if TYPE_CHECKING:`."""
    todo: list[ast.AST] = [tree(path)]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            todo += node.orelse
            continue
        yield node
        todo += ast.iter_child_nodes(node)


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of each module that a file imports, lazily or not."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            module = node.module or ""
            if module == "kg":
                for alias in node.names:
                    yield node.lineno, f"kg.{alias.name}"
            else:
                yield node.lineno, module


def part(path: Path) -> str:
    """The line's name for a file: its module, or its folder below kg."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def place(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def test_files_are_found() -> None:
    assert len(FILES) >= 90
    assert {"cli", "store", "loaders", "errors"} <= {part(f) for f in FILES}


def test_every_module_has_its_line() -> None:
    found = {part(f) for f in FILES} - {"__init__"}
    assert found - set(RANK) == set(), "give the new module a line in LAYERS"
    assert set(RANK) <= found, "a module in LAYERS is gone"
    names = LAYERS.split()
    assert len(names) == len(set(names))


def test_imports_go_down_only() -> None:
    looked_at, wrong = 0, []
    for path in FILES:
        here = part(path)
        if here == "__init__":
            continue
        for line, name in imported(path):
            if not name.startswith("kg."):
                continue
            there = name.split(".")[1]
            looked_at += 1
            if here != there and RANK[there] <= RANK[here]:
                wrong.append(f"{path}:{line} {here} imports {there}")
    assert looked_at > 300
    assert wrong == []


def test_the_public_interface_is_lazy_and_complete() -> None:
    """`kg/__init__.py` imports nothing of ours when it is imported."""
    names = [n for _, n in imported(PACKAGE / "__init__.py")]
    assert names == ["importlib", "typing"] or set(names) == {"__future__", "importlib", "typing"}


def test_plug_ins_do_not_import_each_other() -> None:
    """A format or a command is one file: it may use the private helpers beside it, and no other."""
    looked_at: set[str] = set()
    wrong: list[tuple[str, str]] = []
    for folder in ("cli", "export", "loaders"):
        for path in sorted((PACKAGE / folder).glob("[!_]*.py")):
            looked_at.add(place(path))
            for _, name in imported(path):
                head = f"kg.{folder}."
                if name.startswith(head) and not name.removeprefix(head).startswith("_"):
                    wrong.append((place(path), name))
    assert len(looked_at) >= 20
    # tables and RDF files declare their documents and entities as facts do
    allowed = {("loaders/rdf.py", "kg.loaders.facts"), ("loaders/table.py", "kg.loaders.facts")}
    assert set(wrong) == allowed


@pytest.mark.parametrize("library", sorted(ROOMS))
def test_a_library_stays_in_its_room(library: str) -> None:
    rooms = ROOMS[library]
    users = [
        f"{place(path)}:{line}"
        for path in FILES
        for line, name in imported(path)
        if name.split(".")[0] == library
    ]
    assert [u for u in users if not u.startswith(tuple(rooms) or ("none",))] == []
    for room in rooms:
        if room.endswith(".py"):
            assert any(u.startswith(room) for u in users), f"{room} no longer needs {library}"


def test_urllib_only_parses() -> None:
    found = {n for path in FILES for _, n in imported(path) if n.startswith("urllib")}
    assert found <= {"urllib.parse", "urllib3"}


def test_nobody_prints_but_the_command_line() -> None:
    """Nor writes to the standard streams, nor ends the program."""
    calls = 0
    wrong = []
    for path in FILES:
        if part(path) in {"cli", "_sandbox"}:
            continue
        for node in nodes(path):
            if not isinstance(node, ast.Call):
                continue
            calls += 1
            name = ast.unparse(node.func)
            if name in {"print", "exit", "quit", "sys.exit", "os._exit"} or name.startswith(
                ("sys.stdout.", "sys.stderr.", "click.")
            ):
                wrong.append(f"{path}:{node.lineno} {name}")
    assert calls > 1000
    assert wrong == []


def test_errors_are_printed_and_exits_made_in_one_place() -> None:
    exits = [
        f"{place(path)}"
        for path in FILES
        for node in nodes(path)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "sys.exit"
    ]
    assert set(exits) == {"cli/__init__.py"}


def test_nothing_is_swallowed() -> None:
    """No bare except, and none of everything that does not raise again."""
    handlers = 0
    for path in FILES:
        for node in nodes(path):
            if not isinstance(node, ast.ExceptHandler):
                continue
            handlers += 1
            assert node.type is not None, f"{path}:{node.lineno} bare except"
            everything = ast.unparse(node.type) in {"Exception", "BaseException"}
            if everything and place(path) != "_sandbox.py":  # a child process reports them all
                again = any(isinstance(n, ast.Raise) for n in ast.walk(node))
                assert again, f"{path}:{node.lineno} swallows everything"
    assert handlers >= 30


def test_modules_stay_short() -> None:
    lines = {place(p): len(p.read_text(encoding="utf-8").splitlines()) for p in FILES}
    assert {k: n for k, n in lines.items() if n > 300} == {}
    middle = sorted(lines.values())[len(lines) // 2]
    assert middle < 120


def test_no_clock_is_read() -> None:
    """The same input gives the same output, whatever the day."""
    wrong = [
        f"{path}:{node.lineno}"
        for path in FILES
        for node in nodes(path)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func)
        in {"date.today", "datetime.now", "datetime.utcnow", "datetime.today", "time.time"}
    ]
    assert wrong == []


def loaded(*command: str) -> set[str]:
    """Top names of all modules that a command imports."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ, PYTHONPATH=str(ROOT)),
    )
    rows = (line.rsplit("|", 1) for line in run.stderr.splitlines() if "|" in line)
    return {name.strip().split(".")[0] for _, name in rows}


@pytest.mark.parametrize(
    "command",
    [
        ("-m", "kg", "--help"),
        ("-m", "kg", "--version"),
        ("-m", "kg", "query", "--help"),
        ("-c", "import kg; kg.KGError; dir(kg)"),
    ],
    ids=" ".join,
)
def test_help_is_light(command: tuple[str, ...]) -> None:
    names = loaded(*command)
    assert "kg" in names
    assert names & HEAVY == set()


def test_the_light_test_can_fail() -> None:
    assert {"pyoxigraph", "kg"} <= loaded("-c", "import kg.store")


def test_the_command_line_finds_its_commands_without_importing_them() -> None:
    code = "import kg.cli, sys; kg.cli.main.list_commands(None); print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = [m for m in run.stdout.split() if m.startswith("kg.cli")]
    assert found == ["kg.cli"]


def test_contributing_shows_the_same_order() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    shown = [" ".join(line.split()) for line in text.splitlines() if line.startswith("    ")]
    wanted = [" ".join(x.split()) for x in LAYERS.split("\n") if x]
    assert [line for line in wanted if line not in shown] == []
