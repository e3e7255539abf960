"""RDF asked by SPARQL: the rows of a SELECT over a file of the user's own.

`format:` takes `select:`, the query. Its variables are the columns; a variable `place` that is an
IRI of the file becomes the fragment by which a row is cited. The file is read into a store of its
own, so nothing else is asked; SERVICE and everything that writes or opens a connection is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast
from urllib.parse import quote

import pyoxigraph as ox

from kg import _guard
from kg.errors import InputError, Origin, QueryError
from kg.loaders._rdfstore import Loaded, format_of, loaded
from kg.loaders._sheet import Row, Sheet
from kg.loaders._yaml import Block

SHARED = True
KEYS = {"select"}
_PLACE = "place"


def read(path: Path, form: Block) -> Sheet:
    """Open an RDF file and ask it.

    Args:
        path: The file; may be packed with gzip or bzip2.
        form: `select`.

    Raises:
        Unfit: If it is no RDF.
        InputError: If the query is refused or wrong, or the file cannot be read.
    """
    format_of(path)
    query = form.text("select")
    where = form.at.get("select", form.origin)
    _check(query, where)
    header = tuple(v.value for v in _ask(ox.Store(), query, where).variables)
    return Sheet(header, _rows(path, query, where, header), (), 0)


def _check(query: str, where: Origin) -> None:
    try:
        _guard.refuse(list(_guard.tokens(query)), query, where.file)
        _guard.check_offline(query, {})
    except QueryError as error:
        raise InputError(error.message, origin=where, fix=error.fix) from None
    except SyntaxError as error:
        raise InputError(f"the query is wrong: {error}", origin=where) from None


def _ask(store: ox.Store, query: str, where: Origin) -> ox.QuerySolutions:
    try:
        found = store.query(query)
    except (SyntaxError, ValueError) as error:
        raise InputError(f"the query is wrong: {error}", origin=where) from None
    if not isinstance(found, ox.QuerySolutions):
        raise InputError("select: is no SELECT", origin=where, fix="write SELECT ?a ?b { … }")
    return found


def _rows(path: Path, query: str, where: Origin, header: tuple[str, ...]) -> Iterator[Row]:
    number = 0
    with loaded(path) as made:
        for solution in _ask(made.store, query, where):
            number += 1
            cells = [_text(solution[name]) for name in header]
            yield number, 0, _place(header, cells, number), cells
        yield from _errors(made, number)


def _errors(made: Loaded, number: int) -> Iterator[Row]:
    for error in made.errors:
        number += 1
        yield number, error.origin.line if error.origin else 0, "", error


def _text(term: object) -> str:
    if term is None or isinstance(term, ox.Triple):
        return ""
    return cast("str", getattr(term, "value", ""))


def _place(header: tuple[str, ...], cells: list[str], number: int) -> str:
    text = cells[header.index(_PLACE)] if _PLACE in header else ""
    return "#" + quote(text or f"row={number}", safe="/:=;,@!$&'()*+?~")
