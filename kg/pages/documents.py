"""The list of documents, and the page of one: what it is, and what it states."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from kg.catalogue import documents as catalogue
from kg.evidence import local
from kg.namespaces import iri, prefixes, sp
from kg.pages import rdf, rows, things
from kg.pages.facts import SECTIONS, entries, stated_by
from kg.pages.http import Response
from kg.pages.lists import part
from kg.pages.memory import Memory
from kg.pages.negotiate import TABLE, chosen, ending
from kg.pages.render import Asked
from kg.profile import facts_of
from kg.table import NOT_STATED, Table

SIZE = 60
LISTED = 100


class Card(NamedTuple):
    """What the catalogue says of a document; "" where it says nothing."""

    title: str
    kind: str
    publisher: str
    publisher_name: str
    issued: str
    language: str
    tier: str
    seen: str
    found_again: str
    not_found_again: str
    licence: str
    facts_licence: str
    url: str
    sha256: str
    source: str


def page(asked: Asked) -> Response:
    """Return a document: its card and the facts it states, or data."""
    full, rest, asked = things.find(asked)
    listed = stated_by(asked.view, full)
    if asked.form in {"csv", "json"}:
        return rows.response(facts_of(asked.view, full, on=asked.scope.on), asked.form)
    if not asked.form:
        return things.unacceptable()
    if asked.form != "html":
        made = rdf.response(asked.view, [full], [c for x in listed for c in x.claims], asked.form)
        return replace(made, headers=things.headers(asked))
    path = asked.path.removesuffix("/" + rest) if rest else asked.path
    kept = part(listed, path, rest, SIZE)
    made = asked.html(
        "document.html",
        document=full,
        card=card(asked.site.full, full),
        left_out=asked.view.left_out.get(full, ""),
        part=kept,
        entries=entries(asked.view, kept.items, asked.scope.on),
        headings={x.fact: SECTIONS[x.section] for x in kept.items},
    )
    return replace(made, headers=things.headers(replace(asked, path=path)))


def card(view: Memory, document: str) -> Card:
    """Return what the catalogue says of a document."""
    said = view.described(document)

    def one(prop: str) -> str:
        return min(said.get(iri(prop), ("",)))

    publisher, source = one("dct:publisher"), one("sp:fromSource")
    kinds = [t for t in view.types(document) if t.startswith(sp(""))]
    return Card(
        one("dct:title"),
        view.label(kinds[0]) if kinds else "",
        publisher,
        view.label(publisher) if publisher else one("sp:publisherName"),
        one("sp:issued"),
        one("dct:language"),
        local(one("sp:tier")),
        local(one("sp:seen")),
        one("sp:foundAgain"),
        one("sp:notFoundAgain"),
        one("dct:license"),
        view.value(source, iri("dct:license")),
        one("sp:url"),
        one("sp:sha256"),
        source,
    )


def index(asked: Asked) -> Response:
    """List the documents that count."""
    path, form = ending(asked.path, TABLE)
    form = chosen(form, asked.request.get("format"), asked.request.accept, TABLE)
    table: Table = asked.view.once("documents", catalogue)
    if form in {"csv", "json"}:
        return rows.response(table, form)
    number = path.partition("/")[2]
    kept = part(table.records(), "documents", number, LISTED)
    home = prefixes()["doc"]
    return asked.html("documents.html", part=kept, home=home, unstated=NOT_STATED)
