"""Fields of a mapping, compiled once: from a row to the values of one property."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kg.errors import InputError, suggest
from kg.identifiers import normal
from kg.loaders import _dates
from kg.loaders._resolve import compile_resolve
from kg.loaders._scope import PLACE, Getter, Scope, State, Text, cell_of, place, text_of
from kg.loaders._sheet import only
from kg.loaders._steps import compile_steps, regex
from kg.loaders._yaml import Block
from kg.values import Value
from kg.vocab import Property

_KEYS = {
    "column", "value", "codes", "split", "match", "template", "dates", "zone", "pivot", "language",
    "entity", "start", "end", "empty", "optional", "default", "invalid", "replace", "order", "cut",
    "parts", "join",
}  # fmt: skip


def compile_field(block: Block, name: str, prop: Property | None, scope: Scope) -> Getter:
    """Compile a field.

    Args:
        block: The field, as the mapping gives it.
        name: Its name, for messages.
        prop: The property that takes the values; decides what a date becomes.
        scope: Header, code lists, identity.

    Raises:
        InputError: If the mapping is wrong.
    """
    only(block, _KEYS)
    entity = block.get("entity")
    ways = [k for k in ("column", "value", "start") if k in block]
    if "end" in block and "start" not in block:
        ways.append("start")
    if not ways and PLACE.search(block.text("template")):
        return _templated(block, scope)
    if "parts" in block:
        return _joined(block, name, prop, scope)
    if isinstance(entity, str):
        if ways:
            raise InputError(f"'{name}' is an entity of the row or a column, not both")
        return _row_entity(entity, block, scope)
    if not ways and isinstance(entity, Block) and "identifiers" in entity:
        return _of_row(entity, scope)
    if len(ways) != 1:
        raise InputError(f"'{name}' needs a column or a value, and not both")
    if ways == ["value"]:
        return _constant(block)
    if ways == ["start"]:
        return _interval(block, name, scope)
    return _column(block, prop, scope)


def _constant(block: Block) -> Getter:
    found: list[Value] = [(text, block.text("language")) for text in block.texts("value")]
    return lambda _: found


def _templated(block: Block, scope: Scope) -> Getter:
    template = block.text("template")
    names = PLACE.findall(template)
    cells = [cell_of(place(n, block, "template", scope)) for n in names if n != "row"]
    fill = text_of(template, block, "template", scope)
    language = _language(block, scope)

    def get(state: State) -> list[Value]:
        if cells and not any(cell(state) for cell in cells):
            return []
        return [(fill(state).strip(), language(state))]

    return get


def _joined(block: Block, name: str, prop: Property | None, scope: Scope) -> Getter:
    """`parts:` are fields; their first values are joined, empty ones left out."""
    getters = [compile_field(part, name, prop, scope) for part in block.blocks("parts")]
    between = block.text("join", " ")
    language = _language(block, scope)

    def get(state: State) -> list[Value]:
        texts = [values[0][0] for g in getters if (values := g(state))]
        return [(between.join(texts), language(state))] if texts else []

    return get


def _row_entity(entity: str, block: Block, scope: Scope) -> Getter:
    if entity not in scope.names:
        fix = suggest(entity, scope.names) or "declare it above with '- entity:'"
        raise InputError(f"no entity '{entity}' in this row", origin=block.at["entity"], fix=fix)

    def get(state: State) -> list[Value]:
        slug = state.entities.get(entity, "")
        return [(slug, "")] if slug else []

    return get


def _interval(block: Block, name: str, scope: Scope) -> Getter:
    ends: list[Getter] = []
    for key in ("start", "end"):
        given = block.get(key)
        if given is None:
            ends.append(lambda _: [])
        elif isinstance(given, Block):
            ends.append(compile_field(_without_empty(given), name, None, scope))
        else:
            raise InputError(f"'{key}' must be a mapping", origin=block.at[key])
    last = block.get("end")
    empty = last.text("empty") if isinstance(last, Block) else ""
    empty = block.text("empty", empty)
    invalid = _invalid(block, name, scope)

    def get(state: State) -> list[Value]:
        start, end = (values[0][0] if (values := g(state)) else "" for g in ends)
        try:
            found = _dates.interval(start, end, empty)
        except InputError:
            invalid()
            return []
        return [(found, "")] if found else []

    return get


def _without_empty(block: Block) -> Block:
    copy = Block(block.origin)
    copy.update({k: v for k, v in block.items() if k != "empty"})
    copy.at = block.at
    return copy


def _invalid(block: Block, name: str, scope: Scope) -> Callable[[], None]:
    """Called while an error is handled: raises it again, unless the mapping says to omit."""
    wish = block.text("invalid", "reject")
    if wish not in {"reject", "omit"}:
        raise InputError("invalid: is reject or omit", origin=block.at["invalid"])

    def handle() -> None:
        if wish == "reject":
            raise
        scope.omitted(f"{name}: not valid")

    return handle


def _language(block: Block, scope: Scope) -> Text:
    given = block.get("language", "")
    if isinstance(given, Block):
        getter = compile_field(given, "language", None, scope)
        return lambda state: found[0][0] if (found := getter(state)) else ""
    text = block.text("language")
    return lambda _: text


def _column(block: Block, prop: Property | None, scope: Scope) -> Getter:
    name, index = _which(block, scope)
    convert = compile_steps(block, name, prop, scope)
    split = regex(block, "split")
    plain = scope.uncertain if "dates" not in block else ""
    entity = block.get("entity")
    resolve = _of_cell(entity, scope) if isinstance(entity, Block) else None
    language = _language(block, scope)
    default = block.text("default")
    invalid = _invalid(block, name, scope)

    def get(state: State) -> list[Value]:
        cell = (state.cells[index] if index >= 0 else "") or default
        if not cell:
            return []
        found: list[Value] = []
        for part in split.split(cell) if split else (cell,):
            text = part.strip()
            if plain and text.endswith(plain):
                text = text[: -len(plain)].strip()
                if text:
                    state.doubts[name] = None
            if not text:
                continue
            try:
                text = convert(text)
            except InputError:
                invalid()
                continue
            if text:
                found.append((text, language(state)))
        if resolve:
            return [v for text, _ in found for v in resolve(state, text)]
        return found

    return get


def _which(block: Block, scope: Scope) -> tuple[str, int]:
    names = block.texts("column")
    optional = block.text("optional") == "true"
    for name in names[:-1]:
        if (found := place(name, block, "column", scope, optional=True)) >= 0:
            return name, found
    last = names[-1] if names else ""
    return names[0] if names else "", place(last, block, "column", scope, optional)


def identifiers(block: Block, scope: Scope) -> Callable[[State], list[tuple[str, str]]]:
    """Compile `identifiers:`: scheme → column or field; what comes out is normalised."""
    getters: list[tuple[str, Getter]] = []
    for scheme in block:
        given: Any = block[scheme]
        if isinstance(given, str):
            given = Block(block.at[scheme])
            given["column"], given.at["column"] = block.text(scheme), block.at[scheme]
        if not isinstance(given, Block):
            raise InputError("an identifier is a column", origin=block.at[scheme])
        getters.append((scheme, compile_field(given, scheme, None, scope)))

    def get(state: State) -> list[tuple[str, str]]:
        found = []
        doubts = dict(state.doubts)
        for scheme, getter in getters:
            state.doubts.clear()
            values = getter(state)
            if not state.doubts:
                found += [(scheme, v) for text, _ in values if (v := normal(scheme, text))]
        state.doubts.clear()
        state.doubts.update(doubts)
        return found

    return get


def _of_row(block: Block, scope: Scope) -> Getter:
    """`entity: {identifiers: …}` without a column."""
    resolve = compile_resolve(block, scope)
    keys_of = identifiers(block.block("identifiers"), scope)
    label = None
    if "label" in block:
        label = cell_of(place(block.text("label"), block, "label", scope))

    def get(state: State) -> list[Value]:
        keys = keys_of(state)
        text = (label(state) if label else "") or (keys[0][1] if keys else "")
        return resolve(state, keys, text) if keys else []

    return get


def _of_cell(block: Block, scope: Scope) -> Callable[[State, str], list[Value]]:
    """`entity: {scheme: …}` beside a column."""
    resolve = compile_resolve(block, scope)
    scheme = block.text("scheme")
    if not scheme:
        raise InputError("entity: needs a scheme:", origin=block.origin)

    def get(state: State, text: str) -> list[Value]:
        value = normal(scheme, text)
        return resolve(state, [(scheme, value)] if value else [], text)

    return get
