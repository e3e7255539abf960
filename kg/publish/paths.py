"""Which pages a site of files has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.analytics import plans
from kg.namespaces import RDF_TYPE, sp
from kg.pages import asking, documents, entity, pairs, registers, terms
from kg.pages.facts import stated_by
from kg.pages.links import home
from kg.pages.render import Asked

_SINGLE = ("", "search", "pairs", "plans", "conflicts", "questions", "documents", "data", "things")


def paths(asked: Asked, most_pairs: int, most_graphs: int) -> list[str]:
    """Return the paths of all pages, sorted, each once.

    Args:
        asked: Any request: only its store counts.
        most_pairs: How many briefs of pairs at the most, those that share most first.
        most_graphs: How many interactive graphs at the most, of the things most is said about.
    """
    found = [*_SINGLE, "terms", *_registers(asked), *_things(asked), *_documents(asked)]
    found += [f"questions/{name}" for name in asking.answerable(asked)]
    found += [fact.removeprefix(home()) for fact in asked.view.subjects(RDF_TYPE, sp("Fact"))]
    ranked = pairs.ranked(asked.view)
    found += _numbered("pairs", len(ranked), pairs.SIZE)
    found += [pair.path for pair in ranked[:most_pairs]]
    found += [f"graph/{name}" for name in _weightiest(asked, most_graphs)]
    return sorted(set(found))


def _numbered(path: str, total: int, size: int) -> Iterator[str]:
    yield from (f"{path}/{n}" for n in range(2, -(-total // size) + 1))


def _registers(asked: Asked) -> Iterator[str]:
    view = asked.view
    groups = registers.conflict_groups(view)
    yield from (f"conflict/{name}" for name, _ in groups)
    yield from _numbered("conflicts", len(groups), registers.SIZE)
    records = registers.plan_table(view).records()
    for outcome in plans.OUTCOMES:
        if total := sum(r["outcome"] == outcome for r in records):
            path = f"plans/{registers.outcome_slug(outcome)}"
            yield path
            yield from _numbered(path, total, registers.SIZE)
    yield from _numbered("documents", len(view.documents), documents.LISTED)


def _things(asked: Asked) -> Iterator[str]:
    listed: set[str] = set()
    for name, total in terms.counts(asked.site.full):
        yield f"things/{name}"
        yield from _numbered(f"things/{name}", total, terms.LISTED)
        listed |= set(asked.site.full.subjects(RDF_TYPE, sp(name)))
    for thing in sorted(listed):
        if thing.startswith(home() + "id/"):
            path = thing.removeprefix(home())
            yield path
            yield from entity.paths(replace(asked, path=path), thing)


def _documents(asked: Asked) -> Iterator[str]:
    for document in sorted(asked.view.documents):
        path = document.removeprefix(home())
        yield path
        yield from _numbered(path, len(stated_by(asked.view, document)), documents.SIZE)


def _weightiest(asked: Asked, most: int) -> list[str]:
    index = asked.site.index
    known = [t for t in index.things() if index.weight(t)]
    known.sort(key=lambda thing: (-index.weight(thing), thing))
    return [thing.rsplit("/", 1)[-1] for thing in known[:most]]
