"""Prefixes, read from `ontology/context.jsonld`, and CURIE to IRI and back."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from kg import resources

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


@lru_cache(maxsize=1)
def prefixes() -> Mapping[str, str]:
    """Return prefix → namespace, in the order of the prefix names."""
    path = resources.ontology() / "context.jsonld"
    context = json.loads(path.read_text(encoding="utf-8"))["@context"]
    found = {
        key: value
        for key, value in context.items()
        if isinstance(value, str) and not key.startswith("@") and value[-1:] in "/#"
    }
    return MappingProxyType(dict(sorted(found.items())))


@lru_cache(maxsize=4096)
def iri(curie: str) -> str:
    """Expand a CURIE; anything else, a full IRI for one, is returned as it is.

    Args:
        curie: Such as ``sp:Mission`` or ``https://example.org/x``.
    """
    prefix, colon, local = curie.partition(":")
    if not colon or local.startswith("//"):
        return curie
    namespace = prefixes().get(prefix)
    return namespace + local if namespace else curie


def named(prefix: str, local: str) -> str:
    """Return the IRI of a name under one of our prefixes; quicker than :func:`iri`.

    Args:
        prefix: Such as "claim".
        local: What follows it.
    """
    return prefixes()[prefix] + local


@lru_cache(maxsize=1)
def _by_length() -> list[tuple[str, str]]:
    return sorted(((ns, p) for p, ns in prefixes().items()), key=lambda x: (-len(x[0]), x))


def curie(full: str) -> str:
    """Shorten an IRI to a CURIE that is valid in Turtle without escapes, or return it unchanged.

    Args:
        full: An absolute IRI, without angle brackets.
    """
    for namespace, prefix in _by_length():
        if full.startswith(namespace) and _LOCAL.fullmatch(full, len(namespace)):
            return f"{prefix}:{full[len(namespace) :]}"
    return full


@lru_cache(maxsize=4096)
def sp(local: str) -> str:
    """Return the IRI of a term of our own ontology."""
    return prefixes()["sp"] + local
