"""What a server is told, and what it keeps within."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from kg.sparql import Limits

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """All that can be chosen.

    Attributes:
        workspace: The workspace whose current build is served.
        host: Name or address to listen on.
        port: Port; 0 for a free one.
        base_url: Address at which others reach it, with a slash at its end, where a proxy stands in
            front; the proxy takes the path of this address off. "" for the name they ask by.
        cors: Origins whose scripts may read the endpoint: "*", or full origins; see
            :func:`kg.serve.headers.allowed_origin`.
        query: Time, rows, bytes and memory of one query.
        quick: Seconds after which a query counts as long.
        long: Long queries that may run side by side.
        workers: Processes for quick queries, and as many for pages.
        queue: Requests that may wait for a process, for each kind.
        patience: Seconds that one waits.
        page: Seconds that a page may take.
        body: Bytes of a request's content.
        worn: Bytes of memory after which a process is replaced.
        connections: Open connections.
        client: Seconds that a client may take to send a request, or to take in what was sent.
        pages: Module that answers for all other paths.
    """

    workspace: Path
    host: str = "127.0.0.1"
    port: int = 8000
    cors: tuple[str, ...] = ()
    base_url: str = ""
    query: Limits = field(
        default_factory=lambda: Limits(20.0, 100_000, 16 * MIB, 2048 * MIB),
    )
    quick: float = 1.0
    long: int = 2
    workers: int = 2
    queue: int = 64
    patience: float = 10.0
    page: float = 30.0
    body: int = MIB
    worn: int = 512 * MIB
    connections: int = 512
    client: float = 20.0
    pages: str = "kg.pages"

    @property
    def base(self) -> str:
        """What the links of pages begin with: "" at the root of a host, such as "/kg" below it."""
        return urlsplit(self.base_url).path.rstrip("/")

    @property
    def loopback(self) -> bool:
        """Whether only programs on this machine can connect."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False
