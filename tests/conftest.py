"""Shared fixtures: a tiny invented world, and the stores that are built once a session.

| fixture | what |
|---|---|
| `world` | a fresh copy of `tests/world`: three sources and a text, to read or to spoil |
| `world_store`, `seed_store`, `full_store` | workspaces with a store, built once: read only |
| `world_view`, `seed_view`, `full_view` | the same, opened |
| `seed_text` | the seed release; the test is skipped where `../shared` is not at hand |
| `folder_of` | writes a source folder from texts |
| `view_of` | a view, with all that is derived, of a source given as YAML |
| `french` | a folder of languages with a little French alone |
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from kg import build, bulk, derive, ontology, store, vocab
from kg.loaders._source import Report, Source
from kg.sources import load
from kg.store import View

ROOT = Path(__file__).resolve().parent.parent
WORLD = Path(__file__).resolve().parent / "world"
WORLD_SOURCES = ("arctic", "ice-watch", "survey")
SEED = "../shared/gold/seed.txt"

HEAD = """\
documents:
  - id: alpha
    type: PressRelease
    issued: 2030-01-01
    tier: official
    seen: excerpt
  - id: beta
    type: NewsArticle
    issued: 2030-06-01
    tier: news
    seen: excerpt
"""


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A copy of the invented sources in a folder of the test's own."""
    return Path(shutil.copytree(WORLD, tmp_path / "world"))


@pytest.fixture(scope="session")
def world_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Workspace built from the invented sources, with the text of the release."""
    home = tmp_path_factory.mktemp("world-store")
    for slug in WORLD_SOURCES:
        shutil.copytree(WORLD / slug, home / "sources" / slug)
    build.build(home, only=WORLD_SOURCES, texts_folder=WORLD / "texts")
    return home


@pytest.fixture(scope="session")
def seed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Workspace built from the seed release alone; its text is not needed."""
    home = tmp_path_factory.mktemp("seed-store")
    build.build(home, only=["seed"])
    return home


@pytest.fixture(scope="session")
def full_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Workspace built from all sources of the repository, by one of the processes for all."""
    base = tmp_path_factory.getbasetemp()
    home = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "full-store"
    with FileLock(f"{home}.lock"):
        if not (home / "store" / store.CURRENT).is_file():
            build.build(home)
    return home


@pytest.fixture(scope="session")
def world_view(world_store: Path) -> View:
    """The store of the invented sources, opened."""
    return store.open_view(world_store)


@pytest.fixture(scope="session")
def seed_view(seed_store: Path) -> View:
    """The store of the seed release, opened."""
    return store.open_view(seed_store)


@pytest.fixture(scope="session")
def full_view(full_store: Path) -> View:
    """The store of all sources, opened."""
    return store.open_view(full_store)


@pytest.fixture(scope="session")
def seed_text() -> Path:
    """The text of the seed release, which the repository does not carry."""
    return _seed()


def _seed() -> Path:
    path = ROOT / SEED
    if not path.is_file():
        pytest.skip(
            f"skipped: what needs the characters of the seed release; {SEED} is not at hand"
        )
    return path


@pytest.fixture
def folder_of(tmp_path: Path) -> Callable[..., Path]:
    """Write a source folder: `folder_of("slug", {"source.yaml": …, "facts.yaml": …})`."""

    def write(slug: str, files: dict[str, str | bytes]) -> Path:
        folder = tmp_path / "sources" / slug
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            (folder / name).write_bytes(data)
        return folder

    return write


@pytest.fixture
def facts_of(folder_of: Callable[..., Path]) -> Callable[..., Path]:
    """Write a source folder of facts: documents alpha (official) and beta (news) are declared."""

    def write(facts: str, slug: str = "facts", head: str = HEAD) -> Path:
        spec = "loader: facts\nfiles:\n  - facts.yaml\n"
        return folder_of(slug, {"source.yaml": spec, "facts.yaml": head + facts})

    return write


@pytest.fixture
def view_of(facts_of: Callable[..., Path]) -> Callable[[str], View]:
    """Load facts, with the ontology and what follows by rule, into a view in memory.

    Nothing is validated, and names that nothing declares are let through.
    """

    def make(facts: str) -> View:
        source = Source.read(facts_of(facts))
        loaded = bulk.load(load(source, vocab.load(), Report()))
        lines = ontology.lines()
        graph = f" <{store.iri(store.ONTOLOGY)}> .\n".encode()
        bulk.fill(loaded, lines.replace(b" .\n", graph), lines)
        derived = bulk.load(derive.derive(View(loaded)))
        for quad in derived:
            loaded.add(quad)
        return View(loaded)

    return make


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium, one for all tests of a process."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    flags += ["--disable-component-update", "--disable-sync"]
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=_chromium(), args=flags)
        yield running
        running.close()


def _chromium() -> str:
    places = [os.environ.get("CHROMIUM"), "/usr/bin/chromium"]
    places += [shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")]
    found = next((place for place in places if place and Path(place).exists()), None)
    if found:
        return found
    if os.environ.get("KG_SKIP_BROWSER") == "1":
        pytest.skip("no Chromium and KG_SKIP_BROWSER=1: pages were not tested in a browser")
    return pytest.fail(
        "Chromium was not found: install it, name it in CHROMIUM, or set KG_SKIP_BROWSER=1"
    )


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of languages that has a little French and nothing else."""
    from kg.extract import pipeline, words

    home = tmp_path / "languages"
    shutil.copytree(Path(__file__).parent / "languages", home)
    monkeypatch.setattr(words, "HERE", home)
    caches = (words.load, pipeline.load_patterns)
    for cache in caches:
        cache.cache_clear()
    yield home / "fr"
    for cache in caches:
        cache.cache_clear()
