"""Every planted error is found, and leads to the line that must be mended."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import build, validate
from kg.errors import InputError, KGError, ValidationError
from kg.namespaces import curie
from kg.store import View
from kg.validate import Problem

FIXTURES = Path(__file__).resolve().parent / "shapes"
FAILING = sorted(FIXTURES.glob("*.fail.ttl"))
CITE = "cite: [{document: alpha, chars: 3-7, gist: Ours.}]"
ENTITIES = {
    "aldria": "State",
    "asa": "SpaceAgency",
    "asa-head": "HeadPost",
    "bso": "SpaceAgency",
    "halo": "SpaceStation",
    "ice": "Charter",
    "lumen": "Mission",
    "tern-b": "VehicleType",
    "vera": "Person",
    "ilmo": "Person",
}
REGISTER = "entities:\n" + "".join(
    f"  - id: {slug}\n    type: {cls}\n    label: {{en: {slug}}}\n    {CITE}\n"
    for slug, cls in ENTITIES.items()
)

Make = Callable[[str], View]
Facts = Callable[..., Path]


def claim(cls: str, fields: str, cite: str = CITE) -> str:
    lines = "".join(f"    {f.strip()}\n" for f in fields.split(";"))
    return f"  - class: {cls}\n{lines}    {cite}\n"


def facts(*claims: str) -> str:
    return REGISTER + "statements:\n" + "".join(claims)


def problems(view: View, rule: str) -> list[Problem]:
    return [p for p in validate.cross_checks(view) if p.rule == rule]


def built(folder: Path, home: Path, **more: object) -> build.Result:
    return build.build(home, add=[("x", folder)], only=["x"], **more)  # type: ignore[arg-type]


def refused(folder: Path, home: Path, **more: object) -> KGError:
    with pytest.raises(KGError) as caught:
        built(folder, home, **more)
    assert not (home / "store" / "CURRENT").exists(), "a refused build must leave nothing"
    return caught.value


PARTNER = "participant: asa; inActivity: halo; role: partner; status: ongoing"
GOOD = claim("Participation", PARTNER)


def test_what_is_right_has_no_problem(facts_of: Facts, tmp_path: Path) -> None:
    result = built(facts_of(facts(GOOD)), tmp_path / "ws")
    assert result.problems == []
    assert result.reports["x"].counts["statements"] == 1
    assert validate.check(result.view) == []


# --- across records

CROSS = [
    ("role-before-its-holder", "violation", [
        claim("Founding", "object: asa; onDate: 2003-10-01"),
        claim("Participation", PARTNER + "; period: 1990/2000"),
    ]),
    ("country-fact-on-agency", "violation", [
        claim("Relation", "relationSubject: asa; relationType: actsFor; relationObject: aldria"),
        claim("Participation", "participant: aldria; inActivity: ice; status: ongoing"),
        claim("Participation", "participant: asa; inActivity: ice; status: ongoing"),
    ]),
    ("two-heads-at-once", "violation", [
        claim("Tenure", "person: vera; post: asa-head; status: occurred; period: 2010/2014"),
        claim("Tenure", "person: ilmo; post: asa-head; status: occurred; period: 2012/2016"),
    ]),
    ("realised-before-announced", "violation", [
        claim("PlannedEvent", "kind: Capture; object: tern-b; announcedOn: 2030-01-01"),
        claim("Capture", "object: tern-b; onDate: 2029-12-31; "
              "realizes: planned-event.capture.tern-b._"),
    ]),
    ("realizes-nothing", "violation", [
        claim("Capture", "object: tern-b; onDate: 2029; realizes: planned-event.capture.tern-x._"),
    ]),
    ("reported-against-derived-count", "warning", [
        claim("Membership", "participant: asa; inActivity: ice; status: ongoing; period: 2001/.."),
        claim("CountObservation", 'about: ice; observedProperty: members; value: "3"; asOf: 2030'),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "severity", "claims"), CROSS, ids=[c[0] for c in CROSS])
def test_an_error_across_records_is_found(
    view_of: Make, rule: str, severity: str, claims: list[str]
) -> None:
    (found,) = problems(view_of(facts(*claims)), rule)
    assert found.severity == severity
    assert found.message


FINE = [
    ("role-before-its-holder", [
        claim("Founding", "object: asa; onDate: 2003-10-01"),
        claim("Participation", PARTNER + "; period: 2003-10-01/.."),
    ]),
    ("role-before-its-holder", [
        claim("Founding", "object: asa; onDate: 2003-10-01"),
        claim("Participation", PARTNER + "; period: 200X/.."),
    ]),
    ("country-fact-on-agency", [
        claim("Relation", "relationSubject: asa; relationType: actsFor; relationObject: aldria"),
        claim("Participation", "participant: aldria; inActivity: ice; status: ongoing"),
        claim("Participation", "participant: asa; inActivity: ice; status: ongoing",
              CITE.replace("3-7", "8-9")),
    ]),
    ("two-heads-at-once", [
        claim("Tenure", "person: vera; post: asa-head; status: occurred; period: 2010/2014-06-30"),
        claim("Tenure", "person: ilmo; post: asa-head; status: occurred; period: 2014-06-30/2016"),
    ]),
    ("two-heads-at-once", [
        claim("Tenure", "person: vera; post: asa-head; status: occurred; period: 2010/2014"),
        claim("Tenure", "person: ilmo; post: asa-head; status: occurred; period: 2014/2016"),
    ]),
    ("realised-before-announced", [
        claim("PlannedEvent", "kind: Capture; object: tern-b; announcedOn: 2030-01-01"),
        claim("Capture", "object: tern-b; onDate: 2030-01-01; "
              "realizes: planned-event.capture.tern-b._"),
    ]),
    ("reported-against-derived-count", [
        claim("Membership", "participant: asa; inActivity: ice; status: ongoing; period: 2001/.."),
        claim("Membership", "participant: bso; inActivity: ice; status: ongoing; period: 203X/.."),
        claim("CountObservation", 'about: ice; observedProperty: members; value: "1"; asOf: 2030'),
    ]),
    ("reported-against-derived-count", [
        claim("Membership", "participant: asa; inActivity: ice; status: ongoing; period: 2001/.."),
        claim("Membership", "participant: bso; inActivity: ice; status: ongoing"),
        claim("CountObservation", 'about: ice; observedProperty: members; value: "2"; asOf: 2030'),
    ]),
    ("one-identifier-two-entities", [GOOD]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "claims"), FINE)
def test_what_may_be_true_is_no_error(view_of: Make, rule: str, claims: list[str]) -> None:
    assert problems(view_of(facts(*claims)), rule) == []


def test_the_message_names_both_and_the_node_is_the_claim(view_of: Make) -> None:
    (found,) = problems(view_of(facts(*CROSS[2][2])), "two-heads-at-once")
    assert "ilmo" in found.message and "vera" in found.message and "asa-head" in found.message
    assert curie(found.node) == "claim:tenure.ilmo.asa-head.alpha"


def test_an_identifier_that_two_entities_claim(facts_of: Facts, tmp_path: Path) -> None:
    register = REGISTER
    for slug in ("asa", "bso"):
        head = f"  - id: {slug}\n    type: SpaceAgency\n"
        register = register.replace(head, head + "    identifier: {wikidata: Q1}\n")
    folder = facts_of(register + "statements:\n" + GOOD)
    error = refused(folder, tmp_path / "ws")
    assert "wikidata 'Q1' is given to 'bso' and to 'asa'" in error.message
    assert error.origin is not None
    line = (folder / "facts.yaml").read_text("utf-8").splitlines()[error.origin.line - 1]
    assert line == "    identifier: {wikidata: Q1}"


def test_a_warning_does_not_stop_the_build(facts_of: Facts, tmp_path: Path) -> None:
    result = built(facts_of(facts(*CROSS[5][2])), tmp_path / "ws")
    assert [(p.severity, p.rule) for p in result.problems] == [
        ("warning", "reported-against-derived-count")
    ]
    assert "3 members reported" in result.problems[0].message
    assert "1 to 1 on record" in result.problems[0].message


# --- to the line

LINES = [
    (claim("Tenure", "person: vera; post: asa-head; status: occurred; period: 2010/2014")
     + claim("Tenure", "person: ilmo; post: asa-head; status: occurred; period: 2012/2016"),
     "two-heads-at-once", "person: ilmo"),
    (claim("Participation", PARTNER.replace("asa", "lumen")), "shape:Participation-participant",
     "participant: lumen"),
    (claim("Participation", PARTNER.replace("halo", "vera")), "shape:Participation-inActivity",
     "inActivity: vera"),
    (claim("Visit", "agent: vera; eventName: Not A Slug"), "shape:Happening-eventName",
     "eventName: Not A Slug"),
    (claim("Capture", "object: tern-b; dateZone: JST"), "shape:Event-dateZone", "dateZone: JST"),
    (claim("CountObservation", 'about: ice; observedProperty: members; value: "-3"'),
     "shape:CountObservation-value", 'value: "-3"'),
    (claim("CountObservation", "about: ice; observedProperty: members"),
     "shape:CountObservation-number", "about: ice"),
    (claim("Relation", "relationSubject: asa; relationType: note; relationObject: bso"),
     "shape:Relation-type", "relationType: note"),
    (claim("Participation", PARTNER + "; period: 2001/..")
     + claim("Participation", PARTNER + "; period: 2002/.."),
     "shape:Participation-period", "participant: asa"),
    (claim("Participation", PARTNER, CITE.replace("gist", "attribution: sworn, gist")),
     "shape:Evidence-attribution", "attribution: sworn"),
    (claim("Participation", PARTNER, CITE.replace("gist", "seen: heard, gist")),
     "shape:Evidence-seen", "seen: heard"),
    (claim("Participation", PARTNER, CITE.replace("gist", "speaker: asa, gist")),
     "shape:Evidence-speaker", "speaker: asa"),
]  # fmt: skip


@pytest.mark.parametrize(("claims", "rule", "words"), LINES, ids=[f"{x[1]}" for x in LINES])
def test_a_violation_leads_to_its_statement(
    facts_of: Facts, tmp_path: Path, claims: str, rule: str, words: str
) -> None:
    folder = facts_of(facts(claims))
    error = refused(folder, tmp_path / "ws")
    assert isinstance(error, ValidationError)
    assert f"[{rule}]" in str(error)
    where = re.search(rf"{re.escape(str(folder / 'facts.yaml'))}:(\d+)", str(error))
    assert where, str(error)
    lines = (folder / "facts.yaml").read_text("utf-8").splitlines()
    statement = "\n".join(lines[int(where[1]) - 1 :][:8])
    assert words in statement


WARNED = {"PlannedEvent", "Intention"}
"""Their failing fixtures break a rule that only warns."""


def test_all_failing_fixtures_are_there() -> None:
    assert len(FAILING) == 20


@pytest.mark.parametrize("path", FAILING, ids=lambda p: p.name.removesuffix(".fail.ttl"))
def test_a_violation_in_an_rdf_file_leads_to_the_file(
    folder_of: Callable[..., Path], tmp_path: Path, path: Path
) -> None:
    rule = re.findall(r"^# violates (shape:\S+)$", path.read_text("utf-8"), re.MULTILINE)[0]
    spec = (
        "loader: rdf\ndocument: alpha\nfiles: [case.ttl, shared.ttl]\n"
        "documents: [{id: alpha, type: WebPage}]\n"
    )
    folder = folder_of(
        "r",
        {
            "source.yaml": spec,
            # the store itself writes +00:00 as Z
            "case.ttl": path.read_text("utf-8").replace("00+00:00", "00+09:00"),
            "shared.ttl": (FIXTURES / "shared.ttl").read_bytes(),
        },
    )
    try:
        found = built(folder, tmp_path / "ws").problems
    except ValidationError as error:
        assert f"[{rule}]" in str(error)
        assert str(folder / "case.ttl") in str(error)
    else:
        assert path.name.split(".")[0] in WARNED
        assert rule in {p.rule for p in found}


def test_a_derived_property_that_a_document_states(
    folder_of: Callable[..., Path], tmp_path: Path, world: Path
) -> None:
    more = "\n<https://w3id.org/space-partnerships/id/asa> sp:leads id:lumen .\n"
    file = world / "survey" / "lumen.ttl"
    file.write_text(file.read_text("utf-8") + more, encoding="utf-8")
    home = tmp_path / "ws"
    with pytest.raises(ValidationError) as caught:
        build.build(
            home,
            add=[(s, world / s) for s in ("arctic", "ice-watch", "survey")],
            only=["arctic", "ice-watch", "survey"],
        )
    assert "sp:leads is derived by rule; a document may not state it" in str(caught.value)


# --- quotes


def world_with(world: Path, home: Path) -> build.Result:
    slugs = ["arctic", "ice-watch", "survey"]
    return build.build(
        home, add=[(s, world / s) for s in slugs], only=slugs, texts_folder=world / "texts"
    )


def test_quotes_are_checked_where_the_text_is_at_hand(world: Path, tmp_path: Path) -> None:
    result = world_with(world, tmp_path / "ws")
    assert [p.name for p in result.texts] == ["asa-2031-05-02.txt"]
    assert result.problems == []


def test_a_text_that_is_another_is_not_the_document(world: Path, tmp_path: Path) -> None:
    text = world / "texts" / "asa-2031-05-02.txt"
    text.write_text(text.read_text("utf-8").replace("2027", "2026"), encoding="utf-8")
    assert world_with(world, tmp_path / "ws").texts == []


@pytest.mark.parametrize("what", ["chars", "sha256"])
def test_a_quote_that_is_not_there_fails_the_build(world: Path, tmp_path: Path, what: str) -> None:
    file = world / "arctic" / "release.yaml"
    content = file.read_text("utf-8")
    head, _, tail = content.partition("statements:")
    if what == "chars":
        tail = re.sub(r"chars: (\d+)-", lambda m: f"chars: {int(m[1]) + 1}-", tail, count=1)
    else:
        tail = re.sub(r"sha256: \w{8}", "sha256: 00000000", tail, count=1)
    spoiled = f"{head}statements:{tail}"
    assert spoiled != content
    file.write_text(spoiled, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        world_with(world, tmp_path / "ws")
    assert "are not the quote that is cited" in str(caught.value)
    assert str(file) + ":" in str(caught.value)
    assert "that range reads" in str(caught.value)
    assert not (tmp_path / "ws" / "store" / "CURRENT").exists()


def test_the_seed_is_what_its_facts_cite(seed_text: Path, tmp_path: Path) -> None:
    result = build.build(tmp_path / "ws", only=["seed"], texts_folder=seed_text.parent)
    assert seed_text.resolve() in [p.resolve() for p in result.texts]
