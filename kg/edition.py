"""The version, date and citation of the curated data, from one file: `data/VERSION.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg import model, period, resources
from kg.errors import InputError, Origin
from kg.loaders._yaml import read
from kg.model import Statement
from kg.namespaces import RDF_TYPE, iri
from kg.values import located

if TYPE_CHECKING:
    from kg.store import View

NODE = "source:_data"
"""Node of the collection; no source can have this name."""
_HELD = """SELECT ?title ?version ?issued ?modified ?creator ?licence { <%s> dct:title ?title ;
    dcat:version ?version ; dct:issued ?issued ; dct:modified ?modified ; dct:creator ?creator ;
    dct:license ?licence }"""
_FILE = "VERSION.yaml"
_KEYS = ("title", "version", "issued", "modified", "creator", "licence")


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the data.

    Attributes:
        title: Title of the collection.
        version: Its version: the day of the edition, with dots.
        issued: Day of the first edition.
        modified: Day of this edition.
        creator: Who made it.
        licence: Its licence.
    """

    title: str
    version: str
    issued: str
    modified: str
    creator: str
    licence: str

    @property
    def citation(self) -> str:
        """How to cite it, in one line."""
        return f"{self.creator} ({self.modified[:4]}): {self.title}. Version {self.version}."


def load(path: Path | None = None) -> Edition:
    """Read the edition of the data that comes with the product.

    Args:
        path: The file; by default the one in `data/`.

    Raises:
        InputError: If the file is missing, lacks a field, or has a date that is none.
    """
    file = path or resources.data() / _FILE
    block = read(file)
    for key in (*_KEYS, *block):
        if key not in block or key not in _KEYS:
            message = f"'{key}' is {'missing' if key in _KEYS else 'unknown'}"
            fix = "the fields are " + ", ".join(_KEYS)
            raise InputError(message, origin=block.at.get(key, block.origin), fix=fix)
    for key in ("issued", "modified"):
        with located(block.at[key]):
            period.day(block.text(key))
    return Edition(**{key: block.text(key) for key in _KEYS})


def statements(slugs: Iterable[str]) -> Iterator[Statement]:
    """Yield the description of the data for the catalogue (DCAT).

    Args:
        slugs: The bundled sources that a build holds; when there are none, nothing is said.
    """
    held = sorted(set(slugs))
    if not held:
        return
    found = load()
    day = iri("xsd:date")
    body = (
        (RDF_TYPE, model.ref(iri("dcat:Catalog"))),
        (iri("dct:title"), model.text(found.title, "en")),
        (iri("dcat:version"), model.text(found.version)),
        (iri("dct:issued"), model.literal(found.issued, day)),
        (iri("dct:modified"), model.literal(found.modified, day)),
        (iri("dct:creator"), model.text(found.creator)),
        (iri("dct:license"), model.text(found.licence)),
        (iri("dct:bibliographicCitation"), model.text(found.citation, "en")),
        *((iri("dcat:dataset"), model.ref(iri("source:" + slug))) for slug in held),
    )
    origin = Origin(str(resources.data() / _FILE))
    yield Statement(iri(NODE), iri("graph:catalogue"), body, origin)


def held(view: View) -> Edition | None:
    """Return the edition of the data that a view holds, or None where it holds none of it."""
    rows = view.rows(_HELD % iri(NODE))
    return Edition(*rows[0]) if rows else None
