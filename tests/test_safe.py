"""Which addresses can be those of a site of ours."""

import pytest

from kg.errors import KGError
from kg.safe import clean, site_address


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("", ""),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/a/b//", "https://example.org/a/b/"),
        ("http://localhost:8000/", "http://localhost:8000/"),
        ("http://[::1]:8000/kg", "http://[::1]:8000/kg/"),
        ("https://example.org/~me/caf%C3%A9", "https://example.org/~me/caf%C3%A9/"),
    ],
)
def test_an_address_has_one_slash_at_its_end(given: str, found: str) -> None:
    assert site_address(given) == found


@pytest.mark.parametrize(
    "given",
    [
        "example.org", "ftp://example.org/", "https://", "https:///x", "https://ex ample.org/",
        "https://[::1/", "https://example.org/?a=b", "https://example.org/#x",
        "https://me:secret@example.org/", "https://example.org/a b", 'https://example.org/"><x',
        "https://example.org/<x>", "https://example.org:port/", "https://example.org/\n",
        "javascript:alert(1)", "https://пример.рф/",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(given: str) -> None:
    with pytest.raises(KGError, match="no address of a site"):
        site_address(given)


def test_control_characters_are_left_out_of_ascii_too() -> None:
    assert clean("a\x07b\tc\nd\x1b[31m") == "ab\tc\nd[31m"
    assert clean("plain text") == "plain text"
