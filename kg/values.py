"""From the text of a field to an RDF term, as the property's range asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeAlias

from kg import model, period
from kg.errors import InputError, Origin, VocabularyError, suggest
from kg.namespaces import iri, named
from kg.vocab import Property, Vocabulary

Value: TypeAlias = tuple[str, str]
"""A text and its language tag ("" for none)."""

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


@contextmanager
def located(origin: Origin) -> Iterator[None]:
    """Give errors raised inside the place in the source, if they have none of their own."""
    try:
        yield
    except InputError as error:
        if error.origin is None:
            error.origin = origin
        raise


def term(value: Value, prop: Property, vocab: Vocabulary) -> str:
    """Return the RDF term of a value.

    Args:
        value: Text and language tag.
        prop: The property; its range decides.
        vocab: The ontology.

    Raises:
        InputError: If the text is not what the range asks for.
    """
    text, language = value
    if prop.range == iri("rdf:langString"):
        if not language:
            raise InputError(f"'{prop.name}' needs a language", fix=f"write {prop.name}: {{en: …}}")
        return model.text(text, language)
    if language:
        raise InputError(f"'{prop.name}' takes no language", fix="write the plain value")
    if prop.range.startswith(_XSD):
        return _typed(text, prop)
    return model.ref(_thing(text, prop, vocab))


def slug(value: Value, prop: Property) -> str:
    """Return the part that a value contributes to the name of a fact."""
    if prop.range.endswith("#Period"):
        return period.slug(period.parse(value[0]).edtf)
    return re.sub(r"[^A-Za-z0-9-]+", "-", value[0]).strip("-").lower() or "_"


def _thing(text: str, prop: Property, vocab: Vocabulary) -> str:
    if prop.range == iri("sp:Period"):
        return _period(text, prop)
    if prop.range == iri("owl:Class"):
        return vocab.class_iri(text)
    if prop.range == iri("rdf:Property"):
        return vocab.property(text).iri
    prefix = vocab.slug_prefix(prop.range)
    if not prefix:
        return iri(text)
    full = named(prefix, text)
    if prop.range in vocab.concepts and full not in vocab.concepts[prop.range]:
        known = [c.rsplit("/", 1)[-1] for c in vocab.concepts[prop.range]]
        fix = suggest(text, known) or "known: " + ", ".join(sorted(known))
        raise VocabularyError(f"unknown {prop.name} '{text}'", fix=fix)
    if prefix != "fact" and not SLUG.fullmatch(text):
        fix = "write lower case letters, digits and single hyphens"
        raise InputError(f"'{text}' is no identifier", fix=fix)
    return full


def _period(text: str, prop: Property) -> str:
    parsed = period.parse(text)
    if prop.time_kind and parsed.kind != prop.time_kind:
        wanted = {
            "interval": "an extent such as 2021/.. or 2009/2010",
            "set": "one day, or a set such as 2009 or [..2025-07-09], never an interval",
        }[prop.time_kind]
        raise InputError(
            f"'{text}' is the wrong kind of date for '{prop.name}'", fix=f"write {wanted}"
        )
    return named("period", period.slug(parsed.edtf))


def _typed(text: str, prop: Property) -> str:
    name = prop.range.removeprefix(_XSD)
    checked = {"date": _date, "dateTime": _instant, "boolean": _boolean}
    checked |= {"anyURI": _uri, "integer": _integer}
    if name in checked:
        text = checked[name](text)
    if name == "string":
        return model.text(text)
    return model.literal(text, prop.range)


def _date(text: str) -> str:
    return period.day(text).isoformat()


def _instant(text: str) -> str:
    if not _INSTANT.fullmatch(text):
        fix = "write UTC with seconds and Z, as in 2025-10-29T15:58:00Z"
        raise InputError(f"'{text}' is no canonical instant", fix=fix)
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise InputError(f"'{text}' names an instant that does not exist") from None
    return text


def _boolean(text: str) -> str:
    if text not in {"true", "false"}:
        raise InputError(f"'{text}' is neither true nor false")
    return text


def _integer(text: str) -> str:
    if not _INTEGER.fullmatch(text):
        raise InputError(f"'{text}' is no whole number", fix="write digits only")
    return str(int(text))


def _uri(text: str) -> str:
    if not text.startswith(("https://", "http://")):
        raise InputError(f"'{text}' is no web address", fix="write https://…")
    model.ref(text)
    return text
