"""What the signs of a template stand for in a language: its small words and its tenses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.marked import ANY, block
from kg.extract.words import Words

_MARKS = '“”\\"'
_BARE = ("passive", "ongoing")
"""A participle that needs no verb before it: the words before may have another object."""
_MODALITIES = ("planned", "claimed", "occurred", "ongoing")


@dataclass(frozen=True, slots=True)
class Signs:
    """Parts of regular expressions.

    Attributes:
        gaps: `..`, up to nine words; `...`, up to twenty; `~`, up to twelve without a name.
        text_end: What may follow `{x:text}`.
        long_end: What may follow `{x:long}`.
        name_end: What may follow the last name where no further noun may.
        no_start: Words that do not begin `{x:text}`.
        comma: Between the names of a list.
        last: Before its last name; in a heading, a comma.
        joint: Either of them.
        measures: What is counted.
        owners: Words for the owners named before: "their".
        forms: Names of the forms of a verb, in their order.
        words: Words of the language, for the tenses of its verbs.
    """

    gaps: Mapping[str, str]
    text_end: str
    long_end: str
    name_end: str
    no_start: str
    comma: str
    last: str
    joint: str
    measures: str
    owners: tuple[str, ...]
    forms: tuple[str, ...]
    words: Words

    def verb(self, forms: tuple[str, ...], voice: str) -> str:
        """Return a verb in all its tenses, each a group named after its modality.

        What is done to hardware stands with others of its kind: "design, build and launch".

        Args:
            forms: Its forms.
            voice: active, or passive: the doer follows.
        """
        shared = self.words.turns.get("verb", {})
        tenses = [f"[{f[0]}{f[0].upper()}]{f[1:]}" for f in forms]
        plain = dict(zip(self.forms, tenses, strict=True))
        shares = forms[0] in self.words.turn("along", self.forms[0]).split("|")
        said = []
        for modality in _MODALITIES:
            alone = not shares or (voice, modality) == _BARE
            given = plain if alone else {f: self._along(f, t) for f, t in plain.items()}
            turn = self.words.turn(voice, modality, {**shared, **given})
            said.append(f"(?P<{modality}>{turn})")
        end = self.words.turns.get(voice, {}).get("end", r"\b")
        return f"(?:{'|'.join(said)}){end}".replace(" ", r"\s")

    def _along(self, form: str, tense: str) -> str:
        """Return a tense of a verb with others that share its object: "design, build and fly"."""
        other = f"(?:{self.words.turn('along', form)})"
        return f"(?:{other},? (?:and )?){{0,3}}{tense}(?:(?:, {other}){{0,2}},? and {other}\\b)?"


@lru_cache(maxsize=4)
def of(words: Words) -> Signs:
    """Return the signs of a language.

    Args:
        words: Words of the language.
    """

    def small(name: str) -> str:
        return words.turn("signs", name).replace(" ", r"\s")

    article, group = small("article"), block("Group")
    return Signs(
        gaps={
            "..": rf"(?:(?!(?:{small('gap_stop')})\b)[^\s,.;:{_MARKS}]+\s){{0,9}}?",
            "...": rf"(?:(?!(?:{small('long_gap_stop')})\b)[^\s.;:{_MARKS}]+\s){{0,20}}?",
            "~": rf"(?:(?!(?:{small('long_gap_stop')})\b)[^\s.;:{_MARKS}{ANY}]+\s){{0,12}}?",
        },
        text_end=rf"(?=[,.;:)]|\s(?:{small('text_end')})\b|\s[a-z]+s\s[{group}]|\s?[–—-]\s|$)",
        long_end=rf"(?=[,.;:)]|\s(?:{small('long_end')})\b|$)",
        name_end=rf"(?=[,.;:)]|\s(?:{small('name_end')})\b|\s?[{ANY}]|\s[–—-]|\s?\(|$)",
        no_start=small("no_start"),
        comma=rf",\s(?:{article})?",
        last=rf"(?:,?\s(?:{small('and_last')})\s(?:{article})?"
        rf"|(?<=\A[{ANY}]),\s(?=[{ANY}]\s(?:{small('headed')})\b(?!.*\swith\s)))",
        joint=rf"(?:,?\s(?:{small('and')})\s|,\s)(?:{article})?",
        measures=words.turn("signs", "measures"),
        owners=words.lists.get("owners", ()),
        forms=words.lists.get("verb_forms", ()),
        words=words,
    )
