"""A build ends with a whole store in use, or with the one before it."""

import errno
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from filelock import FileLock

from kg import build, bulk, resources, store
from kg.errors import InputError, KGError, StoreError, ValidationError

SEED = resources.data_sources() / "seed"
BUILD_LOOP = """
import sys
from kg.build import build
while True:
    build(sys.argv[1], only=["seed"])
    print("built", flush=True)
"""


def bad_source(workspace, slug="bad", facts="statements:\n  - class: [\n"):
    folder = workspace / "sources" / slug
    folder.mkdir(parents=True)
    (folder / "source.yaml").write_text("loader: facts\nfiles:\n  - facts.yaml\n")
    (folder / "facts.yaml").write_text(facts)
    return folder


def builds(workspace):
    return sorted(p.name for p in (workspace / "store" / "builds").iterdir())


@pytest.fixture
def copied(seed_store, tmp_path):
    return Path(shutil.copytree(seed_store, tmp_path / "copied"))


def test_a_build_describes_itself(seed_store, seed_view):
    name = (seed_store / "store" / store.CURRENT).read_text().strip()
    described = json.loads(
        (seed_store / "store" / "builds" / name / store.BUILD).read_text(encoding="utf-8")
    )
    assert described == dict(seed_view.build)
    assert described["sha256"] == store.digest_of(seed_view.sorted_quads())
    assert described["quads"] == len(seed_view.sorted_quads())
    assert described["graphs"] == len(seed_view.graphs())
    assert set(described["sources"]) == {"seed"}
    assert described["engines"]["pyoxigraph"]


def test_no_load_files_stay_behind(seed_store):
    left = [p.name for p in (seed_store / "store").rglob("*.n[qt]")]
    assert left == []


def test_the_new_build_is_current_and_the_previous_one_stays(copied):
    assert builds(copied) == ["000001"]
    for expected in (["000001", "000002"], ["000002", "000003"]):
        build.build(copied, only=["seed"])
        assert builds(copied) == expected
        assert (copied / "store" / store.CURRENT).read_text().strip() == expected[-1]


def test_a_second_build_at_once_is_one_clear_error(copied):
    with FileLock(copied / "store" / "lock"), pytest.raises(StoreError) as raised:
        build.build(copied, only=["seed"])
    assert raised.value.message == f"another build is running in '{copied}'"
    assert builds(copied) == ["000001"]
    build.build(copied, only=["seed"])


def test_two_processes_that_build_at_once(tmp_path):
    """One builds; the other ends at once with one line and exit code 1."""
    env = {**os.environ, "KG_WORKSPACE": str(tmp_path / "ws")}
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "kg", "build", "--only", "seed"],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    answers = [p.communicate(timeout=120) for p in both]
    codes = [p.returncode for p in both]
    assert 0 in codes
    for code, (_, err) in zip(codes, answers, strict=True):
        if code:
            assert code == 1
            assert err.startswith("error: another build is running")
            assert "Traceback" not in err
    assert store.open_view(tmp_path / "ws").rows("SELECT ?x { ?x a sp:Person } LIMIT 1")


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ("statements:\n  - class: [\n", InputError),
        ("statements:\n  - class: Participaton\n", KGError),
        ("documents:\n  - id: x\n    type: PressRelease\n    issued: 2025-13-40\n", KGError),
        ("\tdocuments:\n", InputError),
        ("documents: []\ndocuments: []\n", InputError),
    ],
)
def test_a_bad_source_leaves_the_store_as_it_was(copied, facts, kind):
    before = store.open_view(copied)
    bad_source(copied, facts=facts)
    with pytest.raises(kind) as raised:
        build.build(copied)
    assert "facts.yaml" in str(raised.value)
    assert builds(copied) == ["000001"]
    assert store.digest_of(store.open_view(copied).sorted_quads()) == store.digest_of(
        before.sorted_quads()
    )


def test_what_validation_refuses_is_not_swapped_in(copied):
    facts = """
documents:
  - {id: d, type: PressRelease, issued: 2030-01-01, tier: official, seen: excerpt}
entities:
  - {id: solo, type: HeadPost, label: {en: Head of Solo}, ofOrganization: csa, cite: [
      {document: d, quote: {length: "3", sha256: %s}, gist: A post.}]}
statements:
  - {class: Tenure, person: mary, post: solo, period: 2020/2022, status: occurred, cite: [
      {document: d, quote: {length: "3", sha256: %s}, gist: One.}]}
  - {class: Tenure, person: john, post: solo, period: 2019/2023, status: occurred, cite: [
      {document: d, quote: {length: "3", sha256: %s}, gist: Two.}]}
""" % (("0" * 64,) * 3)
    people = """
  - {id: mary, type: Person, label: {en: Mary}, cite: [
      {document: d, quote: {length: "3", sha256: %s}, gist: A person.}]}
  - {id: john, type: Person, label: {en: John}, cite: [
      {document: d, quote: {length: "3", sha256: %s}, gist: A person.}]}
statements:""" % (("0" * 64,) * 2)
    bad_source(copied, facts=facts.replace("\nstatements:", people))
    with pytest.raises(ValidationError, match="two-heads-at-once") as raised:
        build.build(copied, only=["seed", "bad"])
    assert "bad/facts.yaml" in str(raised.value)
    assert builds(copied) == ["000001"]


def test_an_unknown_source_lists_the_known_ones(tmp_path):
    with pytest.raises(InputError, match="no source 'sede'") as raised:
        build.build(tmp_path, only=["sede"])
    assert "seed" in raised.value.fix
    assert not (tmp_path / "store" / store.CURRENT).exists()


def test_a_quote_that_is_not_where_it_is_cited(copied, seed_text, tmp_path):
    """The text is at hand and one offset is wrong: the build fails and shows what is there."""
    wrong = tmp_path / "wrong"
    shutil.copytree(SEED, wrong)
    path = wrong / "statements.yaml"
    path.write_text(path.read_text().replace("chars: 3803-3821", "chars: 3804-3821"))
    with pytest.raises(InputError, match="are not the quote that is cited") as raised:
        build.build(copied, only=["seed"], add=[("seed", wrong)], texts_folder=seed_text.parent)
    assert "statements.yaml" in str(raised.value)
    assert "ed by JAXA" in raised.value.fix
    assert builds(copied) == ["000001"]


def test_texts_are_kept_only_for_documents_of_the_build(copied, seed_text):
    result = build.build(copied, only=["seed"], texts_folder=seed_text.parent)
    assert [p.name for p in result.texts] == ["seed.txt"]
    kept = list((copied / "cache" / "texts").iterdir())
    assert [hashlib.sha256(p.read_bytes()).hexdigest() for p in kept] == [kept[0].stem]


class Full:
    """A writer on a full disk."""

    def __init__(self, *_):
        self.count = 0

    def write(self, _statements):
        raise OSError(errno.ENOSPC, "No space left on device", "load.nq")


def test_a_full_disk_is_a_clear_message(copied, monkeypatch):
    monkeypatch.setattr(bulk, "Writer", Full)
    with pytest.raises(StoreError, match=r"cannot write load\.nq: No space left") as raised:
        build.build(copied, only=["seed"])
    assert "the store in use is as it was" in raised.value.fix
    assert builds(copied) == ["000001"]
    assert store.open_view(copied).rows("SELECT ?x { ?x a sp:Person } LIMIT 1")


@pytest.mark.parametrize("inside", [True, False])
def test_a_source_that_cannot_be_read_is_no_store_that_cannot_be_written(
    copied, tmp_path, monkeypatch, inside
):
    path = (copied / "sources" if inside else tmp_path) / "mine" / "facts.xml"

    def broken(*_):
        raise OSError(errno.EIO, "Input/output error", str(path))

    monkeypatch.setattr(build.Plan, "curated", broken)
    with pytest.raises(InputError, match="cannot be read: Input/output error") as raised:
        build.build(copied)
    assert raised.value.origin.file == str(path)
    assert "the store in use is as it was" in raised.value.fix
    assert builds(copied) == ["000001"]


def test_a_full_disk_at_the_very_end(copied, monkeypatch):
    """CURRENT cannot be written: the finished folder goes too."""

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device", "CURRENT.new")

    monkeypatch.setattr(build, "_publish", full)
    with pytest.raises(StoreError, match="No space left"):
        build.build(copied, only=["seed"])
    assert builds(copied) == ["000001"]


def test_stopping_just_after_the_swap_keeps_the_new_store(copied, monkeypatch):
    real = build._publish

    def stopped(*args):
        real(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "_publish", stopped)
    with pytest.raises(KeyboardInterrupt):
        build.build(copied, only=["seed"])
    assert store.open_view(copied).path.name == "000002"


def test_a_workspace_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot write"):
        build.build(tmp_path / "file" / "ws", only=["seed"])
    with pytest.raises(StoreError, match="is not a folder"):
        build.build(tmp_path / "file", only=["seed"])


def test_ctrl_c_leaves_no_half_folder(copied):
    def stop(step):
        if "validating" in step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build.build(copied, only=["seed"], progress=stop)
    assert builds(copied) == ["000001"]
    build.build(copied, only=["seed"])


ANOTHER_MACHINE = """
import random, sys
from pathlib import Path
from kg.build import build

real, shuffled = Path.glob, []

def glob(self, *args, **kwargs):
    found = sorted(real(self, *args, **kwargs))
    other = random.Random(len(found)).sample(found, len(found))
    shuffled.append(other != found)
    return iter(other)

Path.glob = glob
print(build(Path(sys.argv[1])).view.build["sha256"], sum(shuffled))
"""


def test_the_same_content_for_another_hash_seed_and_order_of_files(tmp_path, full_view):
    env = {**os.environ, "PYTHONHASHSEED": "1"}
    command = [sys.executable, "-c", ANOTHER_MACHINE, str(tmp_path)]
    digest, shuffled = subprocess.check_output(command, env=env, text=True).split()
    assert digest == full_view.build["sha256"]
    assert int(shuffled) >= 2, "folders must have come in another order"


def test_a_source_of_the_workspace_wins_over_ours(tmp_path, seed_view):
    shutil.copytree(SEED, tmp_path / "sources" / "seed")
    path = tmp_path / "sources" / "seed" / "entities.yaml"
    path.write_text(path.read_text().replace("en: Canadian Space Agency", "en: Agency of Mine"))
    view = build.build(tmp_path, only=["seed"]).view
    assert "Agency of Mine" in {n for (n,) in view.rows("SELECT ?n { id:csa rdfs:label ?n }")}
    assert view.build["sha256"] != seed_view.build["sha256"]


def test_a_half_written_build_of_a_killed_process_is_swept(copied):
    half = copied / "store" / "builds" / "000002" / "oxigraph"
    half.mkdir(parents=True)
    (half / "junk").write_text("x")
    (copied / "store" / "builds" / "000009").mkdir()
    build.build(copied, only=["seed"])
    assert builds(copied) == ["000001", "000002"]
    assert not (half / "junk").exists()


class Readers(threading.Thread):
    """Opens the store again and again, and remembers what went wrong."""

    def __init__(self, workspace):
        super().__init__(daemon=True)
        self.workspace, self.opened, self.wrong, self.stop = workspace, 0, [], threading.Event()

    def run(self):
        while not self.stop.is_set():
            try:
                view = store.open_view(self.workspace)
                found = view.rows("SELECT ?x { ?x a sp:Person }")
                if len(found) != 3:
                    self.wrong.append(f"{len(found)} persons in {view.path}")
                self.opened += 1
            except Exception as error:
                self.wrong.append(repr(error))
            time.sleep(0.01)


def test_killed_builds_never_disturb_readers(copied):
    """Ten kills at random moments, and builds that end in between, while two readers go on."""
    rng = random.Random(7)
    readers = [Readers(copied) for _ in range(2)]
    for reader in readers:
        reader.start()
    finished = 0
    for kill in range(10):
        process = subprocess.Popen(
            [sys.executable, "-c", BUILD_LOOP, str(copied)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        if kill % 5 == 4:
            assert process.stdout.readline() == "built\n"
        time.sleep(rng.uniform(0.2, 0.9))
        process.send_signal(signal.SIGKILL)
        finished += process.communicate()[0].count("built") + (kill % 5 == 4)
        assert len(store.open_view(copied).rows("SELECT ?x { ?x a sp:Person }")) == 3
    for reader in readers:
        reader.stop.set()
        reader.join()
    assert [w for r in readers for w in r.wrong] == []
    assert all(r.opened > 20 for r in readers)
    assert finished >= 2
    build.build(copied, only=["seed"])
    assert len(builds(copied)) == 2
