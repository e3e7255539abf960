"""Whom a release quotes, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from kg.extract import layout
from kg.extract.marked import Marked, block
from kg.extract.spans import Candidate, Evidence, Mention, Release
from kg.extract.words import Words

PRECISION = {"quoted": 0.96}
"""Share of the quotations whose speaker is right."""


def quotations(release: Release, all_marked: Sequence[Marked], words: Words) -> Iterator[Candidate]:
    """Yield whom the release quotes: `“…,” said X`, `“…” X said`, or a line of attribution."""
    person = f"[{block('Person')}]"
    aside = rf"(?:, [^“”\"{block('Person')}]{{3,120}},)?"
    forms = _speech(words)
    signed = _signature(words)
    spans = list(layout.quotations(release.text))
    last_quote: tuple[int, int] | None = None
    speaker: Mention | None = None
    for marked in all_marked:
        if (
            speaker
            and marked.sentence.quoted
            and marked.sentence.quoted[0][0] == marked.sentence.start
        ):
            yield _quoted(
                release, speaker, speaker.start, _whole(marked.sentence.quoted[0], spans)[1]
            )
        speaker = _introduced(marked, person, aside, words)
        for form in forms:
            if marked.sentence.quoted and (match := form.search(marked.text)):
                mention = marked.mentions[next(g for g in match.groups() if g)[-1]]
                inside = [_whole(q, spans) for q in marked.sentence.quoted]
                start = min(mention.start, *(a for a, _ in inside))
                close = [b for _, b in inside] if form is forms[-1] else []
                end = max(mention.end, marked.range(*match.span())[1], *close)
                yield _quoted(release, mention, start, end)
                break
        if last_quote and (marked.sentence.zone == "attribution" or signed.match(marked.text)):
            found = marked.of_kind("Person")
            if found:
                yield _quoted(release, found[0], last_quote[0], found[0].end)
            last_quote = None
        elif marked.sentence.quoted:
            a, b = marked.sentence.quoted[0][0], marked.sentence.quoted[-1][1]
            last_quote = (last_quote[0] if last_quote else a, b)
        elif marked.sentence.zone != "attribution":
            last_quote = None


@lru_cache(maxsize=4)
def _speech(words: Words) -> tuple[re.Pattern[str], ...]:
    """Who speaks, after the quoted words in two orders, and before them."""
    said, person = words.alternatives("speech"), f"[{block('Person')}]"
    plain = rf"[^.,;:“”\"{block('Person')}]"
    aside = rf"(?:, [^“”\"{block('Person')}]{{3,120}},)?"
    return (
        re.compile(
            rf"[”\"],? (?:(?:{said}) (?:[^.,;“”\"]{{0,90}}? )?"
            rf"(?:(?:{words.alternatives('honorifics')}) )?(?P<a>{person})"
            rf"|(?P<b>{person}){aside} (?:{said}))"
        ),
        re.compile(rf"(?:,[”\"]|[”\"],) (?P<a>{plain}{{2,80}} {person}){aside} (?:{said})\b"),
        re.compile(
            rf"(?P<a>{person}){aside}(?: {plain}{{1,60}})? (?:{said})"
            rf"(?: {plain}{{1,50}})?[,:] ?[“\"]"
        ),
    )


@lru_cache(maxsize=4)
def _signature(words: Words) -> re.Pattern[str]:
    """A line below a quotation with nothing but its speaker and what the speaker is."""
    honour = rf"(?:(?:{words.alternatives('honorifics')}) )*"
    return re.compile(rf"[—–-]{{0,2}} ?{honour}[{block('Person')}](?:, [^.“”\"]{{3,160}})?$")


def _introduced(marked: Marked, person: str, aside: str, words: Words) -> Mention | None:
    """Who speaks in the quotation that a sentence announces: "Ann Lee issued the following:"."""
    shared, told = words.turn("statement", "shared"), words.turn("statement", "told")
    form = (
        rf"(?P<a>{person}){aside} (?:{shared})[^:“\"]*:$"
        rf"|(?:{told}) [^:;“\"]{{0,60}}?(?P<b>{person})[^:“\"]*:$"
    )
    match = re.search(form, marked.text)
    return marked.mentions[match["a"] or match["b"]] if match else None


def _whole(part: tuple[int, int], spans: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """The quotation that a sentence has a part of."""
    return next(((a, b) for a, b in spans if a <= part[0] < b), part)


def _quoted(release: Release, person: Mention, start: int, end: int) -> Candidate:
    doc = Mention(0, 1, "Document", f"doc:{release.id}", release.id)
    evidence = (Evidence.of(release.text, start, end),)
    return Candidate(
        release.id,
        "quotedIn",
        person,
        doc,
        {"modality": "occurred"},
        evidence,
        "quoted",
        PRECISION["quoted"],
    )
