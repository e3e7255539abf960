"""Which of several labels to show; nothing is ever translated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def by_language(labels: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return language → label; of several in a language the first in the order of letters."""
    return dict(sorted(labels, reverse=True))


def choose(said: Mapping[str, str], languages: Iterable[str]) -> str:
    """Return the label in the first language that has one, then English, then any, else ""."""
    order = [*languages, "en", *sorted(said)]
    return next((said[x] for x in order if x in said), "")
