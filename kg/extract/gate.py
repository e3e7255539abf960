"""Graph, review or drop, always with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.spans import Candidate, Mention, Release

THRESHOLD = 0.8
LITERAL = {
    "studies", "hasPurpose", "isA", "holdsOffice", "hasAbbreviation", "hasCount", "launchDate",
    "startDate", "endDate",
}  # fmt: skip
_TRUSTED = {"official", "wire"}
_LINK = {
    "label": 1.0,
    "alias": 0.98,
    "abbreviation": 0.99,
    "adjective": 0.97,
    "authority": 0.97,
    "national": 0.97,
    "anaphora": 0.97,
    "surname": 0.97,
    "pronoun": 0.92,
}


def judge(candidate: Candidate, release: Release) -> Candidate:
    """Return a candidate with its confidence and what speaks against it.

    Args:
        candidate: With the confidence of its pattern.
        release: The document: its tier, and whether it is dated.
    """
    reasons = list(candidate.reasons)
    confidence = candidate.confidence
    for end in _ends(candidate):
        if end.method == "ambiguous":
            reasons.append(f"'{end.name}' is the name of several things")
        elif not end.slug:
            what = "person" if end.kind == "Person" else "name"
            reasons.append(f"the {what} '{end.name}' is not in the graph")
        confidence *= _LINK.get(end.method, 1.0)
    if release.tier not in _TRUSTED:
        reasons.append(f"the publisher is of tier {release.tier}")
    if candidate.modality == "claimed":
        reasons.append("said, hoped or possible, not stated as a fact")
    if candidate.modality == "planned" and _past(candidate, release.issued):
        reasons.append("planned for a day that was past when this was issued")
    if candidate.modality == "occurred" and _to_come(candidate, release.issued):
        reasons.append("told as done on a day after this was issued")
    if reasons:
        confidence = min(confidence, THRESHOLD - 0.01)
    return replace(candidate, confidence=round(confidence, 3), reasons=tuple(reasons))


def _past(candidate: Candidate, issued: str) -> bool:
    day = _day(candidate)
    return bool(day) and day < issued[: len(day)]


def _to_come(candidate: Candidate, issued: str) -> bool:
    return bool(issued) and _day(candidate)[: len(issued)] > issued


def _day(candidate: Candidate) -> str:
    """The day, month or year that a candidate is told for, when it is one."""
    told = candidate.object.value if candidate.object.kind == "Date" else ""
    day = told or candidate.qualifiers.get("date", "")
    return day if day[:1].isdigit() and "/" not in day else ""


def _ends(candidate: Candidate) -> Sequence[Mention]:
    ends = [candidate.subject]
    given = candidate.object.kind == "Text" and "missionSlug" in candidate.qualifiers
    if candidate.relation not in LITERAL and candidate.object.kind != "Document" and not given:
        ends.append(candidate.object)
    return ends
