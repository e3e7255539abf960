"""A knowledge graph of international space partnerships, with the evidence for every answer.

The public API loads what it needs when it is first used::

    import kg

    kg.build_store("kg-workspace")
    view = kg.open("kg-workspace", as_of="2025-07-09")
    print(kg.ask(view, "q01", a="CSA", b="JAXA").records())

Its verbs differ from the names of the modules: importing a module of the same name would
replace the function in this namespace.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import (
        Filter,
        View,
        analyze,
        ask,
        brief,
        build_store,
        draw,
        open,
        project,
        read_releases,
        review,
        serialize,
    )
    from kg.errors import KGError
    from kg.table import Table

__all__ = [
    "Filter",
    "KGError",
    "Table",
    "View",
    "analyze",
    "ask",
    "brief",
    "build_store",
    "draw",
    "open",
    "project",
    "read_releases",
    "review",
    "serialize",
]
_HOMES = {"KGError": "kg.errors", "Table": "kg.table"}


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(importlib.import_module(_HOMES.get(name, "kg.api")), name)
    raise AttributeError(f"module 'kg' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(__all__)
