"""What a page is asked with and what it answers with: plain values, no network."""

from __future__ import annotations

from dataclasses import dataclass

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """A GET request.

    Attributes:
        path: Path below the root of the site, decoded, with its leading slash.
        query: Parameters in their order, decoded.
        accept: The Accept header, or "".
        base: What every link begins with: "" at the root of a host, such as "/kg" below it.
    """

    path: str
    query: tuple[tuple[str, str], ...] = ()
    accept: str = ""
    base: str = ""

    def get(self, name: str) -> str:
        """Return the first value of a parameter, without white space around it, or ""."""
        return next((v.strip() for k, v in self.query if k == name), "")


@dataclass(frozen=True, slots=True)
class Response:
    """An answer.

    Attributes:
        status: HTTP status code.
        media: Value of Content-Type.
        body: The bytes.
        headers: Further headers. A page that needs another policy than the site's brings its own
            Content-Security-Policy, which a server must not replace.
    """

    status: int
    media: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


def redirect(status: int, place: str) -> Response:
    """Return a redirection (RFC 9110, section 15.4) to a place, which is already encoded."""
    return Response(status, "text/plain; charset=utf-8", b"", (("Location", place),))
