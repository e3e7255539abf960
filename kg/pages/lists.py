"""Long lists in pages of a fixed length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kg.pages.negotiate import no_page

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """One page of a list.

    Attributes:
        items: What it shows.
        total: How many there are in all.
        number: Number of the page, from 1.
        pages: How many pages there are; one for an empty list.
        path: Path of the first page.
        size: How many items a page has.
    """

    items: Sequence[T]
    total: int
    number: int
    pages: int
    path: str
    size: int

    @property
    def first(self) -> int:
        """Number of the first item in the list, from 1."""
        return (self.number - 1) * self.size + 1

    def at(self, number: int) -> str:
        """Return the path of another page."""
        return self.path if number == 1 else f"{self.path}/{number}"

    @property
    def shown(self) -> list[int]:
        """The pages to link to: the first, the last, and those near; 0 stands for a gap."""
        near = range(self.number - 2, self.number + 3)
        wanted = sorted({1, self.pages, *(n for n in near if 1 <= n <= self.pages)})
        found: list[int] = []
        for n in wanted:
            if found and n > found[-1] + 1:
                found.append(0)
            found.append(n)
        return found


def part(items: Sequence[T], path: str, number: str, size: int) -> Part[T]:
    """Return one page of a list.

    Args:
        items: The whole list.
        path: Path of the first page.
        number: Number of the page as a path gives it; "" for the first.
        size: How many items a page has.

    Raises:
        UnknownNameError: If there is no such page.
    """
    pages = max(1, -(-len(items) // size))
    if number and not (number.isascii() and number.isdigit() and 1 < int(number) <= pages):
        raise no_page(f"{path}/{number}")
    n = int(number or 1)
    return Part(items[(n - 1) * size : n * size], len(items), n, pages, path, size)
