"""The page of a thing of the register, with its longer lists below it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kg.evidence import local
from kg.namespaces import sp
from kg.pages import gaps, rdf, things, timeline
from kg.pages.facts import SECTIONS, Listed, about, entries
from kg.pages.http import Response
from kg.pages.lists import Part, part
from kg.pages.negotiate import no_page
from kg.pages.render import Asked
from kg.pages.rows import response as rows
from kg.pages.ties import LISTED, picture, ties
from kg.phrase import class_of
from kg.profile import facts_of

FIRST = {"missions": 10, "events": 6, "agreements": 6, "memberships": 6, "plans": 6}
"""How many facts of a kind the page of a thing shows; four of any other."""
SIZE = 40
"""How many facts a page of a longer list shows."""


def page(asked: Asked) -> Response:
    """Return what is known of a thing: a page, a longer list of it, or data."""
    thing, rest, asked = things.find(asked)
    listed = about(asked.view, thing)
    if rest:
        return _longer(asked, thing, listed, rest)
    if not asked.form:
        return things.unacceptable()
    if asked.form != "html":
        return replace(data(asked, thing, listed), headers=things.headers(asked))
    made = asked.html("entity.html", **_content(asked, thing, listed))
    return replace(made, headers=things.headers(asked))


def data(asked: Asked, thing: str, listed: list[Listed]) -> Response:
    """Return a thing in a format that programs read."""
    if asked.form in {"csv", "json"}:
        return rows(facts_of(asked.view, thing, on=asked.scope.on), asked.form)
    return rdf.response(asked.view, [thing], [c for x in listed for c in x.claims], asked.form)


def _content(asked: Asked, thing: str, listed: list[Listed]) -> dict[str, Any]:
    view = asked.view
    found = ties(view, thing)
    line = timeline.dated(listed)
    by_section = {name: [x for x in listed if x.section == name] for name in SECTIONS}
    first = [x for name, xs in by_section.items() for x in xs[: FIRST.get(name, 4)]]
    shown = {e.fact: e for e in entries(view, first, asked.scope.on)}
    return {
        "thing": thing,
        "kind": class_of(asked.site.full, thing),
        "names": things.names(asked.site.full, thing),
        "identifiers": _identifiers(asked, thing),
        "web": view.objects(thing, sp("homepage")),
        "total": len(listed),
        "sections": [
            (name, SECTIONS[name], len(xs), [shown[x.fact] for x in xs if x.fact in shown])
            for name, xs in by_section.items()
            if xs
        ],
        "ties": found,
        "tied": found[:LISTED],
        "spots": picture(found),
        "dated": len(line),
        "disputes": sorted({n for e in shown.values() for n in e.disputed}),
        "gaps": view.kept(gaps.gaps, thing),
    }


def _identifiers(asked: Asked, thing: str) -> list[tuple[str, str]]:
    full = asked.site.full
    nodes = full.objects(thing, sp("identifier"))
    found = {(full.value(n, sp("scheme")), full.value(n, sp("identifierValue"))) for n in nodes}
    return sorted((local(scheme), value) for scheme, value in found)


def _longer(asked: Asked, thing: str, listed: list[Listed], rest: str) -> Response:
    name, _, number = rest.partition("/")
    path = f"{asked.path.removesuffix('/' + rest)}/{name}"
    if name == "timeline":
        return _timeline(asked, thing, listed, part(timeline.dated(listed), path, number, SIZE))
    if name == "ties":
        found = part(ties(asked.view, thing), path, number, 100)
        return asked.html("ties.html", thing=thing, part=found)
    if name not in SECTIONS:
        raise no_page(asked.path)
    kept = part([x for x in listed if x.section == name], path, number, SIZE)
    shown = entries(asked.view, kept.items, asked.scope.on)
    return asked.html("facts.html", thing=thing, part=kept, title=SECTIONS[name], entries=shown)


def _timeline(asked: Asked, thing: str, listed: list[Listed], kept: Part[Listed]) -> Response:
    along, today = timeline.axis(timeline.dated(listed), asked.view.today), asked.view.today
    shown = entries(asked.view, kept.items, asked.scope.on)
    pairs = zip(shown, kept.items, strict=True)
    bars = [timeline.bar(entry, x, along, today) for entry, x in pairs]
    return asked.html("timeline.html", thing=thing, part=kept, axis=along, bars=bars)


def paths(asked: Asked, thing: str) -> list[str]:
    """Return the paths of the longer lists of a thing, for a site of files."""
    listed = about(asked.view, thing)
    sizes = {name: sum(x.section == name for x in listed) for name in SECTIONS}
    wanted = [(n, count, SIZE) for n, count in sizes.items() if count > FIRST.get(n, 4)]
    if line := len(timeline.dated(listed)):
        wanted.append(("timeline", line, SIZE))
    if (joined := len(ties(asked.view, thing))) > LISTED:
        wanted.append(("ties", joined, 100))
    found = []
    for name, count, size in wanted:
        found += [name, *(f"{name}/{n}" for n in range(2, -(-count // size) + 1))]
    return [f"{asked.path}/{name}" for name in found]
