"""What is not stated: identifiers, labels, roles, dates, a second source, an independent one."""

from __future__ import annotations

from collections import Counter

from kg import phrase, vocab
from kg.analytics import _cells, _options
from kg.analytics._lacks import KINDS, OF_FACTS, OF_THINGS, SCHEMES, Lack, Register
from kg.analytics._options import Plain
from kg.evidence import supports
from kg.store import View
from kg.table import EVIDENCE, NOT_STATED, Table

DEFINITION = (
    "what no document in the view states: an identifier in a scheme that things of this class "
    "have, a label in English, a role, a date, a start of an extent, a bound of a day; facts with "
    "several claims lack something only when all of them do. A second source is another publisher; "
    "an independent one, a publisher that takes no part in the fact; a page is lacking when every "
    "document that states the fact was last looked for in vain. Not stated is not absent"
)
_SCHEMES = "; ".join(f"{name}: {' and '.join(found)}" for name, found in SCHEMES)


def run(view: View, *, entity: str = "", kind: str = "", cls: str = "", **others: Plain) -> Table:
    """List what is not stated about a thing, or about everything.

    Args:
        view: The documents that count.
        entity: Name of the thing; everything in the register when empty.
        kind: Only this kind of lack: identifier, label, role, date, start, first day, last day,
            second source, independent source or page.
        cls: Only things, or facts, of this class or of one below it.
        **others: None is known.

    Returns:
        One row a lack: the thing, the kind, what it is about, and the evidence of the fact that
        lacks it (for identifiers and labels: of the thing).

    Raises:
        KGError: If an option is unknown, or the name means nothing.
    """
    thing, lacks = _found(view, entity, kind, cls, others, named=True)
    support = supports(view, [c for lack in lacks for c in lack.claims])
    rows = [
        (
            view.label(x.thing) if x.thing else NOT_STATED,
            x.kind,
            x.detail or phrase.phrase(view, x.claims[0]),
            *_cells.evidence(support[c] for c in x.claims),
        )
        for x in lacks
    ]
    columns = ("entity", "lacks", "of", *EVIDENCE)
    title = f"What is not stated about {view.label(thing)}" if thing else "What is not stated"
    totals = Counter(x.kind for x in lacks)
    counts = ", ".join(f"{totals[k]} {k}" for k in KINDS if totals[k]) or "nothing"
    heads = f"counts: {counts}", f"schemes looked for: {_SCHEMES}"
    return Table(columns, tuple(rows), f"{title}: {counts}", _cells.notes(view, DEFINITION, *heads))


def counts(
    view: View, *, entity: str = "", kind: str = "", cls: str = "", **others: Plain
) -> Table:
    """Count what is not stated: one row a kind of lack and a class.

    Args:
        view: The documents that count.
        entity: As for :func:`run`.
        kind: As for :func:`run`.
        cls: As for :func:`run`.
        **others: None is known.

    Raises:
        KGError: If an option is unknown, or the name means nothing.
    """
    _, lacks = _found(view, entity, kind, cls, others, named=bool(cls))
    words = vocab.load()
    named = Counter((x.kind, x.detail, words.label(x.cls) if x.cls else NOT_STATED) for x in lacks)
    order = sorted(named, key=lambda k: (KINDS.index(k[0]), k[1], -named[k], k[2]))
    rows = tuple((what, of or NOT_STATED, name, str(named[what, of, name]))
                 for what, of, name in order)  # fmt: skip
    columns = ("lacks", "scheme", "class", "how many")
    notes = _cells.notes(view, DEFINITION, f"schemes looked for: {_SCHEMES}")
    return Table(columns, rows, "What is not stated, counted", notes)


def _found(
    view: View, entity: str, kind: str, cls: str, others: dict[str, Plain], *, named: bool
) -> tuple[str, list[Lack]]:
    _options.refuse(others, ("entity", "kind", "cls"))
    if kind:
        _options.choice("kind", kind, KINDS)
    top = vocab.load().class_iri(cls) if cls else ""
    thing = _options.entity(view, entity)
    register = Register(view, thing)
    lacks: list[Lack] = []
    if kind in ("", *OF_THINGS):
        lacks += register.of_things()
    if kind in ("", *OF_FACTS):
        lacks += register.of_facts(named=named)
    kept = [x for x in lacks if kind in ("", x.kind) and (not top or _of_class(view, x, top))]
    return thing, sorted(kept, key=lambda x: (x.thing, x.kind in OF_FACTS))


def _of_class(view: View, lack: Lack, top: str) -> bool:
    words = vocab.load()
    types = {lack.cls, *(view.types(lack.thing) if lack.thing else ())}
    return any(words.is_a(t, top) for t in types if t)
