"""From what a user types to an IRI: label in any language, alias, abbreviation, slug or CURIE."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.errors import UnknownNameError, suggest
from kg.namespaces import curie, iri, prefixes
from kg.store import View

_NAMES = """SELECT ?x ?name { ?x rdfs:label|skos:altLabel|sp:abbreviation ?name .
    FILTER(STRSTARTS(STR(?x), "%s")) }"""


def resolve(view: View, name: str, classes: Sequence[str] = ()) -> str:
    """Return the IRI of the one thing that a name means.

    Args:
        view: The full view: names do not depend on a restriction.
        name: What the user typed.
        classes: IRIs of classes; when given, only their instances count.

    Raises:
        UnknownNameError: If nothing, or more than one thing, has the name.
    """
    if not name.strip():
        raise UnknownNameError("a name without letters", fix="give a label or an abbreviation")
    if direct := _direct(view, name):
        return direct
    index = _index(view)
    found = _of_classes(view, index.get(name.strip().casefold(), set()), classes)
    if len(found) == 1:
        return found.pop()
    if found:
        choices = ", ".join(f"{curie(x)} ({view.label(x)})" for x in sorted(found))
        raise UnknownNameError(f"'{name}' means more than one thing", fix=f"say which: {choices}")
    known = _readable(view, index, classes)
    fix = (
        suggest(name, known) or _holding(name, known) or "write a label, an abbreviation or a slug"
    )
    raise UnknownNameError(f"nothing is called '{name}'", fix=fix)


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


def _index(view: View) -> dict[str, set[str]]:
    index: dict[str, set[str]] = defaultdict(set)
    for thing, name in view.rows(_NAMES % prefixes()["id"]):
        index[name.casefold()].add(thing)
    return index


def _of_classes(view: View, found: set[str], classes: Sequence[str]) -> set[str]:
    if not classes:
        return set(found)
    return {x for x in found if set(view.types(x)) & set(classes)}


def _readable(view: View, index: dict[str, set[str]], classes: Sequence[str]) -> list[str]:
    return [name for name, things in index.items() if _of_classes(view, things, classes)]


def _holding(name: str, known: list[str], most: int = 3) -> str:
    """Suggest names that hold what was typed as whole words, such as a surname."""
    wanted = set(name.casefold().split())
    found = sorted(k for k in known if wanted <= set(k.casefold().split()))[:most]
    return "did you mean " + " or ".join(f"'{k}'" for k in found) + "?" if found else ""
