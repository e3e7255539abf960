"""Writes the authority file: names that releases use, of things that the curated graph leaves out.

Astronauts, flights, spacecraft, vehicles, sites and organizations that only a big public table
names. `kg ingest` links a release's words to them, and the thing enters the graph with the row
that names it when a statement needs it. Run it on a graph that has the tables:

    kg build -w FULL --add gcat=… --add astronauts=…
    kg build -w CURATED
    python tools/authority.py FULL CURATED ../shared/data
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import click
from rdflib import RDFS, Graph, URIRef

from kg import files, resources, store
from kg.extract.gazetteer import bare
from kg.ingest.vocabulary import kind_of
from kg.namespaces import prefixes

PATH = resources.data() / "authority" / "names.csv"
TABLES = ("astronauts-", "gcat-")
WIKIDATA = "wikidata-export-e61cabb0"
_NAMES = """SELECT ?e ?class ?name ?doc ?locator { VALUES ?p { rdfs:label skos:altLabel }
    ?e a ?class ; ?p ?name ; sp:evidence ?v . ?v sp:document ?doc ; sp:locator ?locator .
    FILTER(STRSTARTS(?locator, "#row=") || STRSTARTS(?locator, "#Q")) }"""
_LABELS = "SELECT ?e ?name { ?e rdfs:label ?name ; a ?class }"
_KNOWN = "SELECT ?e ?i { ?e sp:identifier ?i }"
_FLOWN = "SELECT ?e ?flight { ?e a sp:Person ; sp:participatesIn ?flight . ?flight a sp:Mission }"
_BORN = """SELECT ?e ?i { ?e a sp:Person ; sp:identifier ?i .
    FILTER(CONTAINS(STR(?i), "name-born.")) }"""
_DIRECT = "http://www.wikidata.org/prop/direct/"
_BORNE = "SELECT ?name { VALUES ?p { rdfs:label skos:altLabel sp:abbreviation } ?e ?p ?name }"
_WORD = re.compile(r"[^\W\d_][\w'’.&-]*")
_TELLING = re.compile(r"\d|[A-Z].*[A-Z]")
"""A figure, or two capitals: what tells a name of one word from a word."""
_LATIN = re.compile(r"[A-Z][^\W_]*(?:[ .'’&-]+[^\W_]+)*\.?")
"""Words of Latin letters and figures: no brackets, commas, slashes or question marks."""
_FACTORY = re.compile(r"\bNo\b|#|^(?:OPS|S\d+) \d")
"""Numbers that makers and owners give; no release names a craft by them."""
_OFFICE = re.compile(
    r"(?:Ministry|Department|Bureau|Board|Office|Committee|Directorate|Faculty) (?:of|for)\b"
)
"""How bodies begin that many states have under the same name."""
_CAPITALS = re.compile(r"[A-Z]+")
_LEFT_OUT = ("State", "Facility", "Place", "Agreement")
"""Kinds whose names in the tables are no names of one thing that releases use."""
_GENERIC = """a academy administration aeronautical aeronautics aerospace agency air and applied
army astronautics astronomy astrophysics atmospheric aviation board bureau center centre civil co
college commission committee communication communications company corporation council defence
defense department development directorate division earth education electronics energy
engineering environment establishment exploration faculty federal flight for force forces
general geophysics global ground group high for in inc industries industry information
institute institution international laboratories laboratory launch limited ltd management
meteorological military ministry mission missile national naval navy observatory observation of
office operations organisation organization orbital physics plant power private programme
program project range remote research resources royal satellite satellites school science
sciences scientific sensing service services site solar space spacecraft state station
strategic students system systems technical technological technologies technology telecom
telecommunications test testing the transport university weather works"""
"""Words that bodies of many states have in their names, and that name none by themselves."""
_SERIAL = """block capsule demo demonstration dummy experiment flight group launch lot mission
mockup model module object payload phase pod probe release rocket run satellite sat series
spacecraft stage station target test type unit vehicle"""
"""Words that make no name of a craft, with a number or without."""
_SHORT = 7
"""Letters of the name of a body at least."""
_MANY = 40
"""Of so many craft that share all but a number, the names are those of a fleet: none is taken."""
_FLIGHTS = ("sts", "soyuz", "progress")
"""Fleets of which releases name every flight."""
_JUNIOR = re.compile(r",? (?:Jr|Sr|I{2,3})\.?$")
_COLUMNS = ("name", "id", "class", "label", "document", "place")
_FILES = {
    "gcat-orgs-2025-04": "gcat/orgs.tsv",
    "gcat-launchlog-2024-12": "gcat/launchlog.tsv",
    "gcat-psatcat-2025-04": "gcat/psatcat.tsv",
    "gcat-auxcat-2025-12": "gcat/auxcat.tsv",
    "gcat-satcat-2025": "gcat/satcat_decayed_nondebris.tsv",
    "gcat-lv-2025-12": "gcat/lv.tsv",
    "astronauts-international-2020": "astronauts/astronauts_international.csv",
    "astronauts-nasa-fact-book": "astronauts/astronauts_nasa.csv",
}
_ABOVE = 3
"""Lines of heading and comment that may stand above the rows of a table."""


class Row(NamedTuple):
    """A name: whose it is, of which class, the main name, and row or item that has it."""

    name: str
    id: str
    cls: str
    label: str
    document: str
    place: str


def read(full: store.View, curated: store.View) -> Iterator[Row]:
    """Yield the names of the tables; a thing that the curated graph has keeps its identifier."""
    home = prefixes()
    known = {i: e.removeprefix(home["id"]) for e, i in curated.rows(_KNOWN)}
    same = {e.removeprefix(home["id"]): known[i] for e, i in full.rows(_KNOWN) if i in known}
    labels = {e.removeprefix(home["id"]): name for e, name in full.rows(_LABELS)}
    unfit = {home["sp"] + name for name in ("IntergovernmentalOrganization", "SpaceObject")}
    for thing, cls, name, document, locator in full.rows(_NAMES):
        slug, source = thing.removeprefix(home["id"]), document.removeprefix(home["doc"])
        if source.startswith((*TABLES, WIKIDATA)) and kind_of(cls) and cls not in unfit:
            place, mine = locator.removeprefix("#row="), cls.removeprefix(home["sp"])
            yield Row(name.strip(), same.get(slug, slug), mine, labels[slug].strip(), source, place)


def forms(one: Row) -> Iterator[Row]:
    """Yield a name in the forms that releases use."""
    yield one
    if one.cls == "Person":
        words = _JUNIOR.sub("", one.name).split()
        for text in (_JUNIOR.sub("", one.name), f"{words[0]} {words[-1]}"):
            yield one._replace(name=text)
        if len(words) == 3 and len(words[1]) > 2:
            yield one._replace(name=f"{words[0]} {words[1][0]}. {words[2]}")


def is_name(one: Row) -> bool:
    """Say whether nothing but this thing is likely to be meant by a name."""
    words = [w.casefold() for w in _WORD.findall(one.name)]
    kind = _kind(one)
    if not _LATIN.fullmatch(one.name) or not one.name.isascii() or kind in _LEFT_OUT:
        return False
    if kind == "Person":
        return len(words) > 1 and min(len(words[0].strip(".")), len(words[-1].strip("."))) > 1
    if kind == "Agency":
        told = {w.strip(".") for w in words} - set(_GENERIC.split())
        return (
            bool(told) and len(words) > 1 and len(one.name) > _SHORT and not _OFFICE.match(one.name)
        )
    return is_craft(one, words)


def is_craft(one: Row, words: Sequence[str]) -> bool:
    """Say whether a name of a craft is more than a word or a number of its maker."""
    telling = _TELLING.search(one.name) or (len(words) > 1 and one.name == one.label)
    serial = bool(_CAPITALS.fullmatch(one.name)) or {w.rstrip("s") for w in words} <= set(
        _SERIAL.split()
    )
    return bool(telling) and len(one.name) > 4 and not serial and not _FACTORY.search(one.name)


def _kind(one: Row) -> str:
    return kind_of(prefixes()["sp"] + one.cls)


def tables(folder: Path) -> dict[str, list[str]]:
    """Return document → the lines of its table, folded."""
    texts = {name: (folder / path).read_text(encoding="utf-8") for name, path in _FILES.items()}
    return {name: bare(text).casefold().splitlines() for name, text in texts.items()}


def is_told(one: Row, lines: Sequence[str]) -> bool:
    """Say whether all words of a name, initials apart, are in its row."""
    if one.document == WIKIDATA:
        return True
    row = int(one.place)
    near = " ".join(lines[row - 1 : row + _ABOVE])
    words = re.findall(r"[^\W\d_]{2,}|\d+", bare(one.name).casefold())
    return all(word in near for word in words)


def fliers(rows: Iterable[Row], born: Mapping[str, set[tuple[str, str]]]) -> Iterator[Row]:
    """Yield names; a person of Wikidata is who has the surname and the year of birth in a table.

    One who has the surname and the first name alone of somebody else is left out.

    Args:
        rows: Names of the tables and of Wikidata.
        born: Person → pairs of surname, folded, and year of birth.
    """
    known = list(rows)
    tables = {one.id: one for one in known if one.cls == "Person" and one.document != WIKIDATA}
    by_birth: dict[tuple[str, str], set[str]] = defaultdict(set)
    for person in tables:
        for pair in born.get(person, ()):
            by_birth[pair].add(person)
    named = {_ends(one.name) for one in known if one.id in tables}
    for one in known:
        if one.cls != "Person" or one.document != WIKIDATA:
            yield one
            continue
        same = {p for pair in born.get(one.id, ()) for p in by_birth.get(pair, ())}
        if len(same) == 1:
            yield one._replace(id=(mine := tables[same.pop()]).id, label=mine.label)
        elif not same and _ends(one.name) not in named:
            yield one


def _ends(name: str) -> tuple[str, str]:
    """First and last word of a name, folded."""
    words = bare(_JUNIOR.sub("", name)).casefold().split() or [""]
    return words[0], words[-1]


def births(view: store.View, export: Path) -> dict[str, set[tuple[str, str]]]:
    """Return person → surname and year of birth, by the tables' keys and by Wikidata's export."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    home = prefixes()["id"]
    for person, key in view.rows(_BORN):
        if year := re.search(r"-(\d{4})\.\w+$", key):
            name = key.rsplit("name-born.", 1)[-1][: -len(year[0])].split("-")
            found[person.removeprefix(home)].add((_ends(" ".join(name))[1], year[1]))
    graph = Graph().parse(export)
    for item, year in graph.subject_objects(URIRef(_DIRECT + "P569")):
        for label in graph.objects(item, RDFS.label):
            person = f"wikidata-{str(item).rsplit('/', 1)[-1].lower()}"
            found[person].add((_ends(str(label))[1], str(year)))
    return found


def fleets(rows: Iterable[Row]) -> set[str]:
    """Return the names, without their numbers, that craft of a fleet share."""
    members: dict[str, set[str]] = defaultdict(set)
    for one in rows:
        members[_stem(one.name)].add(one.id)
    many = {stem for stem, ids in members.items() if len(ids) > _MANY}
    return {stem for stem in many if not stem.startswith(_FLIGHTS)}


def _stem(name: str) -> str:
    return re.sub(r"[\d\W_]+[A-Z]?$|\d.*$", "", name).casefold()


def chosen(
    rows: Iterable[Row],
    borne: set[str],
    flown: Mapping[str, set[str]],
    lines: Mapping[str, Sequence[str]],
) -> list[Row]:
    """Return the names that one thing bears, and the curated graph does not have.

    Args:
        rows: Names of the tables.
        borne: Names of the curated graph, folded.
        flown: Person → flights.
        lines: From :func:`tables`.
    """
    kept = {one for each in rows for one in forms(each) if is_name(one)}
    many = fleets(one for one in kept if _kind(one) == "Object")
    bearers: dict[str, dict[str, Row]] = defaultdict(dict)
    for one in (one for one in sorted(kept) if is_told(one, lines.get(one.document, ()))):
        if bare(one.name).casefold() not in borne and _stem(one.name) not in many:
            bearers[bare(one.name).casefold()].setdefault(one.id, one)
    types = _types(kept)
    named = [
        one
        for ones in bearers.values()
        if (one := only(list(ones.values()), flown)) and one not in types
    ]
    return sorted(named, key=lambda one: (one.id, one.name))


def _types(rows: Iterable[Row]) -> set[Row]:
    """Return further names of craft with which the names of others begin: names of a type."""
    crafts = [one for one in rows if _kind(one) in {"Object", "Activity"}]
    begun: dict[str, set[str]] = defaultdict(set)
    for one in crafts:
        words = _plain(one.name).split()
        for last in range(1, len(words)):
            begun[" ".join(words[:last])].add(one.id)
    return {one for one in crafts if one.name != one.label and begun[_plain(one.name)] - {one.id}}


def _plain(name: str) -> str:
    return bare(name).casefold().replace("-", " ")


def only(bearers: list[Row], flown: Mapping[str, set[str]]) -> Row | None:
    """Return the one thing that bears a name; of two entries for one flier, the agency's own."""
    tables = [one for one in bearers if one.document != WIKIDATA]
    if 1 == len(tables) < len(bearers) and tables[0].cls != "Person":
        return tables[0]
    shared = set.intersection(*(flown.get(one.id, set()) for one in bearers))
    if len(bearers) > 1 and not shared:
        return None
    return max(bearers, key=lambda one: (one.document, one.id))


@click.command()
@click.argument("full", type=click.Path(exists=True, path_type=Path))
@click.argument("curated", type=click.Path(exists=True, path_type=Path))
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
def main(full: Path, curated: Path, folder: Path) -> None:
    """Write `data/authority/names.csv` from the workspaces FULL and CURATED, and the tables."""
    ours = store.open_view(curated)
    borne = {bare(name).casefold() for (name,) in ours.rows(_BORNE)}
    theirs = store.open_view(full)
    flown: dict[str, set[str]] = defaultdict(set)
    for person, flight in theirs.rows(_FLOWN):
        flown[person.removeprefix(prefixes()["id"])].add(flight)
    born = births(theirs, folder / "wikidata" / "astronauts.ttl")
    rows = fliers(read(theirs, ours), born)
    found = chosen(rows, borne, flown, tables(folder))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(found)
    files.write(PATH, out.getvalue().encode(), folders=True)
    click.echo(f"{len(found)} names of {len({one.id for one in found})} things")


if __name__ == "__main__":
    main()
