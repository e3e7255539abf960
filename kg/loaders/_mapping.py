"""The `rows:` of a mapping, compiled once for a header: from a row to entities and claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from kg.claims import Record, compile_claim
from kg.errors import InputError, Origin
from kg.loaders._cites import compile_cite
from kg.loaders._conditions import compile_when
from kg.loaders._entities import Part, Target, compile_fields, declare, entity_part, fits
from kg.loaders._scope import Scope, State
from kg.loaders._sheet import only
from kg.loaders._yaml import Block
from kg.model import Citation, Statement
from kg.values import Value, located

_CLAIM = {"class", "name", "when", "optional", "fields", "cite"}


def compile_rows(blocks: Sequence[Block], scope: Scope, target: Target) -> list[Part]:
    """Compile the `rows:` of a table.

    Args:
        blocks: The parts, in order: entities and claims.
        scope: Header, code lists, identity.
        target: Document and strictness; may be changed between files.

    Raises:
        InputError: If the mapping is wrong.
    """
    return [
        entity_part(b, scope, target) if "entity" in b else _claim(b, scope, target) for b in blocks
    ]


def _claim(mapping: Block, scope: Scope, target: Target) -> Part:
    only(mapping, _CLAIM)
    cls = mapping.text("class")
    with located(mapping.at.get("class", mapping.origin)):
        scope.vocab.class_iri(cls)
    getters = compile_fields(mapping, scope)
    test = compile_when(mapping, scope)
    cite = compile_cite(mapping, scope)
    optional = mapping.text("optional") == "true"
    name = mapping.text("name", cls)
    required = [n for n in getters if scope.vocab.property(n).required]
    note = "note" in {p.name for p in scope.vocab.properties_of(scope.vocab.class_iri(cls))}

    def make(state: State, origin: Origin) -> Iterator[Statement] | None:
        if test and not test(state):
            return None
        state.doubts.clear()
        values = {n: found for n, get in getters.items() if (found := get(state))}
        if optional and any(n not in values for n in required):
            scope.omitted(f"{name}: nothing in a required field")
            if state.minted:
                declare(state, cite(state, origin, target.document), origin, scope)
            return None
        if state.doubts and note:
            said = " and ".join(state.doubts)
            mark = (f"The source marks {said} as uncertain.", "")
            values["note"] = [*values.get("note", []), mark]
        return _claims(cls, name, values, cite(state, origin, target.document), state, origin)

    def _claims(
        cls: str,
        name: str,
        values: dict[str, list[Value]],
        cited: list[Citation],
        state: State,
        origin: Origin,
    ) -> Iterator[Statement]:
        declare(state, cited, origin, scope)
        for fact in alternatives(values, scope):
            if target.check and (reason := unsuitable(cls, fact, scope)):
                scope.omitted(f"{name}: {reason}")
                continue
            yield from compile_claim(Record(cls, fact, cited, origin), scope.vocab)

    return make


def alternatives(values: dict[str, list[Value]], scope: Scope) -> Iterator[dict[str, list[Value]]]:
    """A cell with several values in a property that takes one makes several facts."""
    single = [n for n, v in values.items() if len(v) > 1 and scope.vocab.properties[n].single]
    if not single:
        yield values
        return
    for choice in product(*(values[n] for n in single)):
        yield values | {n: [v] for n, v in zip(single, choice, strict=True)}


def unsuitable(cls: str, fact: dict[str, list[Value]], scope: Scope) -> str:
    """Say why what a fact names cannot stand where it does, or "".

    Raises:
        InputError: If it names an entity that nothing declares.
    """
    properties = scope.vocab.properties
    for name, given in fact.items():
        prop = properties[name]
        if scope.vocab.slug_prefix(prop.range) != "id":
            continue
        for slug, _ in given:
            found = scope.identity.kind(slug)
            if not found:
                fix = "declare it, or correct the code list"
                raise InputError(f"entity '{slug}' is not declared", fix=fix)
            if not fits(found, prop.range, scope):
                return f"a {found} is no {name}"
    if cls == "Relation" and "relationType" in fact:
        if fact.get("relationSubject") == fact.get("relationObject"):
            return "leads from a thing to itself"
        relation = scope.vocab.property(fact["relationType"][0][0])
        for name, wanted in (("relationSubject", "domain"), ("relationObject", "range")):
            for slug, _ in fact.get(name, ()):
                found = scope.identity.kind(slug)
                if not fits(found, getattr(relation, wanted), scope):
                    return f"a {found} is no {name} of {relation.name}"
    return ""
