"""Building and validating: what is wrong ends with 1, and nothing is written elsewhere."""

import csv
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import store
from kg.namespaces import iri

SEED = "csa-2025-07-09"


# --- validation -----------------------------------------------------------------------------------


def test_a_valid_store_ends_with_0(kg):
    ran = kg("validate")
    assert ran.code == 0
    assert "0 violations" in ran.out


PLANTED = {
    "a claim without status": "DELETE WHERE { GRAPH ?g { <%s> sp:status ?s } } ; "
    "DELETE WHERE { <%s> sp:status ?s }",
    "a date that is none": "INSERT DATA { <%s> sp:announcedOn 'tomorrow' ; sp:ofFact <%s> }",
}


@pytest.fixture
def spoilt(seed_store, tmp_path):
    """A copy of a store, to be spoilt by an update."""
    home = Path(shutil.copytree(seed_store, tmp_path / "spoilt"))

    def spoil(update):
        path = home / "store" / "builds" / (home / "store" / store.CURRENT).read_text().strip()
        opened = ox.Store(str(path / "oxigraph"))
        opened.update(update, prefixes={"sp": iri("sp:x")[:-1]})
        opened.flush()
        return home

    return spoil


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_error_ends_with_1(kg, spoilt, what):
    claim = iri(f"claim:participation.jaxa.xrism.lead.ongoing.{SEED}")
    home = spoilt(PLANTED[what] % (claim, claim))
    ran = kg("validate", "--workspace", home, "-f", "csv")
    assert ran.code == 1
    violations = [r for r in csv.DictReader(io.StringIO(ran.out)) if r["severity"] == "violation"]
    assert violations
    assert any("xrism" in r["node"] for r in violations)


def test_a_changed_text_is_no_text_and_a_wrong_digest_a_violation(kg, spoilt, seed_text):
    """The digest of a quotation is changed in the store: its words are not found any more."""
    update = """DELETE { GRAPH ?g { ?e sp:quoteSha256 ?s } ?e sp:quoteSha256 ?s }
        INSERT { ?e sp:quoteSha256 "0" }
        WHERE { GRAPH ?g { ?e sp:quoteSha256 ?s ; sp:start ?n } FILTER(STR(?n) = "3803") }"""
    home = spoilt(update)
    texts = home / "cache" / "texts"
    texts.mkdir(parents=True)
    content = seed_text.read_bytes()
    (texts / f"{hashlib.sha256(content).hexdigest()}.txt").write_bytes(content)
    ran = kg("validate", "--workspace", home, "-f", "csv")
    assert ran.code == 1
    assert "quote-not-found" in ran.out


# --- building, and where things are written ------------------------------------------------------


def listed(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*"))


def test_build_reports_what_it_read(kg, tmp_path, monkeypatch):
    monkeypatch.setenv("KG_WORKSPACE", str(tmp_path / "mine"))
    ran = kg("build", "--only", "seed")
    assert ran.code == 0
    assert re.search(r"^seed: (\d+) rows in = \1 mapped \+ 0 rejected", ran.out, re.MULTILINE)
    assert re.search(r"sha256 of the sorted N-Quads [0-9a-f]{64}", ran.out)
    assert (tmp_path / "mine" / "store" / "CURRENT").is_file()


def test_a_failed_build_says_where_and_ends_with_1(kg, tmp_path, monkeypatch):
    monkeypatch.setenv("KG_WORKSPACE", str(tmp_path / "mine"))
    folder = tmp_path / "mine" / "sources" / "bad"
    folder.mkdir(parents=True)
    (folder / "source.yaml").write_text("loader: facts\nfiles:\n  - facts.yaml\n")
    (folder / "facts.yaml").write_text("statements:\n  - class: Nonsense\n")
    ran = kg("build")
    assert ran.code == 1
    assert ran.out == ""
    assert re.search(r"error: .*bad/facts\.yaml:2", ran.err)


def test_the_workspace_option_wins_over_the_variable(kg, seed_store):
    one = r"(?<!\d)1 documents"
    assert re.search(one, kg("info", "documents", "--workspace", seed_store).out)
    assert not re.search(one, kg("info", "documents").out)


def test_nothing_is_written_outside_the_workspace(full_store, tmp_path):
    """Home, working folder, temporary folder and the package stay as they were."""
    home, here, temporary = (tmp_path / n for n in ("home", "here", "tmp"))
    for folder in (home, here, temporary):
        folder.mkdir()
    workspace = tmp_path / "ws"
    env = {
        **os.environ, "HOME": str(home), "TMPDIR": str(temporary), "KG_WORKSPACE": str(workspace),
        "XDG_CACHE_HOME": str(home / "cache"), "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    package = Path(store.__file__).parent
    before = listed(package.parent / "data"), listed(package.parent / "ontology")
    (tmp_path / "mine.rq").write_text("SELECT * { ?s a sp:Person }")
    for line in (
        "build --only seed", "query q01", "validate", "export -o -",
        f"query --sparql {tmp_path}/mine.rq --document {SEED}", "view --all -o -",
    ):  # fmt: skip
        subprocess.run(
            [sys.executable, "-m", "kg", *line.split()],
            env=env, cwd=here, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    assert [listed(f) for f in (home, here, temporary)] == [[], [], []]
    assert sorted(p.name for p in workspace.iterdir()) == ["store"]
    assert (listed(package.parent / "data"), listed(package.parent / "ontology")) == before


def test_a_number_of_processes_below_none_is_refused(kg, tmp_path):
    ran = kg("ingest", tmp_path, "--jobs", "-3")
    assert ran.code == 2
    assert "--jobs" in ran.err


@pytest.mark.parametrize("args", ["info", "info -f csv", "query q34 -f json", "export", "--help"])
def test_a_closed_pipe_is_quiet(full_store, args):
    """`kg … | head -1`: no trace, no complaint."""
    env = {**os.environ, "KG_WORKSPACE": str(full_store)}
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", *args.split()],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    err = process.stderr.read()
    assert process.wait(timeout=60) == 1
    assert err == b""


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("args", ["export", "info documents", "info documents -f csv"])
def test_a_reader_that_leaves_early_is_told_by_the_exit_code(full_store, args, unbuffered):
    """One rule: 1 where not all was taken, whoever writes and however Python buffers."""
    env = {**os.environ, "KG_WORKSPACE": str(full_store), "PYTHONUNBUFFERED": unbuffered}
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", *args.split()],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout.read(1)
    process.stdout.close()
    err = process.stderr.read()
    assert process.wait(timeout=60) == 1
    assert err == b""


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="the system has no /dev/full")
@pytest.mark.parametrize("args", ["info", "info -f csv", "export", "export -o /dev/full"])
def test_a_full_disk_is_one_message(full_store, args):
    env = {**os.environ, "KG_WORKSPACE": str(full_store)}
    with Path("/dev/full").open("wb") as out:
        ran = subprocess.run(
            [sys.executable, "-m", "kg", *args.split()], env=env, stdout=out,
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    assert ran.returncode == 1
    assert ran.stderr.startswith("error: ")
    assert "No space left on device" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "ignored" not in ran.stderr
    assert Path("/dev/full").is_char_device()


def test_a_terminal_that_cannot_show_all_signs_gets_escapes(full_store):
    env = {**os.environ, "KG_WORKSPACE": str(full_store), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "kg", "show", "JAXA"]
    ran = subprocess.run(command, env=env, capture_output=True, check=True)
    assert ran.stderr == b""
    assert rb"\u5b87" in ran.stdout


@pytest.mark.parametrize("given", ["", "wide", "0", "-5"])
def test_a_width_that_is_none_is_no_width(kg, monkeypatch, given):
    usual = kg("info")
    monkeypatch.setenv("COLUMNS", given)
    assert kg("info") == usual


def test_output_goes_to_a_file_whole_or_not_at_all(kg):
    Path("old.ttl").write_text("old")
    ran = kg("export", "--document", "nothing", "-o", "old.ttl")
    assert ran.code == 2
    assert Path("old.ttl").read_text() == "old"
    assert kg("export", "-o", "old.ttl").code == 0
    assert Path("old.ttl").read_text() != "old"
    assert [p.name for p in Path().iterdir()] == ["old.ttl"]


def test_importing_the_commands_is_cheap():
    """`kg --help` loads neither the engine nor pyvis, networkx or rdflib."""
    code = """
import sys
sys.argv = ["kg", "--help"]
from kg import cli
try:
    cli.run()
except SystemExit:
    pass
heavy = ("pyoxigraph", "rdflib", "networkx", "pyvis", "IPython")
print([m for m in heavy if m in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
