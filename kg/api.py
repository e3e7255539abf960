"""The public API behind `import kg`: a dozen verbs over a read-only view."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import analyses, registry, resources
from kg.build import Result, build
from kg.errors import KGError
from kg.parameters import day_of
from kg.projection import Filter as Filter
from kg.restrict import restrict
from kg.store import View as View
from kg.store import open_view
from kg.table import Table

if TYPE_CHECKING:
    from kg.ingest.review import Review
    from kg.ingest.run import Outcome


def build_store(workspace: str | os.PathLike[str] | None = None, **options: Any) -> Result:
    """Build the store of a workspace; see :func:`kg.build.build` for the options.

    Raises:
        KGError: If the input is bad; the store in use stays as it was.
    """
    return build(workspace, **options)


def read_releases(
    workspace: str | os.PathLike[str] | None,
    paths: Iterable[str | os.PathLike[str]],
    **given: str,
) -> Outcome:
    """Read press releases into a workspace; :func:`build_store` then puts them into its store.

    Args:
        workspace: The workspace folder; it has a store, whose names are looked for.
        paths: Files, folders or manifests.
        **given: publisher, issued, language, url, tier, title: what holds for all of them.

    Returns:
        What was read, what goes to the graph, what waits for review, and what could not be read.

    Raises:
        KGError: If there is no store, or a path, a manifest or the decisions are wrong.
    """
    from kg.ingest import run

    home = resources.workspace(workspace)
    return run.ingest(open_view(home), home, [Path(p) for p in paths], given=given, jobs=1)


def review(workspace: str | os.PathLike[str] | None = None, **said: str) -> Review:
    """Open what waits for a person.

    Args:
        workspace: The workspace folder.
        **said: who, when, why: what each decision records.

    Raises:
        KGError: If there is no store, or the decisions are broken.
    """
    from kg.ingest.review import Review

    return Review.open(resources.workspace(workspace), **said)


def open(
    workspace: str | os.PathLike[str] | None = None,
    *,
    as_of: str | date | None = None,
    documents: Iterable[str] | None = None,
) -> View:
    """Open the store of a workspace, read-only.

    Args:
        workspace: The workspace folder; by default `KG_WORKSPACE` or `kg-workspace/`.
        as_of: Known then: only documents issued by this day.
        documents: Only these documents.

    Returns:
        View: `view.dataset()` is a plain `rdflib.Dataset`, `view.store` the Oxigraph store.

    Raises:
        QueryError: If `as_of` is no calendar day.
        StoreError: If there is no store.
        UnknownNameError: If a document is not in it.
    """
    day = day_of(as_of) if isinstance(as_of, str) else as_of
    return restrict(open_view(resources.workspace(workspace)), as_of=day, documents=documents)


def ask(view: View, name: str, *, on: str | date | None = None, **parameters: str) -> Table:
    """Ask a named question.

    Args:
        view: The documents that count.
        name: Name of the query, or "q01" and so on.
        on: Day for which each row says whether it is true.
        **parameters: Parameters of the query, as text.

    Raises:
        QueryError: If a value does not fit, such as a day that is none.
        UnknownNameError: If the query or a parameter is unknown, or a value names nothing.
    """
    from kg.query import run

    day = day_of(on) if isinstance(on, str) else on
    return run(view, name, parameters, on=day, names_in=whole(view))


def analyze(view: View, name: str, **options: Any) -> Table:
    """Run an analysis: centrality, communities, brokers, plans, conflicts, timeline and more.

    Args:
        view: The documents that count.
        name: File name in `kg/analytics`.
        **options: Options of that analysis.

    Raises:
        KGError: If the analysis or an option is unknown.
    """
    module = registry.load("kg.analytics", name, "analysis")
    if not options and (kept := analyses.find(view, name)):
        return kept
    table: Table = module.run(view, **options)
    return table


def project(view: View, kind: str = "actor-actor", chosen: Filter | None = None) -> Any:
    """Return a networkx graph of a view.

    Args:
        view: The documents that count.
        kind: "actor-actor", "two-mode" or "typed".
        chosen: What to keep.

    Raises:
        KGError: If the kind is unknown.
    """
    from kg import projection

    kinds: dict[str, Callable[[View, Filter | None], Any]] = {
        "actor-actor": projection.actor_actor,
        "two-mode": projection.two_mode,
        "typed": projection.typed,
    }
    if kind not in kinds:
        raise KGError(f"unknown projection '{kind}'", fix="known: " + ", ".join(kinds))
    return kinds[kind](view, chosen)


def serialize(
    view: View, form: str = "turtle", projection: str | None = None, chosen: Filter | None = None
) -> bytes:
    """Return a view in an export format: turtle, trig, nquads, jsonld, graphml, and others.

    Args:
        view: The documents that count.
        form: File name in `kg/export`.
        projection: Which network, for formats of networks; see :func:`project`.
        chosen: What the network keeps.

    Raises:
        KGError: If the format is unknown, or holds no network although one is asked for.
    """
    module, out = registry.load("kg.export", form, "format"), io.BytesIO()
    if projection is None and chosen is None:
        module.write(view, out)
    elif not hasattr(module, "write_graph"):
        fix = "choose graphml or gexf, or leave out --projection, --from, --to and --on"
        raise KGError(f"{form} holds triples or rows, not a network", fix=fix)
    else:
        module.write_graph(project(view, projection or "typed", chosen), view, out)
    return out.getvalue()


def draw(
    view: View,
    *,
    around: str = "",
    depth: int = 1,
    asked: str = "",
    on: date | None = None,
    title: str = "",
    positions: str = "",
    flat: bool = False,
) -> str:
    """Return the interactive page of a view, or of a part of it, as one offline HTML file.

    Args:
        view: The documents that count.
        around: Name of the thing in the middle; everything when empty.
        depth: How many links away from it.
        asked: Name of a query: only what its rows speak of.
        on: Only what can be true on this day.
        title: Heading; by default what is shown.
        positions: File of positions that a page has saved.
        flat: Draw every item; otherwise a large graph opens on groups that unfold.

    Raises:
        KGError: If a name or a query is unknown, the query speaks of nothing, or the file of
            positions is none.
    """
    from kg import projection
    from kg.names import resolve
    from kg.query import claims_of
    from kg.questions import find
    from kg.view import read_positions, render
    from kg.view.assemble import picture

    places = read_positions(positions) if positions else None
    centre = resolve(whole(view), around) if around else ""
    graph = projection.typed(view, Filter(on=on), around=centre, depth=depth)
    if centre:
        graph = projection.neighbourhood(graph, centre, depth)
        title = title or f"{view.label(centre)}: {depth} {'link' if depth == 1 else 'links'} away"
    if asked:
        graph = projection.of_claims(graph, claims_of(view, asked, names_in=whole(view)))
        title = title or find(asked)[0].title
    drawn = picture(view, graph, title or "Space partnerships")
    return render(drawn, positions=places, flat=flat)


def brief(view: View, a: str, b: str, *, on: str | date | None = None, form: str = "md") -> str:
    """Return the brief of a pair of actors, as Markdown or HTML.

    Args:
        view: The documents that count.
        a: Name of one actor.
        b: Name of the other.
        on: Day of the meeting; by default the day as of which the view speaks.
        form: "md" or "html".

    Raises:
        KGError: If the two are one, the form is unknown, or a day is none.
        UnknownNameError: If a name means nothing, or more than one thing.
    """
    from kg.dossier import write
    from kg.names import resolve

    day = day_of(on) if isinstance(on, str) else on
    full = whole(view)
    return write(view, full, resolve(full, a), resolve(full, b), on=day, form=form)


def whole(view: View) -> View:
    """Return the unrestricted view of the same store, in which names are looked up."""
    if view.allowed is None or view.path is None or view.home is None:
        return view
    return open_view(Path(view.home))
