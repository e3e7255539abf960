"""Releases of the invented world, and a workspace to read them into."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import build, cli, store
from kg.ingest import run
from kg.ingest.run import Outcome
from kg.store import View

WORLD_SOURCES = ("arctic", "ice-watch", "survey")
RELEASE = """A word from Aldria

ASA and BSO are partners in Lumen.
Bo Quill, President of ASA, opened the day.
“ASA will provide the heater of Lumen,” said Vera Holt.
The Cyra Ice Agency (CIA) is a partner in Lumen.
"""


@pytest.fixture
def release() -> str:
    """An invented release: two statements for the graph, four for review."""
    return RELEASE


@pytest.fixture
def workspace(world_store: Path, tmp_path: Path) -> Path:
    """A copy of the workspace of the invented world."""
    return Path(shutil.copytree(world_store, tmp_path / "ws"))


@pytest.fixture
def rebuilt(workspace: Path) -> Callable[[], View]:
    """Build the workspace from the invented sources and what was ingested."""

    def make() -> View:
        build.build(workspace, only=[*WORLD_SOURCES, "releases"])
        return store.open_view(workspace)

    return make


@pytest.fixture
def ingest(workspace: Path, tmp_path: Path) -> Callable[..., Outcome]:
    """Read texts into the workspace: `ingest({"note.txt": "…"}, publisher="ASA")`."""

    def make(files: dict[str, str], **given: str) -> Outcome:
        folder = tmp_path / "in"
        folder.mkdir(exist_ok=True)
        paths = []
        for name, text in files.items():
            paths.append(folder / name)
            paths[-1].write_text(text, encoding="utf-8")
        return run.ingest(store.open_view(workspace), workspace, paths, given=given)

    return make


@pytest.fixture
def command(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run a command on the workspace: its exit code, stdout and stderr."""
    monkeypatch.setenv("KG_WORKSPACE", str(workspace))

    def make(*args: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["kg", *map(str, args)])
        capfd.readouterr()
        try:
            cli.run()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        return code, *capfd.readouterr()

    return make
