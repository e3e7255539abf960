"""JSON-LD: who said what, compact, with the context in the file.

Written from the sorted lines: the engine writes only the expanded form. The context is inline, as
a reader that fetches remote contexts would tell others what it reads.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any, BinaryIO

from kg import resources
from kg.export import _lines
from kg.namespaces import RDF_TYPE, curie, iri
from kg.store import View

EXTENSION = ".jsonld"
MEDIA_TYPE = "application/ld+json"

_LITERAL = re.compile(r'"(.*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SIGNS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_TYPE = f"<{RDF_TYPE}>"


def write(view: View, out: BinaryIO) -> None:
    """Write a view as JSON-LD: one object a named graph, one line a node.

    Args:
        view: The documents that count.
        out: Where the bytes go.
    """
    context = _context()
    writer = _Writer(context)
    out.write(b'{"@context":' + _bytes(context) + b',\n"@graph":[')
    for number, graph in enumerate(_lines.graphs(view)):
        out.write(b"," if number else b"")
        out.write(b'\n{"@id":' + _bytes(curie(graph)) + b',"@graph":[')
        nodes = writer.nodes(_lines.of_graph(view, graph))
        out.writelines(b"," * (i > 0) + b"\n" + _bytes(node) for i, node in enumerate(nodes))
        out.write(b"\n]}")
    out.write(b"\n]}\n")


def nodes(lines: Iterable[bytes]) -> bytes:
    """Return sorted lines of N-Triples, without their closing points, as JSON-LD."""
    context = _context()
    body = b",".join(b"\n" + _bytes(node) for node in _Writer(context).nodes(lines))
    return b'{"@context":' + _bytes(context) + b',\n"@graph":[' + body + b"\n]}\n"


def _context() -> dict[str, Any]:
    path = resources.ontology() / "context.jsonld"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["@context"]
    return found


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


class _Writer:
    """Turns lines into nodes, under one context."""

    def __init__(self, context: dict[str, Any]) -> None:
        self._coerced = {
            key: iri(term["@type"])
            for key, term in context.items()
            if isinstance(term, dict) and "@type" in term
        }
        self._keys: dict[str, str] = {}

    def nodes(self, lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
        """Yield one object a subject; the value of a property is a list if there are several."""
        split = (line.decode().split(" ", 2) for line in lines)
        for subject, group in groupby(split, key=lambda triple: triple[0]):
            values: dict[str, list[Any]] = {"@type": []}
            for _, predicate, term in group:
                key = self._key(predicate)
                values.setdefault(key, []).append(self._value(key, term))
            node = {key: found[0] if len(found) == 1 else found for key, found in values.items()}
            if not node["@type"]:
                del node["@type"]
            yield {"@id": _short(subject), **node}

    def _key(self, predicate: str) -> str:
        if predicate not in self._keys:
            self._keys[predicate] = "@type" if predicate == _TYPE else _short(predicate)
        return self._keys[predicate]

    def _value(self, key: str, term: str) -> Any:
        coerced = self._coerced.get(key, "")
        if not term.startswith('"'):
            return _short(term) if key == "@type" or coerced == "@id" else {"@id": _short(term)}
        text, language, datatype = literal(term)
        if language:
            return {"@language": language, "@value": text}
        if datatype == coerced:
            return text
        return {"@type": curie(datatype), "@value": text} if datatype else {"@value": text}


@lru_cache(maxsize=100_000)
def _short(term: str) -> str:
    return curie(term[1:-1]) if term.startswith("<") else term


def literal(term: str) -> tuple[str, str, str]:
    """Return text, language and datatype of a literal in N-Triples; "" for what it has not.

    Args:
        term: Such as ``"text"@en``.
    """
    match = _LITERAL.fullmatch(term)
    if match is None:
        raise ValueError(f"not a literal: {term}")
    text = match[1]
    plain = _ESCAPE.sub(_sign, text) if "\\" in text else text
    return plain, match[2] or "", match[3] or ""


def _sign(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _SIGNS.get(match[3], match[3])
