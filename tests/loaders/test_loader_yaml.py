"""YAML as text: nothing becomes a number, a date or a truth value; nothing crashes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.errors import InputError, Origin
from kg.loaders._yaml import Block, parse, read

FILE = Path("facts.yaml")

TEXTS = [
    "NO", "no", "yes", "on", "off", "true", "null", "~", "010", "0x1F", "1_000", "1e3", "1:30",
    "2025-07-09", "2025-10-29T15:58:00Z", "198X/..", "17", ".inf", "=",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_values_stay_the_text_they_are(text: str) -> None:
    assert parse(f"{text}: {text}\n", FILE) == {text: text}


def test_an_absent_value_is_an_empty_text() -> None:
    assert parse("a:\nb: ''\n", FILE) == {"a": "", "b": ""}


def test_nested_values_know_their_place() -> None:
    top = parse("a: 1\nlist:\n  - x: y\n    z:\n      - p\n      - q\n", FILE)
    (item,) = top.blocks("list")
    assert item.origin == Origin("facts.yaml", 3, 5)
    assert item.at["z"] == Origin("facts.yaml", 4, 5)
    assert item.texts("z") == ["p", "q"]
    assert top.at["list"] == Origin("facts.yaml", 2, 1)


def test_what_a_key_must_be() -> None:
    top = parse("text: x\nlist: [a, b]\nmap: {k: v}\nmixed: [a, {k: v}]\n", FILE)
    assert top.text("text") == "x"
    assert top.text("absent", "default") == "default"
    assert top.texts("text") == ["x"] and top.texts("absent") == []
    assert top.block("map") == {"k": "v"} and top.block("absent") == {}
    assert top.blocks("map") == [{"k": "v"}] and top.blocks("absent") == []
    for use, key, message in (
        (Block.text, "list", "'list' must be one text value"),
        (Block.block, "text", "'text' must be a mapping"),
        (Block.blocks, "mixed", "'mixed' must be a list of mappings"),
        (Block.texts, "mixed", "'mixed' must be a text or a list of texts"),
    ):
        with pytest.raises(InputError) as caught:
            use(top, key)
        assert caught.value.message == message
        assert caught.value.origin == top.at[key]


BROKEN = [
    ("a: 1\na: 2\n", "2:1", "'a' is given twice"),
    ("x:\n  b: 1\n  c: 2\n  b: 3\n", "4:3", "'b' is given twice"),
    ("a: 1\n b: 2\n", "2:3", "broken YAML: mapping values are not allowed"),
    ("a: b: c\n", "1:5", "broken YAML: mapping values are not allowed"),
    ("\ta: b\n", "1:1", "broken YAML: found character that cannot start any token"),
    ("a:\n\tb: c\n", "2:1", "broken YAML: found character that cannot start any token"),
    ("a: 'x\n", "2:1", "broken YAML: found unexpected end of stream"),
    ("a: [1, 2\n", "2:1", "broken YAML"),
    ("a: 1\n---\nb: 2\n", "2:1", "broken YAML"),
    ("a: @x\n", "1:4", "broken YAML: found character that cannot start any token"),
    ("x: 1\na: \x07\n", "2", "control characters are not allowed"),
    ("- a\n- b\n", "1", "the top of the file must be a mapping"),
    ("", "1", "the top of the file must be a mapping"),
    ("[a, b]: c\n", "1:1", "a key must be a text"),
    ("a: &x [1]\nb: *x\n", "1:4", "an alias (*name) of a list or mapping"),
    ("a: &x [*x]\n", "1:4", "an alias (*name) of a list or mapping"),
    ("a: *x\n", "1:4", "broken YAML: found undefined alias"),
    ("a: " + "[" * 2000, "1:(53|1003)", "nested too deeply"),
    ("- " * 100_000, "1:101", "nested too deeply"),
    ("[\n" * 100_000, "51:1", "nested too deeply"),
]


@pytest.mark.parametrize(
    ("content", "place", "message"), BROKEN, ids=[repr(b[0][:20]) for b in BROKEN]
)
def test_broken_yaml_is_one_message_with_its_place(content: str, place: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(content, FILE)
    assert re.match(f"facts.yaml:{place}: ", str(caught.value))
    assert message in caught.value.message
    assert "\n" not in caught.value.message


def test_a_billion_laughs_are_not_laughed() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    with pytest.raises(InputError, match="an alias"):
        parse("\n".join(lines), FILE)


def test_an_alias_of_a_text_is_harmless_and_tags_do_nothing() -> None:
    assert parse("a: &t x\nb: *t\n", FILE) == {"a": "x", "b": "x"}
    assert parse("a: !!python/object/apply:os.system ['true']\n", FILE) == {"a": ["true"]}
    assert parse("a: !!int 3\n", FILE) == {"a": "3"}


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: b\r\nc: d\r\n")
    assert read(path) == {"a": "b", "c": "d"}


def test_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("a: b\nname: Mélanie\n".encode("cp1252"))
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(caught.value) == f"{path}:2: not UTF-8\n  fix: save as UTF-8"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(InputError) as caught:
            read(path)
        assert str(caught.value).startswith(f"{path}: cannot be read: ")
