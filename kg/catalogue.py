"""What the store holds: documents, sources, licences, counts."""

from __future__ import annotations

from kg import edition
from kg.evidence import local
from kg.namespaces import prefixes
from kg.restrict import counted
from kg.store import View
from kg.table import NOT_STATED, Cell, Table

_CLAIMS = """{ SELECT ?claim { ?claim sp:ofFact ?f } }
    { SELECT ?claim ?e { ?claim sp:evidence ?e } } { SELECT ?e ?d { ?e sp:document ?d } }"""
_DOCUMENTS = f"""SELECT ?d ?type ?title ?publisher ?named ?issued ?language ?tier ?seen ?url
    (COALESCE(?held, 0) AS ?n) {{
    ?d sp:fromSource ?source ; a ?type .
    OPTIONAL {{ ?d dct:title ?title }} OPTIONAL {{ ?d dct:publisher ?publisher }}
    OPTIONAL {{ ?d sp:publisherName ?named }} OPTIONAL {{ ?d sp:issued ?issued }}
    OPTIONAL {{ ?d dct:language ?language }} OPTIONAL {{ ?d sp:tier ?tier }}
    OPTIONAL {{ ?d sp:seen ?seen }} OPTIONAL {{ ?d sp:url ?url }}
    OPTIONAL {{ SELECT ?d (COUNT(DISTINCT ?claim) AS ?held) {{ {_CLAIMS} }} GROUP BY ?d }} }}"""
_SOURCES = f"""SELECT ?slug ?title ?documents (COALESCE(?held, 0) AS ?claims) ?licence {{
    ?s a dcat:Dataset ; dct:identifier ?slug .
    OPTIONAL {{ ?s dct:title ?title }} OPTIONAL {{ ?s dct:license ?licence }}
    {{ SELECT ?s (COUNT(DISTINCT ?d) AS ?documents) {{ ?d sp:fromSource ?s }} GROUP BY ?s }}
    OPTIONAL {{ SELECT ?s (COUNT(DISTINCT ?claim) AS ?held) {{
        {_CLAIMS} {{ SELECT ?d ?s {{ ?d sp:fromSource ?s }} }} }} GROUP BY ?s }} }}"""
_SOURCE_COLUMNS = ("source", "title", "documents", "claims", "licence")
_KINDS = (
    ("Organization", "organizations"),
    ("State", "states"),
    ("Person", "persons"),
    ("Mission", "missions"),
    ("Programme", "programmes"),
    ("SpaceObject", "space objects"),
    ("Agreement", "agreements"),
    ("Event", "claims of events"),
    ("PlannedEvent", "claims of plans"),
    ("Tenure", "claims of terms in office"),
)
_COLUMNS = (
    "document",
    "kind",
    "title",
    "publisher",
    "issued",
    "language",
    "tier",
    "seen",
    "claims",
    "url",
)


def documents(view: View) -> Table:
    """Return the documents of a view, with counts and the build in the notes."""
    rows = []
    for d, cls, title, publisher, named, issued, language, tier, seen, url, n in view.rows(
        _DOCUMENTS
    ):
        by = view.label(publisher) if publisher else named
        name = d.removeprefix(prefixes()["doc"])
        cells = (
            name,
            view.label(cls),
            title,
            by,
            issued,
            language,
            local(tier),
            local(seen),
            n,
            url,
        )
        rows.append(tuple(cell or NOT_STATED for cell in cells))
    return Table(_COLUMNS, tuple(rows), f"{len(rows)} documents", _notes(view))


def sources(view: View) -> Table:
    """Return the sources of a view with what each holds, and what all of them hold in the notes."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        tuple(cell or NOT_STATED for cell in row) for row in view.rows(_SOURCES) if row[2] != "0"
    )
    held = ", ".join(f"{n} {name}" for name, n in _kinds(view))
    licences = {str(row[-1]) for row in rows}
    columns: tuple[str, ...] = _SOURCE_COLUMNS
    notes = [f"holds: {held}", *_notes(view)]
    if len(licences) == 1:
        columns, rows = columns[:-1], tuple(row[:-1] for row in rows)
        notes.insert(1, f"licence of all: {licences.pop()}")
    title = f"{len(rows)} sources, {len(view.documents)} documents"
    return Table(columns, rows, title, tuple(notes))


def _kinds(view: View) -> list[tuple[str, int]]:
    """How many things of the main kinds there are, subclasses included."""
    counted_of = "SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x a/rdfs:subClassOf* sp:{} }}"
    return [(name, int(view.rows(counted_of.format(cls))[0][0])) for cls, name in _KINDS]


def _notes(view: View) -> tuple[str, ...]:
    build, data = view.build, edition.held(view)
    cite = (
        f"data: version {data.version} of {data.modified}; cite as: {data.citation}" if data else ""
    )
    return (
        *([cite] if cite else []),
        f"built by kg {build.get('version')}: {build.get('quads')} quads in "
        f"{build.get('graphs')} graphs, sha256 {build.get('sha256')}",
        f"speaks as of {view.today}: {'--as-of' if view.as_of else 'the latest day of issue'}",
        counted(view),
    )
