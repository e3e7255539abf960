"""What the store holds, counted in the engine: the same as counted one by one."""

from __future__ import annotations

from collections import Counter

from kg import catalogue
from kg.namespaces import iri, prefixes, sp
from kg.store import View


def _claims_by_document(view: View) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {d: set() for d in view.documents}
    for claim, _ in view.rows("SELECT ?c ?f { ?c sp:ofFact ?f }"):
        for place in view.objects(claim, sp("evidence")):
            for document in view.objects(place, sp("document")):
                found[document].add(claim)
    return found


def test_the_claims_of_a_document_are_those_whose_evidence_is_in_it(full_view: View) -> None:
    home, held = prefixes()["doc"], _claims_by_document(full_view)
    said = {r["document"]: r["claims"] for r in catalogue.documents(full_view).records()}
    assert said == {d.removeprefix(home): str(len(claims)) for d, claims in held.items()}


def test_the_claims_of_a_source_are_those_of_its_documents_each_once(full_view: View) -> None:
    claims: dict[str, set[str]] = {}
    documents: Counter[str] = Counter()
    for document, found in _claims_by_document(full_view).items():
        source = full_view.value(full_view.value(document, sp("fromSource")), iri("dct:identifier"))
        claims.setdefault(source, set()).update(found)
        documents[source] += 1
    said = catalogue.sources(full_view).records()
    assert {r["source"]: r["claims"] for r in said} == {s: str(len(c)) for s, c in claims.items()}
    assert {r["source"]: r["documents"] for r in said} == {s: str(n) for s, n in documents.items()}
