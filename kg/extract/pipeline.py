"""A release through all stages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from kg.extract import frame, gate, layout, match, mentions, patterns, words
from kg.extract.gazetteer import Gazetteer, Name
from kg.extract.marked import Marked, block, mark
from kg.extract.match import Match
from kg.extract.spans import Candidate, Evidence, Mention, Release
from kg.extract.words import Words

_REPORTED = re.compile(r"\b(?:said|says|stated|recalled|believes?|claims?|hoped?|suggested) that\b")
_SINCE = re.compile(
    r"(?:\s?[,–—-]?\s?(?:a \w+ that (?:started|began) in|since)\b[^.;:]{0,50}?)"
    + f"([{block('Date')}])"
)
_OPENING = re.compile(r"^\W*(?:[Ii]n|[Oo]n|[Ss]ince|[Dd]uring|[Bb]y)?\s*$")


def gazetteer(names: Iterable[Name], language: str = "en") -> Gazetteer:
    """Return the names of a graph and the adjectives of its states, ready to be found."""
    all_names = list(names)
    said = words.load(language)
    states = {n.slug: n for n in all_names if n.kind == "State" and n.method == "label"}
    for slug, forms in said.adjectives.items():
        if slug in states:
            kind = "Adjective"
            all_names += [Name(f, slug, kind, states[slug].label, "adjective") for f in forms]
    return Gazetteer(all_names, _doubtful(said))


def _doubtful(said: Words) -> dict[str, str]:
    words = dict.fromkeys(said.lists.get("common", ()), "word")
    return words | dict.fromkeys(said.lists.get("homonyms", ()), "homonym")


def extract(
    release: Release, names: Gazetteer, chosen: Sequence[patterns.Pattern] = ()
) -> list[Candidate]:
    """Return what a release says or may say, each with its words, in the order of the text.

    Args:
        release: The document.
        names: From :func:`gazetteer`.
        chosen: Patterns; by default those of the language.

    Raises:
        InputError: If there are no patterns for its language.
    """
    said = words.load(release.language)
    if not release.issued:
        release = replace(release, issued=frame.day_of_issue(release.text))
    chosen = chosen or load_patterns(release.language)
    parts = [s for s in layout.sentences(release.text) if s.zone != "contact"]
    marked = [
        mark(release.text, part, found)
        for part, found in mentions.find(release, parts, names, said)
    ]
    found = [
        *frame.issue(release, names),
        *_stated(release, marked, names, said, chosen),
        *frame.quotations(release, marked),
    ]
    judged = [gate.judge(c, release) for c in _distinct(found)]
    return sorted(
        judged,
        key=lambda c: (
            c.evidence[0].start,
            c.evidence[0].end,
            c.relation,
            c.subject.name,
            c.object.name,
        ),
    )


@lru_cache(maxsize=4)
def load_patterns(language: str) -> tuple[patterns.Pattern, ...]:
    """Return the patterns of a language."""
    words.load(language)
    return patterns.load(Path(words.HERE / language / "patterns.toml"))


def _stated(
    release: Release,
    all_marked: Sequence[Marked],
    names: Gazetteer,
    said: Words,
    chosen: Sequence[patterns.Pattern],
) -> Iterator[Candidate]:
    negated = re.compile(rf"\b(?:{said.alternatives('negations')})\b", re.IGNORECASE)
    for marked in all_marked:
        yield from frame.abbreviations(release, marked, names)
        yield from frame.offices(release, marked, said)
        for one in match.matches(marked, chosen):
            if not negated.search(marked.text, one.start, one.end):
                yield _candidate(one, marked, release)


def _candidate(one: Match, marked: Marked, release: Release) -> Candidate:
    start, end = marked.range(one.start, one.end)
    quoted = marked.sentence.in_quote(start, end)
    reported = bool(_REPORTED.search(marked.text, 0, one.start))
    qualifiers = {**one.qualifiers, "modality": one.modality}
    confidence = one.pattern.precision
    reasons: tuple[str, ...] = ()
    if quoted or reported:
        qualifiers["modality"] = "claimed"
        confidence *= 0.8
    if marked.sentence.zone == "title":
        confidence *= 0.98
    dated = one.relation in {"launchDate", "startDate", "endDate"} or "date" in qualifiers
    if not dated and (day := _date(one, marked)):
        qualifiers["date"] = day
    return Candidate(
        release.id, one.relation, one.subject, one.object, qualifiers,
        (Evidence.of(release.text, start, end),), one.pattern.id, confidence, reasons,
    )  # fmt: skip


def _date(one: Match, marked: Marked) -> str:
    """A date counts when it opens the sentence, stands among the words, or follows them at once."""
    if since := _SINCE.match(marked.text, one.end):
        return f"{marked.mentions[since[1]].value}/.."
    found = [
        (i, c)
        for i, c in enumerate(marked.text)
        if c in marked.mentions and marked.mentions[c].kind == "Date"
    ]
    inside = [c for i, c in found if one.start <= i < one.end]
    if len(inside) == 1:
        return marked.mentions[inside[0]].value
    opening = [c for i, c in found if i < one.start and _OPENING.match(marked.text[:i])]
    if opening:
        return marked.mentions[opening[0]].value
    after = [
        c
        for i, c in found
        if i >= one.end and re.fullmatch(r"(?:,? (?:on|in|of))? ?", marked.text[one.end : i])
    ]
    return marked.mentions[after[0]].value if after and not inside else ""


def _distinct(found: Iterable[Candidate]) -> Iterator[Candidate]:
    """One candidate a statement: several places that say it become its evidence.

    What is stated as a fact in one place and only claimed in another is stated.
    """
    kept: dict[tuple[str, ...], Candidate] = {}
    for one in sorted(found, key=lambda c: c.modality == "claimed"):
        key = _identity(one)
        known = kept.get(key) or (
            kept.get(_stated_as(key, kept)) if one.modality == "claimed" else None
        )
        if not known:
            kept[key] = one
            continue
        merged = {**one.qualifiers, **known.qualifiers}
        evidence = tuple(dict.fromkeys([*known.evidence, *one.evidence]))
        sure = max(known.confidence, one.confidence)
        kept[_identity(known)] = replace(
            known, qualifiers=merged, evidence=evidence, confidence=sure
        )
    yield from kept.values()


def _identity(one: Candidate) -> tuple[str, ...]:
    ends = [_key(one.subject), _key(one.object)]
    if one.relation in _SYMMETRIC:
        ends.sort()
    topic = one.qualifiers.get("topic", "")
    return one.relation, *ends, topic, one.modality


def _stated_as(key: tuple[str, ...], kept: Mapping[tuple[str, ...], Candidate]) -> tuple[str, ...]:
    return next((k for k in kept if k[:4] == key[:4] and k[4] in {"occurred", "ongoing"}), ())


def _key(mention: Mention) -> str:
    return mention.slug or mention.value or mention.name.casefold()


_SYMMETRIC = {"cooperatesWith", "metWith", "sharesDataWith", "signedAgreementWith", "engagedWith"}
