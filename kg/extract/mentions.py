"""All mentions of a release: names of the graph, persons, dates, numbers, groups, new names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.extract import dates, people
from kg.extract.gazetteer import Gazetteer
from kg.extract.layout import Sentence
from kg.extract.marked import Marked, mark
from kg.extract.spans import Mention, Release
from kg.extract.words import Words

_NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
_COUNT = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_NUMBERS)})|(?P<digits>\d{{1,3}}(?:,\d{{3}})*))(?:st|nd|rd|th)?\b"
    r"(?![.:]\d|%| (?:a|p)\.m)",
    re.IGNORECASE,
)
_ABC = re.compile(r"\s\((?P<abc>[A-Z][A-Za-z0-9&/-]{1,11})\)")
_WORD = r"[^\W\d_a-z][\w'’-]*"
_PHRASE = re.compile(
    rf"{_WORD}(?: (?:(?:of|and|for|on|the|in|de|des|du|la|d’|&) )*{_WORD})+"
    r"|\b[A-Z]{4,}\b(?= (?:conference|mission|programme|program)\b)"
)
_NO_NAMES = ("Memorandum", "Statement of", "Letter of", "Media ", "Image ")
_GROUP = re.compile(
    r"\b(?:(?:[Tt]he two|[Bb]oth) (?:space )?"
    r"(?:(?P<agencies>agencies|organi[sz]ations|parties|sides)"
    r"|(?P<states>countries|nations|governments))"
    r"|(?P<their>[Tt]heir)"
    r"(?= (?:partnership|commitment|cooperation|collaboration|agreement|relationship))"
    r"|(?P<they>[Tt]hey)(?= (?:signed|agreed|will|have))"
    r"|(?P<one>[Tt]he agency)(?!'s (?:headquarters|website)))\b"
)  # fmt: skip


def find(
    release: Release, parts: Sequence[Sentence], names: Gazetteer, words: Words
) -> list[tuple[Sentence, list[Mention]]]:
    """Return the sentences with their mentions, groups resolved to what stands before them.

    Args:
        release: The document.
        parts: Its sentences.
        names: Names of the graph.
        words: Words of its language.
    """
    known = _merged(list(names.find(release.text)), release.text, names)
    found: list[tuple[Sentence, list[Mention]]] = []
    earlier: list[Mention] = []
    persons: dict[str, Mention] = {}
    for part in parts:
        inside = [m for m in known if part.start <= m.start and m.end <= part.end]
        inside = _add(inside, _proposals(release.text, part, inside, words))
        inside = _add(inside, dates.find(release.text, part.start, part.end, release.issued))
        inside = [_grown(m, release.text, words) for m in inside]
        inside = _persons(release.text, part, inside, words, persons, names)
        inside = _add(inside, _groups(release, part, inside, earlier))
        inside = _add(inside, _numbers(release.text, part))
        found.append((part, inside))
        earlier += inside
    return found


def _add(mentions: Iterable[Mention], more: Iterable[Mention]) -> list[Mention]:
    """Join two lists; what is already there wins where they overlap."""
    kept = list(mentions)
    for one in more:
        if all(one.end <= m.start or m.end <= one.start for m in kept):
            kept.append(one)
    return sorted(kept, key=lambda m: m.start)


def _merged(mentions: list[Mention], text: str, names: Gazetteer) -> list[Mention]:
    """Make one mention of `Full Name (ABC)` and of `ABC (Full Name)` where both name one thing."""
    out: list[Mention] = []
    for mention in mentions:
        last = out[-1] if out else None
        between = text[last.end : mention.start] if last else ""
        bracketed = between in {" (", "("} and text[mention.end : mention.end + 1] == ")"
        if last and last.slug and bracketed and mention.slug in {last.slug, ""}:
            out[-1] = replace(last, end=mention.end + 1)
            continue
        if last and between == " " and last.slug and last.slug == mention.slug:
            out[-1] = replace(last, end=mention.end)
            continue
        if last and between == " " and last.kind == "State" and mention.kind == "Agency":
            out[-1] = mention
            continue
        if (
            last
            and between == " space agency "
            and last.kind == "Adjective"
            and mention.kind == "Agency"
        ):
            out[-1] = replace(mention, start=last.start)
            continue
        out.append(mention)
    for i, mention in enumerate(out):
        match = _ABC.match(text, mention.end)
        if match and mention.slug and not names.by_text.get(match["abc"]):
            out[i] = replace(mention, end=match.end())
    return out


def _grown(mention: Mention, text: str, words: Words) -> Mention:
    """Let the noun that says what a name is belong to it: "the Hera mission"."""
    if mention.kind not in {"Activity", "Object", "Unknown"}:
        return mention
    match = _nouns(words).match(text, mention.end)
    if not match:
        return mention
    hardware = match[0].split()[-1] in words.lists.get("hardware", ())
    return replace(mention, end=match.end(), kind="Object" if hardware else mention.kind)


@lru_cache(maxsize=4)
def _nouns(words: Words) -> re.Pattern[str]:
    return re.compile(rf"(?: (?:{words.alternatives('nouns')}))+\b")


def _proposals(
    text: str, part: Sentence, known: Sequence[Mention], words: Words
) -> Iterator[Mention]:
    """Names that the graph does not know, by their capitals and their last word."""
    ends = {w: kind for kind, last in words.kinds.items() for w in last}
    for match in _PHRASE.finditer(text, part.start, part.end):
        start, end = match.span()
        if text[start:].startswith(("The ", "A ", "In ", "This ")):
            start += text[start:].index(" ") + 1
        inner = [m for m in known if m.start < end and start < m.end]
        linked = [m for m in inner if m.kind not in {"State", "Adjective"}]
        if linked:
            start = max(m.end for m in linked) if linked[-1].end < end else end
            while start < end and not text[start].isupper():
                start += 1
        phrase = text[start:end]
        if phrase.startswith(_NO_NAMES):
            continue
        kind = next((ends[w] for w in [phrase.rsplit(" ", 1)[-1]] if w in ends), "")
        abc = _ABC.match(text, end)
        if not kind and abc and agrees(phrase, abc["abc"]):
            kind = "Unknown"
        if not kind and re.match(
            r" (?:conference|mission|programme|program|spacecraft|satellite)\b", text[end:]
        ):
            kind = "Activity"
        if (kind and " " in phrase) or (kind and phrase.isupper()):
            stop = abc.end() if abc and agrees(phrase, abc["abc"]) else end
            yield Mention(start, stop, kind, phrase, method="proposal", surface=phrase)


def agrees(full: str, abc: str) -> bool:
    """Say whether an abbreviation is made of the initials of a name, one missing at most."""
    initials = "".join(w[0] for w in re.findall(r"\w+", full) if w[0].isupper())
    letters = [c for c in abc if c.isupper()]
    if len(letters) < 2 or not initials or initials[0] != letters[0]:
        return False
    rest = iter(full.casefold())
    return initials == "".join(letters) or (
        len(initials) >= 2
        and len(letters) - len(initials) in {0, 1}
        and all(c.casefold() in rest for c in letters)
    )


def _persons(
    text: str,
    part: Sentence,
    mentions: list[Mention],
    words: Words,
    persons: dict[str, Mention],
    names: Gazetteer,
) -> list[Mention]:
    marked = mark(text, part, mentions)
    fresh = [_linked(p, names) for p in people.names(marked, words)]
    fresh = [
        p
        for p in fresh
        if not any(m.kind == "Person" and m.start < p.end and p.start < m.end for m in mentions)
    ]
    mentions = _add(fresh, mentions)
    for person in (m for m in mentions if m.kind == "Person"):
        persons.setdefault(_surname(person.name), person)
    return _add(mentions, _surnames(text, part, persons))


def _linked(person: Mention, names: Gazetteer) -> Mention:
    """A name with the family name first is that of the person known the other way round."""
    parts = person.name.replace("’", "'").split()
    for order in (parts, [*parts[1:], parts[0]]):
        shown = " ".join(p.title() if p.isupper() and len(p) > 2 else p for p in order)
        bearers = names.by_text.get(shown, ())
        if len(bearers) == 1 and bearers[0].kind == "Person":
            return replace(person, name=bearers[0].label, slug=bearers[0].slug, method="alias")
    return person


def _surname(name: str) -> str:
    return name.split()[-1]


def _surnames(text: str, part: Sentence, persons: dict[str, Mention]) -> Iterator[Mention]:
    for match in re.finditer(r"\b[^\W\d_a-z][\w'’-]*\w\b", text[part.start : part.end]):
        if known := persons.get(match[0]):
            start = part.start + match.start()
            if start > known.end:
                yield replace(known, start=start, end=part.start + match.end(), method="surname")


def _numbers(text: str, part: Sentence) -> Iterator[Mention]:
    for match in _COUNT.finditer(text, part.start, part.end):
        digits = match["digits"]
        value = (
            digits.replace(",", "") if digits else str(_NUMBERS.index(match["word"].lower()) + 1)
        )
        yield Mention(match.start(), match.end(), "Number", match[0], method="number", value=value)


def _groups(
    release: Release, part: Sentence, inside: Sequence[Mention], earlier: Sequence[Mention]
) -> Iterator[Mention]:
    for match in _GROUP.finditer(release.text, part.start, part.end):
        before = [*earlier, *(m for m in inside if m.end <= match.start())]
        if match["one"]:
            if single := _the_agency(release, before):
                yield replace(single, start=match.start(), end=match.end(), method="anaphora")
            continue
        kind = "State" if match["states"] else "Agency"
        members = _last_two(before, kind)
        if not members and (match["their"] or match["they"]):
            members = _last_two(before, "State")
        if members:
            yield Mention(
                match.start(), match.end(), "Group", match[0], method="anaphora", members=members
            )


def _the_agency(release: Release, before: Sequence[Mention]) -> Mention | None:
    """The publisher where it is named, else the only agency so far."""
    agencies = {m.slug: m for m in before if m.kind == "Agency" and m.slug}
    if release.publisher in agencies:
        return agencies[release.publisher]
    return next(iter(agencies.values())) if len(agencies) == 1 else None


def _last_two(before: Sequence[Mention], kind: str) -> tuple[Mention, ...]:
    """The two of a kind named most often so far, the later one where they tie."""
    named: dict[str, list[Mention]] = {}
    for mention in before:
        if mention.kind == kind:
            named.setdefault(mention.slug or mention.name, []).append(mention)
    ranked = sorted(named.values(), key=lambda m: (-len(m), -m[-1].start))[:2]
    if len(ranked) < 2:
        return ()
    return tuple(m[-1] for m in sorted(ranked, key=lambda m: m[0].start))


__all__ = ["Marked", "agrees", "find", "mark"]
