"""Quotes of which only length and SHA-256 are known are found wherever a page has them."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pytest

from kg.errors import FetchError
from kg.fetch import search
from kg.fetch.readings import decode, readings
from kg.fetch.search import find


def described(words):
    return len(words), hashlib.sha256(words.encode()).hexdigest()


def found_in(page, words, media="text/html"):
    content = page if isinstance(page, bytes) else page.encode()
    return list(find(readings(content, media), [described(words)]).values()) == [words]


PAGES = {
    "plain": ("<p>Led by JAXA, XRISM</p>", "Led by JAXA, XRISM"),
    "white space": ("<p>Led  by\n\t JAXA,&nbsp;XRISM</p>", "Led by JAXA, XRISM"),
    "inline without a space": ("<p>H<sub>2</sub>O and X<b>RISM</b></p>", "H2O and XRISM"),
    "inline with a space": ("<p>JAXA<span>2026</span></p>", "JAXA 2026"),
    "across blocks": ("<li>Canada</li><li>Japan</li>", "Canada Japan"),
    "a line break": ("<p>Canada<br>Japan</p>", "Canada Japan"),
    "entities": ("<p>Agence spatiale fran&ccedil;aise &amp; others</p>", "française & others"),
    "in the middle of a word": ("<p>anti-satellite</p>", "satel"),
    "Japanese": ("<p>宇宙航空研究開発機構（ＪＡＸＡ）は発表した</p>", "研究開発機構（ＪＡＸＡ）は"),
    "beyond the basic plane": ("<p>🚀🚀 lift-off of 🛰 one</p>", "lift-off of 🛰"),
    "a caption": ('<img alt="The arm captures the HTV" src="x">', "arm captures the HTV"),
    "a description": ('<meta name="description" content="A short summary.">', "short summary."),
    "the title": ("<head><title>News of the day</title></head>", "News of the day"),
    "without scripts": ("<script>var x = 'Led by JAXA';</script><noscript>a b</noscript>", "a b"),
    "data in the page": (
        '<script type="application/ld+json">{"a": {"body": "<p>Signed on <b>30</b> May</p>"}}'
        "</script>",
        "Signed on 30 May",
    ),
    "soft hyphens": ("<p>inter\u00adnational part\u200bner</p>", "international partner"),
    "broken markup": ("<p>Led by <b>JAXA<p></i>XRISM", "Led by JAXA XRISM"),
}


@pytest.mark.parametrize("what", PAGES)
def test_words_are_found(what):
    assert found_in(*PAGES[what])


def test_words_of_programs_and_styles_are_no_text():
    assert not found_in("<script>Led by JAXA</script><p>no</p>", "Led by JAXA")
    assert not found_in("<style>p {color: red}</style><p>no</p>", "color: red")


def test_what_is_gone_is_not_found():
    assert not found_in("<p>Led by NASA, XRISM</p>", "Led by JAXA, XRISM")
    assert find(["short"], [described("much longer than the page")]) == {}
    assert find([], [described("x")]) == {}


def test_several_quotes_of_one_length():
    wanted = [described(w) for w in ("abc", "bcd", "xyz", "cd")]
    assert sorted(find(["abcd"], wanted).values()) == ["abc", "bcd", "cd"]


def test_a_quote_in_a_later_reading():
    assert list(find(["nothing", "Led by JAXA"], [described("Led by JAXA")]).values())


@pytest.mark.parametrize(
    ("content", "media", "text"),
    [
        ("année".encode("latin-1"), "text/html; charset=ISO-8859-1", "année"),
        (b"<meta charset='shift_jis'>" + "日本".encode("shift_jis"), "", "日本"),
        (b"\xef\xbb\xbfabc", "", "abc"),
        ("日本".encode(), "text/html; charset=nonsense", "日本"),
        (b"a \x93quoted\x94 \x81", "", "a \x93quoted\x94 \x81"),
    ],
)
def test_encodings(content, media, text):
    assert decode(content, media).endswith(text)


def test_a_text_is_read_as_it_is():
    assert readings(b"one\n two") == ["one two"]


def test_a_pdf():
    pypdf = pytest.importorskip("pypdf")
    import io

    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    out = io.BytesIO()
    writer.write(out)
    assert readings(out.getvalue()) == []
    with pytest.raises(FetchError, match="the PDF cannot be read"):
        readings(b"%PDF-1.7 nothing of the kind")


def test_a_pdf_without_its_library(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    with pytest.raises(FetchError, match="pypdf is not installed") as caught:
        readings(b"%PDF-1.7")
    assert "kg[pdf]" in caught.value.fix


def test_a_long_page_is_searched_in_seconds_and_never_for_ever(monkeypatch):
    """Measured: a quote in 1 MB takes about a second, one that is gone about three."""
    text = "The agencies of both states signed it. " * 25_000
    words = "and this is the sentence that is cited"
    began = time.monotonic()
    assert find([text + words], [described(words)])
    assert time.monotonic() - began < 20
    monkeypatch.setattr(search, "MOST", 1000)
    assert find([text + words], [described(words)]) == {}


def test_the_seed_text_holds_its_quotes(seed_text: Path, seed_view):
    from kg.fetch.quotes import cited

    (document,) = cited(seed_view)
    wanted = [(q.length, q.sha256) for q in document.quotes]
    raw = seed_text.read_text("utf-8")
    found = find([raw], wanted)
    assert len(found) == len(wanted) > 30
