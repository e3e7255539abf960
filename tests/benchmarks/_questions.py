"""Named questions: kg's runner against the same SPARQL put to the engine, and to rdflib.

Both end in CSV. The peer asks the engine directly for the same things: the rows, the evidence of
their claims and the labels of what they name; it sorts the rows, but does not group them or put
the evidence beside them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox
from _measure import Finding, alternate, cpu

from kg import query, questions
from kg.namespaces import RDFS_LABEL, iri, prefixes
from kg.store import View
from kg.table import to_csv

ASKED = (
    ("shared-missions", {"a": "id:agency-0", "b": "id:agency-1"}),
    ("roles-in", {"activity": "id:mission-1"}),
    ("missing-identifiers", {"scheme": "wikidata"}),
    ("single-source", {}),
)
_LIMIT = 0.005
_RDFLIB = {"shared-missions", "roles-in"}
_RDFLIB_LIMIT = 300_000
_DOCUMENT = "<" + prefixes()["doc"]
_CLAIMS = """SELECT * { VALUES ?claim { %s } ?claim sp:status ?status ; sp:ofFact ?fact .
    OPTIONAL { ?claim sp:period|sp:onDate|sp:plannedFor|sp:asOf ?p . ?p sp:edtf ?edtf }
    OPTIONAL { ?claim sp:evidence/sp:document/sp:issuedLatest ?issued } }"""
_EVIDENCE = """SELECT * { VALUES ?claim { %s } ?claim sp:evidence ?e .
    ?e sp:document ?document ; sp:gist ?gist ; sp:attribution ?attribution .
    OPTIONAL { ?e sp:locator ?locator } OPTIONAL { ?e sp:sentence ?sentence }
    OPTIONAL { ?e sp:start ?start } OPTIONAL { ?e sp:end ?end }
    OPTIONAL { ?e sp:speaker ?speaker } }"""


def compare(view: View, size: str, rounds: int) -> Iterator[Finding]:
    """Yield one comparison a question, and rdflib's where it ends in reasonable time."""
    small = len(view.store) < _RDFLIB_LIMIT
    dataset = _dataset(view) if small else None
    for name, parameters in ASKED:
        known, _ = questions.find(name)
        text = questions.bind(known, _terms(parameters))
        times = alternate(
            {
                "kg": lambda name=name, given=parameters: to_csv(query.run(view, name, given)),
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


def _raw(view: View, text: str, evidence: tuple[str, ...]) -> str:
    """The same by hand: rows with labels, sorted, as CSV; and what each claim rests on."""
    found = view.select(text)
    places = [i for i, v in enumerate(found.variables) if v.value in evidence]
    rows = [tuple(solution) for solution in found]
    claims = {row[i] for row in rows for i in places if row[i] is not None}
    named = {t for row in rows for t in row if isinstance(t, ox.NamedNode)} - claims
    label = ox.NamedNode(RDFS_LABEL)
    labels = {node: [q.object for q in _about(view, node, label)] for node in named}
    told = {node: min(v, key=_english).value for node, v in labels.items() if v}
    if claims:
        inside = " ".join(map(str, claims))
        _ = [tuple(t and t.value for t in s) for s in view.select(_CLAIMS % inside)]
        proof = [tuple(s) for s in view.select(_EVIDENCE % inside)]
        documents = {t for row in proof for t in row if str(t).startswith(_DOCUMENT)}
        _ = [list(_about(view, d, None)) for d in documents]
    out = io.StringIO()
    plain = (["" if t is None else told.get(t) or t.value for t in row] for row in rows)
    csv.writer(out).writerows(sorted(plain))
    return out.getvalue()


def _english(label: Any) -> bool:
    return label.language != "en"


def _about(view: View, node: Any, predicate: Any) -> Any:
    return view.store.quads_for_pattern(node, predicate, None, ox.DefaultGraph())


def _dataset(view: View) -> Any:
    import oxrdflib  # noqa: F401  # registers its parsers
    import rdflib

    lines = view.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return rdflib.Graph().parse(lines, format="ox-nt")
