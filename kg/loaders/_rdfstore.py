"""An RDF file in a store of its own for as long as it is read: in memory, or on disk if large."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO
from urllib.parse import quote
from xml.parsers import expat

import pyoxigraph as ox

from kg.errors import InputError, Origin
from kg.loaders._sheet import Unfit, open_binary
from kg.namespaces import prefixes

NO_ENDING = "its ending is that of no RDF format"
_LARGE = 1 << 25
_PACKED = 12
_PIECE = 50_000
_HEAD = 1 << 16
_PLACE = re.compile(r"Parser error at line \d+[^:]*: ")
NAMES = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
}
"""Ending of a file → its format; of those that are read triple by triple."""
_LINES = {ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS}
_FIX = "the file may be cut off, or be in another format than its ending says"


@dataclass(slots=True)
class Loaded:
    """A file that was read into a store.

    Attributes:
        store: The triples; those of named graphs too.
        errors: What could not be read.
        subjects: Subjects that were asked for.
        quads: How many triples were read.
    """

    store: ox.Store
    errors: list[InputError] = field(default_factory=list)
    subjects: set[str] = field(default_factory=set)
    quads: int = 0


def format_of(path: Path, mentions: bytes = b"") -> ox.RdfFormat:
    """Tell the RDF format of a file by its ending, ``.gz`` and ``.bz2`` left aside.

    Args:
        path: The file.
        mentions: What must stand in its first part.

    Raises:
        Unfit: If it is none that is known, or its content is clearly something else.
    """
    names = [s.lower() for s in path.suffixes]
    while names and names[-1] in {".gz", ".bz2"}:
        names.pop()
    form = NAMES.get(names[-1]) if names else None
    if form is None:
        raise Unfit(NO_ENDING)
    head = _head(path)
    begin = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not begin:
        raise Unfit("it is empty")
    if re.match(rb"<!doctype html|<html", begin, re.IGNORECASE):
        raise Unfit("it is a web page, no RDF")
    if form == ox.RdfFormat.RDF_XML and b"rdf-syntax-ns#" not in head:
        raise Unfit("it is no RDF/XML")
    if mentions not in head:
        raise Unfit(f"it says nothing of {mentions.decode()}")
    return form


def _head(path: Path) -> bytes:
    try:
        with open_binary(path) as handle:
            return handle.read(_HEAD)
    except EOFError:
        return b"cut off"
    except OSError as error:
        raise Unfit(f"it cannot be read: {error.strerror or error}") from None


@contextmanager
def loaded(path: Path, wanted: str = "") -> Iterator[Loaded]:
    """Read an RDF file into a store that is gone afterwards.

    Args:
        path: The file, packed or not.
        wanted: Collect subjects whose IRI begins so.

    Raises:
        Unfit: If it is no RDF.
        InputError: If it cannot be read.
    """
    form = format_of(path)
    if path.stat().st_size * (_PACKED if _is_packed(path) else 1) < _LARGE:
        made = Loaded(ox.Store())
        _fill(made, path, form, wanted)
        yield made
        return
    with TemporaryDirectory(prefix="kg-rdf-") as folder:
        made = Loaded(ox.Store(folder))
        _fill(made, path, form, wanted)
        yield made
        del made.store


def _is_packed(path: Path) -> bool:
    return path.suffix.lower() in {".gz", ".bz2"}


def _fill(made: Loaded, path: Path, form: ox.RdfFormat, wanted: str) -> None:
    """A piece after the other, for the engine keeps in memory what it is given at once."""
    quads = _quads(made, path, form, wanted)
    try:
        while piece := list(islice(quads, _PIECE)):
            made.store.bulk_extend(piece)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise InputError(message, origin=Origin(str(path))) from None


def _quads(made: Loaded, path: Path, form: ox.RdfFormat, wanted: str) -> Iterator[ox.Quad]:
    """What stands before an error is kept; where a line is a triple, what is after it too."""
    default = ox.DefaultGraph()
    with open_binary(path) as handle:
        if form == ox.RdfFormat.RDF_XML and (error := _whole(path)):
            made.errors.append(error)
        parsed = iter(ox.parse(handle, format=form, base_iri=base_of(path)))
        while True:
            try:
                quad = next(parsed, None)
            except SyntaxError as error:
                if not made.errors or form in _LINES:
                    made.errors.append(broken(path, error))
                if form in _LINES and len(made.errors) < 1000:
                    continue
                return
            except (OSError, EOFError) as error:
                made.errors.append(_lost(path, error))
                return
            if quad is None:
                return
            made.quads += 1
            if wanted and isinstance(quad.subject, ox.NamedNode):
                name = quad.subject.value
                if name.startswith(wanted):
                    made.subjects.add(name)
            yield ox.Quad(quad.subject, quad.predicate, quad.object, default)


def broken(path: Path, error: SyntaxError) -> InputError:
    """Return what the engine says of a file that it cannot read, with the place."""
    where = Origin(str(path), error.lineno or 0, error.offset or 0)
    return InputError(f"broken RDF: {_PLACE.sub('', error.msg)}", origin=where, fix=_FIX)


def broken_xml(path: Path, error: expat.ExpatError) -> InputError:
    """Return what is wrong with a file as XML, with the place."""
    where = Origin(str(path), error.lineno, error.offset + 1)
    return InputError(f"broken RDF: {error}", origin=where, fix=_FIX)


def _lost(path: Path, error: Exception) -> InputError:
    said = getattr(error, "strerror", None) or error
    fix = "get the file again; what stands before is used"
    return InputError(f"the file is cut off: {said}", origin=Origin(str(path)), fix=fix)


def _whole(path: Path) -> InputError | None:
    """The engine takes RDF/XML that is cut off for whole, so look at the XML itself."""
    parser = expat.ParserCreate()
    try:
        with open_binary(path) as handle:
            _feed(parser, handle)
    except expat.ExpatError as error:
        return broken_xml(path, error)
    except (OSError, EOFError) as error:
        return _lost(path, error)
    return None


def _feed(parser: expat.XMLParserType, handle: IO[bytes]) -> None:
    while chunk := handle.read(1 << 20):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def base_of(path: Path) -> str:
    """Return the base IRI against which relative IRIs of a file are resolved."""
    return prefixes()["source"] + "file/" + quote(path.name)
