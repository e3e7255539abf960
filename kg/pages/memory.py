"""A view that remembers what it has read, so that a page asks the store for a node once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any, TypeVar

import pyoxigraph as ox

from kg.store import View

T = TypeVar("T")
NODES = 40_000
"""How many nodes are remembered; the one asked for longest ago is forgotten first."""


@dataclass(frozen=True)
class Memory(View):
    """A view in whose answers about single nodes the store is asked only once a node.

    Safe to use from several threads: a node is at worst read twice.
    """

    _node: Callable[[str], dict[str, list[Any]]] = field(init=False, repr=False, compare=False)
    _label: Callable[[str, tuple[str, ...]], str] = field(init=False, repr=False, compare=False)
    _once: dict[str, Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_node", lru_cache(NODES)(self._read))
        object.__setattr__(self, "_label", lru_cache(NODES)(super().label))

    def _read(self, subject: str) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        with self._reading():
            node, merge = ox.NamedNode(subject), ox.DefaultGraph()
            for quad in self.store.quads_for_pattern(node, None, None, merge):
                found.setdefault(quad.predicate.value, []).append(quad.object)
        return found

    def terms(self, subject: str, predicate: str) -> list[Any]:
        """Return the terms of a property in the merge, in no order."""
        return self._node(subject).get(predicate, [])

    def described(self, subject: str) -> dict[str, list[str]]:
        """Return predicate → values of a node in the merge, in no order."""
        node = self._node(subject)
        return {p: [str(getattr(t, "value", "")) for t in terms] for p, terms in node.items()}

    def label(self, term: str, languages: Iterable[str] = ("en",)) -> str:
        """Return a label in the first language that has one, else any, else the local name."""
        return self._label(term, tuple(languages))

    def once(self, name: str, make: Callable[[Memory], T]) -> T:
        """Return what is made of the whole view, made when it is first asked for."""
        if name not in self._once:
            self._once[name] = make(self)
        found: T = self._once[name]
        return found


def remember(view: View) -> Memory:
    """Return a view of the same documents that remembers."""
    return Memory(**{f.name: getattr(view, f.name) for f in fields(View)})
