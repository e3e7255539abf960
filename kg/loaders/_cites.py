"""The `cite:` of a mapping, compiled once: from a row to its citations."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from kg.errors import InputError, Origin
from kg.loaders import _common
from kg.loaders._scope import PLACE, Scope, State, Text, text_of
from kg.loaders._yaml import Block
from kg.model import Citation

Cite: TypeAlias = Callable[[State, Origin, str], list[Citation]]
"""State of the row, its place, and the document of the table, to citations."""


def compile_cite(mapping: Block, scope: Scope) -> Cite:
    """Compile the `cite:` of a claim or an entity; every key of it may be a template.

    Raises:
        InputError: If there is none, or a template names a column that is not there.
    """
    if "cite" not in mapping:
        fix = "add cite: with a document and a gist"
        raise InputError("rows without citation", origin=mapping.origin, fix=fix)
    made = [_one(_plain(block), scope) for block in mapping.blocks("cite")]
    if len(made) == 1:
        only = made[0]
        return lambda state, origin, document: [only(state, origin, document)]
    return lambda state, origin, document: [one(state, origin, document) for one in made]


def _plain(cite: Block) -> Block:
    """Write `gist: {value: …}`, the form of the first version, as `gist: …`."""
    made = Block(cite.origin)
    made.at = dict(cite.at)
    for key in cite:
        value = cite[key]
        made[key] = value.text("value") if isinstance(value, Block) and "value" in value else value
    return made


def _one(cite: Block, scope: Scope) -> Callable[[State, Origin, str], Citation]:
    dynamic = {k for k in cite if _has_place(cite[k])}
    quick = dynamic <= {"gist"} and not {"row", "chars", "quote", "sha256", "locator"} & set(cite)
    return _quick(cite, scope) if quick else _general(cite, scope)


def _has_place(value: object) -> bool:
    if isinstance(value, Block):
        return any(_has_place(v) for v in value.values())
    if isinstance(value, list):
        return any(_has_place(v) for v in value)
    return bool(PLACE.search(str(value)))


def _quick(cite: Block, scope: Scope) -> Callable[[State, Origin, str], Citation]:
    """Only the gist differs from row to row."""
    gist = text_of(cite.text("gist"), cite, "gist", scope)
    sample = _parsed(_with_row(cite, "1"), "document")
    own = cite.text("document")
    fixed = (sample.attribution, sample.speaker, sample.sentence, sample.seen, sample.attests)

    def make(state: State, origin: Origin, document: str) -> Citation:
        attribution, speaker, sentence, seen, attests = fixed
        return Citation(
            document=own or document,
            gist=gist(state),
            row=0 if state.locator else state.number,
            attribution=attribution,
            speaker=speaker,
            sentence=sentence,
            seen=seen,
            attests=attests,
            fragment=state.locator,
            origin=origin,
        )

    return make


def _general(cite: Block, scope: Scope) -> Callable[[State, Origin, str], Citation]:
    fill = _filler(cite, scope)
    placed = {"row", "chars", "quote", "sha256", "locator"} & set(cite)

    def make(state: State, origin: Origin, document: str) -> Citation:
        filled = fill(state)
        if not placed and state.locator:
            filled["locator"] = state.locator
        elif not placed:
            filled["row"] = str(state.number)
        try:
            found = _parsed(filled, document)
        except InputError as error:
            error.origin = origin
            raise
        return found

    return make


def _filler(block: Block, scope: Scope) -> Callable[[State], Block]:
    texts: dict[str, Text] = {}
    blocks: dict[str, Callable[[State], Block]] = {}
    for key in block:
        value = block[key]
        if isinstance(value, Block):
            blocks[key] = _filler(value, scope)
        elif isinstance(value, str):
            texts[key] = text_of(value, block, key, scope)

    def fill(state: State) -> Block:
        made = Block(block.origin)
        made.update(block)
        made.at = dict(block.at)
        for key, text in texts.items():
            made[key] = text(state)
        for key, inner in blocks.items():
            made[key] = inner(state)
        return made

    return fill


def _with_row(cite: Block, row: str) -> Block:
    made = Block(cite.origin)
    made.update(cite)
    made.at = dict(cite.at)
    made["row"], made.at["row"] = row, cite.origin
    return made


def _parsed(cite: Block, document: str) -> Citation:
    outer = Block(cite.origin)
    outer["cite"], outer.at["cite"] = cite, cite.origin
    (found,) = _common.citations(outer, document)
    return found
