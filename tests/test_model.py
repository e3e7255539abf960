"""Terms in N-Triples syntax, and the frozen values between loaders and store."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, Origin
from kg.model import Citation, Document, Quad, Statement, literal, ref, text

XSD = "http://www.w3.org/2001/XMLSchema#"
NAMES = st.text(st.characters(codec="utf-8"), max_size=40)


def parsed(term: str) -> ox.Literal:
    line = f"<http://x/s> <http://x/p> {term} ."
    found = next(iter(ox.parse(line, format=ox.RdfFormat.N_TRIPLES))).object
    assert isinstance(found, ox.Literal)
    return found


@given(NAMES)
def test_any_text_survives_the_line_format(value: str) -> None:
    assert parsed(text(value)).value == value
    assert "\n" not in text(value)


@given(NAMES, st.sampled_from(["en", "ja", "zh-Hant", "de-CH-1996"]))
def test_any_text_with_a_language_survives(value: str, language: str) -> None:
    found = parsed(text(value, language))
    assert (found.value, found.language) == (value, language.lower())


def test_a_typed_value_keeps_its_type() -> None:
    found = parsed(literal("2025-07-09", XSD + "date"))
    assert (found.value, found.datatype.value) == ("2025-07-09", XSD + "date")


@pytest.mark.parametrize("bad", ["no scheme", "http://x/a b", "http://x/<y>", "http://x/\n", "x"])
def test_what_is_no_iri_is_refused(bad: str) -> None:
    with pytest.raises(InputError, match="is no IRI"):
        ref(bad)


@pytest.mark.parametrize("bad", ["en_GB", "e n", "toolonglanguage", "en-", "日本"])
def test_what_is_no_language_tag_is_refused(bad: str) -> None:
    with pytest.raises(InputError, match="is no language tag"):
        text("x", bad)


def test_a_statement_yields_one_quad_a_property() -> None:
    made = Statement("http://x/s", "http://x/g", (("http://x/p", '"1"'),) * 2, Origin("f", 1))
    assert list(made.quads()) == [Quad("<http://x/s>", "<http://x/p>", '"1"', "<http://x/g>")] * 2


def test_values_are_frozen() -> None:
    made = Statement("http://x/s", "http://x/g", (), Origin("f"))
    with pytest.raises(FrozenInstanceError):
        made.subject = "http://x/t"  # type: ignore[misc]
    assert hash(made) == hash(Statement("http://x/s", "http://x/g", (), Origin("f")))


def test_locators() -> None:
    assert Citation("d", "gist", chars=(0, 4)).locator == "#char=0,4"
    assert Citation("d", "gist", row=7).locator == "#row=7"
    assert Citation("d", "gist", quote_sha256="0" * 64).locator == ""


def test_a_document_knows_its_graph() -> None:
    made = Document("a-2025", (("tier", ("official",)), ("url", ())), Origin("f", 2))
    assert made.iri == "https://w3id.org/space-partnerships/doc/a-2025"
    assert (made.get("tier"), made.get("url"), made.get("nothing")) == ("official", "", "")


@pytest.mark.parametrize(
    ("origin", "shown"),
    [
        (Origin("a.yaml", 3, 5), "a.yaml:3:5"),
        (Origin("a.yaml", 3), "a.yaml:3"),
        (Origin("a"), "a"),
    ],
)
def test_an_origin_is_shown_as_editors_read_it(origin: Origin, shown: str) -> None:
    assert str(origin) == shown
