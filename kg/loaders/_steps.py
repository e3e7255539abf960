"""What is done to the text of a cell, one step after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kg.errors import InputError
from kg.loaders import _dates
from kg.loaders._scope import Scope
from kg.loaders._sheet import only
from kg.loaders._yaml import Block
from kg.vocab import Property


def regex(block: Block, key: str) -> re.Pattern[str] | None:
    """Return the pattern that a key gives, or None.

    Raises:
        InputError: If it is none.
    """
    if not block.text(key):
        return None
    try:
        return re.compile(block.text(key))
    except re.error as error:
        message = f"'{block.text(key)}' is no pattern: {error}"
        raise InputError(message, origin=block.at[key]) from None


def compile_steps(
    block: Block, name: str, prop: Property | None, scope: Scope
) -> Callable[[str], str]:
    """Compile the steps: replace, order, match, codes, dates, cut, template, one after the other.

    Args:
        block: The field.
        name: Its column, for messages.
        prop: The property that takes the value; decides what a date becomes.
        scope: The code lists.
    """
    steps: list[Callable[[str], str]] = list(_replaced(block))
    if block.text("order"):
        if block.text("order") != "family-first":
            raise InputError("order: is family-first", origin=block.at["order"])
        steps.append(_given_first)
    if pattern := regex(block, "match"):
        steps.append(lambda text: _matched(pattern, text))
    if "codes" in block:
        steps.append(_coded(block, name, scope))
    if form := _date_form(block, prop):
        steps.append(lambda text: _dates.convert(text, form))
    if part := regex(block, "cut"):
        steps.append(lambda text: _matched(part, text))
    template = block.text("template", "{}")
    if template != "{}":
        steps.append(lambda text: template.replace("{}", text))

    def convert(text: str) -> str:
        for step in steps:
            text = step(text).strip()
            if not text:
                return ""
        return text

    return convert


def _replaced(block: Block) -> Iterator[Callable[[str], str]]:
    given = block.block("replace")
    for pattern in given:
        try:
            found = re.compile(pattern)
        except re.error as error:
            message = f"'{pattern}' is no pattern: {error}"
            raise InputError(message, origin=given.at[pattern]) from None
        new = given.text(pattern)
        yield lambda text, found=found, new=new: found.sub(new, text)  # type: ignore[misc]


def _given_first(text: str) -> str:
    """``Glenn, John H., Jr.`` becomes ``John H. Glenn, Jr.``; a name without comma stays."""
    family, comma, rest = text.partition(",")
    given, second, suffix = rest.partition(",")
    if not comma or not given.strip():
        return text
    name = f"{given.strip()} {family.strip()}"
    return f"{name}, {suffix.strip()}" if second and suffix.strip() else name


def _matched(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return (found[1] or "") if found and pattern.groups else found[0] if found else ""


def _date_form(block: Block, prop: Property | None) -> _dates.Form | None:
    patterns = tuple(block.texts("dates"))
    if not patterns or patterns == ("edtf",):
        return None
    if wrong := _dates.known(patterns):
        raise InputError(
            wrong, origin=block.at["dates"], fix="write edtf, iso, gcat or such as %Y-%m-%d"
        )
    ranges = {"dateTime": "instant", "date": "day"}
    kind = ranges.get(prop.range.rsplit("#", 1)[-1], "edtf") if prop else "edtf"
    pivot = block.text("pivot", "0")
    if not pivot.isdigit():
        raise InputError(f"'{pivot}' is no year", origin=block.at["pivot"])
    return _dates.Form(patterns, kind, block.text("zone") == "utc", int(pivot))


def _coded(block: Block, column: str, scope: Scope) -> Callable[[str], str]:
    given = block.get("codes")
    wish, name = "reject", block.text("codes") if isinstance(given, str) else ""
    if isinstance(given, Block):
        only(given, {"list", "unknown"})
        wish, name = given.text("unknown", "reject"), given.text("list")
        if wish not in {"reject", "skip", "keep"}:
            raise InputError("unknown: is reject, skip or keep", origin=given.at["unknown"])
    if name not in scope.codes:
        raise InputError(f"no codes '{name}'", origin=block.at["codes"])
    listed = scope.codes.block(name)
    known = {code: listed.text(code) for code in listed}

    def convert(text: str) -> str:
        if text in known:
            return known[text]
        if wish == "reject":
            fix = f"add it to codes: {name}: in source.yaml"
            raise InputError(f"code '{text}' of column '{column}' is unknown", fix=fix)
        if wish == "skip":
            scope.omitted(f"code of {column} not in the list '{name}'")
        return text if wish == "keep" else ""

    return convert
