"""What a release may say, for review only: words that tell a relation, and its likely ends.

A pattern needs its ends where its words have them. A proposing pattern has `order` and takes for an
end that its words do not name the nearest name of the kind in the same clause; what stands for a
name before counts too. Each proposal says by which words it came.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract import denial, guesses, loose, people, qualify, standins, triggers, views
from kg.extract.gazetteer import Gazetteer
from kg.extract.marked import Marked
from kg.extract.match import Match
from kg.extract.patterns import Pattern
from kg.extract.spans import Candidate, Mention, Release
from kg.extract.words import Words

_LEAD = 250
"""Characters before a sentence in which a flight is told to be to come."""


def find(
    release: Release,
    all_marked: Sequence[Marked],
    guessed: Sequence[Marked | None],
    all_held: Sequence[Sequence[people.Office]],
    chosen: Sequence[Pattern],
    names: Gazetteer,
    words: Words,
) -> Iterator[Candidate]:
    """Yield what a release may say beside what patterns find in it.

    Args:
        release: The document.
        all_marked: Its sentences.
        guessed: The same with guessed names, where there are any.
        all_held: The offices that they state.
        chosen: The proposing patterns; without them nothing is proposed.
        names: Names of the graph.
        words: Words of its language.
    """
    if not chosen:
        return
    also = [more or m for m, more in zip(all_marked, guessed, strict=True)]
    issuer = standins.issuer(release, all_marked)
    readings = standins.readings(release, all_marked, also, words)
    for whole, held in zip(readings, all_held, strict=True):
        yield from _near(release, whole, held, chosen, issuer, names, words)
        yield from loose.find(release, whole, held, names, words)


def _near(
    release: Release,
    whole: Marked,
    held: Sequence[people.Office],
    chosen: Sequence[Pattern],
    issuer: Mention | None,
    names: Gazetteer,
    words: Words,
) -> Iterator[Candidate]:
    if not whole.mentions:
        return
    on_ground = {o.person.start for o in held if not words.form("crewed").search(o.title)}
    short = views.shorter(whole, held, words)
    titled = [p for p in chosen if p.emits[0][1] == "crewOf"]
    for view, some in ((short, chosen), (whole, titled if short is not whole else ())):
        for one in triggers.matches(view, some, issuer) if some else ():
            flies = one.relation != "crewOf" or one.subject.start not in on_ground
            if flies and denial.holds(one, view.text, words):
                told = guesses.told(one)
                first, second = (_linked(m, names, words) for m in (told.subject, told.object))
                told = replace(told, subject=first, object=second)
                yield _candidate(told, view, whole, release, words)


def _linked(end: Mention, names: Gazetteer, words: Words) -> Mention:
    """A new name that the graph has as a common word, or behind an adjective, as that thing.

    "Columbus", "the European Columbus".
    """
    first, _, rest = end.name.partition(" ")
    known = rest if rest and words.form("of_places").fullmatch(first) else end.name
    bearers = names.by_text.get(known, ())
    alone = len({b.slug for b in bearers}) == 1 and not end.slug and end.method == "proposal"
    if not alone or bearers[0].kind not in {"Activity", "Object"}:
        return end
    one = bearers[0]
    return replace(end, kind=one.kind, name=one.label, slug=one.slug, method="ambiguous")


def _candidate(
    one: Match, view: Marked, whole: Marked, release: Release, words: Words
) -> Candidate:
    made = _timed(qualify.candidate(one, view, whole, release, words), release.issued)
    evidence = made.evidence[0]
    if one.pattern.settled and not whole.sentence.in_quote(evidence.start, evidence.end):
        made = replace(made, qualifiers={**made.qualifiers, "modality": one.modality})
    if made.relation == "crewOf" and made.modality == "ongoing":
        start, end = whole.sentence.start, whole.sentence.end
        if words.form("flight_to_come").search(release.text, max(0, start - _LEAD), end):
            made = replace(made, qualifiers={**made.qualifiers, "modality": "planned"})
    said = " ".join(view.words(one.start, one.end).split())
    why = f"proposed: “{said}” between {one.subject.name} and {one.object.name}"
    return replace(made, reasons=(*made.reasons, why))


def _timed(one: Candidate, issued: str) -> Candidate:
    """A day after the issue is to come; what has a day before it, as its end, has been."""
    dated = one.object.kind == "Date"
    day = one.object.value if dated else one.qualifiers.get("date", "")
    if not issued or not day[:1].isdigit() or "/" in day or one.modality == "claimed":
        return one
    same = min(len(day), len(issued))
    if day[:same] > issued[:same]:
        modality = "planned"
    else:
        modality = "occurred" if dated and day[:same] < issued[:same] else one.modality
    return replace(one, qualifiers={**one.qualifiers, "modality": modality})
