"""Curated facts: documents, entities, statements; right, or not loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg import sources, vocab
from kg.errors import InputError, VocabularyError
from kg.loaders._source import Report, Source
from kg.model import Statement
from kg.namespaces import RDF_TYPE, curie, iri, sp

VOCAB = vocab.load()
CITE = """\
    cite:
      - document: alpha
        chars: 3-7
        gist: Our words.
"""
ENTITY = "entities:\n  - id: asa\n    type: SpaceAgency\n    label: {en: Aldria Space Agency}\n"
FACT = "statements:\n  - class: Capture\n    object: tern\n    onDate: 2029\n"

Facts = Callable[..., Path]


def load(folder: Path) -> tuple[list[Statement], Report]:
    report = Report()
    return list(sources.load(Source.read(folder), VOCAB, report)), report


def refused(folder: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        load(folder)
    assert caught.value.origin is not None
    return caught.value


def described(made: list[Statement], subject: str) -> dict[str, str]:
    return {curie(p): t for s in made if s.subject == iri(subject) for p, t in s.properties}


def test_everything_is_counted(facts_of: Facts) -> None:
    made, report = load(facts_of(ENTITY + CITE + FACT + CITE))
    assert dict(report.counts) == {"documents": 2, "entities": 1, "statements": 1}
    assert (report.rows, report.mapped, report.rejected) == (1, 1, [])
    graphs = {curie(s.graph) for s in made}
    assert graphs == {"graph:catalogue", "graph:register", "doc:alpha"}


def test_a_document_is_described_in_the_catalogue(facts_of: Facts) -> None:
    head = """\
documents:
  - id: alpha
    type: PressRelease
    title: {en: A title, ja: 題}
    publisher: asa
    issued: 2031-05
    language: en
    url: https://asa.example/a
    tier: official
    seen: file
    accessed: 2032-01-02
    sha256: SHA
    textSha256: SHA
    textLength: "12"
    extractor: plain text
    licence: CC0-1.0
""".replace("SHA", "ab" * 32)
    made, _ = load(facts_of("", head=head))
    found = described(made, "doc:alpha")
    assert found["rdf:type"] == f"<{sp('PressRelease')}>"
    assert found["sp:fromSource"] == f"<{iri('source:facts')}>"
    assert found["dct:publisher"] == f"<{iri('id:asa')}>"
    assert found["sp:issued"] == f'"2031-05"^^<{iri("edtf:EDTF")}>'
    assert found["sp:issuedEarliest"].startswith('"2031-05-01"^^')
    assert found["sp:issuedLatest"].startswith('"2031-05-31"^^')
    assert found["sp:textLength"].startswith('"12"^^')
    titles = [t for s in made for p, t in s.properties if curie(p) == "dct:title"]
    assert set(titles) == {'"A title"@en', '"題"@ja'}
    assert len(found) == 17


def test_an_undated_document_has_no_dates(facts_of: Facts) -> None:
    made, _ = load(facts_of("", head="documents:\n  - id: alpha\n    type: WebPage\n"))
    assert set(described(made, "doc:alpha")) == {"rdf:type", "sp:fromSource"}


def test_an_entity_has_labels_aliases_and_identifiers(facts_of: Facts) -> None:
    more = (
        "    alias: {en: [ASA agency, The Agency]}\n"
        "    abbreviation: {en: ASA}\n"
        "    identifier: {wikidata: Q1, ror: [a, b]}\n"
    )
    made, _ = load(facts_of(ENTITY + more + CITE))
    pairs = {(curie(p), t) for s in made if s.subject == iri("id:asa") for p, t in s.properties}
    assert {t for p, t in pairs if p == "skos:altLabel"} == {'"ASA agency"@en', '"The Agency"@en'}
    assert ("sp:abbreviation", '"ASA"@en') in pairs
    nodes = {t for p, t in pairs if p == "sp:identifier"}
    assert nodes == {f"<{iri('identifier:' + x)}>" for x in ("wikidata.Q1", "ror.a", "ror.b")}
    assert described(made, "identifier:wikidata.Q1")["sp:identifierValue"] == '"Q1"'
    assert (RDF_TYPE, f"<{sp('Identifier')}>") in [p for s in made for p in s.properties]


def test_the_default_document_of_a_file(folder_of: Callable[..., Path]) -> None:
    facts = (
        "document: alpha\n"
        + FACT
        + CITE.replace("      - document: alpha\n        ch", "      - ch")
    )
    folder = folder_of("x", {"source.yaml": "loader: facts\nfiles: [f.yaml]\n", "f.yaml": facts})
    made, _ = load(folder)
    assert "claim:event.capture.tern._.alpha" in {curie(s.subject) for s in made}


def test_the_same_input_gives_the_same_statements(facts_of: Facts) -> None:
    folder = facts_of(ENTITY + CITE + FACT + CITE)
    assert load(folder)[0] == load(folder)[0]


# Line 1 of the file is "documents:"; the head has eleven lines.
WRONG = [
    (FACT, "13:5", "a fact without citation", "add cite:"),
    (FACT.replace("Capture", "Captur") + CITE, "13:5", "unknown class 'Captur'", "'Capture'"),
    (FACT.replace("onDate", "onDat") + CITE, "15:5", "unknown property 'onDat'", "'onDate'"),
    (FACT.replace("2029", "2029-02-29") + CITE, "15:5", "a day that does not exist", ""),
    (FACT.replace("2029", "2029/2030") + CITE, "15:5", "wrong kind of date", "never an inter"),
    (FACT.replace("  - class: Capture\n    o", "  - o") + CITE, "13:5", "a fact without class",
     "add class"),
    (FACT + CITE.replace("chars: 3-7", "chars: 7-3"), "18:9", "'7-3' is no range", "half-open"),
    (FACT + CITE.replace("chars: 3-7", "row: ²"), "18:9", "'²' is no whole number", "digits"),
    (FACT + CITE.replace("3-7", "3-" + "9" * 10), "18:9", "is no range of characters", ""),
    (FACT + CITE.replace("3-7", "3-7\n        quote: {length: 5}"), "19:17",
     "chars: spans 4 characters, length: says 5", "leave length: out"),
    (FACT + CITE.replace("chars: 3-7", "sha256: abc"), "18:9", "64 hex digits", ""),
    (FACT + CITE.replace("chars: 3-7", "char: 3-7"), "18:9", "unknown key 'char' in a cit",
     "'chars'"),
    (FACT + CITE.replace("        chars: 3-7\n", ""), "17:9", "a citation without locator",
     "chars: a-b"),
    (FACT + CITE.replace("        gist: Our words.\n", ""), "17:9", "a citation without gist",
     "own words"),
    (FACT + CITE.replace("document: alpha", "sentence: s01"), "17:9", "a citation without docu",
     ""),
    (FACT + CITE.replace("gist: Our", "speaker: Vera Holt\n        gist: Our"), "17:9",
     "is no IRI", ""),
    (ENTITY, "13:5", "entity 'asa' without citation", "add cite:"),
    (ENTITY.replace("id: asa", "id: ASA") + CITE, "13:5", "'ASA' is no identifier", "lower"),
    (ENTITY.replace("id: asa", "name: asa") + CITE, "13:5", "'' is no identifier", "lower"),
    (ENTITY.replace("SpaceAgency", "SpaceAgncy") + CITE, "14:5", "unknown class 'SpaceAgncy'",
     "'SpaceAgency'"),
    (ENTITY.replace("SpaceAgency", "Capture") + CITE, "14:5", "not a kind of Entity", ""),
    (ENTITY.replace("{en: Aldria Space Agency}", "Aldria") + CITE, "15:5", "'label' needs a la",
     "label: {en: …}"),
    (ENTITY.replace("label:", "labels:") + CITE, "15:5", "unknown property 'labels'", ""),
    (ENTITY + "    skos:note: {en: x}\n" + CITE, "16:5", "unknown key 'skos:note'", ""),
    (ENTITY + "    homepage: asa.example\n" + CITE, "16:5", "is no web address", "https"),
    ("documents:\n", "", "'documents' is given twice", "keep one"),
    ("statement:\n", "12:1", "unknown key 'statement'", "'statements'"),
    ("statements: x\n", "12:1", "'statements' must be a list of mappings", "- key: value"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "place", "message", "fix"), WRONG, ids=[w[2] for w in WRONG])
def test_what_is_wrong_is_said_with_file_and_line(
    facts_of: Facts, facts: str, place: str, message: str, fix: str
) -> None:
    folder = facts_of(facts)
    error = refused(folder)
    assert message in error.message
    assert fix in error.fix
    assert str(error).startswith(f"{folder / 'facts.yaml'}:{place}")


DOCUMENTS = [
    ("id: Alpha", "'Alpha' is no document id"),
    ("id: a.b", "'a.b' is no document id"),
    ("type: State", "'State' is not a kind of Document"),
    ("type: PressReleas", "unknown class 'PressReleas'"),
    ("tier: oficial", "unknown tier 'oficial'"),
    ("seen: glimpsed", "unknown seen 'glimpsed'"),
    ("issued: 9 July 2025", "is no EDTF date"),
    ("issued: 2021/2022", "is an extent, no date of issue"),
    ("issued: 2021/..", "is an extent, no date of issue"),
    ("issued: 2025-02-30", "a day that does not exist"),
    ("accessed: 2025", "is no calendar day"),
    ("foundAgain: yes", "is no calendar day"),
    ("notFoundAgain: 2026-11", "is no calendar day"),
    ("url: asa.example", "is no web address"),
    ("textLength: many", "is no whole number"),
    ("publishr: asa", "unknown key 'publishr' in a document"),
    ("title: {english: x y}\n    language: 'not a tag'\n    sha: x", "unknown key 'sha'"),
]


@pytest.mark.parametrize(("line", "message"), DOCUMENTS, ids=[d[0] for d in DOCUMENTS])
def test_a_document_that_does_not_fit(facts_of: Facts, line: str, message: str) -> None:
    fields = {"id": "id: alpha", "type": "type: WebPage"} | {line.split(":")[0]: line}
    head = "documents:\n  - " + "\n    ".join(fields.values()) + "\n"
    folder = facts_of("", head=head)
    error = refused(folder)
    assert message in error.message
    assert str(error).startswith(f"{folder / 'facts.yaml'}:")
    assert error.origin is not None and error.origin.line >= 2


def test_an_unknown_term_is_a_vocabulary_error(facts_of: Facts) -> None:
    error = refused(facts_of(FACT.replace("Capture", "Captur") + CITE))
    assert isinstance(error, VocabularyError)
