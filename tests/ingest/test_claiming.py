"""Drafted entries become claims only where the ontology and the other claims allow it."""

from __future__ import annotations

from typing import Any

import pytest

from kg.errors import InputError
from kg.ingest import claiming
from kg.ingest.claiming import Claims
from kg.ingest.drafts import Drafts
from kg.namespaces import curie, iri, sp
from kg.store import View

KNOWN = {
    "asa": [sp("SpaceAgency")],
    "lumen": [sp("Mission")],
    "vera": [sp("Person")],
}


def cite(gist: str = "Ours.") -> list[dict[str, Any]]:
    return [{"document": "alpha", "chars": "3-7", "sha256": "ab" * 32, "gist": gist}]


def entry(cls: str = "Participation", **fields: Any) -> dict[str, Any]:
    base = {"participant": "asa", "inActivity": "lumen", "role": "lead", "status": "ongoing"}
    given = (base | fields) if cls == "Participation" else fields
    return {"class": cls, **given, "cite": cite()}


def drafts(*entries: dict[str, Any], **entities: str) -> Drafts:
    declared = {slug: {"id": slug, "type": cls} for slug, cls in entities.items()}
    return Drafts("alpha", "2031-01-01", entities=declared, statements=list(entries))


def refusal(made: Drafts, earlier: int = 0, known: Claims | None = None) -> str:
    found = {} if known is None else known
    before = Drafts("alpha", "2031-01-01", statements=made.statements[:earlier])
    return claiming.refusal(lambda slug: KNOWN.get(slug, []), made, before, found)


LEAD = "claim:participation.asa.lumen.lead.ongoing.alpha"


def test_what_fits_stands_and_is_remembered() -> None:
    known: Claims = {}
    assert refusal(drafts(entry()), known=known) == ""
    assert [curie(name) for name in known] == [LEAD]


def test_a_claim_is_what_it_says_not_where_it_says_so() -> None:
    other = entry() | {"cite": cite("Other words.")}
    found = claiming.claims([entry()], "alpha")
    assert found == claiming.claims([other], "alpha") == claiming.claims([entry(), other], "alpha")
    (said,) = found.values()
    assert sp("evidence") not in {p for p, _ in said}
    assert (sp("participant"), f"<{iri('id:asa')}>") in said


def test_lists_are_several_values() -> None:
    one = entry("Meeting", eventName="m", agent=["asa", "vera"])
    (said,) = claiming.claims([one], "alpha").values()
    assert sorted(curie(t[1:-1]) for p, t in said if p == sp("agent")) == ["id:asa", "id:vera"]


def test_what_does_not_fit_the_ontology_is_refused_in_its_words() -> None:
    known: Claims = {}
    assert refusal(drafts(entry(role="leader")), known=known).startswith("unknown role 'leader'")
    assert known == {}
    with pytest.raises(InputError, match="unknown role"):
        claiming.claims([entry(role="leader")], "alpha")


def test_only_the_newest_entries_are_asked() -> None:
    both = drafts(entry(role="leader"), entry())
    assert refusal(both, earlier=1) == ""
    assert refusal(both, earlier=0) != ""


def test_a_thing_of_another_class_is_refused() -> None:
    assert refusal(drafts(entry(), asa="SpaceAgency")) == ""
    assert refusal(drafts(entry(), gull="Person")) == ""
    said = refusal(drafts(entry(), asa="State"))
    assert said == "'asa' is a SpaceAgency in the graph, not a State"


def test_one_release_does_not_say_one_thing_in_two_ways() -> None:
    known: Claims = {}
    assert refusal(drafts(entry(period="2030/..")), known=known) == ""
    kept = dict(known)
    again = refusal(drafts(entry(period="2029/..")), known=known)
    assert again == "the same release states it otherwise"
    assert known == kept
    assert refusal(drafts(entry(period="2030/..")), known=known) == ""


def test_a_fuller_entry_takes_the_place_of_what_it_was_made_of() -> None:
    known: Claims = {}
    assert refusal(drafts(entry(period="2030/..")), known=known) == ""
    rest = claiming.without(known, [entry(period="2030/..")], "alpha")
    assert rest == {}
    assert refusal(drafts(entry(period="2029/..")), known=rest) == ""


def test_a_thing_in_the_wrong_place_is_refused() -> None:
    said = refusal(drafts(entry(inActivity="vera")))
    assert said == "'vera' is a Person, which inActivity cannot be"
    assert refusal(drafts(entry(inActivity="gull"), gull="Mission")) == ""
    said = refusal(drafts(entry(inActivity="gull"), gull="Person"))
    assert said == "'gull' is a Person, which inActivity cannot be"
    assert refusal(drafts(entry(inActivity="gull"))) == "", "of what nothing is known"


def test_of_several_wrong_places_the_same_one_is_always_told() -> None:
    wrong = drafts(entry(participant="lumen", inActivity="vera"))
    assert refusal(wrong) == "'vera' is a Person, which inActivity cannot be"


def test_what_is_stated_already_is_found(world_view: View) -> None:
    (there,) = world_view.rows("SELECT ?c { ?c sp:role role:lead ; sp:inActivity id:lumen }")[0]
    nothing: frozenset[tuple[str, str]] = frozenset()
    assert claiming.stated(world_view, {there: nothing})
    assert not claiming.stated(world_view, {there: nothing, iri(LEAD): nothing})
    assert not claiming.stated(world_view, {})


def test_a_document_of_another_source_is_curated(world_view: View) -> None:
    (document,) = world_view.rows("SELECT ?d { ?d sp:fromSource source:arctic } LIMIT 1")[0]
    name = curie(document).removeprefix("doc:")
    assert claiming.is_curated(world_view, name, "releases")
    assert not claiming.is_curated(world_view, name, "arctic")
    assert not claiming.is_curated(world_view, "nothing", "releases")


@pytest.mark.parametrize(("issued", "day"), [("2031-01-01", "2031-01-01"), ("2031-01", "")])
def test_only_a_day_is_the_day_of_issue(issued: str, day: str) -> None:
    assert Drafts("alpha", issued).day == day
