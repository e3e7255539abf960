"""What the pages of one store share: the store, restricted views, the index of names."""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from functools import cached_property
from threading import Lock

from kg.pages.memory import Memory, remember
from kg.pages.names import Index
from kg.restrict import restrict
from kg.sparql import Limits, run
from kg.store import View
from kg.table import Table

VIEWS = 6
"""How many restricted views are kept; one of the curated graph takes 30 to 60 MB."""
QUERY = Limits(seconds=10.0, rows=2_000, bytes=8 * 1024 * 1024)
"""What a query of the SPARQL page may use."""


class Site:
    """The pages of one store; may be used from several threads.

    Args:
        view: The whole store.
        ask: Runs the SPARQL of a user on a view; by default in a child process within
            :data:`QUERY`. A server may give its own, to count such queries with its others.
    """

    def __init__(self, view: View, ask: Callable[[View, str], Table] | None = None) -> None:
        self.full = remember(view)
        self.ask = ask or (lambda view, text: run(view, text, QUERY))
        self._views: OrderedDict[date, Memory] = OrderedDict()
        self._lock = Lock()

    def view(self, as_of: date | None) -> Memory:
        """Return the documents known by a day; all when no day is given."""
        if as_of is None:
            return self.full
        with self._lock:
            if as_of not in self._views:
                self._views[as_of] = remember(restrict(self.full, as_of=as_of))
            self._views.move_to_end(as_of)
            if len(self._views) > VIEWS:
                self._views.popitem(last=False)
                gc.collect()  # a view that remembers refers to itself
            return self._views[as_of]

    @cached_property
    def index(self) -> Index:
        """The names of all things, for search and completion."""
        return Index.of(self.full)
