"""Long answers that a build keeps beside its store: their first rows cost no sorting of all.

Kept is what a question answers with its defaults, of all documents, in English and without the
evidence, which is read when it is shown. Who asks for anything else is answered anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import IO, Any

from kg import rows
from kg.errors import QueryError, UnknownNameError
from kg.parameters import terms
from kg.questions import Query, bind, load_all
from kg.rows import Row
from kg.store import View

FROM_QUADS, FROM_ROWS = 250_000, 5_000
"""Below either an answer takes less than a second."""
KEY, FOLDER = "answers", "answers"
_LANGUAGES = ("en",)
_FORM = 1  # to be raised when the same question of the same store is answered in another way


def keep(view: View, quads: int, folder: Path) -> dict[str, dict[str, Any]]:
    """Write the long answers of a large store.

    Args:
        view: All documents of a build.
        quads: How many quads it has.
        folder: The folder of the build.

    Returns:
        What `build.json` says of them: question → digest of what was asked, rows, digest of the
        file.
    """
    if quads < FROM_QUADS:
        return {}
    described = {}
    for query in load_all().values():
        try:
            asked = bind(query, terms(view, view, query, {}))
        except (QueryError, UnknownNameError):
            continue  # it asks about something that this store does not hold
        found, total = rows.of(view, query, asked, _LANGUAGES)
        if total >= FROM_ROWS:
            content = b"".join(_lines(query, found))
            path = _path(folder, query.name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
            written = hashlib.sha256(content).hexdigest()
            described[query.name] = {"asked": _digest(asked), "rows": total, "sha256": written}
    return described


def find(
    view: View, name: str, asked: str, languages: Sequence[str], most: int = 0
) -> tuple[list[Row], int] | None:
    """Return the first rows of an answer, or all, and how many it has; None where none is kept.

    Args:
        view: The documents that count.
        name: Name of the question.
        asked: Its SPARQL, with what its parameters are bound to.
        languages: Languages of labels, best first.
        most: Give only so many; 0 for all.
    """
    if view.path is None or view.allowed is not None or tuple(languages) != _LANGUAGES:
        return None
    answers = view.build.get(KEY)
    known = answers.get(name) if isinstance(answers, dict) else None
    if not isinstance(known, dict) or known.get("asked") != _digest(asked):
        return None
    try:
        with _path(view.path, name).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != known.get("sha256"):
                return None
            file.seek(0)
            return list(islice(_read(file), most or None)), int(known["rows"])
    except OSError:
        return None


def _path(folder: Path, name: str) -> Path:
    return folder / FOLDER / f"{name}.jsonl"


def _digest(asked: str) -> str:
    return hashlib.sha256(f"{_FORM} {version('kg')}\n{asked}".encode()).hexdigest()


def _lines(query: Query, found: Sequence[Row]) -> Iterator[bytes]:
    """Yield the columns, then the values and the claims of each row."""
    yield _line([list(found[0].cells), query.evidence])
    for row in found:
        cells = [sorted(texts) for texts in row.cells.values()]
        yield _line([cells, [sorted(row.claims.get(name, ())) for name in query.evidence]])


def _line(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _read(file: IO[bytes]) -> Iterator[Row]:
    columns, variables = json.loads(file.readline())
    for line in file:
        cells, claims = json.loads(line)
        said: Mapping[str, list[str]] = dict(zip(variables, claims, strict=True))
        yield Row(
            dict(zip(columns, cells, strict=True)), {v: {*some} for v, some in said.items() if some}
        )
