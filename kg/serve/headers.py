"""What every response carries, whom the server answers, and who may read it in a browser."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from kg.serve.settings import Settings

SECURITY = (
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
)
_LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
_HOST = re.compile(r"(?P<name>[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?", re.IGNORECASE)


def known_host(host: str, settings: Settings) -> bool:
    """Whether a Host header is one that this server answers to.

    A proxy in front may pass on the name of its own that `base_url` has.

    A page elsewhere can have its own name resolved to 127.0.0.1 (DNS rebinding); its requests then
    still carry that name. A server that is open to others does not know its names, and has nothing
    that its callers could not ask for themselves.
    """
    match = _HOST.fullmatch(host)
    if not match:
        return False
    ours = {*_LOOPBACK, settings.host.lower(), _name(settings.base_url)}
    return not settings.loopback or match["name"].lower() in ours


def _name(address: str) -> str:
    """The name in an address, as a Host header has it."""
    match = _HOST.fullmatch(urlsplit(address).netloc)
    return match["name"].lower() if match else ""


def allowed_origin(origin: str, settings: Settings) -> str:
    """Return the value of Access-Control-Allow-Origin for an origin, or "" for none.

    Only the endpoint and its description have it. That is safe: they change nothing, and there are
    no cookies or passwords that a browser could add. On a loopback address, though, the browser
    reaches what its owner alone can reach, own sources among it: there, only pages from this
    machine may read, unless others are named. An open server shows everybody the same anyway.
    """
    if not origin:
        return ""
    if "*" in settings.cors or (not settings.cors and not settings.loopback):
        return "*"
    if origin in settings.cors:
        return origin
    here = _is_here(origin) if settings.loopback and not settings.cors else False
    return origin if here else ""


def _is_here(origin: str) -> bool:
    try:
        name = urlsplit(origin).hostname
    except ValueError:
        return False
    return name in {"localhost", "127.0.0.1", "::1"}
