"""From an accepted candidate to ordinary claims, and to the entities that they need.

Which relation becomes which class stands in one table, `RELATIONS`; a relation without a place in
the ontology stays in the ledger and is reported as such.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from kg.extract import layout, words
from kg.extract.spans import Candidate, Evidence, Mention
from kg.ingest import events
from kg.ingest.drafts import Drafts, Entry, citation, period, slug, state

_UNDERTAKINGS = {"Activity", "Object", "Agreement"}


def add(candidate: Candidate, drafts: Drafts) -> str:
    """Add what a candidate states.

    Args:
        candidate: Accepted by the gate or by a person; its ends are linked.
        drafts: What to add it to.

    Returns:
        "" or why there is no claim for it.
    """
    make = RELATIONS.get(candidate.relation)
    if not make:
        return f"the ontology has no class for '{candidate.relation}' yet"
    cite = [citation(candidate, drafts.document, e.start, e.end) for e in candidate.evidence]
    return make(candidate, drafts, cite) or ""


def _participation(role: str, cls: str = "Participation") -> Callable[..., str]:
    def make(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
        whole = one.object.slug or one.qualifiers.get("missionSlug", "")
        if not whole:
            return "what it is for is not named"
        if one.object.slug and one.object.kind not in _UNDERTAKINGS:
            return f"no one can have a role in a thing of the kind {one.object.kind}"
        fields = {"participant": one.subject.slug, "inActivity": whole, "role": role}
        state(drafts, cls, one, cite, **fields, period=period(one))
        return ""

    return make


def _tenure(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    if one.relation == "headOf":
        body = one.object.slug
        role = one.qualifiers.get("role", "Head")
        post = drafts.posts.get(body) or drafts.need(
            slug(f"{body}-{role}"),
            "HeadPost",
            f"{role} of {one.object.name}",
            cite,
            ofOrganization=body,
        )
    else:
        body = one.qualifiers.get("ofSlug", "")
        title = one.object.name
        label = f"{title}, {one.qualifiers['of']}" if one.qualifiers.get("of") else title
        more = {"ofOrganization": body} if body else {}
        post = drafts.need(slug(label), "Post", label, cite, **more)
    attested = drafts.issued if one.modality == "ongoing" else ""
    state(drafts, "Tenure", one, cite, person=one.subject.slug, post=post, attestedOn=attested)
    return ""


def _cooperation(cls: str) -> Callable[..., str]:
    def make(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
        topic = one.qualifiers.get("topic", "")
        pair = sorted([one.subject, one.object], key=lambda m: m.slug)
        what = "data sharing" if cls == "DataSharing" else "cooperation"
        label = f"{what.capitalize()} of {pair[0].name} and {pair[1].name}" + (
            f": {topic}" if topic else ""
        )
        name = slug("-".join([pair[0].slug, pair[1].slug, topic or what]))
        known = words.load(drafts.language).turns.get("themes", {})
        themes = sorted({t for word, t in known.items() if word in topic.lower()})
        drafts.need(name, cls, label, cite, **({"topic": themes} if themes else {}))
        for actor in pair:
            fields = {"participant": actor.slug, "inActivity": name, "role": "partner"}
            state(drafts, "Participation", one, cite, **fields, period=period(one))
        return ""

    return make


def _part(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    part, whole = (
        (one.object, one.subject) if one.relation == "carries" else (one.subject, one.object)
    )
    fields = {"relationSubject": part.slug, "relationType": "partOf", "relationObject": whole.slug}
    state(drafts, "Relation", one, cite, **fields)
    return ""


def _succession(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    fields = {"relationSubject": one.subject.slug, "relationType": "successorOf"}
    state(drafts, "Relation", one, cite, **fields, relationObject=one.object.slug)
    return ""


def _count(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    known = words.load(drafts.language).turns.get("measures", {})
    measure = known.get(one.qualifiers.get("measure", "").lower())
    if not measure:
        return f"no measure for '{one.qualifiers.get('measure', '')}'"
    if not drafts.issued:
        return "a count needs the day of issue"
    value = one.object.value or one.object.name
    fields = {"about": one.subject.slug, "observedProperty": measure, "value": value}
    state(drafts, "CountObservation", one, cite, **fields, asOf=drafts.issued)
    return ""


def _group(one: Candidate, drafts: Drafts, cite: list[Entry], actor: Mention, what: str) -> str:
    count = one.qualifiers.get("count", "")
    name = slug("-".join([actor.slug, what, drafts.document]))
    label = f"{count or 'Some'} {what} of {actor.name}".strip()
    return drafts.need(
        name, "UnnamedGroup", label, cite, **({"cardinality": count} if count else {})
    )


def _training(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    topic = one.qualifiers.get("topic", "")
    group = _group(one, drafts, cite, one.subject, "astronauts trained")
    name = slug("-".join([one.subject.slug, "training", one.object.slug]))
    drafts.need(
        name,
        "Training",
        f"Training of {one.subject.name} at {one.object.name}",
        cite,
        topic=["training"],
    )
    trainee = {"participant": one.subject.slug, "inActivity": name, "role": "trainee"}
    state(drafts, "Participation", one, cite, **trainee, contribution=group)
    owner = one.qualifiers.get("ownerSlug", "")
    if owner:
        state(
            drafts, "Participation", one, cite, participant=owner, inActivity=name, role="trainer"
        )
    if one.modality == "occurred":
        events.happening(
            "TrainingCompletion", one, drafts, cite, agent=group, object=name, place=one.object.slug
        )
    count = one.qualifiers.get("count", "")
    if count and topic == "robotics" and drafts.issued:
        fields = {"about": name, "observedProperty": "robotics-trained-astronauts", "value": count}
        state(
            drafts, "CountObservation", one, cite, **fields, asOf=drafts.issued, cumulative="true"
        )
    return ""


def _support(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    home = one.qualifiers.get("home", "")
    group = _group(
        one, drafts, cite, one.object, f"participants from {home}" if home else "participants"
    )
    fields = {"participant": one.subject.slug, "inActivity": one.object.slug, "role": "supporter"}
    state(drafts, "Participation", one, cite, **fields, contribution=group)
    return ""


def _crew(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    person = one.subject.kind == "Person"
    who = one.subject.slug if person else _group(one, drafts, cite, one.subject, "crew")
    fields = {"participant": who, "inActivity": one.object.slug, "role": "crew-member"}
    state(drafts, "Participation", one, cite, **fields)
    return ""


def _quotation(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """One statement a quoted sentence, numbered for its speaker in the order of the text."""
    said = [part for e in one.evidence for part in _sentences(e, drafts.language)]
    for number, part in enumerate(sorted(said, key=lambda p: p.start), 1):
        whole = replace(one, evidence=(part,))
        quoted = citation(whole, drafts.document, part.start, part.end)
        drafts.statements.append(
            {
                "class": "Quotation",
                "quotedIn": drafts.document,
                "speaker": one.subject.slug,
                "sequence": number,
                "cite": [{**quoted, "attribution": "quoted", "speaker": one.subject.slug}],
            }
        )
    return "" if said else "no quoted sentence in its words"


def _sentences(evidence: Evidence, language: str) -> Iterator[Evidence]:
    """The sentences between the quotation marks of a range, without the marks."""
    text = evidence.quote
    for start, end in layout.quotations(text):
        for a, b in layout.split(text, start + 1, end, words.load(language)):
            quote = text[a:b].rstrip('”"»“ ')
            if quote:
                first = evidence.start + a
                yield Evidence(first, first + len(quote), quote)


def _abbreviation(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    short = one.object.name
    cited = [{**c, "attests": {"en": short}} for c in cite]
    known = drafts.entities.get(one.subject.slug)
    if known:
        known["abbreviation"] = {"en": short}
        return ""
    cls = one.qualifiers.get("subjectClass", "")
    if not cls:
        return "the class of the thing is not known"
    entry: Entry = {"id": one.subject.slug, "type": cls, "abbreviation": {"en": short}}
    drafts.entities[one.subject.slug] = {**entry, "label": {"en": one.subject.name}, "cite": cited}
    return ""


def _issue(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """The catalogue's entry of the document says who issued it."""
    del one, drafts, cite
    return ""


RELATIONS: Mapping[str, Callable[[Candidate, Drafts, list[Entry]], str]] = {
    "issued": _issue,
    "quotedIn": _quotation,
    "hasAbbreviation": _abbreviation,
    "headOf": _tenure,
    "holdsOffice": _tenure,
    "memberOf": _participation("member", "Membership"),
    "participatesIn": _participation("partner"),
    "signatoryOf": _participation("signatory"),
    "leads": _participation("lead"),
    "operates": _participation("operator"),
    "develops": _participation("developer"),
    "provides": _participation("provider"),
    "contributesTo": _participation("contributor"),
    "supportsParticipationIn": _support,
    "cooperatesWith": _cooperation("JointResearch"),
    "sharesDataWith": _cooperation("DataSharing"),
    "signedAgreementWith": events.agreement,
    "metWith": events.meeting,
    "visited": events.visit,
    "attended": events.attendance,
    "launchDate": events.launch,
    "captures": events.capture,
    "berthsTo": events.berthing,
    "founded": events.founding,
    "partOf": _part,
    "installedOn": _part,
    "carries": _part,
    "succeeds": _succession,
    "hasCount": _count,
    "trainsAt": _training,
    "crewOf": _crew,
}
