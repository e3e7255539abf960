"""The ontology as the code reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import vocab
from kg.errors import VocabularyError
from kg.namespaces import iri, sp

VOCAB = vocab.load()

TINY = """
@prefix sp: <https://w3id.org/space-partnerships/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
sp:Thing a owl:Class ; rdfs:label "thing"@en, "Ding"@de .
sp:Small a owl:Class ; rdfs:subClassOf sp:Thing .
sp:Other a owl:Class .
sp:Both a owl:Class ; owl:unionOf ( sp:Small sp:Other ) .
sp:size a owl:DatatypeProperty ; rdfs:domain sp:Both ; sp:required true ; sp:maxPerClaim 1 .
"""


@pytest.mark.parametrize(
    ("cls", "above"),
    [
        ("SpaceAgency", "Organization"),
        ("SpaceAgency", "Actor"),
        ("SpaceAgency", "SpaceAgency"),
        ("Membership", "Participation"),
        ("Capture", "Event"),
        ("Capture", "Claim"),
        ("Mission", "Undertaking"),
        ("SpaceStation", "Undertaking"),
        ("Charter", "Undertaking"),
        ("State", "Location"),
        ("HeadPost", "Post"),
    ],
)
def test_what_is_below_what(cls: str, above: str) -> None:
    assert VOCAB.is_a(sp(cls), above)
    assert VOCAB.is_a(sp(cls), sp(above))


@pytest.mark.parametrize(
    ("cls", "other"),
    [
        ("State", "Organization"),
        ("Actor", "SpaceAgency"),
        ("PlannedEvent", "Event"),
        ("Person", "Undertaking"),
        ("Nothing", "Claim"),
    ],
)
def test_what_is_not(cls: str, other: str) -> None:
    assert not VOCAB.is_a(sp(cls), other)


@pytest.mark.parametrize(
    ("cls", "key", "declared_by"),
    [
        ("Membership", ["participant", "inActivity", "role", "status"], "Participation"),
        ("Tenure", ["person", "post"], "Tenure"),
        ("Launch", ["kind", "object", "eventName"], "Event"),
        ("PlannedEvent", ["kind", "object", "eventName"], "PlannedEvent"),
        ("CountObservation", ["about", "observedProperty", "asOf"], "CountObservation"),
        ("Quotation", ["quotedIn", "speaker"], "Quotation"),
        ("Relation", ["relationSubject", "relationType", "relationObject"], "Relation"),
        ("SpaceAgency", [], "SpaceAgency"),
    ],
)
def test_keys_are_inherited(cls: str, key: list[str], declared_by: str) -> None:
    assert [p.name for p in VOCAB.key(sp(cls))] == key
    assert VOCAB.key_class(sp(cls)) == declared_by


def test_every_class_of_claims_has_a_key() -> None:
    without = {
        name
        for name, cls in VOCAB.classes.items()
        if VOCAB.is_a(cls, "Claim") and not VOCAB.key(cls)
    }
    assert without == {"Claim", "Happening", "StatedFuture", "ClaimWithPeriod"} & without
    assert len(VOCAB.subclasses("Claim")) >= 20


@pytest.mark.parametrize(
    ("cls", "prefix"),
    [
        ("SpaceAgency", "id"),
        ("Undertaking", "id"),
        ("Location", "id"),
        ("PressRelease", "doc"),
        ("Role", "role"),
        ("Measure", "measure"),
        ("Fact", "fact"),
        ("Citable", ""),
    ],
)
def test_where_things_of_a_class_are_named(cls: str, prefix: str) -> None:
    assert VOCAB.slug_prefix(sp(cls)) == prefix


def test_a_property_carries_what_the_ontology_says() -> None:
    role, onset = VOCAB.property("role"), VOCAB.property("onDate")
    assert (role.iri, role.range, role.single, role.required) == (
        sp("role"),
        sp("Role"),
        True,
        False,
    )
    assert (onset.time_kind, VOCAB.property("period").time_kind) == ("set", "interval")
    assert VOCAB.property("participant").required
    assert VOCAB.property("leads").derived and not role.derived
    names = [p.name for p in VOCAB.properties_of(sp("Membership"))]
    assert names == sorted(names)
    assert {"participant", "status", "evidence", "note", "topic", "period"} <= set(names)
    assert not {"onDate", "person", "gist"} & set(names)


def test_every_time_property_has_a_kind() -> None:
    found = {p.name: p.time_kind for p in VOCAB.properties.values() if p.range == sp("Period")}
    assert found == {"asOf": "set", "onDate": "set", "period": "interval", "plannedFor": "set"}


def test_concepts_labels_and_the_broader() -> None:
    assert iri("role:partner") in VOCAB.concepts[sp("Role")]
    assert VOCAB.label(iri("role:founding-member")) == "founding member"
    assert VOCAB.label(sp("SpaceAgency"), "xx") == VOCAB.label(sp("SpaceAgency"), "en")
    assert VOCAB.label("https://example.org/x#y") == "y"
    assert VOCAB.broader(iri("role:module-provider"))[:2] == [
        iri("role:module-provider"),
        iri("role:provider"),
    ]
    assert VOCAB.annotation(iri("role:customer"), "cooperative") == "false"


def test_unknown_names_get_the_nearest() -> None:
    with pytest.raises(VocabularyError) as caught:
        VOCAB.class_iri("SpaceAgancy")
    assert "did you mean 'SpaceAgency'" in caught.value.fix
    with pytest.raises(VocabularyError) as caught:
        VOCAB.property("particpant")
    assert "did you mean 'participant'" in caught.value.fix
    with pytest.raises(VocabularyError) as caught:
        VOCAB.class_iri("")
    assert "unknown class ''" in caught.value.message


def test_another_ontology_is_read_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "space.ttl").write_text(TINY, encoding="utf-8")
    (tmp_path / "roles.ttl").write_text("", encoding="utf-8")
    tiny = vocab.load(tmp_path)
    assert set(tiny.classes) == {"Thing", "Small", "Other", "Both"}
    assert tiny.is_a(sp("Small"), "Thing") and tiny.is_a(sp("Other"), "Both")
    assert [p.name for p in tiny.properties_of(sp("Small"))] == ["size"]
    assert [p.name for p in tiny.properties_of(sp("Thing"))] == []
    assert tiny.property("size").required and tiny.property("size").single
    assert (tiny.label(sp("Thing"), "de"), tiny.label(sp("Thing"))) == ("Ding", "thing")


@pytest.mark.parametrize("content", [None, "sp:x a", "@prefix sp: <x"])
def test_a_missing_or_broken_ontology_is_told(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "space.ttl").write_text(content, encoding="utf-8")
    with pytest.raises(VocabularyError) as caught:
        vocab.load(tmp_path)
    assert "cannot read ontology file" in caught.value.message
    assert str(tmp_path / "space.ttl") in caught.value.message
