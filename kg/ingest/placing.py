"""Which relation becomes which claims, and which has no place in the ontology, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.extract.spans import Candidate
from kg.ingest import events, statements
from kg.ingest.drafts import KEYS, Drafts, Entry, citation

Maker = Callable[[Candidate, Drafts, list[Entry]], str]


def add(candidate: Candidate, drafts: Drafts, key: str = "") -> str:
    """Add what a candidate states.

    Args:
        candidate: Accepted by the gate or by a person; its ends are linked.
        drafts: What to add it to.
        key: Its key; what it adds carries it.

    Returns:
        "" or why there is no claim for it.
    """
    make = RELATIONS.get(candidate.relation)
    if not make:
        reason = REFUSED.get(candidate.relation, "no such relation")
        return f"{candidate.relation}: {reason}"
    cite = [citation(candidate, drafts.document, e.start, e.end) for e in candidate.evidence]
    before = drafts.copy()
    reason = make(candidate, drafts, cite)
    for entry in [*drafts.since(before), *drafts.named_since(before)]:
        entry[KEYS] = [*entry.get(KEYS, ()), key]
    return reason


RELATIONS: Mapping[str, Maker] = {
    "issued": statements.issue,
    "quotedIn": statements.quotation,
    "hasAbbreviation": statements.abbreviation,
    "headOf": statements.tenure,
    "holdsOffice": statements.tenure,
    "locatedIn": statements.location,
    "memberOf": statements.membership,
    "participatesIn": statements.participation("partner"),
    "signatoryOf": statements.participation("signatory"),
    "leads": statements.participation("lead"),
    "operates": statements.participation("operator"),
    "develops": statements.participation("developer"),
    "provides": statements.participation("provider"),
    "contributesTo": statements.participation("contributor"),
    "hosted": statements.participation("host"),
    "supportsParticipationIn": statements.support,
    "cooperatesWith": statements.cooperation("JointResearch"),
    "sharesDataWith": statements.cooperation("DataSharing"),
    "awardedContract": statements.contract,
    "partOf": statements.part,
    "installedOn": statements.part,
    "carries": statements.part,
    "succeeds": statements.succession,
    "hasCount": statements.count,
    "trainsAt": statements.training,
    "crewOf": statements.crew,
    "signedAgreementWith": events.agreement,
    "metWith": events.meeting,
    "visited": events.visit,
    "attended": events.attendance,
    "launches": events.launch,
    "launchDate": events.launch_date,
    "launchSite": events.launch_site,
    "visits": events.arrival,
    "captures": events.capture,
    "berthsTo": events.berthing,
    "founded": events.founding,
    "startDate": events.beginning,
    "endDate": events.ending,
}

REFUSED: Mapping[str, str] = {
    "studies": "what a mission studies is free text; the vocabulary has themes, which people give",
    "hasPurpose": "a purpose is free text; the vocabulary has themes, which people give",
    "isA": "what kind of thing it is, the graph says by its class",
    "engagedWith": "it does not say what was done; a meeting or a cooperation is stated as such",
    "collidedWith": "the vocabulary has no class for a collision",
}
