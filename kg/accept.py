"""Content negotiation: what a client accepts against what there is (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_MOST = 64


def choose(accept: str, offers: Iterable[str]) -> str | None:
    """Return the offered media type that a client likes best.

    Args:
        accept: Value of the Accept header; everything is accepted when it says nothing.
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
    """Media ranges with their weights; what is malformed counts as not said."""
    for item in accept.split(",")[:_MOST]:
        name, *parameters = ("".join(part.split()).lower() for part in item.split(";"))
        weight = next((_number(p[2:]) for p in parameters if p.startswith("q=")), 1.0)
        if "/" in name and weight is not None:
            yield name, weight


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if 0.0 <= found <= 1.0 else None


def _quality(offer: str, ranges: list[tuple[str, float]]) -> float:
    """The most specific range that fits decides, whatever the order."""
    said = dict(reversed(ranges))
    for fitting in (offer, offer.partition("/")[0] + "/*", "*/*"):
        if fitting in said:
            return said[fitting]
    return 0.0
