"""Documents, citations and entities: the same in every kind of source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg import model, period, values
from kg.claims import Record, compile_entity
from kg.errors import InputError, Origin, VocabularyError, suggest
from kg.identifiers import local
from kg.loaders._source import Source
from kg.loaders._yaml import Block, Node
from kg.model import Citation, Document, Statement
from kg.namespaces import RDF_TYPE, iri, named, sp
from kg.values import Value
from kg.vocab import Vocabulary

REGISTER, CATALOGUE = "graph:register", "graph:catalogue"
_CHARS = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)
_SHA = re.compile(r"[0-9a-f]{64}")
_TEXT_FIELDS = {"publisherName", "sha256", "textSha256", "extractor"}
_PLAIN_FIELDS = ("url", "tier", "seen", "accessed", "foundAgain", "notFoundAgain", "textLength")
_DOCUMENT = {
    "id", "type", "title", "publisher", "publisherName", "issued", "language", "url", "tier",
    "seen", "accessed", "foundAgain", "notFoundAgain", "sha256", "textSha256", "textLength",
    "extractor", "licence",
}  # fmt: skip
_CITE = {
    "document", "chars", "row", "sha256", "quote", "sentence", "attribution", "speaker", "gist",
    "seen", "attests", "locator",
}  # fmt: skip
_NAMES = {
    "label": "rdfs:label",
    "alias": "skos:altLabel",
}


def document(block: Block, source: Source, vocab: Vocabulary) -> tuple[Document, Statement]:
    """Read one entry of `documents:`.

    Returns:
        The document, and its description for the catalogue.

    Raises:
        InputError: If a field is unknown or has a bad value.
    """
    _only(block, _DOCUMENT, "document")
    slug = block.text("id")
    if not values.SLUG.fullmatch(slug):
        fix = "write lower case letters, digits and single hyphens"
        raise InputError(f"'{slug}' is no document id", origin=block.origin, fix=fix)
    fields = tuple((k, tuple(_flat(block, k))) for k in block if k not in {"title"})
    found = Document(slug, fields, block.origin)
    with values.located(block.origin):
        body = list(_described(block, source, vocab))
    return found, Statement(found.iri, iri(CATALOGUE), tuple(body), block.origin)


def _described(block: Block, source: Source, vocab: Vocabulary) -> Iterator[tuple[str, str]]:
    with values.located(block.at.get("type", block.origin)):
        cls = vocab.class_iri(block.text("type", "Document"))
        if not vocab.is_a(cls, "Document"):
            raise VocabularyError(f"'{block.text('type')}' is not a kind of Document")
    yield RDF_TYPE, model.ref(cls)
    yield sp("fromSource"), model.ref(iri("source:" + source.slug))
    for text, language in language_values(block, "title"):
        yield iri("dct:title"), model.text(text, language)
    if publisher := block.text("publisher"):
        yield iri("dct:publisher"), model.ref(iri("id:" + publisher))
    if language := block.text("language"):
        yield iri("dct:language"), model.text(language)
    if licence := block.text("licence"):
        yield iri("dct:license"), model.text(licence)
    for name in (*_PLAIN_FIELDS, *sorted(_TEXT_FIELDS)):
        if text := block.text(name):
            with values.located(block.at[name]):
                yield sp(name), values.term((text, ""), vocab.property(name), vocab)
    if issued := block.text("issued"):
        with values.located(block.at["issued"]):
            yield from _issued(issued)


def _issued(text: str) -> Iterator[tuple[str, str]]:
    parsed = period.parse(text)
    if parsed.kind != "set":
        fix = "write a day, a month, a year, or a set such as [..2025-07-09]"
        raise InputError(f"'{text}' is an extent, no date of issue", fix=fix)
    first, last = period.bounds_of_set(parsed)
    yield sp("issued"), model.literal(text, iri("edtf:EDTF"))
    for name, day in (("issuedEarliest", first), ("issuedLatest", last)):
        if day:
            yield sp(name), model.literal(day.isoformat(), iri("xsd:date"))


def citations(block: Block, default_document: str = "") -> list[Citation]:
    """Read the `cite:` of a fact or an entity.

    Raises:
        InputError: If a key is unknown, or a locator or digest has a bad form.
    """
    return [_citation(c, default_document) for c in block.blocks("cite")] if "cite" in block else []


def _citation(block: Block, default_document: str) -> Citation:
    _only(block, _CITE, "citation")
    quote = block.block("quote")
    sha = block.text("sha256") or quote.text("sha256")
    if sha and not _SHA.fullmatch(sha):
        where = quote.at.get("sha256") or block.at.get("sha256")
        raise InputError("a SHA-256 has 64 hex digits", origin=where)
    if not block.text("gist"):
        fix = "say in your own words what the source states"
        raise InputError("a citation without gist", origin=block.origin, fix=fix)
    length = _span_length(_chars(block))
    if length and _number(quote, "length") not in {0, length}:
        message = f"chars: spans {length} characters, length: says {quote.text('length')}"
        raise InputError(message, origin=quote.at["length"], fix="leave length: out")
    document_id = block.text("document") or default_document
    if not document_id:
        raise InputError("a citation without document", origin=block.origin)
    return Citation(
        document=document_id,
        gist=block.text("gist"),
        chars=_chars(block),
        row=_number(block, "row"),
        quote_sha256=sha,
        quote_length=_number(quote, "length") or length,
        attribution=block.text("attribution", "asserted"),
        speaker=block.text("speaker"),
        sentence=block.text("sentence"),
        seen=block.text("seen"),
        attests=tuple(language_values(block, "attests")),
        fragment=_fragment(block),
        origin=block.origin,
    )


def _fragment(block: Block) -> str:
    text = block.text("locator")
    if text and not (text.startswith("#") and len(text) > 1 and not re.search(r"\s", text)):
        fix = "write a fragment that begins with #, without blanks"
        raise InputError(f"'{text}' is no locator", origin=block.at["locator"], fix=fix)
    if text and ("chars" in block or "row" in block):
        fix = "give one of them"
        raise InputError("locator: beside chars: or row:", origin=block.at["locator"], fix=fix)
    return text


def _span_length(chars: tuple[int, int] | None) -> int:
    return chars[1] - chars[0] if chars else 0


def _chars(block: Block) -> tuple[int, int] | None:
    text = block.text("chars")
    if not text:
        return None
    match = _CHARS.fullmatch(text)
    if not match or int(match[1]) >= int(match[2]):
        fix = "write start-end, half-open, as in 360-404"
        raise InputError(f"'{text}' is no range of characters", origin=block.at["chars"], fix=fix)
    return int(match[1]), int(match[2])


def _number(block: Block, key: str) -> int:
    text = block.text(key)
    if text and not (text.isascii() and text.isdigit() and len(text) < 10):
        fix = "write digits only"
        raise InputError(f"'{text}' is no whole number", origin=block.at[key], fix=fix)
    return int(text or 0)


def entity(block: Block, vocab: Vocabulary, default_document: str) -> tuple[str, list[Statement]]:
    """Read one entry of `entities:`.

    Returns:
        The entity's identifier and its statements for the register.

    Raises:
        InputError: If anything does not fit.
    """
    slug = block.text("id")
    if not values.SLUG.fullmatch(slug):
        fix = "write lower case letters, digits and single hyphens"
        raise InputError(f"'{slug}' is no identifier", origin=block.origin, fix=fix)
    fields: dict[str, Sequence[Value]] = {}
    for key in block:
        if key in {"id", "type", "cite", "identifier"}:
            continue
        if ":" in key:
            fix = "write label, alias, or the name of one of our properties"
            raise VocabularyError(f"unknown key '{key}'", origin=block.at[key], fix=fix)
        fields[_NAMES.get(key, key)] = found = language_values(block, key)
        if key in _NAMES and not all(language for _, language in found):
            fix = f"write {key}: {{en: …}}"
            raise InputError(f"'{key}' needs a language", origin=block.at[key], fix=fix)
    at = {_NAMES.get(k, k): v for k, v in block.at.items()} | {
        "class": block.at.get("type", block.origin)
    }
    cited = citations(block, default_document)
    record = Record(block.text("type"), fields, cited, block.origin, at)
    with values.located(block.origin):
        statements = list(compile_entity(record, slug, iri(REGISTER), vocab))
        statements += _identifiers(block, slug, statements)
    return slug, statements


def _identifiers(block: Block, slug: str, described: list[Statement]) -> Iterator[Statement]:
    given = block.block("identifier")
    evidence = [p for p in described[0].properties if p[0] == sp("evidence")]
    for scheme in given:
        for value in given.texts(scheme):
            yield from identifier(slug, scheme, value, evidence, given.at[scheme])


def identifier(
    slug: str, scheme: str, value: str, evidence: Sequence[tuple[str, str]], origin: Origin
) -> Iterator[Statement]:
    """Yield the node of an identifier, and the link from its entity.

    Args:
        slug: The entity.
        scheme: Such as ``cospar``.
        value: The identifier.
        evidence: The entity's properties that name its evidence.
        origin: Where the source gives it.
    """
    node, register = named("identifier", f"{scheme}.{local(value)}"), iri(REGISTER)
    body = (
        (RDF_TYPE, model.ref(sp("Identifier"))),
        (sp("scheme"), model.text(scheme)),
        (sp("identifierValue"), model.text(value)),
        *evidence,
    )
    yield Statement(node, register, body, origin)
    link = ((sp("identifier"), model.ref(node)),)
    yield Statement(named("id", slug), register, link, origin)


def language_values(block: Block, key: str) -> list[Value]:
    """Return the values of a key: a text, a list, or a mapping of language to text or list.

    Raises:
        InputError: If it is nested deeper.
    """
    value = block.get(key, [])
    if isinstance(value, Block):
        return [(text, language) for language in value for text in value.texts(language)]
    return [(text, "") for text in block.texts(key)]


def record(block: Block, default_document: str) -> Record:
    """Read one entry of `statements:`."""
    fields = {k: language_values(block, k) for k in block if k not in {"class", "cite"}}
    cited = citations(block, default_document)
    if not block.text("class"):
        raise InputError("a fact without class", origin=block.origin, fix="add class: …")
    return Record(block.text("class"), fields, cited, block.origin, block.at)


def _flat(block: Block, key: str) -> list[str]:
    value: Node = block[key]
    return [value] if isinstance(value, str) else []


def _only(block: Block, known: set[str], what: str) -> None:
    for key in block:
        if key not in known:
            fix = suggest(key, known) or "known: " + ", ".join(sorted(known))
            raise InputError(f"unknown key '{key}' in a {what}", origin=block.at[key], fix=fix)
