"""Identifiers of other catalogues: the form by which records are joined, and slugs from them."""

from __future__ import annotations

import hashlib
import re

_GREEK = (
    "ALP", "BET", "GAM", "DEL", "EPS", "ZET", "ETA", "THE", "IOT", "KAP", "LAM", "MU", "NU", "XI",
    "OMI", "PI", "RHO", "SIG", "TAU", "UPS", "PHI", "CHI", "PSI", "OME",
)  # fmt: skip
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_COSPAR = re.compile(r"(\d{4})-(\d{3})([A-Z]{1,3})", re.ASCII)
_EARLY = re.compile(r"(\d{4}) (?:([AB]) )?([A-Z]{2,3}) (\d{1,2})", re.ASCII)
_ITEM = re.compile(r"(?:.*/)?(Q[1-9]\d*)", re.ASCII)
_PLAIN = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*|[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


def normal(scheme: str, value: str) -> str:
    """Return the form of an identifier by which records are joined; "" if it is none.

    Args:
        scheme: ``cospar``, ``satcat``, ``wikidata``, ``ror``; of others only blanks are trimmed.
        value: As a source writes it. The designations used until 1962, such as ``1957 ALP 2``,
            become ``1957-001B``.
    """
    text = " ".join(value.split())
    if scheme == "cospar":
        return _cospar(text.upper())
    if scheme == "satcat":
        return text.lstrip("0") if text.isascii() and text.isdigit() else ""
    if scheme == "wikidata":
        found = _ITEM.fullmatch(text)
        return found[1] if found else ""
    if scheme == "ror":
        return text.rstrip("/").rsplit("/", 1)[-1].lower()
    return text


def _cospar(text: str) -> str:
    if _COSPAR.fullmatch(text):
        return text
    found = _EARLY.fullmatch(text)
    if not found or found[3] not in _GREEK or not 1 <= int(found[4]) <= len(_LETTERS):
        return ""
    cycle = {None: 0, "A": 1, "B": 2}[found[2]]
    number = cycle * len(_GREEK) + _GREEK.index(found[3]) + 1
    return f"{found[1]}-{number:03d}{_LETTERS[int(found[4]) - 1]}"


def slugged(template: str, value: str) -> str:
    """Return a slug for an identifier: readable, and different for different identifiers.

    Args:
        template: Such as ``cospar-{}``.
        value: The identifier, normalised.
    """
    local = re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")
    if not _PLAIN.fullmatch(value):
        digest = hashlib.sha256(value.encode()).hexdigest()[:6]
        local = f"{local}-{digest}" if local else digest
    return template.replace("{}", local)


def local(value: str) -> str:
    """Return the part of an identifier node's name that stands for the value.

    Different values have different names: ``Antares 230`` and ``Antares 230+`` are two vehicles.
    """
    name = re.sub(r"[^A-Za-z0-9]+", "-", value).strip("-")
    if name == value:
        return name
    digest = hashlib.sha256(value.encode()).hexdigest()[:6]
    return f"{name}.{digest}" if name else digest
