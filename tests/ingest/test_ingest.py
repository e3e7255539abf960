"""Releases from files into a workspace: what is kept, what is refused, what a second run does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import store
from kg.errors import InputError
from kg.ingest import keeping, ledger, reading, run
from kg.ingest.run import Outcome
from kg.namespaces import iri, sp
from kg.store import View

WORLD = Path(__file__).resolve().parent.parent / "world"

TEXT = "A joint note.\n\nThe Alpha agency signed nothing today. It said so in a long sentence.\n"


def test_a_second_run_changes_nothing(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text(TEXT, encoding="utf-8")
    view = store.open_view(workspace)
    first = run.ingest(view, workspace, [path], given={})
    kept = {p: p.read_bytes() for p in (workspace / keeping.FOLDER).iterdir()}
    second = run.ingest(view, workspace, [path], given={})
    assert len(first.extracted) == 1
    assert second.unchanged == first.extracted
    assert {p: p.read_bytes() for p in (workspace / keeping.FOLDER).iterdir()} == kept


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "no text in it"),
        ("binary.txt", b"\0\1\2" * 50, "a binary file"),
        ("latin.txt", "café ".encode("latin-1") * 20, "not utf-8 at byte 3"),
        ("two.txt", (b"x" * 500 + b"\n-end-\n") * 2, "2 releases in one file"),
    ],
)
def test_a_bad_file_costs_itself_only(
    workspace: Path, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(content)
    (tmp_path / "in" / "good.txt").write_text(TEXT, encoding="utf-8")
    done = run.ingest(store.open_view(workspace), workspace, [tmp_path / "in"], given={})
    assert len(done.extracted) == 1
    (error,) = done.failed
    assert message in error.message
    assert name in str(error)


def test_a_text_that_people_have_read_joins_their_document(
    workspace: Path, rebuilt: Callable[[], View]
) -> None:
    view = store.open_view(workspace)
    before = view.documents, view.sorted_quads()
    done = run.ingest(view, workspace, [WORLD / "texts" / "asa-2031-05-02.txt"], given={})
    assert done.extracted == ["asa-2031-05-02"]
    assert done.compiled.stated >= 5
    assert done.compiled.graph == 0
    waiting = (workspace / "review" / "queue.jsonl").read_text("utf-8").splitlines()
    assert len(waiting) == done.compiled.review > 0
    after = rebuilt()
    assert after.documents == before[0]
    catalogue = "/source/releases>"
    assert [q for q in after.sorted_quads() if catalogue not in q] == before[1]


def test_a_name_of_its_own_makes_it_a_document_of_its_own(
    workspace: Path, rebuilt: Callable[[], View]
) -> None:
    text = WORLD / "texts" / "asa-2031-05-02.txt"
    given = {"id": "read-again", "publisher": "ASA", "issued": "2031-05-02"}
    done = run.ingest(store.open_view(workspace), workspace, [text], given=given)
    assert done.extracted == ["read-again"]
    assert done.compiled.stated == 0
    assert done.compiled.graph >= 5
    assert {iri("doc:read-again"), iri("doc:asa-2031-05-02")} <= set(rebuilt().documents)


def test_what_a_person_accepts_of_a_known_document_is_cited_from_it(
    workspace: Path, rebuilt: Callable[[], View]
) -> None:
    text = WORLD / "texts" / "asa-2031-05-02.txt"
    run.ingest(store.open_view(workspace), workspace, [text], given={})
    lines = (workspace / "review" / "queue.jsonl").read_text("utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    keys = [q["key"] for q in found if q["relation"] in {"participatesIn", "leads", "trainsAt"}]
    assert keys
    decided = {k: {"key": k, "verdict": "accept"} for k in keys}
    ledger.save(workspace / "review" / ledger.DECISIONS, ledger.Ledger(decided))
    done = run.ingest(store.open_view(workspace), workspace, [text], given={})
    assert done.compiled.graph == len(keys)
    view = rebuilt()
    home = iri("doc:asa-2031-05-02")
    assert len([d for d in view.documents if d == home]) == 1
    (source,) = view.objects(home, sp("fromSource"))
    assert source == iri("source:arctic")


def test_two_releases_of_one_publisher_and_day_are_two_documents(
    ingest: Callable[..., Outcome], workspace: Path
) -> None:
    said = {"publisher": "ASA", "issued": "2031-06-03"}
    done = ingest({"a.txt": TEXT, "b.txt": TEXT + "One more line.\n"}, **said)
    first, second = done.extracted
    assert first == "asa-2031-06-03"
    assert second.startswith("asa-2031-06-03-")
    again = ingest({"b.txt": TEXT + "One more line.\n", "a.txt": TEXT}, **said)
    assert again.unchanged == [second, first]


def test_what_is_learnt_of_a_release_later_counts(ingest: Callable[..., Outcome]) -> None:
    assert ingest({"a.txt": TEXT}).extracted
    assert ingest({"a.txt": TEXT}, tier="official").extracted
    assert ingest({"a.txt": TEXT}, tier="official").unchanged


def test_an_id_of_another_document_is_refused(ingest: Callable[..., Outcome]) -> None:
    (error,) = ingest({"a.txt": TEXT}, id="asa-2031-05-02").failed
    assert "in the graph with another text" in error.message
    assert "a.txt" in str(error)


def test_a_language_without_patterns_is_not_guessed_at(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text(TEXT, encoding="utf-8")
    done = run.ingest(store.open_view(workspace), workspace, [path], given={"language": "fr"})
    assert "no patterns for language 'fr'" in done.failed[0].message


def test_a_file_that_is_too_big(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "big.txt"
    path.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(reading, "LIMIT", 10)
    with pytest.raises(InputError, match="are no press release"):
        reading.read(path)


def test_decisions_edited_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text('[[decision]]\nkey = "a"\nverdict = "perhaps"\n', encoding="utf-8")
    with pytest.raises(InputError, match="without key or verdict") as refused:
        ledger.load(path)
    assert "decisions.toml:2" in str(refused.value)


def test_two_reviewers_who_disagree(tmp_path: Path) -> None:
    files = []
    for who, verdict in (("one", "accept"), ("two", "reject")):
        files.append(tmp_path / f"{who}.toml")
        files[-1].write_text(f'[[decision]]\nkey = "a"\nverdict = "{verdict}"\n', encoding="utf-8")
    with pytest.raises(InputError, match="reject here, accept in"):
        ledger.load(files[0], files[1:])


def test_decisions_are_written_as_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    made = {"key": "a", "verdict": "edit", "why": 'a "quoted" name', "edit": {"relation": "leads"}}
    ledger.save(path, ledger.Ledger({"a": made}))
    assert dict(ledger.load(path).decisions["a"]) == made


def test_a_language_of_two_files_reaches_the_graph(
    french: Path, ingest: Callable[..., Outcome], rebuilt: Callable[[], View]
) -> None:
    text = "Un mot\n\nASA et BSO ont signé un accord de coopération sur la glace.\n"
    done = ingest({"mot.txt": text}, publisher="ASA", issued="2031-06-03", language="fr")
    assert (done.failed, done.compiled.graph) == ([], 1)
    asked = "SELECT ?e { ?e a sp:Signing ; sp:evidence/sp:document doc:asa-2031-06-03 }"
    assert len(list(rebuilt().rows(asked))) == 1


def test_a_post_that_a_release_brought_is_declared_by_the_next_run_too(
    ingest: Callable[..., Outcome], rebuilt: Callable[[], View], workspace: Path
) -> None:
    text = "Vera Holt, Director General of CSC, met no one there. It was a quiet day.\n"
    ingest({"a.txt": text}, publisher="ASA", issued="2031-06-03")
    source = workspace / "sources/releases/asa-2031-06-03.yaml"
    first = source.read_text("utf-8")
    assert "csc-director-general" in first
    rebuilt()
    ingest({"a.txt": text}, publisher="ASA", issued="2031-06-03")
    assert source.read_text("utf-8") == first
    rebuilt()


def test_a_new_entity_with_the_id_of_something_else_is_refused(
    ingest: Callable[..., Outcome], workspace: Path
) -> None:
    path = workspace / "review" / ledger.DECISIONS
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        '[[entity]]\nname = "Bo Quill"\nverdict = "accept"\nid = "bso"\ntype = "Person"\n', "utf-8"
    )
    with pytest.raises(InputError, match="'bso', which is a SpaceAgency in the graph") as refused:
        ingest({"a.txt": TEXT})
    assert str(path) in str(refused.value)
