"""Entities that a mapping makes or finds: what is new about them goes into the register."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kg.claims import Record, compile_entity
from kg.errors import InputError, Origin
from kg.expected import Describe
from kg.loaders import _common
from kg.loaders._cites import Cite, compile_cite
from kg.loaders._conditions import compile_when
from kg.loaders._fields import compile_field, identifiers
from kg.loaders._resolve import minted_slug, mints
from kg.loaders._scope import Getter, Minted, Scope, State
from kg.loaders._sheet import only
from kg.loaders._yaml import Block
from kg.model import Citation, Statement
from kg.namespaces import iri
from kg.values import Value, located

_ENTITY = {
    "entity", "class", "name", "when", "optional", "identifiers", "mint", "unknown", "label",
    "alias", "fields", "cite",
}  # fmt: skip
_TOPS = ("Undertaking", "Actor", "Location", "Post")
Part: TypeAlias = "Callable[[State, Origin], Iterator[Statement] | None]"
"""Makes the statements of one part of the mapping; None where it does not apply to the row."""


@dataclass(slots=True)
class Target:
    """Where the rows of one file go.

    Attributes:
        document: Identifier of the document that they are cited from.
        check: True if what a field names must be known already (external sources).
    """

    document: str
    check: bool


def compile_fields(mapping: Block, scope: Scope) -> dict[str, Getter]:
    """Compile the `fields:` of a claim or an entity."""
    fields = mapping.block("fields")
    found = {}
    for name in fields:
        given = fields[name]
        if isinstance(given, str):
            block = Block(fields.at[name])
            block["value"], block.at["value"] = given, fields.at[name]
        else:
            block = fields.block(name)
        with located(fields.at[name]):
            found[name] = compile_field(block, name, scope.vocab.property(name), scope)
    return found


def fits(cls: str, wanted: str, scope: Scope) -> bool:
    """Say whether a class (by its local name) is a kind of another (by its IRI)."""
    key = ("fits", cls, wanted)
    if key not in scope.vocab.memo:
        full = scope.vocab.classes.get(cls, cls)
        scope.vocab.memo[key] = not wanted or scope.vocab.is_a(full, wanted)
    return bool(scope.vocab.memo[key])


def declare(state: State, cited: list[Citation], origin: Origin, scope: Scope) -> None:
    """Note how the entities that the fields of a claim refer to are declared if no row does it."""
    for minted in state.minted:
        scope.identity.promise(minted.slug, _describe(minted, cited, origin, scope))
    state.minted.clear()


def _describe(minted: Minted, cited: list[Citation], origin: Origin, scope: Scope) -> Describe:
    text, language = minted.label
    fields = {"rdfs:label": [(text, language or "und")]}
    record = Record(minted.cls, fields, cited, origin)
    return lambda keys: _described(record, minted.slug, keys, scope)


def _described(
    record: Record, slug: str, keys: Sequence[tuple[str, str]], scope: Scope
) -> Iterator[Statement]:
    made = list(compile_entity(record, slug, iri(_common.REGISTER), scope.vocab))
    yield from made
    evidence = [p for p in made[0].properties if p[0] == _evidence()]
    for scheme, value in keys:
        yield from _common.identifier(slug, scheme, value, evidence, record.origin)


def _evidence() -> str:
    return iri("sp:evidence")


@dataclass(frozen=True, slots=True)
class _Entity:
    """A compiled `- entity:` block."""

    name: str
    kind: Getter
    keys: Callable[[State], list[tuple[str, str]]]
    templates: Sequence[tuple[str, str]]
    unknown: str
    labels: Sequence[Getter]
    aliases: Sequence[Getter]
    fields: dict[str, Getter]
    cite: Cite
    optional: bool


def entity_part(mapping: Block, scope: Scope, target: Target) -> Part:
    """Compile an `- entity:` block."""
    only(mapping, _ENTITY)
    plan = _entity_plan(mapping, scope)
    test = compile_when(mapping, scope)
    scope.names.add(plan.name)

    def make(state: State, origin: Origin) -> Iterator[Statement] | None:
        if test and not test(state):
            return None
        found = _identified(plan, state, scope)
        if not found:
            return None
        slug, cls, keys = found
        state.entities[plan.name] = slug
        return _entity_statements(plan, slug, cls, keys, state, origin, scope, target)

    return make


def _entity_plan(mapping: Block, scope: Scope) -> _Entity:
    given = mapping.get("class", "")
    if isinstance(given, Block):
        kind = compile_field(given, "class", None, scope)
    else:
        with located(mapping.at.get("class", mapping.origin)):
            scope.vocab.class_iri(mapping.text("class"))
        fixed: list[Value] = [(mapping.text("class"), "")]

        def kind(_: State) -> list[Value]:
            return fixed

    if not mapping.block("identifiers"):
        fix = "add identifiers: scheme: column"
        raise InputError("an entity without identifiers", origin=mapping.origin, fix=fix)
    if mapping.text("unknown", "reject") not in {"reject", "skip"}:
        raise InputError("unknown: is reject or skip", origin=mapping.at["unknown"])
    return _Entity(
        name=mapping.text("entity"),
        kind=kind,
        keys=identifiers(mapping.block("identifiers"), scope),
        templates=mints(mapping),
        unknown=mapping.text("unknown", "reject"),
        labels=[compile_field(b, "label", None, scope) for b in mapping.blocks("label")],
        aliases=[compile_field(b, "alias", None, scope) for b in mapping.blocks("alias")],
        fields=compile_fields(mapping, scope),
        cite=compile_cite(mapping, scope),
        optional=mapping.text("optional") == "true",
    )


def _identified(
    plan: _Entity, state: State, scope: Scope
) -> tuple[str, str, list[tuple[str, str]]] | None:
    keys = plan.keys(state)
    slug = scope.identity.resolve(keys)
    kinds = plan.kind(state)
    cls = kinds[0][0] if kinds else ""
    if not slug:
        free = [key for key in keys if not scope.identity.find(*key)]
        slug = minted_slug(plan.templates, free)
        if not slug:
            if plan.unknown == "skip" or plan.optional:
                scope.omitted(f"{plan.name}: no identifier that is known")
                return None
            said = ", ".join(f"{s} '{v}'" for s, v in keys) or "a row without identifier"
            raise InputError(f"nothing is known of {said}", fix="give the mapping a mint:")
    held = scope.identity.classes.get(slug)
    if held and cls and not _akin(held, cls, scope):
        message = f"'{slug}' is a {held}, this row is about a {cls}"
        fix = "a line with Not in an identity file separates what is joined wrongly"
        raise InputError(message, fix=fix)
    if not held and not cls:
        raise InputError("nothing says of what class it is")
    return slug, held or cls, keys


def _akin(held: str, wanted: str, scope: Scope) -> bool:
    """A mission and its spacecraft can be one entity; a person and a spacecraft cannot."""
    if held == wanted:
        return True
    key = ("akin", held, wanted)
    if key not in scope.vocab.memo:
        pair = [scope.vocab.class_iri(c) for c in (held, wanted)]
        scope.vocab.memo[key] = any(all(scope.vocab.is_a(c, top) for c in pair) for top in _TOPS)
    return bool(scope.vocab.memo[key])


def _entity_statements(
    plan: _Entity,
    slug: str,
    cls: str,
    keys: list[tuple[str, str]],
    state: State,
    origin: Origin,
    scope: Scope,
    target: Target,
) -> Iterator[Statement]:
    """What is new about an entity; a row that says nothing new adds no statement about it."""
    identity = scope.identity
    new = slug not in identity.classes
    gained = identity.adopt(slug, cls, keys)
    fields: dict[str, Sequence[Value]] = {}
    for names, fresh in ((plan.labels, new), (plan.aliases, False)):
        for text, language in (value for get in names for value in get(state)):
            if identity.name(slug, text):
                first = fresh and "rdfs:label" not in fields
                key = "rdfs:label" if first else "skos:altLabel"
                fields[key] = [*fields.get(key, ()), (text, language or "und")]
    for name, get in plan.fields.items():
        prop = scope.vocab.property(name)
        if (found := get(state)) and fits(cls, prop.domain, scope):
            fields[name] = found
    if new and "rdfs:label" not in fields:
        label = keys[0][1] if keys else slug
        fields["rdfs:label"] = [(label, "und")]
    if new or gained or fields:
        cited = plan.cite(state, origin, target.document)
        yield from _described(Record(cls, fields, cited, origin), slug, gained, scope)
