"""What no document states about a thing, counted from what a page reads anyway."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg import vocab
from kg.analytics._lacks import SCHEMES
from kg.namespaces import RDFS_LABEL, sp
from kg.pages.facts import Listed, about
from kg.pages.memory import Memory
from kg.pages.render import many


def gaps(view: Memory, thing: str) -> list[str]:
    """Say what is not stated about a thing, one short sentence each.

    Args:
        view: The documents that count.
        thing: IRI of the thing.
    """
    return list(_gaps(view, thing, about(view, thing)))


def _gaps(view: Memory, thing: str, listed: Sequence[Listed]) -> Iterator[str]:
    yield from _identifiers(view, thing)
    if "en" not in {getattr(t, "language", "") or "" for t in view.terms(thing, RDFS_LABEL)}:
        yield "a name in English"
    if undated := sum(not x.edtf for x in listed):
        yield f"a date or period of {many(undated, 'fact')}"
    taking_part = [x for x in listed if x.section in {"missions", "agreements"}]
    if bare := sum(not any(view.value(c, sp("role")) for c in x.claims) for x in taking_part):
        yield f"the role in {many(bare, 'participation')}"
    if single := sum(len(_documents(view, x)) == 1 for x in listed):
        yield f"a second document for {many(single, 'fact')}"


def _identifiers(view: Memory, thing: str) -> Iterator[str]:
    words = vocab.load()
    types = view.types(thing)
    wanted = next((s for top, s in SCHEMES if any(words.is_a(t, top) for t in types)), ())
    nodes = view.objects(thing, sp("identifier"))
    have = {view.value(node, sp("scheme")).casefold() for node in nodes}
    yield from (f"an identifier in {scheme}" for scheme in wanted if scheme not in have)


def _documents(view: Memory, listed: Listed) -> set[str]:
    places = {e for c in listed.claims for e in view.objects(c, sp("evidence"))}
    return {view.value(place, sp("document")) for place in places}
