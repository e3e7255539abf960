"""Entities that rows refer to before, or without, a row that declares them.

A catalogue names a parent body whose own row comes later, or a code that no row explains. What such
a reference needs is noted here; it is said only if nothing has declared the entity at the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from kg.model import Statement

Key: TypeAlias = tuple[str, str]
Describe: TypeAlias = Callable[[list[Key]], Iterator[Statement]]
"""From identifiers to the statements that declare the entity with them."""


@dataclass(slots=True)
class Expected:
    """What is expected to be declared, and identifiers that no statement gives yet.

    Attributes:
        classes: Slug → local name of the class that its references ask for.
        makers: Slug → what declares it if nothing else does.
        owed: Identifier → slug, for identifiers that lead to an entity without being said of it.
        said: Those of them that have been said since.
    """

    classes: dict[str, str] = field(default_factory=dict)
    makers: dict[str, Describe] = field(default_factory=dict)
    owed: dict[Key, str] = field(default_factory=dict)
    said: set[Key] = field(default_factory=set)

    def owes(self, key: Key, slug: str) -> bool:
        """Say whether an identifier leads to an entity and has not been said of it."""
        return key not in self.said and self.owed.get(key) == slug

    def left(self, declared: dict[str, str]) -> Iterator[Statement]:
        """Declare what nothing has declared.

        Args:
            declared: Slug → class, of what is declared; what is declared here is added.
        """
        keys: dict[str, list[Key]] = defaultdict(list)
        for key, slug in self.owed.items():
            if key not in self.said:
                keys[slug].append(key)
        for slug, make in sorted(self.makers.items()):
            if slug not in declared:
                declared[slug] = self.classes[slug]
                self.said.update(keys[slug])
                yield from make(keys[slug])
