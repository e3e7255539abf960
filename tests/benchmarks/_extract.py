"""Extraction: invented releases, 20,000 names, against a limit of 30,000 characters a second."""

from __future__ import annotations

import random
from collections.abc import Iterator

from _measure import Finding, alternate

from kg.extract import pipeline
from kg.extract.gazetteer import Gazetteer, Name
from kg.extract.spans import Release

_LIMIT = 30_000
_NAMES, _RELEASES, _SENTENCES = 20_000, 60, 25
_KINDS = ("Agency", "Person", "Activity", "Object", "Agreement", "Place", "Facility")
_SYLLABLES = ("ka", "lo", "mi", "ren", "tor", "vel", "sta", "nor", "pik", "dra", "zu", "hel", "bri")
_FORMS = (
    "{Agency} and {Agency2} signed a memorandum of understanding on {Activity}.",
    "{Activity}, a joint mission of {Agency} and {Agency2}, was launched in 2018.",
    "{Person}, President of {Agency}, met with {Person2} during a visit to {Place}.",
    "{Agency} will provide a camera for {Activity} under an agreement with {Agency2}.",
    "The weather over the site was fair, and teams went on with their checks all night.",
    "“We are glad to work with {Agency2},” said {Person}, who leads {Agency}.",
    "{Object} will capture {Activity} and berth it in 2027, officials of {Agency} said.",
)


def compare(rounds: int) -> Iterator[Finding]:
    """Yield the comparison with the time that the limit allows for the same text."""
    names, texts = _invented()
    size = sum(map(len, texts))
    times = alternate({"kg": lambda: _all(texts, names)}, rounds)
    what = f"extraction, {_NAMES:,} names"
    note = f"{size:,} characters, {size / times['kg']:,.0f} a second"
    yield Finding(what, times["kg"], size / _LIMIT, f"{_LIMIT:,} characters/s", 1, note=note)


def _all(texts: list[str], names: Gazetteer) -> int:
    return sum(
        len(pipeline.extract(Release(f"r{i}", text, "", "official"), names))
        for i, text in enumerate(texts)
    )


def _invented() -> tuple[Gazetteer, list[str]]:
    chance = random.Random(7)
    by_kind: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    names = []
    for i in range(_NAMES):
        kind = _KINDS[i % len(_KINDS)]
        text = " ".join(_word(chance) for _ in range(chance.randint(1, 3)))
        by_kind[kind].append(text)
        names.append(Name(text, f"n{i}", kind, text))
    texts = [_release(chance, by_kind) for _ in range(_RELEASES)]
    return pipeline.gazetteer(names), texts


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 4))).title()


def _release(chance: random.Random, by_kind: dict[str, list[str]]) -> str:
    said = []
    for _ in range(_SENTENCES):
        chosen = {kind: chance.choice(names) for kind, names in by_kind.items()}
        chosen |= {f"{kind}2": chance.choice(by_kind[kind]) for kind in ("Agency", "Person")}
        said.append(chance.choice(_FORMS).format(**chosen))
    return "WASHINGTON, July 9, 2025 – " + "\n\n".join(
        " ".join(said[i : i + 4]) for i in range(0, len(said), 4)
    )
