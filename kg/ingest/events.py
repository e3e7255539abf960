"""Events and plans as claims: what is planned never becomes an event."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kg import vocab
from kg.extract.spans import Candidate
from kg.ingest.drafts import Drafts, Entry, slug, state
from kg.namespaces import sp

_FOUNDED = ("Organization", "CollaborationFramework")


def happening(cls: str, one: Candidate, drafts: Drafts, cite: list[Entry], **fields: Any) -> None:
    """An event that happened, or the plan of one: what is planned never becomes an event."""
    date = one.qualifiers.get("date", "")
    if one.modality in {"occurred", "ongoing"}:
        on = date or (f"[..{drafts.issued}]" if drafts.issued else "")
        state(drafts, cls, one, cite, **fields, onDate=on)
        return
    planned = _window(date, drafts.issued)
    kind = "PlannedEvent" if one.modality == "planned" else "Intention"
    state(drafts, kind, one, cite, kind=cls, **fields, plannedFor=planned, announcedOn=drafts.day)


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


def launch_date(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add the day of a launch, or of the plan of one."""
    return _launch(_dated(one), drafts, cite, object=one.subject.slug)


def launch(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add who launches something, or what with."""
    means = one.subject.kind in {"Object", "Activity"}
    doer = {"instrument" if means else "agent": one.subject.slug}
    return _launch(one, drafts, cite, object=one.object.slug, **doer)


def launch_site(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add where something is launched."""
    return _launch(one, drafts, cite, object=one.subject.slug, place=one.object.slug)


def _launch(one: Candidate, drafts: Drafts, cite: list[Entry], **fields: Any) -> str:
    """What a release says of one launch in several places is one claim."""
    happening("Launch", one, drafts, cite, **fields)
    new = drafts.statements.pop()
    for place, known in enumerate(drafts.statements):
        if all(known.get(key) == new.get(key) for key in ("class", "kind", "object")):
            joined = _joined(known, new, f"[..{drafts.issued}]")
            if joined is None:
                return "the same release states it otherwise"
            drafts.statements[place] = joined
            return ""
    drafts.statements.append(new)
    return ""


def _joined(known: Entry, new: Entry, bound: str) -> Entry | None:
    """Join two entries of one event; a stated day comes before one only bounded by the issue."""
    both = {
        **known,
        **new,
        "cite": [*known["cite"], *(c for c in new["cite"] if c not in known["cite"])],
    }
    for key in known.keys() & new.keys() - {"cite"}:
        if known[key] == new[key]:
            continue
        if key == "agent":
            both[key] = sorted({*_listed(known[key]), *_listed(new[key])})
        elif bound in {known[key], new[key]}:
            both[key] = new[key] if known[key] == bound else known[key]
        else:
            return None
    return both


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def arrival(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add that a craft came to a body, place or thing, or the plan of it."""
    if one.modality == "ongoing":
        return "that it goes or looks there is said, not that it came there"
    happening("Arrival", one, drafts, cite, object=one.subject.slug, destination=one.object.slug)
    return ""


def beginning(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add when an organization or a framework came into being."""
    cls, known = one.qualifiers.get("subjectClass", ""), vocab.load()
    if not cls or not any(known.is_a(sp(cls), top) for top in _FOUNDED):
        return "when a mission or an agreement began has no class: a part in it has a period"
    happening("Founding", _dated(one), drafts, cite, object=one.subject.slug)
    return ""


def ending(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add when a mission or a space object came to its end."""
    happening("EndOfOperations", _dated(one), drafts, cite, object=one.subject.slug)
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


def _dated(one: Candidate) -> Candidate:
    """The object is the date."""
    day = one.object.value or one.object.name
    return replace(one, qualifiers={**one.qualifiers, "date": day})
