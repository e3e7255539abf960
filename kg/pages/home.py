"""The first page: what this is, how much there is, and where to begin."""

from __future__ import annotations

from kg import edition
from kg.namespaces import RDF_TYPE, sp
from kg.pages.http import Response
from kg.pages.memory import Memory
from kg.pages.pairs import ranked
from kg.pages.registers import conflict_groups, plan_table
from kg.pages.render import Asked
from kg.pages.terms import counts
from kg.table import flat

PAIRS, PLANS, DISPUTES = 6, 5, 5


def page(asked: Asked) -> Response:
    """Return the first page; each number on it comes from a query."""
    view = asked.view
    plans = [r for r in plan_table(view).records() if r["outcome"] == "open"]
    plans.sort(key=lambda r: flat(r["window"]))
    disputes = conflict_groups(view)
    return asked.html(
        "home.html",
        edition=edition.held(view),
        pairs=ranked(view)[:PAIRS],
        pair_count=len(ranked(view)),
        plans=plans[:PLANS],
        plan_count=len(plans),
        disputes=[
            (name, rows[0], [flat(r["value"]) for r in rows]) for name, rows in disputes[:DISPUTES]
        ],
        dispute_count=len(disputes),
        classes=counts(asked.site.full)[:10],
        things=sum(n for _, n in counts(asked.site.full)),
        facts=view.once("facts", _facts),
        documents=len(view.documents),
    )


def _facts(view: Memory) -> int:
    return len(view.subjects(RDF_TYPE, sp("Fact")))
