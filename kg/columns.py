"""Columns of the merge, read whole: subject → values.

The engine looks up term after term. So a build of a large store keeps the columns that are read
whole in files beside it, which are read ten times faster. They are used as they were written, and
only where all documents count.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pyoxigraph as ox

from kg import files, vocab
from kg.namespaces import iri, sp
from kg.store import View

FROM_QUADS = 250_000
"""Below, the engine needs less than a second for what an analysis reads."""
KEY, FOLDER = "columns", "columns"
Found: TypeAlias = "dict[str, list[str]]"

_FORM = 1  # to be raised when the same store has other columns, or they are written differently
_CLAIMS = "claims"
_PROPERTIES = (
    "status", "ofFact", "participant", "inActivity", "role", "period", "onDate", "plannedFor",
    "edtf", "relationSubject", "relationObject", "relationType", "kind", "agent", "object", "place",
    "identifier", "scheme", "identifierValue",
)  # fmt: skip
_DOCUMENTS = """SELECT ?claim ?document {
    { SELECT ?claim ?place { ?claim sp:evidence ?place } }
    { SELECT ?place ?document { ?place sp:document ?document } } }"""
_OPEN = """SELECT ?claim ?day {
    { SELECT ?time { ?time sp:edtf ?edtf FILTER(STRENDS(STR(?edtf), "/..")) } }
    { { SELECT ?claim ?time { ?claim sp:period ?time } }
        UNION { SELECT ?claim ?time { ?claim sp:onDate ?time } }
        UNION { SELECT ?claim ?time { ?claim sp:plannedFor ?time } } }
    { SELECT ?claim ?place { ?claim sp:evidence ?place } }
    { SELECT ?place ?document { ?place sp:document ?document } }
    { SELECT ?document ?day { ?document sp:issuedLatest ?day } } }"""
_NODES = ("Fact", "Evidence", "Period", "Identifier")


def single(view: View, name: str, subjects: Set[str] | None = None) -> dict[str, str]:
    """Return subject → value of a property that has one value.

    Args:
        view: The documents that count.
        name: Local name of a property of ours, or a CURIE.
        subjects: IRIs of the only subjects to look at; None for all.
    """
    if subjects is not None:
        return {s: values[-1] for s, values in several(view, name, subjects).items()}
    column = _held(view, name)
    if column is None:
        return {q.subject.value: q.object.value for q in _quads(view, name)}
    return column.spread([cell[-1] if cell else "" for cell in column.cells])


def several(view: View, name: str, subjects: Set[str] | None = None) -> Found:
    """Return subject → values of a property: of some subjects sorted, of all in no order.

    Args:
        view: The documents that count.
        name: Local name of a property of ours, or a CURIE.
        subjects: IRIs of the only subjects to look at; None for all.
    """
    if subjects is not None:
        return {s: values for s in subjects if (values := view.objects(s, _property(name)))}
    return _read(view, name, lambda: _grouped((q.subject, q.object) for q in _quads(view, name)))


def documents(view: View) -> Found:
    """Return claim → the documents that state it, each once, sorted."""
    return _read(view, "documents", lambda: _sorted(view.select(_DOCUMENTS)))


def open_ended(view: View) -> Found:
    """Return each claim with an open end → the days of issue of what states it, sorted."""
    return _read(view, "open", lambda: _sorted(view.select(_OPEN)))


def classes(view: View) -> Found:
    """Return subject → its classes of ours, sorted; of everything but the nodes of evidence."""
    return _read(view, "classes", lambda: _classes(view))


def holds(view: View, name: str) -> bool:
    """Whether the build keeps a column for this view."""
    return name in _described(view)


def keep(view: View, quads: int, folder: Path) -> dict[str, Any]:
    """Write the columns of a large store.

    Args:
        view: All documents of a build.
        quads: How many quads it has.
        folder: The folder of the build.

    Returns:
        What `build.json` says of them: their form, and name → digest of the file.
    """
    if quads < FROM_QUADS:
        return {}
    (folder / FOLDER).mkdir()
    claims = sorted(single(view, "status"))
    written = {_CLAIMS: files.write_sealed(_path(folder, _CLAIMS), claims)}
    for name in _PROPERTIES:
        written[name] = files.write_sealed(_path(folder, name), _coded(several(view, name), claims))
    special: dict[str, Callable[[View], Found]]
    special = {"documents": documents, "open": open_ended, "classes": classes}
    for name, read in special.items():
        written[name] = files.write_sealed(_path(folder, name), _coded(read(view), claims))
    return {"form": _form(), "files": written}


class _Column(NamedTuple):
    """A column as it is kept.

    Attributes:
        subjects: All claims, if any of them has a value, and the other subjects.
        places: For each subject the place of its values in `cells`; the first cell is empty.
        cells: Different values.
    """

    subjects: list[str]
    places: list[int]
    cells: list[list[str]]

    def spread(self, cells: Sequence[Any]) -> dict[str, Any]:
        """Return subject → what stands for its cell."""
        return {s: cells[p] for s, p in zip(self.subjects, self.places, strict=True) if p}


def _read(view: View, name: str, compute: Callable[[], Found]) -> Found:
    column = _held(view, name)
    return compute() if column is None else column.spread(column.cells)


def _quads(view: View, name: str) -> Iterable[Any]:
    prop = ox.NamedNode(_property(name))
    return view.store.quads_for_pattern(None, prop, None, ox.DefaultGraph())


def _property(name: str) -> str:
    return iri(name) if ":" in name else sp(name)


def _grouped(found: Iterable[Sequence[Any]]) -> Found:
    grouped: Found = defaultdict(list)
    for subject, value in found:
        grouped[subject.value].append(value.value)
    return dict(grouped)


def _sorted(found: Iterable[Sequence[Any]]) -> Found:
    return {subject: sorted(set(values)) for subject, values in _grouped(found).items()}


def _classes(view: View) -> Found:
    found: Found = defaultdict(list)
    nodes = {vocab.load().class_iri(name) for name in _NODES}
    for cls in sorted({*vocab.load().classes.values()} - nodes):
        for (thing,) in view.select(f"SELECT ?thing {{ ?thing a <{cls}> }}"):
            found[thing.value].append(cls)
    return dict(found)


def _coded(found: Found, claims: list[str]) -> list[Any]:
    """Number the different values; subjects that are claims are not written again."""
    cells = sorted({tuple(values) for values in found.values()})
    place = {cell: number for number, cell in enumerate(cells, 1)}
    of_claims = [place[tuple(found[c])] if c in found else 0 for c in claims]
    others = sorted(found.keys() - set(claims))
    places = (of_claims if any(of_claims) else []) + [place[tuple(found[o])] for o in others]
    return [others, places, [(), *cells]]


def _held(view: View, name: str) -> _Column | None:
    """Return a column as the build of a view keeps it, or None where it keeps none."""
    digests = _described(view)
    if view.path is None or name not in digests:
        return None
    content = files.read_sealed(_path(view.path, name), digests[name])
    if content is None:
        return None
    others, places, cells = content
    if len(places) == len(others):
        return _Column(others, places, cells)
    claims = _claims(_path(view.path, _CLAIMS), digests[_CLAIMS])
    return None if claims is None else _Column(claims + others, places, cells)


def _described(view: View) -> Mapping[str, str]:
    """Return name → digest of the columns that the build keeps and that hold for the view."""
    known = view.build.get(KEY)
    whole = view.path is not None and view.allowed is None
    if not whole or not isinstance(known, dict) or known.get("form") != _form():
        return {}
    digests = known.get("files")
    return digests if isinstance(digests, dict) else {}


@lru_cache(maxsize=1)
def _claims(path: Path, digest: str) -> list[str] | None:
    found: list[str] | None = files.read_sealed(path, digest)
    return found


def _path(folder: Path, name: str) -> Path:
    return folder / FOLDER / f"{name}.json"


def _form() -> str:
    said = f"{_FORM} {version('kg')} {_DOCUMENTS} {_OPEN} {_NODES}"
    return hashlib.sha256(said.encode()).hexdigest()
