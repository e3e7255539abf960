"""What the tests of the users' tables share."""

from __future__ import annotations

from pathlib import Path

import pytest
from external_mapped import Map, Mapped, mapped


@pytest.fixture
def map_files(tmp_path: Path) -> Map:
    """Map files with the mappings of the product, after all curated sources."""

    def run(*added: tuple[str, Path]) -> Mapped:
        return mapped(tmp_path / "workspace", *added)

    return run
