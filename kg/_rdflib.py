"""The store as a plain `rdflib.Dataset` that cannot write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import XSD, Dataset, Literal, URIRef

from kg.errors import StoreError
from kg.namespaces import prefixes


def _plain(term: Any) -> Any:
    if isinstance(term, Literal) and term.datatype == XSD.string:
        return Literal(str(term))
    return term


class ReadOnlyStore(OxigraphStore):
    """Oxigraph behind rdflib, without its writing half, and with plain string literals."""

    def triples(self, pattern: Any, context: Any = None) -> Iterator[Any]:
        """Yield matching triples; `xsd:string` is dropped, as rdflib compares it unequal."""
        for triple, contexts in super().triples(pattern, context):
            yield tuple(_plain(t) for t in triple), contexts

    def _refuse(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise StoreError("this data set is read-only", fix="copy it into a Graph of your own")

    add = remove = update = add_graph = remove_graph = _refuse
    addN = _refuse  # noqa: N815 - rdflib's own name


def read_only_dataset(store: ox.Store) -> Dataset:
    """Return a read-only `rdflib.Dataset` over an Oxigraph store, with our prefixes bound."""
    inner = ReadOnlyStore(store=store)
    for prefix, namespace in prefixes().items():
        OxigraphStore.bind(inner, prefix, URIRef(namespace))
    return Dataset(store=inner, default_union=False)
