"""Content negotiation: what a client accepts against what there is (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_MOST = 64


def choose(accept: str, offers: Iterable[str]) -> str | None:
    """Return the offered media type that a client likes best.

    Args:
        accept: Value of the Accept header; everything is accepted when it is empty.
        offers: Media types, the server's favourite first.

    Returns:
        One of the offers, the earlier of two that are liked as much; None if none is accepted.
    """
    ranges = list(_ranges(accept)) or [("*/*", 1.0)]
    best, liked = None, 0.0
    for offer in offers:
        quality = _quality(offer, ranges)
        if quality > liked:
            best, liked = offer, quality
    return best


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for item in accept.split(",")[:_MOST]:
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        if name:
            yield name, next((_number(p[2:]) for p in parameters if p.startswith("q=")), 1.0)


def _number(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        return 0.0
    return found if 0.0 <= found <= 1.0 else 0.0


def _quality(offer: str, ranges: list[tuple[str, float]]) -> float:
    """The most specific range that fits decides, whatever the order."""
    said = dict(reversed(ranges))
    for fitting in (offer, offer.partition("/")[0] + "/*", "*/*"):
        if fitting in said:
            return said[fitting]
    return 0.0
