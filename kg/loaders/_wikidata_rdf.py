"""RDF of Wikidata to items: full statements where they are given, simple ones elsewhere.

Reference: Wikibase RDF dump format
(https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TypeAlias

import pyoxigraph as ox

from kg.loaders import _wikidata_time as time
from kg.loaders._rdfstore import Loaded
from kg.loaders._wikidata_item import DEPRECATED, NORMAL, PREFERRED, Item, Told
from kg.loaders._wikidata_json import circa, term

ENTITY = "http://www.wikidata.org/entity/"
ITEM = ENTITY + "Q"
_PROP = "http://www.wikidata.org/prop/"
_DIRECT, _STATEMENT = _PROP + "direct/", _PROP + "statement/"
_QUALIFIER, _REFERENCE = _PROP + "qualifier/", _PROP + "reference/"
_NO_VALUE = _PROP + "novalue/"
_BASE = "http://wikiba.se/ontology#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABELS = {
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://schema.org/name",
}
_ALIAS = "http://www.w3.org/2004/02/skos/core#altLabel"
_SAME = "http://www.w3.org/2002/07/owl#sameAs"
_ABOUT = ox.NamedNode("http://schema.org/about")
_CHANGED = ox.NamedNode("http://schema.org/dateModified")
_DERIVED = "http://www.w3.org/ns/prov#wasDerivedFrom"
_RANKS = {"PreferredRank": PREFERRED, "DeprecatedRank": DEPRECATED, "NormalRank": NORMAL}
_MANY = 3

_Node: TypeAlias = "dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]"


def items(loaded: Loaded) -> Iterator[Item]:
    """Yield the items of a store, by number.

    Args:
        loaded: The store, with the subjects that begin with :data:`ITEM`.
    """
    for subject in sorted(loaded.subjects, key=lambda s: (len(s), s)):
        ident = subject.removeprefix(ENTITY)
        if ident[1:].isdigit():
            yield _item(ident, _node(loaded.store, ox.NamedNode(subject)), loaded.store)


def _node(store: ox.Store, subject: ox.NamedNode | ox.BlankNode) -> _Node:
    found: _Node = defaultdict(list)
    for quad in store.quads_for_pattern(subject, None, None, None):
        if not isinstance(quad.object, ox.Triple):
            found[quad.predicate.value].append(quad.object)
    for values in found.values():
        values.sort(key=str)
    return found


def _item(ident: str, node: _Node, store: ox.Store) -> Item:
    same = [t.value for t in node.get(_SAME, ()) if t.value.startswith(ITEM)]
    if same:
        return Item(same[0].removeprefix(ENTITY), place=ident)
    made = Item(ident, place=ident, modified=_modified(ident, store))
    full = {
        p.removeprefix(_PROP) for p in node if p.startswith(_PROP) and "/" not in p[len(_PROP) :]
    }
    for predicate in sorted(node):
        values = node[predicate]
        if predicate in _LABELS:
            for value in values:
                if isinstance(value, ox.Literal):
                    made.labels.setdefault(value.language or "", value.value)
        elif predicate == _ALIAS:
            for value in values:
                if isinstance(value, ox.Literal):
                    made.aliases.setdefault(value.language or "", []).append(value.value)
        elif predicate == _RDF:
            made.told += [_simple("P31", v) for v in values if v.value.startswith(ITEM)]
        elif predicate.startswith(_DIRECT):
            name = predicate.removeprefix(_DIRECT)
            if name not in full:
                made.told += [_simple(name, value) for value in values]
        elif predicate.removeprefix(_PROP) in full:
            name = predicate.removeprefix(_PROP)
            made.told += [t for v in values if (t := _statement(name, v, store))]
    return made


def _modified(ident: str, store: ox.Store) -> str:
    """Return when an item was last changed, as the node of its data says, or ""."""
    for quad in store.quads_for_pattern(None, _ABOUT, ox.NamedNode(ENTITY + ident), None):
        for found in store.quads_for_pattern(quad.subject, _CHANGED, None, None):
            return str(getattr(found.object, "value", ""))
    return ""


def _simple(name: str, value: ox.NamedNode | ox.BlankNode | ox.Literal) -> Told:
    kind, text, language, state = _term(value)
    return Told(name, kind, text, language, state=state)


def _term(value: ox.NamedNode | ox.BlankNode | ox.Literal) -> tuple[str, str, str, str]:
    if isinstance(value, ox.BlankNode):
        return "", "", "", "somevalue"
    if isinstance(value, ox.NamedNode):
        return term(value.value, True, "", "")
    return term(value.value, False, value.datatype.value, value.language or "")


def _statement(
    name: str, value: ox.NamedNode | ox.BlankNode | ox.Literal, store: ox.Store
) -> Told | None:
    if isinstance(value, ox.Literal):
        return None
    node = _node(store, value)
    if not node:
        return None
    told = Told(name, place=value.value.removeprefix(ENTITY + "statement/"))
    for rank in node.get(_BASE + "rank", ()):
        told.rank = _RANKS.get(rank.value.removeprefix(_BASE), NORMAL)
    given = node.get(_STATEMENT + name)
    if given:
        told.kind, told.value, told.language, told.state = _term(given[0])
        if told.kind == "time" or told.state == "no-date":
            told.kind, told.value, told.state = _timed(
                node, _STATEMENT + "value/" + name, told, store
            )
    else:
        none = any(t.value == _NO_VALUE + name for t in node.get(_RDF, ()))
        told.state = "novalue" if none else "unread"
    told.start, told.end, told.at = (_date(node, p, store) for p in ("P580", "P582", "P585"))
    told.ended = _QUALIFIER + "P582" in node
    told.role = _only(node, "P3831")
    if told.kind == "time" and told.value and _only(node, "P1480") == time.CIRCA:
        told.value = circa(told.value)
    told.reference = _references(node, store)
    return told


def _timed(node: _Node, predicate: str, told: Told, store: ox.Store) -> tuple[str, str, str]:
    exact = _precise(node, predicate, store)
    if exact is None:
        return told.kind, told.value, told.state
    return "time", exact, "" if exact else "no-date"


def _precise(node: _Node, predicate: str, store: ox.Store) -> str | None:
    """Return a date with its precision, "" if it cannot be said, None where there is no node.

    Times in RDF are in the Gregorian calendar already, if precise to the day.
    """
    for place in node.get(predicate, ()):
        if isinstance(place, ox.Literal):
            continue
        value = _node(store, place)
        moment, precision = (value.get(_BASE + n) for n in ("timeValue", "timePrecision"))
        if moment and precision and precision[0].value.isdigit():
            return time.edtf(moment[0].value, int(precision[0].value))
    return None


def _date(node: _Node, name: str, store: ox.Store) -> str:
    given = node.get(_QUALIFIER + name) or ()
    if any(t.value == _NO_VALUE + name for t in node.get(_RDF, ())):
        return ".."
    if len(given) != 1:
        return ""
    exact = _precise(node, _QUALIFIER + "value/" + name, store)
    kind, text, _, _ = _term(given[0])
    found = exact if exact is not None else text if kind == "time" else ""
    return "" if found.startswith("[") else found


def _only(node: _Node, name: str) -> str:
    given = node.get(_QUALIFIER + name) or ()
    return _term(given[0])[1] if len(given) == 1 else ""


def _references(node: _Node, store: ox.Store) -> str:
    said: dict[str, None] = {}
    for place in node.get(_DERIVED, ()):
        if not isinstance(place, ox.Literal):
            found = _node(store, place)
            for name in ("P854", "P248"):
                for value in found.get(_REFERENCE + name, ()):
                    if text := _term(value)[1]:
                        said[text] = None
    return ", ".join(list(said)[:_MANY])
