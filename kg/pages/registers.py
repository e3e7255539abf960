"""The plan tracker, and the register of contradictions."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from kg import phrase
from kg.analytics import conflicts, plans
from kg.namespaces import iri, sp
from kg.pages.facts import linked, mentioned
from kg.pages.http import Response
from kg.pages.lists import part
from kg.pages.memory import Memory
from kg.pages.negotiate import TABLE, chosen, ending, no_page
from kg.pages.render import Asked
from kg.pages.rows import many, response, sources_of
from kg.table import Cell, Table, flat

SIZE = 40


def plan_table(view: Memory) -> Table:
    """Return all plans with their outcomes."""
    return view.once("plans", lambda v: plans.run(v))


def conflict_table(view: Memory) -> Table:
    """Return all contradictions, one row a value."""
    return view.once("conflicts", lambda v: conflicts.run(v))


def outcome_slug(outcome: str) -> str:
    """Return an outcome as a part of a path."""
    return outcome.replace(" ", "-")


def plan_page(asked: Asked) -> Response:
    """List plans: by default those that are open, with how many have which outcome."""
    path, form = ending(asked.path, TABLE)
    form = chosen(form, asked.request.get("format"), asked.request.accept, TABLE)
    table = plan_table(asked.view)
    if form in {"csv", "json"}:
        return response(table, form)
    _, _, rest = path.partition("/")
    name, _, number = rest.partition("/")
    known = {outcome_slug(o): o for o in plans.OUTCOMES}
    if name and name not in known:
        raise no_page(asked.path)
    records = table.records()
    counts = {o: sum(r["outcome"] == o for r in records) for o in plans.OUTCOMES}
    wanted = known.get(name, "open")
    kept = [r for r in records if r["outcome"] == wanted]
    kept.sort(key=lambda r: flat(r["window"]), reverse=wanted != "open")
    found = part(kept, f"plans/{outcome_slug(wanted)}", number, SIZE)
    return asked.html(
        "plans.html",
        part=found,
        wanted=wanted,
        outcomes=[(o, n, outcome_slug(o)) for o, n in counts.items() if n],
        sources=[sources_of(r) for r in found.items],
        definition=plans.DEFINITION,
    )


def conflict_groups(view: Memory) -> list[tuple[str, list[Mapping[str, Cell]]]]:
    """Return the contradictions: name, and one row a value, nearest source first."""
    rows = conflict_table(view).records()
    return [(k, list(g)) for k, g in groupby(rows, key=lambda r: flat(r["conflict"]))]


def conflict_index(asked: Asked) -> Response:
    """List the contradictions."""
    path, form = ending(asked.path, TABLE)
    form = chosen(form, asked.request.get("format"), asked.request.accept, TABLE)
    if form in {"csv", "json"}:
        return response(conflict_table(asked.view), form)
    kept = part(conflict_groups(asked.view), "conflicts", path.partition("/")[2], SIZE)
    return asked.html(
        "conflicts.html",
        part=kept,
        groups=[_group(asked, *group) for group in kept.items],
        definition=conflicts.DEFINITION,
    )


def conflict_page(asked: Asked) -> Response:
    """Return one contradiction."""
    name = asked.path.partition("/")[2]
    found = [g for g in conflict_groups(asked.view) if g[0] == name]
    if not found:
        raise no_page(asked.path)
    return asked.html("conflict.html", group=_group(asked, *found[0]))


def _group(asked: Asked, name: str, rows: list[Mapping[str, Cell]]) -> dict[str, object]:
    view = asked.view
    claims = view.objects(iri(f"conflict:{name}"), sp("concerns"))
    things = {t for c in claims for t in mentioned(view, c)}
    facts = sorted({f for c in claims for f in view.objects(c, sp("ofFact"))})
    return {
        "name": name,
        "iri": iri(f"conflict:{name}"),
        "about": list(linked(view, flat(rows[0]["about"]), sorted(things))),
        "text": flat(rows[0]["about"]),
        "property": flat(rows[0]["property"]),
        "kind": flat(rows[0]["kind"]).replace("-", " "),
        "facts": facts,
        "sides": [(flat(r["value"]), many(r["tier"]), sources_of(r)) for r in rows],
        "said": [phrase.phrase(view, c) for c in claims[:1]],
    }
