"""One thing, one IRI: what joins records, what keeps them apart, and what a bad row undoes."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest

from kg import model
from kg.errors import InputError, Origin
from kg.expected import Describe, Expected, Key
from kg.identifiers import local
from kg.identity import Identity, Join
from kg.model import Statement
from kg.namespaces import RDF_TYPE, iri, sp
from kg.sssom import Line

HERE = Origin("a.yaml", 3)
REGISTER = iri("graph:register")


def line(subject: str, value: str, scheme: str = "satcat", *, apart: bool = False) -> Line:
    where = Origin("a.sssom.tsv", 7)
    return Line(
        subject, scheme, value, apart, "semapv:Manual", "A. Nobody", "2031-01-02", "", where
    )


def node(scheme: str, value: str) -> str:
    return iri(f"identifier:{scheme}.{local(value)}")


def identifier(scheme: str, value: str) -> Statement:
    said = ((sp("scheme"), model.text(scheme)), (sp("identifierValue"), model.text(value)))
    return Statement(node(scheme, value), REGISTER, said, HERE)


def thing(slug: str, *said: tuple[str, str]) -> Statement:
    return Statement(iri(f"id:{slug}"), REGISTER, said, HERE)


def has(scheme: str, value: str) -> tuple[str, str]:
    return sp("identifier"), model.ref(node(scheme, value))


def state(identity: Identity) -> object:
    """All that an identity knows, to be compared."""
    expected = identity.expected
    return copy.deepcopy(
        (
            {s: v for s, v in identity.known.items() if v},
            identity.classes,
            identity.labels,
            (expected.classes, set(expected.makers), expected.owed, expected.said),
        )
    )


# --- mapping files


def test_an_identifier_of_a_mapping_file_leads_to_its_entity_in_any_form() -> None:
    made = Identity.of([line("tern", "00123")])
    assert made.resolve([("satcat", "123")]) == "tern"
    assert made.find("satcat", "999") == made.find("cospar", "123") == ""
    join = made.joins["satcat", "123"]
    assert (join.justification, join.author, join.day) == (
        "semapv:Manual",
        "A. Nobody",
        "2031-01-02",
    )
    assert made.expected.owes(("satcat", "123"), "tern")


def test_not_outweighs_all_others_whatever_comes_first() -> None:
    both = [line("tern", "123"), line("tern", "0123", apart=True)]
    for lines in (both, both[::-1]):
        made = Identity.of(lines)
        assert made.resolve([("satcat", "123")]) == ""
        assert made.apart("tern", "satcat", "123")
        assert not made.apart("gull", "satcat", "123")


def test_one_identifier_of_two_entities_is_refused_with_both_places() -> None:
    with pytest.raises(InputError) as caught:
        Identity.of([line("tern", "123"), line("gull", "0123")])
    assert caught.value.message == "satcat '123' is given to 'gull' and to 'tern'"
    assert caught.value.fix == "the other place is a.sssom.tsv:7"
    assert str(caught.value.origin) == "a.sssom.tsv:7"


def test_the_first_reason_for_a_join_is_kept_and_what_is_no_identifier_is_none() -> None:
    made = Identity.of([line("tern", "123")])
    made.declare(("satcat", "123"), Join("tern", "again", "kg", "", HERE))
    made.declare(("satcat", "no number"), Join("tern", "again", "kg", "", HERE))
    assert made.joins["satcat", "123"].justification == "semapv:Manual"
    assert made.known == {"satcat": {"123": "tern"}}


# --- rows


def test_identifiers_of_two_entities_in_one_row_are_refused() -> None:
    made = Identity.of([line("tern", "1"), line("gull", "Q5", "wikidata")])
    keys = [("satcat", "1"), ("wikidata", "Q5")]
    with pytest.raises(InputError) as caught:
        made.resolve(keys)
    assert "satcat 1 is 'tern' and wikidata Q5 is 'gull'" in caught.value.message
    assert "Not" in caught.value.fix
    assert made.resolve(keys[:1]) == "tern"
    assert made.resolve([*keys[:1], ("wikidata", "Q6")]) == "tern"
    assert made.resolve([]) == ""


def test_a_row_that_bears_what_is_kept_apart_is_not_that_entity() -> None:
    made = Identity.of([line("tern", "1"), line("tern", "Q5", "wikidata", apart=True)])
    assert made.resolve([("satcat", "1"), ("wikidata", "Q5")]) == ""
    assert made.resolve([("satcat", "1"), ("wikidata", "Q6")]) == "tern"


def test_an_entity_gains_only_what_is_free() -> None:
    made = Identity.of([line("gull", "2"), line("tern", "4", apart=True)])
    assert made.join("tern", [("satcat", n) for n in "1234"]) == [("satcat", "1"), ("satcat", "3")]
    assert made.known["satcat"] == {"2": "gull", "1": "tern", "3": "tern"}
    assert made.join("tern", [("satcat", "1")]) == []


def test_what_a_mapping_file_owes_is_said_once() -> None:
    made = Identity.of([line("tern", "1")])
    assert made.join("gull", [("satcat", "1")]) == []
    assert made.join("tern", [("satcat", "1")]) == [("satcat", "1")]
    assert made.join("tern", [("satcat", "1")]) == []


def test_the_first_class_is_kept() -> None:
    made = Identity()
    assert made.kind("tern") == ""
    made.expect("tern", "Spacecraft", [("satcat", "1")])
    assert made.kind("tern") == "Spacecraft"
    assert made.adopt("tern", "Satellite", [("satcat", "1")], "Tern") == [("satcat", "1")]
    made.adopt("tern", "Mission", [], "Tern One")
    assert made.kind("tern") == "Satellite"
    assert made.labels == {("tern", "Tern"), ("tern", "Tern One")}
    assert made.name("tern", "Tern") is False
    assert made.name("tern", "T") is True


def test_what_is_expected_is_declared_at_the_end_unless_a_row_did() -> None:
    made = Identity()
    told: dict[str, list[Key]] = {}

    def describe(slug: str) -> Describe:
        def make(keys: list[Key]) -> Iterator[Statement]:
            told[slug] = keys
            yield thing(slug)

        return make

    for slug, number in (("tern", "1"), ("gull", "2"), ("auk", "3")):
        made.expect(slug, "Spacecraft", [("satcat", number)])
        made.promise(slug, describe(slug))
    made.adopt("gull", "Satellite", [("satcat", "2")])
    made.promise("gull", describe("nobody"))
    left = [s.subject.rsplit("/", 1)[-1] for s in made.expected.left(made.classes)]
    assert left == ["auk", "tern"]
    assert told == {"auk": [("satcat", "3")], "tern": [("satcat", "1")]}
    assert made.classes == {"gull": "Satellite", "auk": "Spacecraft", "tern": "Spacecraft"}
    assert list(made.expected.left(made.classes)) == []
    assert not made.expected.owes(("satcat", "1"), "tern")


def test_the_first_promise_is_kept_and_what_is_declared_needs_none() -> None:
    made = Identity()
    made.promise("tern", lambda keys: iter([thing("one")]))
    made.promise("tern", lambda keys: iter([thing("two")]))
    made.adopt("gull", "Satellite", [])
    made.promise("gull", lambda keys: iter([thing("three")]))
    made.expected.classes["tern"] = "Spacecraft"
    assert [s.subject for s in made.expected.left(made.classes)] == [iri("id:one")]


def test_an_identifier_is_owed_to_one_entity_until_it_is_said() -> None:
    expected = Expected(owed={("satcat", "1"): "tern"})
    assert expected.owes(("satcat", "1"), "tern")
    assert not expected.owes(("satcat", "1"), "gull")
    assert not expected.owes(("satcat", "2"), "tern")
    expected.said.add(("satcat", "1"))
    assert not expected.owes(("satcat", "1"), "tern")


def test_what_is_expected_twice_is_expected_once() -> None:
    made = Identity.of([line("gull", "2")])
    made.expect("tern", "Spacecraft", [("satcat", "1"), ("satcat", "2")])
    made.expect("tern", "Mission", [("satcat", "1")])
    assert made.expected.classes == {"tern": "Spacecraft"}
    assert made.expected.owed == {("satcat", "2"): "gull", ("satcat", "1"): "tern"}


# --- rows that are rejected


def spoil(made: Identity) -> None:
    """All that one row can note."""
    made.expect("auk", "Spacecraft", [("satcat", "3"), ("cospar", "2031-001A")])
    made.promise("auk", lambda keys: iter([]))
    made.adopt("gull", "Satellite", [("satcat", "1"), ("satcat", "2")], "Gull")
    made.adopt("tern", "Satellite", [("satcat", "1"), ("wikidata", "Q5")], "Tern Two")


def test_a_rejected_row_leaves_nothing() -> None:
    made = Identity.of([line("tern", "1")])
    made.adopt("tern", "Spacecraft", [], "Tern")
    made.commit()
    before = state(made)
    spoil(made)
    assert state(made) != before
    made.rollback()
    assert state(made) == before


def test_a_row_that_was_kept_is_not_undone_by_the_next() -> None:
    made = Identity.of([line("tern", "1")])
    spoil(made)
    made.commit()
    kept = state(made)
    made.adopt("puffin", "Satellite", [("satcat", "9")], "Puffin")
    made.rollback()
    made.rollback()
    assert state(made) == kept


# --- curated entries


def test_curated_entries_declare_their_identifiers() -> None:
    made = Identity.of([line("tern", "1")])
    made.note(
        thing(
            "tern",
            (RDF_TYPE, model.ref(sp("Spacecraft"))),
            (iri("rdfs:label"), model.text('Tern "One"', "en")),
            (iri("skos:altLabel"), model.text("T1", "en")),
            (sp("abbreviation"), model.text("T", "en")),
            (sp("note"), model.text("no name", "en")),
            has("satcat", "1"),
            has("cospar", "2031-001A"),
        )
    )
    made.note(identifier("satcat", "1"))
    made.note(identifier("cospar", "2031-001A"))
    assert made.find("cospar", "2031-001A") == "", "nodes may come later"
    made.settle()
    assert made.resolve([("cospar", "2031-001A"), ("satcat", "1")]) == "tern"
    assert made.kind("tern") == "Spacecraft"
    assert made.labels == {("tern", name) for name in ('Tern \\"One\\"', "T1", "T")}
    assert made.joins["cospar", "2031-001A"].justification == "curated entry"
    assert not made.expected.owes(("satcat", "1"), "tern"), "it is said by the entry"
    assert made.join("tern", [("satcat", "1")]) == []


def test_two_curated_entries_with_one_identifier_are_refused() -> None:
    made = Identity()
    for slug in ("tern", "gull"):
        made.note(thing(slug, has("satcat", "1"), has("satcat", "7")))
    made.note(identifier("satcat", "1"))
    with pytest.raises(InputError, match="satcat '1' is given to 'gull' and to 'tern'") as caught:
        made.settle()
    assert caught.value.origin == HERE


def test_what_is_no_entry_of_the_register_is_not_noted() -> None:
    made = Identity()
    elsewhere = Statement(iri("id:tern"), iri("doc:alpha"), (has("satcat", "1"),), HERE)
    made.note(elsewhere)
    made.note(identifier("satcat", "1"))
    made.settle()
    assert (made.known, made.classes, made.labels) == ({}, {}, set())


def test_the_document_of_a_file_is_known_by_its_digest() -> None:
    made = Identity()
    for slug in ("alpha", "beta"):
        said = ((sp("tier"), model.text("x")), (sp("sha256"), model.text("ab")))
        made.note(Statement(iri(f"doc:{slug}"), iri("graph:catalogue"), said, HERE))
    assert made.documents == {"ab": "alpha"}


def test_a_mapping_file_takes_an_identifier_away_from_an_entry() -> None:
    kept, gone = has("satcat", "1"), has("satcat", "2")
    label = (iri("rdfs:label"), gone[1])
    entry = thing("tern", label, kept, gone)
    made = Identity.of([line("tern", "2", apart=True), line("gull", "1", apart=True)])
    assert made.separated(entry).properties == (label, kept)
    assert made.separated(entry).subject == entry.subject
    assert made.separated(thing("auk", kept, gone)).properties == (kept, gone)
    claim = Statement(iri("claim:tern"), iri("doc:alpha"), (gone,), HERE)
    assert made.separated(claim) is claim
    assert Identity().separated(entry) is entry
