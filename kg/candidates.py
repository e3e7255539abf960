"""Records that may be one thing because they have one name: for people to review, never joined."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from kg import columns, vocab
from kg.identifiers import normal
from kg.namespaces import iri, prefixes, sp
from kg.sssom import COLUMNS, EXACT, Line
from kg.store import Key, View
from kg.table import NOT_STATED, Cell, Table

_KINDS = ("Person", "State", "Organization", "VehicleType", "Agreement", "Undertaking", "Location")
_MOST = 8
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two records with one name.

    Attributes:
        label: The name that they share, as the first writes it.
        one: IRI of the first.
        other: IRI of the second.
        homonym: True if a catalogue numbers both, and differently: they are two things.
    """

    label: str
    one: str
    other: str
    homonym: bool


def folded(label: str) -> str:
    """Return a name without case, accents, signs and blanks."""
    plain = unicodedata.normalize("NFKD", label)
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return _SIGNS.sub("", letters).casefold()


def pairs(view: View, lines: Iterable[Line] = (), *, homonyms: bool = False) -> list[Pair]:
    """Return the pairs of records with one name and compatible kinds, sorted.

    Args:
        view: The whole store.
        lines: Mapping files; pairs that they separate have been reviewed and are left out.
        homonyms: Also pairs that one catalogue gives different identifiers.
    """
    held = _identifiers(Key(view))
    kinds = _kinds(view)
    apart = {
        (line.subject, line.scheme, normal(line.scheme, line.value)) for line in lines if line.apart
    }
    groups: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for entity, label in _labels(view):
        key = folded(label)
        if len(key) > 1 and (kind := kinds.get(entity)):
            groups[key, kind].setdefault(entity, label)
    found: dict[tuple[str, str], Pair] = {}
    for members in groups.values():
        if 1 < len(members) <= _MOST:
            for one, other in combinations(sorted(members), 2):
                if _reviewed(one, other, held, apart):
                    continue
                same = _told_apart(held[one], held[other])
                if homonyms or not same:
                    found.setdefault((one, other), Pair(members[one], one, other, same))
    return sorted(found.values())


def table(view: View, found: Sequence[Pair], languages: Sequence[str] = ("en",)) -> Table:
    """Return pairs as a table, with what tells the two apart.

    Args:
        view: The whole store.
        found: The pairs.
        languages: Languages of labels, best first.
    """
    held = _identifiers(Key(view))
    rows: list[tuple[Cell, ...]] = []
    for pair in found:
        verdict = "two things: one catalogue numbers both" if pair.homonym else "candidate"
        sides = [_side(view, node, held[node], languages) for node in (pair.one, pair.other)]
        rows.append((pair.label, *sides[0], *sides[1], verdict))
    columns = ("label", "one", "about one", "other", "about the other", "verdict")
    notes = (
        "a shared name joins nothing; write a line into an identity file to join or to separate",
        f"names that more than {_MOST} records share are left out",
    )
    return Table(columns, tuple(rows), f"{len(rows)} pairs of records with one name", notes)


def sssom(view: View, found: Sequence[Pair]) -> Table:
    """Return candidates as lines of a mapping file, without author and date: nobody has checked.

    Args:
        view: The whole store.
        found: The pairs; those of two things, and those without an identifier, are left out.
    """
    held = _identifiers(Key(view))
    rows: list[tuple[Cell, ...]] = []
    for pair in found:
        ends = (pair.one, pair.other) if held[pair.other] else (pair.other, pair.one)
        if pair.homonym or not held[ends[1]]:
            continue
        scheme, values = sorted(held[ends[1]].items())[0]
        cells = {
            "subject_id": "id:" + _slug(ends[0]),
            "subject_label": view.label(ends[0]),
            "predicate_id": EXACT,
            "object_id": f"{scheme}:{min(values)}",
            "object_label": view.label(ends[1]),
            "mapping_justification": "semapv:LexicalMatching",
            "comment": f"same name: {pair.label}",
        }
        rows.append(tuple(cells.get(column, "") for column in COLUMNS))
    return Table(COLUMNS, tuple(rows), "candidates, for review")


def joined(view: View, lines: Sequence[Line], thing: str = "") -> Table:
    """Return which identifiers belong to which records, and who says so.

    Args:
        view: The whole store.
        lines: Mapping files.
        thing: IRI of the one entity that is asked for, or "" for all.
    """
    why: dict[tuple[str, str, str], Line] = {}
    for line in lines:
        why[line.subject, line.scheme, normal(line.scheme, line.value)] = line
    rows: set[tuple[Cell, ...]] = set()
    for entity, scheme, value, document in view.rows(_joins(thing)):
        said = why.get((_slug(entity), scheme, normal(scheme, value)))
        local = document.rsplit("/", 1)[-1]
        rows.add(
            (_slug(entity), view.label(entity), scheme, value, local or NOT_STATED, *_why(said))
        )
    for (slug, scheme, value), line in why.items():
        node = prefixes()["id"] + slug
        if line.apart and thing in {"", node}:
            rows.add((slug, view.label(node), scheme, value, "kept apart", *_why(line)))
    columns = (
        "record",
        "label",
        "scheme",
        "identifier",
        "document",
        "justification",
        "by",
        "place",
    )
    title = f"{len(rows)} identifiers"
    notes = ("a document: the source that gives the identifier; a justification: a mapping file",)
    return Table(columns, tuple(sorted(rows)), title, notes)


def _joins(thing: str) -> str:
    values = f"VALUES ?e {{ <{thing}> }} " if thing else ""
    return f"""SELECT DISTINCT ?e ?scheme ?value ?d {{ {values}?e sp:identifier ?i .
        ?i sp:scheme ?scheme ; sp:identifierValue ?value
        OPTIONAL {{ ?i sp:evidence/sp:document ?d }} }}"""


def _why(line: Line | None) -> tuple[str, str, str]:
    if line is None:
        return "the source gives it", NOT_STATED, NOT_STATED
    return line.justification, f"{line.author}, {line.day}", str(line.origin)


def _labels(view: View) -> list[tuple[str, str]]:
    """Entities and their names, sorted."""
    home = prefixes()["id"]
    labels = columns.several(view, "rdfs:label"), columns.several(view, "skos:altLabel")
    named = {
        (e, name) for found in labels for e in found if e.startswith(home) for name in found[e]
    }
    return sorted(named)


@lru_cache(maxsize=1)
def _identifiers(key: Key) -> dict[str, dict[str, set[str]]]:
    held: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    schemes = columns.single(key.view, "scheme")
    values = columns.single(key.view, "identifierValue")
    for entity, nodes in columns.several(key.view, "identifier").items():
        for node in nodes:
            if node in schemes and node in values:
                scheme, value = schemes[node], values[node]
                held[entity][scheme].add(normal(scheme, value) or value)
    return held


def _kinds(view: View) -> dict[str, str]:
    words = vocab.load()
    tops: dict[str, str] = {}
    for name in reversed(_KINDS):
        tops |= dict.fromkeys(words.subclasses(name), name)
    home = prefixes()["id"]
    return {
        entity: tops[cls]
        for entity, found in columns.classes(view).items()
        if entity.startswith(home)
        for cls in found
        if cls in tops
    }


def _told_apart(one: dict[str, set[str]], other: dict[str, set[str]]) -> bool:
    return any(scheme in other and not values & other[scheme] for scheme, values in one.items())


def _reviewed(
    one: str,
    other: str,
    held: dict[str, dict[str, set[str]]],
    apart: set[tuple[str, str, str]],
) -> bool:
    return bool(apart) and any(
        (_slug(a), scheme, value) in apart
        for a, b in ((one, other), (other, one))
        for scheme, values in held[b].items()
        for value in values
    )


def _side(
    view: View, node: str, held: dict[str, set[str]], languages: Sequence[str]
) -> tuple[Cell, Cell]:
    cls = ", ".join(view.label(c, languages) for c in view.types(node))
    numbers = [f"{s} {v}" for s, values in sorted(held.items()) for v in sorted(values)]
    return _slug(node), (cls, *numbers[:4], *_facts(view, node, languages))


def _facts(view: View, node: str, languages: Sequence[str]) -> Iterator[str]:
    """Dates and owners: what a person looks at to tell two things of one name apart."""
    days = {
        f"{view.label(kind)} {edtf}"
        for kind, edtf in view.rows(
            f"SELECT ?k ?d {{ ?c sp:object <{node}> ; sp:kind ?k ; sp:onDate/sp:edtf ?d }}"
        )
    }
    yield from sorted(days)[:3]
    owners = view.rows(f"""SELECT DISTINCT ?a {{ ?c sp:inActivity <{node}> ; sp:participant ?a ;
        sp:role ?r FILTER(?r IN (<{iri("role:owner")}>, <{iri("role:lead")}>)) }}""")
    for (owner,) in owners[:3]:
        yield f"of {view.label(owner, languages)}"
    for state in view.objects(node, sp("countedUnder"))[:2]:
        yield f"counted under {view.label(state, languages)}"


def _slug(node: str) -> str:
    return node.removeprefix(prefixes()["id"])
