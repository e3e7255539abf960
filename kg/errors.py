"""One error tree: what went wrong, where, and the likely fix."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple


class Origin(NamedTuple):
    """A place in an input file.

    Attributes:
        file: Path or name of the file, as the user knows it.
        line: Line number from 1, or 0 when the whole file is meant.
        column: Column number from 1, or 0 when not known.
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file] + [str(n) for n in (self.line, self.column) if n]
        return ":".join(parts)


class KGError(Exception):
    """Root of all errors that a user can cause and mend.

    Args:
        message: One sentence that says what is wrong.
        origin: Where it was found, if it was in a file.
        fix: The likely remedy, one sentence.
    """

    exit_code = 1

    def __init__(self, message: str, *, origin: Origin | None = None, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.origin = origin
        self.fix = fix

    def __str__(self) -> str:
        where = f"{self.origin}: " if self.origin else ""
        return where + self.message + (f"\n  fix: {self.fix}" if self.fix else "")


class InputError(KGError):
    """A source, document or file that cannot be read as what it claims to be."""


class VocabularyError(InputError):
    """A class, property or concept that the ontology does not declare."""


class QueryError(KGError):
    """A query that cannot be parsed, is refused, or exceeds its limits."""


class ForbiddenQueryError(QueryError):
    """A query that is understood and not run: an update, or one that would open a connection."""


class UnknownNameError(KGError):
    """A name that nothing, or more than one thing, in the graph answers to."""

    exit_code = 2


class StoreError(KGError):
    """A store that is missing, locked, or was written by another version."""


class FetchError(KGError):
    """A download that failed; what was there before stays as it was."""


class ValidationError(KGError):
    """Data that breaks a shape or a cross-record rule."""


def suggest(name: str, known: Iterable[str], limit: int = 3) -> str:
    """Return a 'did you mean' sentence for an unknown name, or an empty string.

    Args:
        name: What the user wrote.
        known: What there is.
        limit: How many suggestions at the most.
    """
    by_folded = {k.casefold(): k for k in sorted(known, reverse=True)}
    close = get_close_matches(name.casefold(), sorted(by_folded), n=limit, cutoff=0.6)
    if not close:
        return ""
    return "did you mean " + " or ".join(f"'{by_folded[c]}'" for c in close) + "?"
