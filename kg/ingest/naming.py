"""New entities: what kind of thing a name is, where it stands, and which known names are near.

Near names are suggestions for a person and nothing more. "Austrian Space Agency" and "Australian
Space Agency" differ by two letters, "Artemis IV" and "Artemis I" by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.extract import words
from kg.extract.gazetteer import Name
from kg.ingest import checking, keeping
from kg.ingest.drafts import slug
from kg.names import exists
from kg.namespaces import iri, prefixes
from kg.store import View

_CLASSES = {
    "Person": "Person", "Agency": "Organization", "State": "State", "Activity": "Mission",
    "Object": "SpaceObject", "Text": "SpaceObject", "Agreement": "Agreement",
    "Facility": "Facility", "Place": "Place",
}  # fmt: skip
_LAST = {
    "Agency": "SpaceAgency", "Ministry": "Ministry", "University": "ResearchInstitution",
    "Institute": "ResearchInstitution", "Laboratory": "ResearchInstitution",
    "Observatory": "Facility", "Company": "Company", "Corporation": "Company", "Inc": "Company",
    "Ltd": "Company", "Programme": "Programme", "Program": "Programme", "Treaty": "Treaty",
    "Charter": "Charter", "Conference": "ConferenceSeries", "Symposium": "ConferenceSeries",
    "Congress": "ConferenceSeries", "Module": "Module", "Airlock": "Module",
    "Arm": "RoboticManipulator", "Telescope": "Instrument", "Camera": "Instrument",
    "Spectrometer": "Instrument", "Spacecraft": "Spacecraft", "Satellite": "Spacecraft",
    "Memorandum": "MemorandumOfUnderstanding",
}  # fmt: skip
_ROMAN = re.compile(r"(?<![A-Za-z])[IVXLC]+(?![A-Za-z])")
_NEAR = 80


@dataclass(frozen=True, slots=True)
class Near:
    """A known name that is near.

    Attributes:
        name: The name.
        slug: Identifier of the thing that bears it.
        label: Label of that thing.
        score: 0 to 100.
    """

    name: str
    slug: str
    label: str
    score: int


def guess(name: str, kind: str) -> str:
    """Return the class that a name most likely has: by its last word, else by its kind."""
    last = (re.findall(r"\w+", name) or [""])[-1]
    return _LAST.get(last) or _CLASSES.get(kind, "Organization")


def nearest(name: str, kind: str, known: Sequence[Name], most: int = 3) -> list[Near]:
    """Return known names that are near, best first; never one that tells another thing.

    Args:
        name: The name.
        kind: Kind of mention it makes; only names of that kind count, where it is known.
        known: Names of the graph.
        most: How many at the most.
    """
    from rapidfuzz import fuzz, process, utils

    countries = _countries(known)
    mine = _telling(name, countries)
    fitting = [n for n in known if kind in {n.kind, "Unknown", ""}]
    found = process.extract(
        name, [n.text for n in fitting], scorer=fuzz.token_sort_ratio,
        processor=utils.default_process, score_cutoff=_NEAR, limit=None,
    )  # fmt: skip
    best: dict[str, Near] = {}
    for text, score, place in found:
        one = fitting[place]
        if _telling(text, countries) == mine and one.slug not in best:
            best[one.slug] = Near(text, one.slug, one.label, round(score))
    return sorted(best.values(), key=lambda n: (-n.score, n.label))[:most]


def _countries(known: Iterable[Name]) -> dict[str, str]:
    """Return word or words of a country → its identifier, in small letters."""
    states = {n.text.casefold(): n.slug for n in known if n.kind == "State"}
    for language in words.languages():
        for state, forms in words.load(language).adjectives.items():
            states |= {form.casefold(): state for form in forms}
    return states


def _telling(name: str, countries: dict[str, str]) -> tuple[list[str], list[str], list[str]]:
    """Return the digits, the Roman numerals and the countries in a name."""
    parts = re.findall(r"[\w.]+", name.casefold())
    runs = {" ".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 1, i + 4)}
    return (
        re.findall(r"\d+", name),
        _ROMAN.findall(name),
        sorted({countries[r] for r in runs if r in countries}),
    )


def places(workspace: Path, name: str) -> Iterator[tuple[str, int, str]]:
    """Yield document, offset and the words around, of all mentions of a name in kept releases."""
    form = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    for kept in keeping.read_all(workspace):
        for match in form.finditer(kept.text):
            around = kept.text[max(0, match.start() - 40) : match.end() + 40]
            yield kept.id, match.start(), " ".join(around.split())


def entry(view: View, name: str, cls: str, identifier: str, **more: str) -> dict[str, str]:
    """Return the decision that a name is a new entity, or the name of a known one.

    Args:
        view: The graph.
        name: The name, as the releases write it.
        cls: Class of the new entity; "" for a known one.
        identifier: Identifier; for a new entity "" makes one of the name.
        **more: who, when, why, release.

    Raises:
        InputError: If the class or the identifier cannot be.
    """
    made = {"name": name, "verdict": "accept", "id": identifier or slug(name), "type": cls}
    checking.entity(made)
    there = exists(view, iri("id:" + made["id"]))
    if cls and there:
        label = view.label(prefixes()["id"] + made["id"])
        fix = f"choose another id, or say that it is a name of {label}"
        raise InputError(f"'{made['id']}' is in the graph: {label}", fix=fix)
    if not cls and not there:
        raise InputError(f"'{identifier}' is not in the graph", fix="give a class for a new entity")
    return {k: v for k, v in {**made, **more}.items() if v}
