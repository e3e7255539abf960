"""The document that the rows of a user's file are cited from."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Sequence
from pathlib import Path

from kg.errors import InputError
from kg.loaders import _common, _dates
from kg.loaders._sheet import only, open_binary
from kg.loaders._source import Source
from kg.loaders._yaml import Block, Node
from kg.model import Statement
from kg.vocab import Vocabulary

_CHUNK = 1 << 20


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's content, unpacked; of one cut off, of what is there."""
    found = hashlib.sha256()
    with open_binary(path) as handle:
        try:
            while chunk := handle.read(_CHUNK):
                found.update(chunk)
        except (OSError, EOFError, zlib.error):
            return found.hexdigest()
    return found.hexdigest()


def document_of(
    path: Path, given: Block, comments: Sequence[str], source: Source, vocab: Vocabulary
) -> tuple[str, Statement | None]:
    """Return the document that describes a file, and its description if that is new.

    Args:
        path: The file. A declared document with its SHA-256 is taken; else one is declared.
        given: `document:` of the table.
        comments: Comment lines of the file; one may say when it was issued.
        source: The source.
        vocab: The ontology.

    Raises:
        InputError: If the mapping's `document:` is wrong.
    """
    sha = digest(path)
    if known := source.identity.documents.get(sha):
        return known, None
    block = _filled(given, re.sub(r"[^a-z0-9]+", "-", _stem(path).lower()).strip("-"))
    block["id"] = f"{block.text('id')}-{sha[:8]}"
    block["sha256"] = sha
    block.at.setdefault("sha256", block.origin)
    issued = given.get("issued")
    if isinstance(issued, Block):
        only(issued, {"comment", "dates"})
        day = _issued(issued, comments)
        block.pop("issued")
        if day:
            block["issued"] = day
    found, statement = _common.document(block, source, vocab)
    source.identity.documents[sha] = found.id
    return found.id, statement


def _stem(path: Path) -> str:
    name = path.name
    for ending in (".gz", ".bz2"):
        name = name.removesuffix(ending)
    return name.rpartition(".")[0] or name


def _issued(block: Block, comments: Sequence[str]) -> str:
    try:
        pattern = re.compile(block.text("comment"))
    except re.error as error:
        message = f"'{block.text('comment')}' is no pattern: {error}"
        raise InputError(message, origin=block.at["comment"]) from None
    form = _dates.Form(tuple(block.texts("dates")) or ("edtf",), "edtf")
    for comment in comments:
        if found := pattern.search(comment):
            try:
                return _dates.convert(found[1] if pattern.groups else found[0], form)
            except InputError:
                return ""
    return ""


def _filled(block: Block, stem: str) -> Block:
    made = Block(block.origin)
    made.at = dict(block.at)
    for key, value in block.items():
        made[key] = _node(value, stem)
    return made


def _node(value: Node, stem: str) -> Node:
    if isinstance(value, Block):
        return _filled(value, stem)
    if isinstance(value, list):
        return [_node(v, stem) for v in value]
    return value.replace("{stem}", stem)
