"""From an accepted candidate to participations, tenures, relations, counts and quotations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from kg.extract import layout, words
from kg.extract.spans import Candidate, Evidence, Mention
from kg.ingest import events
from kg.ingest.drafts import Drafts, Entry, citation, period, slug, state

_UNDERTAKINGS = {"Activity", "Object", "Agreement"}
_SITES = {"Place", "Facility"}


def participation(role: str, cls: str = "Participation") -> Callable[..., str]:
    """Return a function that adds a part of a role in what the object names.

    Args:
        role: The role.
        cls: Participation, or a class below it.
    """

    def make(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
        whole = one.object.slug or one.qualifiers.get("missionSlug", "")
        if not whole:
            return "what it is for is not named"
        if one.object.slug and one.object.kind in _SITES:
            return f"{one.relation}: a site is no undertaking; the vocabulary has no claim for it"
        if one.object.slug and one.object.kind not in _UNDERTAKINGS:
            return f"no one can have a role in a thing of the kind {one.object.kind}"
        fields = {"participant": one.subject.slug, "inActivity": whole, "role": role}
        state(drafts, cls, one, cite, **fields, period=period(one))
        return ""

    return make


def membership(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add that an actor belongs to a body; to an organization by the agreement that sets it up."""
    agreement = drafts.conventions.get(one.object.slug, "")
    if agreement and one.object.kind not in _UNDERTAKINGS:
        one = replace(one, object=replace(one.object, slug=agreement, kind="Agreement"))
    return participation("member", "Membership")(one, drafts, cite)


def tenure(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add that a person holds a post, and the post where the graph has none."""
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
    attested = drafts.day if one.modality == "ongoing" else ""
    state(drafts, "Tenure", one, cite, person=one.subject.slug, post=post, attestedOn=attested)
    return ""


def cooperation(cls: str) -> Callable[..., str]:
    """Return a function that adds what two actors do together, and the part of each.

    Args:
        cls: Class of what they do.
    """

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


def part(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add that one thing is part of another."""
    part, whole = (
        (one.object, one.subject) if one.relation == "carries" else (one.subject, one.object)
    )
    fields = {"relationSubject": part.slug, "relationType": "partOf", "relationObject": whole.slug}
    state(drafts, "Relation", one, cite, **fields)
    return ""


def location(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add that a thing is in a place or state."""
    fields = {"relationSubject": one.subject.slug, "relationType": "locatedIn"}
    state(drafts, "Relation", one, cite, **fields, relationObject=one.object.slug)
    return ""


def contract(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add a contract, who gave it, and who got it: trade, no cooperation."""
    name = slug("-".join(["contract", one.subject.slug, one.object.slug, drafts.document]))
    drafts.need(name, "Agreement", f"Contract of {one.subject.name} with {one.object.name}", cite)
    for actor, role in ((one.subject, "customer"), (one.object, "contractor")):
        fields = {"participant": actor.slug, "inActivity": name, "role": role}
        state(drafts, "Participation", one, cite, **fields)
    return ""


def succession(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add that one thing follows another."""
    fields = {"relationSubject": one.subject.slug, "relationType": "successorOf"}
    state(drafts, "Relation", one, cite, **fields, relationObject=one.object.slug)
    return ""


def count(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add a count as of the day of issue."""
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


def training(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add a training, who trains whom, and how many so far."""
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


def support(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add that an actor helps others to take part."""
    home = one.qualifiers.get("home", "")
    group = _group(
        one, drafts, cite, one.object, f"participants from {home}" if home else "participants"
    )
    fields = {"participant": one.subject.slug, "inActivity": one.object.slug, "role": "supporter"}
    state(drafts, "Participation", one, cite, **fields, contribution=group)
    return ""


def crew(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add a member of a crew, or a group that is one."""
    person = one.subject.kind == "Person"
    who = one.subject.slug if person else _group(one, drafts, cite, one.subject, "crew")
    fields = {"participant": who, "inActivity": one.object.slug, "role": "crew-member"}
    state(drafts, "Participation", one, cite, **fields)
    return ""


def quotation(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add one statement a quoted sentence, numbered for its speaker in the order of the text."""
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


def abbreviation(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add an abbreviation to the thing that bears it."""
    short = one.object.name
    cited = [{**c, "attests": {"en": short}} for c in cite]
    known = drafts.entities.get(one.subject.slug)
    if known:
        drafts.entities[one.subject.slug] = {**known, "abbreviation": {"en": short}}
        return ""
    cls = one.qualifiers.get("subjectClass", "")
    if not cls:
        return "the class of the thing is not known"
    entry: Entry = {"id": one.subject.slug, "type": cls, "abbreviation": {"en": short}}
    drafts.entities[one.subject.slug] = {**entry, "label": {"en": one.subject.name}, "cite": cited}
    return ""


def issue(one: Candidate, drafts: Drafts, cite: list[Entry]) -> str:
    """Add nothing: the catalogue's entry of the document says who issued it."""
    del one, drafts, cite
    return ""
