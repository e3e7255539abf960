"""Servers and pages of strangers: whatever they send ends in words, soon, or in one message."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import FetchError
from kg.fetch import readings
from kg.fetch.check import Expected, check
from kg.fetch.client import Client
from kg.fetch.pages import _named
from kg.fetch.robots import parse


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("/a*b", "/axxb/c", True),
        ("/a*b$", "/axxb/c", False),
        ("/a*b$", "/axxb", True),
        ("/a*b*c$", "/abcbc", True),
        ("/ab*b$", "/ab", False),
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("/*", "/", True),
        ("/*.pdf$", "/x.pdf", True),
        ("/*.pdf$", "/x.pdf?y", False),
    ],
)
def test_stars_and_ends_in_robots(pattern: str, path: str, fits: bool) -> None:
    rules = parse(f"User-agent: *\nDisallow: {pattern}", "kg")
    assert rules.allow("https://example.org" + path) is not fits


def test_many_stars_in_robots_end() -> None:
    """As a regular expression this pattern would take years."""
    rules = parse("User-agent: *\nDisallow: /" + "*a" * 40 + "*b", "kg")
    assert rules.allow("https://example.org/" + "a" * 2000)


def test_an_unknown_section_of_a_page_is_passed() -> None:
    page = b"<!doctype html><html><p>one <![foo[ x ]]> two</p></html>"
    assert readings.readings(page)[0] == "one two"


@pytest.mark.parametrize("name", [b"undefined", b"idna", b"no-such", b"hex"])
def test_an_encoding_that_cannot_be_used_is_passed_over(name: bytes) -> None:
    page = b"<!doctype html><meta charset=" + name + b"><p>caf\xe9</p>"
    assert "café" in readings.readings(page)[0]


@pytest.mark.parametrize("url", ["https://[::1/x", "https://", "https://me@example.org/", "x"])
def test_what_is_no_address_is_not_asked(url: str) -> None:
    with pytest.raises(FetchError, match="no address"), Client().get(url):
        pass


def test_a_saved_page_may_name_what_is_no_address(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<link rel="canonical" href="https://[x/"><p>words</p>')
    assert _named(page, {"example.org?": "document"}) == ""


@pytest.mark.parametrize(
    ("kind", "content", "said"),
    [("csv", "a," + "x" * 200_000, "first line"), ("json", "[" * 200_000, "no JSON")],
)
def test_a_file_that_no_parser_takes_is_one_message(
    tmp_path: Path, kind: str, content: str, said: str
) -> None:
    path = tmp_path / "file"
    path.write_text(content)
    with pytest.raises(FetchError, match=said):
        check(path, Expected(kind, ("a",) if kind == "csv" else ()))
