"""A run of the command line in this process: exit code, stdout, stderr."""

from dataclasses import dataclass

import pytest

from kg import cli


@dataclass(frozen=True)
class Ran:
    """What one run of `kg` left."""

    code: int
    out: str
    err: str


@pytest.fixture
def kg(capfdbinary, monkeypatch, full_store, tmp_path):
    """Run `kg …` in an empty folder, on the store of all sources unless KG_WORKSPACE is changed."""
    monkeypatch.setenv("KG_WORKSPACE", str(full_store))
    monkeypatch.setenv("COLUMNS", "120")
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)

    def run(*args):
        monkeypatch.setattr("sys.argv", ["kg", *map(str, args)])
        capfdbinary.readouterr()
        try:
            cli.run()
            code = 0
        except SystemExit as stop:
            code = stop.code or 0
        out, err = capfdbinary.readouterr()
        return Ran(code, out.decode(), err.decode())

    return run
