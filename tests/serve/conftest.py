"""Real servers on 127.0.0.1.

| fixture | what |
|---|---|
| `start` | starts a server with settings; it is stopped after the test |
| `served` | one server of the invented world, with stand-in pages, for a whole module |
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import Running, end, with_settings

pytest.importorskip("uvicorn", reason="skipped: kg[serve] is not installed")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    running: list[Running] = []

    def begin(workspace: Path, **settings: Any) -> Running:
        running.append(with_settings(workspace, tmp_path / f"{len(running)}.log", **settings))
        return running[-1]

    yield begin
    for one in running:
        end(one)


@pytest.fixture(scope="module")
def served(world_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    limits = {"seconds": 3.0, "rows": 2000, "bytes": 2**20, "memory": 2**31}
    running = with_settings(
        world_store, tmp_path_factory.mktemp("log") / "log", query=limits, quick=0.5, client=2.0
    )
    yield running
    end(running)
