"""The authority file: names of public tables that the curated graph leaves out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.extract.gazetteer import Name, bare
from kg.ingest import authority
from kg.ingest.run import Outcome
from kg.namespaces import prefixes
from kg.store import View

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
GCAT, FLIERS = SHARED / "gcat", SHARED / "astronauts"
TABLES = {
    "gcat-orgs-2025-04": (GCAT / "orgs.tsv", "utf-8"),
    "gcat-launchlog-2024-12": (GCAT / "launchlog.tsv", "utf-8"),
    "gcat-psatcat-2025-04": (GCAT / "psatcat.tsv", "utf-8"),
    "gcat-auxcat-2025-12": (GCAT / "auxcat.tsv", "utf-8"),
    "gcat-satcat-2025": (GCAT / "satcat_decayed_nondebris.tsv", "utf-8"),
    "gcat-lv-2025-12": (GCAT / "lv.tsv", "utf-8"),
    "astronauts-international-2020": (FLIERS / "astronauts_international.csv", "utf-8"),
    "astronauts-nasa-fact-book": (FLIERS / "astronauts_nasa.csv", "utf-8"),
}
OFFSET = 3
"""Lines of heading and comment that may stand before the rows."""
HEADER = ",".join(authority.COLUMNS) + "\n"
ROWS = """Ada Byron,person-ada-byron,Person,Ada M. Byron,wire-2031-10-29,7
Frost-2,frost-2,Spacecraft,Frost 2,wire-2031-10-29,9
Frost Institute,frost-institute,ResearchInstitution,Frost Institute,wire-2031-10-29,11
"""
FLOWN = "A word from Aldria\n\nAstronaut Ada Byron served as mission specialist on Lumen.\n"
UNFLOWN = "A word from Aldria\n\nAda Byron, President of ASA, opened the day.\n"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An invented authority file in the place of the real one."""
    path = tmp_path / "names.csv"
    path.write_text(HEADER + ROWS)
    monkeypatch.setattr(authority, "path", lambda: path)
    for made in (authority.load, authority.things):
        made.cache_clear()
    yield path
    for made in (authority.load, authority.things):
        made.cache_clear()


@pytest.mark.parametrize(("text", "line"), [("name,id\n", 1), (HEADER + "one,two\n", 2)])
def test_a_file_without_the_columns_is_refused_with_its_line(
    text: str, line: int, tmp_path: Path
) -> None:
    path = tmp_path / "names.csv"
    path.write_text(text)
    with pytest.raises(InputError, match="no authority file") as caught:
        authority.load(path)
    assert caught.value.origin is not None
    assert caught.value.origin.line == line


def test_a_name_of_the_graph_stays_the_graphs(file: Path) -> None:
    del file
    graph = [
        Name("FROST-2", "another", "Object", "FROST-2"),
        Name("Frost", "frost-2", "Object", "F"),
    ]
    found = {n.text: n for n in authority.names(graph)}
    assert set(found) == {"Ada Byron", "Frost Institute"}
    found = {n.text: n for n in authority.names(graph[1:])}
    assert (found["Frost-2"].slug, found["Frost-2"].label) == ("frost-2", "F")


def test_who_flew_is_linked_where_the_text_speaks_of_flights(
    file: Path, ingest: Callable[..., Outcome], workspace: Path
) -> None:
    del file
    ingest({"flown.txt": FLOWN, "unflown.txt": UNFLOWN}, publisher="ASA", tier="official")
    texts = [p.read_text() for p in sorted((workspace / "sources" / "releases").glob("*.yaml"))]
    linked = [t for t in texts if "participant: person-ada-byron" in t]
    assert len(linked) == 1
    assert "document: wire-2031-10-29\n    row: '7'" in linked[0]
    assert all("person: person-ada-byron" not in t for t in texts)


def test_what_a_release_brought_is_declared_by_it_as_long_as_it_speaks_of_it(
    file: Path, ingest: Callable[..., Outcome], rebuilt: Callable[[], View], workspace: Path
) -> None:
    del file
    ingest({"flown.txt": FLOWN}, publisher="ASA", tier="official")
    view = rebuilt()
    assert view.label(prefixes()["id"] + "person-ada-byron") == "Ada M. Byron"
    ingest({"other.txt": UNFLOWN}, publisher="ASA", tier="official")
    written = "".join(p.read_text() for p in (workspace / "sources" / "releases").glob("*.yaml"))
    assert written.count("- id: person-ada-byron") == 1
    assert rebuilt().types(prefixes()["id"] + "person-ada-byron")


def test_all_who_sign_are_declared_and_a_second_run_reads_nothing_anew(
    file: Path, ingest: Callable[..., Outcome], rebuilt: Callable[[], View]
) -> None:
    del file
    text = "A word from Aldria, 3 May 2031\n\nASA and the Frost Institute signed an agreement.\n"
    ingest({"signed.txt": text}, publisher="ASA", tier="official")
    assert rebuilt().types(prefixes()["id"] + "frost-institute")
    again = ingest({"signed.txt": text}, publisher="ASA", tier="official")
    assert (again.extracted, len(again.unchanged)) == ([], 1)
    assert rebuilt().types(prefixes()["id"] + "frost-institute")


def test_every_name_stands_in_the_row_that_is_cited() -> None:
    if not SHARED.is_dir():
        pytest.skip("the tables of other publishers are not at hand (../shared/data)")
    rows = {
        name: path.read_text(encoding=code).splitlines() for name, (path, code) in TABLES.items()
    }
    items = (SHARED / "wikidata" / "astronauts.ttl").read_text(encoding="utf-8")
    tabled = [one for one in authority.load() if one.place.isdigit()]
    wrong = [one for one in tabled if not _told(one, rows[one.document])]
    others = [one for one in authority.load() if not one.place.isdigit()]
    wrong += [one for one in others if f"/{one.place[1:]}>" not in items]
    assert len(authority.load()) > 15_000
    assert wrong == []


def _told(one: authority.Known, lines: list[str]) -> bool:
    """Say whether all words of a name, initials of first names apart, are in a row."""
    number, words = int(one.place), re.findall(r"[^\W\d_]{2,}|\d+", bare(one.name).casefold())
    near = " ".join(lines[number - 1 : number + OFFSET])
    return all(word in bare(near).casefold() for word in words)
