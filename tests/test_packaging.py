"""The wheel alone, in a fresh environment away from the checkout, runs every command."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from kg import registry

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def _files(folder: str) -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", folder], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(listed.stdout.split("\n")) - {""}


def test_the_wheel_holds_the_package_the_ontology_and_the_data(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = _files("kg") | {f"kg/_resources/{f}" for d in ("ontology", "data") for f in _files(d)}
    assert len(wanted) > 120
    assert wanted - held == set()
    assert not [name for name in held if "__pycache__" in name or name.startswith("tests")]


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", str(wheel)], check=True)
    return folder


COMMANDS = {
    "build": ["build"],
    "info": ["info"],
    "validate": ["validate"],
    "query": ["query", "q01"],
    "show": ["show", "JAXA"],
    "dossier": ["dossier", "CSA", "JAXA"],
    "path": ["path", "CSA", "ISRO"],
    "plans": ["plans"],
    "conflicts": ["conflicts"],
    "timeline": ["timeline", "JAXA"],
    "analyze": ["analyze", "centrality"],
    "view": ["view", "--around", "JAXA"],
    "export": ["export", "-f", "turtle"],
    "diff": ["diff", "workspace", "workspace"],
    "fetch": ["fetch", "gcat", "--dry-run"],
    "identity": ["identity", "list", "JAXA"],
    "ingest": ["ingest", "workspace/release.txt"],
    "missing": ["missing"],
    "picture": ["picture", "--help"],
    "serve": ["serve", "--help"],
    "publish": ["publish", "--help"],
    "review": ["review", "--list"],
    "patterns": ["patterns", "list"],
    "report": ["report", "fact:participation.jaxa.xrism.lead.ongoing"],
}

RELEASE = "LONGUEUIL, 9 July 2025 - The heads of CSA and JAXA met in Japan.\n"


def test_every_command_runs_from_the_wheel(installed: Path) -> None:
    assert set(COMMANDS) == set(registry.names("kg.cli"))
    environment = {**os.environ, "KG_WORKSPACE": "workspace"}
    environment.pop("PYTHONPATH", None)
    (installed / "workspace").mkdir(exist_ok=True)
    (installed / "workspace" / "release.txt").write_text(RELEASE, encoding="utf-8")
    for name, arguments in COMMANDS.items():
        done = subprocess.run(
            [installed / "venv" / "bin" / "kg", *arguments],
            cwd=installed,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, (name, done.stderr)
        assert done.stdout.strip(), name
    assert sorted(p.name for p in installed.iterdir()) == ["venv", "workspace"]
