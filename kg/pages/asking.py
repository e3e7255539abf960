"""The named questions as forms, and the page for SPARQL of one's own."""

from __future__ import annotations

from dataclasses import dataclass

from kg import questions
from kg.errors import KGError, Origin, UnknownNameError
from kg.namespaces import prefixes
from kg.pages import rows
from kg.pages.http import Response
from kg.pages.negotiate import TABLE, chosen, ending
from kg.pages.render import Asked
from kg.pages.scope import CLOCKS
from kg.query import run
from kg.questions import Parameter, Query
from kg.table import Table

NAMED = {"actor", "entity", "person", "organization"}
"""Types of parameters that take a name, and so have completion."""
EXAMPLES = (
    (
        "Missions by number of agencies",
        "SELECT ?mission ?label (COUNT(DISTINCT ?agency) AS ?agencies) {\n"
        "  ?agency a sp:SpaceAgency ; sp:participatesIn ?mission .\n"
        '  ?mission a sp:Mission ; rdfs:label ?label . FILTER(LANG(?label) = "en")\n'
        "} GROUP BY ?mission ?label ORDER BY DESC(?agencies) ?label LIMIT 20",
    ),
    (
        "What one document states",
        "SELECT ?claim ?gist {\n  ?claim sp:evidence ?e .\n"
        "  ?e sp:document doc:csa-2025-07-09 ; sp:gist ?gist .\n} ORDER BY ?claim",
    ),
    (
        "Plans announced in a year",
        "SELECT ?plan ?day ?window {\n"
        "  ?plan a sp:PlannedEvent ; sp:announcedOn ?day ; sp:plannedFor/sp:edtf ?window .\n"
        '  FILTER(?day >= "2025-01-01"^^xsd:date)\n} ORDER BY ?day ?plan',
    ),
)


def index(asked: Asked) -> Response:
    """List the named questions."""
    found = [(q, q.questions) for q in questions.load_all().values()]
    return asked.html("questions.html", queries=found, elsewhere=questions.answered_elsewhere())


def page(asked: Asked) -> Response:
    """Return a question: its form, and the answer."""
    path, form = ending(asked.path, TABLE)
    form = chosen(form, asked.request.get("format"), asked.request.accept, TABLE)
    name = path.partition("/")[2]
    if not name:
        return index(asked)
    if name not in questions.load_all():
        near = questions.find(name)[0].name  # ids such as q01, or an error with close matches
        raise UnknownNameError(f"there is no question '{name}' here", fix=f"see '{near}'")
    query = questions.load_all()[name]
    own = [p for p in query.parameters if p not in CLOCKS]  # a clock is set for the whole page
    given = {p: asked.request.get(p) for p in own if asked.request.get(p)}
    try:
        table = run(asked.view, name, given, on=asked.scope.on, names_in=asked.site.full)
    except KGError as error:
        if form in {"csv", "json"}:
            raise
        status = 200 if not given else 404 if isinstance(error, UnknownNameError) else 400
        return _form(asked, query, given, None, error, status)
    if form in {"csv", "json"}:
        return rows.response(table, form)
    return _form(asked, query, given, table, None, 200)


def answerable(asked: Asked) -> list[str]:
    """Return the questions whose defaults name things of this store, sorted."""
    found = []
    for name in questions.load_all():
        try:
            run(asked.view, name, names_in=asked.site.full, most=1)
        except KGError:
            continue
        found.append(name)
    return found


def _form(
    asked: Asked,
    query: Query,
    given: dict[str, str],
    table: Table | None,
    error: KGError | None,
    status: int,
) -> Response:
    return asked.html(
        "question.html",
        status=status,
        query=query,
        fields=[
            _field(p, given.get(p.name, p.default))
            for p in query.parameters.values()
            if p.name not in CLOCKS
        ],
        given=given,
        table=table,
        shown=rows.shown(table) if table else None,
        error=error,
    )


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: the parameter, its value, and how it is filled in."""

    parameter: Parameter
    value: str
    kind: str


def _field(parameter: Parameter, value: str) -> Field:
    kinds = {"boolean": "choice", "date": "date", "today": "date"}
    named = "name" if parameter.type in NAMED else "text"
    return Field(parameter, value, kinds.get(parameter.type, named))


def sparql(asked: Asked) -> Response:
    """Return the page for SPARQL of one's own; a query in the address is run and shown."""
    _, form = ending(asked.path, TABLE)
    text = next((v for k, v in asked.request.query if k == "query"), "")
    form = chosen(
        form, asked.request.get("format"), "" if not text else asked.request.accept, TABLE
    )
    table, error = None, None
    if text.strip():
        try:
            table = asked.site.ask(asked.view, text)
        except KGError as found:
            error = found
    if form in {"csv", "json"} and table:
        return rows.response(table, form)
    line = error.origin.line if error and isinstance(error.origin, Origin) else 0
    return asked.html(
        "sparql.html",
        status=400 if error else 200,
        text=text or EXAMPLES[0][1],
        asked_for=bool(text.strip()),
        examples=EXAMPLES,
        declared=sorted(prefixes().items()),
        table=table,
        shown=rows.shown(table) if table else None,
        error=error,
        wrong=[(n, s, n == line) for n, s in enumerate(text.splitlines(), 1)] if line else [],
    )
