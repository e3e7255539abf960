"""The file in which a page saves where its reader has put things."""

from __future__ import annotations

import json
from math import isfinite
from pathlib import Path

from kg.errors import InputError, Origin

FORMAT = "kg-positions/1"
_LIMIT = 1e7


def read_positions(path: str) -> dict[str, tuple[float, float]]:
    """Read positions that a page has saved.

    Args:
        path: The file: `{"format": "kg-positions/1", "positions": {id: [x, y]}}`.

    Returns:
        Places in pixels at zoom 1, by node id.

    Raises:
        InputError: If it cannot be read, or is no such file.
    """
    try:
        data = json.loads(Path(path).read_text("utf-8"))
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise InputError(message, origin=Origin(path), fix=_FIX) from None
    except UnicodeDecodeError:
        raise InputError("is no UTF-8 text", origin=Origin(path), fix=_FIX) from None
    except json.JSONDecodeError as error:
        where = Origin(path, error.lineno, error.colno)
        raise InputError(f"is no JSON: {error.msg}", origin=where, fix=_FIX) from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise InputError(f'lacks "format": "{FORMAT}"', origin=Origin(path), fix=_FIX)
    found = data.get("positions")
    if not isinstance(found, dict):
        raise InputError('lacks "positions"', origin=Origin(path), fix=_FIX)
    return {name: _spot(path, name, value) for name, value in found.items()}


_FIX = "give the file that the button Positions of a page has saved"


def _spot(path: str, name: str, value: object) -> tuple[float, float]:
    numbers = value if isinstance(value, list) else []
    good = [
        float(n)
        for n in numbers
        if isinstance(n, (int, float)) and not isinstance(n, bool) and abs(n) < _LIMIT
    ]
    if len(numbers) != 2 or len(good) != 2 or not all(map(isfinite, good)):
        message = f"the position of {name} is no pair of numbers"
        raise InputError(message, origin=Origin(path), fix=_FIX)
    return good[0], good[1]
