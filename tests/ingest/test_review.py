"""A session of review over an invented release: what is asked, kept, undone, and what it does."""

from __future__ import annotations

import io
import json
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from kg import evidence, restrict, store
from kg.extract.spans import Candidate, Evidence, Mention
from kg.ingest import compiling, keeping, ledger, queue, run
from kg.ingest.review import Review
from kg.ingest.run import Outcome
from kg.namespaces import iri, sp
from kg.store import View

DOCUMENT = "asa-2031-06-03"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def review(
    workspace: Path,
    ingest: Callable[..., Outcome],
    release: str,
    monkeypatch: pytest.MonkeyPatch,
    command: Callable[..., tuple[int, str, str]],
) -> Callable[..., Ran]:
    """Read the release, then run `kg review` with answers on stdin."""
    ingest({"word.txt": release}, publisher="ASA", issued="2031-06-03")
    monkeypatch.setenv("COLUMNS", "100")

    def make(*args: str, answers: str = "") -> Ran:
        monkeypatch.setattr("sys.stdin", io.StringIO(answers))
        known = ("--no-build", "--who", "Ada", "--when", "2031-07-01")
        return Ran(*command("review", *known, *args))

    return make


def decisions(workspace: Path) -> dict[str, list[dict[str, object]]]:
    path = workspace / "review" / "decisions.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}


def waiting(workspace: Path) -> list[dict[str, object]]:
    lines = (workspace / "review" / "queue.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def key_of(workspace: Path, relation: str) -> str:
    return next(str(w["key"]) for w in waiting(workspace) if w["relation"] == relation)


def test_a_statement_is_shown_with_its_sentence_and_why_it_waits(
    review: Callable[..., Ran],
) -> None:
    ran = review(answers="q\n")
    assert "1 of 4" in ran.err
    assert "A word from Aldria · Aldria Space Agency · issued 2031-06-03 · tier official" in ran.err
    assert "Bo Quill | headOf | Aldria Space Agency" in ran.err
    assert "waits because the person 'Bo Quill' is not in the graph" in ran.err
    assert "[Bo Quill, President of ASA], opened the day." in ran.err
    assert ran.out == "nothing decided; 4 statements wait\n"


def test_an_accepted_statement_answers_questions(
    review: Callable[..., Ran], workspace: Path, rebuilt: Callable[[], View]
) -> None:
    ran = review(answers="a it is their own word\n\n\nq\n")
    assert ran.out == "1 accepted, 1 named as new; 3 statements wait\n"
    made = decisions(workspace)
    (decision,), (entity,) = made["decision"], made["entity"]
    assert (decision["who"], decision["when"]) == ("Ada", "2031-07-01")
    assert decision["why"] == "it is their own word"
    assert (entity["id"], entity["type"]) == ("bo-quill", "Person")
    view = rebuilt()
    (tenure,) = view.subjects(sp("person"), iri("id:bo-quill"))
    (said,) = evidence.supports(view, [tenure])[tenure].evidence
    assert (said.document, said.locator) == (DOCUMENT, "#char=55,81")
    assert said.quote == "Bo Quill, President of ASA"
    earlier = restrict.restrict(view, as_of=date(2031, 6, 2))
    assert not earlier.subjects(sp("person"), iri("id:bo-quill"))


def test_a_new_entity_lets_the_other_statements_about_it_through(
    review: Callable[..., Ran], workspace: Path
) -> None:
    ran = review("--relation", "participatesIn", answers="n\n\n\nq\n")
    assert "class [SpaceAgency]" in ran.err
    assert {w["relation"] for w in waiting(workspace)} == {"headOf", "provides"}
    assert "2 statements wait" in ran.out


def test_a_second_run_after_a_session_changes_nothing(
    review: Callable[..., Ran],
    ingest: Callable[..., Outcome],
    workspace: Path,
    rebuilt: Callable[[], View],
    release: str,
) -> None:
    review(answers="a\n\n\nq\n")
    rebuilt()
    said = {"publisher": "ASA", "issued": "2031-06-03"}
    source = workspace / "sources" / "releases" / f"{DOCUMENT}.yaml"
    before = source.read_bytes()
    done = ingest({"word.txt": release}, **said)
    assert (done.extracted, done.unchanged) == ([], [DOCUMENT])
    assert source.read_bytes() == before


def test_a_rejected_statement_never_comes_back_from_its_sentence(
    review: Callable[..., Ran], workspace: Path
) -> None:
    review("--reject", key_of(workspace, "headOf"), "--why", "he left")
    kept = keeping.read(keeping.place(workspace, DOCUMENT))
    changed = [
        replace(c, qualifiers={**c.qualifiers, "role": "Chief"}, reasons=(), confidence=1.0)
        for c in kept.candidates
    ]
    keeping.write(workspace, replace(kept, candidates=tuple(changed)))
    decided = ledger.load(workspace / "review" / ledger.DECISIONS)
    done = compiling.compile_all(store.open_view(workspace), workspace, decided)
    assert done.rejected == 1
    assert "headOf" not in {w["relation"] for w in waiting(workspace)}
    assert "Tenure" not in (workspace / "sources/releases" / f"{DOCUMENT}.yaml").read_text("utf-8")


def test_undo_goes_back_to_the_statement(review: Callable[..., Ran], workspace: Path) -> None:
    ran = review(answers="r\nu\nq\n")
    assert ran.err.count("1 of 4") == 2
    assert ran.out == "nothing decided; 4 statements wait\n"
    assert decisions(workspace) == {}


def test_undo_from_outside_takes_the_newest_decision_back(
    review: Callable[..., Ran], workspace: Path
) -> None:
    first, second = key_of(workspace, "headOf"), key_of(workspace, "provides")
    review("--reject", first)
    review("--entity", "Bo Quill", "--class", "Person")
    review("--reject", second)
    review("--undo")
    made = decisions(workspace)
    assert [d["key"] for d in made["decision"]] == [first]
    review("--undo")
    assert "entity" not in decisions(workspace)
    review("--undo")
    assert review("--undo").code == 1


def test_a_session_goes_on_where_it_stopped(review: Callable[..., Ran], workspace: Path) -> None:
    review(answers="r no\n")  # and the answers end
    ran = review(answers="q\n")
    assert "1 of 3" in ran.err
    assert len(decisions(workspace)["decision"]) == 1


def test_an_edit_is_checked_and_accepted_as_changed(
    review: Callable[..., Ran], workspace: Path, rebuilt: Callable[[], View]
) -> None:
    ran = review(
        "--relation", "provides",
        answers="e\nrelation leeds\nmodality done\ndate 2031-13-01\nobject Nowhere\nobject Lumen\n"
        "relation contributesTo\nmodality planned\n\nq\n",
    )  # fmt: skip
    assert "did you mean 'leads'" in ran.err
    assert "unknown modality 'done'" in ran.err
    assert "2031-13-01" in ran.err
    assert "nothing is called 'Nowhere'" in ran.err
    assert "1 edited" in ran.out
    (made,) = decisions(workspace)["decision"]
    assert made["edit"] == {
        "object": "Lumen",
        "relation": "contributesTo",
        "modality": "planned",
    }
    view = rebuilt()
    found = [
        c for c in view.subjects(sp("participant"), iri("id:asa")) if c.endswith(f".{DOCUMENT}")
    ]
    roles = {(view.value(c, sp("role")), view.value(c, sp("status"))) for c in found}
    assert (iri("role:contributor"), iri("status:planned")) in roles
    (planned,) = [c for c in found if view.value(c, sp("status")) == iri("status:planned")]
    (said,) = evidence.supports(view, [planned])[planned].evidence
    assert (said.attribution, said.speaker) == ("quoted", "Vera Holt")


def test_an_edit_without_a_terminal(review: Callable[..., Ran], workspace: Path) -> None:
    key = key_of(workspace, "provides")
    assert review("--edit", key, "--set", "relation=leeds").code == 1
    assert decisions(workspace) == {}
    assert review("--edit", key[:6], "--set", "relation=leads", "--set", "object=Lumen").code == 0
    assert decisions(workspace)["decision"][0]["verdict"] == "edit"


def test_a_name_can_be_another_name_of_a_known_thing(
    review: Callable[..., Ran], workspace: Path, rebuilt: Callable[[], View]
) -> None:
    assert review("--entity", "Cyra Ice Agency", "--id", "nowhere").code == 1
    review("--entity", "Cyra Ice Agency", "--id", "csc")
    view = rebuilt()
    assert "Cyra Ice Agency" in view.objects(iri("id:csc"), iri("skos:altLabel"))
    assert view.label(iri("id:csc")) == "Cyra Space Centre"
    assert "Cyra" not in {str(w["subject"]["name"]) for w in waiting(workspace)}  # type: ignore[index]


def test_the_list_can_be_narrowed_and_read_by_a_program(
    review: Callable[..., Ran], workspace: Path
) -> None:
    found = json.loads(review("--list", "-f", "json", "--reason", "person").out)
    rows = found["rows"] if isinstance(found, dict) else found
    assert len(rows) == 1
    assert review("--list", "--document", DOCUMENT).out.count("char=") == 4
    ran = review("--list", "--relation", "headof")
    assert ran.code == 2
    assert "did you mean 'headOf'" in ran.err


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("--accept", "zzzz"), 2, "no statement has the key 'zzzz'"),
        (("--entity", "Nobody Here", "--class", "Person"), 1, "no release names 'Nobody Here'"),
        (("--entity", "Bo Quill", "--class", "Persn"), 1, "did you mean 'Person'"),
        (("--entity", "Bo Quill", "--class", "Person", "--id", "vera-holt"), 1, "Vera Holt"),
        (("--when", "1 July"), 2, "no calendar day"),
        (("--set", "relation=leads"), 2, "without --edit"),
    ],
)
def test_what_cannot_be_decided(
    review: Callable[..., Ran], workspace: Path, args: tuple[str, ...], code: int, message: str
) -> None:
    ran = review(*args)
    assert ran.code == code
    assert message in ran.err
    assert decisions(workspace) == {}


def test_what_a_class_forbids_stays_out_of_the_graph_and_is_said(
    review: Callable[..., Ran], workspace: Path, rebuilt: Callable[[], View]
) -> None:
    key = key_of(workspace, "provides")
    ran = review("--edit", key, "--set", "relation=operates", "--set", "object=ASA Dome")
    assert "1 accepted, not in the graph: " in ran.out
    assert "a site is no undertaking" in ran.out
    source = workspace / "sources/releases" / f"{DOCUMENT}.yaml"
    assert "asa-dome" not in source.read_text("utf-8")
    rebuilt()


def test_a_new_name_reads_only_the_releases_that_have_it(
    review: Callable[..., Ran],
    ingest: Callable[..., Outcome],
    workspace: Path,
    rebuilt: Callable[[], View],
) -> None:
    other = "Another word\n\nASA and BSO are partners in Halo Station. It was said so aloud.\n"
    ingest({"other.txt": other}, publisher="BSO", issued="2031-06-04")
    review("--entity", "Bo Quill", "--class", "Person")
    made = {k.id: k.made_with["accepted"] for k in keeping.read_all(workspace)}
    assert made == {DOCUMENT: "Bo Quill=bo-quill", "bso-2031-06-04": ""}
    assert run.again(rebuilt(), workspace).extracted == []
    review("--undo")
    assert {k.made_with["accepted"] for k in keeping.read_all(workspace)} == {""}


def test_decisions_outlive_a_new_extraction(review: Callable[..., Ran], workspace: Path) -> None:
    review(answers="a\n\n\nr\nq\n")
    kept = keeping.read(keeping.place(workspace, DOCUMENT))
    stale = replace(kept, made_with={**kept.made_with, "patterns": "older"}, candidates=())
    keeping.write(workspace, stale)
    done = run.again(store.open_view(workspace), workspace)
    assert done.extracted == [DOCUMENT]
    assert (done.compiled.rejected, done.compiled.unfit) == (1, 0)
    assert done.compiled.review == 2


def test_a_sentence_with_two_places_is_shown_once() -> None:
    text = "ASA and BSO met. They talk, and work, and share data. All went home."
    places = ((17, 26), (24, 36), (42, 52), (0, 3))
    ends = (Mention(0, 3, "Agency", "ASA"), Mention(8, 11, "Agency", "BSO"))
    quotes = tuple(Evidence(a, b, text[a:b]) for a, b in places)
    one = Candidate("r", "cooperatesWith", *ends, {}, quotes, "p")
    shown = list(queue.sentences(keeping.Kept({"id": "r"}, {}, text), one))
    assert shown == [(0, 16, [(0, 3)]), (17, 53, [(17, 36), (42, 52)])]


def test_a_change_can_be_dropped_and_a_misspelt_one_is_refused(
    review: Callable[..., Ran], workspace: Path
) -> None:
    ran = review("--relation", "provides", answers="e\ndat 2031\nrole lead\n-\nq\n")
    assert "'dat' is nothing that can be changed" in ran.err
    assert "did you mean 'date'" in ran.err
    assert "nothing is changed" in ran.err
    assert decisions(workspace) == {}
    path = workspace / "review" / "decisions.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text('[[decision]]\nkey = "a"\nverdict = "edit"\nedit = { dat = "2031" }\n', "utf-8")
    assert "'dat' is nothing that can be changed" in review("--list").err


def test_undo_says_what_it_takes_back(review: Callable[..., Ran]) -> None:
    ran = review("--relation", "provides", answers="r\n")
    assert "1 rejected" in ran.out
    assert "undone: rejected Aldria Space Agency | provides" in review(answers="u\nq\n").err


def test_a_stop_says_that_decisions_are_kept(
    review: Callable[..., Ran], workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.cli import _session

    def stop(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(_session.Session, "_answer", stop)
    ran = review()
    assert ran.code != 0
    assert "what was decided is kept; kg review goes on from here" in ran.err


def test_a_reason_that_nothing_has_is_said(review: Callable[..., Ran]) -> None:
    ran = review("--list", "--reason", "weather")
    assert (ran.code, ran.out) == (2, "")
    assert "nothing waits with 'weather' in its reasons" in ran.err


def test_only_a_letter_or_its_word_decides(review: Callable[..., Ran], workspace: Path) -> None:
    ran = review("--relation", "provides", answers="again\nrubbish\n\nq\n")
    assert ran.err.count("accept: it goes to the graph") == 3
    assert decisions(workspace) == {}
    review("--relation", "provides", answers="Reject no fact\n")
    (made,) = decisions(workspace)["decision"]
    assert (made["verdict"], made["why"]) == ("reject", "no fact")


def test_a_name_taken_back_after_a_build_leaves_no_trace(
    review: Callable[..., Ran], workspace: Path, rebuilt: Callable[[], View]
) -> None:
    source = workspace / "sources/releases" / f"{DOCUMENT}.yaml"
    before = source.read_text("utf-8")
    review("--entity", "Bo Quill", "--class", "Person")
    view = rebuilt()
    assert "class: Tenure" in source.read_text("utf-8")
    assert view.label(iri("id:bo-quill")) == "Bo Quill"
    review("--undo")
    assert source.read_text("utf-8") == before
    assert not rebuilt().types(iri("id:bo-quill"))


def test_a_name_that_only_its_sentence_shows_waits_and_can_be_accepted(
    workspace: Path, ingest: Callable[..., Outcome]
) -> None:
    ingest(
        {"note.txt": "A note\n\nASA has signed an agreement with Larkwing today.\n"},
        publisher="ASA",
    )
    (waiting,) = [w for w in queue.read(workspace) if w.candidate.relation == "signedAgreementWith"]
    assert [(m.name, m.kind) for m in waiting.unknown] == [("Larkwing", "Agency")]
    session = Review.open(workspace, who="Ada", when="2031-07-01")
    session.name("Larkwing", "Company")
    session.finish()
    assert not [w for w in queue.read(workspace) if w.key == waiting.key]
    written = [p.read_text("utf-8") for p in (workspace / "sources" / "releases").glob("*.yaml")]
    assert any("class: Signing" in text and "- larkwing" in text for text in written)
