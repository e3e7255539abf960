"""Which claims the relations of releases become, and which have none, and why."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.extract.patterns import RELATIONS
from kg.extract.spans import Candidate, Evidence, Mention
from kg.ingest import placing
from kg.ingest.drafts import KEYS, Drafts
from kg.ingest.run import Outcome
from kg.store import View

OFFICIAL = {"publisher": "ASA", "issued": "2031-06-03"}
DOC = "asa-2031-06-03"

Placed = Callable[[str, str], tuple[Outcome, list[tuple[str, ...]]]]


@pytest.fixture
def placed(ingest: Callable[..., Outcome], rebuilt: Callable[[], View]) -> Placed:
    """Read a text and ask for what its claims hold: `{ ?c … }` of the document."""

    def make(text: str, asked: str) -> tuple[Outcome, list[tuple[str, ...]]]:
        done = ingest(
            {"a.txt": f"A note from Aldria\n\n{text}\n\nThe weather was fair.\n"}, **OFFICIAL
        )
        names, where = asked.split("{", 1)
        query = f"SELECT {names} {{ ?c sp:evidence/sp:document doc:{DOC} . {where}"
        rows = rebuilt().rows(query)
        return done, sorted(tuple(v.rsplit("/", 1)[-1] for v in row) for row in rows)

    return make


def said(relation: str, subject: str, obj: str) -> Candidate:
    """Return an ongoing statement of a release, from its first words."""
    ends = [Mention(0, 1, "Agency", name, name.casefold()) for name in (subject, obj)]
    evidence = (Evidence(0, 1, "A"),)
    return Candidate(
        "a", relation, *ends, {"modality": "ongoing", "subjectClass": "SpaceAgency"}, evidence,
        "p", 0.9,
    )  # fmt: skip


def test_what_is_added_to_a_copy_leaves_the_drafts_as_they_were() -> None:
    drafts = Drafts("a", "2031-06-03")
    assert placing.add(said("cooperatesWith", "ASA", "BSO"), drafts, "1") == ""
    before = copy.deepcopy(drafts)
    trial = drafts.copy()
    assert placing.add(said("hasAbbreviation", "ASA-BSO-cooperation", "AB"), trial, "2") == ""
    assert placing.add(said("partOf", "ASA", "BSO"), trial, "3") == ""
    assert drafts == before
    assert [e["class"] for e in trial.since(drafts)] == ["Relation"]
    assert drafts.since(trial) == []
    (named,) = trial.named_since(drafts)
    assert (named["abbreviation"], named[KEYS]) == ({"en": "AB"}, ["1", "2"])


def test_every_relation_has_a_place_or_a_reason() -> None:
    assert placing.RELATIONS.keys() | placing.REFUSED.keys() == RELATIONS
    assert not placing.RELATIONS.keys() & placing.REFUSED.keys()


def test_one_launch_told_in_three_sentences_is_one_event(placed: Placed) -> None:
    text = (
        "BSO launched Lumen. Lumen was launched on May 4, 2031. "
        "Lumen was launched from the ASA Dome."
    )
    asked = """DISTINCT ?day ?by ?where { ?c a sp:Launch ; sp:object id:lumen ; sp:agent ?by ;
        sp:place ?where ; sp:onDate/sp:edtf ?day }"""
    done, rows = placed(text, asked)
    assert rows == [("2031-05-04", "bso", "asa-dome")]
    assert done.compiled.graph == 3


@pytest.mark.parametrize("kind", ["Place", "Facility"])
def test_whose_a_site_is_has_no_claim_and_the_reason_is_said(kind: str) -> None:
    one, drafts = said("operates", "ASA", "Dome"), Drafts("a", "2031-06-03")
    reason = placing.add(replace(one, object=replace(one.object, kind=kind)), drafts)
    assert reason.startswith("operates: a site is no undertaking")
    assert drafts == Drafts("a", "2031-06-03")


def test_a_planned_launch_is_no_launch(placed: Placed) -> None:
    text = "Lumen is scheduled to lift off from the ASA Dome. BSO will launch Lumen."
    asked = """DISTINCT ?class ?by ?where { ?c a ?class ; sp:kind sp:Launch ; sp:object id:lumen ;
        sp:agent ?by ; sp:place ?where }"""
    _, rows = placed(text, asked)
    assert [(r[0].split("#")[-1], *r[1:]) for r in rows] == [("PlannedEvent", "bso", "asa-dome")]


def test_a_type_of_vehicle_launches_too(placed: Placed) -> None:
    asked = "DISTINCT ?with { ?c a sp:Launch ; sp:object id:lumen ; sp:instrument ?with }"
    assert placed("Lumen was launched on a Tern-B in 2030.", asked)[1] == [("tern-b",)]


def test_two_days_for_one_launch_are_not_joined(placed: Placed) -> None:
    text = "Lumen was launched on May 4, 2031. Lumen was launched on May 9, 2031."
    done, rows = placed(text, "?day { ?c a sp:Launch ; sp:onDate/sp:edtf ?day }")
    assert rows == [("2031-05-04",)]
    assert done.compiled.unplaced == {"the same release states it otherwise": 1}


ARRIVALS = """?what ?where ?day { ?c a sp:Arrival ; sp:object ?what ;
    sp:destination ?where ; sp:onDate/sp:edtf ?day }"""


def test_reaching_a_place_is_an_arrival(placed: Placed) -> None:
    _, rows = placed("Lumen reached Halo Station in 2030.", ARRIVALS)
    assert rows == [("lumen", "halo", "2030")]


def test_being_on_the_way_or_there_is_no_arrival(placed: Placed) -> None:
    done, rows = placed("Lumen orbits Halo Station.", ARRIVALS)
    assert rows == []
    assert [r[:20] for r in done.compiled.unplaced] == ["that it goes or look"]


def test_a_contract_makes_customer_and_contractor_and_no_partners(placed: Placed) -> None:
    asked = "?who ?role { ?c a sp:Participation ; sp:participant ?who ; sp:role ?role }"
    _, rows = placed("ASA awarded BSO a new contract.", asked)
    assert rows == [("asa", "customer"), ("bso", "contractor")]


def test_a_host_has_its_part(placed: Placed) -> None:
    asked = "?who ?role ?in { ?c sp:participant ?who ; sp:role ?role ; sp:inActivity ?in }"
    assert placed("ASA hosted Lumen.", asked)[1] == [("asa", "host", "lumen")]


FOUNDINGS = "?what ?day { ?c a sp:Founding ; sp:object ?what ; sp:onDate/sp:edtf ?day }"


def test_an_agency_was_founded(placed: Placed) -> None:
    assert placed("BSO was established in 2009.", FOUNDINGS)[1] == [("bso", "2009")]


def test_a_mission_is_given_no_beginning(placed: Placed) -> None:
    done, rows = placed("Lumen was established in 2009.", FOUNDINGS)
    assert rows == []
    (reason,) = done.compiled.unplaced
    assert "a part in it has a period" in reason


def test_what_is_refused_says_why(placed: Placed) -> None:
    done, _ = placed("Lumen studies the ice of the far north.", "?c { }")
    (reason,) = done.compiled.unplaced
    assert reason == f"studies: {placing.REFUSED['studies']}"


def test_the_document_of_relations_is_whole() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "relations.md").read_text("utf-8")
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("| `")]
    told = {name: cell.strip() for names, cell in rows for name in re.findall(r"`(\w+)`", names)}
    assert told.keys() == RELATIONS
    assert {n: t.removeprefix("refused: ") for n, t in told.items() if t.startswith("refused")} == {
        **placing.REFUSED
    }


def test_who_belongs_to_a_body_does_so_by_its_convention() -> None:
    one = said("memberOf", "Japan", "BSO")
    drafts = Drafts("a", "2031-06-03", conventions={"bso": "bso-convention"})
    assert placing.add(one, drafts) == ""
    (entry,) = drafts.statements
    assert (entry["class"], entry["inActivity"]) == ("Membership", "bso-convention")
    assert placing.add(one, Drafts("a", "2031-06-03")).startswith("no one can have a role")
