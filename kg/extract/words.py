"""The word lists of a language, read once from its folder."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import InputError, Origin

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """What a language's `words.toml` says.

    Attributes:
        lists: Name of a list → its words.
        adjectives: Identifier of a state → its adjectives.
        kinds: Kind of mention → last words of names of that kind.
    """

    lists: Mapping[str, tuple[str, ...]]
    adjectives: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, tuple[str, ...]]

    def alternatives(self, name: str) -> str:
        """Return a list as the body of a regular expression, longest first."""
        import re

        found = sorted(self.lists.get(name, ()), key=lambda w: (-len(w), w))
        return "|".join(re.escape(w) for w in found)


def languages() -> list[str]:
    """Return the tags of the languages that have words and patterns, sorted."""
    return sorted(p.parent.name for p in HERE.glob("*/words.toml"))


@lru_cache(maxsize=4)
def load(language: str) -> Words:
    """Read the words of a language.

    Raises:
        InputError: If there are none, or the file is no TOML.
    """
    path = HERE / language / "words.toml"
    if language not in languages():
        fix = "languages with patterns: " + ", ".join(languages())
        raise InputError(f"no patterns for language '{language}'", fix=fix)
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"no TOML: {error}", origin=Origin(str(path))) from None
    return Words(
        {k: tuple(v) for k, v in content.items() if isinstance(v, list)},
        {k: tuple(v) for k, v in content.get("adjectives", {}).items()},
        {k: tuple(v) for k, v in content.get("kinds", {}).items()},
    )
