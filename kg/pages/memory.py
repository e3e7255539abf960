"""A view that remembers what it has read, so that a page asks the store for a node once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

import pyoxigraph as ox

from kg.store import View

T = TypeVar("T")
NODES = 40_000
"""How many nodes are remembered; the one asked for longest ago is forgotten first."""
THINGS = 2_000
"""Of how many things is kept what was made of them."""


class _Node(NamedTuple):
    terms: dict[str, list[Any]]
    values: dict[str, list[str]]


@dataclass(frozen=True, eq=False)
class Memory(View):
    """A view in whose answers about single nodes the store is asked only once a node.

    Safe to use from several threads: a node is at worst read twice. What it returns is shared, so
    it must not be changed.
    """

    _node: Callable[[str], _Node] = field(init=False, repr=False)
    _label: Callable[[str, tuple[str, ...]], str] = field(init=False, repr=False)
    _kept: Callable[[Callable[[Memory, str], Any], str], Any] = field(init=False, repr=False)
    _once: dict[str, Any] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        for name, size, read in (
            ("_node", NODES, self._read),
            ("_label", NODES, super().label),
            ("_kept", THINGS, lambda make, thing: make(self, thing)),
        ):
            object.__setattr__(self, name, lru_cache(size)(read))

    def _read(self, subject: str) -> _Node:
        terms: dict[str, list[Any]] = {}
        with self._reading():
            node, merge = ox.NamedNode(subject), ox.DefaultGraph()
            for quad in self.store.quads_for_pattern(node, None, None, merge):
                terms.setdefault(quad.predicate.value, []).append(quad.object)
        values = {p: [str(getattr(t, "value", "")) for t in found] for p, found in terms.items()}
        return _Node(terms, values)

    def terms(self, subject: str, predicate: str) -> list[Any]:
        """Return the terms of a property in the merge, in no order."""
        return self._node(subject).terms.get(predicate, [])

    def described(self, subject: str) -> dict[str, list[str]]:
        """Return predicate → values of a node in the merge, in no order."""
        return self._node(subject).values

    def objects(self, subject: str, predicate: str) -> list[str]:
        """Return the values of a property in the merge, sorted."""
        return sorted(self._node(subject).values.get(predicate, ()))

    def label(self, term: str, languages: Iterable[str] = ("en",)) -> str:
        """Return a label in the first language that has one, else any, else the local name."""
        return self._label(term, tuple(languages))

    def kept(self, make: Callable[[Memory, str], T], thing: str) -> T:
        """Return what is made of one thing; the one asked for longest ago is forgotten first."""
        found: T = self._kept(make, thing)
        return found

    def once(self, name: str, make: Callable[[Memory], T]) -> T:
        """Return what is made of the whole view, made when it is first asked for."""
        if name not in self._once:
            self._once[name] = make(self)
        found: T = self._once[name]
        return found


def remember(view: View) -> Memory:
    """Return a view of the same documents that remembers."""
    return Memory(**{f.name: getattr(view, f.name) for f in fields(View)})
