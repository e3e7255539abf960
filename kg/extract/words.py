"""The word lists of a language, read once from its folder."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import InputError, Origin

HERE = Path(__file__).parent
NEVER = "(?!)"
"""The regular expression that matches nowhere."""
_PART = re.compile(r"\{([a-z_]+)\}")
_NEEDED = ("negation", "reported", "condition", "possible", "planned")
"""Turns without which what is denied, hoped or planned would be read as a fact."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """What a language's `words.toml` says.

    Attributes:
        lists: Name of a list → its words.
        adjectives: Identifier of a state → its adjectives.
        states: Identifier of a state → further names of it.
        kinds: Kind of mention → last words of names of that kind.
        first: Kind of mention → first words of names of that kind ("Department of …").
        before: Kind of mention → nouns that stand before a name of that kind.
        after: Kind of mention → nouns that stand after a name of that kind.
        apposed: Kind of mention → nouns that tell it after a comma: "Kite, a small satellite".
        spelling: Two spellings of one word, each way.
        forms: Name → regular expression: turns of the language that stages look for.
        turns: Name of a group of turns → name → regular expression in which `{name}` stands for
            another turn of the group, or for what the stage gives.
    """

    lists: Mapping[str, tuple[str, ...]]
    adjectives: Mapping[str, tuple[str, ...]]
    states: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, tuple[str, ...]]
    first: Mapping[str, tuple[str, ...]]
    before: Mapping[str, tuple[str, ...]]
    after: Mapping[str, tuple[str, ...]]
    apposed: Mapping[str, tuple[str, ...]]
    spelling: tuple[tuple[str, str], ...]
    forms: Mapping[str, str]
    turns: Mapping[str, Mapping[str, str]]

    def alternatives(self, name: str) -> str:
        """Return a list as the body of a regular expression, longest first."""
        return _alternatives(self, name)

    def single(self, *names: str) -> frozenset[str]:
        """Return the single words of some lists."""
        return _single(self, names)

    def form(self, name: str) -> re.Pattern[str]:
        """Return a turn of the language, compiled; one that it lacks is found nowhere."""
        return _compiled(self, name)

    def part(self, name: str) -> str:
        """Return a turn of the language as part of a regular expression."""
        return self.forms.get(name, NEVER).replace("\n", "")

    def turn_form(self, group: str, name: str) -> re.Pattern[str]:
        """Return a turn of a group, compiled; one that the language lacks is found nowhere."""
        return _turned(self, group, name)

    def turn(self, group: str, name: str, given: Mapping[str, str] | None = None) -> str:
        """Return a turn of a group as part of a regular expression, its parts put in.

        Args:
            group: Name of the group.
            name: Name of the turn.
            given: Parts that the stage gives.
        """
        parts = {**self.turns.get(group, {}), **(given or {})}
        return _filled(parts.get(name, NEVER), parts)


@lru_cache(maxsize=64)
def _turned(words: Words, group: str, name: str) -> re.Pattern[str]:
    return re.compile(words.turn(group, name))


def _filled(text: str, parts: Mapping[str, str]) -> str:
    return _PART.sub(lambda m: _filled(parts.get(m[1], NEVER), parts), text)


def either(words: Iterable[str]) -> str:
    """Return words as the body of a regular expression, longest first; of none, one for nothing."""
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) or NEVER


@lru_cache(maxsize=256)
def _alternatives(words: Words, name: str) -> str:
    return either(words.lists.get(name, ()))


@lru_cache(maxsize=64)
def _single(words: Words, names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(w for name in names for t in words.lists.get(name, ()) for w in t.split())


@lru_cache(maxsize=512)
def _compiled(words: Words, name: str) -> re.Pattern[str]:
    return re.compile(words.part(name))


def languages() -> list[str]:
    """Return the tags of the languages that have words and patterns, sorted."""
    return sorted(p.parent.name for p in HERE.glob("*/words.toml"))


def pattern_files(language: str) -> list[Path]:
    """Return the pattern files of a language: `patterns.toml`, then those that build on it."""
    base = HERE / language / "patterns.toml"
    more = sorted({*base.parent.glob("*.toml")} - {base, base.parent / "words.toml"})
    return [base, *more]


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
    lacking = [f for f in _NEEDED if f not in content.get("forms", {})]
    if lacking or not content.get("months"):
        what = ", ".join(lacking) or "months"
        fix = "give them as the file of another language does"
        raise InputError(f"words are missing: {what}", origin=Origin(str(path)), fix=fix)
    tables = {
        name: {k: tuple(v) for k, v in content.get(name, {}).items()}
        for name in ("adjectives", "states", "kinds", "first", "before", "after", "apposed")
    }
    return Words(
        lists={k: tuple(v) for k, v in content.items() if isinstance(v, list)},
        spelling=tuple((str(a), str(b)) for a, b in content.get("spelling", {}).items()),
        forms=dict(content.get("forms", {})),
        turns=content.get("turns", {}),
        **tables,
    )
