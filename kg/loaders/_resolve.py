"""From the identifiers of a cell or a row to the entity they belong to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from kg.errors import InputError
from kg.identifiers import slugged
from kg.identity import Key
from kg.loaders._scope import Minted, Scope, State
from kg.loaders._sheet import only
from kg.loaders._yaml import Block
from kg.values import Value

_KEYS = {"scheme", "identifiers", "mint", "class", "label", "language", "unknown"}
Resolve: TypeAlias = Callable[[State, list[Key], str], list[Value]]
"""State, normalised identifiers and the text of the cell, to the slug."""


def mints(block: Block) -> list[tuple[str, str]]:
    """Read `mint:`: pairs of scheme and template, in order."""
    given = block.get("mint")
    if isinstance(given, Block):
        found = [(scheme, given.text(scheme)) for scheme in given]
    elif isinstance(given, list):
        found = [(scheme, scheme + "-{}") for scheme in block.texts("mint")]
    else:
        found = [("", block.text("mint"))] if given else []
    for _, template in found:
        if "{}" not in template:
            raise InputError(f"'{template}' has no place {{}}", origin=block.at["mint"])
    return found


def minted_slug(templates: Sequence[tuple[str, str]], keys: Sequence[Key]) -> str:
    """Return the slug of a new entity, from the first template with an identifier, or ""."""
    for scheme, template in templates:
        for key, value in keys:
            if scheme in {"", key}:
                return slugged(template, value)
    return ""


def compile_resolve(block: Block, scope: Scope) -> Resolve:
    """Compile `entity: {scheme, mint, …}`: known identifiers lead to their entity.

    Args:
        block: What follows `entity:`.
        scope: What is known of identifiers.

    Raises:
        InputError: If the mapping is wrong.
    """
    only(block, _KEYS)
    templates = mints(block)
    wish = block.text("unknown", "reject")
    if wish not in {"reject", "skip"}:
        raise InputError("unknown: is reject or skip", origin=block.at["unknown"])
    if templates and "class" not in block:
        raise InputError("mint: needs a class:", origin=block.at["mint"])
    cls, language = block.text("class"), block.text("language")
    if cls:
        scope.vocab.class_iri(cls)
    what = block.text("scheme", "identifier")
    identity = scope.identity

    def resolve(state: State, keys: list[Key], text: str) -> list[Value]:
        slug = identity.resolve(keys)
        if not slug:
            free = [key for key in keys if not identity.find(*key)]
            slug = minted_slug(templates, free)
        if slug:
            if templates and slug not in identity.classes:
                identity.expect(slug, cls, keys)
                state.minted.append(Minted(slug, cls, (text, language)))
            return [(slug, "")]
        if wish == "skip":
            scope.omitted(f"unknown {what}")
            return []
        said = ", ".join(f"{s} '{v}'" for s, v in keys) or f"{what} '{text}'"
        fix = "add it to an identity file or to the table that declares such things"
        raise InputError(f"nothing is known of {said}", fix=fix)

    return resolve
