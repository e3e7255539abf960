"""Whether what a person writes in a decision can be: relations, modality, dates, classes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg import period, values, vocab
from kg.errors import InputError, suggest
from kg.extract.patterns import MODALITIES, RELATIONS
from kg.ingest.vocabulary import kind_of

QUALIFIERS = (
    "agent", "asOf", "body", "count", "country", "date", "day", "first", "home", "item", "kind",
    "measure", "mission", "of", "ordinal", "other", "owner", "pact", "partner", "person", "place",
    "recipient", "role", "topic",
)  # fmt: skip
"""What a statement can be qualified by, besides its modality."""
_CHANGED = ("relation", "subject", "object", "modality")


def edit(given: Any, *, needed: bool = True) -> None:
    """Refuse an edit that nothing can be made of.

    Args:
        given: relation, subject, object, modality, date and other qualifiers.
        needed: True where an empty edit is wrong too.

    Raises:
        InputError: With the likely fix.
    """
    if not isinstance(given, Mapping) or not (given or not needed):
        raise InputError("an edit without changes", fix='write edit = { relation = "leads" }')
    for name, value in given.items():
        if name not in (*_CHANGED, *QUALIFIERS):
            known = (*_CHANGED, *QUALIFIERS)
            fix = suggest(name, known) or "one of " + ", ".join(known)
            raise InputError(f"'{name}' is nothing that can be changed", fix=fix)
        if name == "relation" and value not in RELATIONS:
            fix = suggest(str(value), RELATIONS) or "relations: " + ", ".join(sorted(RELATIONS))
            raise InputError(f"unknown relation '{value}'", fix=fix)
        if name == "modality" and value not in MODALITIES:
            fix = suggest(str(value), MODALITIES) or "one of " + ", ".join(MODALITIES)
            raise InputError(f"unknown modality '{value}'", fix=fix)
        if name in {"subject", "object"} and not value:
            raise InputError(f"the {name} cannot be nothing", fix="reject the statement")
        if name == "date" and value:
            period.parse(str(value))


def entity(given: Mapping[str, Any]) -> None:
    """Refuse a new entity that cannot be declared.

    Args:
        given: id, and type where it is not one that the graph has.

    Raises:
        InputError: With the likely fix.
    """
    if not values.SLUG.fullmatch(str(given.get("id", ""))):
        fix = "lower case letters, digits and single hyphens"
        raise InputError(f"'{given.get('id', '')}' is no identifier", fix=fix)
    if given.get("type"):
        entity_class(str(given["type"]))


def entity_class(name: str) -> None:
    """Refuse a class that no new entity can have.

    Raises:
        InputError: With the nearest names.
    """
    known = classes()
    if name not in known:
        fix = suggest(name, known) or "one of " + ", ".join(known)
        raise InputError(f"'{name}' is no class of a new entity", fix=fix)


def classes() -> list[str]:
    """Return the classes whose members releases can name, sorted."""
    return sorted(name for name, full in vocab.load().classes.items() if kind_of(full))
