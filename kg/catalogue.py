"""What the store holds: documents, sources, licences, counts."""

from __future__ import annotations

from kg import edition
from kg.evidence import local
from kg.namespaces import prefixes
from kg.restrict import counted
from kg.store import View
from kg.table import NOT_STATED, Table

_DOCUMENTS = """SELECT ?d ?type ?title ?publisher ?named ?issued ?language ?tier ?seen ?url
    (COUNT(DISTINCT ?claim) AS ?n) {
    ?d sp:fromSource ?source ; a ?type .
    OPTIONAL { ?d dct:title ?title } OPTIONAL { ?d dct:publisher ?publisher }
    OPTIONAL { ?d sp:publisherName ?named } OPTIONAL { ?d sp:issued ?issued }
    OPTIONAL { ?d dct:language ?language } OPTIONAL { ?d sp:tier ?tier }
    OPTIONAL { ?d sp:seen ?seen } OPTIONAL { ?d sp:url ?url }
    OPTIONAL { ?claim sp:ofFact ?f ; sp:evidence/sp:document ?d } }
    GROUP BY ?d ?type ?title ?publisher ?named ?issued ?language ?tier ?seen ?url"""
_LICENCES = """SELECT ?slug ?title ?licence { ?s a dcat:Dataset ; dct:identifier ?slug
    OPTIONAL { ?s dct:title ?title } OPTIONAL { ?s dct:license ?licence } }"""
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
    build = view.build
    data = edition.held(view)
    notes = [
        *(
            [f"data: version {data.version} of {data.modified}; cite as: {data.citation}"]
            if data
            else []
        ),
        f"built by kg {build.get('version')}: {build.get('quads')} quads in "
        f"{build.get('graphs')} graphs, sha256 {build.get('sha256')}",
        f"speaks as of {view.today}: {'--as-of' if view.as_of else 'the latest day of issue'}",
        *(f"source {slug}: {title} ({licence})" for slug, title, licence in view.rows(_LICENCES)),
        counted(view),
    ]
    return Table(_COLUMNS, tuple(rows), f"{len(rows)} documents", tuple(notes))
