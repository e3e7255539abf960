"""The store as a plain `rdflib.Dataset` that cannot write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import XSD, Dataset, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from kg import _guard
from kg.errors import QueryError, StoreError
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

    def __len__(self, context: Any = None) -> int:
        """Count the triples of one graph; oxrdflib makes all graphs distinct for it."""
        name = getattr(context, "identifier", context)
        whole = name is None or name == DATASET_DEFAULT_GRAPH_ID
        graph = ox.DefaultGraph() if whole else ox.NamedNode(str(name))
        return sum(1 for _ in self._inner.quads_for_pattern(None, None, None, graph))

    def query(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        """Run a query; SERVICE, and FROM (which would be ignored in silence), are refused."""
        if isinstance(query, str):
            self._check(query, args[0] if args else kwargs.get("initNs") or {})
        result = super().query(query, *args, **kwargs)
        if result.type == "SELECT":
            result.bindings = [{k: _plain(v) for k, v in row.items()} for row in result.bindings]
        return result

    def _check(self, query: str, declared: Any) -> None:
        found = list(_guard.tokens(query))
        _guard.refuse(found, query, "query")
        for token in found:
            if token.kind == "word" and token.text.upper() == "FROM":
                fix = "open a view of those documents: kg.open(documents=[...]) or as_of=..."
                where = _guard.origin(query, token.start, "query")
                raise QueryError("FROM has no effect on a data set", origin=where, fix=fix)
        known = {**self._namespace_for_prefix, **declared}
        try:
            _guard.check_offline(query, {k: str(v) for k, v in known.items()})
        except SyntaxError as error:
            message = f"syntax error, or SERVICE, which is refused: {error}"
            raise QueryError(f"query: {message}") from None

    def add_graph(self, graph: Any) -> None:
        """Do nothing: `Dataset.graph()` calls it to read a graph, too."""

    def _refuse(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise StoreError("this data set is read-only", fix="copy it into a Graph of your own")

    add = remove = update = remove_graph = open = destroy = _refuse
    addN = _refuse  # noqa: N815 - rdflib's own name


def read_only_dataset(store: ox.Store) -> Dataset:
    """Return a read-only `rdflib.Dataset` over an Oxigraph store, with our prefixes bound."""
    inner = ReadOnlyStore(store=store)
    for prefix, namespace in prefixes().items():
        OxigraphStore.bind(inner, prefix, URIRef(namespace))
    return Dataset(store=inner, default_union=False)
