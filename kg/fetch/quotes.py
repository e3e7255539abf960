"""Which quotes the facts cite, document by document: length and SHA-256 of the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.errors import UnknownNameError, suggest
from kg.namespaces import prefixes
from kg.store import View

_CITED = """SELECT DISTINCT ?document ?url ?sha ?quote ?length ?gist {
    ?e sp:document ?document ; sp:quoteSha256 ?quote ; sp:quoteLength ?length .
    OPTIONAL { ?e sp:gist ?gist } OPTIONAL { ?document sp:url ?url }
    OPTIONAL { ?document sp:sha256 ?sha } }"""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that are cited.

    Attributes:
        length: In code points, white space folded.
        sha256: Of the words in UTF-8.
        gist: What they say, in our own words.
    """

    length: int
    sha256: str
    gist: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A document and what is quoted from it.

    Attributes:
        name: Identifier of the document.
        url: Its address, or "".
        sha256: Of the bytes of the file that was read, or "".
        quotes: What is quoted, sorted.
    """

    name: str
    url: str
    sha256: str
    quotes: tuple[Quote, ...]


def cited(view: View, names: Sequence[str] = ()) -> list[Cited]:
    """Return the documents from which something is quoted, sorted by name.

    Args:
        view: The documents that count.
        names: Identifiers of documents; all when empty.

    Raises:
        UnknownNameError: If a name is no document from which something is quoted.
    """
    home = prefixes()["doc"]
    heads: dict[str, tuple[str, str]] = {}
    quotes: dict[str, dict[str, Quote]] = {}
    for document, url, sha, quote, length, gist in view.rows(_CITED):
        name = document.removeprefix(home)
        heads.setdefault(name, (url, sha))
        quotes.setdefault(name, {}).setdefault(quote, Quote(int(length), quote, gist))
    wanted = [n.removeprefix("doc:") for n in names]
    for name in wanted:
        if name not in heads:
            fix = suggest(name, heads) or "kg info documents lists them"
            raise UnknownNameError(f"nothing is quoted from a document '{name}'", fix=fix)
    chosen = sorted(set(wanted) or heads)
    return [Cited(n, *heads[n], tuple(sorted(quotes[n].values(), key=_order))) for n in chosen]


def _order(quote: Quote) -> tuple[int, str]:
    return quote.length, quote.sha256
