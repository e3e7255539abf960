"""Modality, date and confidence of what a pattern found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.extract.marked import Marked, block
from kg.extract.match import Match
from kg.extract.spans import Candidate, Evidence, Mention, Release
from kg.extract.words import Words

_DATED = {"launchDate", "startDate", "endDate"}
_EVENTS = {
    "signedAgreementWith", "metWith", "visited", "attended", "captures", "berthsTo", "launches",
    "founded", "awardedContract", "signatoryOf", "hosted",
}  # fmt: skip
"""What is told in the present tense in headings and captions."""
_STATES = {
    "operates", "leads", "hasCount", "partOf", "installedOn", "carries", "memberOf", "provides",
    "contributesTo", "develops", "participatesIn", "studies", "succeeds", "locatedIn",
    "cooperatesWith", "sharesDataWith",
}  # fmt: skip
"""What holds over time: a day in the sentence is that of something else."""
_REPORTED = {"metWith", "visited", "attended"}
"""What a dated release tells as done was done on its day or before."""
_TIES = {"cooperatesWith", "sharesDataWith"}
"""What "together with" states only as far as the verb after it: "together with B, will build"."""
_LEAD = 70
"""Characters before a match in which "future" stands."""
_FAR_OFF = 120
"""Characters before a tie in which the title of an agreement begins."""
_FAR = 6
"""Words at most between an event and the only date of its sentence."""
_QUOTED, _TITLE = 0.8, 0.98
_FLEET = "a kind of craft flies often: which flight the day is of is not said"
_SEVERAL = "three or more are named together: which pairs it holds for is not said"


def candidate(one: Match, view: Marked, whole: Marked, release: Release, words: Words) -> Candidate:
    """Return a match as a candidate.

    Args:
        one: What a pattern found.
        view: The reading of the sentence in which it did.
        whole: The sentence as it is.
        release: The document.
        words: Words of its language.
    """
    start, end = view.range(one.start, one.end)
    if start < one.last <= end:
        end = one.last
    if 0 <= one.anchor < start:
        start = one.anchor
    end = _over_topic(one.qualifiers.get("topic", ""), start, end, release.text)
    quoted = whole.sentence.in_quote(start, end)
    unsure = _unsure(one, view, words)
    qualifiers = _told(one.qualifiers, words) | {"modality": one.modality}
    confidence = one.pattern.precision
    if quoted or unsure:
        qualifiers["modality"] = "claimed"
        confidence *= _QUOTED
    elif not (one.pattern.settled or one.modality == "claimed") and (
        words.form("planned").search(view.text, one.start, one.end)
        or (one.relation in _TIES and words.form("planned_next").match(view.text, one.end))
    ):
        qualifiers["modality"] = "planned"
    elif one.relation in _EVENTS and one.modality == "ongoing":
        qualifiers["modality"] = "occurred"
    timetable = not one.pattern.settled and words.form("schedule").match(whole.text)
    if timetable and qualifiers["modality"] != "claimed":
        qualifiers["modality"] = "planned"
    if whole.sentence.zone == "title":
        confidence *= _TITLE
    if one.relation not in _DATED and "date" not in one.qualifiers:
        planned = qualifiers["modality"] in {"planned", "claimed"}
        event = one.relation in _EVENTS
        day, place = _date(whole, view, start, end, words, planned=planned, event=event)
        if event and _announced_then(one, view, words):
            day = ""
        if day and (one.relation not in _STATES or day.endswith("/..")):
            qualifiers["date"] = day
            if place and (event or day.endswith("/..")):
                start, end = min(start, place.start), max(end, place.end)
        elif one.relation in _REPORTED and not planned and release.issued:
            qualifiers["date"] = f"[..{release.issued}]"
    doubts = [_SEVERAL] if one.several else []
    if one.relation == "launchDate" and one.subject.name in words.lists.get("fleets", ()):
        doubts.append(_FLEET)
    return Candidate(
        release.id, one.relation, one.subject, one.object, qualifiers,
        (Evidence.of(release.text, start, end),), one.pattern.id, confidence, tuple(doubts),
    )  # fmt: skip


def _over_topic(topic: str, start: int, end: int, text: str) -> int:
    """Where the words end that a topic is told in."""
    place = text.find(topic, start, end + len(topic)) if topic else -1
    return max(end, place + len(topic)) if place >= 0 else end


def _told(given: Mapping[str, str], words: Words) -> dict[str, str]:
    """Qualifiers that say something: "the field of optics" is optics, an empty one is left out."""
    kept = {name: value for name, value in given.items() if value}
    if topic := kept.pop("topic", ""):
        topic = words.form("topic_lead").sub("", topic)
        if not words.form("vague_topic").fullmatch(topic):
            kept["topic"] = topic
    return kept


def _unsure(one: Match, view: Marked, words: Words) -> bool:
    """Say whether the words around a match make it reported, possible, still to come or over."""
    text, start, end = view.text, one.start, one.end
    return bool(
        words.form("reported").search(text, 0, start)
        or words.form("condition").search(text, 0, start)
        or words.form("possible").search(text, start, end)
        or words.form("pending").match(text, end)
        or words.form("ended").match(text, end)
        or words.form("prospect").search(text, max(0, start - _LEAD), start)
        or (one.relation in _TIES and _wished(one, view, words))
    )


def _wished(one: Match, view: Marked, words: Words) -> bool:
    """Say whether a tie is what somebody aims at, or a part of the title of an agreement."""
    text, start = view.text, one.start
    named = words.form("titled").search(text, max(0, start - _FAR_OFF), start)
    return bool(
        words.form("purpose").search(text, 0, start) or (named and text[start] not in view.mentions)
    )


def _date(
    whole: Marked,
    view: Marked,
    start: int,
    end: int,
    words: Words,
    *,
    planned: bool,
    event: bool,
) -> tuple[str, Mention | None]:
    """A date counts when it opens the sentence, stands among the words, or follows them at once.

    An event also takes the only date of its sentence, a few words after it. A date in an
    insertion that the reading leaves out is that of the insertion.
    """
    since = re.compile(words.part("since") + f"([{block('Date')}])")
    first = next((i for i, s in enumerate(whole.starts) if s >= start), 0)
    last = next((i + 1 for i, e in enumerate(whole.ends) if e >= end), len(whole.text))
    if found := since.match(whole.text, last):
        date = whole.mentions[found[1]]
        return f"{date.value}/..", date
    dates = [
        (i, m)
        for i, c in enumerate(whole.text)
        if (m := whole.mentions.get(c)) and m.kind == "Date" and not (planned and _back(m))
    ]
    inside = [m for i, m in dates if first <= i < last and whole.text[i] in view.text]
    if len(inside) == 1:
        return inside[0].value, None
    opening = [
        (i, m) for i, m in dates if i < first and words.form("opening").match(whole.text[:i])
    ]
    if opening:
        place, date = opening[0]
        begun = words.form("since_opening").match(whole.text[:place]) and date.value[0] != "["
        return date.value + ("/.." if begun else ""), _from_start(date, whole)
    after = [] if inside else _after(dates, last, whole, words, event=event)
    return (after[0].value, after[0]) if after else ("", None)


def _announced_then(one: Match, view: Marked, words: Words) -> bool:
    """Say whether a day is that on which something was announced: "today announced the signing"."""
    said, day = words.part("announced"), f"[{block('Date')}]"
    then = re.compile(f"{day},? {said}|{said},? (?:{words.part('on')})?{day}")
    return bool(then.search(view.text, one.start, one.end))


def _from_start(date: Mention, whole: Marked) -> Mention:
    """The date with the word before it that opens the sentence: "In 2009"."""
    return replace(date, start=whole.sentence.start) if whole.sentence.zone != "title" else date


def _back(date: Mention) -> bool:
    """A day of the week is one of the past days; for what is to come that would be wrong."""
    return date.method == "weekday"


def _after(
    dates: Sequence[tuple[int, Mention]], last: int, whole: Marked, words: Words, *, event: bool
) -> list[Mention]:
    link = words.form("date_link")
    close = [m for i, m in dates if i >= last and link.fullmatch(whole.text[last:i])]
    if close or not event or len(dates) != 1:
        return close
    place, date = dates[0]
    between = whole.text[last:place]
    near = place > last and len(between.split()) <= _FAR and not re.search("[,.;:()“”]", between)
    return [date] if near and words.form("date_lead").search(between) else []
