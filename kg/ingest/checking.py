"""Whether what a person writes in a decision can be: relations, modality, dates, classes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg import period, values, vocab
from kg.errors import InputError, suggest
from kg.extract.patterns import MODALITIES, RELATIONS
from kg.ingest.vocabulary import kind_of

_NAME = re.compile(r"[A-Za-z]\w*")


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
        if not _NAME.fullmatch(name):
            fix = "write letters, such as date or topic"
            raise InputError(f"'{name}' is no name of a qualifier", fix=fix)
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
