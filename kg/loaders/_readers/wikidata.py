"""Wikidata in any of its forms: entity documents, dumps, query results in JSON, and RDF.

`format:` takes `part: items` or `part: statements`, `languages:` of labels, `properties:` whose
values become columns of an item's row, `classes:` of Wikidata and the class of ours for each (the
first in this list that an item has counts), `variables:`, columns of query results and the property
that each gives, `until:`, the day after which nothing has happened yet, for items that do not say
when they were changed, and `single:`, properties of which only one value can be right.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from kg.errors import InputError, Origin
from kg.loaders import _wikidata_json, _wikidata_rdf
from kg.loaders._json import Text
from kg.loaders._rdfstore import NO_ENDING, format_of, loaded
from kg.loaders._sheet import Row, Sheet, Unfit, open_binary
from kg.loaders._wikidata_item import Item, Rows
from kg.loaders._yaml import Block

SHARED = True
KEYS = {"part", "languages", "properties", "variables", "classes", "until", "single"}
_PARTS = ("items", "statements")
_PEEK = 2


def read(path: Path, form: Block) -> Sheet:
    """Open a file of Wikidata.

    Args:
        path: The file; may be packed with gzip or bzip2.
        form: `part`, `languages`, `properties`, `classes`, `variables`, `until`, `single`.

    Raises:
        Unfit: If it is none of the forms.
        InputError: If the mapping is wrong.
    """
    part = form.text("part", _PARTS[0])
    if part not in _PARTS:
        fix = "write items or statements"
        raise InputError(f"'{part}' is no part of an item", origin=form.at["part"], fix=fix)
    texts = form.block("classes")
    rows = Rows(
        part,
        form.texts("languages") or ["en"],
        form.texts("properties"),
        {name: texts.text(name) for name in texts},
        form.text("until"),
        frozenset(form.texts("single")),
    )
    given = form.block("variables")
    variables = {name: given.text(name) for name in given}
    try:
        format_of(path, b"wikidata.org/")
    except Unfit as unfit:
        if str(unfit) != NO_ENDING:
            raise
        items = _from_json(path, variables)
        first = list(islice(items, _PEEK))
        if len(first) == 1 and isinstance(first[0], InputError):
            raise Unfit(f"nothing in it can be used: {first[0].message}") from None
        return Sheet(rows.header(), _rows(path, first, items, rows), _comments(first), 0)
    return Sheet(rows.header(), _rows(path, [], _from_rdf(path), rows), (), 0)


def _from_rdf(path: Path) -> Iterator[Item | InputError]:
    with loaded(path, _wikidata_rdf.ITEM) as found:
        yield from _wikidata_rdf.items(found)
        yield from found.errors
        if not found.subjects and not found.errors:
            yield InputError("no items of Wikidata", origin=Origin(str(path)))


def _from_json(path: Path, variables: dict[str, str]) -> Iterator[Item | InputError]:
    try:
        with open_binary(path) as handle:
            yield from _wikidata_json.items(Text(handle, path), variables)  # type: ignore[arg-type]
    except OSError as error:
        raise Unfit(f"it cannot be read: {error.strerror or error}") from None


def _comments(first: list[Item | InputError]) -> list[str]:
    """The day of a file with a single item is the day on which that was changed."""
    if len(first) == 1 and isinstance(first[0], Item) and first[0].modified:
        return [f"modified {first[0].modified}"]
    return []


def _rows(
    path: Path, first: list[Item | InputError], items: Iterator[Item | InputError], rows: Rows
) -> Iterator[Row]:
    number = 0
    for item in _chained(first, items):
        if isinstance(item, InputError):
            number += 1
            line = item.origin.line if item.origin else 0
            item.origin = item.origin or Origin(str(path))
            if rows.part == "items":
                yield number, line, "", item
            continue
        for place, cells in rows.of(item):
            number += 1
            yield number, item.line, "#" + place, cells


def _chained(
    first: list[Item | InputError], items: Iterator[Item | InputError]
) -> Iterator[Item | InputError]:
    """Let go of the first items once they are passed on."""
    while first:
        yield first.pop(0)
    yield from items
