"""Helpers of the export tests: write a view, and a view with labels that try to break out."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from export_samples import CONTROL, HOSTILE

from kg import bulk, model, registry
from kg.errors import Origin
from kg.model import Statement
from kg.namespaces import RDF_TYPE, RDFS_LABEL, iri, sp
from kg.store import View


@pytest.fixture
def written() -> Callable[..., bytes]:
    """Write a view in a format and return the bytes."""

    def write(view: View, name: str) -> bytes:
        out = io.BytesIO()
        registry.load("kg.export", name, "format").write(view, out)
        return out.getvalue()

    return write


@pytest.fixture
def hostile_view() -> View:
    """Agencies whose labels hold what a careless writer would not escape."""
    origin, register = Origin("test"), iri("graph:register")
    made = []
    for number, label in enumerate((*HOSTILE, CONTROL)):
        body = (
            (RDF_TYPE, model.ref(sp("SpaceAgency"))),
            (RDFS_LABEL, model.text(label, "en")),
            (sp("homepage"), model.literal(label, iri("xsd:anyURI"))),
            (sp("note"), model.text(label)),
        )
        made.append(Statement(iri(f"id:agency-{number}.x"), register, body, origin))
    mission = ((RDF_TYPE, model.ref(sp("Mission"))), (RDFS_LABEL, model.text(HOSTILE[0], "en")))
    made.append(Statement(iri("id:mission"), register, mission, origin))
    for number in range(len(HOSTILE) + 1):
        claim = (
            (RDF_TYPE, model.ref(sp("Participation"))),
            (sp("ofFact"), model.ref(iri(f"fact:{number}"))),
            (sp("participant"), model.ref(iri(f"id:agency-{number}.x"))),
            (sp("inActivity"), model.ref(iri("id:mission"))),
            (sp("role"), model.ref(iri("role:partner"))),
            (sp("status"), model.ref(iri("status:ongoing"))),
        )
        made.append(Statement(iri(f"claim:{number}"), iri("doc:d"), claim, origin))
    return View(bulk.load(made))
