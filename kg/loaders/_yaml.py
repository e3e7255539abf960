"""YAML as text only: no types, no duplicate keys, and every mapping knows its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

import yaml

from kg.errors import InputError, Origin

Node: TypeAlias = "str | list[Node] | Block"
_DEPTH, _SUSPICIOUS = 50, 1000


class _Loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """Everything is text, so nobody has to find out what a scalar could be."""

    def resolve(self, _kind: object, _value: object, _implicit: object) -> str:
        """Give every node one tag, which nothing reads."""
        return ""

    def descend_resolver(self, _node: object, _index: object) -> None:
        """Follow no path."""

    def ascend_resolver(self) -> None:
        """Follow no path."""


class Block(dict[str, Node]):
    """A YAML mapping with the place of the whole and of each key.

    Attributes:
        origin: Where the mapping starts.
        at: Where each key stands.
    """

    def __init__(self, origin: Origin) -> None:
        super().__init__()
        self.origin = origin
        self.at: dict[str, Origin] = {}

    def text(self, key: str, default: str = "") -> str:
        """Return a value that must be a single text.

        Raises:
            InputError: If it is a list or a mapping.
        """
        value = self.get(key, default)
        if not isinstance(value, str):
            raise InputError(f"'{key}' must be one text value", origin=self.at[key])
        return value

    def blocks(self, key: str) -> list[Block]:
        """Return a value that must be a list of mappings (one mapping counts as a list of one).

        Raises:
            InputError: If it is anything else.
        """
        value = self.get(key, [])
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(item, Block) for item in items):
            fix = "write '- key: value' items below it"
            raise InputError(f"'{key}' must be a list of mappings", origin=self.at[key], fix=fix)
        return [item for item in items if isinstance(item, Block)]

    def block(self, key: str) -> Block:
        """Return a value that must be a mapping; an absent one is empty.

        Raises:
            InputError: If it is anything else.
        """
        value = self.get(key)
        if value is None:
            return Block(self.origin)
        if not isinstance(value, Block):
            raise InputError(f"'{key}' must be a mapping", origin=self.at[key])
        return value

    def texts(self, key: str) -> list[str]:
        """Return a value that must be a text or a list of texts.

        Raises:
            InputError: If it is anything else.
        """
        value = self.get(key, [])
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(item, str) for item in items):
            raise InputError(f"'{key}' must be a text or a list of texts", origin=self.at[key])
        return [item for item in items if isinstance(item, str)]


def read(path: Path) -> Block:
    """Read a YAML file whose top is a mapping.

    Args:
        path: The file; UTF-8.

    Raises:
        InputError: With file, line and column, if it cannot be read.
    """
    try:
        content = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise InputError("not UTF-8", origin=Origin(str(path), line), fix="save as UTF-8") from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", origin=Origin(str(path))) from None
    return parse(content, path)


def parse(content: str, path: Path) -> Block:
    """Parse a YAML text whose top is a mapping; `path` is for messages only.

    Raises:
        InputError: With file, line and column, if it is broken.
    """
    try:
        _refuse_depth(content, path)
        tree = yaml.compose(content, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise _broken(path, error) from None
    except yaml.reader.ReaderError as error:
        line = content[: error.position].count("\n") + 1
        fix = "remove the control character"
        raise InputError(
            f"broken YAML: {error.reason}", origin=Origin(str(path), line), fix=fix
        ) from None
    top = _convert(tree, str(path), set()) if tree is not None else None
    if not isinstance(top, Block):
        raise InputError("the top of the file must be a mapping", origin=Origin(str(path), 1))
    return top


def _refuse_depth(content: str, path: Path) -> None:
    """Thousands of levels would crash the engine, so count those of a suspicious text first."""
    brackets = content.count("[") + content.count("{")
    if brackets < _SUSPICIOUS and all(len(x) < _SUSPICIOUS for x in content.splitlines()):
        return
    depth = 0
    for event in yaml.parse(content, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEPTH:
            where = _marked(str(path), event.start_mark)
            raise InputError("nested too deeply", origin=where, fix="write it flat")


def _broken(path: Path, error: yaml.MarkedYAMLError) -> InputError:
    origin = _marked(str(path), error.problem_mark or error.context_mark)
    if "nesting depth" in (error.problem or ""):
        return InputError("nested too deeply", origin=origin, fix="write it flat")
    fix = "check the indentation, and quote texts that hold ': ' or start with a sign"
    return InputError(f"broken YAML: {error.problem or error.context}", origin=origin, fix=fix)


def _convert(node: yaml.Node, file: str, seen: set[int]) -> Node:
    """Copy a node; one that is met twice (an alias) could grow without end, or hold itself."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if id(node) in seen:
        what = "an alias (*name) of a list or mapping"
        raise InputError(what, origin=_origin(node, file), fix="write it out")
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [_convert(item, file, seen) for item in node.value]
    block = Block(_origin(node, file))
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise InputError("a key must be a text", origin=_origin(key, file))
        name = str(key.value)
        if name in block:
            raise InputError(f"'{name}' is given twice", origin=_origin(key, file), fix="keep one")
        block[name] = _convert(value, file, seen)
        block.at[name] = _origin(key, file)
    return block


def _origin(node: yaml.Node, file: str) -> Origin:
    return _marked(file, node.start_mark)


def _marked(file: str, mark: Any) -> Origin:
    return Origin(file, mark.line + 1, mark.column + 1) if mark else Origin(file)
