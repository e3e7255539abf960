"""From a record to a claim, its fact, its evidence and its periods."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kg import sources, vocab
from kg.claims import Record, compile_claim, compile_entity
from kg.errors import InputError, Origin, VocabularyError
from kg.model import Citation, Statement
from kg.namespaces import RDF_TYPE, curie, iri, sp
from kg.parts import evidence_statement, period_statement
from kg.sources import Report

VOCAB = vocab.load()
HERE = Origin("facts.yaml", 10)
ROOT = Path(__file__).resolve().parent.parent
GOLDEN = Path(__file__).resolve().parent / "golden" / "seed-iris.txt"


def cite(document: str = "alpha", **more: object) -> Citation:
    given: dict[str, object] = {"chars": (3, 7), "gist": "Our words.", "origin": Origin("f", 20)}
    return Citation(document=document, **(given | more))  # type: ignore[arg-type]


def make(cls: str, *cites: Citation, at: dict[str, Origin] | None = None, **fields: object):  # type: ignore[no-untyped-def]
    pairs = {
        k: [(x, "") if isinstance(x, str) else x for x in (v if isinstance(v, list) else [v])]
        for k, v in fields.items()
    }
    record = Record(cls, pairs, cites or (cite(),), HERE, at or {})  # type: ignore[arg-type]
    return list(compile_claim(record, VOCAB))


def subjects(made: Sequence[Statement], prefix: str) -> list[str]:
    return [curie(s.subject) for s in made if curie(s.subject).startswith(prefix + ":")]


def terms(made: Sequence[Statement], subject: str, name: str) -> list[str]:
    full, wanted = iri(subject), (RDF_TYPE if name == "a" else sp(name))
    return [
        curie(t[1:-1]) if t.startswith("<") else t
        for s in made
        if s.subject == full
        for p, t in s.properties
        if p == wanted
    ]


PARTNER = {"participant": "asa", "inActivity": "halo", "role": "partner", "status": "ongoing"}

KEYS = [
    ("Participation", PARTNER, "participation.asa.halo.partner.ongoing"),
    (
        "Membership",
        PARTNER | {"role": "member"},
        "participation.asa.halo.member.ongoing",
    ),
    (
        "Participation",
        {k: v for k, v in PARTNER.items() if k != "role"},
        "participation.asa.halo._.ongoing",
    ),
    (
        "Participation",
        PARTNER | {"sequence": "2"},
        "participation.asa.halo.partner.ongoing.n2",
    ),
    ("Tenure", {"person": "vera", "post": "head", "status": "ongoing"}, "tenure.vera.head"),
    (
        "Capture",
        {"object": "tern", "instrument": "grasp", "onDate": "2029"},
        "event.capture.tern._",
    ),
    ("Visit", {"agent": "vera", "eventName": "trip"}, "event.visit._.trip"),
    (
        "PlannedEvent",
        {"kind": "Capture", "object": "tern-b", "plannedFor": "2031"},
        "planned-event.capture.tern-b._",
    ),
    ("Intention", {"kind": "Activity", "eventName": "moon"}, "intention.activity._.moon"),
    (
        "CountObservation",
        {"about": "ice", "observedProperty": "members", "value": "3", "asOf": "2031-05-02"},
        "count-observation.ice.members.2031-05-02",
    ),
    (
        "CountObservation",
        {"about": "ice", "observedProperty": "members", "value": "3"},
        "count-observation.ice.members._",
    ),
    ("Quotation", {"quotedIn": "alpha", "speaker": "vera"}, "quotation.alpha.vera"),
    (
        "Relation",
        {"relationSubject": "tern-b1", "relationType": "ofType", "relationObject": "tern-b"},
        "relation.tern-b1.oftype.tern-b",
    ),
    ("Capture", {"object": ["x", "x"]}, "event.capture.x._"),
    (
        "Meeting",
        {"agent": ["b", "a"], "object": ["y", "x"], "eventName": "m"},
        "event.meeting.x--y.m",
    ),
]


@pytest.mark.parametrize(("cls", "fields", "key"), KEYS, ids=[k[2] for k in KEYS])
def test_the_key_of_the_class_names_the_fact(cls: str, fields: dict[str, object], key: str) -> None:
    made = make(cls, **fields)
    assert subjects(made, "fact") == ["fact:" + key]
    assert subjects(made, "claim") == [f"claim:{key}.alpha"]
    assert terms(made, f"claim:{key}.alpha", "a") == ["sp:" + cls]
    assert terms(made, f"claim:{key}.alpha", "ofFact") == ["fact:" + key]


@pytest.mark.parametrize(
    ("cls", "fields", "status"),
    [
        ("Capture", {"object": "x"}, "occurred"),
        ("PlannedEvent", {"kind": "Capture", "object": "x"}, "planned"),
        ("Intention", {"kind": "Activity", "eventName": "x"}, "intended"),
        ("CountObservation", {"about": "x", "observedProperty": "members"}, "ongoing"),
        ("Quotation", {"quotedIn": "alpha", "speaker": "x"}, "occurred"),
        (
            "Relation",
            {"relationSubject": "x", "relationType": "partOf", "relationObject": "y"},
            "ongoing",
        ),
        ("Capture", {"object": "x", "status": "cancelled"}, "cancelled"),
    ],
)
def test_the_status_that_a_class_implies(cls: str, fields: dict[str, str], status: str) -> None:
    made = make(cls, **fields)
    (claim,) = subjects(made, "claim")
    assert terms(made, claim, "status") == ["status:" + status]


def test_an_event_is_of_its_own_kind() -> None:
    made = make("Berthing", object="x")
    assert terms(made, "claim:event.berthing.x._.alpha", "kind") == ["sp:Berthing"]


def test_one_claim_a_document_and_one_fact() -> None:
    first, second = cite("alpha"), cite("alpha", chars=(9, 12))
    made = make("Participation", first, second, cite("beta"), **PARTNER)
    key = "participation.asa.halo.partner.ongoing"
    assert subjects(made, "claim") == [f"claim:{key}.alpha", f"claim:{key}.beta"]
    assert set(subjects(made, "fact")) == {"fact:" + key}
    assert len(terms(made, f"claim:{key}.alpha", "evidence")) == 2
    assert len(terms(made, f"claim:{key}.beta", "evidence")) == 1
    for statement in made:
        assert statement.graph in {iri("doc:alpha"), iri("doc:beta")}
        about = curie(statement.subject)
        if about.startswith(("claim:", "evidence:")):
            assert statement.graph.rsplit("/", 1)[-1] in about


def test_two_documents_with_different_values_meet_in_one_fact() -> None:
    one = make("Capture", cite("alpha"), object="tern", onDate="2029")
    other = make("Capture", cite("beta"), object="tern", onDate="2030-01-02")
    assert subjects(one, "fact") == subjects(other, "fact")
    assert terms(one, "claim:event.capture.tern._.alpha", "onDate") == ["period:2029"]
    assert terms(other, "claim:event.capture.tern._.beta", "onDate") == ["period:2030-01-02"]


def test_periods_become_nodes_in_the_document() -> None:
    made = make("Participation", **PARTNER, period="198X/..")
    (node,) = [s for s in made if curie(s.subject) == "period:198X_to_open"]
    assert node.graph == iri("doc:alpha")
    found = {curie(p): t.split("^^")[0].strip('"') for p, t in node.properties}
    assert found.pop("rdf:type") == f"<{sp('Period')}>"
    assert found == {
        "sp:edtf": "198X/..",
        "sp:startEarliest": "1980-01-01",
        "sp:startLatest": "1989-12-31",
    }


def test_a_period_without_bounds_has_none() -> None:
    node = period_statement("/..", iri("doc:alpha"), HERE)
    assert [curie(p) for p, _ in node.properties] == ["rdf:type", "sp:edtf"]


WRONG: list[tuple[str, dict[str, object], str, str]] = [
    ("Participation", {"participant": "asa", "status": "ongoing"}, "without 'inActivity'", ""),
    ("Participation", {}, "'inActivity' and 'participant' and 'status'", "leave the fact out"),
    ("Participation", PARTNER | {"rol": "lead"}, "unknown property 'rol'", "did you mean 'role'"),
    ("Participation", PARTNER | {"onDate": "2029"}, "'onDate' is no property of Partici", "known"),
    ("Participation", PARTNER | {"evidence": "x"}, "'evidence' is no property", ""),
    ("Participation", PARTNER | {"leads": "x"}, "'leads' is no property", ""),
    ("Participation", PARTNER | {"role": ["lead", "partner"]}, "'role' takes one value", "two st"),
    ("Participation", PARTNER | {"period": "2021"}, "wrong kind of date for 'period'", "extent"),
    ("PlannedEvent", {"kind": "Capture", "object": "x", "plannedFor": "2031-05-02/2031-12-31"},
     "wrong kind of date for 'plannedFor'", "never an interval"),
    ("Participation", PARTNER | {"role": "partnr"}, "unknown role 'partnr'", "'partner'"),
    ("Participaton", PARTNER, "unknown class 'Participaton'", "'Participation'"),
    ("SpaceAgency", PARTNER, "'SpaceAgency' is not a kind of Claim", ""),
    ("Meeting", {"agent": "vera"}, "nothing tells this Meeting from others", "'eventName'"),
    ("Capture", {"object": "x", "status": "done"}, "unknown status 'done'", "known: cancelled"),
    ("Capture", {"object": "x", "onDate": "2023-02-29"}, "a day that does not exist", ""),
    ("CountObservation", {"about": "x", "observedProperty": "members", "value": "3.5"},
     "'3.5' is no whole number", "digits"),
]  # fmt: skip


@pytest.mark.parametrize(("cls", "fields", "message", "fix"), WRONG, ids=[w[2] for w in WRONG])
def test_what_does_not_fit_the_ontology_is_refused_with_its_place(
    cls: str, fields: dict[str, object], message: str, fix: str
) -> None:
    with pytest.raises(InputError) as caught:
        make(cls, **fields)
    assert message in caught.value.message
    assert fix in caught.value.fix
    assert caught.value.origin == HERE


def test_the_place_is_that_of_the_field() -> None:
    at = {"role": Origin("facts.yaml", 12, 5)}
    with pytest.raises(VocabularyError) as caught:
        make("Participation", at=at, **(PARTNER | {"role": "partnr"}))
    assert str(caught.value).startswith("facts.yaml:12:5: unknown role")


def test_a_fact_without_citation_is_refused() -> None:
    fields = {k: [(v, "")] for k, v in PARTNER.items()}
    with pytest.raises(InputError) as caught:
        list(compile_claim(Record("Participation", fields, (), HERE), VOCAB))
    assert str(caught.value).startswith("facts.yaml:10: a fact without citation")
    assert "add cite:" in caught.value.fix


def test_the_evidence_says_where_and_who() -> None:
    given = cite(
        quote_sha256="ab" * 32,
        quote_length=4,
        attribution="quoted",
        speaker="vera",
        sentence="s01",
        seen="page",
        attests=(("ASA", "en"),),
    )
    made = evidence_statement(given, iri("doc:alpha"))
    found = {curie(p): t for p, t in made.properties}
    assert curie(made.subject).startswith("evidence:alpha.c3-7.")
    assert found["sp:document"] == f"<{iri('doc:alpha')}>"
    assert found["sp:locator"] == '"#char=3,7"'
    assert found["sp:start"].startswith('"3"')
    assert found["sp:end"].startswith('"7"')
    assert found["sp:quoteLength"].startswith('"4"')
    assert found["sp:attribution"] == f"<{iri('attribution:quoted')}>"
    assert found["sp:speaker"] == f"<{iri('id:vera')}>"
    assert found["sp:seen"] == f"<{iri('seen:page')}>"
    assert found["sp:attestsLabel"] == '"ASA"@en'
    assert found["sp:gist"] == '"Our words."@en'


@pytest.mark.parametrize(
    ("more", "head"),
    [
        ({"chars": (0, 4)}, "evidence:alpha.c0-4."),
        ({"chars": None, "row": 5}, "evidence:alpha.r5."),
        ({"chars": None, "quote_sha256": "0123456789" * 6 + "0123"}, "evidence:alpha.q01234567."),
    ],
)
def test_the_name_of_an_evidence(more: dict[str, object], head: str) -> None:
    name = curie(evidence_statement(cite(**more), iri("doc:alpha")).subject)
    assert name.startswith(head)
    assert len(name) == len(head) + 6
    other = curie(evidence_statement(cite(**more, speaker="vera"), iri("doc:alpha")).subject)
    assert other.startswith(head) and other != name


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"chars": None}, "a citation without locator"),
        ({"document": "a b"}, "is no IRI"),
        ({"speaker": "Vera Holt"}, "is no IRI"),
        ({"attests": (("x", "not a tag"),)}, "is no language tag"),
    ],
)
def test_a_bad_citation_is_refused_at_its_own_place(more: dict[str, object], message: str) -> None:
    with pytest.raises(InputError) as caught:
        make("Participation", cite(**more), **PARTNER)  # type: ignore[arg-type]
    assert message in caught.value.message
    assert caught.value.origin == Origin("f", 20)


def test_an_entity_goes_to_the_register_with_its_evidence() -> None:
    fields = {"rdfs:label": [("Aldria Space Agency", "en")], "abbreviation": [("ASA", "en")]}
    record = Record("SpaceAgency", fields, (cite(),), HERE)
    head, evidence = compile_entity(record, "asa", iri("graph:register"), VOCAB)
    assert head.subject == iri("id:asa")
    assert (RDF_TYPE, f"<{sp('SpaceAgency')}>") in head.properties
    assert (iri("rdfs:label"), '"Aldria Space Agency"@en') in head.properties
    assert (sp("evidence"), f"<{evidence.subject}>") in head.properties
    assert {head.graph, evidence.graph} == {iri("graph:register")}


def test_an_entity_needs_a_citation_and_a_class_of_its_own() -> None:
    with pytest.raises(InputError, match="entity 'asa' without citation"):
        list(compile_entity(Record("State", {}, (), HERE), "asa", "g:g", VOCAB))
    with pytest.raises(VocabularyError, match="'Participation' is not a kind of Entity"):
        list(compile_entity(Record("Participation", {}, (cite(),), HERE), "asa", "g:g", VOCAB))


def test_the_names_of_the_seed_are_frozen() -> None:
    """Others link to them: a changed IRI needs a reason, a note in the change log and this file."""
    (seed,) = [s for s in sources.find([ROOT / "data" / "sources"]) if s.slug == "seed"]
    made = {curie(s.subject) for s in sources.load(seed, VOCAB, Report())}
    frozen = GOLDEN.read_text(encoding="utf-8").split()
    kinds = {name.split(":")[0] for name in frozen}
    assert kinds == {"claim", "id", "doc", "period"}
    assert len([f for f in frozen if f.startswith("claim:")]) == 43
    assert sorted(m for m in made if m.split(":")[0] in kinds) == frozen
    claims = [f.removeprefix("claim:") for f in frozen if f.startswith("claim:")]
    facts = {f"fact:{c.removesuffix('.csa-2025-07-09')}" for c in claims}
    assert {m for m in made if m.startswith("fact:")} == facts
