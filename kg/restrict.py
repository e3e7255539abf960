"""A restricted view: the allowed documents merged anew, with shortcuts derived anew.

Everything a reader asks is asked of a view, so that `--as-of`, `--document` and FROM work alike
on every command.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

import pyoxigraph as ox

from kg import bulk, derive
from kg.errors import UnknownNameError, suggest
from kg.namespaces import iri, prefixes
from kg.store import CATALOGUE, DERIVED, ONTOLOGY, REGISTER, Key, View

KEPT = 2
"""How many merged stores are kept, for who asks again; who wants more of them holds them."""


def restrict(
    view: View, *, as_of: date | None = None, documents: Iterable[str] | None = None
) -> View:
    """Return a view of only some documents.

    Args:
        view: The full view.
        as_of: Keep documents whose latest possible day of issue is not after this day; undated
            ones are left out.
        documents: Keep these documents: identifiers, CURIEs or IRIs.

    Returns:
        View: with the ontology, the register, the catalogue entries of the allowed documents, and
        why each other document is left out.

    Raises:
        UnknownNameError: If a document is not in the view.
    """
    if as_of is None and documents is None:
        return view
    chosen = None if documents is None else {_document(view, d) for d in documents}
    left_out = dict(view.left_out)
    for document, (_, last) in sorted(view.documents.items()):
        if reason := _reason(document, last, as_of, chosen):
            left_out[document] = reason
    allowed = frozenset(view.documents) - frozenset(left_out)
    merged = _merged(Key(view), allowed)
    days = [day for day in (view.as_of, as_of) if day]
    return replace(merged, as_of=min(days, default=None), left_out=left_out)


def _reason(document: str, last: str, as_of: date | None, chosen: set[str] | None) -> str:
    if chosen is not None and document not in chosen:
        return "not asked for"
    if as_of and not last:
        return "day of issue not stated"
    if as_of and date.fromisoformat(last) > as_of:
        return f"issued {last}, after {as_of}"
    return ""


def _document(view: View, name: str) -> str:
    full = iri(name) if ":" in name else iri("doc:" + name)
    if full not in view.documents:
        known = [d.removeprefix(prefixes()["doc"]) for d in view.documents]
        fix = suggest(name.removeprefix("doc:"), known) or "kg info documents lists them"
        raise UnknownNameError(f"no document '{name}'", fix=fix)
    return full


@lru_cache(maxsize=KEPT)
def _merged(key: Key, allowed: frozenset[str]) -> View:
    view = key.view
    made = ox.Store()
    for graph in [*sorted(allowed), iri(ONTOLOGY), iri(REGISTER)]:
        _copy(view.store, made, graph)
    _copy(view.store, made, iri(CATALOGUE), keep=_describes(allowed))
    plain = View(made, view.build, allowed=allowed, home=view.home, path=view.path)
    derived = bulk.load(derive.derive(plain))
    _copy(derived, made, iri(DERIVED))
    return plain


def side_by_side(view: View, merged: View | None, named: Iterable[str]) -> View:
    """Return a view with the merge of one view, or none, and some documents as named graphs.

    Args:
        view: Holds the documents.
        merged: Its merge becomes the default graph, which is empty without it.
        named: IRIs of the documents that become named graphs, and no part of the default graph.
    """
    made, triples = ox.Store(), ox.RdfFormat.N_TRIPLES
    allowed = set(named)
    for graph in sorted(allowed):
        node = ox.NamedNode(graph)
        lines = view.store.dump(format=triples, from_graph=node) or b""
        made.bulk_load(lines, format=triples, to_graph=node)
    if merged:
        lines = merged.store.dump(format=triples, from_graph=ox.DefaultGraph()) or b""
        made.bulk_load(lines, format=triples)
        allowed |= merged.allowed or set()
    return replace(view, store=made, allowed=frozenset(allowed))


def _describes(allowed: frozenset[str]) -> Callable[[ox.Triple], bool]:
    home = prefixes()["doc"]

    def keep(triple: ox.Triple) -> bool:
        subject = getattr(triple.subject, "value", "")
        return not subject.startswith(home) or subject in allowed

    return keep


def _copy(
    source: ox.Store, target: ox.Store, graph: str, keep: Callable[[ox.Triple], bool] | None = None
) -> None:
    name = ox.NamedNode(graph)
    lines = source.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=name) or b""
    if keep:
        quads = ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)
        kept = [q.triple for q in quads if keep(q.triple)]
        lines = ox.serialize(kept, format=ox.RdfFormat.N_TRIPLES) or b""
    target.bulk_load(lines, format=ox.RdfFormat.N_TRIPLES, to_graph=name)
    target.bulk_load(lines, format=ox.RdfFormat.N_TRIPLES)


def counted(view: View) -> str:
    """Say how many documents count, and how many are left out and why."""
    head = f"as of {view.today}; documents that count: {len(view.documents)}"
    tail = why_left_out(view)
    return f"{head}; left out: {len(view.left_out)}" + (f" ({tail})" if tail else "")


def why_left_out(view: View) -> str:
    """Say how many documents are left out for which reason, or ""."""
    reasons = Counter(re.sub(r"^issued \S+, ", "issued ", r) for r in view.left_out.values())
    return ", ".join(f"{n} {reason}" for reason, n in sorted(reasons.items()))
