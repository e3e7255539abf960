"""Sorted lines to prefixed, grouped Turtle: plain work on bytes, one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.namespaces import RDF_TYPE, prefixes

_LOCAL = re.compile(rb"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?").fullmatch
_TYPE = f"<{RDF_TYPE}>".encode()
_GREATER, _QUOTE = ord(">"), ord('"')


class Short(dict[bytes, bytes]):
    """Term in N-Triples → the same term in Turtle; remembers which prefixes it used.

    A namespace ends in / or #, and no local name holds either, so the last of them parts the two.
    """

    def __init__(self) -> None:
        super().__init__()
        self.used: set[bytes] = set()
        self._prefixes = {b"<" + ns.encode(): p.encode() for p, ns in prefixes().items()}

    def __missing__(self, term: bytes) -> bytes:
        made = self[term] = self._literal(term) if term[0] == _QUOTE else self._iri(term)
        return made

    def _literal(self, term: bytes) -> bytes:
        start = term.rindex(b"^^") + 2
        return term[:start] + self[term[start:]]

    def _iri(self, term: bytes) -> bytes:
        cut = max(term.rfind(b"/"), term.rfind(b"#")) + 1
        prefix = self._prefixes.get(term[:cut])
        if prefix is None or not _LOCAL(term, cut, len(term) - 1):
            return term
        self.used.add(prefix)
        return prefix + b":" + term[cut:-1]

    def declarations(self) -> bytes:
        """Return the `@prefix` lines of the prefixes used so far, sorted."""
        known = sorted((p, ns[1:]) for ns, p in self._prefixes.items() if p in self.used)
        return b"".join(b"@prefix %b: <%b> .\n" % pair for pair in known)


def blocks(lines: Iterable[bytes], short: Short, indent: bytes = b"") -> Iterator[bytes]:
    """Yield one block a subject: `a` first, then the other properties in order.

    Args:
        lines: Sorted lines, as `_lines` gives them.
        short: Shortens terms.
        indent: Put before every line of a block.
    """
    again, another = b" ,\n" + indent + b"        ", b" ;\n" + indent + b"    "
    subject, last = b"", b""
    types: list[bytes] = []
    rest: list[bytes] = []
    for line in lines:
        node, predicate, term = line.split(b" ", 2)
        if term[-1] == _GREATER:
            term = short[term]
        if node != subject:
            if subject:
                yield _block(indent + _subject(subject, short), types, rest, len(another))
            subject, last, types, rest = node, b"", [], []
        if predicate == last:
            rest += (again, term)
        elif predicate == _TYPE:
            types.append(term)
        else:
            rest += (another, short[predicate], b" ", term)
            last = predicate
    if subject:
        yield _block(indent + _subject(subject, short), types, rest, len(another))


def _subject(node: bytes, short: Short) -> bytes:
    return short[node] if node[-1] == _GREATER else node


def _block(head: bytes, types: list[bytes], rest: list[bytes], skip: int) -> bytes:
    body = b"".join(rest)
    if types:
        return b"\n%b a %b%b .\n" % (head, b", ".join(types), body)
    return b"\n%b %b .\n" % (head, body[skip:])
