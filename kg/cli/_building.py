"""A build whose errors lead back to what a person can mend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def traced(workspace: Path) -> Iterator[None]:
    """Let an error about what `kg ingest` wrote name the statement or the name that made it."""
    from kg.errors import KGError

    try:
        yield
    except KGError as error:
        from kg.ingest import tracing

        raise tracing.traced(error, workspace) from None
