"""The same input gives the same bytes, whatever the hash seed and the order of loading."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import registry
from kg.store import View

FORMATS = registry.names("kg.export")
SOURCES = Path(__file__).resolve().parent.parent / "world"
BUILD = """
import hashlib, io, json, sys
from pathlib import Path
from kg import build, registry
folder, home = Path(sys.argv[1]), Path(sys.argv[2])
slugs = ("arctic", "ice-watch", "survey")
result = build.build(home, only=slugs, add=[(s, folder / s) for s in slugs])
found = {}
for name in registry.names("kg.export"):
    out = io.BytesIO()
    registry.load("kg.export", name, "format").write(result.view, out)
    found[name] = hashlib.sha256(out.getvalue()).hexdigest()
print(json.dumps(found))
"""


def _built(home: Path, seed: str) -> dict[str, str]:
    command = [sys.executable, "-c", BUILD, str(SOURCES), str(home)]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return json.loads(done.stdout.splitlines()[-1])


def test_two_builds_with_different_hash_seeds(tmp_path):
    first, second = _built(tmp_path / "one", "1"), _built(tmp_path / "two", "77")
    assert sorted(first) == FORMATS and len(FORMATS) == 8
    assert first == second


@pytest.mark.parametrize("name", FORMATS)
def test_the_order_of_loading_does_not_matter(world_view, written, name):
    quads = list(world_view.store)
    random.Random(3).shuffle(quads)
    shuffled = ox.Store()
    for quad in quads:
        shuffled.add(quad)
    again = written(View(shuffled), name)
    assert _digest(again) == _digest(written(world_view, name))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
