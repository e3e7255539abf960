"""JSON values one after the other from a file of any size: only one value is held at a time."""

from __future__ import annotations

import codecs
import json
import re
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from kg.errors import InputError, Origin
from kg.loaders._sheet import Unfit

LIMIT = 1 << 26
_CHUNK = 1 << 20
_MARGIN = 16
_BLANK = re.compile(r"[ \t\r\n]*")
_WRAPPER = re.compile(r'\{\s*"(?:entities|head|results|success|warnings|error|batchcomplete)"\s*:')
_UNDECODED = re.compile("[\udc80-\udcff]")
_LOST = (OSError, EOFError, zlib.error)
_decode = json.JSONDecoder().raw_decode


@dataclass(frozen=True, slots=True)
class Found:
    """A value of a JSON file.

    Attributes:
        line: Line on which it begins.
        part: "" for one of a list or of lines; else the member it stands in, such as "entities".
        key: Its name in that member, or "".
        value: The value, or what is wrong with it.
    """

    line: int
    part: str
    key: str
    value: Any


class Bytes(Protocol):
    """What is read from."""

    def read1(self, size: int = ..., /) -> bytes:
        """Return some bytes, at most `size`; none at the end."""


class Text:
    """A window on a text of any length.

    Args:
        handle: The bytes, in UTF-8.
        path: For messages.
        limit: How many characters one value may have.
    """

    def __init__(self, handle: Bytes, path: Path, limit: int = LIMIT) -> None:
        self.path, self.limit, self.line = path, limit, 1
        self.lost = ""
        self._handle, self._text, self._at, self._ended = handle, "", 0, False
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self.more()
        if self._text.startswith("\ufeff"):
            self._at = 1

    def more(self) -> bool:
        """Widen the window; say whether there was more."""
        if self._ended:
            return False
        rest = self._text[self._at :]
        chunk = self._read(min(max(_CHUNK, len(rest)), _CHUNK * 16))
        self._text = rest + self._decoder.decode(chunk, self._ended)
        self._at = 0
        return len(self._text) > len(rest)

    def _read(self, size: int) -> bytes:
        """Read in pieces, so that a packed file that is cut off gives what it has."""
        pieces: list[bytes] = []
        try:
            while size > 0 and (piece := self._handle.read1(size)):
                pieces.append(piece)
                size -= len(piece)
        except _LOST as error:
            self.lost = str(getattr(error, "strerror", None) or error)
        self._ended = size > 0
        return b"".join(pieces)

    def next(self) -> str:
        """Pass blanks; return the sign that follows, or "" at the end."""
        while True:
            match = _BLANK.match(self._text, self._at)
            self.step(match.end() - self._at if match else 0)
            if self._at < len(self._text):
                return self._text[self._at]
            if not self.more():
                return ""

    def step(self, signs: int = 1) -> None:
        """Pass some signs that are in the window."""
        self.line += self._text.count("\n", self._at, self._at + signs)
        self._at += signs

    def wraps(self) -> bool:
        """Say whether an object begins here that holds others in a known member."""
        return bool(_WRAPPER.match(self._text, self._at))

    def value(self) -> Any:
        """Read the value that begins here.

        Raises:
            InputError: If it is broken, too long, cut off, or not in UTF-8; nothing is passed.
        """
        while True:
            try:
                found, end = _decode(self._text, self._at)
            except json.JSONDecodeError as error:
                short = error.msg.startswith("Unterminated")
                if not short and error.pos < len(self._text) - _MARGIN:
                    raise self._broken(error) from None
                if not self._widened():
                    inside = self._lines(error) or (not short and self._text[error.pos :].strip())
                    raise (self._broken(error) if inside else self.cut()) from None
            except (RecursionError, ValueError) as error:
                said = "nested too deeply" if isinstance(error, RecursionError) else str(error)
                raise InputError(said, origin=self.origin()) from None
            else:
                if _UNDECODED.search(self._text, self._at, end):
                    fix = "save the file in UTF-8"
                    raise InputError("not UTF-8", origin=self.origin(), fix=fix)
                self.step(end - self._at)
                return found

    def resume(self) -> bool:
        """After an error go on at the next line that begins an object; False if there is none."""
        while True:
            place = self._text.find("\n", self._at)
            if place >= 0 and place + 2 < len(self._text):
                self.step(place + 1 - self._at)
                if self._text.startswith('{"', self._at):
                    return True
            else:
                if place < 0:
                    self.step(len(self._text) - self._at)
                if not self.more():
                    return False

    def origin(self) -> Origin:
        """The line at hand."""
        return Origin(str(self.path), self.line)

    def _widened(self) -> bool:
        if len(self._text) - self._at > self.limit:
            message = f"a value of more than {self.limit >> 20} MB"
            fix = "one entity a line is expected; the line is left out"
            raise InputError(message, origin=self.origin(), fix=fix)
        return self.more()

    def _lines(self, error: json.JSONDecodeError) -> bool:
        """Say whether another object begins on a line of its own before the error."""
        return self._text.find('\n{"', self._at, error.pos + 3) >= 0

    def _broken(self, error: json.JSONDecodeError) -> InputError:
        if self._lines(error):
            return InputError("broken JSON: the line is cut off", origin=self.origin())
        line = self.line + self._text.count("\n", self._at, error.pos)
        return InputError(
            f"broken JSON: {error.msg.removesuffix(' at')}", origin=Origin(str(self.path), line)
        )

    def cut(self) -> InputError:
        said = f": {self.lost}" if self.lost else ""
        fix = "get the file again; what stands before is used"
        return InputError(f"the file is cut off{said}", origin=self.origin(), fix=fix)


def values(text: Text) -> Iterator[Found]:
    """Yield the objects of a list, of lines, or of the known members of one object.

    Raises:
        Unfit: If it is no JSON at all.
    """
    sign = text.next()
    if sign == "{" and text.wraps():
        yield from _members(text, "")
    elif sign == "{":
        yield from _sequence(text, "")
    elif sign == "[":
        text.step()
        yield from _sequence(text, "]")
    else:
        raise Unfit(_other(sign, text))
    if text.lost:
        yield Found(text.line, "", "", text.cut())


def _other(sign: str, text: Text) -> str:
    if text.lost:
        return f"it cannot be read: {text.lost}"
    if not sign:
        return "it is empty"
    if sign == "<":
        return "it is a page or XML, no JSON"
    return "it is no JSON in UTF-8"


def _sequence(text: Text, close: str, part: str = "") -> Iterator[Found]:
    while True:
        sign = text.next()
        if not sign:
            if close and not text.lost:
                yield Found(text.line, part, "", text.cut())
            return
        if sign == close:
            text.step()
            return
        if sign == "," or (sign == "]" and not close):
            text.step()
            continue
        line = text.line
        try:
            if sign != "{":
                raise InputError(f"'{sign}' where an object should begin", origin=text.origin())
            yield Found(line, part, "", text.value())
        except InputError as error:
            yield Found(line, part, "", error)
            if part or not text.resume():
                if not part:
                    text.lost = ""
                return


def _members(text: Text, part: str) -> Generator[Found, None, bool]:
    """Read an object member by member; an error ends it, for where the next begins is not sure."""
    text.step()
    while (sign := text.next()) and sign != "}":
        line = text.line
        key = ""
        try:
            if sign == ",":
                text.step()
                continue
            if sign != '"':
                raise InputError(f"'{sign}' where a name should stand", origin=text.origin())
            key = text.value()
            if text.next() != ":":
                raise InputError("a name without value", origin=text.origin())
            text.step()
            inner = text.next()
            path = f"{part}/{key}" if part else key
            if inner == "{" and path in {"entities", "results"}:
                if not (yield from _members(text, path)):
                    return False
            elif inner == "[" and path in {"entities", "results/bindings"}:
                text.step()
                yield from _sequence(text, "]", path)
            else:
                yield Found(line, part, key, text.value())
        except InputError as error:
            yield Found(line, part, key, error)
            return False
    if not sign and not text.lost:
        yield Found(text.line, part, "", text.cut())
    text.step(len(sign))
    return bool(sign)
