"""The real tables, where the shared folder is at hand: accounts, owners across states, homonyms."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

import pytest

from kg.namespaces import iri, sp
from kg.plan import Plan
from kg.sources import Report

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = ROOT.parent / "shared" / "data"
NAMES = ("gcat", "ucs", "astronauts", "charter")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (SHARED / "gcat" / "launchlog.tsv").is_file(),
        reason="the tables of other publishers are not at hand (../shared/data)",
    ),
]


def _end(term: str) -> str:
    return term.strip("<>").replace("#", "/").rsplit("/", 1)[-1]


@dataclass
class Tally:
    """What is asked of all statements, gathered while they stream by."""

    reports: dict[str, Report] = field(default_factory=dict)
    owners: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    states: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    holders: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    labels: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    documents: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    rejected: list[str] = field(default_factory=list)


def _note(tally: Tally, subject: str, found: dict[str, str]) -> None:
    role = _end(found.get(sp("role"), ""))
    activity = _end(found.get(sp("inActivity"), ""))
    document = subject.rpartition(".")[2]
    for name in ("inActivity", "object", "relationSubject", "relationObject", "participant"):
        if sp(name) in found:
            tally.documents[_end(found[sp(name)])].add(document)
    if role == "owner" and document.startswith("gcat-launchlog"):
        tally.owners[activity].add(_end(found[sp("participant")]))
    if _end(found.get(sp("relationType"), "")) == "countedUnder":
        tally.states[_end(found[sp("relationSubject")])].add(_end(found[sp("relationObject")]))


@pytest.fixture(scope="module")
def tally(tmp_path_factory: pytest.TempPathFactory) -> Tally:
    home = tmp_path_factory.mktemp("shared")
    plan = Plan.make(home, (), [(name, SHARED / name) for name in NAMES])
    made, rejected = Tally(), StringIO()
    claims, things, names = iri("claim:"), iri("id:"), iri("identifier:")
    naming = {iri("rdfs:label"), iri("skos:altLabel")}
    for statements in (
        plan.curated({}, lambda _: None),
        plan.others(made.reports, lambda _: None, rejected),
    ):
        for statement in statements:
            subject = statement.subject
            if subject.startswith(claims):
                _note(made, subject, dict(statement.properties))
            elif subject.startswith(things):
                for predicate, term in statement.properties:
                    if predicate == sp("identifier"):
                        made.holders[term[1:-1].removeprefix(names)].add(_end(subject))
                    elif predicate in naming:
                        made.labels[_end(subject)].add(term[1:].rpartition('"')[0])
    made.rejected = rejected.getvalue().splitlines()[1:]
    return made


def test_the_accounts_balance_for_every_file(tally: Tally) -> None:
    files = [a for r in tally.reports.values() for a in r.files]
    assert len(files) == 11
    for account in files:
        lines = (SHARED / account.file).name
        assert lines
        assert account.rows == account.mapped + account.skipped.total() + account.rejected
        assert account.mapped > 0
    assert sum(a.rejected for a in files) == len(tally.rejected)


def test_hardly_any_row_is_rejected_and_each_says_why(tally: Tally) -> None:
    reasons = {line.split("\t")[2].split(":")[0] for line in tally.rejected}
    assert reasons <= {"identifiers of different entities"}
    assert {line.split("\t")[0] for line in tally.rejected} <= {"ucs"}
    assert len(tally.rejected) == 27


def _rows() -> list[tuple[str, list[str]]]:
    """JCAT and owners of each row of the launch log, read without our own code."""
    lines = (SHARED / "gcat" / "launchlog.tsv").read_text(encoding="utf-8").split("\n")
    head = lines[0].lstrip("#").split("\t")
    jcat, owner = head.index("JCAT"), head.index("SatOwner")
    cells = [line.split("\t") for line in lines[1:] if line.strip()]
    return [(c[jcat].strip(), c[owner].strip().split("/")) for c in cells]


def _state_codes() -> dict[str, str]:
    lines = (SHARED / "gcat" / "orgs.tsv").read_text(encoding="utf-8").split("\n")
    cells = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return {c[0].strip(): c[2].strip() for c in cells}


def test_every_row_with_owners_of_two_states_gives_participations_of_two(tally: Tally) -> None:
    codes = _state_codes()
    wanted = {
        jcat: {codes[o.rstrip("?")] for o in owners}
        for jcat, owners in _rows()
        if len({codes[o.rstrip("?")] for o in owners}) > 1
    }
    assert len(wanted) == 405
    missing = []
    for jcat in wanted:
        (craft,) = tally.holders[f"gcat.{jcat}"]
        owners = tally.owners[craft]
        sides = {s for o in owners for s in tally.states[o] or {o}}  # ESA stands for itself
        if len(owners) < 2 or len(sides) < 2:
            missing.append((jcat, craft, sorted(owners), sorted(sides)))
    assert missing == []


def test_every_owner_of_every_row_takes_part(tally: Tally) -> None:
    short = []
    for jcat, owners in _rows():
        (craft,) = tally.holders[f"gcat.{jcat}"]
        if len(tally.owners[craft]) < len({o.rstrip("?") for o in owners} - {"UNK"}):
            short.append((jcat, owners, sorted(tally.owners[craft])))
    assert [s for s in short if not {"ESA", "I-ESA"} <= set(s[1])] == []


def test_homonyms_stay_apart(tally: Tally) -> None:
    one = {k: tally.holders[f"gcat.{k}"] for k in ("S07752", "S08709", "S41337", "S33493")}
    assert [len(v) for v in one.values()] == [1, 1, 1, 1]
    assert len(set.union(*one.values())) == 4
    assert "iss" not in set.union(*one.values())
    assert one["S41337"] == {"astro-h"}
    assert "Hitomi" in tally.labels[next(iter(one["S33493"]))]
    assert tally.holders["gcat-lv.HTV"] == {"gcat-lv-htv"}
    assert not tally.labels["htv"] & {"AeroHTV"}


def test_no_identifier_belongs_to_two(tally: Tally) -> None:
    assert {k: v for k, v in tally.holders.items() if len(v) > 1} == {}


NODES = ["xrism", "canadarm2", *(f"htv-{n}" for n in range(1, 10)), "htv-x1"]


@pytest.mark.parametrize("node", NODES)
def test_named_nodes_carry_the_catalogue(tally: Tally, node: str) -> None:
    documents = tally.documents[node]
    assert len(documents) >= 3
    assert any(d.startswith("gcat-") for d in documents)


def test_the_station_is_none_of_its_modules(tally: Tally) -> None:
    assert tally.holders["gcat.S25544"] == {"zarya"}
    assert tally.holders["satcat.25544"] <= {"iss"}
    assert any(d.startswith("ucs") for d in tally.documents["iss"])


def test_flights_of_the_people_are_those_of_the_catalogue(tally: Tally) -> None:
    for node in ("sts-96", "soyuz-tm-12", "gcat-s01812"):
        kinds = {d.split("-")[0] for d in tally.documents[node]}
        assert {"gcat", "astronauts"} <= kinds
