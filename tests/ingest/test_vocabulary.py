"""Names of a graph: in which languages they count, and what a state calls its only agency."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from kg.ingest import vocabulary
from kg.namespaces import RDFS_LABEL, prefixes, sp
from kg.store import View

HOME = prefixes()["id"]
NAMED = [
    ("norway", "State", "Norway", "en"),
    ("nsa", "SpaceAgency", "Sky Agency", "en"),
    ("nsa", "SpaceAgency", "Agence du ciel", "fr"),
    ("old", "SpaceAgency", "Air Agency", "en"),
    ("kite", "Mission", "Cerf-volant", "fr"),
]


class Graph:
    """As much of a view as names need."""

    def __init__(self, *agencies: str) -> None:
        self.agencies = agencies

    def rows(self, query: str) -> Iterator[tuple[str, ...]]:
        if "?agency" in query:
            yield from ((f"{HOME}norway", HOME + a) for a in self.agencies)
        elif "rdfs:label skos:altLabel" in query:
            for slug, cls, text, tag in NAMED:
                yield HOME + slug, sp(cls), RDFS_LABEL, text, tag

    def label(self, entity: str, languages: tuple[str, ...]) -> str:
        del languages
        return next(text for slug, _, text, _ in NAMED if entity == HOME + slug)


def named(*agencies: str) -> dict[str, tuple[str, str]]:
    found = vocabulary.names(cast(View, Graph(*agencies)), "en")
    return {n.text: (n.slug, n.method) for n in found}


def test_organizations_are_found_by_their_names_in_other_languages() -> None:
    found = named()
    assert found["Agence du ciel"] == ("nsa", "alias")
    assert "Cerf-volant" not in found


def test_the_only_space_agency_of_a_state_is_named_by_the_state() -> None:
    found = named("nsa")
    assert found["Norway's space agency"] == ("nsa", "national")
    assert found["Norwegian space agency"] == ("nsa", "national")


def test_a_state_of_two_space_agencies_names_neither() -> None:
    assert not [text for text, (_, how) in named("nsa", "old").items() if how == "national"]
