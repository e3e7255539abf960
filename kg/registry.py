"""A folder of plug-ins: the file name is the public name."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from types import ModuleType

from kg.errors import KGError, suggest


def names(package: str) -> list[str]:
    """Return the public names in a package folder, sorted, without importing them.

    Args:
        package: Dotted name of the package, such as ``kg.export``.
    """
    spec = importlib.util.find_spec(package)
    locations = list(spec.submodule_search_locations or []) if spec else []
    found = (m.name for m in pkgutil.iter_modules(locations) if not m.name.startswith("_"))
    return sorted(name.replace("_", "-") for name in found)


def load(package: str, name: str, what: str) -> ModuleType:
    """Import one plug-in.

    Args:
        package: Dotted name of the package.
        name: Public name, as :func:`names` gives it.
        what: What a plug-in of this package is called in a message, such as "format".

    Raises:
        KGError: If there is no such plug-in; the message lists the nearest names.
    """
    known = names(package)
    if name not in known:
        fix = suggest(name, known) or "known: " + ", ".join(known)
        raise KGError(f"unknown {what} '{name}'", fix=fix)
    return importlib.import_module(f"{package}.{name.replace('-', '_')}")
