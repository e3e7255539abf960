"""What a request comes to: a plain value that any part of the server can make."""

from __future__ import annotations

from dataclasses import dataclass

TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP response.

    Attributes:
        status: Status code (RFC 9110, section 15).
        media: Value of Content-Type.
        body: The bytes.
        headers: Further headers.
    """

    status: int
    media: str = TEXT
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


class RefusedError(Exception):
    """A request that is not carried out; it becomes a response.

    Args:
        status: Status code.
        message: What is wrong and the likely fix, for a person.
        headers: Headers that belong to the status.
    """

    def __init__(self, status: int, message: str, *headers: tuple[str, str]) -> None:
        super().__init__(message)
        self.answer = Answer(status, TEXT, message.encode() + b"\n", headers)
