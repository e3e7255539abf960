"""CSV: one row a claim, for a spreadsheet: who, what, when, and where it is written.

Columns name the source, its licence and the version of the data, as a CSV file has no place for a
note.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import BinaryIO, TypeAlias

from kg.evidence import Support, supports
from kg.export._credits import credits_of, version
from kg.namespaces import RDF_TYPE, curie, prefixes, sp
from kg.parts import TIMES
from kg.store import View
from kg.table import Table, to_csv

EXTENSION = ".csv"
MEDIA_TYPE = "text/csv; charset=utf-8"

COLUMNS = (
    "claim", "class", "fact", "subject", "subject_label", "object", "object_label", "role", "kind",
    "value", "status", "period", "start_earliest", "start_latest", "end_earliest", "end_latest",
    "details", "document", "locator", "attribution", "gist", "publisher", "issued", "tier", "url",
    "source", "source_licence", "data_version",
)  # fmt: skip
_SUBJECT = ("participant", "person", "relationSubject", "agent", "about", "speaker")
_OBJECT = ("inActivity", "post", "relationObject", "object", "quotedIn")
_KIND = ("relationType", "kind", "observedProperty")
_BOUNDS = ("startEarliest", "startLatest", "endEarliest", "endLatest")
_SHOWN = {*_SUBJECT, *_OBJECT, *_KIND, *TIMES, "role", "value", "status", "ofFact", "evidence"}

_Values: TypeAlias = "Mapping[str, list[str]]"


def write(view: View, out: BinaryIO) -> None:
    """Write the claims of a view as CSV (RFC 4180 with LF, UTF-8); several values as "a; b".

    Args:
        view: The documents that count.
        out: Where the bytes go.
    """
    out.write(to_csv(table(view)).encode())


def table(view: View) -> Table:
    """Return the claims of a view as a table, sorted by IRI."""
    claims, periods = _described(view, "sp:ofFact"), _described(view, "sp:edtf")
    supported = supports(view, claims)
    sources, edition = _Sources(view), [[version(view)]]
    rows = []
    for claim in sorted(claims):
        said = claims[claim]
        who, what = _first(said, _SUBJECT), _first(said, _OBJECT)
        own = [
            [claim], said[RDF_TYPE], said[sp("ofFact")],
            who, map(view.label, who), what, map(view.label, what),
            said[sp("role")], _first(said, _KIND), said[sp("value")], said[sp("status")],
        ]  # fmt: skip
        when = _when(_first(said, TIMES), periods)
        row = [*own, *when, _details(said), *_evidence(supported[claim])]
        row += [*sources.of(said), *edition]
        rows.append(tuple(tuple(map(_plain, cell)) for cell in row))
    return Table(COLUMNS, tuple(rows), "Claims")


def _described(view: View, predicate: str) -> dict[str, dict[str, list[str]]]:
    """Return all that is said of the nodes that have a property: node → predicate → values."""
    found: dict[str, dict[str, list[str]]] = {}
    for node, prop, value in view.rows(f"SELECT ?s ?p ?o {{ ?s {predicate} [] ; ?p ?o }}"):
        values = found.setdefault(node, defaultdict(list))[prop]
        if value not in values:
            values.append(value)
    return found


def _first(said: _Values, names: Iterable[str]) -> list[str]:
    return next((said[sp(name)] for name in names if said.get(sp(name))), [])


def _when(period: list[str], periods: Mapping[str, _Values]) -> list[list[str]]:
    stated = periods.get(period[0], {}) if period else {}
    return [stated.get(sp(name), []) for name in ("edtf", *_BOUNDS)]


def _details(said: _Values) -> list[str]:
    """What the claim says besides, so that nothing is lost: "place=id:kourou"."""
    home = prefixes()["sp"]
    names = sorted(p for p in said if p.startswith(home) and p.removeprefix(home) not in _SHOWN)
    return [f"{p.removeprefix(home)}={_plain(value)}" for p in names for value in said[p]]


def _evidence(support: Support) -> list[Iterable[str]]:
    """The columns from document to url; places, their kind and gist stay parallel."""
    found = support.evidence
    once = [
        sorted({getattr(e, name) for e in found} - {""})
        for name in ("document", "publisher", "issued", "tier", "url")
    ]
    places = [[getattr(e, name) for e in found] for name in ("locator", "attribution", "gist")]
    return [once[0], *places, *once[1:]]


class _Sources:
    """The sources of a claim, through the documents of its evidence."""

    def __init__(self, view: View) -> None:
        self._credits = {credit.iri: credit for credit in credits_of(view)}
        self._of: dict[str, set[str]] = defaultdict(set)
        for evidence, source in view.rows("SELECT ?e ?s { ?e sp:document/sp:fromSource ?s }"):
            self._of[evidence].add(source)

    def of(self, said: _Values) -> list[list[str]]:
        """Return titles and licences of the sources, parallel."""
        sources = sorted({s for e in said.get(sp("evidence"), []) for s in self._of[e]})
        known = [self._credits[s] for s in sources if s in self._credits]
        return [[c.title for c in known], [c.licence for c in known]]


def _plain(value: str) -> str:
    """Shorten our own IRIs; all else, and what a document says, stays as it is."""
    return curie(value) if value.startswith(("http://", "https://")) else value
