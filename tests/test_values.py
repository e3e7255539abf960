"""From the text of a field to a term, range by range."""

from __future__ import annotations

import pytest

from kg import vocab
from kg.errors import InputError, Origin, VocabularyError
from kg.namespaces import iri
from kg.values import located, slug, term

XSD = "http://www.w3.org/2001/XMLSchema#"
VOCAB = vocab.load()

GOOD = [
    ("value", "17", "", f'"17"^^<{XSD}integer>'),
    ("value", "0017", "", f'"17"^^<{XSD}integer>'),
    ("value", "+5", "", f'"5"^^<{XSD}integer>'),
    ("value", "-3", "", f'"-3"^^<{XSD}integer>'),
    ("atTime", "2025-10-29T15:58:00Z", "", f'"2025-10-29T15:58:00Z"^^<{XSD}dateTime>'),
    ("announcedOn", "2025-07-09", "", f'"2025-07-09"^^<{XSD}date>'),
    ("cumulative", "true", "", f'"true"^^<{XSD}boolean>'),
    ("homepage", "https://example.org/", "", f'"https://example.org/"^^<{XSD}anyURI>'),
    ("note", 'a "b"\nc\\', "", r'"a \"b\"\nc\\"'),
    ("note", "NO", "", '"NO"'),
    ("outcome", "完了", "ja", '"完了"@ja'),
    ("outcome", "x", "zh-Hant", '"x"@zh-hant'),
    ("role", "partner", "", f"<{iri('role:partner')}>"),
    ("status", "ongoing", "", f"<{iri('status:ongoing')}>"),
    ("observedProperty", "members", "", f"<{iri('measure:members')}>"),
    ("topic", "lunar", "", f"<{iri('theme:lunar')}>"),
    ("participant", "csa", "", f"<{iri('id:csa')}>"),
    ("inActivity", "iss", "", f"<{iri('id:iss')}>"),
    ("place", "japan", "", f"<{iri('id:japan')}>"),
    ("quotedIn", "csa-2025-07-09", "", f"<{iri('doc:csa-2025-07-09')}>"),
    ("kind", "Capture", "", f"<{iri('sp:Capture')}>"),
    ("relationType", "partOf", "", f"<{iri('sp:partOf')}>"),
    ("period", "2021/..", "", f"<{iri('period:2021_to_open')}>"),
    ("onDate", "[..2025-07-09]", "", f"<{iri('period:one-of_open2025-07-09')}>"),
    ("onDate", " 2009 ", "", f"<{iri('period:2009')}>"),
    ("realizes", "event.capture.htv-x1._", "", f"<{iri('fact:event.capture.htv-x1._')}>"),
]

BAD = [
    ("value", "17.0", "", "'17.0' is no whole number"),
    ("value", "1e3", "", "is no whole number"),
    ("value", "٣", "", "is no whole number"),
    ("value", "", "", "is no whole number"),
    ("value", "9" * 19, "", "is no whole number"),
    ("value", "seventeen", "", "is no whole number"),
    ("atTime", "2025-10-29T15:58Z", "", "is no canonical instant"),
    ("atTime", "2025-10-29T15:58:00+00:00", "", "is no canonical instant"),
    ("atTime", "2025-10-29T25:58:00Z", "", "names an instant that does not exist"),
    ("atTime", "2023-02-29T00:00:00Z", "", "names an instant that does not exist"),
    ("announcedOn", "2023-02-29", "", "is no calendar day"),
    ("announcedOn", "2025-07", "", "write YYYY-MM-DD"),
    ("announcedOn", "20250709", "", "is no calendar day"),
    ("announcedOn", "2025-W28-3", "", "is no calendar day"),
    ("cumulative", "True", "", "is neither true nor false"),
    ("cumulative", "yes", "", "is neither true nor false"),
    ("homepage", "www.example.org", "", "is no web address"),
    ("homepage", "https://example.org/a b", "", "is no IRI"),
    ("note", "x", "en", "'note' takes no language"),
    ("role", "partner", "en", "'role' takes no language"),
    ("outcome", "x", "", "write outcome: {en: …}"),
    ("outcome", "x", "english language", "is no language tag"),
    ("participant", "CSA", "", "'CSA' is no identifier"),
    ("participant", "c--a", "", "is no identifier"),
    ("participant", "csa> <x", "", "is no identifier"),
    ("participant", "", "", "is no identifier"),
    ("quotedIn", "a b", "", "is no identifier"),
    ("realizes", "a b", "", "is no IRI"),
    ("period", "2021", "", "the wrong kind of date for 'period'"),
    ("period", "[2021..2022]", "", "write an extent such as"),
    ("onDate", "2021/2022", "", "never an interval"),
    ("plannedFor", "2025-07-09/2025-12-31", "", "wrong kind of date for 'plannedFor'"),
    ("asOf", "2025/..", "", "wrong kind of date for 'asOf'"),
    ("period", "yesterday", "", "is no EDTF date"),
]

UNKNOWN = [
    ("role", "partnr", "did you mean 'partner'"),
    ("role", "Partner", "did you mean 'partner'"),
    ("status", "done", "known: cancelled, intended, occurred, ongoing, planned"),
    ("topic", "lunr", "did you mean 'lunar'"),
    ("kind", "Captur", "did you mean 'Capture'"),
    ("relationType", "partof", "did you mean 'partOf'"),
]


@pytest.mark.parametrize(("name", "text", "language", "expected"), GOOD)
def test_a_value_becomes_the_term_its_range_asks_for(
    name: str, text: str, language: str, expected: str
) -> None:
    assert term((text, language), VOCAB.property(name), VOCAB) == expected


@pytest.mark.parametrize(("name", "text", "language", "message"), BAD)
def test_a_value_that_does_not_fit_is_refused(
    name: str, text: str, language: str, message: str
) -> None:
    with pytest.raises(InputError) as caught:
        term((text, language), VOCAB.property(name), VOCAB)
    assert message in str(caught.value)


@pytest.mark.parametrize(("name", "text", "hint"), UNKNOWN)
def test_an_unknown_concept_or_term_gets_a_suggestion(name: str, text: str, hint: str) -> None:
    with pytest.raises(VocabularyError) as caught:
        term((text, ""), VOCAB.property(name), VOCAB)
    assert f"'{text}'" in caught.value.message
    assert hint in caught.value.fix


def test_every_range_of_a_property_has_a_case() -> None:
    """A new range must be thought of here."""
    tried = {VOCAB.property(g[0]).range for g in GOOD}
    base = iri("sp:")
    literal = {p.range for p in VOCAB.properties.values() if not p.range.startswith(base)}
    elsewhere = {iri("edtf:EDTF"), iri("dcat:Dataset")}  # written by the loaders themselves
    assert literal - elsewhere == {r for r in tried if not r.startswith(base)}
    concepts = {VOCAB.property(n).range for n in ("role", "status", "topic", "observedProperty")}
    assert concepts <= set(VOCAB.concepts)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("participant", "csa", "csa"),
        ("kind", "TrainingCompletion", "trainingcompletion"),
        ("asOf", "2025-07-09", "2025-07-09"),
        ("asOf", " 2025-07-09 ", "2025-07-09"),
        ("asOf", "[..2025]", "one-of_open2025"),
        ("eventName", "a b/c", "a-b-c"),
        ("eventName", "…", "_"),
    ],
)
def test_the_part_of_a_fact_name(name: str, text: str, expected: str) -> None:
    assert slug((text, ""), VOCAB.property(name)) == expected


def test_located_gives_a_place_only_to_errors_without_one() -> None:
    here, there = Origin("a.yaml", 3, 5), Origin("b.yaml", 7)
    with pytest.raises(InputError) as caught, located(there), located(here):
        raise InputError("x")
    assert caught.value.origin == here
    assert str(caught.value) == "a.yaml:3:5: x"
