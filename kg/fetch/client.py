"""The one door to the network: HTTPS, one connection at a time, patient, and bounded.

Reference: RFC 9110 (redirects, Retry-After).
"""

from __future__ import annotations

import ipaddress
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Any
from urllib.parse import urljoin, urlsplit

import urllib3

from kg.errors import FetchError

ATTEMPTS, REDIRECTS = 4, 5
LONGEST_WAIT = 120.0
_MOVED = {301, 302, 303, 307, 308}
_LATER = {408, 425, 429, 500, 502, 503, 504}
_CHUNK = 64 * 1024


class BrokenOffError(FetchError):
    """The connection broke before all was there; another attempt may go on from here."""


@dataclass(slots=True)
class Answer:
    """What a server answered; the body is read through :meth:`chunks`.

    Attributes:
        url: Where it came from, after redirects.
        status: HTTP status.
        headers: Its headers; names in any case.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    _body: urllib3.BaseHTTPResponse

    @property
    def encoded(self) -> bool:
        """Whether the body is compressed on the way."""
        return self.headers.get("Content-Encoding", "identity") not in {"", "identity"}

    def chunks(self) -> Iterator[bytes]:
        """Yield the body.

        Raises:
            BrokenOffError: If it breaks off, or stalls.
        """
        try:
            yield from self._body.stream(_CHUNK, decode_content=self.encoded)
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise BrokenOffError(f"the connection broke: {_short(error)}") from None


@dataclass(slots=True)
class Client:
    """Asks servers, politely.

    Attributes:
        pause: Seconds between two requests to one host.
        loopback: Whether plain HTTP to this machine is allowed; for tests.
        contact: An address that the User-Agent names, or "".
        sleep: Waits.
        say: Told why it waits.
    """

    pause: float = 1.0
    loopback: bool = False
    contact: str = ""
    sleep: Callable[[float], None] = lambda seconds: time.sleep(seconds)
    say: Callable[[str], None] = lambda _text: None
    _asked: dict[str, float] = field(default_factory=dict)
    _pools: dict[bool, urllib3.PoolManager] = field(default_factory=dict)

    @property
    def agent(self) -> str:
        """The User-Agent: name, version and, where given, whom to write to."""
        more = f"; {self.contact}" if self.contact else ""
        return f"{self.token}/{version('kg')} (a knowledge graph of partnerships in space{more})"

    @property
    def token(self) -> str:
        """The name by which robots.txt may address it."""
        return "kg-space-partnerships"

    @contextmanager
    def get(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        *,
        may_go: Callable[[str], bool] | None = None,
        pause: float = 0.0,
    ) -> Iterator[Answer]:
        """Ask for an address, follow redirects, and try again where that makes sense.

        Args:
            url: The address.
            headers: Further headers.
            may_go: Says whether a redirect may lead to an address; by default to any.
            pause: Seconds between two requests to its host, if more than usual.

        Yields:
            The answer; its status may be any that is neither a redirect nor "later".

        Raises:
            FetchError: If the address is refused, or nothing came after the last attempt.
        """
        answer = self._final(url, dict(headers or {}), may_go, max(pause, self.pause))
        try:
            yield answer
        finally:
            answer._body.close()

    def _final(
        self, url: str, headers: dict[str, str], may_go: Callable[[str], bool] | None, pause: float
    ) -> Answer:
        for _ in range(REDIRECTS + 1):
            answer = self._patient(url, headers, pause)
            if answer.status not in _MOVED:
                return answer
            answer._body.close()
            target = _joined(url, answer.headers.get("Location", ""))
            if may_go and not may_go(target):
                there = host_of(target)
                raise FetchError(f"{url} sends on to another host, {there}", fix="look there first")
            url = target
        raise FetchError(f"{url} sends on and on", fix=f"more than {REDIRECTS} redirects")

    def _patient(self, url: str, headers: dict[str, str], pause: float) -> Answer:
        for attempt in range(ATTEMPTS):
            try:
                answer = self._once(url, headers, pause)
            except BrokenOffError:
                if attempt + 1 == ATTEMPTS:
                    raise
                self.rest(attempt, f"no answer from {host_of(url)}")
                continue
            if answer.status not in _LATER or attempt + 1 == ATTEMPTS:
                return answer
            answer._body.close()
            self.rest(attempt, f"{host_of(url)} answers {answer.status}", _retry_after(answer))
        raise AssertionError("unreachable")

    def rest(self, attempt: int, why: str, asked: float | None = None) -> None:
        """Wait before another attempt: as long as the server asks, else 1, 2, 4 … seconds.

        Raises:
            FetchError: If the server asks for longer than we wait.
        """
        seconds = float(2**attempt) if asked is None else asked
        if seconds > LONGEST_WAIT:
            raise FetchError(f"{why}; it asks to wait {seconds:.0f} s", fix="try again later")
        self.say(f"{why}; waiting {seconds:.0f} s")
        self.sleep(seconds)

    def _once(self, url: str, headers: dict[str, str], pause: float) -> Answer:
        secure = self._check(url)
        host = host_of(url)
        ready = self._asked.get(host, float("-inf")) + pause
        if (wait := ready - time.monotonic()) > 0:
            self.sleep(wait)
        self._asked[host] = time.monotonic()
        sent = {"User-Agent": self.agent, "Accept-Encoding": "identity", **headers}
        try:
            body = self._pool(secure).request(
                "GET", url, headers=sent, preload_content=False, redirect=False, retries=False
            )
        except urllib3.exceptions.SSLError as error:
            message = f"the certificate of {host} is not accepted: {_short(error)}"
            raise FetchError(
                message, fix="nothing was sent; check the clock and the address"
            ) from None
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise BrokenOffError(f"{host} cannot be reached: {_short(error)}") from None
        return Answer(url, body.status, body.headers, body)

    def _pool(self, secure: bool) -> urllib3.PoolManager:
        if secure not in self._pools:
            given: dict[str, Any] = {
                "num_pools": 4,
                "maxsize": 1,
                "timeout": urllib3.Timeout(connect=15, read=60),
                "cert_reqs": "CERT_REQUIRED",
            }
            proxy = os.environ.get("HTTPS_PROXY") or os.environ.get("https_proxy")
            made = urllib3.ProxyManager(proxy, **given) if proxy and secure else None
            self._pools[secure] = made or urllib3.PoolManager(**given)
        return self._pools[secure]

    def _check(self, url: str) -> bool:
        """Return whether an address is asked over TLS.

        Raises:
            FetchError: If it is none that we ask.
        """
        host = host_of(url)
        if not host:
            raise FetchError(f"'{url}' is no address that can be fetched")
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or parts.username is not None:
            raise FetchError(f"'{url}' is no address that can be fetched")
        if self.loopback and _loopback(host):
            return parts.scheme == "https"
        if parts.scheme != "https":
            raise FetchError(f"{url} is not HTTPS", fix="look for its https:// address")
        if _private(host):
            raise FetchError(f"{url} leads into a private network")
        return True


def _joined(url: str, place: str) -> str:
    try:
        return urljoin(url, place)
    except ValueError:
        raise FetchError(f"{url} sends on to '{place}', which is no address") from None


def host_of(url: str) -> str:
    """Return the host of an address, in lower case, or ""."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def same_site(one: str, other: str) -> bool:
    """Say whether two addresses have one host, with or without www."""
    return host_of(one).removeprefix("www.") == host_of(other).removeprefix("www.")


def _loopback(host: str) -> bool:
    return host in {"127.0.0.1", "::1", "localhost"}


def _private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or "." not in host


def _retry_after(answer: Answer) -> float | None:
    """Seconds that a server asks for; a date counts from the server's own clock."""
    said = answer.headers.get("Retry-After", "")
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        until, now = (parsedate_to_datetime(t) for t in (said, answer.headers.get("Date", "")))
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError):
        return None


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
