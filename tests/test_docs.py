"""The documentation is generated from code, and what the README promises is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg import registry

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("tool", ["tools/docs.py", "tools/ontology_page.py"])
def test_generated_documents_are_current(tool: str) -> None:
    done = subprocess.run(
        [sys.executable, tool, "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_every_command_is_in_the_reference_with_an_example() -> None:
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    names = registry.names("kg.cli")
    assert len(names) >= 14
    for name in names:
        section = text.split(f"## kg {name}\n")[1].split("\n## ")[0]
        assert "Example:" in section, name
        assert f"kg {name}" in section.split("Example:")[1], name


def test_links_in_the_readme_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", (ROOT / "README.md").read_text("utf-8"))
    local = [link for link in links if "://" not in link]
    assert len(local) > 8
    for link in local:
        assert (ROOT / link).exists(), link


def test_readme_names_the_two_commands_first() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert readme.index("make demo") < readme.index("make test") < readme.index("## A session")
    assert readme.count("$ kg ") >= 4
