"""Curated facts in YAML: documents, entities, statements, each fact with its citation."""

from __future__ import annotations

from collections.abc import Iterator

from kg.claims import compile_claim
from kg.errors import InputError, suggest
from kg.loaders import _common
from kg.loaders._source import Report, Source
from kg.loaders._yaml import Block, read
from kg.model import Statement
from kg.vocab import Vocabulary

_TOP = {"documents", "entities", "statements", "document"}


def load(source: Source, vocab: Vocabulary, report: Report) -> Iterator[Statement]:
    """Yield the statements of every YAML file of a source.

    Args:
        source: The source; its `files:` are YAML files with `documents:`, `entities:` and
            `statements:`. A top-level `document:` is the default of every citation in the file.
        vocab: The ontology.
        report: Filled with counts.

    Raises:
        InputError: At the first thing that does not fit: curated facts are right or not loaded.
    """
    for path in source.files():
        top = read(path)
        for key in top:
            if key not in _TOP:
                raise InputError(f"unknown key '{key}'", origin=top.at[key], fix=suggest(key, _TOP))
        yield from declared(top, source, vocab, report)
        for block in top.blocks("statements"):
            report.rows += 1
            report.counts["statements"] += 1
            yield from compile_claim(_common.record(block, top.text("document")), vocab)


def declared(top: Block, source: Source, vocab: Vocabulary, report: Report) -> Iterator[Statement]:
    """Yield what `documents:` and `entities:` of a file or a `source.yaml` declare."""
    for block in top.blocks("documents"):
        report.counts["documents"] += 1
        yield _common.document(block, source, vocab)[1]
    for block in top.blocks("entities"):
        report.counts["entities"] += 1
        yield from _common.entity(block, vocab, top.text("document"))[1]
