"""What a site asks of programs: robots.txt, read as RFC 9309 says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from kg.errors import FetchError
from kg.fetch.client import Client, host_of

_MOST = 512 * 1024
_LONGEST_DELAY = 30.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for us at one site.

    Attributes:
        rules: Pairs of path pattern and whether it is allowed.
        delay: Seconds between two requests that the site asks for, or 0.
    """

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0

    def allow(self, url: str) -> bool:
        """Say whether an address may be fetched: the longest pattern that fits decides."""
        parts = urlsplit(url)
        path = unquote(parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        fits = [(len(p), allowed) for p, allowed in self.rules if _fits(p, path)]
        return max(fits)[1] if fits else True


NOBODY = Rules((("/", False),))


def parse(text: str, token: str) -> Rules:
    """Read a robots.txt.

    Args:
        text: The file.
        token: Our name; its groups count, else those of everybody.
    """
    groups: dict[str, tuple[list[tuple[str, bool]], list[float]]] = {}
    names: list[str] = []
    begun = False
    for key, value in _lines(text):
        if key == "user-agent":
            names = [*names, value.lower()] if not begun else [value.lower()]
            begun = False
            groups.setdefault(value.lower(), ([], []))
            continue
        begun = True
        for name in names:
            rules, delays = groups[name]
            if key in {"allow", "disallow"} and value:
                rules.append((unquote(value), key == "allow"))
            elif key == "crawl-delay" and re.fullmatch(r"\d+(\.\d+)?", value, re.ASCII):
                delays.append(min(float(value), _LONGEST_DELAY))
    rules, delays = groups.get(token.lower()) or groups.get("*") or ([], [])
    return Rules(tuple(rules), max(delays, default=0.0))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _fits(pattern: str, path: str) -> bool:
    """Each part where it first can be: as a regular expression, many stars would take for ever."""
    ends = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not rest:
        return not ends or path == first
    *between, last = rest
    place = len(first)
    for part in between:
        found = path.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return path[place:].endswith(last) if ends else path.find(last, place) >= 0


@dataclass(slots=True)
class Robots:
    """The rules of each site, asked for once.

    Attributes:
        client: Asks the sites.
    """

    client: Client
    _known: dict[str, Rules] = field(default_factory=dict)

    def of(self, url: str) -> Rules:
        """Return the rules for an address; of a site whose rules cannot be had, nothing is fetched.

        Raises:
            FetchError: If the site cannot be reached.
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._known:
            self._known[site] = self._ask(site)
        return self._known[site]

    def _ask(self, site: str) -> Rules:
        with self.client.get(f"{site}/robots.txt") as answer:
            if 400 <= answer.status < 500:
                return Rules()
            if answer.status != 200:
                return NOBODY
            content = b""
            for chunk in answer.chunks():
                content += chunk
                if len(content) > _MOST:
                    break
        return parse(content[:_MOST].decode("utf-8", "replace"), self.client.token)

    def check(self, url: str) -> float:
        """Return the pause that a site asks for.

        Raises:
            FetchError: If it asks programs to keep away from an address.
        """
        rules = self.of(url)
        if not rules.allow(url):
            why = (
                "says nothing that can be read" if rules is NOBODY else "asks programs to stay out"
            )
            raise FetchError(f"the robots.txt of {host_of(url)} {why}")
        return rules.delay

    def welcomes(self, url: str) -> bool:
        """Say whether a redirect may be followed.

        Raises:
            FetchError: If the site to which it leads asks programs to keep away from it.
        """
        self.check(url)
        return True
