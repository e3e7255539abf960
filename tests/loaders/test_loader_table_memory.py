"""Memory of a table: only what joins later rows is kept, and how much that is for each row."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import sources, vocab
from kg.loaders._source import Report, Source

_VOCAB = vocab.load()
_FEW, _MANY = 500, 2000
_HEAD = """\
loader: table
files: [t.csv]
documents:
  - id: list
    type: Dataset
rows:
"""
_ENTITY = """\
  - entity: craft
    class: Spacecraft
    mint: "craft-{}"
    identifiers: {satcat: number, cospar: piece}
    label:
      - {column: name, language: en}
    cite: {document: list, gist: "The list has {name}."}
"""
_CLAIM = """\
  - class: Membership
    fields:
      participant: {value: asa}
      inActivity: {value: ice-watch}
      role: {value: member}
      status: {value: ongoing}
      period: {column: year, template: "{}/.."}
    cite: {document: list, gist: "The list has {name}."}
"""
_KEPT = 700
"""Bytes a row: slug, class, label, and two identifiers that lead to the slug."""

Folder = Callable[..., Path]


def peak(folder: Path) -> int:
    """Return the traced peak of mapping a table whose statements nobody keeps."""
    report = Report()
    gc.collect()  # what other tests have left would be swept while this one is measured, or not
    tracemalloc.start()
    for number, _ in enumerate(sources.load(Source.read(folder), _VOCAB, report)):
        if number % 500 == 0:
            gc.collect()
    size = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert report.rows == report.mapped
    return size


def rows(number: int) -> str:
    """Return a table of different things: each row a name and identifiers of its own."""
    cells = (
        f"Craft {n},{n + 100000},{2000 + n // 900}-{n % 900 + 1:03}A,{1960 + n % 70}\n"
        for n in range(number)
    )
    return "name,number,piece,year\n" + "".join(cells)


@pytest.fixture
def growth(folder_of: Folder) -> Callable[[str], float]:
    def measured(spec: str) -> float:
        few, many = (
            folder_of(f"t{n}", {"source.yaml": _HEAD + spec, "t.csv": rows(n)})
            for n in (_FEW, _MANY)
        )
        peak(many)  # fills the caches, which have a limit
        return (peak(many) - peak(few)) / (_MANY - _FEW)

    return measured


def test_claims_about_known_things_keep_nothing(growth: Callable[[str], float]) -> None:
    assert growth(_CLAIM) < 60


def test_a_new_thing_keeps_its_names_and_nothing_else(growth: Callable[[str], float]) -> None:
    assert 100 < growth(_ENTITY) < _KEPT
