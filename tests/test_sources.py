"""Sources: found by their folder, counted, and without names that hang in the air."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg import sources, vocab
from kg.errors import KGError, Origin
from kg.model import Statement, ref
from kg.namespaces import RDF_TYPE, curie, iri, sp
from kg.sources import Names, Report, Source

VOCAB = vocab.load()
SPEC = "loader: facts\nfiles: [facts.yaml]\n"
CITE = "    cite: [{document: alpha, chars: 3-7, gist: Ours.}]\n"
FACTS = f"""\
documents:
  - id: alpha
    type: WebPage
entities:
  - id: asa
    type: SpaceAgency
    label: {{en: Aldria Space Agency}}
{CITE}\
  - id: lumen
    type: Mission
    label: {{en: Lumen}}
{CITE}\
statements:
  - class: Participation
    participant: asa
    inActivity: lumen
    status: ongoing
{CITE}"""

Folder = Callable[..., Path]


def load(*folders: Path) -> Names:
    names = Names()
    for folder in folders:
        for statement in sources.load(Source.read(folder), VOCAB, Report()):
            names.note(statement)
    return names


def missing(*folders: Path) -> list[KGError]:
    return list(load(*folders).missing())


def refused(*folders: Path) -> KGError:
    with pytest.raises(KGError) as caught:
        load(*folders)
    return caught.value


# --- finding


def test_a_suggestion_is_looked_for_only_where_it_is_shown(monkeypatch) -> None:
    """Close matches among all names, for each of thousands of errors, would take for ever."""
    asked: list[str] = []
    monkeypatch.setattr(sources, "suggest", lambda name, known: asked.append(name) or "")
    names = Names()
    names.used = {iri(f"id:n{n}"): Origin("f", n) for n in range(500)}
    errors = list(names.missing())
    assert len(errors) == 500
    assert len(asked) == 20
    assert all(error.fix for error in errors)


def test_sources_are_found_by_their_folder_and_sorted(world: Path) -> None:
    (world / "not-a-source").mkdir()
    found = sources.find([world, world / "nowhere"])
    assert [s.slug for s in found] == ["arctic", "ice-watch", "survey"]
    assert found[0].spec.text("loader") == "facts"


def test_a_later_folder_wins_a_slug(folder_of: Folder, world: Path) -> None:
    mine = folder_of("survey", {"source.yaml": "title: mine\n" + SPEC})
    found = {s.slug: s for s in sources.find([world, mine.parent])}
    assert len(found) == 3
    assert found["survey"].spec.text("title") == "mine"
    again = {s.slug: s for s in sources.find([mine.parent, world])}
    assert again["survey"].spec.text("loader") == "rdf"


@pytest.mark.parametrize(
    ("spec", "place", "message", "fix"),
    [
        ("title: x\n", "1:1", "no loader", "facts, table or rdf"),
        ("loader: facts\nfile: x\n", "2:1", "unknown key 'file'", "did you mean 'files'"),
        ("loader: [a]\n", "1:1", "'loader' must be one text value", ""),
        ("loader: facts: x\n", "1:14", "broken YAML", "indentation"),
    ],
)
def test_a_bad_spec_is_told(
    folder_of: Folder, spec: str, place: str, message: str, fix: str
) -> None:
    folder = folder_of("x", {"source.yaml": spec})
    error = refused(folder)
    assert str(error).startswith(f"{folder / 'source.yaml'}:{place}: ")
    assert message in error.message
    assert fix in error.fix


def test_a_folder_without_spec_is_told(tmp_path: Path) -> None:
    assert f"{tmp_path / 'source.yaml'}: cannot be read" in str(refused(tmp_path))


def test_an_unknown_loader_is_told(folder_of: Folder) -> None:
    folder = folder_of("x", {"source.yaml": "title: x\nloader: fact\n"})
    error = refused(folder)
    assert error.message == "unknown loader 'fact'"
    assert error.fix == "did you mean 'facts'?"
    assert str(error.origin) == f"{folder / 'source.yaml'}:2:1"


def test_private_modules_are_no_loaders(folder_of: Folder) -> None:
    assert "unknown loader '_yaml'" in str(
        refused(folder_of("x", {"source.yaml": "loader: _yaml"}))
    )


def test_a_file_that_is_not_there_is_told(folder_of: Folder) -> None:
    folder = folder_of("x", {"source.yaml": SPEC})
    error = refused(folder)
    assert "no file 'facts.yaml'" in error.message
    assert str(error.origin) == f"{folder / 'source.yaml'}:2:1"


def test_files_may_be_globs_and_come_sorted(folder_of: Folder) -> None:
    spec = "loader: facts\nfiles: ['*.yaml']\n"
    folder = folder_of("x", {"source.yaml": spec, "b.yaml": FACTS, "a.yaml": "documents: []\n"})
    assert [p.name for p in Source.read(folder).files()] == ["a.yaml", "b.yaml"]


@pytest.mark.parametrize("pattern", ["/etc/hostname", "../*/source.yaml", "**x", ""])
def test_a_source_reads_its_own_folder_only(folder_of: Folder, pattern: str) -> None:
    spec = f"loader: facts\nfiles: ['{pattern}']\n"
    error = refused(folder_of("x", {"source.yaml": spec}))
    assert error.message == f"'{pattern}' is no file of this source"
    assert str(error.origin).endswith("source.yaml:2:1")


def test_a_name_that_looks_like_a_pattern_is_a_name(folder_of: Folder) -> None:
    spec = "loader: facts\nfiles: ['[1].yaml']\n"
    folder = folder_of("x", {"source.yaml": spec, "[1].yaml": FACTS})
    assert [p.name for p in Source.read(folder).files()] == ["[1].yaml"]


def test_folders_are_no_files(folder_of: Folder) -> None:
    folder = folder_of("x", {"source.yaml": "loader: facts\nfiles: ['*']\n", "a.yaml": FACTS})
    (folder / "old.yaml").mkdir()
    assert [p.name for p in Source.read(folder).files()] == ["a.yaml"]


def test_a_source_without_files_is_told(folder_of: Folder) -> None:
    error = refused(folder_of("x", {"source.yaml": "loader: facts\n"}))
    assert (error.message, error.fix) == ("no files", "add files:")


def test_a_single_rdf_file_is_a_source_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "it's [1] ü.ttl"
    path.write_text("<http://x/s> <http://x/p> 1 .", encoding="utf-8")
    source = Source.of_file(path, "mine")
    assert [p.name for p in source.files()] == [path.name]
    assert len([s for s in sources.load(source, VOCAB, Report()) if s.subject == "http://x/s"]) == 1
    with pytest.raises(KGError, match="is no name of a source"):
        Source.of_file(path, "Not Mine")


# --- counts


@pytest.mark.parametrize(
    ("expect", "message"),
    [
        ('statements: {min: "2"}', "source 'x' has 1 statements, minimum is 2"),
        ('entities: {min: "1", max: "1"}', "source 'x' has 2 entities, maximum is 1"),
        ('documents: {max: "0"}', "source 'x' has 1 documents, maximum is 0"),
        ('triples: {min: "1"}', "source 'x' has 0 triples, minimum is 1"),
        ('rows: {min: "9"}', "source 'x' has 1 rows, minimum is 9"),
        ("rows: {min: many}", "'many' is no whole number"),
        ("rows: {min: ²}", "'²' is no whole number"),
        ("rows: {minimum: 2}", "unknown key 'minimum'"),
        ("statments: {max: 2}", "unknown key 'statments'"),
        ("rows: 3", "'rows' must be a mapping"),
    ],
)
def test_counts_outside_expectation_fail(folder_of: Folder, expect: str, message: str) -> None:
    spec = f"{SPEC}expect:\n  {expect}\n"
    folder = folder_of("x", {"source.yaml": spec, "facts.yaml": FACTS})
    error = refused(folder)
    assert error.message == message
    assert str(error.origin).startswith(f"{folder / 'source.yaml'}:4:")


def test_counts_within_expectation_pass(folder_of: Folder) -> None:
    spec = f'{SPEC}expect: {{statements: {{min: "1", max: "1"}}, entities: {{min: "2"}}}}\n'
    assert missing(folder_of("x", {"source.yaml": spec, "facts.yaml": FACTS})) == []


def test_a_source_is_described_in_the_catalogue(folder_of: Folder) -> None:
    spec = (
        "title: A title\ndescription: Words\nlicence: CC0-1.0\npublisher: Somebody\n"
        "homepage: https://asa.example/\n" + SPEC
    )
    folder = folder_of("x", {"source.yaml": spec, "facts.yaml": FACTS})
    head = next(iter(sources.load(Source.read(folder), VOCAB, Report())))
    assert (head.subject, head.graph) == (iri("source:x"), iri("graph:catalogue"))
    assert {curie(p) for p, _ in head.properties} == {
        "rdf:type", "dct:identifier", "dct:title", "dct:description", "dct:license",
        "dct:publisher", "foaf:page",
    }  # fmt: skip


# --- names


def test_all_names_of_the_world_meet(world: Path) -> None:
    names = load(*sorted(p.parent for p in world.glob("*/source.yaml")))
    assert list(names.missing()) == []
    assert len(names.declared) == 25
    assert len(names.graphs) == 5


@pytest.mark.parametrize(
    ("old", "new", "message", "fix"),
    [
        ("participant: asa", "participant: asaa", "entity 'asaa' is not declared", "'asa'"),
        ("inActivity: lumen", "inActivity: zzz", "entity 'zzz' is not declared", "under entities:"),
        ("    status: ongoing\n    cite: [{document: alpha", "    status: ongoing\n    cite: [{docu"
         "ment: alpa", "document 'alpa' is not declared", "'alpha'"),
    ],
)  # fmt: skip
def test_an_undeclared_name_is_told_with_its_line(
    folder_of: Folder, old: str, new: str, message: str, fix: str
) -> None:
    assert old in FACTS
    folder = folder_of("x", {"source.yaml": SPEC, "facts.yaml": FACTS.replace(old, new)})
    errors = missing(folder)
    assert message in [e.message for e in errors]
    assert all(e.origin and e.origin.line >= 14 for e in errors)
    assert all(str(e).startswith(f"{folder / 'facts.yaml'}:") for e in errors)
    assert fix in errors[0].fix


def test_a_name_may_be_declared_in_another_source(folder_of: Folder) -> None:
    head, _, tail = FACTS.partition("  - id: lumen")
    spec = {"source.yaml": SPEC}
    first = folder_of("a", spec | {"facts.yaml": head})
    rest = "entities:\n  - id: lumen" + tail
    second = folder_of("b", spec | {"facts.yaml": rest})
    assert missing(first, second) == []
    assert [e.message for e in missing(second)][:1] == ["document 'alpha' is not declared"]


def test_an_entity_with_two_classes_is_refused_and_both_places_named(folder_of: Folder) -> None:
    spec = {"source.yaml": SPEC}
    first = folder_of("a", spec | {"facts.yaml": FACTS})
    other = FACTS.replace("id: alpha", "id: beta").replace("SpaceAgency", "Ministry")
    second = folder_of(
        "b", spec | {"facts.yaml": other.replace("document: alpha", "document: beta")}
    )
    error = refused(first, second)
    assert error.message == "'asa' is declared as a Ministry and a SpaceAgency"
    assert str(error.origin) == f"{second / 'facts.yaml'}:5:5"
    assert error.fix == f"the other place is {first / 'facts.yaml'}:5:5"


def test_two_sources_may_describe_one_entity_of_one_class(folder_of: Folder) -> None:
    spec = {"source.yaml": SPEC}
    first = folder_of("a", spec | {"facts.yaml": FACTS})
    other = FACTS.replace("id: alpha", "id: beta").replace("document: alpha", "document: beta")
    assert missing(first, folder_of("b", spec | {"facts.yaml": other})) == []


def test_a_document_declared_twice_is_refused(folder_of: Folder) -> None:
    spec = {"source.yaml": SPEC, "facts.yaml": FACTS}
    first, second = folder_of("a", spec), folder_of("b", spec)
    error = refused(first, second)
    assert error.message == "document 'alpha' is declared twice"
    assert str(error.origin) == f"{second / 'facts.yaml'}:2:5"
    assert error.fix == f"first at {first / 'facts.yaml'}:2:5"


def test_a_graph_of_a_document_that_nobody_declares_is_told() -> None:
    names = Names()
    body = ((RDF_TYPE, ref(sp("Fact"))),)
    names.note(Statement(iri("fact:x"), iri("doc:ghost"), body, Origin("f.ttl")))
    assert [str(e) for e in names.missing()] == [
        "f.ttl: document 'ghost' is not declared\n  fix: declare it under documents:"
    ]


def test_names_made_from_blank_nodes_need_no_declaration() -> None:
    names = Names()
    node = iri("id:alpha.0123456789ab.c14n0")
    body = ((iri("dct:source"), ref(node)),)
    names.note(Statement(iri("claim:x"), iri("doc:alpha"), body, Origin("f.ttl")))
    names.declared[iri("doc:alpha")] = Origin("f.ttl")
    assert list(names.missing()) == []
