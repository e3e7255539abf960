"""The concepts of the ontology, its JSON-LD context and its page."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest
from ontology_terms import (
    BASE,
    CONCEPTS,
    CONTEXT,
    DATA_PROPERTIES,
    MAPPINGS,
    ONTOLOGY,
    OWN_PREFIXES,
    PREFIXES,
    PROPERTIES,
    ROLES,
    ROOT,
    SCHEMES,
    SP,
    SPACE,
    TERMS,
    name_of,
    texts_of,
)
from pyld import jsonld  # type: ignore[import-untyped]
from rdflib import (
    OWL,
    RDF,
    RDFS,
    SKOS,
    XSD,
    Literal,
    URIRef,
)

# --- Concepts


def test_schemes() -> None:
    for scheme in SCHEMES:
        for lang in ("en", "fr"):
            assert len(texts_of(ROLES, scheme, SKOS.prefLabel, lang)) == 1
        assert len(texts_of(ROLES, scheme, SKOS.definition, "en")) == 1
        assert list(ROLES.subjects(SKOS.topConceptOf, scheme))
        assert str(scheme) in PREFIXES.values()


def test_concepts_are_complete() -> None:
    assert len(CONCEPTS) > 70
    for concept in CONCEPTS:
        (scheme,) = ROLES.objects(concept, SKOS.inScheme)
        assert str(concept).startswith(str(scheme))
        for lang in ("en", "fr"):
            assert len(texts_of(ROLES, concept, SKOS.prefLabel, lang)) == 1, concept
        assert len(texts_of(ROLES, concept, SKOS.definition, "en")) == 1, concept
        (cls,) = (t for t in ROLES.objects(concept, RDF.type) if t != SKOS.Concept)
        assert PREFIXES[str(SPACE.value(cls, SP.slugPrefix))] == str(scheme)
        tops = list(ROLES.objects(concept, SKOS.topConceptOf))
        broader = list(ROLES.objects(concept, SKOS.broader))
        assert len(tops) + len(broader) == 1, concept
        assert all((b, SKOS.inScheme, scheme) in ROLES for b in broader)


def test_roles_and_tiers() -> None:
    roles = set(ROLES.subjects(RDF.type, SP.Role))
    assert len(roles) == 31
    assert {r for r, _ in ROLES.subject_objects(SP.cooperative)} == roles
    apart = {str(r).split("/")[-1] for r in ROLES.subjects(SP.cooperative, Literal(False))}
    assert {"customer", "contractor", "manufacturer", "launch-provider"} <= apart
    assert (URIRef(f"{BASE}role/owner"), SP.cooperative, Literal(True)) in ROLES
    ranks = {str(s).split("/")[-1]: int(str(o)) for s, o in ROLES.subject_objects(SP.rank)}
    assert sorted(ranks, key=lambda t: ranks[t]) == [
        "official",
        "wire",
        "reference",
        "news",
        "unknown",
    ]


# --- The JSON-LD context


def test_prefixes() -> None:
    ours = {p: BASE + (f"{p}/" if p != "sp" else "ontology#") for p in OWN_PREFIXES}
    assert {p: PREFIXES.get(p) for p in ours} == ours
    assert len(PREFIXES) >= 38
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_prefixes_agree_with_every_turtle_file() -> None:
    files = [*ONTOLOGY.glob("*.ttl"), *MAPPINGS]
    assert len(files) == 11
    seen = 0
    for path in files:
        found = re.findall(r"^@prefix (\w+): <(\S+)> \.$", path.read_text("utf-8"), re.MULTILINE)
        for prefix, namespace in found:
            seen += 1
            assert PREFIXES[prefix] == namespace, (path, prefix)
        names = [prefix for prefix, _ in found]
        assert names == sorted(names), path
    assert seen > 60


def test_each_property_is_in_the_context_with_its_type() -> None:
    assert len(DATA_PROPERTIES) > 90
    for prop in DATA_PROPERTIES:
        entry = CONTEXT[f"sp:{name_of(prop)}"]
        assert entry["@id"] == f"sp:{name_of(prop)}"
        target = cast(URIRef, SPACE.value(prop, RDFS.range))
        if (prop, RDF.type, OWL.ObjectProperty) in SPACE:
            expected: str | None = "@id"
        elif target in {RDF.langString, XSD.string}:
            expected = None
        else:
            prefix = next(p for p, ns in PREFIXES.items() if target.startswith(ns))
            expected = f"{prefix}:{target.removeprefix(PREFIXES[prefix])}"
        assert entry.get("@type") == expected, prop


def test_context_names_no_property_that_does_not_exist() -> None:
    named = {k.removeprefix("sp:") for k in CONTEXT if k.startswith("sp:")}
    assert len(named) > 90
    assert named == {name_of(p) for p in PROPERTIES}


def test_compact_json_ld_goes_there_and_back() -> None:
    compact = {
        "@context": CONTEXT,
        "@id": "claim:c",
        "@type": "sp:Participation",
        "rdfs:label": {"@language": "en", "@value": "A label"},
        "sp:role": "role:lead",
        "sp:period": "period:198X_to_open",
        "sp:sequence": {"@type": "xsd:integer", "@value": "2"},
        "sp:startEarliest": "1980-01-01",
        "sp:edtf": "198X/..",
        "sp:note": "plain",
    }
    expanded = jsonld.expand(compact)
    assert expanded[0][f"{SP}role"] == [{"@id": f"{BASE}role/lead"}]
    assert expanded[0][f"{SP}startEarliest"][0]["@type"] == str(XSD.date)
    again = jsonld.compact(expanded, CONTEXT)
    again.pop("@context")
    assert again.pop("sp:sequence") == "2"
    assert again == {k: v for k, v in compact.items() if k not in {"@context", "sp:sequence"}}


# --- The page


def _page_tool(*arguments: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "tools" / "ontology_page.py"), *arguments],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("seed", ["1", "2"])
def test_page_is_up_to_date_whatever_the_hash_seed(seed: str) -> None:
    result = _page_tool("--check", seed=seed)
    assert (result.returncode, result.stderr) == (0, "")


def test_page_check_fails_on_another_page(tmp_path: Path) -> None:
    for name in ("ontology", "tools"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "ontology.html").write_text("old", encoding="utf-8")
    tool = [sys.executable, str(tmp_path / "tools" / "ontology_page.py"), "--check"]
    result = subprocess.run(tool, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "docs/ontology.html" in result.stderr and "python tools/" in result.stderr


def test_page_has_an_anchor_per_term_and_nothing_remote() -> None:
    page = (ROOT / "docs" / "ontology.html").read_text(encoding="utf-8")
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids)) > 250
    assert {name_of(t) for t in TERMS} <= set(ids)
    assert {c.removeprefix(BASE).replace("/", "-") for c in CONCEPTS} <= set(ids)
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert len(targets) > 250 and targets <= set(ids)
    assert not re.search(r"<(script|link|img|iframe)|\ssrc=|@import|url\(", page)
