"""What a sentence may say by its form alone, for review: short names, sites, chains of offices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.extract import phrases
from kg.extract.gazetteer import Gazetteer
from kg.extract.marked import Marked, block
from kg.extract.people import Office
from kg.extract.spans import Candidate, Evidence, Mention, Release
from kg.extract.words import Words, either

PRECISION = {"short-name": 0.6, "site": 0.55, "further-office": 0.55, "part": 0.6, "speaker": 0.5}
"""What is read → share of it that is right."""
_TEXT = "Text"
_LETTERS = 2


def find(
    release: Release, whole: Marked, held: Sequence[Office], names: Gazetteer, words: Words
) -> Iterator[Candidate]:
    """Yield what a sentence may say by its form.

    Args:
        release: The document.
        whole: The sentence.
        held: The offices that it states.
        names: Names of the graph.
        words: Words of its language.
    """
    if "(" in release.text[whole.sentence.start : whole.sentence.end]:
        yield from _short_names(release, whole, names, words)
    if whole.sentence.zone != "title":
        yield from _sites(release, whole, words)
        yield from _parts(release, whole, words)
    if whole.of_kind("Person"):
        yield from _chains(release, whole, held, words)
        yield from _speakers(release, whole, words)


def _made(
    release: Release,
    relation: str,
    one: Mention,
    other: Mention,
    span: tuple[int, int],
    form: str,
    **more: str,
) -> Candidate:
    said = release.text[slice(*span)]
    reason = f"proposed: “{' '.join(said.split())}”, by its form alone"
    return Candidate(
        release.id, relation, one, other, {"modality": "ongoing", **more},
        (Evidence.of(release.text, *span),), form, PRECISION[form], (reason,),
    )  # fmt: skip


def _short_names(
    release: Release, whole: Marked, names: Gazetteer, words: Words
) -> Iterator[Candidate]:
    """`Full Name (ABC)` where the letters are those of the name, or its last word tells a body."""
    part = whole.sentence
    for found in _turn(words, "short_name").finditer(release.text, part.start, part.end):
        full, abc = found["full"], found["abc"]
        full = words.form("possessive_ends").sub("", full)
        start = found.start("full") + _begins(full, abc, words)
        end = found.start("full") + len(full)
        if start < end:
            one = _mention(whole, start, end, words)
            bearers = {b.slug for b in names.by_text.get(abc, ())}
            if one and (not one.slug or not bearers - {one.slug}):
                short = Mention(*found.span("abc"), _TEXT, abc, method="text")
                span = min(start, one.start), found.end()
                yield _made(release, "hasAbbreviation", one, short, span, "short-name")
    for found in _turn(words, "turned_name").finditer(release.text, part.start, part.end):
        if _begins(found["full"], found["abc"], words) == 0:
            one = _mention(whole, *found.span("full"), words)
            if one:
                short = Mention(*found.span("abc"), _TEXT, found["abc"], method="text")
                yield _made(release, "hasAbbreviation", one, short, found.span(), "short-name")


def _begins(full: str, abc: str, words: Words) -> int:
    """Where in some words the name begins that an abbreviation is made of; their end if nowhere."""
    letters = [c for c in abc.casefold() if c.isalnum()]
    if full.startswith(words.lists.get("no_names", ())):
        return len(full)
    small = words.lists.get("small", ())
    starts = [m.start() for m in re.finditer(r"(?<![\w’'/-])\w", full)]
    for place in reversed(starts):
        parts = [w for w in re.split(r"[\s/-]+", full[place:]) if w and w not in small]
        if len(letters) >= _LETTERS and sorted(w[0].casefold() for w in parts) == sorted(letters):
            return place
    run = len(full)
    for place in reversed(starts):
        word = re.split(r"[\s/]", full[place:], maxsplit=1)[0]
        if not word[0].isupper() and word not in small:
            break
        if word[0].isupper():
            run = place
            rest = iter(full[place:].casefold())
            made = all(c in rest for c in letters)
            if made and (abc[1:].islower() or word[0].casefold() == letters[0]):
                return place
    told = full.split()[-1].rstrip(".") in words.kinds.get("Agency", ())
    if not told or sum(c.isupper() for c in abc) < _LETTERS:
        return len(full)
    cuts = [m.end() for m in words.form("name_cut").finditer(full, run) if " " in full[m.end() :]]
    return max([run, *cuts])


@lru_cache(maxsize=4)
def _ends(words: Words) -> frozenset[str]:
    return frozenset(w for kind in ("Agency", "Facility") for w in words.kinds.get(kind, ())) - {
        "Headquarters"
    }


def _mention(whole: Marked, start: int, end: int, words: Words) -> Mention | None:
    """The mention in a range, or a new name of it."""
    name = whole.release[start:end]
    inside = [m for m in whole.mentions.values() if m.start < end and start < m.end]
    for one in inside:
        if one.start <= start and end <= one.end and one.kind not in {"Date", "Number"}:
            return one
    if not any(c.isupper() for c in name):
        return None
    kind = next((k for k, last in words.kinds.items() if name.split()[-1] in last), "Unknown")
    return Mention(start, end, kind, name, method="proposal", surface=name)


def _sites(release: Release, whole: Marked, words: Words) -> Iterator[Candidate]:
    """A site or body, and where it is: "the Green House in Darmstadt"."""
    part = whole.sentence
    for found in _turn(words, "site").finditer(release.text, part.start, part.end):
        start, end = found.span("site")
        owner = words.form("possessive_in_name").search(release.text, start, end)
        start = owner.end() + 1 if owner else start
        site = _mention(whole, start, end, words) if start < end else None
        place = _at(whole, *found.span("place"))
        if site and place:
            yield _made(release, "locatedIn", site, place, found.span(), "site")


def _parts(release: Release, whole: Marked, words: Words) -> Iterator[Candidate]:
    """A part of a body, and the body: "the Space Committee of the Ministry of Air"."""
    part = whole.sentence
    for found in _turn(words, "part").finditer(release.text, part.start, part.end):
        one, other = (_named(whole, *found.span(name), words) for name in ("part", "whole"))
        if one.slug != other.slug or not one.slug:
            yield _made(release, "partOf", one, other, found.span(), "part")


def _named(whole: Marked, start: int, end: int, words: Words) -> Mention:
    """A body by its words; the one of the graph where its name fills the range."""
    start = phrases.bare(whole.release, start, end, words)
    inside = (m for m in whole.mentions.values() if (m.start, m.end) == (start, end) and m.slug)
    name = whole.release[start:end]
    new = Mention(start, end, "Agency", name, method="proposal", surface=name)
    return next(inside, new)


def _at(whole: Marked, start: int, end: int) -> Mention | None:
    """A place in a range; a single name in capitals after "in" is one."""
    name = whole.release[start:end]
    inside = [m for m in whole.mentions.values() if m.start < end and start < m.end]
    for one in inside:
        if one.kind in {"Place", "State"}:
            return one
    other = any(m.kind not in {"Unknown"} for m in inside)
    return None if other else Mention(start, end, "Place", name, method="proposal", surface=name)


def _chains(
    release: Release, whole: Marked, held: Sequence[Office], words: Words
) -> Iterator[Candidate]:
    """The further offices of a person, and one that several persons share."""
    for found in _turn(words, "chain").finditer(whole.text):
        people = [whole.mentions[c] for c in found["people"] if c in whole.mentions]
        if not _turn(words, "shared").match(found["offices"]):
            people = people[-1:]
        here, end = found.span("offices")
        for office in _turn(words, "office").finditer(whole.text, here):
            if office.start() >= end:
                break
            first, last = whole.range(*office.span())
            known = any(o.start <= first and last <= o.end for o in held)
            for person in people if len(people) > 1 or not known else ():
                yield _holding(release, whole, person, office, len(people) > 1, words)


def _holding(
    release: Release,
    whole: Marked,
    person: Mention,
    office: re.Match[str],
    shared: bool,
    words: Words,
) -> Candidate:
    heads = {h.casefold() for h in words.lists.get("heads", ())}
    start, end = whole.range(*office.span("title"))
    title = " ".join(release.text[start:end].split())
    if shared:
        first, _, rest = title.partition(" ")
        title = f"{first.removesuffix('s')} {rest}".strip()
    body = whole.mentions.get(office["body"] or "")
    more = {"asOf": release.issued} if release.issued else {}
    span = min(person.start, start), max(person.end, whole.range(*office.span())[1])
    if body and body.kind == "Agency" and title.casefold() in heads:
        more |= {"role": title}
        return _made(release, "headOf", person, body, span, "further-office", **more)
    more |= {"of": body.name} if body else {}
    post = Mention(start, end, _TEXT, title, method="text")
    return _made(release, "holdsOffice", person, post, span, "further-office", **more)


def _speakers(release: Release, whole: Marked, words: Words) -> Iterator[Candidate]:
    """The only person beside quoted words, with a word of speech or a colon."""
    quoted = whole.sentence.quoted
    people = [
        m for m in whole.of_kind("Person")
        if not any(a < m.end and m.start < b for a, b in quoted)
    ]  # fmt: skip
    if not quoted or len(people) != 1:
        return
    (one,) = people
    rest = list(release.text[whole.sentence.start : whole.sentence.end])
    for a, b in quoted:
        rest[a - whole.sentence.start : b - whole.sentence.start] = " " * (b - a)
    if _turn(words, "speech").search("".join(rest)):
        doc = Mention(0, 1, "Document", f"doc:{release.id}", release.id)
        span = min(one.start, quoted[0][0]), max(one.end, quoted[-1][1])
        made = _made(release, "quotedIn", one, doc, span, "speaker")
        yield replace(made, qualifiers={"modality": "occurred"})


def _turn(words: Words, name: str) -> re.Pattern[str]:
    return _compiled(words, name)


@lru_cache(maxsize=16)
def _compiled(words: Words, name: str) -> re.Pattern[str]:
    return re.compile(words.turn("loose", name, _given(words)))


@lru_cache(maxsize=4)
def _given(words: Words) -> dict[str, str]:
    listed = {k: words.alternatives(k) for k in ("offices", "rank", "honorifics", "speech")}
    return {
        **listed,
        "person": f"[{block('Person')}]",
        "bodies": f"[{block('Agency')}{block('Facility')}]",
        "state": f"[{block('State')}{block('Place')}{block('Adjective')}]",
        "ends": either(_ends(words)),
    }
