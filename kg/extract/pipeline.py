"""A release through all stages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.extract import (
    denial,
    frame,
    gate,
    guesses,
    layout,
    match,
    mentions,
    merging,
    patterns,
    people,
    proposals,
    qualify,
    quotes,
    rosters,
    variants,
    views,
    words,
    wrapping,
)  # fmt: skip
from kg.extract.gazetteer import Gazetteer, Name
from kg.extract.marked import Marked, mark
from kg.extract.spans import Candidate, Evidence, Mention, Release
from kg.extract.words import Words


def gazetteer(names: Iterable[Name], language: str = "en") -> Gazetteer:
    """Return the names of a graph and the adjectives of its states, ready to be found."""
    all_names = list(names)
    said = words.load(language)
    states = {n.slug: n for n in all_names if n.kind == "State" and n.method == "label"}
    for slug, forms in said.adjectives.items():
        if slug in states:
            kind = "Adjective"
            all_names += [Name(f, slug, kind, states[slug].label, "adjective") for f in forms]
    adjectives = {f for forms in said.adjectives.values() for f in forms}
    for slug in states.keys() & said.states.keys():
        short = sorted(set(said.states[slug]) - adjectives)
        all_names += [Name(f, slug, "State", states[slug].label, "alias") for f in short]
    lists = ("telling_after", "telling_before", "flights_told")
    tell = [said.lists.get(name, ()) for name in lists]
    return Gazetteer(variants.spelt(all_names, said), _doubtful(said), *tell)


def _doubtful(said: Words) -> dict[str, str]:
    words = dict.fromkeys(said.lists.get("common", ()), "word")
    return words | dict.fromkeys(said.lists.get("homonyms", ()), "homonym")


def extract(
    release: Release, names: Gazetteer, chosen: Sequence[patterns.Pattern] = ()
) -> list[Candidate]:
    """Return what a release says or may say, each with its words, in the order of the text.

    Args:
        release: The document.
        names: From :func:`gazetteer`.
        chosen: Patterns; by default those of the language.

    Raises:
        InputError: If there are no patterns for its language.
    """
    said = words.load(release.language)
    as_it_is = release.text
    text, places = wrapping.collapsed(wrapping.unwrapped(as_it_is))
    release = replace(release, text=text)
    if not release.issued:
        release = replace(release, issued=frame.day_of_issue(release.text, said))
    chosen = chosen or load_patterns(release.language)
    parts = [s for s in layout.sentences(release.text, said) if s.zone != "contact"]
    marked = [
        mark(release.text, part, found, said)
        for part, found in mentions.find(release, parts, names, said)
    ]
    bodies, inside = people.lines(marked), guesses.inside(release.text)
    held = [list(people.offices(m, said, release.issued, bodies)) for m in marked]
    guessed = [guesses.reading(m, said, inside) for m in marked]
    usual = [p for p in chosen if not p.order]
    found = [
        *frame.issue(release, names, said),
        *_stated(release, marked, guessed, held, names, said, usual),
        *quotes.quotations(release, marked, said),
    ]
    end = _broken(release.text, names)
    kept = [
        c for c in merging.attending(found) if c.relation == "quotedIn" or c.evidence[-1].end != end
    ]
    stated = list(merging.distinct(kept, release.issued, said))
    proposing = [p for p in chosen if p.order]
    proposed = proposals.find(release, marked, guessed, held, proposing, names, said)
    whole = (c for c in proposed if c.relation == "quotedIn" or c.evidence[-1].end != end)
    more = merging.beside(whole, stated, release.issued, said)
    judged = (gate.judge(c, release) for c in (*stated, *more))
    return sorted(
        (_placed(c, as_it_is, places) for c in judged),
        key=lambda c: (
            c.evidence[0].start,
            c.evidence[0].end,
            c.relation,
            c.subject.name,
            c.object.name,
        ),
    )


def _broken(text: str, names: Gazetteer) -> int:
    """Where a text ends that breaks off inside a sentence, and not after a known name; else -1."""
    last = text.rstrip()
    line = last[last.rfind("\n") + 1 :]
    if len(line) < _LONG or layout.ended(line):
        return -1
    return -1 if any(m.end == len(line) for m in names.find(line)) else len(last)


def _placed(one: Candidate, text: str, places: Sequence[int]) -> Candidate:
    """Return a candidate with the offsets that its words have in the text as it is."""

    def end(mention: Mention) -> Mention:
        return replace(mention, start=places[mention.start], end=places[mention.end - 1] + 1)

    spans = ((places[e.start], places[e.end - 1] + 1) for e in one.evidence)
    evidence = tuple(Evidence.of(text, *span) for span in spans)
    return replace(one, subject=end(one.subject), object=end(one.object), evidence=evidence)


@lru_cache(maxsize=4)
def load_patterns(language: str) -> tuple[patterns.Pattern, ...]:
    """Return the patterns of a language."""
    words.load(language)
    base, *more = words.pattern_files(language)
    files = [(base, None), *((path, base) for path in more)]
    return tuple(p for path, shared in files for p in patterns.load(path, shared, language))


def _stated(
    release: Release,
    all_marked: Sequence[Marked],
    all_guessed: Sequence[Marked | None],
    all_held: Sequence[Sequence[people.Office]],
    names: Gazetteer,
    said: Words,
    chosen: Sequence[patterns.Pattern],
) -> Iterator[Candidate]:
    by_officers = [p for p in chosen if p.officers]
    not_theirs = [p for p in chosen if not p.officers]
    readings = zip(all_marked, all_guessed, all_held, strict=True)
    for number, (marked, guessed, held) in enumerate(readings):
        yield from frame.abbreviations(release, marked, names, said)
        yield from frame.offices(release, held, said)
        yield from rosters.find(release, marked, all_marked[:number], said)
        for_others = bool(said.form("on_behalf").search(marked.text))
        some = (not_theirs if for_others else chosen, () if for_others else by_officers)
        for view, one in _matched(marked, held, some, said):
            yield qualify.candidate(one, view, marked, release, said)
        if guessed:
            for view, one in _matched(guessed, held, some, said, guess=True):
                if guesses.resting(one):
                    yield qualify.candidate(guesses.told(one), view, guessed, release, said)


def _matched(
    marked: Marked,
    held: Sequence[people.Office],
    chosen: tuple[Sequence[patterns.Pattern], Sequence[patterns.Pattern]],
    said: Words,
    *,
    guess: bool = False,
) -> Iterator[tuple[Marked, match.Match]]:
    """Yield what patterns find in the readings of a sentence, but not what it denies.

    Args:
        marked: The sentence.
        held: The offices that it states.
        chosen: The patterns, and those for what persons do in office.
        said: Words of its language.
        guess: Read it only once, without titles and insertions.
    """
    usual, by_officers = chosen
    short = views.shorter(marked, held, said)
    readings = [(short if guess else marked, usual)]
    if short is not marked and not guess:
        now = [o for o in held if o.current]
        readings += [(short, usual), (views.officers(short, now, said), by_officers)]
    if not guess and (bare := views.bare(short, said)) is not short:
        readings.append((bare, usual))
    for view, some in readings:
        for one in match.matches(view, some) if some else ():
            if denial.holds(one, view.text, said):
                yield view, one


_LONG = 80
"""Characters of a line that is no heading."""
