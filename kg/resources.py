"""Where the ontology, the data and the user's workspace are; nobody else knows."""

from __future__ import annotations

import os
from pathlib import Path

from kg.errors import StoreError

_PACKAGE = Path(__file__).resolve().parent
DEFAULT_WORKSPACE = "kg-workspace"


def root() -> Path:
    """Return the folder that holds `ontology/` and `data/`.

    A checkout (a `pyproject.toml` beside the package) comes before the copy inside an installed
    package, because an editable install may leave a stale copy behind.
    """
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "ontology").is_dir():
        return checkout
    return _PACKAGE / "_resources"


def ontology() -> Path:
    """Return the folder of the ontology files."""
    return root() / "ontology"


def data() -> Path:
    """Return the folder of the data that come with the product."""
    return root() / "data"


def data_sources() -> Path:
    """Return the folder of the sources that come with the product."""
    return data() / "sources"


def external() -> Path:
    """Return the folder of the mappings for files that the user brings."""
    return root() / "data" / "external"


def identity() -> Path:
    """Return the folder of the mapping files that say which identifier is whose."""
    return root() / "data" / "identity"


def queries() -> Path:
    """Return the folder of the named queries."""
    return _PACKAGE / "queries"


def workspace(path: str | os.PathLike[str] | None = None) -> Path:
    """Return the user's workspace: the argument, `KG_WORKSPACE`, or `kg-workspace/` here.

    Args:
        path: A folder given by the user, or None.

    Raises:
        StoreError: If the path exists and is not a folder.
    """
    chosen = Path(path or os.environ.get("KG_WORKSPACE") or DEFAULT_WORKSPACE)
    if chosen.exists() and not chosen.is_dir():
        raise StoreError(f"workspace '{chosen}' is not a folder", fix="choose another --workspace")
    return chosen
