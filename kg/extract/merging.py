"""One candidate a statement: what several places of a release say of one thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from kg.extract import gate, patterns
from kg.extract.spans import Candidate, Mention
from kg.extract.words import Words

_RECENT = 31
"""Days before its issue of which a release tells as of now."""
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")


def attending(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield candidates without those by which a crew attends its own flight."""
    crews = {(key(c.subject), key(c.object)) for c in found if c.relation == "crewOf"}
    for one in found:
        if one.relation != "attended" or (key(one.subject), key(one.object)) not in crews:
            yield one


def distinct(found: Iterable[Candidate], issued: str, words: Words) -> Iterator[Candidate]:
    """Yield one candidate a statement: several places that say it become its evidence.

    What is stated as a fact in one place and only claimed in another is stated. A place that is
    not sure enough for the graph adds nothing to what is, nor to what has a topic.

    Args:
        found: The candidates of a release.
        issued: Its day of issue (YYYY-MM-DD), or "".
        words: Words of its language.
    """
    kept: dict[tuple[str, ...], Candidate] = {}
    told: set[tuple[str, ...]] = set()
    for one in sorted(found, key=lambda c: (c.modality == "claimed", _unsure(c), not _topic(c))):
        name = _identity(one)
        if not issued and _of_today(one, words):
            name = (*name, words.part("today"))
        if not _unsure(one) or _topic(one):
            told.add(_plain(name))
        elif _plain(name) in told:
            continue
        if name not in kept and one.modality == "claimed":
            name = _stated_as(name, kept) or name
        if name in kept and _another(one, kept[name]):
            name = (*name, one.qualifiers["date"])
        if name not in kept:
            kept[name] = one
            continue
        known = kept[name]
        merged = {**_moved(one, known, issued), **known.qualifiers}
        evidence = tuple(dict.fromkeys([*known.evidence, *one.evidence]))
        hoped = one.modality == "claimed" != known.modality
        most = known.confidence if hoped else max(known.confidence, one.confidence)
        kept[name] = replace(known, qualifiers=merged, evidence=evidence, confidence=most)
    yield from kept.values()


def _of_today(one: Candidate, words: Words) -> bool:
    """Say whether a signing is told as of "today", which is no day where the release has none."""
    undated = one.relation == "signedAgreementWith" and "date" not in one.qualifiers
    return undated and any(re.search(words.part("today"), e.quote) for e in one.evidence)


def _another(one: Candidate, known: Candidate) -> bool:
    """Say whether two signings of one pair are more than a month apart: they are two."""
    early, late = sorted(c.qualifiers.get("date", "") for c in (one, known))
    if one.relation != "signedAgreementWith" or not (
        _DAY.fullmatch(early) and _DAY.fullmatch(late)
    ):
        return False
    same = min(len(early), len(late))
    first, last = (date.fromisoformat((day + "-01-01")[:10]) for day in (early, late))
    return early[:same] != late[:same] and (last - first).days > _RECENT


def _unsure(one: Candidate) -> bool:
    return one.confidence < gate.THRESHOLD


def _topic(one: Candidate) -> str:
    return one.qualifiers.get("topic", "")


def _moved(one: Candidate, known: Candidate, issued: str) -> dict[str, str]:
    """What a second place adds; a date of another sentence only when it is about the day of issue.

    A heading tells what is new; an older date in the text is that of something before.
    """
    more = dict(one.qualifiers)
    day = more.get("date", "")
    same = any(a.start <= b.start < a.end for a in known.evidence for b in one.evidence)
    if day and not same and not _recent(day, issued):
        del more["date"]
    return more


def _recent(day: str, issued: str) -> bool:
    try:
        gap = date.fromisoformat(issued) - date.fromisoformat(day)
    except ValueError:
        return False
    return 0 <= gap.days <= _RECENT


def _identity(one: Candidate) -> tuple[str, ...]:
    ends = [key(one.subject), key(one.object)]
    if one.relation in patterns.SYMMETRIC:
        ends.sort()
    held = "stated" if one.modality in {"occurred", "ongoing"} else one.modality
    return one.relation, *ends, _topic(one), held


def _plain(key: tuple[str, ...]) -> tuple[str, ...]:
    """A key without its topic."""
    return (*key[:3], key[4])


def _stated_as(key: tuple[str, ...], kept: Mapping[tuple[str, ...], Candidate]) -> tuple[str, ...]:
    return next((k for k in kept if k[:4] == key[:4] and k[4] == "stated"), ())


def key(mention: Mention) -> str:
    """Return what tells a mention from those of other things."""
    return mention.slug or mention.value or mention.name.casefold()


def beside(
    proposed: Iterable[Candidate], stated: Sequence[Candidate], issued: str, words: Words
) -> Iterator[Candidate]:
    """Yield what is proposed, once, and only where nothing states or proposes it already.

    Args:
        proposed: Candidates for review only.
        stated: What is found by patterns.
        issued: Day of issue, or "".
        words: Words of its language.
    """
    known = {_identity(one)[:3] for one in stated}
    fresh = (one for one in proposed if _identity(one)[:3] not in known)
    seen: set[tuple[str, ...]] = set()
    for one in distinct(fresh, issued, words):
        said = _identity(one)[:3]
        if said not in seen:
            seen.add(said)
            yield one
