"""When a part of a mapping applies to a row: `when:` and `skip:`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from kg.errors import InputError
from kg.loaders._scope import Scope, State, place
from kg.loaders._sheet import only
from kg.loaders._yaml import Block

Test: TypeAlias = Callable[[State], bool]
_TESTS = ("in", "not-in", "matches", "not-matches", "present")


def compile_when(mapping: Block, scope: Scope) -> Test | None:
    """Compile `when:`: one condition or a list of which all must hold; None for always."""
    if "when" not in mapping:
        return None
    tests = [compile_one(block, scope) for block in mapping.blocks("when")]
    if len(tests) == 1:
        return tests[0]
    return lambda state: all(test(state) for test in tests)


def compile_one(block: Block, scope: Scope, extra: frozenset[str] = frozenset()) -> Test:
    """Compile one condition.

    Args:
        block: `column:` with in, not-in, matches, not-matches or present; or `any:`; or `entity:`.
        scope: The header.
        extra: Further keys that somebody else reads.

    Raises:
        InputError: If it is incomplete.
    """
    only(block, {"column", "any", "entity", *_TESTS, *extra})
    if "any" in block:
        tests = [compile_one(b, scope) for b in block.blocks("any")]
        return lambda state: any(test(state) for test in tests)
    if "entity" in block:
        name = block.text("entity")
        return lambda state: bool(state.entities.get(name))
    given = [key for key in _TESTS if key in block]
    if not block.text("column") or not given:
        where = block.at.get("column", block.origin)
        raise InputError("when: needs column: and in:", origin=where)
    index = place(block.text("column"), block, "column", scope)
    made = [_test(block, key, index) for key in given]
    return made[0] if len(made) == 1 else lambda state: all(test(state) for test in made)


def _test(block: Block, key: str, index: int) -> Test:
    def cell(state: State) -> str:
        return state.cells[index] if index >= 0 else ""

    if key in {"in", "not-in"}:
        wanted = frozenset(block.texts(key))
        if not wanted:
            raise InputError("when: needs column: and in:", origin=block.at[key])
        return (lambda s: cell(s) in wanted) if key == "in" else lambda s: cell(s) not in wanted
    if key == "present":
        if block.text(key) not in {"true", "false"}:
            raise InputError("present: is true or false", origin=block.at[key])
        return (lambda s: bool(cell(s))) if block.text(key) == "true" else lambda s: not cell(s)
    try:
        pattern = re.compile(block.text(key))
    except re.error as error:
        message = f"'{block.text(key)}' is no pattern: {error}"
        raise InputError(message, origin=block.at[key]) from None
    if key == "matches":
        return lambda s: bool(pattern.search(cell(s)))
    return lambda s: not pattern.search(cell(s))
