from __future__ import annotations

from collections.abc import Callable

import pytest
from pages_world import facts

from kg.pages import Site
from kg.store import View


@pytest.fixture
def hostile(view_of: Callable[[str], View]) -> Site:
    """The pages of a world whose names try everything."""
    return Site(view_of(facts()))


@pytest.fixture(scope="session")
def site(world_view: View) -> Site:
    """The pages of the invented world."""
    return Site(world_view)
