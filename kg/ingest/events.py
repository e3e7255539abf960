"""Events and plans as claims: what is planned never becomes an event."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kg.extract.spans import Candidate
from kg.ingest.drafts import Drafts, Entry, slug, state


def happening(cls: str, one: Candidate, drafts: Drafts, cite: list[Entry], **fields: Any) -> None:
    """An event that happened, or the plan of one: what is planned never becomes an event."""
    date = one.qualifiers.get("date", "")
    if one.modality in {"occurred", "ongoing"}:
        on = date or (f"[..{drafts.issued}]" if drafts.issued else "")
        state(drafts, cls, one, cite, **fields, onDate=on)
        return
    planned = _window(date, drafts.issued)
    kind = "PlannedEvent" if one.modality == "planned" else "Intention"
    state(
        drafts, kind, one, cite, kind=cls, **fields, plannedFor=planned, announcedOn=drafts.issued
    )


def _window(date: str, issued: str) -> str:
    """A plan for the year of issue is one for the rest of it."""
    if date and issued.startswith(date) and len(date) == 4:
        return f"[{issued}..{date}-12-31]"
    return date


def agreement(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add a signing, or the plan of one."""
    pair = sorted([one.subject.slug, one.object.slug])
    when = one.qualifiers.get("date", "") or drafts.document
    name = slug("-".join(["agreement", *pair, one.qualifiers.get("topic", ""), when]))
    happening("Signing", one, drafts, cite, agent=pair, eventName=name)
    return ""


def meeting(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add a meeting, or the plan of one."""
    pair = sorted([one.subject.slug, one.object.slug])
    name = slug("-".join(["meeting", *pair, drafts.document]))
    place = one.qualifiers.get("placeSlug", "")
    happening("Meeting", one, drafts, cite, agent=pair, eventName=name, place=place)
    return ""


def visit(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add a visit, or the plan of one."""
    name = slug("-".join(["visit", one.subject.slug, one.object.slug, drafts.document]))
    place = (
        {"place": one.object.slug}
        if one.object.kind in {"State", "Place", "Facility"}
        else {"object": one.object.slug}
    )
    happening("Visit", one, drafts, cite, agent=one.subject.slug, eventName=name, **place)
    return ""


def attendance(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add a presence at a conference, or the plan of one."""
    name = slug(f"{one.subject.slug}-{drafts.document}")
    happening(
        "ConferenceAttendance",
        one,
        drafts,
        cite,
        agent=one.subject.slug,
        object=one.object.slug,
        eventName=name,
    )
    return ""


def launch(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add a launch, or the plan of one."""
    dated = _with(one, date=one.object.value or one.object.name)
    happening("Launch", dated, drafts, cite, object=one.subject.slug)
    return ""


def capture(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add a capture, or the plan of one."""
    happening("Capture", one, drafts, cite, instrument=one.subject.slug, object=one.object.slug)
    return ""


def berthing(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add a berthing, or the plan of one."""
    arm = one.qualifiers.get("agentSlug", "")
    happening(
        "Berthing",
        one,
        drafts,
        cite,
        instrument=arm,
        object=one.subject.slug,
        destination=one.object.slug,
    )
    return ""


def founding(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add a founding, or the plan of one."""
    happening("Founding", one, drafts, cite, agent=one.subject.slug, object=one.object.slug)
    return ""


def _with(one: Candidate, **qualifiers: str) -> Candidate:
    return replace(one, qualifiers={**one.qualifiers, **qualifiers})
