"""RDF files: every format says the same, and nothing in a file opens a connection."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import sources, vocab
from kg.errors import InputError, VocabularyError
from kg.loaders import rdf
from kg.loaders._source import Report, Source
from kg.model import Quad, Statement
from kg.namespaces import iri

VOCAB = vocab.load()
SPEC = """\
loader: rdf
document: alpha
files: ["*.*"]
documents:
  - id: alpha
    type: Dataset
  - id: beta
    type: Dataset
"""
HOME, BETA = iri("doc:alpha"), iri("doc:beta")
TURTLE = """\
@prefix id: <https://w3id.org/space-partnerships/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
id:lumen rdfs:label "Lumen"@en , "灯"@ja ; rdfs:seeAlso <https://lumen.example/> .
id:tern rdfs:comment "3\\" wide\\n" .
"""
EXPECTED = {
    ("lumen", "label", '"Lumen"@en'),
    ("lumen", "label", '"灯"@ja'),
    ("lumen", "seeAlso", "<https://lumen.example/>"),
    ("tern", "comment", '"3\\" wide\\n"'),
}
SERIALISED = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}

Folder = Callable[..., Path]


@pytest.fixture
def rdf_of(folder_of: Folder) -> Folder:
    def write(files: dict[str, str | bytes], spec: str = SPEC) -> Path:
        return folder_of("r", {"source.yaml": spec, **files})

    return write


def load(folder: Path) -> tuple[list[Statement], Report]:
    report = Report()
    return list(sources.load(Source.read(folder), VOCAB, report)), report


def quads(folder: Path) -> set[Quad]:
    made, _ = load(folder)
    return {q for s in made if not s.graph.endswith("/catalogue") for q in s.quads()}


def refused(folder: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        load(folder)
    return caught.value


def short(found: set[Quad]) -> set[tuple[str, str, str]]:
    return {
        (q.subject[1:-1].rsplit("/", 1)[-1], q.predicate[1:-1].rsplit("#", 1)[-1], q.object)
        for q in found
    }


def test_all_formats_are_tried() -> None:
    assert set(SERIALISED) == set(rdf.FORMATS)


@pytest.mark.parametrize("ending", sorted(SERIALISED))
def test_every_format_says_the_same(rdf_of: Folder, ending: str) -> None:
    triples = ox.parse(TURTLE, format=ox.RdfFormat.TURTLE)
    content = ox.serialize(
        (ox.Triple(q.subject, q.predicate, q.object) for q in triples), format=SERIALISED[ending]
    )
    found = quads(rdf_of({"data" + ending: content}))
    assert short(found) == EXPECTED
    assert {q.graph for q in found} == {f"<{HOME}>"}


def test_triples_are_counted(rdf_of: Folder) -> None:
    made, report = load(rdf_of({"data.ttl": TURTLE}))
    assert report.counts["triples"] == 4
    assert report.counts["statements"] == report.rows == 2
    assert all(s.origin.file.endswith("data.ttl") for s in made if s.graph == HOME)


CUT = {
    ".ttl": TURTLE[:-30],
    ".trig": "GRAPH <http://x/g> { <http://x/s> <http://x/p> ",
    ".nt": '<http://x/s> <http://x/p> "o" .\n<http://x/s> <http://x/p> "o',
    ".nq": '<http://x/s> <http://x/p> "o" <http://x/g> .\n<http://x/s> <http://',
    ".rdf": '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    ".jsonld": '{"@id": "http://x/s", "http://x/p": ',
}


@pytest.mark.parametrize("ending", sorted(CUT))
def test_a_truncated_file_is_told(rdf_of: Folder, ending: str) -> None:
    folder = rdf_of({"data" + ending: CUT[ending]})
    error = refused(folder)
    assert str(error).startswith(str(folder / f"data{ending}"))
    assert error.message.startswith(("broken RDF: ", "broken JSON: "))
    assert error.origin is not None
    assert error.origin.line >= 1


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ttl", b"<http://x/s> <http://x/p> \"M\xe9lanie\" .", "broken RDF"),
        ("a.jsonld", '{"http://x/p": "Mélanie"}'.encode("cp1252"), "cannot be read"),
        ("a.rdf", "not xml", "broken RDF"),
        ("a.xlsx", "x", "'.xlsx' is no known RDF format"),
        ("a.nt", "<relative> <http://x/p> <http://x/o> .", "broken RDF"),
        ("a.ttl", "<http://x/s> <http://x/p> <<( <http://x/a> <http://x/b> <http://x/c> )>> .",
         "RDF 1.2 is not supported"),
        ("a.jsonld", "[" * 100_000, "nested too deeply"),
    ],
)  # fmt: skip
def test_other_ways_to_be_broken(
    rdf_of: Folder, name: str, content: str | bytes, message: str
) -> None:
    error = refused(rdf_of({name: content}))
    assert message in error.message
    assert name in str(error)


def test_a_term_of_ours_that_is_not_declared(rdf_of: Folder) -> None:
    head = f"@prefix sp: <{iri('sp:')}> . @prefix id: <{iri('id:')}> .\n"
    error = refused(rdf_of({"a.ttl": head + "id:x sp:particpant id:y ."}))
    assert isinstance(error, VocabularyError)
    assert error.message == "unknown property 'particpant' of x"
    assert "did you mean 'participant'" in error.fix
    error = refused(rdf_of({"a.ttl": head + "id:x a sp:SpaceAgancy ."}))
    assert "unknown class 'SpaceAgancy'" in error.message
    assert str(error.origin).endswith("a.ttl")


REMOTE = [
    {"@context": "https://example.org/context.jsonld", "name": "x"},
    {"@context": ["https://example.org/context.jsonld", {"a": "http://x/a"}], "a": "x"},
    {"@context": {"a": {"@id": "http://x/a", "@context": "https://example.org/c"}}, "a": {}},
    {"@graph": [{"@context": "https://example.org/c", "name": "x"}]},
    {"@context": {"@version": 1.1, "@import": "https://example.org/c"}, "name": "x"},
    {"@context": "local.jsonld", "name": "x"},
]


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record every attempt to open a connection or to look up a host."""
    tried: list[str] = []

    def note(name: str) -> Callable[..., None]:
        def attempt(*args: object, **_: object) -> None:
            tried.append(f"{name} {args}")
            raise OSError("no network in tests")

        return attempt

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, note(name))
    return tried


@pytest.mark.parametrize("document", REMOTE, ids=[json.dumps(d)[:60] for d in REMOTE])
def test_a_remote_context_is_refused_without_a_connection(
    rdf_of: Folder, no_network: list[str], document: dict[str, object]
) -> None:
    error = refused(rdf_of({"a.jsonld": json.dumps(document)}))
    assert "a.jsonld" in str(error)
    imports = "@import" in json.dumps(document)  # the engine knows no @import at all
    assert ("broken RDF" if imports else "remote context") in error.message
    assert no_network == []


def test_a_context_of_its_own_is_fine(rdf_of: Folder, no_network: list[str]) -> None:
    document = {"@context": {"label": "http://x/label"}, "@id": "http://x/s", "label": "x"}
    assert len(quads(rdf_of({"a.jsonld": json.dumps(document)}))) == 1
    assert no_network == []


def test_xml_entities_reach_for_nothing(
    rdf_of: Folder, no_network: list[str], tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    content = f"""<?xml version="1.0"?>
<!DOCTYPE r [<!ENTITY e SYSTEM "file://{secret}">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">
<rdf:Description rdf:about="http://x/s"><x:p>&e;</x:p></rdf:Description></rdf:RDF>"""
    error = refused(rdf_of({"a.rdf": content}))
    assert "secret" not in error.message
    assert no_network == []


def test_xml_entities_that_grow_without_end(rdf_of: Folder) -> None:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    content = f"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "x">{lines}]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">
<rdf:Description rdf:about="http://x/s"><x:p>&e11;</x:p></rdf:Description></rdf:RDF>"""
    assert "amplification" in refused(rdf_of({"a.rdf": content})).message


def test_relative_names_are_resolved_below_the_source(rdf_of: Folder) -> None:
    found = quads(rdf_of({"a b<ü>.ttl": "<x> <http://x/p> <> ."}))
    (quad,) = found
    assert quad.subject.startswith(f"<{iri('source:file/')}")


# --- graphs


GRAPHS = f"""\
<http://x/s> <http://x/p> "home" .
<http://x/s> <http://x/p> "kept" <{BETA}> .
<http://x/s> <http://x/p> "folded" <http://x/other> .
<http://x/s> <http://x/p> "folded too" _:g .
<http://x/s> <http://x/p> "not ours to give" <{iri("graph:derived")}> .
"""


def test_declared_documents_keep_their_graphs_and_others_are_folded(rdf_of: Folder) -> None:
    found = {(q.object, q.graph) for q in quads(rdf_of({"a.nq": GRAPHS}))}
    assert found == {
        ('"home"', f"<{HOME}>"),
        ('"kept"', f"<{BETA}>"),
        ('"folded"', f"<{HOME}>"),
        ('"folded too"', f"<{HOME}>"),
        ('"not ours to give"', f"<{HOME}>"),
    }


def test_a_source_without_document_is_refused(rdf_of: Folder) -> None:
    error = refused(rdf_of({"a.ttl": TURTLE}, SPEC.replace("document: alpha\n", "")))
    assert error.message == "an rdf source without document"
    error = refused(rdf_of({"a.ttl": TURTLE}, SPEC.replace("document: alpha", "document: a b")))
    assert error.message == "'a b' is no document id"
    assert str(error.origin).endswith("source.yaml:2:1")


# --- blank nodes


CHAIN = [
    "_:a <http://x/p> _:b .",
    "_:b <http://x/q> 'end' .",
    "_:c <http://x/p> 'alone' .",
    "<http://x/s> <http://x/r> _:a .",
    "<http://x/s> <http://x/r> 'plain' .",
]


def nodes(found: set[Quad]) -> set[str]:
    return {t for q in found for t in (q.subject, q.object) if ".c14n" in t}


def test_blank_nodes_become_names_below_their_document(rdf_of: Folder) -> None:
    found = quads(rdf_of({"a.ttl": "\n".join(CHAIN)}))
    assert len(found) == 5
    assert len(nodes(found)) == 3
    assert all(n.startswith(f"<{iri('id:alpha.')}") for n in nodes(found))
    assert not any(t.startswith("_:") for q in found for t in q)


@given(st.permutations(CHAIN), st.permutations(["a", "b", "c", "z9"]))
def test_names_do_not_depend_on_order_or_labels(lines: list[str], labels: list[str]) -> None:
    renamed = "\n".join(lines)
    for old, new in zip("abc", labels, strict=False):
        renamed = renamed.replace(f"_:{old} ", f"_:NEW{new} ")

    def named(text: str) -> set[str]:
        parsed = ox.parse(text, format=ox.RdfFormat.TURTLE)
        homed = (ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(HOME)) for q in parsed)
        return {str(q) for q in rdf._skolemised(homed, HOME)}

    assert named(renamed) == named("\n".join(CHAIN))


def test_two_files_share_no_names_by_chance(rdf_of: Folder) -> None:
    files = {"a.ttl": "_:x <http://x/p> 'one' .", "b.ttl": "_:x <http://x/p> 'two' ."}
    found = quads(rdf_of(files))
    assert len(nodes(found)) == 2


def test_another_node_does_not_rename_the_first(rdf_of: Folder) -> None:
    before = quads(rdf_of({"a.ttl": "_:x <http://x/p> 'one' ."}))
    after = quads(rdf_of({"a.ttl": "_:y <http://x/p> 'a' . _:x <http://x/p> 'one' ."}))
    assert before < after


def test_lists_survive(rdf_of: Folder) -> None:
    found = quads(rdf_of({"a.ttl": "<http://x/s> <http://x/p> (1 2 3) ."}))
    assert len(found) == 7
    assert len(nodes(found)) == 3
