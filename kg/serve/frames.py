"""What the server and its worker processes say to each other: a JSON object, then bytes."""

from __future__ import annotations

import asyncio
import json
from typing import Any, BinaryIO

_SIZE = 4
Frame = tuple[dict[str, Any], bytes]


def pack(head: dict[str, Any], body: bytes = b"") -> bytes:
    """Return a frame: the lengths of the head and of the body, four bytes each, and both."""
    text = json.dumps(head).encode()
    return b"".join((_length(text), _length(body), text, body))


def _length(data: bytes) -> bytes:
    return len(data).to_bytes(_SIZE, "big")


def receive(pipe: BinaryIO) -> Frame | None:
    """Read a frame; None where the other side is gone."""
    sizes = pipe.read(2 * _SIZE)
    if len(sizes) < 2 * _SIZE:
        return None
    head = pipe.read(int.from_bytes(sizes[:_SIZE], "big"))
    return json.loads(head), pipe.read(int.from_bytes(sizes[_SIZE:], "big"))


async def read(pipe: asyncio.StreamReader) -> Frame:
    """Read a frame.

    Raises:
        asyncio.IncompleteReadError: If the other side ends.
    """
    sizes = await pipe.readexactly(2 * _SIZE)
    head = await pipe.readexactly(int.from_bytes(sizes[:_SIZE], "big"))
    return json.loads(head), await pipe.readexactly(int.from_bytes(sizes[_SIZE:], "big"))
