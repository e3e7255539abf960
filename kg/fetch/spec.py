"""What can be fetched is data: `data/external/<name>/fetch.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import resources
from kg.errors import InputError, UnknownNameError, suggest
from kg.fetch.check import KINDS, MOST, Expected
from kg.loaders._yaml import Block, read

SPEC = "fetch.yaml"
_KEYS = {
    "title", "publisher", "homepage", "licence", "credit", "pause", "hosts", "files", "items",
    "missing",
}  # fmt: skip
_FILE = {"name", "url", "kind", "columns", "key", "least", "most", "sha256"}
_ITEMS = _FILE | {"pattern", "scheme"}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class File:
    """One file of a publisher.

    Attributes:
        name: Name that it gets here.
        url: Its address.
        expected: What it must be.
    """

    name: str
    url: str
    expected: Expected


@dataclass(frozen=True, slots=True)
class Items:
    """Files of which the user says which.

    Attributes:
        pattern: What an item looks like.
        scheme: Scheme of the identifiers in the store that are items.
        file: The file, with `{item}` in name and address.
    """

    pattern: str
    scheme: str
    file: File

    def of(self, item: str) -> File:
        """Return the file of an item.

        Raises:
            UnknownNameError: If it does not look like one.
        """
        if not re.fullmatch(self.pattern, item):
            fix = f"items look like {self.pattern}"
            raise UnknownNameError(f"'{item}' cannot be fetched", fix=fix)
        name, url = (t.replace("{item}", item) for t in (self.file.name, self.file.url))
        return File(name, url, self.file.expected)


@dataclass(frozen=True, slots=True)
class Spec:
    """What a publisher offers, and on what terms.

    Attributes:
        name: Name of the folder.
        title: Title of the data.
        publisher: Who publishes it.
        homepage: Where it is described.
        licence: Its licence.
        credit: How it asks to be credited.
        pause: Seconds between two requests.
        hosts: Further hosts to which it may send on.
        files: The files.
        items: Files that the user chooses, or None.
        missing: Why there is nothing to fetch, or "".
    """

    name: str
    title: str
    publisher: str
    homepage: str
    licence: str
    credit: str
    pause: float
    hosts: tuple[str, ...]
    files: tuple[File, ...]
    items: Items | None
    missing: str


def names(folder: Path | None = None) -> list[str]:
    """Return what can be fetched, sorted."""
    home = folder or resources.data() / "external"
    return sorted(path.parent.name for path in home.glob(f"*/{SPEC}"))


def load(name: str, folder: Path | None = None) -> Spec:
    """Read what is offered under a name.

    Args:
        name: Such as "gcat".
        folder: Folder of the descriptions; by default that of the product.

    Raises:
        UnknownNameError: If there is none.
        InputError: If the description is broken.
    """
    home = folder or resources.data() / "external"
    if name not in names(home):
        known = [*names(home), "texts"]
        fix = suggest(name, known) or "known: " + ", ".join(known)
        raise UnknownNameError(f"nothing to fetch is called '{name}'", fix=fix)
    block = read(home / name / SPEC)
    _only(block, _KEYS)
    files = tuple(_file(b, _FILE) for b in block.blocks("files"))
    return Spec(
        name=name,
        title=_need(block, "title"),
        publisher=_need(block, "publisher"),
        homepage=block.text("homepage"),
        licence=_need(block, "licence"),
        credit=block.text("credit"),
        pause=float(_number(block, "pause")),
        hosts=tuple(block.texts("hosts")),
        files=files,
        items=_items(block.block("items")) if "items" in block else None,
        missing=block.text("missing"),
    )


def chosen(spec: Spec, items: Sequence[str]) -> Iterator[File]:
    """Yield the files of some items: all where none is named, else those of that name.

    Raises:
        UnknownNameError: If an item is none of this publisher's.
    """
    if spec.items:
        yield from (spec.items.of(item) for item in dict.fromkeys(items))
        return
    by_name = {f.name: f for f in spec.files} | {Path(f.name).stem: f for f in spec.files}
    for item in items:
        if item not in by_name:
            fix = suggest(item, by_name) or "known: " + ", ".join(f.name for f in spec.files)
            raise UnknownNameError(f"{spec.name} has no file '{item}'", fix=fix)
    yield from (by_name[i] for i in dict.fromkeys(items)) if items else spec.files


def _items(block: Block) -> Items:
    return Items(_need(block, "pattern"), block.text("scheme"), _file(block, _ITEMS))


def _file(block: Block, known: set[str]) -> File:
    _only(block, known)
    name, kind = _need(block, "name"), block.text("kind", "any")
    if not _NAME.fullmatch(name.replace("{item}", "x")):
        raise InputError(f"'{name}' is no name of a file", origin=block.at["name"])
    if kind not in KINDS:
        fix = "known: " + ", ".join(KINDS)
        raise InputError(f"unknown kind '{kind}'", origin=block.at["kind"], fix=fix)
    expected = Expected(
        kind,
        tuple(block.texts("columns")),
        block.text("key"),
        _number(block, "least") or 1,
        _number(block, "most") or MOST,
        block.text("sha256"),
    )
    return File(name, _need(block, "url"), expected)


def _need(block: Block, key: str) -> str:
    if not block.text(key):
        raise InputError(f"no {key}", origin=block.origin, fix=f"add {key}:")
    return block.text(key)


def _number(block: Block, key: str) -> int:
    text = block.text(key, "0")
    if not (text.isascii() and text.isdigit()):
        raise InputError(f"'{text}' is no whole number", origin=block.at[key])
    return int(text)


def _only(block: Block, known: set[str]) -> None:
    for key in block:
        if key not in known:
            fix = suggest(key, known) or "known: " + ", ".join(sorted(known))
            raise InputError(f"unknown key '{key}'", origin=block.at[key], fix=fix)
