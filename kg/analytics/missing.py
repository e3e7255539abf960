"""What an entity lacks: identifiers, dates, roles, labels."""

from __future__ import annotations

from collections.abc import Iterator

from kg import period, phrase, vocab
from kg.analytics import _cells, _facts, _options
from kg.analytics._options import Plain
from kg.evidence import supports
from kg.namespaces import prefixes, sp
from kg.store import View
from kg.table import Table

DEFINITION = (
    "what no document in the view states: an identifier in a scheme that things of this class "
    "have, a label in English, a role, a date, a start of an extent, a bound of a day; facts with "
    "several claims lack something only when all of them do; not stated is not the same as absent"
)
SCHEMES = (
    ("SpaceAgency", ("wikidata", "ror")),
    ("ResearchInstitution", ("wikidata", "ror")),
    ("Organization", ("wikidata",)),
    ("State", ("wikidata",)),
    ("Person", ("wikidata",)),
    ("SpaceStation", ("wikidata", "cospar")),
    ("Spacecraft", ("wikidata", "cospar")),
    ("Mission", ("wikidata",)),
    ("Agreement", ("wikidata",)),
)
DATED = ("Participation", "Tenure", "Event", "PlannedEvent")
KINDS = ("identifier", "label", "role", "date", "start", "first day", "last day")


def run(view: View, *, entity: str = "", kind: str = "", **others: Plain) -> Table:
    """List what is not stated about a thing, or about everything.

    Args:
        view: The documents that count.
        entity: Name of the thing; everything in the register when empty.
        kind: Only this kind of lack: identifier, label, role, date, start, first day or last day.
        **others: None is known.

    Returns:
        One row a lack: the thing, the kind, what it is about, and the evidence of the fact that
        lacks it (for identifiers and labels: of the thing).

    Raises:
        KGError: If an option is unknown, or the name means nothing.
    """
    _options.refuse(others, ("entity", "kind"))
    if kind:
        _options.choice("kind", kind, KINDS)
    thing = _options.entity(view, entity)
    things = [thing] if thing else _register(view)
    lacks = [lack for one in things for lack in _lacks(view, one) if kind in ("", lack[1])]
    if not thing:
        lacks = _once(lacks)
    support = supports(view, [c for *_, claims in lacks for c in claims])
    rows = [
        (view.label(node), what, detail, *_cells.evidence(support[c] for c in claims))
        for node, what, detail, claims in lacks
    ]
    columns = ("entity", "lacks", "of", *_cells.EVIDENCE)
    title = f"What is not stated about {view.label(thing)}" if thing else "What is not stated"
    schemes = "; ".join(f"{name}: {' and '.join(found)}" for name, found in SCHEMES)
    notes = _cells.notes(view, DEFINITION, f"schemes looked for: {schemes}")
    return Table(columns, tuple(rows), title, notes)


_Lack = tuple[str, str, str, tuple[str, ...]]


def _once(lacks: list[_Lack]) -> list[_Lack]:
    """Keep a fact's lack once, with the first of the things that it is about."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for lack in lacks:
        key = (lack[1], *lack[3]) if lack[1] in KINDS[2:] else lack[:3]
        if key not in seen:
            seen.add(key)
            kept.append(lack)
    return kept


def _register(view: View) -> list[str]:
    home = prefixes()["id"]
    return [x for (x,) in view.rows("SELECT DISTINCT ?x { ?x a ?c }") if x.startswith(home)]


def _lacks(view: View, thing: str) -> Iterator[_Lack]:
    yield from _identifiers(view, thing)
    for fact in _facts.by_fact(view, _facts.about(view, thing)).values():
        claims = tuple(fact)
        text = phrase.phrase(view, fact[0])
        for what in _of_fact(view, fact):
            yield thing, what, text, claims


def _identifiers(view: View, thing: str) -> Iterator[_Lack]:
    words = vocab.load()
    types = view.types(thing)
    nodes = view.objects(thing, sp("identifier"))
    have = {view.value(n, sp("scheme")).casefold() for n in nodes}
    wanted = next((s for top, s in SCHEMES if any(words.is_a(t, top) for t in types)), ())
    for scheme in wanted:
        if scheme not in have:
            yield thing, "identifier", scheme, (thing,)
    languages = {getattr(t, "language", "") for t in view.terms(thing, _LABEL)}
    if "en" not in languages:
        yield thing, "label", "en", (thing,)


_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


def _of_fact(view: View, claims: list[str]) -> Iterator[str]:
    """Yield what none of the claims of a fact states."""
    words, cls = vocab.load(), sp(phrase.class_of(view, claims[0]))
    if words.is_a(cls, "Participation") and not any(view.value(c, sp("role")) for c in claims):
        yield "role"
    if not any(
        words.is_a(cls, top) for top in ("Participation", "Tenure", "Event", "PlannedEvent")
    ):
        return
    dates = [e for c in claims if (e := _facts.edtf(view, c))]
    if not dates:
        yield "date"
        return
    extents = [period.parse(e) for e in dates]
    intervals = words.is_a(cls, "Participation") or words.is_a(cls, "Tenure")
    if intervals and not any(p.start_earliest or p.start_latest for p in extents):
        yield "start"
    if not intervals and not any(p.start_earliest for p in extents):
        yield "first day"
    if not intervals and not any(p.end_latest for p in extents):
        yield "last day"
