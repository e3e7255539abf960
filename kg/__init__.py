"""A knowledge graph of international space partnerships, with the evidence for every answer.

The public API loads what it needs when it is first used::

    import kg
    kg.build("kg-workspace")
    view = kg.open("kg-workspace", as_of="2025-07-09")
    print(kg.query(view, "q01", a="CSA", b="JAXA").records())
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import (
        Filter,
        analyze,
        build,
        dossier,
        export,
        open,
        page,
        project,
        query,
    )
    from kg.errors import KGError
    from kg.table import Table

_PUBLIC = {
    "Filter": "kg.api",
    "KGError": "kg.errors",
    "Table": "kg.table",
    "analyze": "kg.api",
    "build": "kg.api",
    "dossier": "kg.api",
    "export": "kg.api",
    "open": "kg.api",
    "page": "kg.api",
    "project": "kg.api",
    "query": "kg.api",
}
__all__ = [
    "Filter",
    "KGError",
    "Table",
    "analyze",
    "build",
    "dossier",
    "export",
    "open",
    "page",
    "project",
    "query",
]


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(importlib.import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'kg' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(__all__)
