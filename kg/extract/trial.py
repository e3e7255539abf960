"""Tries patterns on their own examples and counter-examples, and on texts at hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.errors import InputError
from kg.extract import triggers
from kg.extract.layout import Sentence
from kg.extract.marked import KINDS, block, mark
from kg.extract.match import Match, matches
from kg.extract.patterns import Pattern
from kg.extract.spans import Mention

_NAME = re.compile(r"\{(?P<words>[^{}|]+)\|(?P<kind>\w+)\}")


def read_example(say: str) -> tuple[str, list[Mention]]:
    """Return the plain words of an example and its names.

    Args:
        say: Words in which a name is written `{words|Kind}`.

    Raises:
        InputError: If a kind is unknown.
    """
    text, mentions = "", []
    here = 0
    for match in _NAME.finditer(say):
        if match["kind"] not in KINDS:
            fix = "kinds: " + ", ".join(KINDS)
            raise InputError(f"unknown kind '{match['kind']}' in an example", fix=fix)
        text += say[here : match.start()]
        value = match["words"] if match["kind"] in {"Date", "Number"} else ""
        start, end = len(text), len(text) + len(match["words"])
        mentions.append(
            Mention(start, end, match["kind"], match["words"], match["words"], value=value)
        )
        text += match["words"]
        here = match.end()
    return text + say[here:], mentions


def found(pattern: Pattern, say: str) -> list[Match]:
    """Return what a pattern finds in an example."""
    text, mentions = read_example(say)
    zone = pattern.zone or "body"
    marked = mark(text, Sentence(0, len(text), zone), mentions, pattern.words)
    return list((triggers.matches if pattern.order else matches)(marked, [pattern]))


def said(one: Match) -> str:
    """Return a match as an example writes it: subject, relation, object."""
    return f"{one.subject.name} {one.relation} {one.object.name}"


def check(patterns: Iterable[Pattern]) -> Iterator[InputError]:
    """Yield an error for each example that a pattern misses and each counter-example it finds."""
    for pattern in patterns:
        for example in pattern.examples:
            got = {said(m) for m in found(pattern, example["say"])}
            for wanted in example.get("gives", []):
                if wanted not in got:
                    shown = ", ".join(sorted(got)) or "nothing"
                    message = f"pattern '{pattern.id}' does not give '{wanted}'; it gives {shown}"
                    fix = f"example: {example['say']}"
                    yield InputError(message, origin=pattern.origin, fix=fix)
        for counter in pattern.counter:
            for match in found(pattern, counter):
                message = f"pattern '{pattern.id}' finds '{said(match)}' in its counter-example"
                yield InputError(message, origin=pattern.origin, fix=f"counter-example: {counter}")


def strain(pattern: Pattern) -> None:
    """Match a pattern against long text that nearly fits it, to see whether it ever ends."""
    names = " ".join(block(kind)[0] for kind in KINDS)
    for template in pattern.templates:
        plain = " ".join(re.findall(r"[^\W\d_]{2,}", re.sub(r"\{[^}]*\}", " ", template.source)))
        text = f"{names} {plain} {'word ' * 60}" * 4
        for _ in template.regex.finditer(text):
            pass
