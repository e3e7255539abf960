"""Tiny worlds, written as facts, for the tests of projections and analyses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from kg.namespaces import iri

Fact = dict[str, Any]


def entity(slug: str, cls: str, **more: Any) -> Fact:
    """An entity whose label is its slug in capitals."""
    cite = [{"document": "alpha", "chars": "0-5", "gist": f"names {slug}"}]
    return {"id": slug, "type": cls, "label": {"en": slug.upper()}, "cite": cite, **more}


def claim(cls: str, document: str = "alpha", gist: str = "says so", **fields: Any) -> Fact:
    """A statement with one citation."""
    cite = [{"document": document, "chars": "10-20", "gist": gist}]
    return {"class": cls, **fields, "cite": cite}


def part(actor: str, activity: str, role: str = "partner", **more: Any) -> Fact:
    """A participation, ongoing unless told otherwise; an empty role is not stated."""
    fields = {"participant": actor, "inActivity": activity, "status": "ongoing", **more}
    return claim("Participation", **(fields | ({"role": role} if role else {})))


def agencies(*slugs: str) -> list[Fact]:
    """Agencies."""
    return [entity(slug, "SpaceAgency") for slug in slugs]


def missions(*slugs: str) -> list[Fact]:
    """Missions."""
    return [entity(slug, "Mission") for slug in slugs]


def facts(entities: Sequence[Fact], statements: Sequence[Fact]) -> str:
    """Entities and statements as the YAML that the fixture `view_of` takes."""
    lines = [
        f"{key}: {json.dumps(list(items), ensure_ascii=False)}\n"
        for key, items in (("entities", entities), ("statements", statements))
        if items
    ]
    return "".join(lines)


def iris(*slugs: str) -> list[str]:
    """IRIs of entities."""
    return [iri(f"id:{slug}") for slug in slugs]
