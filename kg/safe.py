"""What may be shown beside other text, and which addresses may be followed or stand for us."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from kg.errors import KGError

# Embedding, override and isolate controls reorder the text after them; C0 and C1 have no glyph.
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SITE = re.compile(
    r"https?://(?:[a-z0-9][a-z0-9.-]*|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:/[a-z0-9._~%!$&'()*+,;=:@/-]*)?",
    re.ASCII | re.IGNORECASE,
)


def clean(text: str) -> str:
    """Make a string safe to show beside others.

    Args:
        text: any string, also from a stranger's file.

    Returns:
        The text without control characters and without characters that would turn round the text
        after it (U+202A to U+202E, U+2066 to U+2069); lone surrogates become U+FFFD.
    """
    if text.isascii():
        return text if text.isprintable() else _HIDDEN.sub("", text)
    return _SURROGATE.sub("\ufffd", _HIDDEN.sub("", text))


def web_address(url: str) -> str:
    """Keep a URL only if a browser may follow it.

    Args:
        url: what the source gives.

    Returns:
        The URL if its scheme is http or https and it names a host; otherwise an empty string.
    """
    text = clean(url).strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in {"http", "https"} and parts.netloc else ""


def site_address(url: str) -> str:
    """Return the address of a site of ours, with a slash at its end; "" stays "".

    Args:
        url: As the user gives it: scheme, host, and a path where it is not at the root.

    Raises:
        KGError: If it is none, or has a user, a query or a fragment.
    """
    if url and not _SITE.fullmatch(url):
        fix = "such as https://example.org/partnerships/"
        raise KGError(f"'{url}' is no address of a site", fix=fix)
    return url.rstrip("/") + "/" if url else ""
