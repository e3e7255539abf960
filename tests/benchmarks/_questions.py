"""Named questions: kg's runner against the same SPARQL put to the engine, and to rdflib.

The peer asks the engine directly for the same things: the rows, the evidence of their claims and
the labels of what they name. It does not group, sort, or write cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox
from _measure import Finding, alternate, cpu

from kg import query, questions
from kg.namespaces import RDFS_LABEL, iri, prefixes
from kg.store import View

ASKED = (
    ("shared-missions", {"a": "id:agency-0", "b": "id:agency-1"}),
    ("roles-in", {"activity": "id:mission-1"}),
    ("missing-identifiers", {"scheme": "wikidata"}),
    ("single-source", {}),
)
_LIMIT = 0.005
_RDFLIB = {"shared-missions", "roles-in"}
_RDFLIB_LIMIT = 300_000
_EVIDENCE = """SELECT * { VALUES ?claim { %s } ?claim sp:status ?status ; sp:ofFact ?fact ;
    sp:evidence ?e . ?e sp:document ?d ; sp:gist ?gist ; sp:attribution ?attribution .
    ?d sp:fromSource ?source
    OPTIONAL { ?claim sp:period/sp:edtf ?edtf } OPTIONAL { ?e sp:locator ?locator }
    OPTIONAL { ?e sp:sentence ?sentence } OPTIONAL { ?e sp:start ?start ; sp:end ?end }
    OPTIONAL { ?e sp:speaker ?speaker } OPTIONAL { ?d dct:title ?title }
    OPTIONAL { ?d sp:publisherName ?publisher } OPTIONAL { ?d sp:issued ?issued }
    OPTIONAL { ?d sp:issuedLatest ?last }
    OPTIONAL { ?d sp:url ?url } OPTIONAL { ?d sp:tier ?tier } }"""


def compare(view: View, size: str, rounds: int) -> Iterator[Finding]:
    """Yield one comparison a question, and rdflib's where it ends in reasonable time."""
    small = len(view.store) < _RDFLIB_LIMIT
    dataset = _dataset(view) if small else None
    for name, parameters in ASKED:
        known, _ = questions.find(name)
        text = questions.bind(known, _terms(parameters))
        times = alternate(
            {
                "kg": lambda name=name, parameters=parameters: query.run(view, name, parameters),
                "raw": lambda text=text, known=known: _raw(view, text, known.evidence),
            },
            rounds,
        )
        rows = len(query.run(view, name, parameters).rows)
        target = 1.2 if times["raw"] > _LIMIT else None
        what, note = f"question {name}, {size}", f"{rows:,} rows"
        yield Finding(what, times["kg"], times["raw"], "pyoxigraph", target, note=note)
        if dataset is not None and name in _RDFLIB:
            peer = cpu(lambda text=text: list(dataset.query(text, initNs=dict(prefixes()))))
            yield Finding(what, times["kg"], peer, "rdflib, rows alone", faster=True, note=note)


def _terms(parameters: dict[str, str]) -> dict[str, list[Any]]:
    return {
        name: [ox.NamedNode(iri(text)) if ":" in text else ox.Literal(text)]
        for name, text in parameters.items()
    }


def _raw(view: View, text: str, evidence: tuple[str, ...]) -> list[Any]:
    found = view.select(text)
    places = [i for i, v in enumerate(found.variables) if v.value in evidence]
    rows = [tuple(solution) for solution in found]
    claims = {row[i] for row in rows for i in places if row[i] is not None}
    named = {t for row in rows for t in row if isinstance(t, ox.NamedNode)} - claims
    label = ox.NamedNode(RDFS_LABEL)
    labels = [list(view.store.quads_for_pattern(n, label, None, ox.DefaultGraph())) for n in named]
    if not claims:
        return [rows, labels]
    inside = " ".join(map(str, claims))
    proof = [tuple(t and t.value for t in s) for s in view.select(_EVIDENCE % inside)]
    return [rows, labels, proof]


def _dataset(view: View) -> Any:
    import oxrdflib  # noqa: F401  # registers its parsers
    import rdflib

    lines = view.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return rdflib.Graph().parse(lines, format="ox-nt")
