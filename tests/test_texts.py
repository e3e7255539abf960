"""The user's own copies of documents: found by digest, shown only where they are what they say."""

import hashlib

import pytest

from kg.errors import InputError
from kg.namespaces import iri
from kg.store import View
from kg.texts import CACHE, Texts, collect, mismatches

TEXT = "Zoë & 宇宙: 🚀 lift-off".encode()
SHA = hashlib.sha256(TEXT).hexdigest()


@pytest.fixture
def folder(tmp_path):
    below = tmp_path / "mine" / "deep"
    below.mkdir(parents=True)
    (below / "any name.TXT").write_bytes(TEXT)
    (tmp_path / "mine" / "other.txt").write_bytes(b"other")
    return tmp_path / "mine"


def test_files_are_found_by_their_digest_in_folders_below(folder, tmp_path):
    found = collect(folder, tmp_path / "ws", {SHA, "0" * 64})
    assert [p.name for p in found] == ["any name.TXT"]
    assert [p.name for p in (tmp_path / "ws" / CACHE).iterdir()] == [f"{SHA}.txt"]


def test_nothing_is_copied_that_no_document_asks_for(folder, tmp_path):
    assert collect(folder, tmp_path / "ws", set()) == []
    assert not (tmp_path / "ws").exists()


def test_a_copy_that_is_there_is_left_alone(folder, tmp_path):
    collect(folder, tmp_path / "ws", {SHA})
    (kept,) = (tmp_path / "ws" / CACHE).iterdir()
    before = kept.stat().st_mtime_ns
    collect(folder, tmp_path / "ws", {SHA})
    assert kept.stat().st_mtime_ns == before


def test_no_such_folder(tmp_path):
    with pytest.raises(InputError, match="is not a folder"):
        collect(tmp_path / "nowhere", tmp_path, set())


def test_a_text_is_read_and_counted_in_code_points(folder, tmp_path):
    collect(folder, tmp_path / "ws", {SHA})
    text = Texts(tmp_path / "ws" / CACHE).get(SHA)
    assert text == TEXT.decode()
    assert text[10:11] == "🚀"


@pytest.mark.parametrize("content", [b"tampered", b""])
def test_a_text_that_was_changed_is_not_at_hand(folder, tmp_path, content):
    collect(folder, tmp_path / "ws", {SHA})
    (tmp_path / "ws" / CACHE / f"{SHA}.txt").write_bytes(content)
    assert Texts(tmp_path / "ws" / CACHE).get(SHA) is None


def test_a_document_that_is_no_text_is_not_at_hand_and_no_crash(tmp_path):
    content = b"%PDF-1.7 \xff\xfe"
    sha = hashlib.sha256(content).hexdigest()
    (tmp_path / f"{sha}.txt").write_bytes(content)
    assert Texts(tmp_path).get(sha) is None


def test_without_a_workspace_no_text_is_at_hand(seed_view):
    assert Texts(None).get(SHA) is None
    document = iri("doc:csa-2025-07-09")
    assert Texts.of(View(seed_view.store)).quote(seed_view, document, "0", "5") == ""


def test_a_quote_needs_a_place(seed_view, seed_text, tmp_path):
    sha = hashlib.sha256(seed_text.read_bytes()).hexdigest()
    (tmp_path / f"{sha}.txt").write_bytes(seed_text.read_bytes())
    texts, document = Texts(tmp_path), iri("doc:csa-2025-07-09")
    assert texts.quote(seed_view, document, "68", "95") == seed_text.read_text()[68:95]
    assert texts.quote(seed_view, document, "", "") == ""


def test_mismatches_name_the_place(world_view, monkeypatch):
    texts = Texts.of(world_view)
    assert list(mismatches(world_view, texts)) == []
    shifted = {s: f"x{t}" for s, t in ((p.stem, p.read_text()) for p in texts.folder.iterdir())}
    monkeypatch.setattr(Texts, "get", lambda _, sha: shifted.get(sha))
    found = list(mismatches(world_view, texts))
    assert found
    node, error = found[0]
    assert node.startswith(iri("evidence:x")[:-1])
    assert "are not the quote that is cited" in error.message
    assert error.fix.startswith("that range reads:")


def test_without_texts_nothing_is_a_mismatch(world_view):
    assert list(mismatches(world_view, Texts(None))) == []
