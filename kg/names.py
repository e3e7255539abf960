"""From what a user types to an IRI: label in any language, alias, abbreviation, slug or CURIE.

Of several things of one name, one that a curated source names goes before those of tables alone,
then a label or an abbreviation before an alias. What still is several is refused.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from kg.errors import UnknownNameError, suggest
from kg.namespaces import curie, iri, prefixes
from kg.store import View

LOG = "kg.names"
"""Name of the logger that hears of each choice among several things, at the level INFO."""
_NAMES = """SELECT ?x ?name ?alias { { ?x rdfs:label ?name } UNION { ?x sp:abbreviation ?name }
    UNION { ?x skos:altLabel ?name BIND(1 AS ?alias) } FILTER(%s) }"""
_CURATED = "SELECT DISTINCT ?x { VALUES ?x { %s } ?source a dcat:Dataset ; dct:subject ?x }"


def resolve(view: View, name: str, classes: Sequence[str] = ()) -> str:
    """Return the IRI of the one thing that a name means.

    Args:
        view: The full view: names do not depend on a restriction.
        name: What the user typed; case and blanks around it do not matter.
        classes: IRIs of classes; when given, only their instances count.

    Raises:
        UnknownNameError: If nothing, or more than one thing, has the name.
    """
    if not name.strip():
        raise UnknownNameError("a name without letters", fix="give a label or an abbreviation")
    if direct := _direct(view, name.strip()):
        return direct
    key = _key(name)
    index = _index(view, max(key.split(), key=len))
    if key not in index:
        index = _index(view)
    found = _of_classes(view, index.get(key, {}), classes)
    first = _first(view, found)
    if len(first) == 1:
        _tell(name, first[0], found)
        return first[0]
    if first:
        choices = ", ".join(f"{curie(x)} ({view.label(x)})" for x in sorted(found))
        raise UnknownNameError(f"'{name}' means more than one thing", fix=f"say which: {choices}")
    known = _readable(view, _index(view), classes)
    fix = (
        suggest(name, known) or _holding(name, known) or "write a label, an abbreviation or a slug"
    )
    raise UnknownNameError(f"nothing is called '{name}'", fix=fix)


def _first(view: View, found: Mapping[str, bool]) -> list[str]:
    """The things that go first: the curated ones, then those of which it is no mere alias."""
    if len(found) < 2:
        return list(found)
    known = curated(view, found)
    rank = {x: (x not in known, alias) for x, alias in found.items()}
    best = min(rank.values())
    return [x for x in found if rank[x] == best]


def curated(view: View, things: Iterable[str]) -> set[str]:
    """Return the things that a curated source names, where the store also holds tables.

    Args:
        view: The full view.
        things: IRIs.
    """
    return {x for (x,) in view.rows(_CURATED % " ".join(f"<{x}>" for x in things))}


def _tell(name: str, chosen: str, found: Iterable[str]) -> None:
    others = ", ".join(curie(x) for x in sorted(found) if x != chosen)
    if others:
        said = "'%s' read as %s; also called so: %s"
        logging.getLogger(LOG).info(said, name.strip(), curie(chosen), others)


def _direct(view: View, name: str) -> str:
    for full in (iri(name), iri("id:" + name), iri("doc:" + name)):
        if exists(view, full):
            return full
    return ""


def exists(view: View, full: str) -> bool:
    """Say whether something has this IRI; what is no IRI at all names nothing."""
    try:
        return bool(view.types(full))
    except ValueError:
        return False


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _index(view: View, word: str = "") -> dict[str, dict[str, bool]]:
    """Name → the things that have it → whether it is but an alias of theirs.

    With a word only of the names that hold it: the engine leaves out the others ten times faster.
    """
    holds = f"CONTAINS(LCASE(STR(?name)), {ox.Literal(word)})" if word else "true"
    index: dict[str, dict[str, bool]] = defaultdict(dict)
    for thing, name, alias in view.rows(_NAMES % holds):
        if thing.startswith(prefixes()["id"]):
            known = index[_key(name)]
            known[thing] = known.get(thing, True) and bool(alias)
    return index


def _of_classes(view: View, found: Mapping[str, bool], classes: Sequence[str]) -> dict[str, bool]:
    wanted = set(classes)
    return {x: a for x, a in found.items() if not wanted or wanted & set(view.types(x))}


def _readable(
    view: View, index: Mapping[str, Mapping[str, bool]], classes: Sequence[str]
) -> list[str]:
    return [name for name, things in index.items() if _of_classes(view, things, classes)]


def _holding(name: str, known: list[str], most: int = 3) -> str:
    """Suggest names that hold what was typed as whole words, such as a surname."""
    wanted = set(name.casefold().split())
    found = sorted(k for k in known if wanted <= set(k.casefold().split()))[:most]
    return "did you mean " + " or ".join(f"'{k}'" for k in found) + "?" if found else ""
