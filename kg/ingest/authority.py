"""The authority file: names of things that big public tables have and the curated graph leaves out.

A release that speaks of such a thing is linked to the identifier that the table's own loader would
give it, and a thing that a statement needs enters the graph with the row that names it.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg import resources
from kg.errors import InputError, Origin
from kg.extract.gazetteer import AUTHORITY, Name, bare
from kg.ingest.drafts import KEYS, Drafts, Entry
from kg.ingest.vocabulary import kind_of
from kg.namespaces import prefixes, sp
from kg.store import View

COLUMNS = ["name", "id", "class", "label", "document", "place"]
_RELEASES = "SELECT ?d { ?d sp:fromSource source:releases }"
_UNSAID = "und"
"""Language of a name where the table does not tell: ISO 639-2, undetermined."""


@dataclass(frozen=True, slots=True)
class Known:
    """A name of the file.

    Attributes:
        name: The name.
        slug: Identifier of the thing.
        cls: Local name of its class.
        label: Its main name in the table.
        document: Identifier of the table.
        place: Number of the row, or "#" with the identifier of the item.
    """

    name: str
    slug: str
    cls: str
    label: str
    document: str
    place: str


def path() -> Path:
    """Return where the file is."""
    return resources.data() / "authority" / "names.csv"


@cache
def load(file: Path | None = None) -> tuple[Known, ...]:
    """Return the names of the file.

    Args:
        file: Another file of that form.

    Raises:
        InputError: If a line does not have the columns.
    """
    where = file or path()
    with where.open(encoding="utf-8", newline="") as stream:
        lines = csv.reader(stream)
        header = next(lines, [])
        rows = list(lines)
    wrong = 0 if header != COLUMNS else next((n for n, r in enumerate(rows, 1) if len(r) != 6), -1)
    if wrong >= 0:
        fix = "its columns are " + ", ".join(COLUMNS)
        raise InputError("no authority file", origin=Origin(str(where), wrong + 1), fix=fix)
    return tuple(Known(*row) for row in rows)


@cache
def things() -> Mapping[str, Known]:
    """Return identifier → the name of the thing that is its main one, else the first."""
    found: dict[str, Known] = {}
    for one in load():
        if one.slug not in found or (one.name == one.label != found[one.slug].name):
            found[one.slug] = one
    return found


def names(known: Iterable[Name]) -> Iterator[Name]:
    """Yield the names that nothing in the graph bears.

    Args:
        known: Names of the graph.
    """
    graph = list(known)
    borne = {bare(n.text).casefold() for n in graph}
    labels = {n.slug: n for n in graph}
    for one in load():
        if bare(one.name).casefold() not in borne:
            mine = labels.get(one.slug)
            label, kind = (mine.label, mine.kind) if mine else (one.label, kind_of(sp(one.cls)))
            yield Name(one.name, one.slug, kind, label, AUTHORITY)


def class_of(slug: str) -> str:
    """Return the local name of a thing's class, or "" where the file does not have it."""
    one = things().get(slug)
    return one.cls if one else ""


def borrowed(view: View) -> set[str]:
    """Return the things of the file that are in the graph because a release speaks of them.

    Args:
        view: The graph.
    """
    home, there = prefixes()["id"], brought(view)
    return {slug for slug in things() if slug not in there and view.types(home + slug)}


def brought(view: View) -> set[str]:
    """Return the things of the file for which the graph has more than its row and releases.

    Args:
        view: The graph. What :func:`entities` brought into it has to be declared again as long as
            a release speaks of it.
    """
    home, releases = prefixes()["id"], {found for (found,) in view.rows(_RELEASES)}
    cited = ((one, view.objects(home + slug, sp("evidence"))) for slug, one in things().items())
    return {
        one.slug
        for one, nodes in cited
        if any(not _is_row(view, one, n) and _document(view, n) not in releases for n in nodes)
    }


def _document(view: View, node: str) -> str:
    return next(iter(view.objects(node, sp("document"))), "")


def _is_row(view: View, one: Known, node: str) -> bool:
    """Say whether evidence is what :func:`entities` writes: others cite the same row otherwise."""
    return view.objects(node, sp("gist")) == [_gist(one)]


def _named(entry: Entry) -> Iterator[str]:
    """Yield the texts among the values of an entry, alone or in a list."""
    for name, value in entry.items():
        many = value if isinstance(value, list) else [value]
        yield from (one for one in many if name != KEYS and isinstance(one, str))


def _gist(one: Known) -> str:
    what = "row" if one.place.isdigit() else "item"
    return f"The {what} names {one.label}, of which a release speaks."


def entities(drafts: Drafts, known: Iterable[str]) -> Iterator[Entry]:
    """Yield the things of the file that drafts speak of.

    Args:
        drafts: What a release adds.
        known: Identifiers of things that another source brings.
    """
    there = {*known, *drafts.entities}
    keys: dict[str, list[str]] = defaultdict(list)
    for entry in (*drafts.statements, *drafts.entities.values()):
        for value in _named(entry):
            if value in things() and value not in there:
                keys[value] += entry[KEYS]
    for slug in sorted(keys):
        one = things()[slug]
        where = {"row": one.place} if one.place.isdigit() else {"locator": one.place}
        cite = {"document": one.document, **where, "gist": _gist(one)}
        label = {_UNSAID: one.label}
        yield {"id": slug, "type": one.cls, "label": label, "cite": [cite], KEYS: keys[slug]}
