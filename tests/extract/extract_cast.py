"""Invented actors, and how a text about them is read, for the tests of turns of speech."""

from __future__ import annotations

from kg.extract import pipeline
from kg.extract.gazetteer import Gazetteer, Name
from kg.extract.spans import Candidate, Release

CAST = [
    Name("Alpha Space Agency", "asa", "Agency", "Alpha Space Agency"),
    Name("ASA", "asa", "Agency", "Alpha Space Agency", "abbreviation"),
    Name("Beta Space Organisation", "bso", "Agency", "Beta Space Organisation"),
    Name("BSO", "bso", "Agency", "Beta Space Organisation", "abbreviation"),
    Name("Japan", "japan", "State", "Japan"),
    Name("Canada", "canada", "State", "Canada"),
    Name("Italy", "italy", "State", "Italy"),
    Name("Kite mission", "kite", "Activity", "Kite mission"),
    Name("Kite", "kite", "Activity", "Kite mission", "alias"),
    Name("OSPREY", "osprey", "Activity", "OSPREY"),
]


def read(names: Gazetteer, text: str, issued: str = "") -> list[Candidate]:
    """Read an official release."""
    return pipeline.extract(Release("r", text, "", "official", issued), names)


def said(found: list[Candidate]) -> set[tuple[str, str, str, str]]:
    """Subject, relation, object and modality of each."""
    return {(c.subject.slug, c.relation, c.object.slug or c.object.name, c.modality) for c in found}


def stated(found: list[Candidate]) -> list[Candidate]:
    """What patterns find, without what is only proposed."""
    return [c for c in found if not any(r.startswith("proposed") for r in c.reasons)]


def passed(found: list[Candidate]) -> set[tuple[str, str, str, str]]:
    """The same, of those that the gate lets into the graph."""
    return said([c for c in found if c.confidence >= 0.8 and not c.reasons])
